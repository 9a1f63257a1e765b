#include "tests/kafka/kafka_broker.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

constexpr absl::Duration kStartTimeout = absl::Seconds(90);

int FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  EXPECT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), 0);
  close(fd);
  return ntohs(address.sin_port);
}

KafkaHandle MakeClient(
    const KafkaClientOptions& options, rd_kafka_type_t type,
    const std::vector<std::pair<std::string, std::string>>& properties) {
  absl::StatusOr<KafkaConf> conf = KafkaConf::Make(options);
  for (const auto& [name, value] : properties) {
    EXPECT_TRUE(conf->Set(name, value).ok()) << name;
  }
  absl::StatusOr<KafkaHandle> client = (*std::move(conf)).NewClient(type);
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

KafkaRecord ToRecord(const rd_kafka_message_t& message) {
  KafkaRecord record;
  record.key.assign(static_cast<const char*>(message.key), message.key_len);
  record.value.assign(static_cast<const char*>(message.payload), message.len);
  record.partition = message.partition;
  record.offset = message.offset;
  rd_kafka_timestamp_type_t type;
  record.timestamp_ms = rd_kafka_message_timestamp(&message, &type);
  std::vector<Header> headers;
  AppendKafkaHeaders(message, headers);
  for (const Header& header : headers) {
    record.headers[std::string(header.name)] = std::string(header.value);
  }
  return record;
}

void Enqueue(rd_kafka_t* client, const std::string& topic,
             const KafkaRecord& record) {
  rd_kafka_headers_t* headers = rd_kafka_headers_new(4);
  for (const auto& [name, value] : record.headers) {
    rd_kafka_header_add(headers, name.c_str(), -1, value.data(),
                        static_cast<ssize_t>(value.size()));
  }
  while (true) {
    const rd_kafka_resp_err_t error = rd_kafka_producev(
        client, RD_KAFKA_V_TOPIC(topic.c_str()),
        RD_KAFKA_V_PARTITION(record.partition),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_KEY(record.key.empty() ? nullptr : record.key.data(),
                       record.key.size()),
        RD_KAFKA_V_VALUE(const_cast<char*>(record.value.data()),
                         record.value.size()),
        RD_KAFKA_V_TIMESTAMP(record.timestamp_ms), RD_KAFKA_V_HEADERS(headers),
        RD_KAFKA_V_END);
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      ASSERT_EQ(error, RD_KAFKA_RESP_ERR_NO_ERROR) << rd_kafka_err2str(error);
      return;
    }
    rd_kafka_poll(client, 20);
  }
}

}  // namespace

bool Eventually(absl::Duration timeout, const std::function<bool()>& done) {
  const absl::Time deadline = absl::Now() + timeout;
  while (!done()) {
    if (absl::Now() > deadline) return false;
    absl::SleepFor(absl::Milliseconds(20));
  }
  return true;
}

std::string MakeTestFolder(const std::string& name) {
  std::string pattern =
      (std::filesystem::temp_directory_path() / (name + "-XXXXXX")).string();
  const char* made = mkdtemp(pattern.data());
  return made == nullptr ? "" : pattern;
}

void RemoveTestFolder(const std::string& folder) {
  if (testing::Test::HasFailure() ||
      testing::UnitTest::GetInstance()->Failed()) {
    return;
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

KafkaBroker::KafkaBroker(const std::string& line)
    : line_(line),
      folder_(MakeTestFolder("wiredesk-kafka")),
      port_(FreePort()),
      sasl_port_(FreePort()),
      controller_port_(FreePort()),
      tls_ports_({FreePort(), FreePort(), FreePort(), FreePort()}) {
  brokers_ = absl::StrCat("127.0.0.1:", port_);
  sasl_brokers_ = absl::StrCat("127.0.0.1:", sasl_port_);
  // The first time, this fetches the jars.
  Process fetch({WIREDESK_SOURCE_DIR "/tests/kafka/broker/start.sh", line_,
                 WIREDESK_BINARY_DIR "/kafka-jars"},
                folder_ + "/fetch.log");
  EXPECT_TRUE(fetch.Wait(absl::Minutes(5)));
  EXPECT_EQ(fetch.exit_code(), 0) << "see " << folder_ << "/fetch.log";
  Start();
}

KafkaBroker::~KafkaBroker() {
  Kill();
  RemoveTestFolder(folder_);
}

KafkaClientOptions KafkaBroker::client_options() const {
  KafkaClientOptions options;
  options.brokers = brokers_;
  options.client_id = "test";
  return options;
}

std::string KafkaBroker::tls_brokers(Tls listener) const {
  return absl::StrCat("localhost:", tls_ports_[static_cast<size_t>(listener)]);
}

std::string KafkaBroker::tls_file(const std::string& name) const {
  return absl::StrCat(folder_, "/data/tls/", name);
}

void KafkaBroker::Freeze() { process_->Signal(SIGSTOP); }

void KafkaBroker::Thaw() { process_->Signal(SIGCONT); }

void KafkaBroker::Kill() {
  if (process_ != nullptr) process_->Kill();
}

void KafkaBroker::Stop() {
  process_->Signal(SIGTERM);
  if (!process_->Wait(absl::Seconds(30))) process_->Kill();
}

void KafkaBroker::Start() {
  process_ = std::make_unique<Process>(
      std::vector<std::string>{
          absl::StrCat(WIREDESK_SOURCE_DIR, "/tests/kafka/broker/start.sh"),
          line_, absl::StrCat(WIREDESK_BINARY_DIR, "/kafka-jars"),
          folder_ + "/data", absl::StrCat(port_), absl::StrCat(sasl_port_),
          absl::StrCat(controller_port_), absl::StrJoin(tls_ports_, ",")},
      folder_ + "/start.log");
  ASSERT_TRUE(Eventually(kStartTimeout, [this] { return Answers(); }))
      << "no broker; see " << folder_;
}

bool KafkaBroker::Answers() const {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port_));
  const bool open =
      connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  close(fd);
  if (!open) return false;
  absl::StatusOr<std::unique_ptr<KafkaTopics>> topics =
      KafkaTopics::Make(client_options(), false);
  return topics.ok() && (*topics)->Ping(absl::Seconds(5)).ok();
}

void KafkaBroker::CreateTopic(
    const std::string& topic, int partitions,
    const std::map<std::string, std::string>& config) {
  absl::StatusOr<std::unique_ptr<KafkaTopics>> topics =
      KafkaTopics::Make(client_options(), true);
  ASSERT_TRUE(topics.ok()) << topics.status();
  TopicSettings settings;
  settings.partitions = partitions;
  settings.config.assign(config.begin(), config.end());
  const absl::Status status = (*topics)->Ensure(topic, settings);
  ASSERT_TRUE(status.ok()) << status;
}

void KafkaBroker::DeleteTopic(const std::string& topic) {
  const KafkaHandle client =
      MakeClient(client_options(), RD_KAFKA_PRODUCER, {});
  rd_kafka_DeleteTopic_t* request = rd_kafka_DeleteTopic_new(topic.c_str());
  const KafkaQueue queue(rd_kafka_queue_new(client.get()));
  rd_kafka_DeleteTopics(client.get(), &request, 1, nullptr, queue.get());
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), 30'000));
  rd_kafka_DeleteTopic_destroy(request);
  ASSERT_NE(event, nullptr);
  ASSERT_EQ(rd_kafka_event_error(event.get()), RD_KAFKA_RESP_ERR_NO_ERROR);
}

void KafkaBroker::AddPartitions(const std::string& topic, int total) {
  const KafkaHandle client =
      MakeClient(client_options(), RD_KAFKA_PRODUCER, {});
  char why[512];
  rd_kafka_NewPartitions_t* request = rd_kafka_NewPartitions_new(
      topic.c_str(), static_cast<size_t>(total), why, sizeof(why));
  ASSERT_NE(request, nullptr) << why;
  const KafkaQueue queue(rd_kafka_queue_new(client.get()));
  rd_kafka_CreatePartitions(client.get(), &request, 1, nullptr, queue.get());
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), 30'000));
  rd_kafka_NewPartitions_destroy(request);
  ASSERT_NE(event, nullptr);
  ASSERT_EQ(rd_kafka_event_error(event.get()), RD_KAFKA_RESP_ERR_NO_ERROR);
}

// On the wire, a request of Kafka's admin API for one binding.
void KafkaBroker::Allow(rd_kafka_ResourceType_t type, const std::string& name,
                        rd_kafka_AclOperation_t operation) {
  const KafkaHandle client =
      MakeClient(client_options(), RD_KAFKA_PRODUCER, {});
  char why[512];
  rd_kafka_AclBinding_t* binding = rd_kafka_AclBinding_new(
      type, name.c_str(), RD_KAFKA_RESOURCE_PATTERN_LITERAL,
      absl::StrCat("User:", kSaslUser).c_str(), "*", operation,
      RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW, why, sizeof(why));
  ASSERT_NE(binding, nullptr) << why;
  const KafkaQueue queue(rd_kafka_queue_new(client.get()));
  rd_kafka_CreateAcls(client.get(), &binding, 1, nullptr, queue.get());
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), 30'000));
  rd_kafka_AclBinding_destroy(binding);
  ASSERT_NE(event, nullptr);
  ASSERT_EQ(rd_kafka_event_error(event.get()), RD_KAFKA_RESP_ERR_NO_ERROR);
}

void KafkaBroker::DeleteRecords(const std::string& topic, int32_t partition,
                                int64_t before) {
  const KafkaHandle client =
      MakeClient(client_options(), RD_KAFKA_PRODUCER, {});
  const KafkaPartitions offsets(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(offsets.get(), topic.c_str(), partition)
      ->offset = before;
  rd_kafka_DeleteRecords_t* request = rd_kafka_DeleteRecords_new(offsets.get());
  const KafkaQueue queue(rd_kafka_queue_new(client.get()));
  rd_kafka_DeleteRecords(client.get(), &request, 1, nullptr, queue.get());
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), 30'000));
  rd_kafka_DeleteRecords_destroy(request);
  ASSERT_NE(event, nullptr);
  ASSERT_EQ(rd_kafka_event_error(event.get()), RD_KAFKA_RESP_ERR_NO_ERROR);
}

void KafkaBroker::Produce(const std::string& topic,
                          const std::vector<KafkaRecord>& records) {
  const KafkaHandle client =
      MakeClient(client_options(), RD_KAFKA_PRODUCER,
                 {{"enable.idempotence", "true"}, {"linger.ms", "1000"}});
  for (const KafkaRecord& record : records) {
    Enqueue(client.get(), topic, record);
  }
  ASSERT_EQ(rd_kafka_flush(client.get(), 60'000), RD_KAFKA_RESP_ERR_NO_ERROR);
}

std::vector<KafkaRecord> KafkaBroker::ReadAll(const std::string& topic) {
  std::vector<KafkaRecord> records;
  absl::StatusOr<std::unique_ptr<KafkaTopics>> topics =
      KafkaTopics::Make(client_options(), false);
  const absl::StatusOr<int> partitions = (*topics)->PartitionCount(topic);
  if (!partitions.ok()) return records;
  const KafkaHandle client = MakeClient(client_options(), RD_KAFKA_CONSUMER,
                                        {{"group.id", "test-reader"},
                                         {"enable.auto.commit", "false"},
                                         {"isolation.level", "read_committed"},
                                         {"auto.offset.reset", "earliest"},
                                         {"enable.partition.eof", "true"}});
  rd_kafka_poll_set_consumer(client.get());
  const KafkaPartitions list(rd_kafka_topic_partition_list_new(*partitions));
  for (int i = 0; i < *partitions; ++i) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), i)->offset =
        RD_KAFKA_OFFSET_BEGINNING;
  }
  rd_kafka_assign(client.get(), list.get());
  // Up to the high watermark: the end of what is committed may be told before
  // an open transaction below it has ended.
  std::vector<bool> done(static_cast<size_t>(*partitions), false);
  const absl::Time deadline = absl::Now() + absl::Seconds(60);
  while (std::count(done.begin(), done.end(), false) > 0 &&
         absl::Now() < deadline) {
    const KafkaMessage message(rd_kafka_consumer_poll(client.get(), 200));
    if (message == nullptr) continue;
    const auto index = static_cast<size_t>(message->partition);
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      int64_t low = 0;
      int64_t high = 0;
      rd_kafka_query_watermark_offsets(client.get(), topic.c_str(),
                                       message->partition, &low, &high, 10'000);
      if (message->offset >= high) done[index] = true;
      continue;
    }
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      records.push_back(ToRecord(*message));
    }
  }
  EXPECT_EQ(std::count(done.begin(), done.end(), false), 0)
      << "a transaction on " << topic << " never ended";
  rd_kafka_assign(client.get(), nullptr);
  std::sort(records.begin(), records.end(),
            [](const KafkaRecord& a, const KafkaRecord& b) {
              return std::pair(a.partition, a.offset) <
                     std::pair(b.partition, b.offset);
            });
  return records;
}

std::vector<int64_t> KafkaBroker::Committed(const std::string& group,
                                            const std::string& topic,
                                            int partitions) {
  const KafkaHandle client =
      MakeClient(client_options(), RD_KAFKA_CONSUMER, {{"group.id", group}});
  const KafkaPartitions list(rd_kafka_topic_partition_list_new(partitions));
  for (int i = 0; i < partitions; ++i) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), i);
  }
  // The coordinator of a broker that has just started is not there yet.
  rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
  EXPECT_TRUE(Eventually(absl::Seconds(30), [&] {
    error = rd_kafka_committed(client.get(), list.get(), 10'000);
    return error == RD_KAFKA_RESP_ERR_NO_ERROR;
  })) << rd_kafka_err2str(error);
  std::vector<int64_t> offsets;
  offsets.reserve(static_cast<size_t>(list->cnt));
  for (int i = 0; i < list->cnt; ++i) offsets.push_back(list->elems[i].offset);
  return offsets;
}

std::vector<std::string> KafkaBroker::Topics() {
  const KafkaHandle client = MakeClient(client_options(), RD_KAFKA_CONSUMER,
                                        {{"group.id", "test-reader"}});
  const struct rd_kafka_metadata* answer = nullptr;
  EXPECT_EQ(rd_kafka_metadata(client.get(), 1, nullptr, &answer, 10'000),
            RD_KAFKA_RESP_ERR_NO_ERROR);
  std::vector<std::string> names;
  if (answer == nullptr) return names;
  const KafkaMetadata metadata(answer);
  for (int i = 0; i < metadata->topic_cnt; ++i) {
    const std::string name = metadata->topics[i].topic;
    if (name.rfind("__", 0) != 0) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

int KafkaBroker::PartitionCount(const std::string& topic) {
  absl::StatusOr<std::unique_ptr<KafkaTopics>> topics =
      KafkaTopics::Make(client_options(), false);
  return (*topics)->PartitionCount(topic).value_or(-1);
}

std::string KafkaBroker::TopicProperty(const std::string& topic,
                                       const std::string& name) {
  const KafkaHandle client =
      MakeClient(client_options(), RD_KAFKA_PRODUCER, {});
  rd_kafka_ConfigResource_t* resource =
      rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str());
  const KafkaQueue queue(rd_kafka_queue_new(client.get()));
  rd_kafka_DescribeConfigs(client.get(), &resource, 1, nullptr, queue.get());
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), 30'000));
  rd_kafka_ConfigResource_destroy(resource);
  if (event == nullptr) return "";
  const auto* result = rd_kafka_event_DescribeConfigs_result(event.get());
  size_t count = 0;
  const auto* const* found =
      rd_kafka_DescribeConfigs_result_resources(result, &count);
  if (count != 1) return "";
  const auto* const* entries =
      rd_kafka_ConfigResource_configs(found[0], &count);
  for (size_t i = 0; i < count; ++i) {
    if (name == rd_kafka_ConfigEntry_name(entries[i])) {
      return rd_kafka_ConfigEntry_value(entries[i]);
    }
  }
  return "";
}

}  // namespace wiredesk
