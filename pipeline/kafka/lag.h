// How far behind the end of the log each partition of a consumer is, in records
// and in seconds. It is local knowledge of the client and costs no request.

#ifndef WIREDESK_PIPELINE_KAFKA_LAG_H_
#define WIREDESK_PIPELINE_KAFKA_LAG_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "pipeline/kafka/client.h"
#include "pipeline/observe/metrics.h"

namespace wiredesk {

// Belongs to one source, on one thread at a time.
class KafkaLag {
 public:
  using Partition = std::pair<std::string, int32_t>;

  // `metrics` may be null: then nothing is shown. It outlives this.
  explicit KafkaLag(Metrics* metrics);
  ~KafkaLag() { End(); }
  KafkaLag(const KafkaLag&) = delete;
  KafkaLag& operator=(const KafkaLag&) = delete;

  // The families, before any partition is assigned.
  static void Declare(Metrics& metrics);

  // A record was polled.
  void Note(absl::string_view topic, int32_t partition,
            std::optional<absl::Time> time);

  // Shows the lag of the partitions that `starts` names, with the offsets that
  // they were begun at; at most once a second.
  void Update(rd_kafka_t* client, const std::map<Partition, int64_t>& starts);

  // The partitions are given up: what was shown of them ends.
  void End();

 private:
  struct Lag {
    Gauge* records = nullptr;
    Gauge* seconds = nullptr;
    std::optional<absl::Time> last;  // of the last record that was polled
  };

  void Show(const Partition& partition, int64_t records, absl::Time now);

  Metrics* const metrics_;
  std::map<Partition, Lag> lags_;
  std::pair<const Partition, Lag>* noted_ = nullptr;  // of the last record
  absl::Time next_ = absl::InfinitePast();
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_LAG_H_
