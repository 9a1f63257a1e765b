// People whom an article quotes by their full name, though no rule of names has
// found them: who is said to have said something is somebody.

#ifndef WIREDESK_STAGES_TAG_QUOTES_UNKNOWN_SPEAKERS_H_
#define WIREDESK_STAGES_TAG_QUOTES_UNKNOWN_SPEAKERS_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/quotes/quotes.h"
#include "stages/text/words.h"

namespace wiredesk {

// A person, by all places of the name in the body, in order.
struct UnknownSpeaker {
  std::vector<Mention> mentions;
};

// Appends those who speak in `quotes` without an entity, under a name of two to
// four words that something tells to be a person's: the given name, a role
// before it ("attorney Ann Lee"), or what follows ("Ann Lee, 42,", "Ann Lee, a
// lawyer"). Their quotations, and those of their surname alone, get the entity
// `first_entity` and up, in the order of `speakers`. `names` are the names of
// the text that are known, places too, by `begin`: what overlaps one is not
// taken. Takes at most 16; linear in the words for each.
void FindUnknownSpeakers(absl::string_view text, absl::Span<const Word> words,
                         absl::Span<const SpeakerMention> names,
                         int32_t first_entity, std::vector<FoundQuote>& quotes,
                         std::vector<UnknownSpeaker>& speakers);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_QUOTES_UNKNOWN_SPEAKERS_H_
