// What people, publishers and subjects are called, in the objects that are about
// them.
//
// Tested by json_article_test.cc.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_NAMES_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_NAMES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"
#include "stages/parse/json/document.h"

namespace wiredesk {

// Appends the names of the authors in `value`: text, an object, lists of both. Of
// an object the line as printed comes before the name, the name before its two
// halves, these before people in it, and the name of an account last.
void AppendAuthors(JsonValue value, const ParseContext& context,
                   std::vector<std::string>& names);

// What is known of a publisher: text, an address, or an object.
struct JsonPublisher {
  absl::string_view name;
  absl::string_view site;  // a domain or an address
  absl::string_view country;
};
JsonPublisher PublisherOf(JsonValue value);

// Appends the names of categories in `value`, each once: text, parted at bars,
// semicolons and commas; objects by their value, else their name; boxes of them.
void AppendCategories(JsonValue value, const ParseContext& context,
                      std::vector<absl::string_view>& names);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_NAMES_H_
