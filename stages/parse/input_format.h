// Which format some bytes are in.

#ifndef WIREDESK_STAGES_PARSE_INPUT_FORMAT_H_
#define WIREDESK_STAGES_PARSE_INPUT_FORMAT_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

enum class InputFormat : uint8_t {
  kAuto,  // not known yet
  kJson,
  kFeed,    // RSS, RDF, Atom, news sitemaps
  kNewsMl,  // NewsML-G2 and 1.x
  kNitf,
  kXml,   // of no format with a name
  kWire,  // IPTC 7901, ANPA 1312
  kMail,
  kHtml,
  kText,
  kUnknown
};

// By the bytes, which are text in UTF-8 or a superset of ASCII, and where these
// leave it open by the content type. Bytes win: content types are often wrong.
InputFormat DetectFormat(absl::string_view bytes,
                         absl::string_view content_type);

// The parser of a format; nullptr for kAuto and kUnknown.
ParseFunction ParserOf(InputFormat format);

// A ParseNestedFunction over all formats that this file knows.
bool ParseUnlessJson(absl::string_view bytes, const ParseContext& context,
                     std::vector<ArticleDraft>& drafts, ParseReport& report);

// Plain text: the first line is the headline where it is short and stands
// alone, the rest is the body.
void ParsePlainText(absl::string_view bytes, const ParseContext& context,
                    std::vector<ArticleDraft>& drafts, ParseReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_INPUT_FORMAT_H_
