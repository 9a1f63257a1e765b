// An explanation for a terminal.

#ifndef WIREDESK_STAGES_TAG_EXPLAIN_TEXT_H_
#define WIREDESK_STAGES_TAG_EXPLAIN_TEXT_H_

#include <string>

#include "stages/tag/explain/explanation.h"

namespace wiredesk {

// The text, with what was found in colour or, without `color`, as it is; under
// it a line for each decision: what it is, its id and the reason, and below it
// what else it might have been.
std::string ExplainAsText(const Explanation& explanation, bool color);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EXPLAIN_TEXT_H_
