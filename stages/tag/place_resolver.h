// Which of the places of a name is meant in this document.

#ifndef WIREDESK_STAGES_TAG_PLACE_RESOLVER_H_
#define WIREDESK_STAGES_TAG_PLACE_RESOLVER_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/gazetteer.h"

namespace wiredesk {

inline constexpr uint32_t kNoEntry = 0xFFFFFFFF;

// A name that stands for a place, once per document.
struct PlaceQuestion {
  std::vector<uint32_t> candidates;  // entries, the likeliest first
  // Index of the question that names the area behind the comma ("Texas" of
  // "Paris, Texas"), or -1.
  int32_t area = -1;
  float mentions = 1;

  uint32_t answer = kNoEntry;
  float margin =
      0;  // of the answer's score over the next one that is elsewhere
};

// Answers all of them together: what is certain of one tells of the others.
// `home` is the country of the publisher, or empty. A question without a
// candidate keeps kNoEntry.
void ResolvePlaces(const Gazetteer& gazetteer, absl::string_view home,
                   absl::Span<PlaceQuestion> questions);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_PLACE_RESOLVER_H_
