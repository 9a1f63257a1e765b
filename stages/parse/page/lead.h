// The lead of an article that stands outside of the block with its text: below
// the heading, above the block, often in a header of its own.
//
// By structure, in no language: a paragraph or a lesser heading that says a
// sentence, between the heading and the first text of the block, outside of
// lists, figures, menus and forms. Where many such paragraphs stand there, they
// are something else, and none is taken.
//
// Linear in the paragraphs times the depth of the page, which is bounded.
//
// Tested by html_page_test.cc.

#ifndef WIREDESK_STAGES_PARSE_PAGE_LEAD_H_
#define WIREDESK_STAGES_PARSE_PAGE_LEAD_H_

#include <vector>

#include "stages/parse/html/tree.h"
#include "stages/parse/page/measure.h"

namespace wiredesk {

// Those of `paragraphs`, which are in page order, that are the lead of the
// article in `parts`. `heading` is the element that repeats the title;
// kNoHtmlNode: there is none, and no lead.
std::vector<HtmlNodeId> FindHtmlLead(const HtmlTree& tree,
                                     const HtmlMeasures& measures,
                                     const std::vector<HtmlNodeId>& paragraphs,
                                     HtmlNodeId heading,
                                     const std::vector<HtmlNodeId>& parts);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PAGE_LEAD_H_
