#include "pipeline/kafka/source.h"

#include <algorithm>
#include <optional>

#include "absl/memory/memory.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "pipeline/flow/abort_cause.h"
#include "pipeline/kafka/error_rules.h"
#include "pipeline/kafka/tail.h"
#include "pipeline/observe/log.h"

namespace wiredesk {
namespace {

// Two heartbeats as they are by default: the answer to one of them tells.
constexpr absl::Duration kReplacementWait = absl::Seconds(6);
constexpr absl::Duration kOpenTransactionPatience = absl::Milliseconds(1500);

absl::Span<rd_kafka_topic_partition_t> Items(
    rd_kafka_topic_partition_list_t* list) {
  return {list->elems, static_cast<size_t>(list->cnt)};
}

// The group's name, the generation, and the member's name in it, as bytes.
// Empty: none.
std::string GenerationOf(const rd_kafka_consumer_group_metadata_t* group) {
  if (group == nullptr) return "";
  void* bytes = nullptr;
  size_t size = 0;
  const KafkaError error(
      rd_kafka_consumer_group_metadata_write(group, &bytes, &size));
  if (!error.ok()) return "";
  std::string result(static_cast<const char*>(bytes), size);
  rd_kafka_mem_free(nullptr, bytes);
  return result;
}

absl::Status SetProperties(const KafkaClientOptions& client,
                           const KafkaSourceOptions& options, KafkaConf& conf) {
  // What the operator may change ...
  const std::pair<absl::string_view, absl::string_view> defaults[] = {
      {"fetch.wait.max.ms", "100"},
      {"fetch.error.backoff.ms", "100"},
      {"topic.metadata.refresh.interval.ms", "30000"},
      // As short as brokers allow by default: after this time the group gives
      // the partitions of a member that was killed to others.
      {"session.timeout.ms", "6000"},
      {"heartbeat.interval.ms", "2000"},
      // A full local queue makes 2.0.2 pause for a second.
      {"queued.min.messages", "20000"},
      {"queued.max.messages.kbytes", "262144"},
  };
  for (const auto& [name, value] : defaults) {
    WD_RETURN_IF_ERROR(conf.Set(name, value));
  }
  WD_RETURN_IF_ERROR(conf.SetAll(client.consumer));
  // ... and what the delivery guarantee rests on. With read_committed a new
  // owner also waits for the old one's transaction to end before it is told
  // the committed offset.
  const std::pair<absl::string_view, absl::string_view> fixed[] = {
      {"group.id", options.group},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"isolation.level", "read_committed"},
      {"auto.offset.reset", "error"},
      {"enable.partition.eof", "false"},
      {"allow.auto.create.topics", "false"},
      // The cooperative one has bugs until librdkafka 2.6.1.
      {"partition.assignment.strategy", "range"},
  };
  for (const auto& [name, value] : fixed) {
    WD_RETURN_IF_ERROR(conf.Set(name, value));
  }
  if (options.group_instance_id.empty()) return absl::OkStatus();
  return conf.Set("group.instance.id", options.group_instance_id);
}

}  // namespace

KafkaSource::KafkaSource(const KafkaClientOptions& client,
                         const KafkaSourceOptions& options)
    : client_options_(client), options_(options), lag_(options.metrics) {}

absl::StatusOr<std::unique_ptr<KafkaSource>> KafkaSource::Make(
    const KafkaClientOptions& client, const KafkaSourceOptions& options) {
  auto source = absl::WrapUnique(new KafkaSource(client, options));
  WD_ASSIGN_OR_RETURN(KafkaConf conf, KafkaConf::Make(client));
  WD_RETURN_IF_ERROR(SetProperties(client, options, conf));
  rd_kafka_conf_set_opaque(conf.get(), source.get());
  rd_kafka_conf_set_rebalance_cb(conf.get(), &KafkaSource::OnRebalance);
  WD_ASSIGN_OR_RETURN(source->client_,
                      std::move(conf).NewClient(RD_KAFKA_CONSUMER));
  rd_kafka_poll_set_consumer(source->client_.get());
  if (options.alone) {
    WD_RETURN_IF_ERROR(source->TakeAll(client.request_timeout));
    return source;
  }

  const KafkaPartitions topics = NewPartitions(options.topics.size());
  for (const std::string& topic : options.topics) {
    rd_kafka_topic_partition_list_add(topics.get(), topic.c_str(),
                                      RD_KAFKA_PARTITION_UA);
  }
  const rd_kafka_resp_err_t error =
      rd_kafka_subscribe(source->client_.get(), topics.get());
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(error, "cannot subscribe");
  }
  return source;
}

absl::Status KafkaSource::TakeAll(absl::Duration timeout) {
  const KafkaPartitions list = NewPartitions(options_.topics.size());
  for (const std::string& topic : options_.topics) {
    WD_ASSIGN_OR_RETURN(const std::vector<int32_t> partitions,
                        PartitionsOf(client_.get(), topic, timeout));
    for (const int32_t partition : partitions) {
      rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
    }
  }
  return Assign(list.get());
}

absl::Status KafkaSource::Poll(absl::Duration timeout, Batch& batch) {
  // What is to be counted must be what is committed, and nothing in flight.
  if (OneByOne() && drain_) drain_();
  absl::Time deadline = absl::InfiniteFuture();
  // Partitions, and what is known of them, may come within this call.
  while (!batch.full() && (batch.empty() || !OneByOne())) {
    const absl::Duration wait =
        batch.empty() ? options_.idle_wait : deadline - absl::Now();
    const KafkaMessage message(
        rd_kafka_consumer_poll(client_.get(), KafkaMillis(wait)));
    if (!failure_.ok()) return failure_;
    if (revoked_) {
      // What this call has polled belongs to others by now. None of it has
      // been delivered.
      revoked_ = false;
      batch.Reset();
    }
    if (message == nullptr) {
      if (batch.empty() || absl::Now() >= deadline) break;
      continue;
    }
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      WD_RETURN_IF_ERROR(OnError(*message));
      continue;
    }
    if (batch.empty()) deadline = absl::Now() + timeout;
    Append(*message, batch);
  }
  lag_.Update(client_.get(), starts_);
  {
    absl::MutexLock lock(&mutex_);
    batch.set_assignment(assignment_);
  }
  return NoteAttempts(batch);
}

void KafkaSource::Append(const rd_kafka_message_t& message, Batch& batch) {
  headers_.clear();
  AppendKafkaHeaders(message, headers_);
  const std::optional<absl::Time> timestamp = KafkaTimestamp(message);
  const absl::string_view topic = rd_kafka_topic_name(message.rkt);
  lag_.Note(topic, message.partition, timestamp);
  batch.Append({topic, message.partition, message.offset},
               {static_cast<const char*>(message.key), message.key_len},
               {static_cast<const char*>(message.payload), message.len},
               headers_, timestamp);
  batch.Advance(topic, message.partition, message.offset + 1);
}

absl::Status KafkaSource::OnError(const rd_kafka_message_t& message) {
  if (message.err == RD_KAFKA_RESP_ERR__FATAL) return FatalStatus();
  const std::string topic =
      message.rkt == nullptr ? "" : rd_kafka_topic_name(message.rkt);
  const absl::string_view words = rd_kafka_message_errstr(&message);
  const absl::Status status =
      KafkaStatus(message.err, absl::StrCat("cannot consume: ", words),
                  message.err == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED
                      ? absl::StrCat("Read on group ", options_.group)
                      : absl::StrCat("Read on topic ", topic));
  const KafkaAction action = KafkaRuleOf(message.err).action;
  if (action == KafkaAction::kStop) return status;
  if (action == KafkaAction::kRestart) {
    if (MeansMissingTopic(message.err)) NoteMissing(topic);
    return status;
  }
  LogWarning("consumer_error", {{"reason", status.message()}});
  return absl::OkStatus();
}

// The library names a partition's topic, or a subscribed one only in its words.
void KafkaSource::NoteMissing(absl::string_view topic) const {
  if (options_.topic_watch == nullptr) return;
  if (!topic.empty()) return options_.topic_watch->Forget(topic);
  for (const std::string& named : options_.topics) {
    if (!absl::StartsWith(named, "^")) options_.topic_watch->Forget(named);
  }
}

absl::Status KafkaSource::FatalStatus() const {
  char reason[512];
  const rd_kafka_resp_err_t error =
      rd_kafka_fatal_error(client_.get(), reason, sizeof(reason));
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return absl::OkStatus();
  if (error != RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID) {
    return KafkaStatus(error, absl::StrCat("consumer: ", reason));
  }
  return Fenced();
}

absl::Status KafkaSource::Fenced() const {
  if (options_.fenced != nullptr) *options_.fenced = true;
  return absl::UnavailableError(
      absl::StrCat("group ", options_.group, " has another member \"",
                   options_.group_instance_id, "\" (FENCED_INSTANCE_ID)"));
}

absl::Status KafkaSource::AwaitReplacement() const {
  if (options_.group_instance_id.empty()) return absl::OkStatus();
  const absl::Time deadline = absl::Now() + kReplacementWait;
  while (absl::Now() < deadline) {
    WD_RETURN_IF_ERROR(FatalStatus());
    absl::SleepFor(absl::Milliseconds(50));
  }
  return absl::OkStatus();
}

void KafkaSource::OnRebalance(rd_kafka_t* client, rd_kafka_resp_err_t event,
                              rd_kafka_topic_partition_list_t* partitions,
                              void* self) {
  auto* source = static_cast<KafkaSource*>(self);
  if (event == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    source->failure_ = source->Assign(partitions);
    if (source->failure_.ok()) return;
  } else {
    source->Revoke(client);
  }
  rd_kafka_assign(client, nullptr);
}

absl::Status KafkaSource::Assign(
    const rd_kafka_topic_partition_list_t* partitions) {
  const KafkaPartitions list(rd_kafka_topic_partition_list_copy(partitions));
  WD_RETURN_IF_ERROR(ReadCommitted(list.get()));
  ReadAttempts(*list);
  std::vector<Position> resolved;
  starts_.clear();
  for (rd_kafka_topic_partition_t& item : Items(list.get())) {
    WD_ASSIGN_OR_RETURN(const int64_t start,
                        StartOf(item.topic, item.partition, item.offset));
    // "The latest" must not move on when the worker starts again before its
    // first commit, so it is written down.
    if (item.offset != start && options_.start_at == StartAt::kLatest) {
      resolved.push_back({item.topic, item.partition, start});
    }
    item.offset = start;
    starts_[{item.topic, item.partition}] = start;
  }
  const rd_kafka_resp_err_t error = rd_kafka_assign(client_.get(), list.get());
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(error, "cannot assign");
  }
  const KafkaGroupMetadata group(
      rd_kafka_consumer_group_metadata(client_.get()));
  int64_t assignment = 0;
  {
    absl::MutexLock lock(&mutex_);
    assignment = ++assignment_;
    generation_ = GenerationOf(group.get());
  }
  SetAssigned(true);
  LogInfo("partitions_assigned", {{"partitions", list->cnt}});
  if (resolved.empty()) return absl::OkStatus();
  const absl::Status committed = Commit(assignment, resolved);
  return absl::IsAborted(committed) ? absl::OkStatus() : committed;
}

void KafkaSource::SetAssigned(bool assigned) {
  if (options_.assigned != nullptr) *options_.assigned = assigned;
}

// The group waits, so what is in flight is delivered first: else it would all
// be done again, with at_least_once also published again.
void KafkaSource::Revoke(rd_kafka_t* client) {
  if (drain_ && !rd_kafka_assignment_lost(client)) drain_();
  LogInfo("partitions_revoked", {{"partitions", starts_.size()},
                                 {"lost", rd_kafka_assignment_lost(client)}});
  starts_.clear();
  lag_.End();
  {
    // Before the group may go on: see GroupMetadata.
    absl::MutexLock lock(&mutex_);
    generation_.clear();
  }
  revoked_ = true;
  SetAssigned(false);
}

absl::Status KafkaSource::ReadCommitted(
    rd_kafka_topic_partition_list_t* partitions) const {
  if (partitions->cnt == 0) return absl::OkStatus();
  const absl::Time deadline = absl::Now() + absl::Seconds(30);
  // While a transaction on these partitions is open, the library asks again and
  // again within the call. Longer than this none takes to be committed.
  absl::Duration patience = kOpenTransactionPatience;
  while (true) {
    rd_kafka_resp_err_t error =
        rd_kafka_committed(client_.get(), partitions, KafkaMillis(patience));
    for (const rd_kafka_topic_partition_t& item : Items(partitions)) {
      if (error == RD_KAFKA_RESP_ERR_NO_ERROR) error = item.err;
    }
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return absl::OkStatus();
    const bool open = error == RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT ||
                      error == RD_KAFKA_RESP_ERR__TIMED_OUT;
    if (!open || absl::Now() > deadline) {
      return KafkaStatus(error, "cannot read the committed offsets",
                         absl::StrCat("Read on group ", options_.group));
    }
    if (patience == kOpenTransactionPatience) EndOpenTransactions(*partitions);
    patience = deadline - absl::Now();
    absl::SleepFor(absl::Milliseconds(20));
  }
}

absl::StatusOr<int64_t> KafkaSource::StartOf(const std::string& topic,
                                             int32_t partition,
                                             int64_t committed) const {
  int64_t low = 0;
  int64_t high = 0;
  const rd_kafka_resp_err_t error = rd_kafka_query_watermark_offsets(
      client_.get(), topic.c_str(), partition, &low, &high, 30'000);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(
        error,
        absl::StrCat("cannot read the offsets of ", topic, "/", partition),
        absl::StrCat("Read on topic ", topic));
  }
  if (committed < 0) {
    return options_.start_at == StartAt::kEarliest ? low : high;
  }
  if (committed >= low && committed <= high) return committed;

  const std::string what = absl::StrCat(
      "the committed offset ", committed, " of ", topic, "/", partition,
      " is not in the log, which holds ", low, " to ", high);
  switch (options_.lost_offsets) {
    case LostOffsets::kStop:
      return absl::FailedPreconditionError(absl::StrCat(
          what,
          ": records are lost, or the topic was recreated. Set "
          "source.on_lost_offsets to earliest or latest to go on"));
    case LostOffsets::kEarliest:
      LogError("offsets_lost", {{"what", what}, {"continues_at", low}});
      return low;
    case LostOffsets::kLatest:
      LogError("offsets_lost", {{"what", what}, {"continues_at", high}});
      return high;
  }
  return absl::InternalError(what);
}

absl::Status KafkaSource::Rewind() {
  // Lost partitions are given up inside the next Poll.
  if (starts_.empty() || rd_kafka_assignment_lost(client_.get())) {
    return absl::OkStatus();
  }
  const KafkaPartitions list = NewPartitions(starts_.size());
  for (const auto& [partition, start] : starts_) {
    rd_kafka_topic_partition_list_add(list.get(), partition.first.c_str(),
                                      partition.second);
  }
  WD_RETURN_IF_ERROR(ReadCommitted(list.get()));
  for (rd_kafka_topic_partition_t& item : Items(list.get())) {
    if (item.offset < 0) item.offset = starts_[{item.topic, item.partition}];
  }
  const KafkaError error(
      rd_kafka_seek_partitions(client_.get(), list.get(), 30'000));
  if (!error.ok()) return error.ToStatus("cannot rewind");
  for (const rd_kafka_topic_partition_t& item : Items(list.get())) {
    if (item.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return KafkaStatus(item.err, absl::StrCat("cannot rewind ", item.topic,
                                                "/", item.partition));
    }
  }
  return absl::OkStatus();
}

// The brokers refuse the offsets of a member of an old generation, but take
// those of no member at all, which is what librdkafka names once it has been
// thrown out. So what it names is compared with the group that assigned.
//
// Another lane may be polling, and its Poll may give the partitions up and get
// others at any moment. What is returned here is of the old generation then,
// and the brokers refuse it.
absl::StatusOr<KafkaGroupMetadata> KafkaSource::GroupMetadata(
    int64_t assignment) const {
  absl::MutexLock lock(&mutex_);
  return GroupMetadataLocked(assignment);
}

absl::StatusOr<KafkaGroupMetadata> KafkaSource::GroupMetadataLocked(
    int64_t assignment) const {
  KafkaGroupMetadata group(rd_kafka_consumer_group_metadata(client_.get()));
  if (assignment != assignment_ || generation_.empty() ||
      GenerationOf(group.get()) != generation_ ||
      rd_kafka_assignment_lost(client_.get())) {
    return WithCause(
        absl::AbortedError("the group has moved on without this worker"),
        AbortCause::kRebalanced);
  }
  return group;
}

absl::Status KafkaSource::Commit(int64_t assignment,
                                 absl::Span<const Position> positions) const {
  const KafkaPartitions list = NewPartitions(positions.size());
  for (const Position& position : positions) {
    rd_kafka_topic_partition_list_add(list.get(), position.topic.c_str(),
                                      position.partition)
        ->offset = position.offset;
  }
  return CommitList(assignment, *list);
}

absl::Status KafkaSource::CommitList(
    int64_t assignment, const rd_kafka_topic_partition_list_t& list) const {
  // A commit names no generation. So until it is answered, no Poll may tell the
  // group that the partitions are free.
  absl::MutexLock lock(&mutex_);
  WD_RETURN_IF_ERROR(GroupMetadataLocked(assignment).status());
  const rd_kafka_resp_err_t error =
      rd_kafka_commit(client_.get(), &list, /*async=*/0);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return absl::OkStatus();
  if (error == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID) return Fenced();
  absl::Status status = KafkaStatus(
      error, "cannot commit", absl::StrCat("Read on group ", options_.group));
  if (KafkaRuleOf(error).action != KafkaAction::kAbort) return status;
  return WithCause(absl::AbortedError(status.message()),
                   AbortCause::kRebalanced);
}

}  // namespace wiredesk
