#include "stages/parse/draft/byline.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"

namespace wiredesk {
namespace {

constexpr size_t kNameMax = 100;
constexpr size_t kNamesMax = 64;
constexpr size_t kWordsMax = 8;
constexpr size_t kNone = absl::string_view::npos;

constexpr absl::string_view kConjunctions[] = {
    " and ", " And ", " AND ", " & ", " und ", " et ", " y ", " och ",
    ";",     " | ",   " / ",   " · ", " • ",   "，",   "、"};

// What stands before the names, the longest first.
constexpr absl::string_view kPrefaces[] = {
    "written by ", "reporting by ", "story by ", "posted by ", "published by ",
    "by:",         "by ",           "von ",      "par ",       "por ",
    "door ",       "af ",           "przez ",    "oleh ",      "author:",
    "autor:",      "auteur:",       "autore:",   "text:",      "текст:",
    "автор:",      "作者：",        "作者:",     "文／",       "文/"};

// Words of what somebody is, not of how somebody is called.
constexpr absl::string_view kRoles[] = {
    "writer",        "editor",       "reporter",        "correspondent",
    "staff",         "contributor",  "columnist",       "journalist",
    "producer",      "photographer", "redakteur",       "redakteurin",
    "korrespondent", "reporterin",   "journaliste",     "journalistin",
    "periodista",    "redactor",     "redactora",       "corresponsal",
    "redattore",     "giornalista",  "korrespondentin", "redacteur",
    "redaktör",      "dziennikarz",  "корреспондент",   "редактор"};

// Accounts that stand for nobody.
constexpr absl::string_view kNobody[] = {
    "admin",   "administrator", "webmaster", "root",  "author",
    "authors", "unknown",       "anonymous", "guest", "guest author",
    "editor",  "editors",       "staff",     "user",  "null"};

bool IsAnyOf(absl::string_view text, absl::Span<const absl::string_view> list) {
  return std::any_of(list.begin(), list.end(), [text](absl::string_view one) {
    return one.size() == text.size() && absl::EqualsIgnoreCase(text, one);
  });
}

bool HasDigit(absl::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isdigit(c); });
}

// "2018 9:40 am", "3 min read".
bool LooksLikeTime(absl::string_view text) {
  if (!HasDigit(text)) return false;
  if (absl::ascii_isdigit(static_cast<unsigned char>(text[0])) ||
      text.find(':') != kNone) {
    return true;
  }
  int digits = 0;
  for (const char c : text) {
    digits =
        absl::ascii_isdigit(static_cast<unsigned char>(c)) ? digits + 1 : 0;
    if (digits == 4) return true;
  }
  return false;
}

bool HasComma(absl::string_view text) {
  return text.find(',') != kNone || text.find(';') != kNone;
}

// At commas and semicolons that stand in no brackets.
std::vector<absl::string_view> SplitOutsideBrackets(absl::string_view text) {
  std::vector<absl::string_view> pieces;
  int depth = 0;
  size_t begin = 0;
  for (size_t i = 0; i <= text.size() && pieces.size() < kNamesMax; ++i) {
    const char c = i < text.size() ? text[i] : ',';
    if (c == '(' || c == '<' || c == '[') ++depth;
    if ((c == ')' || c == '>' || c == ']') && depth > 0) --depth;
    const bool ends =
        i == text.size() || ((c == ',' || c == ';') && depth == 0);
    if (!ends) continue;
    absl::string_view piece = text.substr(begin, i - begin);
    // Without its commas, so that it is not split again.
    if (!HasComma(piece)) pieces.push_back(piece);
    begin = i + 1;
  }
  return pieces;
}

bool ConsumeWord(absl::string_view& text, absl::string_view word) {
  if (text.empty() || ((text[0] ^ word[0]) & ~0x20) != 0 ||
      !absl::StartsWithIgnoreCase(text, word))
    return false;
  text = absl::StripLeadingAsciiWhitespace(text.substr(word.size()));
  return true;
}

// Whether a comma or conjunction may stand in `text`: most are single names.
bool MayBeList(absl::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    const bool word = next == 'a' || next == 'A' || next == 'u' ||
                      next == 'e' || next == '&' || next == '|' ||
                      next == '/' || next == 'y' || next == 'o';
    const bool mark = text[i] == ';' || text[i] == ',' || text[i] == '\n';
    if (mark || (text[i] & 0x80) != 0 || (text[i] == ' ' && word)) return true;
  }
  return false;
}

// "ann@example.org (Ann Lee)", "Ann Lee <ann@example.org>" and the reverse.
absl::string_view WithoutAddress(absl::string_view text) {
  const size_t at = text.find('@');
  if (at == kNone) return text;
  const size_t open = text.find_first_of("(<[");
  if (open == kNone) {
    return text.find(' ') == kNone ? absl::string_view() : text;
  }
  const size_t close = text.find_first_of(")>]", open);
  absl::string_view inside =
      text.substr(open + 1, std::min(close, text.size()) - open - 1);
  if (absl::StrContains(inside, "@")) {
    inside = text.substr(0, open);
    if (absl::StrContains(inside, "@")) return {};
  }
  return absl::StripAsciiWhitespace(inside);
}

size_t CountWords(absl::string_view text) {
  size_t words = 0;
  char before = ' ';
  for (const char c : text) {
    words += before == ' ' && c != ' ' ? 1 : 0;
    before = c;
  }
  return words;
}

// A piece after a comma that belongs to the name before it.
bool IsSuffix(absl::string_view text) {
  for (const absl::string_view suffix :
       {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "PhD", "Ph.D.", "MD", "M.D.",
        "Inc", "Inc.", "LLC", "Ltd", "Ltd."}) {
    if (absl::EqualsIgnoreCase(text, suffix)) return true;
  }
  return false;
}

// "Ann Lee in Oakport": where somebody writes from is no part of the name.
absl::string_view WithoutPlace(absl::string_view name) {
  const size_t at = name.find(" in ");
  if (at == kNone || at + 4 >= name.size()) return name;
  const bool place =
      absl::ascii_isupper(static_cast<unsigned char>(name[at + 4])) ||
      (name[at + 4] & 0x80) != 0;
  return place ? absl::StripAsciiWhitespace(name.substr(0, at)) : name;
}

// How long the conjunction is that `text` begins with; 0 for none.
size_t ConjunctionAt(absl::string_view text) {
  const char first = text[0];
  if (first == '\n') return 1;
  if (first != ' ' && first != ';' && (first & 0x80) == 0) return 0;
  for (const absl::string_view conjunction : kConjunctions) {
    if (conjunction[0] == first && absl::StartsWith(text, conjunction)) {
      return conjunction.size();
    }
  }
  return 0;
}

void AddName(absl::string_view name, std::vector<std::string>& names) {
  name = WithoutPlace(absl::StripAsciiWhitespace(name));
  while (!name.empty() && (name.back() == ',' || name.back() == '|' ||
                           name.back() == ':' || name.back() == ';')) {
    name.remove_suffix(1);
    name = absl::StripAsciiWhitespace(name);
  }
  if (name.empty() || name.size() > kNameMax || names.size() >= kNamesMax ||
      absl::StrContains(name, "://") ||
      (absl::StrContains(name, "@") && name[0] != '@') ||
      IsAnyOf(name, kNobody)) {
    return;
  }
  // A date, a time to read, a sentence.
  const size_t words = CountWords(name);
  if (words > kWordsMax || (words > 1 && LooksLikeTime(name))) return;
  const bool known =
      std::any_of(names.begin(), names.end(), [name](const std::string& one) {
        return absl::EqualsIgnoreCase(one, name);
      });
  if (!known) names.emplace_back(name);
}

// "By", and a date before or behind the names: "March 6, 2018 9:40 am by Ann
// Lee", "Ann Lee on 6 March 2018".
absl::string_view WithoutPreface(absl::string_view text) {
  if (HasDigit(text)) {
    const size_t by = text.find(" by ");
    if (by != kNone) text = text.substr(by + 4);
    for (const absl::string_view mark : {" on ", " - ", " – ", " at "}) {
      const size_t at = text.find(mark);
      if (at != kNone && HasDigit(text.substr(at))) text = text.substr(0, at);
    }
  }
  for (const absl::string_view word : kPrefaces) {
    if (ConsumeWord(text, word)) break;
  }
  return absl::StripAsciiWhitespace(text);
}

// "N.", "P.-L.": what follows a surname after a comma.
bool IsInitials(absl::string_view text) {
  return text.size() >= 2 && text.size() <= 8 && text.back() == '.' &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isupper(c) || c == '.' || c == '-' || c == ' ';
         });
}

// Whether what stands behind a comma says what the one before it is.
bool IsRole(absl::string_view text) {
  for (const absl::string_view word : absl::StrSplit(text, ' ')) {
    if (IsAnyOf(word, kRoles)) return true;
  }
  return false;
}

// Joins what a comma parted wrongly: "Lee, Ann" and "Ann Lee, Jr." are one
// name.
std::vector<std::string> SplitAtCommas(absl::string_view text) {
  std::vector<std::string> parts;
  for (const absl::string_view piece : absl::StrSplit(text, ',')) {
    const absl::string_view part = absl::StripAsciiWhitespace(piece);
    if (part.empty() || (!parts.empty() && IsRole(part))) continue;
    if (!parts.empty() && (IsSuffix(part) || IsInitials(part))) {
      parts.back() += ", ";
      parts.back().append(part.data(), part.size());
    } else {
      parts.emplace_back(part);
    }
  }
  if (parts.size() == 2 && CountWords(parts[0]) == 1 &&
      CountWords(parts[1]) == 1) {
    return {std::string(text)};
  }
  return parts;
}

}  // namespace

void AppendBylineNames(absl::string_view text,
                       std::vector<std::string>& names) {
  text = absl::StripAsciiWhitespace(text);
  if (absl::StrContains(text, "@") && HasComma(text)) {
    // "Ann Lee <ann@example.org>, Bob Ray": each with its own address.
    for (const absl::string_view piece : SplitOutsideBrackets(text)) {
      AppendBylineNames(piece, names);
    }
    return;
  }
  text = WithoutPreface(WithoutAddress(text));
  if (absl::EqualsIgnoreCase(text, "by")) return;
  if (!MayBeList(text)) {
    AddName(text, names);
    return;
  }
  size_t begin = 0;
  for (size_t at = 0; at <= text.size();) {
    const size_t parted =
        at == text.size() ? 1 : ConjunctionAt(text.substr(at));
    if (parted == 0) {
      ++at;
      continue;
    }
    const absl::string_view part = text.substr(begin, at - begin);
    for (const std::string& name : SplitAtCommas(part)) AddName(name, names);
    at += parted;
    begin = std::min(at, text.size());
  }
}

}  // namespace wiredesk
