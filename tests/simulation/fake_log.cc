#include "tests/simulation/fake_log.h"

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "stages/dedupe/sketch/sighting.h"

namespace wiredesk {
namespace {

// The entry as it would be if an article met twice were not known again.
std::string WithoutOrigin(const std::string& bytes) {
  EntryHeader header;
  Sighting sighting;
  if (!DecodeHeader(bytes, header).ok() ||
      header.kind != EntryKind::kSighting ||
      !DecodeSighting(bytes, sighting).ok()) {
    return bytes;
  }
  sighting.origin = 0;
  std::string without;
  EncodeSighting(sighting, header.format, without);
  return without;
}

}  // namespace

FakeLog::FakeLog(Surroundings* around, const Life* life,
                 SightingReplica* replica, uint64_t process, int64_t start)
    : around_(around),
      life_(life),
      replica_(replica),
      process_(process),
      next_(start) {}

absl::Status FakeLog::Append(int64_t /*sequence*/,
                             absl::Span<const std::string> sightings,
                             std::vector<std::string>& decisions) {
  decisions.assign(sightings.size(), "");
  if (sightings.empty()) return absl::OkStatus();
  WD_RETURN_IF_ERROR(life_->Step());
  size_t taken = sightings.size();
  const bool fails = around_->Strikes(25);
  if (fails) taken = around_->random.Below(sightings.size() + 1);
  const uint64_t first = next_ticket_;
  next_ticket_ += sightings.size();
  for (size_t i = 0; i < taken; ++i) {
    SimulatedCluster::LogEntry entry = {process_, first + i, sightings[i]};
    if (around_->planted == Planted::kForgetsOrigin) {
      entry.bytes = WithoutOrigin(entry.bytes);
    }
    in_flight_.push_back(std::move(entry));
  }
  // Those that are on their way arrive all the same.
  if (fails) {
    ++around_->failed_appends;
    return absl::UnavailableError("cannot append");
  }
  for (size_t i = 0; i < sightings.size(); ++i) {
    auto answer = answers_.find(first + i);
    while (answer == answers_.end()) {
      WD_RETURN_IF_ERROR(life_->Step());
      if (around_->Strikes(400)) {
        ++around_->failed_appends;
        return absl::UnavailableError("no answer from the sighting log");
      }
      answer = answers_.find(first + i);
    }
    decisions[i] = std::move(answer->second);
    answers_.erase(answer);
  }
  return life_->Step();
}

bool FakeLog::ReadOne() {
  const auto& log = around_->cluster.log();
  if (next_ >= static_cast<int64_t>(log.size())) return false;
  const int64_t position = next_++;
  const SimulatedCluster::LogEntry& entry = log[static_cast<size_t>(position)];
  if (around_->planted == Planted::kSkipsEntry && entry.process != process_ &&
      around_->Strikes(10)) {
    return true;
  }
  std::string decision;
  const absl::Status status = replica_->Apply(position, entry.bytes, decision);
  if (!status.ok()) {
    around_->violations.push_back(
        absl::StrCat("entry ", position, " of the log: ", status.message()));
  }
  if (entry.process == process_) answers_[entry.ticket] = std::move(decision);
  return true;
}

}  // namespace wiredesk
