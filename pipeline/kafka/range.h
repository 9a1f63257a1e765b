// A stretch of Kafka's topics, from one time to another: for replays, copies
// and the dead-letter tools.
//
// It reads partition by partition and joins no group, so it asks no coordinator
// and commits nothing: a live service does not notice. The partitions are
// merged by the records' timestamps, records of one partition always in the
// order of their offsets, so that the same stretch is the same sequence every
// time.

#ifndef WIREDESK_PIPELINE_KAFKA_RANGE_H_
#define WIREDESK_PIPELINE_KAFKA_RANGE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/tail.h"

namespace wiredesk {

struct KafkaRangeOptions {
  std::vector<std::string> topics;
  // By the records' timestamps, [from, to); none is the beginning, and the end
  // that the partitions have when the range is opened.
  std::optional<absl::Time> from;
  std::optional<absl::Time> to;
  // How long to wait for a record that must be there.
  absl::Duration patience = absl::Seconds(30);
};

// Belongs to one thread at a time.
class KafkaRange {
 public:
  // NotFound: a topic does not exist. Unavailable: no broker answers.
  static absl::StatusOr<std::unique_ptr<KafkaRange>> Open(
      const KafkaClientOptions& client, const KafkaRangeOptions& options);
  ~KafkaRange();

  KafkaRange(const KafkaRange&) = delete;
  KafkaRange& operator=(const KafkaRange&) = delete;

  // The next record; nullptr: the range has ended. Unavailable: the brokers
  // fell silent. The record lives until the next call.
  absl::StatusOr<const TailRecord*> Next();

  // Records in the range, as offsets tell: those of aborted transactions and
  // the marks of transactions included.
  int64_t records_total() const { return records_total_; }
  // Of these, how many are passed.
  int64_t records_passed() const;

 private:
  // A partition in flight; removed when its range is through.
  struct Partition {
    std::string topic;
    int32_t id = 0;
    rd_kafka_topic_t* handle = nullptr;  // in topics_
    int64_t begin = 0;
    int64_t next = 0;
    int64_t end = 0;
    KafkaMessage head;
  };

  explicit KafkaRange(const KafkaRangeOptions& options) : options_(options) {}

  absl::Status Start(absl::Duration timeout);
  absl::Status AddTopic(const std::string& topic, absl::Duration timeout);
  absl::Status SeekTimes(absl::Duration timeout);
  absl::StatusOr<std::vector<int64_t>> OffsetsAt(absl::Time time,
                                                 absl::Duration timeout);
  absl::Status FillHead(Partition& partition);
  void Finish(Partition& partition);
  size_t Earliest() const;

  const KafkaRangeOptions options_;
  KafkaHandle client_;
  std::vector<KafkaTopicHandle> topics_;
  std::vector<Partition> partitions_;  // by topic and number
  int64_t records_total_ = 0;
  KafkaMessage given_;
  TailRecord record_;
  std::vector<Header> headers_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_RANGE_H_
