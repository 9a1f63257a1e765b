// Reads topics without being of any group: it joins nothing and commits
// nothing, so a live service does not notice.
//
// For replays by time range, copies of a topic, the dead-letter tools, and the
// demo's output.

#ifndef WIREDESK_PIPELINE_KAFKA_TAIL_H_
#define WIREDESK_PIPELINE_KAFKA_TAIL_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "pipeline/event_record.h"
#include "pipeline/kafka_client.h"

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

struct KafkaTailOptions {
  std::vector<std::string> topics;
  // By the records' timestamps, [from, to); none is the beginning, and the end
  // that the partitions have when the tail is opened.
  std::optional<absl::Time> from;
  std::optional<absl::Time> to;
  bool follow = false;  // go on past the end
};

// Belongs to one thread.
class KafkaTail {
 public:
  // NotFound: a topic does not exist. Unavailable: no broker answers.
  static absl::StatusOr<std::unique_ptr<KafkaTail>> Open(
      const KafkaClientOptions& client, const KafkaTailOptions& options);

  // The next record of any partition, in offset order within each. nullptr:
  // nothing within `timeout`, or ended().
  absl::StatusOr<const TailRecord*> Next(absl::Duration timeout);

  // Whether every partition has been read to the end of its range.
  bool ended() const { return !follow_ && open_partitions_ == 0; }

  // Records in the range, as known when it was opened; aborted ones included.
  int64_t records_total() const { return records_total_; }

 private:
  using Partition = std::pair<std::string, int32_t>;

  explicit KafkaTail(bool follow) : follow_(follow) {}
  absl::Status Assign(const KafkaTailOptions& options,
                      absl::Duration request_timeout);
  absl::Status AddTopic(const std::string& topic, absl::Duration timeout,
                        rd_kafka_topic_partition_list_t* partitions);
  absl::Status SeekTimes(absl::Time time, absl::Duration timeout,
                         rd_kafka_topic_partition_list_t* partitions);
  void Close(const Partition& partition);

  const bool follow_;
  std::map<Partition, int64_t> ends_;  // of partitions that are not through
  size_t open_partitions_ = 0;
  int64_t records_total_ = 0;
  TailRecord record_;
  std::vector<Header> headers_;
  KafkaHandle client_;
  KafkaMessage message_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_TAIL_H_
