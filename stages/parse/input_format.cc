#include "stages/parse/input_format.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "stages/parse/article_json/article.h"
#include "stages/parse/article_json/plain_xml.h"
#include "stages/parse/bytes/charset.h"
#include "stages/parse/feed/feed.h"
#include "stages/parse/newsml/newsml.h"
#include "stages/parse/newsml/nitf.h"
#include "stages/parse/page/page.h"
#include "stages/parse/wire/anpa_1312.h"
#include "stages/parse/wire/iptc_7901.h"
#include "stages/parse/wire/mail.h"
#include "stages/parse/xml/sniff.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

constexpr size_t kHeadlineMax = 300;

void ParseWire(absl::string_view bytes, const ParseContext& context,
               std::vector<ArticleDraft>& drafts, ParseReport& report) {
  if (LooksLikeAnpa1312(bytes)) {
    ParseAnpa1312(bytes, context, drafts, report);
  } else {
    ParseIptc7901(bytes, context, drafts, report);
  }
}

bool TypeIs(absl::string_view content_type, absl::string_view part) {
  return absl::StrContains(absl::AsciiStrToLower(content_type), part);
}

}  // namespace

InputFormat DetectFormat(absl::string_view bytes,
                         absl::string_view content_type) {
  absl::ConsumePrefix(&bytes, "\xEF\xBB\xBF");
  const absl::string_view text = absl::StripLeadingAsciiWhitespace(bytes);
  if (text.empty()) return InputFormat::kUnknown;
  if (text[0] == '{' || text[0] == '[') return InputFormat::kJson;
  if (LooksLikeIptc7901(text) || LooksLikeAnpa1312(text)) {
    return InputFormat::kWire;
  }
  if (LooksLikeMail(text)) return InputFormat::kMail;
  if (LooksLikeNewsMl(text)) return InputFormat::kNewsMl;
  if (LooksLikeNitf(text)) return InputFormat::kNitf;
  if (LooksLikeXmlFeed(text)) return InputFormat::kFeed;
  if (LooksLikeHtml(text)) return InputFormat::kHtml;
  if (TypeIs(content_type, "json")) return InputFormat::kJson;
  if (TypeIs(content_type, "html")) return InputFormat::kHtml;
  if (TypeIs(content_type, "rss") || TypeIs(content_type, "atom")) {
    return InputFormat::kFeed;
  }
  if (TypeIs(content_type, "xml")) return InputFormat::kXml;
  if (TypeIs(content_type, "text/plain")) return InputFormat::kText;
  if (text[0] == '<') return InputFormat::kXml;
  return InputFormat::kUnknown;
}

void ParsePlainText(absl::string_view bytes, const ParseContext& context,
                    std::vector<ArticleDraft>& drafts, ParseReport&) {
  const absl::string_view text =
      CleanText(bytes, TextShape::kParagraphs, context.arena);
  if (text.empty()) return;
  ArticleDraft draft;
  const size_t end = text.find("\n");
  const bool titled = end != absl::string_view::npos && end <= kHeadlineMax &&
                      text.substr(end, 2) == "\n\n";
  if (titled) draft.headline = text.substr(0, end);
  draft.body = Truncate(titled ? text.substr(end + 2) : text,
                        context.limits.body_bytes_max);
  draft.url = context.url;
  drafts.push_back(draft);
}

bool ParseUnlessJson(absl::string_view bytes, const ParseContext& context,
                     std::vector<ArticleDraft>& drafts, ParseReport& report) {
  const InputFormat format = DetectFormat(bytes, context.content_type);
  const ParseFunction parser = ParserOf(format);
  if (format == InputFormat::kJson || parser == nullptr) return false;
  std::string storage;
  const Utf8Text decoded =
      DecodeToUtf8(bytes, CharsetOfContentType(context.content_type), storage);
  report.malformed |= decoded.repaired;
  parser(CopyText(decoded.text, context.arena), context, drafts, report);
  return true;
}

ParseFunction ParserOf(InputFormat format) {
  switch (format) {
    case InputFormat::kJson:
      return &ParseJson;
    case InputFormat::kFeed:
      return &ParseXmlFeed;
    case InputFormat::kNewsMl:
      return &ParseNewsMl;
    case InputFormat::kNitf:
      return &ParseNitf;
    case InputFormat::kXml:
      return &ParsePlainXml;
    case InputFormat::kWire:
      return &ParseWire;
    case InputFormat::kMail:
      return &ParseMail;
    case InputFormat::kHtml:
      return &ParseHtmlPage;
    case InputFormat::kText:
      return &ParsePlainText;
    case InputFormat::kAuto:
    case InputFormat::kUnknown:
      break;
  }
  return nullptr;
}

}  // namespace wiredesk
