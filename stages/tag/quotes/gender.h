// Whether a person is a she or a he, where the text or the name tells.

#ifndef WIREDESK_STAGES_TAG_QUOTES_GENDER_H_
#define WIREDESK_STAGES_TAG_QUOTES_GENDER_H_

#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/quotes/quotes.h"
#include "stages/text/words.h"

namespace wiredesk {

// Of a given name by the hash of the word; kUnknown where both bear it.
Gender GenderOfGivenName(uint64_t hash);
// Of a word that stands right before a name: "Mrs", "Queen", "spokesman",
// "wife".
Gender GenderOfTitle(uint64_t hash);

// The genders of those who may speak in one text, found out when the first is
// asked for. A view of the caller's data.
class GenderReader {
 public:
  GenderReader(absl::string_view text, absl::Span<const Word> words,
               absl::Span<const SpeakerMention> mentions)
      : text_(text), words_(words), mentions_(mentions) {}

  // Of the person that mention `index` names.
  Gender Of(int32_t index);

 private:
  void ReadAll();
  Gender Before(const SpeakerMention& mention) const;

  absl::string_view text_;
  absl::Span<const Word> words_;
  absl::Span<const SpeakerMention> mentions_;
  bool read_ = false;
  // By entity. What is said of both is neither.
  absl::InlinedVector<Gender, 64> of_entity_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_QUOTES_GENDER_H_
