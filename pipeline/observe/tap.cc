#include "pipeline/observe/tap.h"

#include <time.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "config/base/nearest_name.h"
#include "config/base/status_macros.h"
#include "pipeline/record/json_text.h"

namespace wiredesk {
namespace {

constexpr double kRateMax = 10'000;
constexpr size_t kValueBytesShown = 512;

bool HasRoute(const EventRecord& record, absl::string_view route) {
  return route.empty() ||
         std::any_of(record.destinations.begin(), record.destinations.end(),
                     [route](const Destination& destination) {
                       return destination.route == route;
                     });
}

// Whether its journey has not ended in an earlier stage.
bool IsOfStage(const EventRecord& record, absl::string_view stage) {
  return record.fate == Fate::kLive || record.fate_stage == stage;
}

absl::Status CheckName(absl::string_view what, const std::string& name,
                       const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), name) != known.end()) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", name, "\" is not a ", what, "; ", MeantName(name, known)));
}

absl::string_view FateName(Fate fate) {
  switch (fate) {
    case Fate::kLive:
      return "live";
    case Fate::kDropped:
      return "dropped";
    case Fate::kDeadLetter:
      return "dead letter";
  }
  return "";
}

void AppendFate(absl::string_view stage, absl::string_view fate,
                absl::string_view reason, std::string& out) {
  out += "{\"stage\":";
  AppendJsonBytes(stage, out);
  absl::StrAppend(&out, ",\"fate\":\"", fate, "\",\"reason\":");
  AppendJsonBytes(reason, out);
}

// What this thread has cost so far: a look does not count the time in which
// others had the processor.
absl::Duration ThreadTime() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return absl::DurationFromTimespec(time);
}

}  // namespace

bool TapRing::Push(std::string line) {
  absl::MutexLock lock(&mutex_);
  if (closed_ || lines_.size() >= kLinesMax ||
      bytes_ + line.size() > kBytesMax) {
    ++dropped_;
    return false;
  }
  bytes_ += line.size();
  lines_.push_back(std::move(line));
  return true;
}

void TapRing::CountDropped(int64_t n) {
  absl::MutexLock lock(&mutex_);
  dropped_ += n;
}

void TapRing::Close() {
  absl::MutexLock lock(&mutex_);
  closed_ = true;
}

bool TapRing::Take(absl::Duration timeout, std::vector<std::string>& lines,
                   int64_t& dropped) {
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(this, &TapRing::MayTake), timeout);
  lines.assign(std::make_move_iterator(lines_.begin()),
               std::make_move_iterator(lines_.end()));
  lines_.clear();
  bytes_ = 0;
  dropped = dropped_;
  dropped_ = 0;
  return !closed_ || !lines.empty();
}

absl::StatusOr<std::shared_ptr<TapRing>> Tap::Listen(const TapQuery& query) {
  if (!(query.rate > 0) || query.rate > kRateMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("rate must be more than 0 and at most ", kRateMax));
  }
  WD_RETURN_IF_ERROR(CheckNames(query));
  Listener listener;
  listener.query = query;
  listener.filled = absl::InfinitePast();
  listener.rest_until = absl::InfinitePast();
  if (!query.filter.empty()) {
    if (make_filter_ == nullptr) {
      return absl::InvalidArgumentError("this instance knows no filters");
    }
    WD_ASSIGN_OR_RETURN(listener.filter, make_filter_(query.filter));
  }
  auto ring = std::make_shared<TapRing>();
  listener.ring = ring;
  absl::MutexLock lock(&mutex_);
  DropGone();
  if (closed_ || listeners_.size() >= kListenersMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat(kListenersMax, " listen already"));
  }
  listeners_.push_back(std::move(listener));
  listeners_count_ = listeners_.size();
  return ring;
}

absl::Status Tap::CheckNames(const TapQuery& query) const {
  if (!names_.stages.empty()) {
    WD_RETURN_IF_ERROR(CheckName("stage", query.stage, names_.stages));
  }
  if (query.route.empty() || !names_.routes) return absl::OkStatus();
  return CheckName("route", query.route, names_.routes());
}

size_t Tap::listeners() {
  absl::MutexLock lock(&mutex_);
  DropGone();
  return listeners_.size();
}

void Tap::Close() {
  absl::MutexLock lock(&mutex_);
  closed_ = true;
  for (const Listener& listener : listeners_) {
    if (const auto ring = listener.ring.lock()) ring->Close();
  }
  listeners_.clear();
  listeners_count_ = 0;
}

void Tap::DropGone() {
  listeners_.erase(
      std::remove_if(listeners_.begin(), listeners_.end(),
                     [](const Listener& each) { return each.ring.expired(); }),
      listeners_.end());
  listeners_count_ = listeners_.size();
}

void Tap::Look(absl::string_view stage, const Batch& batch,
               const Processing& processing, absl::Time now) {
  if (!mutex_.TryLock()) return;
  json_.set_processing(processing);
  DropGone();
  for (Listener& listener : listeners_) {
    const auto ring = listener.ring.lock();
    if (ring == nullptr || listener.query.stage != stage) continue;
    if (now < listener.rest_until) {
      ring->CountDropped(static_cast<int64_t>(batch.records().size()));
      continue;
    }
    LookFor(listener, *ring, batch, now);
  }
  mutex_.Unlock();
}

void Tap::LookFor(Listener& listener, TapRing& ring, const Batch& batch,
                  absl::Time now) {
  const TapQuery& query = listener.query;
  // At most one second's worth at once, and at least one line.
  const double full = std::max(1.0, query.rate);
  const double seconds = absl::ToDoubleSeconds(now - listener.filled);
  listener.tokens =
      std::min(full, listener.tokens + std::max(0.0, seconds) * query.rate);
  listener.filled = now;
  listener.shown = nullptr;

  const absl::Duration start = ThreadTime();
  int64_t missed = 0;
  bool time_left = true;
  for (const EventRecord& record : batch.records()) {
    time_left = time_left && ThreadTime() - start < kLookMax;
    if (!time_left) {
      ++missed;
      continue;
    }
    if (!IsOfStage(record, query.stage) || !HasRoute(record, query.route)) {
      continue;
    }
    if (listener.filter != nullptr && !listener.filter->Takes(record)) continue;
    Show(listener, ring, batch.raw_of(record), &record);
  }
  // What never became an article has no fields to be chosen by.
  if (query.route.empty() && listener.filter == nullptr) {
    ShowDeadLetters(listener, ring, batch);
  }
  if (missed > 0) ring.CountDropped(missed);
  listener.rest_until = now + kRestFactor * (ThreadTime() - start);
}

void Tap::ShowDeadLetters(Listener& listener, TapRing& ring,
                          const Batch& batch) {
  for (const RawRecord& raw : batch.raw_records()) {
    if (raw.dead_letter && raw.articles == 0 &&
        (listener.query.all_dead_letters ||
         raw.stage == listener.query.stage)) {
      Show(listener, ring, raw, nullptr);
    }
  }
}

void Tap::Show(Listener& listener, TapRing& ring, const RawRecord& raw,
               const EventRecord* record) {
  if (listener.tokens < 1) {
    ring.CountDropped(1);
    return;
  }
  listener.tokens -= 1;
  std::string line;
  if (listener.query.append_raw && listener.shown != &raw) {
    listener.query.append_raw(raw, line);
    // Without it the records would be taken for those of another.
    if (!ring.Push(std::move(line))) return;
    listener.shown = &raw;
    line.clear();
  }
  if (record != nullptr) {
    AppendFate(listener.query.stage, FateName(record->fate),
               record->fate_reason, line);
    line += ",\"record\":";
    json_.Append(*record, raw, nullptr, line);
  } else {
    AppendFate(raw.stage, "dead letter", raw.reason, line);
    line += ",\"detail\":";
    AppendJsonBytes(raw.detail, line);
    line += ",\"value\":";
    AppendJsonBytes(raw.value.substr(0, kValueBytesShown), line);
  }
  line += "}\n";
  ring.Push(std::move(line));
}

}  // namespace wiredesk
