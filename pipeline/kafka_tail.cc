#include "pipeline/kafka_tail.h"

#include <algorithm>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "config/status_macros.h"

namespace wiredesk {
namespace {

// librdkafka wants a group's name even of a consumer that never joins one.
constexpr char kNoGroup[] = "wiredesk-tail-joins-no-group";

absl::StatusOr<KafkaHandle> MakeClient(const KafkaClientOptions& client) {
  WD_ASSIGN_OR_RETURN(KafkaConf conf, KafkaConf::Make(client));
  WD_RETURN_IF_ERROR(conf.SetAll(client.consumer));
  const std::pair<absl::string_view, absl::string_view> fixed[] = {
      {"group.id", kNoGroup},
      {"enable.auto.commit", "false"},
      {"isolation.level", "read_committed"},
      {"auto.offset.reset", "error"},
      {"enable.partition.eof", "true"},
      {"allow.auto.create.topics", "false"},
  };
  for (const auto& [name, value] : fixed) {
    WD_RETURN_IF_ERROR(conf.Set(name, value));
  }
  return std::move(conf).NewClient(RD_KAFKA_CONSUMER);
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaTail>> KafkaTail::Open(
    const KafkaClientOptions& client, const KafkaTailOptions& options) {
  auto tail = absl::WrapUnique(new KafkaTail(options.follow));
  WD_ASSIGN_OR_RETURN(tail->client_, MakeClient(client));
  rd_kafka_poll_set_consumer(tail->client_.get());
  WD_RETURN_IF_ERROR(tail->Assign(options, client.request_timeout));
  return tail;
}

absl::Status KafkaTail::Assign(const KafkaTailOptions& options,
                               absl::Duration request_timeout) {
  const KafkaPartitions begins(rd_kafka_topic_partition_list_new(8));
  for (const std::string& topic : options.topics) {
    WD_RETURN_IF_ERROR(AddTopic(topic, request_timeout, begins.get()));
  }
  if (options.to && !options.follow) {
    const KafkaPartitions ends(
        rd_kafka_topic_partition_list_copy(begins.get()));
    WD_RETURN_IF_ERROR(SeekTimes(*options.to, request_timeout, ends.get()));
    for (int i = 0; i < ends->cnt; ++i) {
      const rd_kafka_topic_partition_t& end = ends->elems[i];
      int64_t& known = ends_[{end.topic, end.partition}];
      if (end.offset >= 0) known = std::min(known, end.offset);
    }
  }
  if (options.from) {
    WD_RETURN_IF_ERROR(SeekTimes(*options.from, request_timeout, begins.get()));
  }
  for (int i = 0; i < begins->cnt; ++i) {
    rd_kafka_topic_partition_t& begin = begins->elems[i];
    const Partition partition = {begin.topic, begin.partition};
    // No record is as late as `from`: the range is empty.
    if (begin.offset < 0) begin.offset = ends_[partition];
    records_total_ += std::max<int64_t>(0, ends_[partition] - begin.offset);
    if (!follow_ && begin.offset >= ends_[partition]) ends_.erase(partition);
  }
  open_partitions_ = ends_.size();
  const rd_kafka_resp_err_t error =
      rd_kafka_assign(client_.get(), begins.get());
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return absl::OkStatus();
  return KafkaStatus(error, "cannot read the partitions");
}

absl::Status KafkaTail::AddTopic(const std::string& topic,
                                 absl::Duration timeout,
                                 rd_kafka_topic_partition_list_t* partitions) {
  const KafkaTopicHandle handle(
      rd_kafka_topic_new(client_.get(), topic.c_str(), nullptr));
  const struct rd_kafka_metadata* answer = nullptr;
  const rd_kafka_resp_err_t error = rd_kafka_metadata(
      client_.get(), 0, handle.get(), &answer, KafkaMillis(timeout));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(error, absl::StrCat("cannot look up topic ", topic));
  }
  const KafkaMetadata metadata(answer);
  const rd_kafka_metadata_topic_t& found = metadata->topics[0];
  if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(found.err, absl::StrCat("topic ", topic));
  }
  for (int i = 0; i < found.partition_cnt; ++i) {
    const int32_t partition = found.partitions[i].id;
    int64_t low = 0;
    int64_t high = 0;
    const rd_kafka_resp_err_t failed = rd_kafka_query_watermark_offsets(
        client_.get(), topic.c_str(), partition, &low, &high,
        KafkaMillis(timeout));
    if (failed != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return KafkaStatus(failed, absl::StrCat("cannot ask for the ends of ",
                                              topic, "[", partition, "]"));
    }
    rd_kafka_topic_partition_list_add(partitions, topic.c_str(), partition)
        ->offset = low;
    ends_[{topic, partition}] = high;
  }
  return absl::OkStatus();
}

absl::Status KafkaTail::SeekTimes(absl::Time time, absl::Duration timeout,
                                  rd_kafka_topic_partition_list_t* partitions) {
  for (int i = 0; i < partitions->cnt; ++i) {
    partitions->elems[i].offset = absl::ToUnixMillis(time);
  }
  const rd_kafka_resp_err_t error = rd_kafka_offsets_for_times(
      client_.get(), partitions, KafkaMillis(timeout));
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return absl::OkStatus();
  return KafkaStatus(error, "cannot look up offsets by time");
}

void KafkaTail::Close(const Partition& partition) {
  if (!follow_ && ends_.erase(partition) > 0) --open_partitions_;
}

absl::StatusOr<const TailRecord*> KafkaTail::Next(absl::Duration timeout) {
  message_.reset(rd_kafka_consumer_poll(client_.get(), KafkaMillis(timeout)));
  if (message_ == nullptr || ended()) return nullptr;
  if (message_->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    Close({rd_kafka_topic_name(message_->rkt), message_->partition});
    return nullptr;
  }
  if (message_->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(message_->err, rd_kafka_message_errstr(message_.get()));
  }
  record_.topic = rd_kafka_topic_name(message_->rkt);
  record_.partition = message_->partition;
  record_.offset = message_->offset;
  const Partition partition = {std::string(record_.topic), record_.partition};
  if (!follow_) {
    const auto end = ends_.find(partition);
    if (end == ends_.end()) return nullptr;  // past the end of the range
    const int64_t last = end->second - 1;
    if (record_.offset >= last) Close(partition);
    if (record_.offset > last) return nullptr;
  }
  record_.key = {static_cast<const char*>(message_->key), message_->key_len};
  record_.value = {static_cast<const char*>(message_->payload), message_->len};
  rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  const int64_t millis = rd_kafka_message_timestamp(message_.get(), &type);
  record_.timestamp.reset();
  if (type != RD_KAFKA_TIMESTAMP_NOT_AVAILABLE) {
    record_.timestamp = absl::FromUnixMillis(millis);
  }
  headers_.clear();
  rd_kafka_headers_t* list = nullptr;
  if (rd_kafka_message_headers(message_.get(), &list) ==
      RD_KAFKA_RESP_ERR_NO_ERROR) {
    const char* name = nullptr;
    const void* value = nullptr;
    size_t size = 0;
    for (size_t i = 0; rd_kafka_header_get_all(list, i, &name, &value, &size) ==
                       RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i) {
      headers_.push_back({name, {static_cast<const char*>(value), size}});
    }
  }
  record_.headers = headers_;
  return &record_;
}

}  // namespace wiredesk
