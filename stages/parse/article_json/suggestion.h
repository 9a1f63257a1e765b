// A mapping for documents of one shape, out of what was read from examples.
//
// What the parser found is written down as it stands, so that a later release
// reads the same. Where most articles lack a headline, a body, a time or an
// address, what was left over is put there by its looks: the only shape of a
// value that says so. Such lines are marked as guesses: a person decides.
//
// Linear in what was traced, but for a sort of the pointers.
//
// Tested by parse_command_test.cc.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_SUGGESTION_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_SUGGESTION_H_

#include <string>

#include "absl/types/span.h"
#include "stages/parse/draft/parse_trace.h"

namespace wiredesk {

// YAML with parse.json_fields, to be laid over a configuration. REQUIRES: one
// article or more, all with pointers.
std::string SuggestMapping(absl::Span<const ArticleTrace> articles);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_SUGGESTION_H_
