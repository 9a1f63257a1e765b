// The headline of a page, out of what the page calls itself in several places.
//
// The visible heading is the headline where the page's title, or what it says to
// networks, agrees with it. Else these are cut: what stands behind or before a
// separator goes where it is proved to be the site (its own name, its domain);
// a bar or a double colon parts the site from the headline without more proof, a
// colon or a dash never does, since headlines hold them. A heading that leads to
// the home page is the site's logo: a name of the site, and no headline.
//
// Tested by html_page_test.cc.

#ifndef WIREDESK_STAGES_PARSE_PAGE_TITLE_H_
#define WIREDESK_STAGES_PARSE_PAGE_TITLE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

// All as plain text on one line; empty where the page does not say.
struct TitleSources {
  std::string linked;                 // JSON-LD
  std::string social;                 // og:title and the like
  std::string page_title;             // all of <title>
  std::vector<std::string> headings;  // <h1>, in page order; else <h2>
  std::vector<std::string> sites;     // names of the site, its host
};

struct PageHeadline {
  std::string text;
  absl::string_view from;  // a literal: "JSON-LD", "<h1>"
};

// Empty where nothing is a headline: "Untitled", "Home".
PageHeadline HeadlineOfPage(const TitleSources& sources);

// `title` without names of the site at its ends.
std::string WithoutSiteName(absl::string_view title,
                            const std::vector<std::string>& sites);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PAGE_TITLE_H_
