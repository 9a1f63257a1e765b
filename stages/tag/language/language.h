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
  // What told it: "script", "words", "cld2", "declared"; a literal, empty where
  // nothing did.
  absl::string_view via;
};

// The language that an input declares, as a tag of BCP 47 without region: "en"
// of "en_US", "eng" and "English". A literal; "und" where it is not known.
absl::string_view DeclaredLanguage(absl::string_view declared);

// `words` are those of `text`. `declared` is what the input says of itself
// ("en-US", "English", "eng", or empty). It stands where the text is too short
// to tell, where the detectors differ or know nothing, and among languages that
// share a script; it is not believed against a text of many words on which they
// agree, nor in another script. Thread-safe.
DetectedLanguage DetectLanguage(absl::string_view text,
                                absl::Span<const Word> words,
                                absl::string_view declared);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_LANGUAGE_LANGUAGE_H_
