#include "stages/parse/page/dates.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "stages/parse/bytes/ascii_search.h"
#include "stages/parse/html/entities.h"
#include "stages/parse/page/class_words.h"
#include "stages/parse/page/prune.h"

namespace wiredesk {
namespace {

constexpr int kYearMin = 1990;
constexpr int kYearMax = 2100;
constexpr size_t kDateTextMax = 120;  // bytes of an element that is a date
constexpr size_t kNearTextMax = 90;   // bytes of a line that may hold one
constexpr int kNearTexts = 14;        // texts behind the heading
constexpr size_t kScriptMax = 1 << 20;

// Marked as the publication, marked as any time, called so by its class, in a
// line next to the heading, in a script.
enum Rank : uint8_t {
  kMarked,
  kMarkedModified,
  kTime,
  kNamed,
  kNear,
  kScripted,
  kNoRank
};
constexpr absl::string_view kRankNames[] = {
    "marked in the text",    "marked as modified",       "<time>",
    "an element named date", "a line below the heading", "a script"};

bool IsPlausible(const ParsedTime& time) {
  const absl::CivilYear year =
      absl::ToCivilYear(time.instant, absl::UTCTimeZone());
  return year.year() >= kYearMin && year.year() <= kYearMax;
}

std::optional<ParsedTime> Parse(absl::string_view text,
                                const absl::TimeZone& zone) {
  text = absl::StripAsciiWhitespace(text);
  if (text.size() < 6) return std::nullopt;
  std::optional<ParsedTime> time = ParseTime(text, zone);
  if (time.has_value() && !IsPlausible(*time)) time.reset();
  return time;
}

// Reads `digits` digits; -1 where they are not there.
int Digits(absl::string_view text, size_t begin, size_t digits) {
  if (begin + digits > text.size()) return -1;
  int number = 0;
  for (size_t i = begin; i < begin + digits; ++i) {
    if (!absl::ascii_isdigit(static_cast<uint8_t>(text[i]))) return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

std::optional<ParsedTime> Day(int year, int month, int day) {
  if (year < kYearMin || year > kYearMax || month < 1 || month > 12 ||
      day < 1 || day > 31) {
    return std::nullopt;
  }
  const absl::CivilDay civil(year, month, day);
  if (civil.month() != month) return std::nullopt;
  ParsedTime time;
  time.instant = absl::FromCivil(civil, absl::UTCTimeZone());
  time.precision = TimePrecision::kDay;
  return time;
}

bool SameDay(const ParsedTime& a, const ParsedTime& b) {
  return absl::AbsDuration(a.instant - b.instant) <= absl::Hours(36);
}

// One walk over the page for times in its body.
class DateSearch {
 public:
  DateSearch(const HtmlTree& tree, const absl::TimeZone& zone)
      : tree_(tree), zone_(zone) {}

  void Run() {
    const HtmlNodeId top = tree_.body();
    HtmlNodeId id = tree_.Next(top, top);
    while (id != kNoHtmlNode) {
      const HtmlNode& node = tree_[id];
      if (node.is_text) {
        NearText(node);
        id = tree_.Next(id, top);
        continue;
      }
      const absl::string_view names[] = {tree_.Attribute(id, "class"),
                                         tree_.Attribute(id, "id")};
      const uint32_t words =
          FindClassWords(names[0]) | FindClassWords(names[1]);
      if (node.tag == HtmlTag::kScript) Script(id);
      if (IsElsewhere(id, words)) {
        id = tree_.NextAfter(id, top);
        continue;
      }
      if (node.tag == HtmlTag::kH1) near_left_ = kNearTexts;
      Element(id, words);
      id = tree_.Next(id, top);
    }
  }

  std::optional<ParsedTime> found[kNoRank];

 private:
  // The header of a site has a clock, its footer a year: both are its own where
  // they are not those of an article.
  bool IsElsewhere(HtmlNodeId id, uint32_t words) const {
    constexpr uint32_t kOfArticle =
        kClassMaybe | kClassPositive | kClassDate | kClassByline;
    const HtmlTag tag = tree_[id].tag;
    if (tag == HtmlTag::kAside || tag == HtmlTag::kNav ||
        tag == HtmlTag::kScript || tag == HtmlTag::kStyle) {
      return true;
    }
    if (tag == HtmlTag::kFooter) {
      return (words & kOfArticle) == 0 && !InArticle(id);
    }
    if (tag == HtmlTag::kHeader) {
      return (words & kOfArticle) == 0 && !InArticle(id) && !HoldsHeading(id);
    }
    return (words & (kClassUnlikely | kClassJunk)) != 0 &&
           (words & kOfArticle) == 0 && !HoldsHeading(id);
  }

  bool InArticle(HtmlNodeId id) const {
    return tree_.IsInside(id, HtmlTag::kArticle) ||
           tree_.IsInside(id, HtmlTag::kMain);
  }

  bool HoldsHeading(HtmlNodeId top) const {
    int left = 400;  // nodes
    for (HtmlNodeId id = tree_.Next(top, top); id != kNoHtmlNode && left > 0;
         id = tree_.Next(id, top), --left) {
      if (!tree_[id].is_text && tree_[id].tag == HtmlTag::kH1) return true;
    }
    return false;
  }

  // A line at once behind the heading: "Published 12 May 2021, 08:00".
  void NearText(const HtmlNode& node) {
    if (near_left_ <= 0 || node.raw) return;
    std::string line;
    AppendDecodedHtml(node.text, false, line);
    const absl::string_view text = absl::StripAsciiWhitespace(line);
    if (text.empty()) return;
    --near_left_;
    if (found[kNear].has_value() || text.size() > kNearTextMax ||
        text.find_first_of("0123456789") == absl::string_view::npos) {
      return;
    }
    const std::optional<ParsedTime> time = Parse(text, zone_);
    if (time.has_value() && time->precision <= TimePrecision::kDay) {
      found[kNear] = time;
    }
  }

  // "published_at": "2021-05-12T06:00:00Z" in a script that fills the page.
  void Script(HtmlNodeId id) {
    const HtmlNodeId child = tree_[id].first;
    if (child == kNoHtmlNode || found[kScripted].has_value()) return;
    const absl::string_view text = tree_[child].text.substr(0, kScriptMax);
    for (const absl::string_view name :
         {"\"datePublished", "\"publish", "\"pubDate", "\"firstPublished"}) {
      int tries = 8;
      for (size_t at = text.find(name);
           at != absl::string_view::npos && tries > 0;
           at = text.find(name, at + 1), --tries) {
        absl::string_view rest = text.substr(at + 1);
        rest = rest.substr(std::min(rest.find('"'), rest.size()));
        if (!absl::StartsWith(rest, "\":")) continue;
        rest = absl::StripLeadingAsciiWhitespace(rest.substr(2));
        if (!absl::ConsumePrefix(&rest, "\"")) continue;
        const absl::string_view value = rest.substr(0, rest.find('"'));
        if (value.size() < 10 || value.size() > 40 || value[4] != '-') continue;
        found[kScripted] = Parse(value, zone_);
        if (found[kScripted].has_value()) return;
      }
    }
  }

  void Element(HtmlNodeId id, uint32_t words) {
    const HtmlTag tag = tree_[id].tag;
    const bool dated = (words & kClassDate) != 0;
    const absl::string_view property = tree_.Attribute(id, "itemprop");
    if (ContainsIgnoreCase(property, "datepublished") ||
        ContainsIgnoreCase(property, "datecreated") ||
        ContainsIgnoreCase(tree_.Attribute(id, "property"), "datepublished")) {
      Take(id, kMarked);
    } else if (ContainsIgnoreCase(property, "datemodified")) {
      Take(id, kMarkedModified);
    } else if (tag == HtmlTag::kTime) {
      absl::string_view pubdate;
      const bool marked =
          FindHtmlAttribute(tree_.AttributesOf(id), "pubdate", pubdate) ||
          dated;
      const bool updated =
          ContainsIgnoreCase(tree_.Attribute(id, "class"), "updated") ||
          ContainsIgnoreCase(tree_.Attribute(id, "class"), "modified");
      Take(id, updated ? kMarkedModified : marked ? kMarked : kTime);
    } else if (dated || (words & kClassByline) != 0 ||
               !tree_.Attribute(id, "datetime").empty()) {
      Take(id, dated && tag == HtmlTag::kAbbr ? kMarked : kNamed);
    }
  }

  void Take(HtmlNodeId id, Rank rank) {
    if (found[rank].has_value()) return;
    for (const absl::string_view name :
         {"content", "datetime", "data-datetime", "data-time", "title"}) {
      std::string value;
      AppendDecodedHtml(tree_.Attribute(id, name), true, value);
      found[rank] = Parse(value, zone_);
      if (found[rank].has_value()) return;
    }
    const std::string line = HtmlNodeLine(tree_, id);
    if (line.size() <= kDateTextMax) found[rank] = Parse(line, zone_);
  }

  const HtmlTree& tree_;
  const absl::TimeZone& zone_;
  int near_left_ = 0;  // texts that may still be next to the heading
};

// "07/11" or "7/1" at byte `at`, with `mark` between them.
std::optional<ParsedTime> MarkedDay(absl::string_view url, size_t at, int year,
                                    char mark) {
  for (const size_t width : {size_t{2}, size_t{1}}) {
    const size_t end = at + width;
    if (end >= url.size() || url[end] != mark) continue;
    const int long_day = Digits(url, end + 1, 2);
    const int day = long_day > 0 ? long_day : Digits(url, end + 1, 1);
    const auto time = Day(year, Digits(url, at, width), day);
    if (time.has_value()) return time;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ParsedTime> DateOfUrl(absl::string_view url) {
  const size_t scheme = url.find("://");
  const size_t path =
      url.find('/', scheme == absl::string_view::npos ? 0 : scheme + 3);
  if (path == absl::string_view::npos) return std::nullopt;
  url.remove_prefix(path);
  for (size_t i = 0; i + 8 < url.size(); ++i) {
    if (absl::ascii_isdigit(static_cast<uint8_t>(url[i]))) continue;
    const int year = Digits(url, i + 1, 4);
    if (year < 0) continue;
    // A separator, or none at all.
    const char mark = url[i + 5];
    std::optional<ParsedTime> time;
    if (mark == '/' || mark == '-' || mark == '_') {
      time = MarkedDay(url, i + 6, year, mark);
    } else if (Digits(url, i + 1, 8) > 0 && Digits(url, i + 9, 1) < 0) {
      time = Day(year, Digits(url, i + 5, 2), Digits(url, i + 7, 2));
    }
    if (time.has_value()) return time;
  }
  return std::nullopt;
}

HtmlDates FindHtmlDates(const HtmlTree& tree, const HtmlMetadata& metadata,
                        absl::string_view url, const absl::TimeZone& zone) {
  HtmlDates dates;
  const auto take = [&dates](const std::optional<ParsedTime>& time,
                             absl::string_view from) {
    if (dates.published.has_value() || !time.has_value()) return;
    dates.published = time;
    dates.published_from = from;
  };
  take(Parse(metadata.linked.published, zone), "JSON-LD");
  take(Parse(metadata.published, zone), "<meta>");
  dates.updated = Parse(metadata.linked.modified, zone);
  if (!dates.updated) dates.updated = Parse(metadata.modified, zone);
  if (dates.published.has_value()) return dates;
  DateSearch search(tree, zone);
  search.Run();
  const std::optional<ParsedTime> day = DateOfUrl(url);
  take(search.found[kMarked], kRankNames[kMarked]);
  if (!dates.updated) dates.updated = search.found[kMarkedModified];
  for (const Rank rank : {kTime, kNamed, kNear, kScripted}) {
    if (dates.published.has_value()) break;
    // The URL is right, but does not know the hour.
    if (!day || (search.found[rank] && SameDay(*day, *search.found[rank]))) {
      take(search.found[rank], kRankNames[rank]);
    }
  }
  take(day, "the url");
  take(dates.updated, "the time of the last change");
  return dates;
}

}  // namespace wiredesk
