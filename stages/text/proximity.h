// Two ways of being near: words in a text, and places on the globe.

#ifndef WIREDESK_STAGES_TEXT_PROXIMITY_H_
#define WIREDESK_STAGES_TEXT_PROXIMITY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/text/words.h"

namespace wiredesk {

// Two phrases that must stand at most `distance` words apart, in either order.
struct NearPattern {
  std::vector<uint64_t> first;  // hashes of words
  std::vector<uint64_t> second;
  size_t distance = 0;
};

NearPattern MakeNearPattern(absl::string_view first, absl::string_view second,
                            size_t distance);

// Whether the phrases stand in `words` with at most `distance` - 1 other words
// between them: 1 means side by side. Case and Latin accents do not count. A
// phrase without words is nowhere.
bool IsNear(absl::Span<const Word> words, const NearPattern& pattern);

// Along the great circle of a sphere of 6371.0088 km. Degrees.
double DistanceKm(double latitude1, double longitude1, double latitude2,
                  double longitude2);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TEXT_PROXIMITY_H_
