#include "stages/parse/page/title.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "stages/parse/page/prune.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

constexpr size_t kNone = absl::string_view::npos;
constexpr size_t kHeadingWordsMin = 3;
constexpr size_t kSiteWordsMax = 5;  // of what a bar parts off
constexpr double kAlike = 0.6;       // of a heading and a title, by letters

struct Separator {
  absl::string_view mark;
  bool strong;  // parts a site off without more proof
};

constexpr Separator kSeparators[] = {
    {" | ", true},  {" :: ", true}, {" » ", true},  {" « ", true},
    {" · ", true},  {" • ", true},  {" - ", false}, {" – ", false},
    {" — ", false}, {" : ", false}, {": ", false},  {" / ", false},
    {" > ", false}, {"|", true},    {" • ", true}};

// Pages that have no headline call themselves so.
constexpr absl::string_view kNoHeadlines[] = {"untitled",  "untitled document",
                                              "home",      "homepage",
                                              "no title",  "index",
                                              "start",     "news",
                                              "startseite"};

size_t CountWords(absl::string_view text) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(text, absl::ByAnyChar(" \t\n"), absl::SkipEmpty());
  return words.size();
}

// Letters and digits only, case folded.
std::string Fold(absl::string_view text) {
  std::string folded;
  for (const char c : FoldCase(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || byte >= 0x80) folded += c;
  }
  return folded;
}

bool IsSite(absl::string_view part, const std::vector<std::string>& sites) {
  constexpr size_t kLettersMin = 4;
  constexpr size_t kMoreLetters = 6;
  const std::string name = Fold(part);
  if (name.empty()) return false;
  for (const std::string& site : sites) {
    const std::string known = Fold(site);
    if (known.empty()) continue;
    if (name == known) return true;
    const bool longer = known.size() >= kLettersMin &&
                        absl::StrContains(name, known) &&
                        (CountWords(part) <= CountWords(site) + 2 ||
                         name.size() <= known.size() + kMoreLetters);
    const bool shorter =
        name.size() >= kLettersMin && absl::StartsWith(known, name);
    if (longer || shorter) return true;
  }
  return false;
}

struct Cut {
  size_t at = kNone;
  size_t size = 0;
  bool strong = false;
};

Cut LastCut(absl::string_view title) {
  Cut last;
  for (const Separator& separator : kSeparators) {
    const size_t at = title.rfind(separator.mark);
    if (at == kNone || (last.at != kNone && at < last.at)) continue;
    if (at == last.at && separator.mark.size() < last.size) continue;
    last = {at, separator.mark.size(), separator.strong};
  }
  return last;
}

Cut FirstCut(absl::string_view title) {
  Cut first;
  for (const Separator& separator : kSeparators) {
    const size_t at = title.find(separator.mark);
    if (at == kNone || (first.at != kNone && at > first.at)) continue;
    if (at == first.at && separator.mark.size() < first.size) continue;
    first = {at, separator.mark.size(), separator.strong};
  }
  return first;
}

// What a separator leaves behind where the other side of it is cut, too.
absl::string_view WithoutLooseMarks(absl::string_view title) {
  while (!title.empty() && (title.back() == ' ' || title.back() == ':' ||
                            title.back() == '|' || title.back() == '-')) {
    title.remove_suffix(1);
  }
  return title;
}

bool IsNoHeadline(absl::string_view title) {
  return std::any_of(std::begin(kNoHeadlines), std::end(kNoHeadlines),
                     [title](absl::string_view one) {
                       return absl::EqualsIgnoreCase(title, one);
                     });
}

// The heading that a title agrees with: it stands in it, or says nearly the
// same in other words; nullptr if none does.
const std::string* HeadingOf(absl::string_view title,
                             const TitleSources& sources) {
  const std::string folded = Fold(title);
  for (const std::string& heading : sources.headings) {
    const std::string name = Fold(heading);
    if (name.empty() || IsSite(heading, sources.sites)) continue;
    const bool whole = name == folded;
    const bool part =
        CountWords(heading) >= kHeadingWordsMin &&
        (absl::StartsWith(folded, name) || absl::EndsWith(folded, name));
    if (whole || part) return &heading;
  }
  if (sources.headings.size() != 1) return nullptr;
  const std::string& only = sources.headings[0];
  const bool alike = CountWords(only) >= kHeadingWordsMin &&
                     !IsSite(only, sources.sites) &&
                     HtmlTextSimilarity(title, only) >= kAlike;
  return alike ? &only : nullptr;
}

}  // namespace

std::string WithoutSiteName(absl::string_view title,
                            const std::vector<std::string>& sites) {
  for (int pass = 0; pass < 4; ++pass) {
    const Cut last = LastCut(title);
    if (last.at == kNone) break;
    const absl::string_view behind = title.substr(last.at + last.size);
    const absl::string_view before = title.substr(0, last.at);
    const bool parted = last.strong && CountWords(behind) <= kSiteWordsMax &&
                        CountWords(before) >= kHeadingWordsMin;
    if (IsSite(behind, sites) || parted) {
      title = WithoutLooseMarks(before);
      continue;
    }
    const Cut first = FirstCut(title);
    if (!IsSite(title.substr(0, first.at), sites)) break;
    title = absl::StripAsciiWhitespace(title.substr(first.at + first.size));
  }
  return std::string(title);
}

PageHeadline HeadlineOfPage(const TitleSources& sources) {
  struct Source {
    const std::string* title;
    absl::string_view name;
  };
  for (const auto& [title, name] :
       {Source{&sources.linked, "JSON-LD"}, Source{&sources.social, "<meta>"},
        Source{&sources.page_title, "<title>"}}) {
    if (title->empty() || IsNoHeadline(*title)) continue;
    if (const std::string* heading = HeadingOf(*title, sources)) {
      return {*heading, "<h1>"};
    }
    const std::string cut = WithoutSiteName(*title, sources.sites);
    const bool only_site =
        cut == *title && IsSite(cut, sources.sites) && CountWords(cut) <= 3;
    if (!cut.empty() && !IsNoHeadline(cut) && !only_site) return {cut, name};
  }
  for (const std::string& heading : sources.headings) {
    if (!heading.empty() && !IsNoHeadline(heading) &&
        !IsSite(heading, sources.sites)) {
      return {heading, "<h1>"};
    }
  }
  if (!sources.linked.empty()) return {sources.linked, "JSON-LD"};
  return {sources.social, "<meta>"};
}

}  // namespace wiredesk
