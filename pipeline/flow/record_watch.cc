#include "pipeline/flow/record_watch.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "pipeline/observe/log.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kSlowSeconds = "wiredesk_slow_record_seconds";
constexpr absl::string_view kSlowSecondsHelp =
    "How long the slowest record in hand has been with one stage; 0 below five "
    "seconds. The log names it: record_slow.";
constexpr absl::string_view kSlowRecords = "wiredesk_slow_records_total";
constexpr absl::string_view kSlowRecordsHelp =
    "Records that held a stage for more than five seconds.";

}  // namespace

RecordWatch::RecordWatch(const Options& options, Metrics* metrics)
    : options_(options), metrics_(metrics), thread_([this] { Watch(); }) {
  if (metrics == nullptr) return;
  metrics->GetGauge(kSlowSeconds, kSlowSecondsHelp);
  metrics->Declare(kSlowRecords, kSlowRecordsHelp, "counter");
}

RecordWatch::~RecordWatch() {
  stop_.Notify();
  thread_.join();
}

void RecordWatch::Add(const WorkPlace* place) {
  absl::MutexLock lock(&mutex_);
  places_.insert(place);
}

void RecordWatch::Remove(const WorkPlace* place) {
  absl::MutexLock lock(&mutex_);
  places_.erase(place);
}

void RecordWatch::Watch() {
  while (!stop_.WaitForNotificationWithTimeout(options_.interval)) Look();
}

void RecordWatch::Look() {
  const absl::Time now = absl::Now();
  absl::MutexLock lock(&mutex_);
  std::map<std::string, absl::Time> named;
  int64_t longest = 0;
  for (const WorkPlace* place : places_) {
    const std::optional<Work> work = place->Current(options_.slow_after);
    if (!work.has_value()) continue;
    longest = std::max(longest, absl::ToInt64Seconds(now - work->since));
    std::string name =
        absl::StrCat(work->topic, "/", work->partition, "/", work->offset, "/",
                     work->item, "/", work->stage);
    const auto before = named_.find(name);
    const bool due =
        before == named_.end() || now - before->second >= options_.repeat;
    if (due) Show(*work);
    named.emplace(std::move(name), due ? now : before->second);
  }
  named_ = std::move(named);
  if (metrics_ == nullptr) return;
  metrics_->GetGauge(kSlowSeconds, kSlowSecondsHelp)->Set(longest);
}

void RecordWatch::Show(const Work& work) {
  LogWarning("record_slow",
             {{"topic", work.topic},
              {"partition", work.partition},
              {"offset", work.offset},
              {"item", work.item},
              {"stage", work.stage},
              {"seconds", absl::ToInt64Seconds(absl::Now() - work.since)}});
  if (metrics_ == nullptr) return;
  metrics_
      ->GetCounter(kSlowRecords, kSlowRecordsHelp,
                   {{"stage", work.stage}, {"topic", work.topic}})
      ->Add();
}

bool IsTooCostly(absl::string_view stage, absl::string_view after, Batch& batch,
                 const EventRecord& record) {
  if (!batch.meter().Exceeded()) return false;
  const RawRecord& raw = batch.raw_of(record);
  batch.DeadLetter(
      record.raw, stage, "too_costly",
      absl::StrCat("more than limits.record_cpu_max (",
                   absl::FormatDuration(batch.meter().cpu_max()), ") by the ",
                   after, " of ", record.article.body.size(), " bytes"),
      raw.articles > 1 ? int64_t{record.item} : -1);
  return true;
}

}  // namespace wiredesk
