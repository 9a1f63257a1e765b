#ifndef WIREDESK_PIPELINE_REPLAY_KAFKA_OUTPUT_H_
#define WIREDESK_PIPELINE_REPLAY_KAFKA_OUTPUT_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "pipeline/flow/turnstile.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/feed.h"
#include "pipeline/kafka/topics.h"
#include "pipeline/replay/replay.h"

namespace wiredesk {

struct KafkaReplayOptions {
  std::string prefix;  // of every topic, "rehearsal."; never empty
  std::string dead_letter_topic;
  bool create_topics = true;
  TopicSettings new_topics;
  size_t message_bytes_max = 1'000'000;
};

// What a replay makes, into topics of their own: rehearsal.news.events for
// news.events. Records go out in the order of the input, whatever the number of
// workers; nothing is committed. Thread-safe.
class KafkaReplayOutput : public ReplayOutput {
 public:
  // InvalidArgument: the prefix is empty, or makes no names of topics.
  static absl::StatusOr<std::unique_ptr<KafkaReplayOutput>> Open(
      const KafkaClientOptions& client, const KafkaReplayOptions& options);

  std::unique_ptr<Sink> MakeSink(const Processing& processing) override;
  void Abandon() override { turnstile_.Close(); }
  absl::Status Close() override;

 private:
  class TopicSink;

  explicit KafkaReplayOutput(KafkaReplayOptions options)
      : options_(std::move(options)) {}

  const KafkaReplayOptions options_;
  std::unique_ptr<KafkaTopics> topics_;
  Turnstile turnstile_;
  std::unique_ptr<KafkaFeed> feed_;  // used by whoever has the turn
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_REPLAY_KAFKA_OUTPUT_H_
