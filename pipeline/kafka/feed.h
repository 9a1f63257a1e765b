// A plain producer, for commands that put records into topics outside of the
// chain: the demo's feed, a redrive of dead letters.

#ifndef WIREDESK_PIPELINE_KAFKA_FEED_H_
#define WIREDESK_PIPELINE_KAFKA_FEED_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "pipeline/kafka/client.h"
#include "pipeline/record/event_record.h"

namespace wiredesk {

// Idempotent. Belongs to one thread.
class KafkaFeed {
 public:
  static absl::StatusOr<std::unique_ptr<KafkaFeed>> Make(
      const KafkaClientOptions& client);

  // Queues a record; waits while the queue is full. Partition by key, or any
  // where there is none. Everything is copied.
  absl::Status Send(const std::string& topic, absl::string_view key,
                    absl::string_view value, absl::Span<const Header> headers,
                    std::optional<absl::Time> timestamp);

  // Waits until the brokers have all of it. The first failure of any record
  // sent so far, else OK.
  absl::Status Flush(absl::Duration timeout);

 private:
  KafkaFeed() = default;
  static void OnDelivered(rd_kafka_t* client, const rd_kafka_message_t* message,
                          void* self);

  absl::Status failure_;
  KafkaHandle client_;  // the last member: closing it calls OnDelivered
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_FEED_H_
