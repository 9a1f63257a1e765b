#include "stages/parse/draft/article_draft.h"

#include "stages/text/unicode.h"

namespace wiredesk {

absl::string_view ParseReasonName(ParseReason reason) {
  switch (reason) {
    case ParseReason::kEmpty:
      return "empty";
    case ParseReason::kTooLarge:
      return "too_large";
    case ParseReason::kNotUtf8:
      return "not_utf8";
    case ParseReason::kNotJson:
      return "not_json";
    case ParseReason::kNotXml:
      return "not_xml";
    case ParseReason::kTooDeep:
      return "too_deep";
    case ParseReason::kTooMany:
      return "too_many";
    case ParseReason::kNoArticle:
      return "no_article";
    case ParseReason::kNoText:
      return "no_text";
    case ParseReason::kNotAnArticle:
      return "not_an_article";
    case ParseReason::kUnsupported:
      return "unsupported";
    case ParseReason::kBadPacking:
      return "bad_packing";
    case ParseReason::kBadItem:
      return "bad_item";
    case ParseReason::kTooCostly:
      return "too_costly";
  }
  return "no_article";
}

absl::string_view DraftLine(absl::string_view text,
                            const ParseContext& context) {
  const absl::string_view line =
      CleanText(text, TextShape::kLine, context.arena);
  return CopyText(Truncate(line, context.limits.headline_bytes_max),
                  context.arena);
}

}  // namespace wiredesk
