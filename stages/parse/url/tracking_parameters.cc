#include "stages/parse/url/tracking_parameters.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace wiredesk {

TrackingParameters::TrackingParameters(absl::string_view rules) {
  for (const absl::string_view line : absl::StrSplit(rules, '\n')) {
    AddRule(absl::StripAsciiWhitespace(line));
  }
}

TrackingParameters TrackingParameters::WithShipped(
    absl::Span<const std::string> more) {
  TrackingParameters parameters(kTrackingParameters);
  for (const std::string& rule : more) parameters.AddRule(rule);
  return parameters;
}

void TrackingParameters::AddRule(absl::string_view rule) {
  if (rule.empty() || rule[0] == '#') return;
  std::string lower = absl::AsciiStrToLower(rule);
  if (const size_t equals = lower.find('='); equals != std::string::npos) {
    values_.emplace_back(lower.substr(0, equals), lower.substr(equals + 1));
  } else if (lower.back() == '*') {
    lower.pop_back();
    beginnings_.push_back(std::move(lower));
  } else {
    names_.insert(std::move(lower));
  }
}

bool TrackingParameters::Matches(absl::string_view name,
                                 absl::string_view value) const {
  constexpr size_t kNameMax = 64;
  if (name.empty() || name.size() > kNameMax) return false;
  std::array<char, kNameMax> buffer;
  for (size_t i = 0; i < name.size(); ++i) {
    buffer[i] = absl::ascii_tolower(static_cast<unsigned char>(name[i]));
  }
  const absl::string_view lower(buffer.data(), name.size());
  if (names_.contains(lower)) return true;
  for (const std::string& beginning : beginnings_) {
    if (absl::StartsWith(lower, beginning)) return true;
  }
  for (const auto& [rule_name, rule_value] : values_) {
    if (rule_name != lower) continue;
    absl::string_view wanted = rule_value;
    if (absl::ConsumeSuffix(&wanted, "*")
            ? absl::StartsWithIgnoreCase(value, wanted)
            : absl::EqualsIgnoreCase(value, wanted)) {
      return true;
    }
  }
  return false;
}

const TrackingParameters& DefaultTrackingParameters() {
  static const auto& parameters = *new TrackingParameters(kTrackingParameters);
  return parameters;
}

}  // namespace wiredesk
