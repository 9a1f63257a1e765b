// Follows topics from their beginning without being of any group: it joins
// nothing and commits nothing, so a live service does not notice. For the
// output of the demo; a stretch that ends is read by range.h.

#ifndef WIREDESK_PIPELINE_KAFKA_TAIL_H_
#define WIREDESK_PIPELINE_KAFKA_TAIL_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "pipeline/kafka/client.h"
#include "pipeline/record/event_record.h"

namespace wiredesk {

// A record as read. All views die with the next call.
struct TailRecord {
  absl::string_view topic;
  int32_t partition = 0;
  int64_t offset = 0;
  absl::string_view key;
  absl::string_view value;
  absl::Span<const Header> headers;
  std::optional<absl::Time> timestamp;
};

// What `message` holds, as views; `headers` is memory for its headers.
TailRecord TailRecordOf(const rd_kafka_message_t& message,
                        std::vector<Header>& headers);

// Of a topic: its partitions. NotFound: there is no such topic.
absl::StatusOr<std::vector<int32_t>> PartitionsOf(rd_kafka_t* client,
                                                  const std::string& topic,
                                                  absl::Duration timeout);

// Belongs to one thread.
class KafkaTail {
 public:
  // NotFound: a topic does not exist. Unavailable: no broker answers.
  static absl::StatusOr<std::unique_ptr<KafkaTail>> Open(
      const KafkaClientOptions& client, const std::vector<std::string>& topics);

  // The next record of any partition, in offset order within each. nullptr:
  // nothing within `timeout`.
  absl::StatusOr<const TailRecord*> Next(absl::Duration timeout);

 private:
  KafkaTail() = default;

  TailRecord record_;
  std::vector<Header> headers_;
  KafkaHandle client_;
  KafkaMessage message_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_TAIL_H_
