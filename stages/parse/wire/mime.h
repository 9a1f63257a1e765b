// Mail by RFC 5322 and MIME (RFC 2045-2047): headers, parts, their encodings and
// charsets. Written here because what comes is small and hostile: nesting and the
// number of parts are bounded, nothing is kept but views and decoded text.
//
// Linear in the bytes for each level of nesting.
//
// Tested by wire_test.cc and wire_fuzz.cc.

#ifndef WIREDESK_STAGES_PARSE_WIRE_MIME_H_
#define WIREDESK_STAGES_PARSE_WIRE_MIME_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

// A message or one of its parts: views of the bytes.
struct MimePart {
  absl::string_view headers;
  absl::string_view body;
};

// Parts at the first empty line.
MimePart SplitMimePart(absl::string_view bytes);

// The value of the first header so called, in any case: unfolded, on one line,
// not decoded. Empty where it is absent.
std::string MimeHeader(absl::string_view headers, absl::string_view name);

// A parameter of a header's value: "charset" of "text/plain; charset=utf-8".
std::string MimeParameter(absl::string_view value, absl::string_view name);

// A header's value with its encoded words (=?utf-8?q?…?=) as UTF-8.
std::string DecodeMimeWords(absl::string_view value);

// The texts of a message, in UTF-8.
struct MimeTexts {
  std::string plain;
  std::string html;
};
MimeTexts ReadMimeTexts(const MimePart& message);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_WIRE_MIME_H_
