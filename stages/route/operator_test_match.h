#ifndef WIREDESK_STAGES_ROUTE_OPERATOR_TEST_MATCH_H_
#define WIREDESK_STAGES_ROUTE_OPERATOR_TEST_MATCH_H_

#include <string>

#include "absl/strings/string_view.h"
#include "config/config_node.h"

namespace wiredesk {

// Whether what stands at `pointer` (RFC 6901, "/topics/0/slug") of a JSON
// document is what a test file says: texts as they are, numbers by value,
// lists item by item; of a mapping only the fields that are named. `found`
// receives what stands there, as JSON, or "nothing".
bool MatchesJson(absl::string_view json, absl::string_view pointer,
                 const ConfigNode& expected, std::string& found);

// An article of a test file as the JSON that a feed would send.
std::string ArticleJson(const ConfigNode& article);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_OPERATOR_TEST_MATCH_H_
