// After Schwartz and Hearst, "A simple algorithm for identifying abbreviation
// definitions in biomedical text", 2003: the letters of the acronym are looked
// for from right to left in the words before the bracket. Unlike there, the
// long form begins with a capital, has two words at least, and a number word
// gives a digit ("Indo-Pacific Four (IP4)").
//
// Tested by name_tagger_test.cc.

#include "stages/tag/names/acronyms.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace wiredesk {
namespace {

constexpr size_t kAcronymMax = 10;
// Small words such as "of" and "and" may stand in the long form.
constexpr uint32_t kWordsMore = 5;

// The letter that a word gives to an acronym; "Four" gives "4".
char InitialOf(absl::string_view word) {
  static constexpr absl::string_view kNumbers[] = {
      "zero", "one",   "two",   "three", "four", "five",
      "six",  "seven", "eight", "nine",  "ten"};
  for (int i = 2; i < 10; ++i) {
    if (absl::EqualsIgnoreCase(word, kNumbers[i])) {
      return static_cast<char>('0' + i);
    }
  }
  return absl::ascii_tolower(word[0]);
}

bool IsAcronym(absl::string_view word) {
  int capitals = 0;
  for (const char c : word) capitals += absl::ascii_isupper(c);
  return word.size() >= 2 && word.size() <= kAcronymMax && capitals >= 2;
}

// Whether the letters of `acronym` are found from right to left in `text`, the
// first one at its beginning.
bool SpellsOut(absl::string_view text, absl::string_view acronym) {
  auto at = static_cast<int>(text.size()) - 1;
  for (auto i = static_cast<int>(acronym.size()) - 1; i >= 0; --i) {
    const char letter = absl::ascii_tolower(acronym[i]);
    if (!absl::ascii_isalpha(static_cast<unsigned char>(letter))) continue;
    while (at >= 0 &&
           (absl::ascii_tolower(text[at]) != letter ||
            (i == 0 && at > 0 &&
             absl::ascii_isalnum(static_cast<unsigned char>(text[at - 1]))))) {
      --at;
    }
    if (at < 0) return false;
    if (i == 0) return at == 0;
    --at;
  }
  return false;
}

}  // namespace

bool FindLongForm(const NameScan& scan, uint32_t word, uint32_t& first) {
  const absl::string_view text = scan.text().text;
  const Word& short_word = scan.word(word);
  const uint32_t end = short_word.begin + short_word.length;
  if (word == 0 || !scan.Capital(word) || scan.MarkBefore(word) != '(' ||
      end >= text.size() || text[end] != ')') {
    return false;
  }
  const absl::string_view acronym = scan.Text(word);
  if (!IsAcronym(acronym)) return false;
  const uint32_t words_max = std::min<uint32_t>(
      word, static_cast<uint32_t>(acronym.size()) + kWordsMore);
  const uint32_t stop = scan.word(word - 1).begin + scan.word(word - 1).length;
  if (short_word.begin - stop > 6) return false;  // more than ” (
  for (uint32_t n = 1; n <= words_max; ++n) {
    const Word& start = scan.word(word - n);
    if (n > 1) {
      const uint32_t behind = start.begin + start.length;
      const absl::string_view gap =
          text.substr(behind, scan.word(word - n + 1).begin - behind);
      if (gap.find_first_of(".;:()\n") != absl::string_view::npos) break;
    }
    if (!scan.Capital(word - n)) continue;
    const absl::string_view form = text.substr(start.begin, stop - start.begin);
    if (n >= 2 && InitialOf(form) == InitialOf(acronym) &&
        SpellsOut(form, acronym)) {
      first = word - n;
      return true;
    }
  }
  return false;
}

}  // namespace wiredesk
