// Web pages: the article in them, and what they say about it.
//
// Tested by html_page_test.cc and html_fuzz.cc, and on collections of pages
// with known text where these are at hand.

#ifndef WIREDESK_STAGES_PARSE_PAGE_PAGE_H_
#define WIREDESK_STAGES_PARSE_PAGE_PAGE_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

// A ParseFunction. `bytes` are UTF-8 (charset.h). Gives one article, or the
// error kNotAnArticle for pages that only stand in front of one.
void ParseHtmlPage(absl::string_view bytes, const ParseContext& context,
                   std::vector<ArticleDraft>& drafts, ParseReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PAGE_PAGE_H_
