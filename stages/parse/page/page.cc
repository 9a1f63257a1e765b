#include "stages/parse/page/page.h"

#include <string>

#include "absl/strings/match.h"
#include "stages/parse/draft/byline.h"
#include "stages/parse/html/text.h"
#include "stages/parse/html/tree.h"
#include "stages/parse/page/article.h"
#include "stages/parse/page/barrier.h"
#include "stages/parse/page/dates.h"
#include "stages/parse/page/metadata.h"
#include "stages/parse/url/url.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

// Text for the draft, in the arena.
class DraftText {
 public:
  explicit DraftText(const ParseContext& context) : context_(context) {}

  absl::string_view Line(absl::string_view text) const {
    return Clean(text, TextShape::kLine, context_.limits.headline_bytes_max);
  }
  absl::string_view Body(absl::string_view text) const {
    return Clean(text, TextShape::kParagraphs, context_.limits.body_bytes_max);
  }
  absl::Span<const absl::string_view> Lines(
      const std::vector<std::string>& texts) const {
    std::vector<absl::string_view> lines;
    for (const std::string& text : texts) {
      if (lines.size() >= context_.limits.list_items_max) break;
      const absl::string_view line = Line(text);
      if (!line.empty()) lines.push_back(line);
    }
    return CopyItems(lines, context_.arena);
  }

 private:
  absl::string_view Clean(absl::string_view text, TextShape shape,
                          size_t bytes_max) const {
    const absl::string_view clean = CleanText(text, shape, context_.arena);
    return CopyText(Truncate(clean, bytes_max), context_.arena);
  }

  const ParseContext& context_;
};

// JSON-LD's articleBody is the article where the search found much less of it,
// as on pages that a script fills.
std::string MainText(const HtmlMetadata& metadata, std::string found) {
  if (metadata.linked.body.size() / 2 < found.size()) return found;
  std::string body;
  AppendHtmlText(metadata.linked.body, body);
  return body.size() / 2 > found.size() ? body : found;
}

void TraceFields(const HtmlMetadata& metadata, const HtmlDates& dates,
                 const ArticleDraft& draft, ParseTrace& trace) {
  trace.Field("headline", metadata.headline_from);
  trace.Field("body", "the main text");
  if (!draft.summary.empty()) trace.Field("summary", "<meta> or JSON-LD");
  trace.Field("published_at", dates.published_from);
  if (!draft.canonical_link.empty()) trace.Field("canonical_url", "<link>");
  if (!draft.byline.empty()) {
    trace.Field("byline", metadata.authors.empty()
                              ? "the byline next to the text"
                              : "<meta> or JSON-LD");
  }
  trace.End(draft.item);
}

}  // namespace

void ParseHtmlPage(absl::string_view bytes, const ParseContext& context,
                   std::vector<ArticleDraft>& drafts, ParseReport& report) {
  const HtmlTree tree(bytes);
  const HtmlMetadata metadata = ReadHtmlMetadata(tree, context.url);
  HtmlArticle article = FindHtmlArticle(tree, metadata.headline);
  const std::string body = MainText(metadata, std::move(article.text));
  const absl::string_view barrier =
      FindHtmlBarrier(metadata, body, article.in_article);
  if (!barrier.empty()) {
    report.Add(ParseReason::kNotAnArticle, barrier);
    return;
  }
  const DraftText text(context);
  ArticleDraft draft;
  draft.headline = text.Line(metadata.headline);
  draft.summary = text.Line(metadata.description);
  draft.body = text.Body(body);
  const std::string base = metadata.base.empty()
                               ? std::string(context.url)
                               : ResolveUrl(context.url, metadata.base);
  const std::string canonical = ResolveUrl(base, metadata.canonical);
  if (IsWebUrl(canonical)) draft.canonical_link = text.Line(canonical);
  draft.url = context.url.empty() ? draft.canonical_link : context.url;
  std::vector<std::string> authors = metadata.authors;
  if (authors.empty()) {
    for (const std::string& byline : article.bylines) {
      AppendBylineNames(byline, authors);
    }
  }
  draft.byline = text.Lines(authors);
  draft.provider.name = text.Line(metadata.site_name);
  draft.declared_language = text.Line(metadata.language);
  draft.categories = text.Lines(metadata.keywords);
  const absl::TimeZone zone =
      context.has_zone ? context.zone : absl::UTCTimeZone();
  const HtmlDates dates =
      FindHtmlDates(tree, metadata,
                    draft.url.empty() ? draft.canonical_link : draft.url, zone);
  draft.published = dates.published;
  draft.updated = dates.updated;
  if (context.trace != nullptr) {
    TraceFields(metadata, dates, draft, *context.trace);
  }
  drafts.push_back(draft);
}

}  // namespace wiredesk
