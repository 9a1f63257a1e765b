// The headline in a page's <title>, by the rules of readability.

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "stages/parse/page/metadata.h"

namespace wiredesk {
namespace {

constexpr size_t kNone = absl::string_view::npos;
constexpr size_t kTitleMax = 150;
constexpr size_t kTitleMin = 15;

const absl::string_view kSeparators[] = {" | ",  " - ", " – ", " — ",
                                         " \\ ", " / ", " > ", " » "};

size_t CountWords(absl::string_view text) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(text, absl::ByAnyChar(" \t\n"), absl::SkipEmpty());
  return words.size();
}

struct Found {
  size_t position = kNone;
  size_t size = 0;
};

Found FirstSeparator(absl::string_view title) {
  Found first;
  for (const absl::string_view separator : kSeparators) {
    const size_t at = title.find(separator);
    if (at < first.position) first = {at, separator.size()};
  }
  return first;
}

Found LastSeparator(absl::string_view title) {
  Found last;
  for (const absl::string_view separator : kSeparators) {
    const size_t at = title.rfind(separator);
    if (at != kNone && (last.position == kNone || at > last.position)) {
      last = {at, separator.size()};
    }
  }
  return last;
}

size_t CountCharacters(absl::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; }));
}

// "Site: the title" or "The title: how it goes on".
absl::string_view AfterColon(absl::string_view title) {
  const size_t first = title.find(':');
  absl::string_view part = title.substr(title.rfind(':') + 1);
  if (CountWords(part) < 3) return title.substr(first + 1);
  return CountWords(title.substr(0, first)) > 5 ? title : part;
}

}  // namespace

std::string HeadlineOfPageTitle(absl::string_view page_title,
                                const std::vector<std::string>& headings,
                                size_t h1_count) {
  absl::string_view title = page_title;
  // "The heading - Site": the page itself says where the headline ends.
  for (size_t i = 0; i < h1_count && i < headings.size(); ++i) {
    const std::string& heading = headings[i];
    if (!heading.empty() && absl::StartsWith(title, heading) &&
        FirstSeparator(title.substr(heading.size())).position == 0) {
      return heading;
    }
  }
  bool hierarchy = false;
  const Found last = LastSeparator(title);
  if (last.position != kNone) {
    const absl::string_view mark = title.substr(last.position + 1, 1);
    hierarchy = mark == "\\" || mark == "/" || mark == ">";
    title = page_title.substr(0, last.position);
    if (CountWords(title) < 3) {
      const Found first = FirstSeparator(page_title);
      title = page_title.substr(first.position + first.size);
    }
  } else if (absl::StrContains(title, ": ")) {
    const bool is_heading =
        std::find(headings.begin(), headings.end(), title) != headings.end();
    if (!is_heading) title = AfterColon(title);
  } else if (h1_count == 1 && (CountCharacters(title) > kTitleMax ||
                               CountCharacters(title) < kTitleMin)) {
    title = headings[0];
  }
  title = absl::StripAsciiWhitespace(title);
  // A short rest is more likely a piece of the title than all of it.
  const size_t words = CountWords(title);
  if (words <= 4 && (!hierarchy || words + 1 != CountWords(page_title) - 1)) {
    title = page_title;
  }
  return std::string(title);
}

}  // namespace wiredesk
