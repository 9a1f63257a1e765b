// JSON as a tree that is valid throughout.
//
// simdjson's On-Demand interface leaves unread what nobody asks for, so a fault
// in a skipped value would pass unseen. Its DOM interface checks every byte and
// is no slower here (900 to 1,005 MB/s against 841 for four fields of an
// article on one machine), so the DOM is what this uses.
//
// Lone halves of surrogate pairs, which truncating sources produce, become
// U+FFFD and bytes that are not UTF-8 are decoded; both are counted as faults
// that were mended. Every other fault refuses the document.

#ifndef WIREDESK_STAGES_PARSE_JSON_DOCUMENT_H_
#define WIREDESK_STAGES_PARSE_JSON_DOCUMENT_H_

#include <simdjson.h>

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "stages/parse/article_draft.h"

namespace wiredesk {

// Owns the tree that it parsed last, and reuses its memory. Not thread-safe.
class JsonDocument {
 public:
  // The root, valid until the next call; nullopt, with `error` set, where
  // `bytes` are no JSON. `mended` is set where they became JSON by mending.
  std::optional<simdjson::dom::element> Parse(absl::string_view bytes,
                                              const ParseContext& context,
                                              ParseError& error, bool& mended);

 private:
  simdjson::error_code TryParse(absl::string_view bytes, size_t depth_max,
                                simdjson::dom::element& root);

  simdjson::dom::parser parser_;
  std::string padded_;  // the input and the padding that simdjson reads into
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_JSON_DOCUMENT_H_
