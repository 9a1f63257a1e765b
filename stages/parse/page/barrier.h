// Pages that stand where an article should: log in, accept cookies, not found.

#ifndef WIREDESK_STAGES_PARSE_PAGE_BARRIER_H_
#define WIREDESK_STAGES_PARSE_PAGE_BARRIER_H_

#include "absl/strings/string_view.h"
#include "stages/parse/page/metadata.h"

namespace wiredesk {

// Why this page is not an article ("error page", "login wall", "consent page",
// "no text"), or empty where it may be one. `text` is the main text that was
// found. What is said about itself by a long text is never held against it.
// `in_article`: it stands in an <article>, so that a line is enough of it.
absl::string_view FindHtmlBarrier(const HtmlMetadata& metadata,
                                  absl::string_view text, bool in_article);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PAGE_BARRIER_H_
