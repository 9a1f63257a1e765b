// Articles in JSON: alone, in lists, in the envelopes of news interfaces, one a
// line, in CloudEvents; ninjs and JSON Feed among them.
//
// Tested by json_article_test.cc and json_article_fuzz.cc, and on JSONTestSuite
// and the examples of ninjs where these are at hand.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_ARTICLE_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_ARTICLE_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"
#include "stages/parse/json/document.h"

namespace wiredesk {

// A ParseFunction. Takes any bytes. A document is read whole or not at all,
// except that of several lines each stands for itself.
void ParseJson(absl::string_view bytes, const ParseContext& context,
               std::vector<ArticleDraft>& drafts, ParseReport& report);

// The articles of a tree that is parsed already, of JSON or of what says the
// same. Texts of the tree live as long as the arena.
void ReadJsonArticles(JsonValue root, const ParseContext& context,
                      std::vector<ArticleDraft>& drafts, ParseReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_ARTICLE_H_
