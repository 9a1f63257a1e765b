#include "stages/route/tree/reserved_topics.h"

#include "absl/strings/match.h"

namespace wiredesk {

ReservedTopics::ReservedTopics(const RouteTopics& topics) : topics_(topics) {
  for (const std::string& input : topics.inputs) {
    if (!absl::StartsWith(input, "^")) continue;
    patterns_.push_back(std::make_unique<RE2>(input, RE2::Quiet));
  }
}

absl::string_view ReservedTopics::Forbidden(absl::string_view topic) const {
  if (absl::StartsWith(topic, "__")) return "belongs to the brokers";
  if (topic == topics_.sightings) return "is the log of sightings";
  if (topic == topics_.dead_letters) return "is for what cannot be processed";
  bool read = false;
  for (const std::string& input : topics_.inputs) {
    read = read || topic == input;
  }
  const re2::StringPiece text(topic.data(), topic.size());
  for (const auto& pattern : patterns_) {
    read = read || (pattern->ok() && RE2::PartialMatch(text, *pattern));
  }
  return read ? "is read: records would go round for ever" : "";
}

}  // namespace wiredesk
