// Whether a text is HTML or plain, where nothing but the text itself tells.

#ifndef WIREDESK_STAGES_PARSE_HTML_MARKUP_SNIFF_H_
#define WIREDESK_STAGES_PARSE_HTML_MARKUP_SNIFF_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace wiredesk {

enum class TextMarkup : uint8_t {
  kNone,        // plain text, in which every '<' and '&' is meant
  kReferences,  // "R&amp;D": references, but no tags
  kTags         // HTML
};

TextMarkup SniffMarkup(absl::string_view text);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_HTML_MARKUP_SNIFF_H_
