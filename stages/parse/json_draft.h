// One JSON object as the draft of an article.

#ifndef WIREDESK_STAGES_PARSE_JSON_DRAFT_H_
#define WIREDESK_STAGES_PARSE_JSON_DRAFT_H_

#include <simdjson.h>

#include "stages/parse/article_draft.h"

namespace wiredesk {

// Reads `object` by context.json_mapping. Text is copied to the arena, so the
// draft outlives the JSON. A field of an unexpected type counts as absent, and
// so do null and "". Takes ninjs (roles, "body_*") and JSON Feed items, too.
ArticleDraft ReadJsonDraft(simdjson::dom::object object,
                           const ParseContext& context);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_JSON_DRAFT_H_
