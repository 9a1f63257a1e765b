// From bytes in any charset to UTF-8.
//
// What a document says of its charset is often wrong, so it is weighed, in the
// order: byte order mark, zero bytes of UTF-16 and UTF-32, the transport's
// charset, the declaration inside of the document, detection. Labels mean what
// browsers take them for: "iso-8859-1" and "us-ascii" are windows-1252,
// "gb2312" is gb18030. Two departures, both because feeds need them: bytes
// that are valid UTF-8 beyond doubt are UTF-8 whatever the label, and bad bytes
// within good UTF-8 are read as windows-1252 one by one.
//
// Tested by charset_test.cc.

#ifndef WIREDESK_STAGES_PARSE_BYTES_CHARSET_H_
#define WIREDESK_STAGES_PARSE_BYTES_CHARSET_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

struct Utf8Text {
  absl::string_view text;  // without byte order mark; views input or storage
  std::string charset;     // that was used, in lower case: "utf-8"
  bool repaired = false;   // there were bytes that the charset does not have
};

// Decodes `bytes`. `transport_charset` comes from a content-type header, or is
// empty. The text views `bytes` where these are UTF-8 already, and otherwise
// `storage`, at most 3 bytes for one. Never fails: what cannot be decoded
// becomes U+FFFD.
Utf8Text DecodeToUtf8(absl::string_view bytes,
                      absl::string_view transport_charset,
                      std::string& storage);

// The charset parameter of a content-type ("text/html; charset=utf-8"), or
// empty.
absl::string_view CharsetOfContentType(absl::string_view content_type);

// The charset that the head of a document declares, in an XML declaration or
// an HTML <meta>; empty where it has none.
absl::string_view DeclaredCharset(absl::string_view bytes);

// The charset that browsers mean by a label, in lower case; empty where the
// label is not known to them or not safe to use (UTF-7).
std::string CharsetOfLabel(absl::string_view label);

bool IsValidUtf8(absl::string_view text);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_BYTES_CHARSET_H_
