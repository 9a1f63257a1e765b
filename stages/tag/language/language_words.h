// The most frequent words of each language, by which language.cc tells most
// texts. Written by hand: articles, prepositions, pronouns, auxiliaries.

#ifndef WIREDESK_STAGES_TAG_LANGUAGE_LANGUAGE_WORDS_H_
#define WIREDESK_STAGES_TAG_LANGUAGE_LANGUAGE_WORDS_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wiredesk {

// What writing the words of a language are in.
enum class WordScript { kLatin, kCyrillic, kArabic, kDevanagari };

struct LanguageWords {
  absl::string_view tag;
  WordScript script;
  absl::string_view words;  // separated by spaces
};

// All of them; a language stands once.
absl::Span<const LanguageWords> FrequentWords();

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_LANGUAGE_LANGUAGE_WORDS_H_
