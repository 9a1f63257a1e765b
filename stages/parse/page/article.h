// Finds the article in a page.
//
// Every paragraph with something to say gives points to what it stands in, the
// nearest most (its commas and its length count); links take points away. The
// element with most points, widened to parents and neighbours that score
// alike, is the article; then each part of it that looks like a list of links,
// a form or a teaser is taken out. Where little is left, it is tried again with
// a lighter hand. The idea is Arc90's readability, and so are most of the
// constants, which years of use in browsers have settled.
//
// Departures: sums are kept per element (measure.h), so that a page of n
// nodes costs O(n * depth) and not the square; class names are looked up by an
// automaton; and the byline and a heading that repeats the title never count as
// text. A lead above the block belongs to it (lead.h), and what stands in
// <noscript> is read where nothing else is there.
//
// Tested by html_page_test.cc; measured on readability's own pages and on
// the article extraction benchmark.

#ifndef WIREDESK_STAGES_PARSE_PAGE_ARTICLE_H_
#define WIREDESK_STAGES_PARSE_PAGE_ARTICLE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/html/tree.h"

namespace wiredesk {

struct HtmlArticle {
  std::string text;  // paragraphs; empty where there is no article
  std::vector<std::string> bylines;  // as they stand next to the text
  bool in_article = false;           // in an <article>
};

// `title` is the headline if it is known. The tree itself is left as it is.
HtmlArticle FindHtmlArticle(const HtmlTree& tree, absl::string_view title);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PAGE_ARTICLE_H_
