// An explanation for a browser.

#ifndef WIREDESK_STAGES_TAG_EXPLAIN_PAGE_H_
#define WIREDESK_STAGES_TAG_EXPLAIN_PAGE_H_

#include <string>

#include "stages/tag/explain/explanation.h"

namespace wiredesk {

// One page that needs nothing else: the text with what was found marked, and
// next to it the decisions; either leads to the other. All text is escaped.
std::string ExplainAsPage(const Explanation& explanation);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EXPLAIN_PAGE_H_
