// Quotations and who said them.

#ifndef WIREDESK_STAGES_TAG_QUOTES_QUOTES_H_
#define WIREDESK_STAGES_TAG_QUOTES_QUOTES_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "pipeline/record/event_record.h"
#include "stages/tag/marks/text_spots.h"
#include "stages/text/words.h"

namespace wiredesk {

enum class Gender : uint8_t { kUnknown, kFemale, kMale };

// A mention of somebody who may speak: a person, an organization, a country.
struct SpeakerMention {
  uint32_t begin = 0;  // bytes of the text; without the title
  uint32_t end = 0;
  int32_t entity = -1;  // the caller's number of the entity; -1: none
  bool is_person = false;
  Gender gender = Gender::kUnknown;
  absl::string_view full_name;  // "Yoon Suk-yeol"
};

// A quotation of the record before those who speak in it have their ids.
struct FoundQuote {
  // Its speaker's name is as it stands next to the quotation ("the President",
  // "he").
  Quote quote;
  int32_t speaker = -1;  // who that is: SpeakerMention::entity, or -1
};

// Appends the quotations of `text`, a body, in order. `words` are those of `text`, with
// their `spots` (text_spots.h), and `mentions` those who may speak, by `begin`;
// an empty list is allowed, and then speakers are spans without an entity.
// Titles of works and words in scare quotes are not quotations. Thread-safe.
void FindQuotes(absl::string_view text, absl::Span<const Word> words,
                const TextSpots& spots,
                absl::Span<const SpeakerMention> mentions,
                absl::string_view language, std::vector<FoundQuote>& quotes);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_QUOTES_QUOTES_H_
