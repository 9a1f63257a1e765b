#include "pipeline/kafka/range.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"

namespace wiredesk {
namespace {

absl::StatusOr<KafkaHandle> MakeRangeClient(const KafkaClientOptions& client) {
  WD_ASSIGN_OR_RETURN(KafkaConf conf, KafkaConf::Make(client));
  // For each partition: a topic may have a hundred, and all are read at once.
  WD_RETURN_IF_ERROR(conf.Set("queued.max.messages.kbytes", "4096"));
  WD_RETURN_IF_ERROR(conf.SetAll(client.consumer));
  const std::pair<absl::string_view, absl::string_view> fixed[] = {
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
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

absl::StatusOr<std::unique_ptr<KafkaRange>> KafkaRange::Open(
    const KafkaClientOptions& client, const KafkaRangeOptions& options) {
  auto range = absl::WrapUnique(new KafkaRange(options));
  WD_ASSIGN_OR_RETURN(range->client_, MakeRangeClient(client));
  WD_RETURN_IF_ERROR(range->Start(client.request_timeout));
  return range;
}

KafkaRange::~KafkaRange() {
  for (Partition& partition : partitions_) {
    if (partition.next < partition.end) Finish(partition);
  }
}

absl::Status KafkaRange::Start(absl::Duration timeout) {
  for (const std::string& topic : options_.topics) {
    WD_RETURN_IF_ERROR(AddTopic(topic, timeout));
  }
  std::sort(partitions_.begin(), partitions_.end(),
            [](const Partition& a, const Partition& b) {
              return std::tie(a.topic, a.id) < std::tie(b.topic, b.id);
            });
  WD_RETURN_IF_ERROR(SeekTimes(timeout));
  for (Partition& partition : partitions_) {
    partition.end = std::max(partition.begin, partition.end);
    partition.next = partition.begin;
    records_total_ += partition.end - partition.begin;
    if (partition.next == partition.end) continue;
    if (rd_kafka_consume_start(partition.handle, partition.id,
                               partition.begin) != 0) {
      const absl::Status status = KafkaStatus(
          rd_kafka_last_error(), absl::StrCat("cannot read ", partition.topic));
      partition.next = partition.end;
      return status;
    }
  }
  return absl::OkStatus();
}

absl::Status KafkaRange::AddTopic(const std::string& topic,
                                  absl::Duration timeout) {
  WD_ASSIGN_OR_RETURN(const std::vector<int32_t> ids,
                      PartitionsOf(client_.get(), topic, timeout));
  rd_kafka_topic_t* const handle =
      topics_
          .emplace_back(
              rd_kafka_topic_new(client_.get(), topic.c_str(), nullptr))
          .get();
  for (const int32_t id : ids) {
    Partition partition;
    partition.topic = topic;
    partition.id = id;
    partition.handle = handle;
    const rd_kafka_resp_err_t error = rd_kafka_query_watermark_offsets(
        client_.get(), topic.c_str(), id, &partition.begin, &partition.end,
        KafkaMillis(timeout));
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return KafkaStatus(error, absl::StrCat("cannot ask for the ends of ",
                                             topic, "[", id, "]"));
    }
    partition.next = partition.end;  // not started yet
    partitions_.push_back(std::move(partition));
  }
  return absl::OkStatus();
}

absl::Status KafkaRange::SeekTimes(absl::Duration timeout) {
  if (options_.to) {
    WD_ASSIGN_OR_RETURN(const std::vector<int64_t> ends,
                        OffsetsAt(*options_.to, timeout));
    for (size_t i = 0; i < ends.size(); ++i) {
      // Where no record is as late, the end stays.
      if (ends[i] < 0) continue;
      partitions_[i].end = std::min(partitions_[i].end, ends[i]);
    }
  }
  if (options_.from) {
    WD_ASSIGN_OR_RETURN(const std::vector<int64_t> begins,
                        OffsetsAt(*options_.from, timeout));
    for (size_t i = 0; i < begins.size(); ++i) {
      partitions_[i].begin = begins[i] < 0 ? partitions_[i].end : begins[i];
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<int64_t>> KafkaRange::OffsetsAt(
    absl::Time time, absl::Duration timeout) {
  const KafkaPartitions list(
      rd_kafka_topic_partition_list_new(static_cast<int>(partitions_.size())));
  for (const Partition& partition : partitions_) {
    rd_kafka_topic_partition_list_add(list.get(), partition.topic.c_str(),
                                      partition.id)
        ->offset = absl::ToUnixMillis(time);
  }
  const rd_kafka_resp_err_t error = rd_kafka_offsets_for_times(
      client_.get(), list.get(), KafkaMillis(timeout));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(error, "cannot look up offsets by time");
  }
  std::vector<int64_t> offsets;
  for (int i = 0; i < list->cnt; ++i) {
    if (list->elems[i].err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return KafkaStatus(list->elems[i].err, "cannot look up offsets by time");
    }
    offsets.push_back(list->elems[i].offset);
  }
  return offsets;
}

absl::StatusOr<const TailRecord*> KafkaRange::Next() {
  given_.reset();
  for (Partition& partition : partitions_) {
    WD_RETURN_IF_ERROR(FillHead(partition));
  }
  const size_t earliest = Earliest();
  if (earliest == partitions_.size()) return nullptr;
  Partition& partition = partitions_[earliest];
  given_ = std::move(partition.head);
  partition.next = given_->offset + 1;
  if (partition.next >= partition.end) Finish(partition);
  record_ = TailRecordOf(*given_, headers_);
  return &record_;
}

// Waits until the next record of a partition is there, or its range has ended.
absl::Status KafkaRange::FillHead(Partition& partition) {
  const absl::Time deadline = absl::Now() + options_.patience;
  while (partition.head == nullptr && partition.next < partition.end) {
    KafkaMessage message(rd_kafka_consume(partition.handle, partition.id,
                                          KafkaMillis(absl::Seconds(1))));
    if (message == nullptr) {
      if (absl::Now() < deadline) continue;
      return absl::UnavailableError(absl::StrCat(
          partition.topic, "[", partition.id, "]: no record at offset ",
          partition.next, " within ", absl::FormatDuration(options_.patience)));
    }
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      // What is left are marks of transactions, or transactions that are open.
      Finish(partition);
      break;
    }
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return KafkaStatus(message->err,
                         absl::StrCat(partition.topic, "[", partition.id, "]: ",
                                      rd_kafka_message_errstr(message.get())));
    }
    if (message->offset >= partition.end) {
      Finish(partition);
      break;
    }
    partition.head = std::move(message);
  }
  return absl::OkStatus();
}

void KafkaRange::Finish(Partition& partition) {
  partition.next = partition.end;
  partition.head.reset();
  rd_kafka_consume_stop(partition.handle, partition.id);
}

size_t KafkaRange::Earliest() const {
  size_t earliest = partitions_.size();
  int64_t earliest_time = 0;
  for (size_t i = 0; i < partitions_.size(); ++i) {
    if (partitions_[i].head == nullptr) continue;
    const int64_t time =
        rd_kafka_message_timestamp(partitions_[i].head.get(), nullptr);
    if (earliest < partitions_.size() && time >= earliest_time) continue;
    earliest = i;
    earliest_time = time;
  }
  return earliest;
}

int64_t KafkaRange::records_passed() const {
  int64_t passed = 0;
  for (const Partition& partition : partitions_) {
    passed += partition.next - partition.begin;
  }
  return passed;
}

}  // namespace wiredesk
