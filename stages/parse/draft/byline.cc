#include "stages/parse/draft/byline.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

constexpr size_t kNameMax = 100;
constexpr size_t kNamesMax = 64;
constexpr size_t kNone = absl::string_view::npos;

bool ConsumeWord(absl::string_view& text, absl::string_view word) {
  if (text.empty() || (text[0] | 0x20) != word[0] ||
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
                      next == 'e' || next == '&' || next == '|' || next == '/';
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
  const std::vector<absl::string_view> words =
      absl::StrSplit(text, ' ', absl::SkipEmpty());
  return words.size();
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

void AddName(absl::string_view name, std::vector<std::string>& names) {
  name = WithoutPlace(absl::StripAsciiWhitespace(name));
  while (!name.empty() && (name.back() == ',' || name.back() == '|' ||
                           name.back() == ':' || name.back() == ';')) {
    name.remove_suffix(1);
    name = absl::StripAsciiWhitespace(name);
  }
  if (name.empty() || name.size() > kNameMax || names.size() >= kNamesMax ||
      absl::StrContains(name, "://") ||
      (absl::StrContains(name, "@") && name[0] != '@')) {
    return;
  }
  const bool known =
      std::any_of(names.begin(), names.end(), [name](const std::string& one) {
        return absl::EqualsIgnoreCase(one, name);
      });
  if (!known) names.emplace_back(name);
}

// Joins what a comma parted wrongly: "Lee, Ann" and "Ann Lee, Jr." are one
// name.
std::vector<std::string> SplitAtCommas(absl::string_view text) {
  std::vector<std::string> parts;
  for (const absl::string_view piece : absl::StrSplit(text, ',')) {
    const absl::string_view part = absl::StripAsciiWhitespace(piece);
    if (part.empty()) continue;
    if (!parts.empty() && IsSuffix(part)) {
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
  text = WithoutAddress(absl::StripAsciiWhitespace(text));
  for (const absl::string_view word :
       {"written by ", "reporting by ", "story by ", "posted by ",
        "published by ", "by:", "by ", "von ", "par ", "author:", "text:"}) {
    if (ConsumeWord(text, word)) break;
  }
  if (absl::EqualsIgnoreCase(text, "by")) return;
  if (!MayBeList(text)) {
    AddName(text, names);
    return;
  }
  std::string list(text);
  for (const absl::string_view conjunction :
       {" and ", " And ", " AND ", " & ", " und ", " et ", ";", " | ", " / ",
        "，", "、"}) {
    size_t found = 0;
    while ((found = list.find(conjunction.data(), found, conjunction.size())) !=
           std::string::npos) {
      list[found] = '\n';
      list.erase(found + 1, conjunction.size() - 1);
    }
  }
  for (const absl::string_view part : absl::StrSplit(list, '\n')) {
    for (const std::string& name : SplitAtCommas(part)) AddName(name, names);
  }
}

}  // namespace wiredesk
