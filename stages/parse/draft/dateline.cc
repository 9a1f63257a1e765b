#include "stages/parse/draft/dateline.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

constexpr size_t kLongest = 100;
constexpr size_t kLongestAgency = 40;

// Where the head ends at a dash between spaces, or at any long dash.
size_t FindDash(absl::string_view head) {
  size_t first = absl::string_view::npos;
  if (head.find('-') == first && head.find('\xE2') == first) return first;
  for (const absl::string_view dash :
       {" - ", " -- ", "\xE2\x80\x94", "\xE2\x80\x93 ", " \xE2\x80\x95"}) {
    first = std::min(first, head.find(dash));
  }
  return first;
}

// Letters of the place: how many are capitals, and how many not.
struct Letters {
  int upper = 0;
  int lower = 0;
};

Letters CountLetters(absl::string_view text) {
  Letters letters;
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 code = 0;
    U8_NEXT(text.data(), i, size, code);
    if (code < 0) continue;
    if (u_isupper(code)) ++letters.upper;
    if (u_islower(code)) ++letters.lower;
  }
  return letters;
}

bool StartsUpper(absl::string_view text) {
  UChar32 code = 0;
  int32_t i = 0;
  U8_NEXT(text.data(), i, static_cast<int32_t>(text.size()), code);
  return code >= 0 && u_isupper(code);
}

// A sentence, not a place, has a full stop before a space and lower case.
bool HasSentence(absl::string_view text) {
  for (const absl::string_view mark : {"? ", "! ", "; ", ": ", "\""}) {
    if (absl::StrContains(text, mark)) return true;
  }
  return false;
}

// What stands below a note of the editors that has a paragraph of its own:
// "(Corrects distance in second paragraph)".
absl::string_view WithoutNote(absl::string_view body) {
  constexpr size_t kNoteMax = 300;
  if (!absl::StartsWith(body, "(")) return body;
  const absl::string_view note =
      body.substr(0, std::min(body.find('\n'), kNoteMax));
  if (!absl::EndsWith(absl::StripTrailingAsciiWhitespace(note), ")")) {
    return body;
  }
  return absl::StripLeadingAsciiWhitespace(body.substr(note.size()));
}

}  // namespace

absl::string_view FindDateline(absl::string_view body) {
  body = WithoutNote(body);
  absl::string_view head = body.substr(0, kLongest + kLongestAgency);
  head = head.substr(0, head.find('\n'));
  const size_t dash = FindDash(head);
  if (dash == absl::string_view::npos || dash < 3) return {};
  absl::string_view text =
      absl::StripTrailingAsciiWhitespace(head.substr(0, dash));
  bool agency = false;
  if (absl::EndsWith(text, ")")) {
    const size_t open = text.rfind('(');
    if (open == absl::string_view::npos || open == 0 ||
        text.size() - open > kLongestAgency) {
      return {};
    }
    text = absl::StripTrailingAsciiWhitespace(text.substr(0, open));
    agency = true;
  }
  if (text.size() < 3 || text.size() > kLongest || HasSentence(text) ||
      !StartsUpper(text)) {
    return {};
  }
  const absl::string_view place = text.substr(0, text.find_first_of(",/"));
  const Letters letters = CountLetters(place);
  const bool capitals = letters.upper >= 3 && letters.lower <= 1;
  const bool named = agency && place.size() <= 40 &&
                     std::count(place.begin(), place.end(), ' ') <= 3;
  if (!capitals && !named) return {};
  const std::ptrdiff_t words = std::count(text.begin(), text.end(), ' ') + 1;
  return words <= 9 ? text : absl::string_view();
}

}  // namespace wiredesk
