#include "stages/dedupe/index/index_replica.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "stages/dedupe/sketch/shingles.h"
#include "stages/dedupe/sketch/sketch.h"

namespace wiredesk {
namespace {

// Decisions in one write-back entry.
constexpr size_t kWriteBackMax = 2000;

// Sightings of which no decision comes are not waited for beyond this many, by
// a replica that can decide by itself.
constexpr size_t kPendingMax = 16384;

// While one is inserted, the memory for a later one is fetched.
constexpr size_t kPrefetchAhead = 2;

// One mark of the clock for this many sightings is enough to find the horizon.
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
  hash = MixHash(limits.memory_max ^ 0x9e3779b97f4a7c15 ^ kIndexVersion << 56,
                 static_cast<uint64_t>(limits.window_seconds) << 32 ^
                     static_cast<uint64_t>(limits.story_window_seconds) ^
                     0xe7037ed1a0b428db);
  hash = MixHash(hash ^ static_cast<uint64_t>(limits.identity_window_seconds),
                 0xa0761d6478bd642f);
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
    if (position == 0) enough_ = 0;
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
      return ApplyJoin(position, entry);
  }
  return absl::OkStatus();
}

absl::Status IndexReplica::ApplySighting(int64_t position,
                                         absl::string_view entry,
                                         std::string& decision) {
  if (!waits()) {
    WD_RETURN_IF_ERROR(DecodeSighting(entry, sighting_));
    Decide(sighting_, position, decision);
    return absl::OkStatus();
  }
  WD_RETURN_IF_ERROR(DecodeSighting(entry, pending_.Push(position).sighting));
  if (pending_.size() > kPendingMax) ApplyPending();
  return absl::OkStatus();
}

void IndexReplica::Decide(const Sighting& sighting, int64_t position,
                          std::string& decision) {
  index_.Apply(sighting, position, made_);
  EncodeDecision(made_, decision);
  if (!writes_back_) return;
  unwritten_.push_back({position, decision});
  Remember(position, made_);
}

void IndexReplica::Remember(int64_t position, const Decision& decision) {
  if (decision.replay) return;
  clock_ = decision.clock;
  if (marks_.empty() || decision.article % kMarkEvery == 0) {
    marks_.push_back({clock_, position});
  }
  // A quarter more than the window, for what is not yet written back.
  const int64_t window =
      std::max({limits_.window_seconds, limits_.story_window_seconds,
                limits_.identity_window_seconds});
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
  WD_RETURN_IF_ERROR(DecodeWriteBack(entry, horizon, written_));
  for (const absl::string_view bytes : written_) {
    int64_t of = 0;
    WD_RETURN_IF_ERROR(DecodePosition(bytes, of));
    ForgetUnwritten(of);
    PendingSighting* const pending = pending_.Find(of);
    if (pending == nullptr || pending->given) continue;
    WD_RETURN_IF_ERROR(DecodeDecision(bytes, pending->decision));
    pending->given = true;
  }
  if (*first_ <= horizon && !enough_.has_value()) enough_ = position;
  ApplyPending();
  return absl::OkStatus();
}

void IndexReplica::ForgetUnwritten(int64_t position) {
  const auto found =
      std::lower_bound(unwritten_.begin(), unwritten_.end(), position,
                       [](const Unwritten& unwritten, int64_t wanted) {
                         return unwritten.position < wanted;
                       });
  if (found == unwritten_.end() || found->position != position) return;
  found->written = true;
  while (!unwritten_.empty() && unwritten_.front().written) {
    unwritten_.pop_front();
  }
}

absl::Status IndexReplica::ApplyJoin(int64_t position,
                                     absl::string_view entry) {
  uint64_t process = 0;
  WD_RETURN_IF_ERROR(DecodeJoin(entry, process));
  if (process != process_ || joined_) return absl::OkStatus();
  joined_ = true;
  if (position == *first_) enough_ = position;  // the log was empty
  // What follows are our own sightings, which wait for decisions.
  if (!complete()) ++incomplete_restores_;
  ApplyPending();
  pending_.Release();
  return absl::OkStatus();
}

// All before the entry that completes it is decided.
bool IndexReplica::complete() const {
  return enough_.has_value() &&
         (pending_.empty() || pending_.front().position >= *enough_);
}

void IndexReplica::ApplyPending() {
  std::string decision;
  for (; !pending_.empty(); pending_.PopFront()) {
    const PendingSighting& next = pending_.front();
    if (next.given) {
      if (pending_.size() > kPrefetchAhead && pending_[kPrefetchAhead].given) {
        index_.PrefetchInsert(pending_[kPrefetchAhead].sighting,
                              pending_[kPrefetchAhead].decision);
      }
      index_.Insert(next.sighting, next.decision);
      Remember(next.position, next.decision);
    } else if (!waits() || (complete() && pending_.size() > kPendingMax)) {
      Decide(next.sighting, next.position, decision);
    } else {
      return;
    }
  }
}

std::string IndexReplica::JoinEntry() const {
  return EncodeJoin(process_, format_);
}

std::optional<std::string> IndexReplica::TakeWriteBack() {
  written_.clear();
  for (Unwritten& unwritten : unwritten_) {
    if (written_.size() == kWriteBackMax) break;
    if (unwritten.taken || unwritten.written) continue;
    unwritten.taken = true;
    written_.push_back(unwritten.decision);
  }
  if (written_.empty()) return std::nullopt;
  return EncodeWriteBack(Horizon(), written_, format_);
}

void IndexReplica::AppendFailed() {
  for (Unwritten& unwritten : unwritten_) unwritten.taken = false;
}

}  // namespace wiredesk
