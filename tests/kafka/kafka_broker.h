#ifndef WIREDESK_TESTS_KAFKA_KAFKA_BROKER_H_
#define WIREDESK_TESTS_KAFKA_KAFKA_BROKER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/topics.h"
#include "tests/kafka/process.h"

namespace wiredesk {

// The lines of Apache Kafka that tests run on: the folders of broker/.
inline constexpr const char* kKafkaLines[] = {"3.9", "4.x"};

// What a test puts in and takes out.
struct KafkaRecord {
  std::string key;
  std::string value;
  std::map<std::string, std::string> headers;
  int32_t partition = RD_KAFKA_PARTITION_UA;
  int64_t offset = -1;
  int64_t timestamp_ms = 0;
};

// The user of the listener with authentication, who may do nothing until it is
// allowed. Whoever comes in without authentication may do everything.
inline constexpr const char* kSaslUser = "limited";
inline constexpr const char* kSaslPassword = "limited-secret";

// A real Apache Kafka, one node, on free ports of the loopback. Its data goes
// with it.
class KafkaBroker {
 public:
  // Starts it and waits until it answers. Needs Java and Maven; the test fails
  // without them.
  explicit KafkaBroker(const std::string& line);
  ~KafkaBroker();

  KafkaBroker(const KafkaBroker&) = delete;
  KafkaBroker& operator=(const KafkaBroker&) = delete;

  const std::string& line() const { return line_; }
  const std::string& brokers() const { return brokers_; }
  const std::string& sasl_brokers() const { return sasl_brokers_; }
  // localhost, at each of the listeners with TLS; see broker/start.sh.
  enum class Tls { kGood, kAsksClient, kExpired, kElsewhere };
  std::string tls_brokers(Tls listener) const;
  // A file that was made for TLS: "ca.pem".
  std::string tls_file(const std::string& name) const;
  const std::string& folder() const { return folder_; }
  KafkaClientOptions client_options() const;

  void Kill();    // SIGKILL
  void Freeze();  // SIGSTOP
  void Thaw();    // SIGCONT
  void Stop();    // SIGTERM
  // On the same ports and data. Waits until it answers.
  void Start();

  void CreateTopic(const std::string& topic, int partitions,
                   const std::map<std::string, std::string>& config = {});

  void DeleteTopic(const std::string& topic);
  // More partitions, `total` in all.
  void AddPartitions(const std::string& topic, int total);

  // Lets kSaslUser do something to one resource.
  void Allow(rd_kafka_ResourceType_t type, const std::string& name,
             rd_kafka_AclOperation_t operation);

  // As retention does: moves the low watermark.
  void DeleteRecords(const std::string& topic, int32_t partition,
                     int64_t before);

  // Appends and waits for the acknowledgement.
  void Produce(const std::string& topic,
               const std::vector<KafkaRecord>& records);

  // All that a read_committed reader finds in `topic` now, by partition and
  // offset. Waits for transactions that are still open.
  std::vector<KafkaRecord> ReadAll(const std::string& topic);

  // Committed offsets of a group; -1001 where there is none.
  std::vector<int64_t> Committed(const std::string& group,
                                 const std::string& topic, int partitions);

  // The names of all topics but internal ones.
  std::vector<std::string> Topics();
  int PartitionCount(const std::string& topic);
  // A property of a topic as it is now, by Kafka's name.
  std::string TopicProperty(const std::string& topic, const std::string& name);

 private:
  bool Answers() const;

  const std::string line_;
  std::string folder_;
  std::string brokers_;
  std::string sasl_brokers_;
  int port_ = 0;
  int sasl_port_ = 0;
  int controller_port_ = 0;
  std::vector<int> tls_ports_;  // as Tls
  std::unique_ptr<Process> process_;
};

// Calls `done` until it returns true or `timeout` has passed; returns whether
// it did.
bool Eventually(absl::Duration timeout, const std::function<bool()>& done);

// A folder of its own for a test.
std::string MakeTestFolder(const std::string& name);
// Unless the test has failed, in which case its logs tell why.
void RemoveTestFolder(const std::string& folder);

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_KAFKA_KAFKA_BROKER_H_
