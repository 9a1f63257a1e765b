// The words that names of members are made of, with their classes. Nothing here
// is the name of a provider's field: a word stands in one row for all names that
// hold it.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_KEY_VOCABULARY_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_KEY_VOCABULARY_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/parse/article_json/key_words.h"
#include "stages/parse/article_json/mapping.h"

namespace wiredesk {

namespace key {

inline constexpr uint64_t kTitle = uint64_t{1} << 0;
inline constexpr uint64_t kSummary = uint64_t{1} << 1;
inline constexpr uint64_t kBody = uint64_t{1} << 2;
inline constexpr uint64_t kMessage = uint64_t{1} << 3;  // text of any kind
inline constexpr uint64_t kTime = uint64_t{1} << 4;
inline constexpr uint64_t kPublish = uint64_t{1} << 5;
inline constexpr uint64_t kCreate = uint64_t{1} << 6;
inline constexpr uint64_t kUpdate = uint64_t{1} << 7;
inline constexpr uint64_t kOtherTime = uint64_t{1} << 8;  // of no article
inline constexpr uint64_t kSeen = uint64_t{1} << 9;
inline constexpr uint64_t kEmbargo = uint64_t{1} << 10;
inline constexpr uint64_t kUtc = uint64_t{1} << 11;
inline constexpr uint64_t kUrl = uint64_t{1} << 12;
inline constexpr uint64_t kId = uint64_t{1} << 13;
inline constexpr uint64_t kPerson = uint64_t{1} << 14;  // who wrote it
inline constexpr uint64_t kHandle = uint64_t{1} << 15;
inline constexpr uint64_t kSource = uint64_t{1} << 16;  // who published it
inline constexpr uint64_t kDomain = uint64_t{1} << 17;
inline constexpr uint64_t kName = uint64_t{1} << 18;
inline constexpr uint64_t kLanguage = uint64_t{1} << 19;
inline constexpr uint64_t kCountry = uint64_t{1} << 20;
inline constexpr uint64_t kCategory = uint64_t{1} << 21;
inline constexpr uint64_t kVersion = uint64_t{1} << 22;
inline constexpr uint64_t kStatus = uint64_t{1} << 23;
inline constexpr uint64_t kUrgency = uint64_t{1} << 24;
inline constexpr uint64_t kMedia = uint64_t{1} << 25;    // pictures, sound
inline constexpr uint64_t kOutlet = uint64_t{1} << 26;   // "media"
inline constexpr uint64_t kRelated = uint64_t{1} << 27;  // other texts
inline constexpr uint64_t kMeasure = uint64_t{1} << 28;  // counts, kinds
inline constexpr uint64_t kMinor = uint64_t{1} << 29;    // one form of several
inline constexpr uint64_t kHome = uint64_t{1} << 30;
inline constexpr uint64_t kCanonical = uint64_t{1} << 31;
inline constexpr uint64_t kDateline = uint64_t{1} << 32;
inline constexpr uint64_t kPeople = uint64_t{1} << 33;  // who is named
inline constexpr uint64_t kOrganization = uint64_t{1} << 34;
inline constexpr uint64_t kPlace = uint64_t{1} << 35;
inline constexpr uint64_t kConcept = uint64_t{1} << 36;
inline constexpr uint64_t kSubject = uint64_t{1} << 37;
inline constexpr uint64_t kThing = uint64_t{1} << 38;  // an article
inline constexpr uint64_t kOpen = uint64_t{1} << 39;   // a box of fields
inline constexpr uint64_t kList = uint64_t{1} << 40;
inline constexpr uint64_t kApi = uint64_t{1} << 41;  // addresses for programs
inline constexpr uint64_t kFirst = uint64_t{1} << 42;
inline constexpr uint64_t kForm = uint64_t{1} << 43;  // "html", "str"
inline constexpr uint64_t kFlag = uint64_t{1} << 44;
inline constexpr uint64_t kOwnName = uint64_t{1} << 45;
inline constexpr uint64_t kGiven = uint64_t{1} << 46;
inline constexpr uint64_t kFamily = uint64_t{1} << 47;
inline constexpr uint64_t kOriginal = uint64_t{1} << 48;
inline constexpr uint64_t kKeyword = uint64_t{1} << 50;
inline constexpr uint64_t kSlugline = uint64_t{1} << 51;
inline constexpr uint64_t kTake = uint64_t{1} << 52;
inline constexpr uint64_t kPriority = uint64_t{1} << 53;
inline constexpr uint64_t kFinal = uint64_t{1} << 49;  // "last"

}  // namespace key

struct KeyWord {
  uint64_t classes = 0;
  uint8_t order = 0;  // its place among the words of its row: the first is best
};

// Words of the same classes, the best first; in lower case, parted by spaces. A
// plural with "s" need not stand here.
struct KeyWordClass {
  uint64_t classes;
  absl::string_view words;
};

// A name that means what its words do not say, out of a public standard.
struct ExactKey {
  absl::string_view key;
  JsonField field;  // kCount: none
  uint8_t rank;
  KeyScope scope;
};

extern const absl::Span<const KeyWordClass> kKeyVocabulary;
extern const absl::Span<const ExactKey> kExactKeys;

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_KEY_VOCABULARY_H_
