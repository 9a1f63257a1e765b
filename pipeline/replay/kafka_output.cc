#include "pipeline/replay/kafka_output.h"

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "pipeline/record/dead_letter_json.h"
#include "pipeline/record/event_json.h"
#include "pipeline/record/topic_name.h"

namespace wiredesk {
namespace {

constexpr absl::Duration kFlushTimeout = absl::Minutes(2);

}  // namespace

// The sink of one worker.
class KafkaReplayOutput::TopicSink : public Sink {
 public:
  TopicSink(KafkaReplayOutput* output, const Processing& processing)
      : output_(output), json_(processing) {}

  absl::Status Deliver(Batch& batch) override {
    WD_RETURN_IF_ERROR(output_->turnstile_.Enter(batch.sequence()));
    const absl::Status status = Send(batch);
    output_->turnstile_.Leave();
    if (!status.ok()) output_->turnstile_.Close();
    return status;
  }

 private:
  absl::Status Send(Batch& batch) {
    for (const EventRecord& record : batch.records()) {
      if (record.fate != Fate::kLive) continue;
      WD_RETURN_IF_ERROR(SendRecord(batch, record));
    }
    for (const Refused& refused : refused_) {
      batch.DeadLetter(refused.raw, "sink", "too_large", refused.detail,
                       refused.item);
    }
    refused_.clear();
    for (const RawRecord& raw : batch.raw_records()) {
      if (!raw.dead_letter) continue;
      headers_.Clear();
      AppendDeadLetterHeaders(raw, headers_);
      WD_RETURN_IF_ERROR(
          SendTo(output_->options_.dead_letter_topic, raw.key, raw.value));
    }
    return absl::OkStatus();
  }

  absl::Status SendRecord(const Batch& batch, const EventRecord& record) {
    const RawRecord& raw = batch.raw_of(record);
    return json_.ForEachMessage(
        record, raw,
        [&](const Destination& destination, absl::string_view json) {
          if (json.size() > output_->options_.message_bytes_max) {
            refused_.push_back(
                {record.raw, raw.articles > 1 ? int64_t{record.item} : -1,
                 absl::StrCat(json.size(), " bytes for ", destination.topic)});
            return absl::OkStatus();
          }
          key_.clear();
          AppendKey(record, destination, key_);
          headers_.Clear();
          AppendHeaders(record, raw, destination, headers_);
          return SendTo(destination.topic, key_, json);
        });
  }

  absl::Status SendTo(absl::string_view topic, absl::string_view key,
                      absl::string_view value) {
    const std::string name = absl::StrCat(output_->options_.prefix, topic);
    WD_RETURN_IF_ERROR(
        output_->topics_->Ensure(name, output_->options_.new_topics));
    return output_->feed_->Send(name, key, value, headers_.headers(),
                                std::nullopt);
  }

  struct Refused {
    uint32_t raw;
    int64_t item;
    std::string detail;
  };

  KafkaReplayOutput* const output_;
  EventJson json_;
  HeaderList headers_;
  std::string key_;
  std::vector<Refused> refused_;
};

absl::StatusOr<std::unique_ptr<KafkaReplayOutput>> KafkaReplayOutput::Open(
    const KafkaClientOptions& client, const KafkaReplayOptions& options) {
  if (options.prefix.empty() || !IsTopicName(options.prefix + "x")) {
    return absl::InvalidArgumentError(
        absl::StrCat("--prefix \"", options.prefix,
                     "\": must be a beginning for names of topics, such as "
                     "\"rehearsal.\""));
  }
  auto output = absl::WrapUnique(new KafkaReplayOutput(options));
  WD_ASSIGN_OR_RETURN(output->topics_,
                      KafkaTopics::Make(client, options.create_topics));
  WD_ASSIGN_OR_RETURN(output->feed_, KafkaFeed::Make(client));
  return output;
}

std::unique_ptr<Sink> KafkaReplayOutput::MakeSink(
    const Processing& processing) {
  return std::make_unique<TopicSink>(this, processing);
}

absl::Status KafkaReplayOutput::Close() { return feed_->Flush(kFlushTimeout); }

}  // namespace wiredesk
