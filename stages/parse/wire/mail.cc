#include "stages/parse/wire/mail.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "stages/parse/draft/byline.h"
#include "stages/parse/html/text.h"
#include "stages/parse/wire/mime.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

constexpr size_t kMailHeadMax = 16 << 10;
constexpr int kKnownMin = 2;  // headers of a mail that must be there

constexpr absl::string_view kMailHeaders[] = {
    "from",     "to",          "subject",      "date",
    "received", "return-path", "mime-version", "message-id"};

bool IsHeaderName(absl::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '-' || c == '_';
         });
}

absl::string_view WithoutMailboxLine(absl::string_view bytes) {
  if (!absl::StartsWith(bytes, "From ")) return bytes;
  const size_t end = bytes.find('\n');
  return end == absl::string_view::npos ? bytes : bytes.substr(end + 1);
}

class MailReader {
 public:
  explicit MailReader(const ParseContext& context) : context_(context) {}

  ArticleDraft Read(const MimePart& message) {
    const absl::string_view headers = message.headers;
    ArticleDraft draft;
    draft.headline = Line(DecodeMimeWords(MimeHeader(headers, "subject")));
    const std::string id = MimeHeader(headers, "message-id");
    draft.guid = Line(absl::StripSuffix(absl::StripPrefix(id, "<"), ">"));
    draft.published = ParseTime(MimeHeader(headers, "date"), context_.zone);
    draft.declared_language = Line(MimeHeader(headers, "content-language"));
    const std::string from = DecodeMimeWords(MimeHeader(headers, "from"));
    std::vector<std::string> names;
    AppendBylineNames(from, names);
    if (!names.empty()) {
      draft.provider.name =
          Line(absl::StripSuffix(absl::StripPrefix(names[0], "\""), "\""));
    }
    draft.provider.domain = Line(DomainOfAddress(from));
    draft.body = Body(message);
    return draft;
  }

 private:
  absl::string_view Line(absl::string_view text) {
    return DraftLine(text, context_);
  }

  absl::string_view Body(const MimePart& message) {
    MimeTexts texts = ReadMimeTexts(message);
    std::string html;
    if (!texts.html.empty()) AppendHtmlText(texts.html, html);
    // Of newsletters, the plain part often says no more than where to read.
    const std::string& text =
        2 * texts.plain.size() < html.size() ? html : texts.plain;
    return CopyText(
        Truncate(CleanText(text, TextShape::kParagraphs, context_.arena),
                 context_.limits.body_bytes_max),
        context_.arena);
  }

  static std::string DomainOfAddress(absl::string_view from) {
    const size_t at = from.rfind('@');
    if (at == absl::string_view::npos) return {};
    absl::string_view domain = from.substr(at + 1);
    domain = domain.substr(0, domain.find_first_of("> ,;)\""));
    return absl::AsciiStrToLower(domain);
  }

  const ParseContext& context_;
};

}  // namespace

bool LooksLikeMail(absl::string_view bytes) {
  bytes = WithoutMailboxLine(bytes).substr(0, kMailHeadMax);
  int known = 0;
  bool sender = false;
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size());
    const absl::string_view line =
        absl::StripTrailingAsciiWhitespace(bytes.substr(at, end - at));
    at = end + 1;
    if (line.empty()) break;
    if (line[0] == ' ' || line[0] == '\t') continue;
    const size_t colon = line.find(':');
    const absl::string_view name = line.substr(0, colon);
    if (colon == absl::string_view::npos || !IsHeaderName(name)) return false;
    for (const absl::string_view header : kMailHeaders) {
      if (absl::EqualsIgnoreCase(name, header)) ++known;
    }
    sender |= absl::EqualsIgnoreCase(name, "from") ||
              absl::EqualsIgnoreCase(name, "message-id");
  }
  return sender && known >= kKnownMin;
}

void ParseMail(absl::string_view bytes, const ParseContext& context,
               std::vector<ArticleDraft>& drafts, ParseReport& report) {
  const MimePart message = SplitMimePart(WithoutMailboxLine(bytes));
  if (message.headers.empty()) {
    report.Add(ParseReason::kNoArticle, "a mail without headers");
    return;
  }
  drafts.push_back(MailReader(context).Read(message));
}

}  // namespace wiredesk
