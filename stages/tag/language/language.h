// Which language a text is written in.
//
// Most news is decided by its script (Hangul is Korean, Thai is Thai) or by the
// most frequent words of a language ("the", "und", "que"), which costs about
// two microseconds. Only a text for which these do not agree is shown to CLD2,
// and of it no more than the first 512 bytes.

#ifndef WIREDESK_STAGES_TAG_LANGUAGE_LANGUAGE_H_
#define WIREDESK_STAGES_TAG_LANGUAGE_LANGUAGE_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/text/words.h"

namespace wiredesk {

struct DetectedLanguage {
  absl::string_view tag = "und";  // BCP 47, a literal
  double confidence = 0;          // 0..1
};

// `words` are those of `text`. `declared` is what the input says of itself
// ("en-US", or empty): it helps a text that is too short to tell, and is never
// believed against the evidence. Thread-safe.
DetectedLanguage DetectLanguage(absl::string_view text,
                                absl::Span<const Word> words,
                                absl::string_view declared);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_LANGUAGE_LANGUAGE_H_
