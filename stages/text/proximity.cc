#include "stages/text/proximity.h"

#include <algorithm>
#include <cmath>

namespace wiredesk {
namespace {

bool StandsAt(absl::Span<const Word> words, size_t at,
              const std::vector<uint64_t>& phrase) {
  if (phrase.empty() || phrase.size() > words.size() - at) {
    return false;
  }
  for (size_t i = 0; i < phrase.size(); ++i) {
    if (words[at + i].hash != phrase[i]) {
      return false;
    }
  }
  return true;
}

std::vector<uint64_t> Hashes(absl::string_view phrase) {
  std::vector<Word> words;
  SplitWords(phrase, words);
  std::vector<uint64_t> hashes;
  hashes.reserve(words.size());
  for (const Word& word : words) {
    hashes.push_back(word.hash);
  }
  return hashes;
}

}  // namespace

NearPattern MakeNearPattern(absl::string_view first, absl::string_view second,
                            size_t distance) {
  return {Hashes(first), Hashes(second), distance};
}

bool IsNear(absl::Span<const Word> words, const NearPattern& pattern) {
  // The ends of the last place of each phrase; a later place is never farther
  // from what is still to come.
  size_t first_end = 0;
  size_t second_end = 0;
  bool first_seen = false;
  bool second_seen = false;
  for (size_t at = 0; at < words.size(); ++at) {
    const bool first = StandsAt(words, at, pattern.first);
    const bool second = StandsAt(words, at, pattern.second);
    if (first && second_seen && second_end <= at &&
        at - second_end < pattern.distance) {
      return true;
    }
    if (second && first_seen && first_end <= at &&
        at - first_end < pattern.distance) {
      return true;
    }
    if (first) {
      first_seen = true;
      first_end = at + pattern.first.size();
    }
    if (second) {
      second_seen = true;
      second_end = at + pattern.second.size();
    }
  }
  return false;
}

double DistanceKm(double latitude1, double longitude1, double latitude2,
                  double longitude2) {
  constexpr double kRadius = 6371.0088;
  constexpr double kRadians = 3.14159265358979323846 / 180;
  const double sin_lat = std::sin((latitude2 - latitude1) * kRadians / 2);
  const double sin_lon = std::sin((longitude2 - longitude1) * kRadians / 2);
  const double h = sin_lat * sin_lat + std::cos(latitude1 * kRadians) *
                                           std::cos(latitude2 * kRadians) *
                                           sin_lon * sin_lon;
  return 2 * kRadius * std::asin(std::sqrt(std::min(1.0, h)));
}

}  // namespace wiredesk
