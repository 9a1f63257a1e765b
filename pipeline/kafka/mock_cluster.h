// A Kafka broker inside the process, for the demo and for tests of plumbing.
//
// It is librdkafka's mock cluster: real protocol, no disk. Its transactions are
// a facade (aborted records are visible, offsets sent to a transaction are not
// stored), it keeps 5 MiB a partition, and it cannot look up times: nothing
// about delivery is proved on it.

#ifndef WIREDESK_PIPELINE_KAFKA_MOCK_CLUSTER_H_
#define WIREDESK_PIPELINE_KAFKA_MOCK_CLUSTER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace wiredesk {

// Thread-safe. Must outlive the clients that talk to it.
class KafkaMockCluster {
 public:
  static absl::StatusOr<std::unique_ptr<KafkaMockCluster>> Start();
  ~KafkaMockCluster();

  // For `bootstrap.servers`.
  std::string brokers() const;

  // Topics that are not created so are made at first use, with 4 partitions.
  absl::Status CreateTopic(const std::string& topic, int partitions);

 private:
  struct Impl;
  explicit KafkaMockCluster(std::unique_ptr<Impl> impl);

  const std::unique_ptr<Impl> impl_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_MOCK_CLUSTER_H_
