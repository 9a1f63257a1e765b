// The tokens of JSON that carry a value: strings and numbers, as RFC 8259 has
// them.
//
// Tested by json_document_test.cc.

#ifndef WIREDESK_STAGES_PARSE_JSON_TOKEN_H_
#define WIREDESK_STAGES_PARSE_JSON_TOKEN_H_

#include <memory_resource>
#include <optional>

#include "absl/strings/string_view.h"

namespace wiredesk {

bool IsJsonNumber(absl::string_view text);

// What stands between the quotes of a string, unescaped: a view of `inside`
// where that has no escapes, else of the arena, at most a byte for each.
// nullopt where an escape is none. `mended` is set where half of a surrogate
// pair became U+FFFD.
std::optional<absl::string_view> UnescapeJsonString(
    absl::string_view inside, std::pmr::memory_resource* arena, bool& mended);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_JSON_TOKEN_H_
