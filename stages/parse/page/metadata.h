// What a page says about itself outside of its text: JSON-LD, OpenGraph and
// other <meta>, <title>, <link rel=canonical>, <html lang>, headings and times.
//
// Tested by html_page_test.cc.

#ifndef WIREDESK_STAGES_PARSE_PAGE_METADATA_H_
#define WIREDESK_STAGES_PARSE_PAGE_METADATA_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"
#include "stages/parse/html/tree.h"
#include "stages/parse/page/json_ld.h"

namespace wiredesk {

// Plain text, one line each; empty where the page does not say.
struct HtmlMetadata {
  HtmlLinkedData linked;
  std::string headline;
  absl::string_view headline_from;  // a literal: "JSON-LD", "<h1>"
  std::string page_title;           // all of <title>
  std::string description;
  std::string site_name;
  std::string language;
  std::string canonical;  // as it stands, perhaps relative
  std::string base;       // <base href>
  std::string published;  // by <meta>, as it stands
  std::string modified;
  std::string type;  // og:type
  std::vector<std::string> authors;
  std::vector<std::string> keywords;
  bool asks_password = false;  // has a password field
};

// `url` is where the page was fetched, or empty.
HtmlMetadata ReadHtmlMetadata(const HtmlTree& tree, absl::string_view url);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PAGE_METADATA_H_
