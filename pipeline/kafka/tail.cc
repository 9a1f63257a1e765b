#include "pipeline/kafka/tail.h"

#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "pipeline/kafka/error_rules.h"

namespace wiredesk {
namespace {

// librdkafka wants a group's name even of a consumer that never joins one.
constexpr char kNoGroup[] = "wiredesk-tail-joins-no-group";

absl::StatusOr<KafkaHandle> MakeTailClient(const KafkaClientOptions& client) {
  WD_ASSIGN_OR_RETURN(KafkaConf conf, KafkaConf::Make(client));
  WD_RETURN_IF_ERROR(conf.SetAll(client.consumer));
  const std::pair<absl::string_view, absl::string_view> fixed[] = {
      {"group.id", kNoGroup},
      {"enable.auto.commit", "false"},
      {"isolation.level", "read_committed"},
      {"auto.offset.reset", "error"},
      {"allow.auto.create.topics", "false"},
  };
  for (const auto& [name, value] : fixed) {
    WD_RETURN_IF_ERROR(conf.Set(name, value));
  }
  return std::move(conf).NewClient(RD_KAFKA_CONSUMER);
}

}  // namespace

TailRecord TailRecordOf(const rd_kafka_message_t& message,
                        std::vector<Header>& headers) {
  TailRecord record;
  record.topic = rd_kafka_topic_name(message.rkt);
  record.partition = message.partition;
  record.offset = message.offset;
  record.key = {static_cast<const char*>(message.key), message.key_len};
  record.value = {static_cast<const char*>(message.payload), message.len};
  record.timestamp = KafkaTimestamp(message);
  headers.clear();
  AppendKafkaHeaders(message, headers);
  record.headers = headers;
  return record;
}

absl::StatusOr<std::vector<int32_t>> PartitionsOf(rd_kafka_t* client,
                                                  const std::string& topic,
                                                  absl::Duration timeout) {
  const KafkaTopicHandle handle(
      rd_kafka_topic_new(client, topic.c_str(), nullptr));
  const struct rd_kafka_metadata* answer = nullptr;
  const rd_kafka_resp_err_t error =
      rd_kafka_metadata(client, 0, handle.get(), &answer, KafkaMillis(timeout));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(error, absl::StrCat("cannot look up topic ", topic));
  }
  const KafkaMetadata metadata(answer);
  const rd_kafka_metadata_topic_t& found = metadata->topics[0];
  if (MeansMissingTopic(found.err)) {
    return absl::NotFoundError(
        absl::StrCat("topic ", topic, " does not exist"));
  }
  if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(found.err, absl::StrCat("topic ", topic),
                       absl::StrCat("Describe on topic ", topic));
  }
  std::vector<int32_t> partitions;
  partitions.reserve(static_cast<size_t>(found.partition_cnt));
  for (int i = 0; i < found.partition_cnt; ++i) {
    partitions.push_back(found.partitions[i].id);
  }
  return partitions;
}

absl::StatusOr<std::unique_ptr<KafkaTail>> KafkaTail::Open(
    const KafkaClientOptions& client, const std::vector<std::string>& topics) {
  auto tail = absl::WrapUnique(new KafkaTail);
  WD_ASSIGN_OR_RETURN(tail->client_, MakeTailClient(client));
  rd_kafka_poll_set_consumer(tail->client_.get());
  const KafkaPartitions list(rd_kafka_topic_partition_list_new(8));
  for (const std::string& topic : topics) {
    WD_ASSIGN_OR_RETURN(
        const std::vector<int32_t> partitions,
        PartitionsOf(tail->client_.get(), topic, client.request_timeout));
    for (const int32_t partition : partitions) {
      rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)
          ->offset = RD_KAFKA_OFFSET_BEGINNING;
    }
  }
  const rd_kafka_resp_err_t error =
      rd_kafka_assign(tail->client_.get(), list.get());
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return tail;
  return KafkaStatus(error, "cannot read the partitions");
}

absl::StatusOr<const TailRecord*> KafkaTail::Next(absl::Duration timeout) {
  message_.reset(rd_kafka_consumer_poll(client_.get(), KafkaMillis(timeout)));
  if (message_ == nullptr) return nullptr;
  if (message_->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(message_->err, rd_kafka_message_errstr(message_.get()));
  }
  record_ = TailRecordOf(*message_, headers_);
  return &record_;
}

}  // namespace wiredesk
