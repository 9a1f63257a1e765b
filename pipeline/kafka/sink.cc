// Errors of a transaction are asked in this order: fatal, or of no known kind
// (the producer is of no use any more); the transaction must be aborted; the
// same call may be repeated. librdkafka speaks the first version of the
// transaction protocol, in which a request that timed out may still arrive
// during the next transaction (KIP-890). So after an abort the producer goes on
// only if the reason was a plain refusal; else the worker is recreated, and the
// new producer's epoch shuts out whatever the old one has left on the way.
//
// Tested by tests/kafka/ on real brokers; the mock cluster of librdkafka knows
// neither fencing nor aborted records.

#include "pipeline/kafka/sink.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "pipeline/flow/abort_cause.h"
#include "pipeline/flow/crash_point.h"
#include "pipeline/flow/permanent_error.h"
#include "pipeline/kafka/error_rules.h"
#include "pipeline/observe/batch_trace.h"
#include "pipeline/observe/log.h"
#include "pipeline/record/dead_letter_json.h"
#include "pipeline/record/topic_name.h"

namespace wiredesk {
namespace {

constexpr absl::Duration kInitializeTimeout = absl::Seconds(10);

// The broker has said no, and nothing is on its way.
bool IsDefinite(rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR_NO_ERROR ||
         KafkaRuleOf(error).action == KafkaAction::kAbort;
}

absl::Status SetProperties(const KafkaClientOptions& client,
                           const KafkaSinkOptions& options, KafkaConf& conf) {
  const std::pair<absl::string_view, std::string> defaults[] = {
      // No wait for the lone article: a commit sends at once what is queued.
      {"linger.ms", "5"},
      // The transaction after a commit meets CONCURRENT_TRANSACTIONS until the
      // broker has written the markers of the one before, some milliseconds;
      // the client's default of 100 is meant for failures. These have reasons
      // of their own to wait: reconnects, the search for a leader, and since
      // librdkafka 2.3 a backoff that doubles with each try.
      {"retry.backoff.ms", "1"},
      {"compression.codec", options.compression},
      {"partitioner", "murmur2_random"},  // as Java's
  };
  for (const auto& [name, value] : defaults) {
    WD_RETURN_IF_ERROR(conf.Set(name, value));
  }
  WD_RETURN_IF_ERROR(conf.SetAll(client.producer));
  WD_RETURN_IF_ERROR(conf.Set("enable.idempotence", "true"));
  WD_RETURN_IF_ERROR(conf.Set("delivery.report.only.error", "true"));
  WD_RETURN_IF_ERROR(
      conf.Set("message.max.bytes", absl::StrCat(options.message_bytes_max)));
  if (!options.exactly_once) {
    return conf.Set("message.timeout.ms", "60000");
  }
  WD_RETURN_IF_ERROR(
      conf.Set("transaction.timeout.ms",
               absl::StrCat(KafkaMillis(options.transaction_timeout))));
  return conf.Set("transactional.id", options.transactional_id);
}

}  // namespace

KafkaSink::KafkaSink(const KafkaClientOptions& client,
                     const KafkaSinkOptions& options,
                     const Processing& processing, KafkaSource* source,
                     KafkaTopics* topics)
    : client_options_(client),
      options_(options),
      source_(source),
      topics_(topics),
      json_(processing) {}

absl::StatusOr<std::unique_ptr<KafkaSink>> KafkaSink::Make(
    const KafkaClientOptions& client, const KafkaSinkOptions& options,
    const Processing& processing, KafkaSource* source, KafkaTopics* topics) {
  auto sink = absl::WrapUnique(
      new KafkaSink(client, options, processing, source, topics));
  WD_RETURN_IF_ERROR(sink->Connect());
  return sink;
}

absl::Status KafkaSink::Connect() {
  topic_handles_.clear();
  client_ = nullptr;
  WD_ASSIGN_OR_RETURN(KafkaConf conf, KafkaConf::Make(client_options_));
  WD_RETURN_IF_ERROR(SetProperties(client_options_, options_, conf));
  rd_kafka_conf_set_opaque(conf.get(), this);
  rd_kafka_conf_set_dr_msg_cb(conf.get(), &KafkaSink::OnDelivered);
  WD_ASSIGN_OR_RETURN(client_, std::move(conf).NewClient(RD_KAFKA_PRODUCER));
  if (!options_.exactly_once) return absl::OkStatus();
  const KafkaError error(rd_kafka_init_transactions(
      client_.get(), KafkaMillis(kInitializeTimeout)));
  return error.ToStatus(
      absl::StrCat("cannot begin with transactions as ",
                   options_.transactional_id),
      absl::StrCat("Write on transactional id ", options_.transactional_id));
}

absl::Status KafkaSink::Deliver(Batch& batch) {
  one_by_one_ = false;
  while (true) {
    absl::Status status =
        options_.exactly_once ? DeliverOnce(batch) : DeliverAtLeastOnce(batch);
    if (delivery_error_ != RD_KAFKA_RESP_ERR_NO_ERROR && refused_.empty()) {
      topics_->Forget(failed_topic_);
    }
    // Only a refusal is worth a second try with the same batch.
    if (refused_.empty() || !absl::IsAborted(status)) return status;
    WD_RETURN_IF_ERROR(DeadLetterRefused(batch));
  }
}

// One transaction: all of it, or nothing.
absl::Status KafkaSink::DeliverOnce(Batch& batch) {
  absl::Status status = Begin();
  if (status.ok()) status = ProduceAll(batch);
  if (status.ok()) status = SendOffsets(batch);
  if (status.ok()) status = Commit();
  if (status.ok()) return status;
  status = Abort(status);
  // The transaction has timed out; or another process has our name, and a new
  // producer would fence it off in turn, and so on for ever.
  char ignored[512];
  if (rd_kafka_fatal_error(client_.get(), ignored, sizeof(ignored)) ==
      RD_KAFKA_RESP_ERR__FENCED) {
    WD_RETURN_IF_ERROR(source_->AwaitReplacement());
  }
  return status;
}

// Published first, committed then: what fails in between is published again.
absl::Status KafkaSink::DeliverAtLeastOnce(Batch& batch) {
  absl::Status status = ProduceAll(batch);
  if (status.ok()) status = Flush();
  if (!refused_.empty()) return absl::AbortedError(status.message());
  WD_RETURN_IF_ERROR(status);
  CrashPoint("before_commit");
  WD_RETURN_IF_ERROR(source_->Commit(batch.assignment(), batch.positions()));
  CrashPoint("after_commit");
  return absl::OkStatus();
}

absl::Status KafkaSink::Begin() {
  refused_.clear();
  const KafkaError error(rd_kafka_begin_transaction(client_.get()));
  usable_ = error.ok();
  return error.ToStatus("cannot begin a transaction");
}

absl::Status KafkaSink::ProduceAll(Batch& batch) {
  const StepSpan span("publish");
  CrashPoint("before_produce");
  sent_.clear();
  refused_.clear();
  delivery_error_ = RD_KAFKA_RESP_ERR_NO_ERROR;
  usable_ = true;
  definite_ = true;
  const absl::Span<const RawRecord> raw_records = batch.raw_records();
  for (uint32_t i = 0; i < raw_records.size(); ++i) {
    if (!raw_records[i].dead_letter) continue;
    WD_RETURN_IF_ERROR(ProduceDeadLetter(raw_records[i], i));
  }
  for (const EventRecord& record : batch.records()) {
    if (record.fate != Fate::kLive) continue;
    WD_RETURN_IF_ERROR(ProduceRecord(batch, record));
  }
  CrashPoint("after_produce");
  // Those that were refused here are known; all at once is one try less.
  if (!refused_.empty()) return absl::AbortedError(refused_.front().detail);
  return absl::OkStatus();
}

absl::Status KafkaSink::SendOffsets(const Batch& batch) {
  CrashPoint("before_send_offsets");
  const KafkaPartitions offsets(rd_kafka_topic_partition_list_new(
      static_cast<int>(batch.positions().size())));
  const std::string owner = AttemptText({0, 0, options_.transactional_id});
  for (const Position& position : batch.positions()) {
    rd_kafka_topic_partition_t& item = *rd_kafka_topic_partition_list_add(
        offsets.get(), position.topic.c_str(), position.partition);
    item.offset = position.offset;
    item.metadata = strdup(owner.c_str());
    item.metadata_size = owner.size();
  }
  WD_ASSIGN_OR_RETURN(const KafkaGroupMetadata group,
                      source_->GroupMetadata(batch.assignment()));
  while (true) {
    const KafkaError error(rd_kafka_send_offsets_to_transaction(
        client_.get(), offsets.get(), group.get(), -1));
    if (error.ok()) break;
    if (!error.fatal() && !error.requires_abort() && error.retriable()) {
      continue;
    }
    const absl::Status failed =
        Fail(error, "cannot send the offsets to the transaction");
    return error.code() == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID
               ? source_->Fenced()
               : failed;
  }
  CrashPoint("after_send_offsets");
  return absl::OkStatus();
}

absl::Status KafkaSink::Commit() {
  const StepSpan span("commit");
  CrashPoint("before_commit");
  while (true) {
    const KafkaError error(rd_kafka_commit_transaction(client_.get(), -1));
    if (error.ok()) break;
    if (!error.fatal() && !error.requires_abort() && error.retriable()) {
      continue;
    }
    return Fail(error, "cannot commit the transaction");
  }
  CrashPoint("after_commit");
  return absl::OkStatus();
}

absl::Status KafkaSink::Fail(const KafkaError& error, absl::string_view what) {
  if (error.fatal() || !error.requires_abort()) usable_ = false;
  if (!IsDefinite(error.code())) definite_ = false;
  return error.ToStatus(what);
}

absl::Status KafkaSink::Abort(const absl::Status& reason) {
  if (!usable_) return reason;
  const KafkaError error(rd_kafka_abort_transaction(client_.get(), -1));
  if (!error.ok()) return error.ToStatus("cannot abort the transaction");
  if (!IsDefinite(delivery_error_)) definite_ = false;
  if (!definite_ || IsPermanent(reason)) return reason;
  return WithCause(absl::AbortedError(reason.message()), CauseOf(reason));
}

absl::Status KafkaSink::ProduceRecord(const Batch& batch,
                                      const EventRecord& record) {
  const RawRecord& raw = batch.raw_of(record);
  Sent sent;
  sent.raw = record.raw;
  if (raw.articles > 1) sent.item = record.item;
  return json_.ForEachMessage(
      record, raw, [&](const Destination& destination, absl::string_view json) {
        key_.clear();
        AppendKey(record, destination, key_);
        headers_.Clear();
        AppendHeaders(record, raw, destination, headers_);
        return Produce(destination.topic, key_, json, sent);
      });
}

absl::Status KafkaSink::ProduceDeadLetter(const RawRecord& raw,
                                          uint32_t index) {
  headers_.Clear();
  AppendDeadLetterHeaders(raw, headers_);
  Sent sent;
  sent.raw = index;
  sent.dead_letter = true;
  return Produce(options_.dead_letter_topic, raw.key,
                 raw.null_value ? absl::string_view() : raw.value, sent);
}

// Sends one message with headers_. A message that is refused here is no error
// yet.
absl::Status KafkaSink::Produce(absl::string_view topic, absl::string_view key,
                                absl::string_view value, const Sent& sent) {
  if (!IsTopicName(topic)) {
    return Refuse(sent, "bad_topic",
                  absl::StrCat("\"", topic, "\" is not a valid topic name"));
  }
  size_t bytes = key.size() + value.size();
  for (const Header& header : headers_.headers()) {
    bytes += header.name.size() + header.value.size();
  }
  if (bytes > options_.message_bytes_max) {
    return Refuse(sent, "too_large",
                  absl::StrCat(bytes, " bytes for ", topic, ", the limit is ",
                               options_.message_bytes_max));
  }
  WD_ASSIGN_OR_RETURN(rd_kafka_topic_t * handle, Topic(topic));
  sent_.push_back(sent);
  WD_RETURN_IF_ERROR(Enqueue(handle, key, value));
  return one_by_one_ ? Flush() : absl::OkStatus();
}

absl::Status KafkaSink::Enqueue(rd_kafka_topic_t* topic, absl::string_view key,
                                absl::string_view value) {
  const absl::Span<const Header> headers = headers_.headers();
  rd_kafka_headers_t* list = rd_kafka_headers_new(headers.size());
  for (const Header& header : headers) {
    rd_kafka_header_add(
        list, header.name.data(), static_cast<ssize_t>(header.name.size()),
        header.value.data(), static_cast<ssize_t>(header.value.size()));
  }
  // An index, not an address: librdkafka hands it back as it is.
  // NOLINTNEXTLINE(performance-no-int-to-ptr)
  void* const id = reinterpret_cast<void*>(sent_.size() - 1);
  rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
  while (true) {
    error = rd_kafka_producev(
        client_.get(), RD_KAFKA_V_RKT(topic),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_KEY(key.empty() ? nullptr : key.data(), key.size()),
        RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
        RD_KAFKA_V_HEADERS(list), RD_KAFKA_V_OPAQUE(id), RD_KAFKA_V_END);
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) break;
    rd_kafka_poll(client_.get(), 20);
  }
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return absl::OkStatus();
  rd_kafka_headers_destroy(list);
  if (error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) {
    return Refuse(sent_.back(), "too_large", "larger than message.max.bytes");
  }
  // An earlier message may have failed and with it the transaction.
  rd_kafka_poll(client_.get(), 0);
  WD_RETURN_IF_ERROR(DeliveryStatus());
  definite_ = false;
  return KafkaStatus(error, "cannot produce");
}

absl::StatusOr<rd_kafka_topic_t*> KafkaSink::Topic(absl::string_view name) {
  const auto found = topic_handles_.find(name);
  if (found != topic_handles_.end()) return found->second.get();
  WD_RETURN_IF_ERROR(topics_->Ensure(name, options_.new_topics));
  const std::string text(name);
  KafkaTopicHandle handle(
      rd_kafka_topic_new(client_.get(), text.c_str(), nullptr));
  if (handle == nullptr) {
    return KafkaStatus(rd_kafka_last_error(), absl::StrCat("topic ", name));
  }
  return (topic_handles_[text] = std::move(handle)).get();
}

// Waits until nothing is on its way.
absl::Status KafkaSink::Flush() {
  while (rd_kafka_flush(client_.get(), 1000) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    char reason[512];
    const rd_kafka_resp_err_t fatal =
        rd_kafka_fatal_error(client_.get(), reason, sizeof(reason));
    if (fatal != RD_KAFKA_RESP_ERR_NO_ERROR) {
      usable_ = false;
      return KafkaStatus(fatal, reason);
    }
  }
  return DeliveryStatus();
}

void KafkaSink::OnDelivered(rd_kafka_t* /*client*/,
                            const rd_kafka_message_t* message, void* self) {
  auto* sink = static_cast<KafkaSink*>(self);
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) return;
  // The first one is the cause; an abort takes the others with it.
  if (sink->delivery_error_ == RD_KAFKA_RESP_ERR_NO_ERROR) {
    sink->delivery_error_ = message->err;
    sink->failed_topic_ = rd_kafka_topic_name(message->rkt);
  }
  const auto index = reinterpret_cast<size_t>(message->_private);
  if (message->err != RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE ||
      index >= sink->sent_.size()) {
    return;
  }
  (void)sink->Refuse(
      sink->sent_[index], "too_large",
      absl::StrCat("the broker refuses ", message->len, " bytes for ",
                   rd_kafka_topic_name(message->rkt)));
}

absl::Status KafkaSink::DeliveryStatus() const {
  if (delivery_error_ == RD_KAFKA_RESP_ERR_NO_ERROR) return absl::OkStatus();
  return KafkaStatus(
      delivery_error_,
      absl::StrCat("a message was not delivered to ", failed_topic_),
      absl::StrCat("Write on topic ", failed_topic_));
}

absl::Status KafkaSink::Refuse(const Sent& sent, absl::string_view reason,
                               absl::string_view detail) {
  refused_.push_back({sent, reason, std::string(detail)});
  return absl::OkStatus();
}

// Halves what the dead letter holds of its record, for the next try; the topic's
// own limit is not known here. Its headers say how long the record was.
absl::Status KafkaSink::CutDeadLetter(RawRecord& raw,
                                      absl::string_view detail) const {
  if (!options_.cut_dead_letters || raw.value.empty()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the dead letter of ", raw.origin.topic, "/", raw.origin.partition, "/",
        raw.origin.offset, " cannot be published: ", detail,
        ". Raise max.message.bytes of the topic and kafka.message_bytes_max, "
        "or set dead_letter.oversized: cut"));
  }
  raw.whole_bytes = std::max<uint64_t>(raw.whole_bytes, raw.value.size());
  raw.value = raw.value.substr(
      0, std::min(raw.value.size() / 2, options_.message_bytes_max / 2));
  LogWarning("dead_letter_cut", {{"topic", raw.origin.topic},
                                 {"partition", raw.origin.partition},
                                 {"offset", raw.origin.offset},
                                 {"bytes", raw.whole_bytes},
                                 {"kept", raw.value.size()}});
  return absl::OkStatus();
}

// Makes dead letters of what was refused, for the next try.
absl::Status KafkaSink::DeadLetterRefused(Batch& batch) {
  const bool by_broker = delivery_error_ != RD_KAFKA_RESP_ERR_NO_ERROR;
  // 2.0.2 counts what was refused, the broker does not, and from then on their
  // sequence numbers disagree.
  if (by_broker) WD_RETURN_IF_ERROR(Connect());
  if (by_broker && !one_by_one_) {
    one_by_one_ = true;
    return absl::OkStatus();
  }
  for (const Refused& refused : refused_) {
    if (refused.sent.dead_letter) {
      WD_RETURN_IF_ERROR(CutDeadLetter(
          batch.mutable_raw_records()[refused.sent.raw], refused.detail));
      continue;
    }
    batch.DeadLetter(refused.sent.raw, "sink", refused.reason, refused.detail,
                     refused.sent.item);
  }
  return absl::OkStatus();
}

}  // namespace wiredesk
