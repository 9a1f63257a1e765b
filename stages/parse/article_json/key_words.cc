#include "stages/parse/article_json/key_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "stages/parse/article_json/key_vocabulary.h"

namespace wiredesk {
namespace {

constexpr size_t kKeyBytesMax = 64;
constexpr size_t kWordsMax = 8;

// The words of a name: what they are together, and the last one.
struct KeyWords {
  uint64_t all = 0;
  uint64_t last = 0;
  uint64_t others = 0;  // all but the last
  uint8_t last_order = 0;
  int unknown = 0;
  int count = 0;
};

using Vocabulary = absl::flat_hash_map<absl::string_view, KeyWord>;

const Vocabulary& Words() {
  static const Vocabulary& words = *[] {
    auto* made = new Vocabulary;
    for (const KeyWordClass& row : kKeyVocabulary) {
      uint8_t order = 0;
      for (const absl::string_view word :
           absl::StrSplit(row.words, ' ', absl::SkipEmpty())) {
        KeyWord& known = (*made)[word];
        known.classes |= row.classes;
        known.order = std::max(known.order, order);
        order = static_cast<uint8_t>(std::min(order + 1, 15));
      }
    }
    return made;
  }();
  return words;
}

const KeyWord* FindWord(absl::string_view word) {
  const Vocabulary& words = Words();
  const auto found = words.find(word);
  if (found != words.end()) return &found->second;
  if (word.size() > 4 && absl::EndsWith(word, "ies")) {
    const auto singular =
        words.find(absl::StrCat(word.substr(0, word.size() - 3), "y"));
    if (singular != words.end()) return &singular->second;
  }
  if (word.size() > 3 && word.back() == 's') {
    const auto singular = words.find(word.substr(0, word.size() - 1));
    if (singular != words.end()) return &singular->second;
  }
  return nullptr;
}

class KeySplitter {
 public:
  explicit KeySplitter(absl::string_view key) {
    key = key.substr(0, kKeyBytesMax);
    size_t begin = 0;
    for (size_t i = 0; i < key.size(); ++i) {
      if (!IsLetter(key[i])) {
        Add(key.substr(begin, i - begin));
        begin = i + 1;
      } else if (i > begin && IsUpper(key[i]) &&
                 (!IsUpper(key[i - 1]) ||
                  (i + 1 < key.size() && IsLower(key[i + 1])))) {
        Add(key.substr(begin, i - begin));
        begin = i;
      }
    }
    if (begin < key.size()) Add(key.substr(begin));
  }

  const KeyWords& words() const { return words_; }

 private:
  static bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
  static bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
  static bool IsLetter(char c) {
    return IsUpper(c) || IsLower(c) || (static_cast<unsigned char>(c) & 0x80);
  }

  void Add(absl::string_view part) {
    if (part.empty()) return;
    const std::string word = absl::AsciiStrToLower(part);
    if (AddGlued(word, 2)) return;
    ++words_.unknown;
    ++words_.count;
    words_.others |= words_.last;
    words_.last = 0;
    words_.last_order = 0;
  }

  // A known word, or known words glued together, the longest first one first.
  bool AddGlued(absl::string_view word, int joints) {
    if (const KeyWord* known = FindWord(word)) {
      Put(*known);
      return true;
    }
    constexpr size_t kPartMin = 2;
    if (joints == 0 || word.size() < 2 * kPartMin + 1) return false;
    for (size_t size = word.size() - kPartMin; size >= kPartMin; --size) {
      const KeyWord* first = FindWord(word.substr(0, size));
      if (first == nullptr || (size == 2 && joints < 2)) continue;
      const KeyWords before = words_;
      Put(*first);
      if (AddGlued(word.substr(size), joints - 1)) return true;
      words_ = before;
    }
    return false;
  }

  void Put(const KeyWord& word) {
    if (words_.count >= static_cast<int>(kWordsMax)) return;
    ++words_.count;
    words_.all |= word.classes;
    // "content_html" is a content, "id_str" an id; "article_text" is a text.
    constexpr uint64_t kFormed = key::kTitle | key::kSummary | key::kBody |
                                 key::kMessage | key::kTime | key::kId |
                                 key::kUrl | key::kName;
    if ((word.classes & key::kForm) != 0 && (words_.last & kFormed) != 0) {
      return;
    }
    words_.others |= words_.last;
    words_.last = word.classes;
    words_.last_order = word.order;
  }

  KeyWords words_;
};

// Decides by the words of one name.
class RoleReader {
 public:
  explicit RoleReader(const KeyWords& words) : w_(words) {
    role_.names_list = (w_.last & key::kList) != 0;
    role_.own_name = (w_.last & key::kOwnName) != 0;
    role_.handle = (w_.all & key::kHandle) != 0;
    // {"first": "Ann", "last": "Lee"}, too.
    const bool named = last(key::kName) || w_.count == 1;
    role_.given = all(key::kGiven) || (all(key::kFirst) && named);
    role_.family = all(key::kFamily) || (all(key::kFinal) && named);
  }

  KeyRole Read() {
    if ((w_.last & key::kMeasure) != 0 || (w_.all & key::kMedia) != 0 ||
        (w_.all & key::kRelated) != 0 || IsFlag()) {
      role_.scope = KeyScope::kAside;
      return role_;
    }
    const bool found = Time() || Address() || Id() || Person() || Name() ||
                       Title() || Text() || Source() || Rest();
    if (found && role_.scope == KeyScope::kUnknown) {
      role_.scope = KeyScope::kField;
    }
    if (!found && (w_.last & key::kOpen) != 0) role_.scope = KeyScope::kOpen;
    return role_;
  }

 private:
  bool all(uint64_t classes) const { return (w_.all & classes) != 0; }
  bool last(uint64_t classes) const { return (w_.last & classes) != 0; }
  bool others(uint64_t classes) const { return (w_.others & classes) != 0; }

  bool IsFlag() const { return all(key::kFlag) && w_.count > 1; }

  bool Set(JsonField field, int rank) {
    role_.field = field;
    role_.rank =
        static_cast<uint8_t>(std::clamp(rank + 6 * w_.unknown, 0, 255));
    return true;
  }

  void Also(JsonField field, int rank) {
    role_.also = field;
    role_.also_rank =
        static_cast<uint8_t>(std::clamp(rank + 6 * w_.unknown, 0, 255));
  }

  bool Aside() {
    role_.scope = KeyScope::kAside;
    return true;
  }

  bool Time() {
    if (!last(key::kTime | key::kPublish | key::kCreate | key::kUpdate |
              key::kEmbargo | key::kOtherTime) ||
        last(key::kSource)) {
      return false;
    }
    if (all(key::kEmbargo)) return Set(JsonField::kEmbargoed, 0);
    if (all(key::kSeen)) return Set(JsonField::kPublished, 120);
    if (all(key::kOtherTime)) return Aside();
    // The one that tells its zone comes before its local twin.
    const bool zone = all(key::kUtc);
    if (all(key::kVersion) && all(key::kCreate)) {
      Also(JsonField::kPublished, 100);
      return Set(JsonField::kUpdated, 8);
    }
    if (all(key::kUpdate | key::kVersion | key::kFinal)) {
      return Set(JsonField::kUpdated, zone ? 1 : 2);
    }
    if (all(key::kPublish)) return Set(JsonField::kPublished, zone ? 1 : 2);
    if (all(key::kCreate)) {
      return Set(JsonField::kPublished,
                 (all(key::kFirst) ? 10 : 40) - (zone ? 1 : 0));
    }
    return Set(JsonField::kPublished, zone ? 19 : 20 + 2 * w_.last_order);
  }

  bool Address() {
    if (!last(key::kUrl)) return false;
    if (all(key::kApi)) return Aside();
    if (others(key::kHome | key::kSource | key::kOutlet)) {
      return Set(JsonField::kDomain, 60);
    }
    if (others(key::kPerson | key::kCategory | key::kPlace)) return Aside();
    if (all(key::kId)) Also(JsonField::kGuid, 24);
    if (all(key::kCanonical)) {
      Also(JsonField::kUrl, 60);
      return Set(JsonField::kCanonical, 0);
    }
    const int qualified = others(key::kMinor | key::kOriginal) ? 60 : 0;
    return Set(JsonField::kUrl, 4 + 4 * w_.last_order + qualified);
  }

  bool Id() {
    if (!last(key::kId)) return false;
    constexpr uint64_t kOfArticles = key::kThing | key::kId | key::kForm |
                                     key::kMessage | key::kOpen | key::kList |
                                     key::kBody | key::kUrl;
    if (w_.unknown > 0 || (w_.others & ~kOfArticles) != 0) return Aside();
    const int message = others(key::kMessage) ? 40 : 0;
    return Set(JsonField::kGuid,
               4 * w_.last_order + (w_.others != 0 ? 2 : 0) + message);
  }

  bool Person() {
    if (last(key::kHandle)) {
      role_.weak = true;
      return Set(JsonField::kByline, 120);
    }
    if (!last(key::kPerson)) return false;
    if (all(key::kUpdate | key::kOtherTime)) return Aside();
    return Set(JsonField::kByline, 4 * w_.last_order);
  }

  bool Name() {
    if (!last(key::kName)) return false;
    if (others(key::kPerson)) return Set(JsonField::kByline, 10);
    if (others(key::kSource | key::kDomain | key::kOutlet)) {
      return Set(JsonField::kProvider, 4);
    }
    if (others(key::kCategory)) return Set(JsonField::kCategories, 0);
    if (role_.given || role_.family) return false;
    constexpr uint64_t kOfArticles =
        key::kThing | key::kTitle | key::kList | key::kOpen | key::kBody;
    if (w_.unknown > 0 || (w_.others & ~kOfArticles) != 0) return false;
    role_.weak = true;
    return Set(JsonField::kHeadline, 200);
  }

  bool Title() {
    if (!last(key::kTitle)) return false;
    if (others(key::kSource | key::kOutlet)) {
      return Set(JsonField::kProvider, 30);
    }
    if (others(key::kPerson | key::kGiven)) return Aside();
    if (others(key::kCategory)) return Set(JsonField::kCategories, 0);
    if (last(key::kSubject)) Also(JsonField::kTopics, 0);
    const int minor = all(key::kMinor) ? 80 : 0;
    return Set(JsonField::kHeadline, 4 * w_.last_order + minor);
  }

  bool Text() {
    if (!last(key::kSummary | key::kBody | key::kMessage)) return false;
    if (others(key::kSource | key::kPerson | key::kCategory | key::kOutlet)) {
      return Aside();
    }
    const int minor = all(key::kMinor) ? 80 : 0;
    if (all(key::kSummary)) {
      const int paragraph = last(key::kBody) ? 40 : 0;
      return Set(JsonField::kSummary, 4 * w_.last_order + paragraph + minor);
    }
    if (others(key::kTitle) && !last(key::kOpen)) {
      return Set(JsonField::kHeadline, 2 + minor);
    }
    role_.weak = last(key::kMessage);
    if (last(key::kOpen)) role_.scope = KeyScope::kOpen;
    return Set(JsonField::kBody,
               4 * w_.last_order + (last(key::kMessage) ? 100 : 0) + minor);
  }

  bool Source() {
    if (last(key::kDomain)) return Set(JsonField::kDomain, 0);
    if (!last(key::kSource | key::kOutlet)) return false;
    // "media" may be an outlet by its name; its address is that of a picture.
    role_.weak = last(key::kOutlet);
    if (!role_.weak) Also(JsonField::kDomain, 40);
    return Set(JsonField::kProvider, 4 * w_.last_order);
  }

  bool Rest() {
    struct Row {
      uint64_t classes;
      JsonField field;
    };
    constexpr Row kRows[] = {
        {key::kDateline, JsonField::kDateline},
        {key::kSlugline, JsonField::kSlugline},
        {key::kLanguage, JsonField::kLanguage},
        {key::kCountry, JsonField::kCountry},
        {key::kCategory, JsonField::kCategories},
        {key::kPeople, JsonField::kPersons},
        {key::kOrganization, JsonField::kOrganizations},
        {key::kPlace, JsonField::kPlaces},
        {key::kConcept, JsonField::kConcepts},
        {key::kSubject, JsonField::kTopics},
    };
    if (last(key::kKeyword)) Also(JsonField::kKeywords, 0);
    if (all(key::kTake) && w_.unknown == 0) return Set(JsonField::kTake, 0);
    for (const Row& row : kRows) {
      if (last(row.classes)) {
        return Set(row.field, 4 * w_.last_order + (w_.others != 0 ? 8 : 0));
      }
    }
    constexpr Row kNumbers[] = {{key::kVersion, JsonField::kVersion},
                                {key::kStatus, JsonField::kStatus},
                                {key::kUrgency, JsonField::kUrgency},
                                {key::kPriority, JsonField::kPriority}};
    for (const Row& row : kNumbers) {
      if (!last(row.classes)) continue;
      const bool own =
          w_.unknown == 0 && (w_.others & ~(key::kThing | key::kPublish)) == 0;
      return own ? Set(row.field, w_.others != 0 ? 0 : 4) : Aside();
    }
    return false;
  }

  const KeyWords& w_;
  KeyRole role_;
};

// "title_txt_en", "author_ss": search engines end names by a type or a language.
absl::string_view WithoutTypeSuffix(absl::string_view key) {
  constexpr absl::string_view kSuffixes[] = {
      "s",  "ss", "t",  "txt", "tt", "i",  "is", "l",  "b",  "d",
      "f",  "dt", "en", "de",  "fr", "es", "pt", "nl", "sv", "ru",
      "uk", "pl", "tr", "ar",  "zh", "ja", "ko", "fi", "cs", "el"};
  for (int taken = 0; taken < 2; ++taken) {
    const size_t mark = key.find_last_of("_-");
    if (mark == absl::string_view::npos || mark == 0) break;
    const absl::string_view suffix = key.substr(mark + 1);
    if (std::find(std::begin(kSuffixes), std::end(kSuffixes), suffix) ==
        std::end(kSuffixes)) {
      break;
    }
    key = key.substr(0, mark);
  }
  return key;
}

KeyRole ReadRole(absl::string_view key) {
  for (const ExactKey& exact : kExactKeys) {
    if (exact.key == key) {
      KeyRole role;
      role.field = exact.field;
      role.scope = exact.scope;
      role.rank = exact.rank;
      return role;
    }
  }
  const KeySplitter splitter(WithoutTypeSuffix(key));
  return RoleReader(splitter.words()).Read();
}

}  // namespace

const KeyRole& RoleOfKey(absl::string_view key) {
  // In front of the table: names repeat from article to article, in few forms.
  struct Entry {
    std::string key;
    KeyRole role;
  };
  constexpr size_t kEntries = 512;
  thread_local std::array<Entry, kEntries> recent = {};
  if (key.size() > kKeyBytesMax) key = key.substr(0, kKeyBytesMax + 1);
  size_t mixed = key.size();
  if (!key.empty()) {
    mixed += 7 * static_cast<unsigned char>(key.front()) +
             31 * static_cast<unsigned char>(key.back()) +
             127 * static_cast<unsigned char>(key[key.size() / 2]);
  }
  Entry& entry = recent[mixed % kEntries];
  if (entry.key != key || key.empty()) {
    entry.role = ReadRole(key);
    entry.key.assign(key.data(), key.size());
  }
  return entry.role;
}

}  // namespace wiredesk
