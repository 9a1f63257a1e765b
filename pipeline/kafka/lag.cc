#include "pipeline/kafka/lag.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/types/span.h"

namespace wiredesk {
namespace {

constexpr absl::Duration kInterval = absl::Seconds(1);

constexpr char kRecords[] = "wiredesk_lag_records";
constexpr char kRecordsHelp[] =
    "Records between the position and the end of the log.";
constexpr char kSeconds[] = "wiredesk_lag_seconds";
constexpr char kSecondsHelp[] =
    "Age of the last record that was read, where there are more behind it.";

}  // namespace

KafkaLag::KafkaLag(Metrics* metrics) : metrics_(metrics) {}

void KafkaLag::Declare(Metrics& metrics) {
  metrics.Declare(kRecords, kRecordsHelp, "gauge");
  metrics.Declare(kSeconds, kSecondsHelp, "gauge");
}

void KafkaLag::Note(absl::string_view topic, int32_t partition,
                    std::optional<absl::Time> time) {
  if (metrics_ == nullptr) return;
  // Nearly always the partition of the record before.
  if (noted_ == nullptr || noted_->first.second != partition ||
      noted_->first.first != topic) {
    noted_ = &*lags_.try_emplace({std::string(topic), partition}).first;
  }
  noted_->second.last = time;
}

void KafkaLag::Update(rd_kafka_t* client,
                      const std::map<Partition, int64_t>& starts) {
  const absl::Time now = absl::Now();
  if (metrics_ == nullptr || now < next_) return;
  next_ = now + kInterval;
  const KafkaPartitions list(
      rd_kafka_topic_partition_list_new(static_cast<int>(starts.size())));
  for (const auto& [partition, start] : starts) {
    rd_kafka_topic_partition_list_add(list.get(), partition.first.c_str(),
                                      partition.second);
  }
  if (rd_kafka_position(client, list.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return;
  }
  for (const rd_kafka_topic_partition_t& item :
       absl::MakeConstSpan(list->elems, static_cast<size_t>(list->cnt))) {
    int64_t low = 0;
    int64_t high = 0;
    if (rd_kafka_get_watermark_offsets(client, item.topic, item.partition, &low,
                                       &high) != RD_KAFKA_RESP_ERR_NO_ERROR ||
        high < 0) {
      continue;
    }
    const Partition partition = {item.topic, item.partition};
    const auto start = starts.find(partition);
    const int64_t position =
        item.offset >= 0 || start == starts.end() ? item.offset : start->second;
    Show(partition, std::max<int64_t>(0, high - position), now);
  }
}

void KafkaLag::Show(const Partition& partition, int64_t records,
                    absl::Time now) {
  Lag& lag = lags_[partition];
  if (lag.records == nullptr) {
    const std::string number = absl::StrCat(partition.second);
    const Label labels[] = {{"topic", partition.first}, {"partition", number}};
    lag.records = metrics_->GetGauge(kRecords, kRecordsHelp, labels);
    lag.seconds = metrics_->GetGauge(kSeconds, kSecondsHelp, labels);
  }
  lag.records->Set(records);
  const absl::Duration behind =
      records > 0 && lag.last ? now - *lag.last : absl::ZeroDuration();
  lag.seconds->Set(std::max<int64_t>(0, absl::ToInt64Seconds(behind)));
}

void KafkaLag::End() {
  for (const auto& [partition, lag] : lags_) {
    if (lag.records == nullptr) continue;
    lag.records->End();
    lag.seconds->End();
  }
  lags_.clear();
  noted_ = nullptr;
}

}  // namespace wiredesk
