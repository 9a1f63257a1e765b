// One JSON object as the draft of an article.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_DRAFT_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_DRAFT_H_

#include "stages/parse/draft/article_draft.h"
#include "stages/parse/json/document.h"

namespace wiredesk {

// Reads `object` by context.json_mapping. Text stands in the arena or the
// input, so the draft outlives the tree. A field of an unexpected type counts
// as absent, and so do null and "". Takes ninjs (roles, "body_*") and JSON Feed
// items, too. What looked like news and was not used goes to `report`; where
// each field came from to the context's trace, in pointers below `object`.
ArticleDraft ReadJsonDraft(JsonValue object, bool itself,
                           const ParseContext& context, ParseReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_DRAFT_H_
