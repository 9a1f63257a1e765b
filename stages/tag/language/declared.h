// Languages as inputs declare them, and the scripts that they are written in.
//
// Tested by language_test.cc.

#ifndef WIREDESK_STAGES_TAG_LANGUAGE_DECLARED_H_
#define WIREDESK_STAGES_TAG_LANGUAGE_DECLARED_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace wiredesk {

enum Script : uint8_t {
  kNone,
  kLatin,
  kCyrillic,
  kArabic,
  kDevanagari,
  kGreek,
  kHebrew,
  kArmenian,
  kGeorgian,
  kThai,
  kLao,
  kKhmer,
  kMyanmar,
  kHangul,
  kKana,
  kHan,
  kBengali,
  kGurmukhi,
  kGujarati,
  kOriya,
  kTamil,
  kTelugu,
  kKannada,
  kMalayalam,
  kSinhala,
  kEthiopic,
  kTibetan,
  kThaana,
  kScriptCount
};

struct KnownLanguage {
  absl::string_view tag = "und";  // BCP 47, a literal
  uint32_t scripts = 0;           // a bit for each Script

  bool IsWrittenIn(Script script) const { return (scripts >> script & 1) != 0; }
};

// By a tag with or without a region ("en-US"), a code of ISO 639-2 or 639-3, an
// English or its own name, in any case. "und" for what is not known.
KnownLanguage FindDeclaredLanguage(absl::string_view declared);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_LANGUAGE_DECLARED_H_
