#include "pipeline/flow/replica_settings.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "pipeline/observe/log.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kJoins = "joins";
constexpr absl::string_view kRuns = "runs";
constexpr size_t kLines = 5;
// More instances than a deployment has: what is beyond is not kept.
constexpr size_t kInstancesMax = 1000;

bool Same(const Processing& a, const Processing& b) {
  return a.wiredesk == b.wiredesk && a.config == b.config &&
         a.gazetteer == b.gazetteer;
}

}  // namespace

SettingsBoard::SettingsBoard(const std::string& instance, Metrics* metrics)
    : instance_(instance) {
  if (metrics == nullptr) return;
  differing_ = metrics->GetGauge(
      "wiredesk_replicas_with_other_settings",
      "Instances that announced another version, configuration or gazetteer.");
  differing_->Set(0);
}

std::string SettingsBoard::Text(const Processing& running, bool joins) const {
  return absl::StrCat(joins ? kJoins : kRuns, "\n", instance_, "\n",
                      running.wiredesk, "\n", running.config, "\n",
                      running.gazetteer);
}

bool SettingsBoard::Apply(absl::string_view text, const Processing& running) {
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (lines.size() != kLines || (lines[0] != kJoins && lines[0] != kRuns) ||
      lines[1].empty()) {
    return false;
  }
  const bool joins = lines[0] == kJoins;
  if (joins) others_.clear();
  if (lines[1] == instance_) {
    if (differing_ != nullptr) differing_->Set(Differing(running));
    return false;
  }
  if (others_.size() >= kInstancesMax) return joins;
  const Processing other = {lines[2], lines[3], lines[4]};
  others_[lines[1]] = other;
  if (!Same(other, running)) Tell(lines[1], other, running);
  if (differing_ != nullptr) differing_->Set(Differing(running));
  return joins;
}

int SettingsBoard::Differing(const Processing& running) const {
  return static_cast<int>(std::count_if(
      others_.begin(), others_.end(),
      [&](const auto& other) { return !Same(other.second, running); }));
}

void SettingsBoard::Tell(const std::string& instance, const Processing& other,
                         const Processing& running) const {
  const std::pair<absl::string_view, bool> parts[] = {
      {"version", other.wiredesk != running.wiredesk},
      {"configuration", other.config != running.config},
      {"gazetteer", other.gazetteer != running.gazetteer}};
  std::string what;
  for (const auto& [part, differs] : parts) {
    if (differs) absl::StrAppend(&what, what.empty() ? "" : ", ", part);
  }
  LogWarning("other_settings", {{"instance", instance},
                                {"differs", what},
                                {"version", other.wiredesk},
                                {"config", other.config},
                                {"gazetteer", other.gazetteer}});
}

}  // namespace wiredesk
