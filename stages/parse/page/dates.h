// When the article of a page was published.

#ifndef WIREDESK_STAGES_PARSE_PAGE_DATES_H_
#define WIREDESK_STAGES_PARSE_PAGE_DATES_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "stages/parse/html/tree.h"
#include "stages/parse/page/metadata.h"
#include "stages/parse/time/feed_time.h"

namespace wiredesk {

struct HtmlDates {
  std::optional<ParsedTime> published;
  std::optional<ParsedTime> updated;
  absl::string_view published_from;  // a literal: "<meta>", "<time>"
};

// In the order of trust: JSON-LD, <meta>, what is marked up as the date of
// publication, the date in the URL, <time>, and text in elements that are
// called a date. Never what lies in comments, asides and the like, and never a
// year before 1990: such dates are what the article is about.
HtmlDates FindHtmlDates(const HtmlTree& tree, const HtmlMetadata& metadata,
                        absl::string_view url, const absl::TimeZone& zone);

// The day in a path like "/2024/07/11/" or "/20240711-title".
std::optional<ParsedTime> DateOfUrl(absl::string_view url);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PAGE_DATES_H_
