// Character references of HTML ("&eacute;", "&#8217;", "&#x201D;") as bytes.

#ifndef WIREDESK_STAGES_PARSE_HTML_ENTITIES_H_
#define WIREDESK_STAGES_PARSE_HTML_ENTITIES_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

// The generated table; read only by entities.cc.
extern const char kHtmlEntityNames[];

// Decodes the reference at the head of `text`, whose first byte is '&', and
// appends it as UTF-8. Returns the bytes of `text` that it took, or 0 (and
// appends nothing) where this is not a reference and the '&' stands for itself.
// Follows the HTML standard: windows-1252 meaning of 128 to 159, U+FFFD for
// what is not a character; in an attribute "&copy=" stays as it is. Two
// references to the halves of a surrogate pair are taken together, as some
// feeds have it.
size_t DecodeHtmlReference(absl::string_view text, bool in_attribute,
                           std::string& out);

// Appends `text` with all of its references decoded, once.
void AppendDecodedHtml(absl::string_view text, bool in_attribute,
                       std::string& out);

// Appends a code point as UTF-8. REQUIRES: a Unicode scalar value
void AppendUtf8(uint32_t code_point, std::string& out);

// The replacement of a name without '&' and ';', or empty where none is known.
absl::string_view FindHtmlEntity(absl::string_view name);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_HTML_ENTITIES_H_
