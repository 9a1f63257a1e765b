#include "pipeline/kafka/sighting_log.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <random>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "pipeline/flow/crash_point.h"
#include "pipeline/kafka/error_rules.h"
#include "pipeline/observe/batch_trace.h"
#include "pipeline/observe/log.h"

namespace wiredesk {
namespace {

constexpr int kPartition = 0;
constexpr int kReadWaitMillis = 50;
constexpr size_t kReadBatch = 1024;
constexpr absl::Duration kReportInterval = absl::Seconds(5);
constexpr size_t kTicketBytes = 2 * sizeof(uint64_t);

// Tells this process's entries from those of all others. Never part of a
// result.
uint64_t DrawNonce() {
  std::random_device device;
  return (uint64_t{device()} << 32) | device();
}

void WriteTicket(uint64_t nonce, uint64_t counter, char* out) {
  std::memcpy(out, &nonce, sizeof(nonce));
  std::memcpy(out + sizeof(nonce), &counter, sizeof(counter));
}

absl::Status LossOf(absl::string_view what) {
  return absl::DataLossError(absl::StrCat(
      what,
      ". What it held is lost: a restart begins with a new log, where "
      "create_topics allows it, and remembers no earlier article"));
}

}  // namespace

KafkaSightingLog::KafkaSightingLog(const KafkaClientOptions& client,
                                   const KafkaSightingLogOptions& options,
                                   SightingReplica* replica)
    : client_(client),
      options_(options),
      replica_(replica),
      nonce_(DrawNonce()),
      board_(options.instance,
             options.running == nullptr ? nullptr : options.metrics) {
  if (options.metrics == nullptr) return;
  entries_ = AppliedCounter(*options.metrics);
  remaining_gauge_ = RemainingGauge(*options.metrics);
}

Counter* KafkaSightingLog::AppliedCounter(Metrics& metrics) {
  return metrics.GetCounter("wiredesk_sightings_applied_total",
                            "Entries of the sighting log read.");
}

Gauge* KafkaSightingLog::RemainingGauge(Metrics& metrics) {
  return metrics.GetGauge(
      "wiredesk_sightings_restore_remaining",
      "Entries to read until the sighting log is restored.");
}

absl::StatusOr<std::unique_ptr<KafkaSightingLog>> KafkaSightingLog::Open(
    const KafkaClientOptions& client, const KafkaSightingLogOptions& options,
    SightingReplica* replica) {
  auto log = absl::WrapUnique(new KafkaSightingLog(client, options, replica));
  {
    absl::MutexLock lock(&log->produce_mutex_);
    WD_RETURN_IF_ERROR(log->MakeProducer());
  }
  WD_RETURN_IF_ERROR(log->StartReader());
  log->thread_ = std::thread(&KafkaSightingLog::Read, log.get());
  return log;
}

KafkaSightingLog::~KafkaSightingLog() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
  if (reader_topic_ != nullptr) {
    rd_kafka_consume_stop(reader_topic_.get(), kPartition);
  }
}

absl::Status KafkaSightingLog::MakeProducer() {
  WD_ASSIGN_OR_RETURN(KafkaConf conf, KafkaConf::Make(client_));
  WD_RETURN_IF_ERROR(conf.SetAll(client_.producer));
  const std::pair<absl::string_view, absl::string_view> fixed[] = {
      {"enable.idempotence", "true"},
      {"linger.ms", "0"},
      // An entry that arrives late is harmless; one that is given up makes
      // 2.0.2 lose its count of the sequence numbers.
      {"message.timeout.ms", "0"},
  };
  for (const auto& [name, value] : fixed) {
    WD_RETURN_IF_ERROR(conf.Set(name, value));
  }
  rd_kafka_conf_set_opaque(conf.get(), this);
  rd_kafka_conf_set_dr_msg_cb(conf.get(), &KafkaSightingLog::OnDelivered);
  producer_topic_ = nullptr;
  WD_ASSIGN_OR_RETURN(producer_, std::move(conf).NewClient(RD_KAFKA_PRODUCER));
  producer_topic_.reset(
      rd_kafka_topic_new(producer_.get(), options_.topic.c_str(), nullptr));
  return absl::OkStatus();
}

absl::Status KafkaSightingLog::StartReader() {
  WD_ASSIGN_OR_RETURN(KafkaConf conf, KafkaConf::Make(client_));
  WD_RETURN_IF_ERROR(conf.Set("fetch.wait.max.ms", "100"));
  // One partition holds all of it: few large answers for a restore.
  WD_RETURN_IF_ERROR(conf.Set("fetch.message.max.bytes", "4194304"));
  // What is fetched waits for the replica, not the broker for room.
  WD_RETURN_IF_ERROR(conf.Set("queued.max.messages.kbytes", "262144"));
  WD_RETURN_IF_ERROR(conf.Set("queued.min.messages", "1000000"));
  WD_RETURN_IF_ERROR(conf.SetAll(client_.consumer));
  WD_RETURN_IF_ERROR(conf.Set("auto.offset.reset", "error"));
  WD_RETURN_IF_ERROR(conf.Set("fetch.error.backoff.ms", "20"));
  WD_ASSIGN_OR_RETURN(reader_, std::move(conf).NewClient(RD_KAFKA_CONSUMER));
  reader_topic_.reset(
      rd_kafka_topic_new(reader_.get(), options_.topic.c_str(), nullptr));
  int64_t low = 0;
  int64_t high = 0;
  const rd_kafka_resp_err_t error = rd_kafka_query_watermark_offsets(
      reader_.get(), options_.topic.c_str(), kPartition, &low, &high,
      KafkaMillis(client_.request_timeout));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(error, absl::StrCat("sighting log ", options_.topic));
  }
  WD_ASSIGN_OR_RETURN(const int64_t start, FindStart(low, high));
  restore_end_ = high;
  LogInfo(
      "sighting_log_restores",
      {{"topic", options_.topic}, {"from", start}, {"entries", high - start}});
  start_ = absl::Now();
  next_report_ = start_ + kReportInterval;
  NoteProgress(start);
  if (rd_kafka_consume_start(reader_topic_.get(), kPartition, start) != 0) {
    return KafkaStatus(rd_kafka_last_error(), "cannot read the sighting log");
  }
  return absl::OkStatus();
}

// The first entry within `restore` before the last one.
absl::StatusOr<int64_t> KafkaSightingLog::FindStart(int64_t low, int64_t high) {
  if (low >= high) return low;
  WD_ASSIGN_OR_RETURN(const absl::Time last, TimeOfEntry(high - 1));
  const KafkaPartitions list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_t* item = rd_kafka_topic_partition_list_add(
      list.get(), options_.topic.c_str(), kPartition);
  item->offset =
      std::max<int64_t>(0, absl::ToUnixMillis(last - options_.restore));
  const rd_kafka_resp_err_t error = rd_kafka_offsets_for_times(
      reader_.get(), list.get(), KafkaMillis(client_.request_timeout));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(error, "cannot find the start of the sighting log");
  }
  // Brokers that do not know (the mock cluster) say -1.
  if (item->err != RD_KAFKA_RESP_ERR_NO_ERROR || item->offset < 0) return low;
  return std::max(low, item->offset);
}

absl::StatusOr<absl::Time> KafkaSightingLog::TimeOfEntry(int64_t offset) {
  if (rd_kafka_consume_start(reader_topic_.get(), kPartition, offset) != 0) {
    return KafkaStatus(rd_kafka_last_error(), "cannot read the sighting log");
  }
  const absl::Time deadline = absl::Now() + client_.request_timeout;
  KafkaMessage message;
  do {
    message.reset(rd_kafka_consume(reader_topic_.get(), kPartition, 200));
  } while ((message == nullptr || message->err != RD_KAFKA_RESP_ERR_NO_ERROR) &&
           absl::Now() < deadline);
  rd_kafka_consume_stop(reader_topic_.get(), kPartition);
  if (message == nullptr || message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return absl::UnavailableError("the sighting log does not answer");
  }
  rd_kafka_timestamp_type_t type;
  return absl::FromUnixMillis(rd_kafka_message_timestamp(message.get(), &type));
}

absl::Status KafkaSightingLog::Append(int64_t /*sequence*/,
                                      absl::Span<const std::string> sightings,
                                      std::vector<std::string>& decisions) {
  decisions.assign(sightings.size(), "");
  if (sightings.empty()) return absl::OkStatus();
  const StepSpan span("sightings");
  CrashPoint("before_sighting_append");
  Waiter waiter;
  waiter.decisions = &decisions;
  absl::Status produced;
  {
    absl::MutexLock lock(&produce_mutex_);
    waiter.first = next_counter_;
    next_counter_ += sightings.size();
    {
      absl::MutexLock inner(&mutex_);
      WD_RETURN_IF_ERROR(status_);
      waiters_[waiter.first] = &waiter;
    }
    produced = Produce(waiter.first, sightings);
  }
  absl::MutexLock lock(&mutex_);
  const auto done = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return waiter.applied == sightings.size() || !waiter.failure.ok();
  };
  const bool in_time =
      produced.ok() &&
      mutex_.AwaitWithTimeout(absl::Condition(&done), options_.append_timeout);
  waiters_.erase(waiter.first);
  WD_RETURN_IF_ERROR(produced);
  WD_RETURN_IF_ERROR(waiter.failure);
  if (!in_time) {
    return absl::UnavailableError(
        absl::StrCat("no answer from the sighting log within ",
                     absl::FormatDuration(options_.append_timeout)));
  }
  CrashPoint("after_sighting_append");
  return absl::OkStatus();
}

absl::Status KafkaSightingLog::Produce(
    uint64_t first, absl::Span<const std::string> sightings) {
  char reason[512];
  if (rd_kafka_fatal_error(producer_.get(), reason, sizeof(reason)) !=
      RD_KAFKA_RESP_ERR_NO_ERROR) {
    LogWarning("sighting_producer_anew", {{"reason", reason}});
    WD_RETURN_IF_ERROR(MakeProducer());
  }
  std::vector<rd_kafka_message_t> messages(sightings.size());
  std::vector<char> tickets(sightings.size() * kTicketBytes);
  for (size_t i = 0; i < sightings.size(); ++i) {
    char* const ticket = tickets.data() + i * kTicketBytes;
    WriteTicket(nonce_, first + i, ticket);
    messages[i].payload = const_cast<char*>(sightings[i].data());
    messages[i].len = sightings[i].size();
    messages[i].key = ticket;
    messages[i].key_len = kTicketBytes;
  }
  const int taken = rd_kafka_produce_batch(producer_topic_.get(), kPartition,
                                           RD_KAFKA_MSG_F_COPY, messages.data(),
                                           static_cast<int>(messages.size()));
  if (static_cast<size_t>(taken) == messages.size()) return absl::OkStatus();
  for (const rd_kafka_message_t& message : messages) {
    if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    return KafkaStatus(message.err, "cannot append to the sighting log");
  }
  return absl::UnavailableError("cannot append to the sighting log");
}

// On the reader's thread. Only failures matter: success is read back.
void KafkaSightingLog::OnDelivered(rd_kafka_t* /*client*/,
                                   const rd_kafka_message_t* message,
                                   void* self) {
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) return;
  auto* log = static_cast<KafkaSightingLog*>(self);
  if (message->key_len != kTicketBytes) return;
  uint64_t counter = 0;
  std::memcpy(&counter, static_cast<const char*>(message->key) + 8, 8);
  absl::MutexLock lock(&log->mutex_);
  auto found = log->waiters_.upper_bound(counter);
  if (found == log->waiters_.begin()) return;
  Waiter* const waiter = std::prev(found)->second;
  if (counter - waiter->first >= waiter->decisions->size()) return;
  waiter->failure =
      KafkaStatus(message->err, "cannot append to the sighting log",
                  absl::StrCat("Write on topic ", log->options_.topic));
}

void KafkaSightingLog::Read() {
  std::vector<rd_kafka_message_t*> batch(kReadBatch);
  while (!stop_.load(std::memory_order_relaxed)) {
    rd_kafka_poll(reader_.get(), 0);
    if (produce_mutex_.TryLock()) {
      rd_kafka_poll(producer_.get(), 0);
      Announce();
      produce_mutex_.Unlock();
    }
    // Waits for one entry, and takes those that have come with it.
    batch[0] =
        rd_kafka_consume(reader_topic_.get(), kPartition, kReadWaitMillis);
    if (batch[0] == nullptr) continue;
    const ssize_t more = rd_kafka_consume_batch(
        reader_topic_.get(), kPartition, 0, batch.data() + 1, batch.size() - 1);
    const size_t count = 1 + static_cast<size_t>(std::max<ssize_t>(0, more));
    const absl::Status status = ApplyAll({batch.data(), count});
    if (status.ok()) continue;
    Fail(status);
    return;
  }
}

// Tells the other replicas what this one runs with: when it has restored itself,
// when that changes, and when another one has joined. Never as the first entry
// of a log, which is a replica's.
void KafkaSightingLog::Announce() {
  if (options_.running == nullptr || !restored_ || applied_ == 0) return;
  const Processing running = options_.running();
  if (has_announced_ && !answers_ && announced_.config == running.config &&
      announced_.gazetteer == running.gazetteer) {
    return;
  }
  const std::string text = board_.Text(running, !has_announced_);
  const rd_kafka_resp_err_t error = rd_kafka_producev(
      producer_.get(), RD_KAFKA_V_RKT(producer_topic_.get()),
      RD_KAFKA_V_PARTITION(kPartition),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
      RD_KAFKA_V_KEY(kAnnouncementKey.data(), kAnnouncementKey.size()),
      RD_KAFKA_V_VALUE(const_cast<char*>(text.data()), text.size()),
      RD_KAFKA_V_END);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return;  // again with the next turn
  announced_ = running;
  has_announced_ = true;
  answers_ = false;
}

absl::Status KafkaSightingLog::ApplyAll(
    absl::Span<rd_kafka_message_t* const> messages) {
  absl::Status status;
  int64_t applied = 0;
  int64_t next = -1;
  for (rd_kafka_message_t* const pointer : messages) {
    const KafkaMessage message(pointer);  // all are freed, also after an error
    if (!status.ok()) continue;
    status = message->err == RD_KAFKA_RESP_ERR_NO_ERROR ? Apply(*message)
                                                        : OnError(*message);
    if (!status.ok() || message->err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    ++applied;
    next = message->offset + 1;
  }
  applied_ += applied;
  if (entries_ != nullptr) entries_->Add(applied);
  if (!restored_ && next >= 0) NoteProgress(next);
  return status;
}

absl::Status KafkaSightingLog::OnError(const rd_kafka_message_t& message) {
  if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) return absl::OkStatus();
  const absl::Status status =
      KafkaStatus(message.err,
                  absl::StrCat("sighting log ", options_.topic, ": ",
                               rd_kafka_message_errstr(&message)),
                  absl::StrCat("Read on topic ", options_.topic));
  const KafkaErrorRule& rule = KafkaRuleOf(message.err);
  if (rule.action == KafkaAction::kStop) return status;
  // A worker could be recreated; a log that has lost entries cannot.
  if (MeansMissingTopic(message.err) ||
      message.err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET ||
      message.err == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE) {
    return LossOf(absl::StrCat(status.message(), " (", rule.why, ")"));
  }
  LogWarning("sighting_log_error", {{"reason", status.message()}});
  return absl::OkStatus();  // librdkafka goes on by itself
}

absl::Status KafkaSightingLog::Apply(const rd_kafka_message_t& message) {
  if (absl::string_view(static_cast<const char*>(message.key),
                        message.key_len) == kAnnouncementKey) {
    // Those of earlier days say nothing of who lives.
    if (options_.running != nullptr && restored_ &&
        board_.Apply({static_cast<const char*>(message.payload), message.len},
                     options_.running())) {
      answers_ = true;
    }
    return absl::OkStatus();
  }
  decision_.clear();
  const absl::Status applied = replica_->Apply(
      message.offset, {static_cast<const char*>(message.payload), message.len},
      decision_);
  if (!applied.ok()) {
    return absl::DataLossError(absl::StrCat("sighting log ", options_.topic,
                                            " at ", message.offset, ": ",
                                            applied.message()));
  }
  if (message.key_len == kTicketBytes &&
      std::memcmp(message.key, &nonce_, sizeof(nonce_)) == 0) {
    uint64_t counter = 0;
    std::memcpy(&counter, static_cast<const char*>(message.key) + 8, 8);
    Resolve(counter, std::move(decision_));
  }
  return absl::OkStatus();
}

void KafkaSightingLog::Resolve(uint64_t counter, std::string decision) {
  absl::MutexLock lock(&mutex_);
  const auto after = waiters_.upper_bound(counter);
  if (after == waiters_.begin()) return;  // nobody waits for it any more
  Waiter* const waiter = std::prev(after)->second;
  // An idempotent producer keeps the order, so they come one after another.
  if (counter != waiter->first + waiter->applied) return;
  (*waiter->decisions)[waiter->applied++] = std::move(decision);
}

void KafkaSightingLog::Fail(const absl::Status& status) {
  LogError("sighting_log_failed", {{"reason", status.message()}});
  absl::MutexLock lock(&mutex_);
  status_ = status;
  for (auto& [first, waiter] : waiters_) waiter->failure = status;
}

void KafkaSightingLog::NoteProgress(int64_t next_offset) {
  remaining_ = std::max<int64_t>(0, restore_end_ - next_offset);
  if (remaining_gauge_ != nullptr) remaining_gauge_->Set(remaining_);
  if (restored_) return;
  const absl::Time now = absl::Now();
  const double seconds = absl::ToDoubleSeconds(now - start_);
  const auto rate = static_cast<int64_t>(
      seconds > 0 ? static_cast<double>(applied_) / seconds : 0);
  if (remaining_ == 0) {
    LogInfo("sighting_log_restored", {{"entries", applied_.load()},
                                      {"seconds", seconds},
                                      {"entries_a_second", rate}});
    restored_ = true;
  } else if (now >= next_report_) {
    LogInfo("sighting_log_restores",
            {{"remaining", remaining_.load()}, {"entries_a_second", rate}});
    next_report_ = now + kReportInterval;
  }
}

KafkaSightingLog::Progress KafkaSightingLog::progress() const {
  return {applied_, remaining_};
}

void KafkaSightingLog::Lose() {
  if (!status().ok()) return;
  Fail(LossOf(absl::StrCat("sighting log ", options_.topic,
                           ": the topic was deleted")));
}

absl::Status KafkaSightingLog::status() const {
  absl::MutexLock lock(&mutex_);
  return status_;
}

}  // namespace wiredesk
