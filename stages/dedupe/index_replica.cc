#include "stages/dedupe/index_replica.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "config/status_macros.h"
#include "stages/dedupe/shingles.h"
#include "stages/dedupe/sketch.h"

namespace wiredesk {
namespace {

// Decisions in one write-back entry.
constexpr size_t kWriteBackMax = 2000;

// One mark of the clock for so many sightings is enough to find the horizon.
constexpr uint64_t kMarkEvery = 64;

}  // namespace

SightingFormat FormatOf(uint64_t seed, const IndexLimits& limits) {
  SightingFormat format;
  uint64_t hash = seed ^ 0x2545f4914f6cdd1d;
  for (uint64_t part :
       {uint64_t{kSightingFormatVersion}, uint64_t{kWordsVersion},
        uint64_t{kSketchVersion}, uint64_t{kShingleWords}}) {
    hash = MixHash(hash ^ part, 0xa0761d6478bd642f);
  }
  format.format = static_cast<uint32_t>(hash >> 32);
  hash = MixHash(limits.memory_max ^ 0x9e3779b97f4a7c15,
                 static_cast<uint64_t>(limits.window_seconds) << 32 ^
                     static_cast<uint64_t>(limits.story_window_seconds) ^
                     0xe7037ed1a0b428db);
  format.limits = static_cast<uint32_t>(hash >> 32);
  return format;
}

IndexReplica::IndexReplica(const IndexLimits& limits,
                           const SightingFormat& format, uint64_t process)
    : limits_(limits), format_(format), process_(process), index_(limits) {}

absl::Status IndexReplica::Apply(int64_t position, absl::string_view entry,
                                 std::string& decision) {
  decision.clear();
  if (!first_.has_value()) {
    first_ = position;
    complete_ = position == 0;
  }
  EntryHeader header;
  WD_RETURN_IF_ERROR(DecodeHeader(entry, header));
  if (header.format.format != format_.format) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the sighting log was written with another seed or another version of "
        "the text analysis (entry ",
        position, "); set sightings.topic to a new topic"));
  }
  if (joined_ && header.format.limits != format_.limits) {
    return absl::FailedPreconditionError(absl::StrCat(
        "another instance runs with another dedupe.window or dedupe.memory_max "
        "(entry ",
        position, " of the sighting log); they must be equal everywhere"));
  }
  switch (header.kind) {
    case EntryKind::kSighting:
      return ApplySighting(position, entry, decision);
    case EntryKind::kWriteBack:
      return ApplyWriteBack(position, entry);
    case EntryKind::kJoin:
      return ApplyJoin(entry);
  }
  return absl::OkStatus();
}

absl::Status IndexReplica::ApplySighting(int64_t position,
                                         absl::string_view entry,
                                         std::string& decision) {
  if (!complete_) {
    pending_.push_back({position, std::string(entry)});
    return absl::OkStatus();
  }
  WD_RETURN_IF_ERROR(DecodeSighting(entry, sighting_));
  index_.Apply(sighting_, position, made_);
  EncodeDecision(made_, decision);
  if (!writes_back_) return absl::OkStatus();
  unwritten_[position] = {decision};
  Remember(position, made_);
  return absl::OkStatus();
}

void IndexReplica::Remember(int64_t position, const Decision& decision) {
  if (decision.replay) return;
  clock_ = decision.clock;
  if (marks_.empty() || decision.article % kMarkEvery == 0) {
    marks_.push_back({clock_, position});
  }
  // A quarter more than the window, for what is not yet written back.
  const int64_t window =
      std::max(limits_.window_seconds, limits_.story_window_seconds);
  const int64_t oldest = static_cast<int64_t>(clock_) - window - window / 4;
  while (marks_.size() > 2 && marks_[1].clock < oldest) marks_.pop_front();
  text_.To(decision.text, position);
  cluster_.To(decision.cluster_number, position);
  story_.To(decision.story_number, position);
}

// Behind the windows, and where the running numbers can be learnt.
int64_t IndexReplica::Horizon() const {
  if (marks_.empty()) return 0;
  int64_t horizon = marks_.front().position;
  for (const Raised& raised : {text_, cluster_, story_}) {
    if (raised.number != 0) horizon = std::min(horizon, raised.position);
  }
  return horizon;
}

absl::Status IndexReplica::ApplyWriteBack(int64_t position,
                                          absl::string_view entry) {
  int64_t horizon = 0;
  std::vector<std::string> decisions;
  WD_RETURN_IF_ERROR(DecodeWriteBack(entry, horizon, decisions));
  for (std::string& bytes : decisions) {
    Decision decision;
    WD_RETURN_IF_ERROR(DecodeDecision(bytes, decision));
    unwritten_.erase(decision.position);
    if (!complete_ && decision.position >= *first_) {
      given_[decision.position] = std::move(bytes);
    }
  }
  if (complete_) return absl::OkStatus();
  if (*first_ <= horizon && !enough_.has_value()) enough_ = position;
  return ApplyPending();
}

absl::Status IndexReplica::ApplyJoin(absl::string_view entry) {
  uint64_t process = 0;
  WD_RETURN_IF_ERROR(DecodeJoin(entry, process));
  if (process != process_) return absl::OkStatus();
  joined_ = true;
  if (complete_) return absl::OkStatus();
  // What follows are our own sightings, which wait for decisions.
  if (!EnoughRead()) ++incomplete_restores_;
  complete_ = true;
  return ApplyPending();
}

// All before the entry that completes it is decided.
bool IndexReplica::EnoughRead() const {
  return enough_.has_value() &&
         (pending_.empty() || pending_.front().position > *enough_);
}

absl::Status IndexReplica::ApplyPending() {
  while (!pending_.empty()) {
    complete_ = complete_ || EnoughRead();
    const Pending& front = pending_.front();
    WD_RETURN_IF_ERROR(DecodeSighting(front.entry, sighting_));
    const auto found = given_.find(front.position);
    if (found != given_.end()) {
      Decision decision;
      WD_RETURN_IF_ERROR(DecodeDecision(found->second, decision));
      index_.Insert(sighting_, decision);
      Remember(front.position, decision);
      given_.erase(found);
    } else if (complete_) {
      index_.Apply(sighting_, front.position, made_);
      std::string bytes;
      EncodeDecision(made_, bytes);
      unwritten_[front.position] = {std::move(bytes)};
      Remember(front.position, made_);
    } else {
      break;
    }
    pending_.pop_front();
  }
  complete_ = complete_ || EnoughRead();
  if (complete_) given_.clear();
  return absl::OkStatus();
}

std::string IndexReplica::JoinEntry() const {
  return EncodeJoin(process_, format_);
}

std::optional<std::string> IndexReplica::TakeWriteBack() {
  std::vector<std::string> decisions;
  for (auto& [position, unwritten] : unwritten_) {
    if (decisions.size() == kWriteBackMax) break;
    if (unwritten.taken) continue;
    unwritten.taken = true;
    decisions.push_back(unwritten.decision);
  }
  if (decisions.empty()) return std::nullopt;
  return EncodeWriteBack(Horizon(), decisions, format_);
}

void IndexReplica::AppendFailed() {
  for (auto& [position, unwritten] : unwritten_) unwritten.taken = false;
}

}  // namespace wiredesk
