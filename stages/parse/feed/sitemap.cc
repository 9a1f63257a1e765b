#include "stages/parse/feed/sitemap.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "stages/parse/html/text.h"
#include "stages/parse/xml/document.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

class SitemapReader {
 public:
  explicit SitemapReader(const ParseContext& context) : context_(context) {}

  ArticleDraft Read(pugi::xml_node url) {
    const pugi::xml_node news = XmlChild(url, "news");
    const pugi::xml_node publication = XmlChild(news, "publication");
    ArticleDraft draft;
    draft.url = Line(XmlChild(url, "loc"));
    draft.headline = Line(XmlChild(news, "title"));
    draft.provider.name = Line(XmlChild(publication, "name"));
    draft.declared_language = Line(XmlChild(publication, "language"));
    draft.published = Time(XmlChild(news, "publication_date"));
    draft.updated = Time(XmlChild(url, "lastmod"));
    std::vector<absl::string_view> words;
    for (const char* name : {"genres", "keywords"}) {
      const absl::string_view list = Line(XmlChild(news, name));
      for (const absl::string_view word : absl::StrSplit(list, ',')) {
        const absl::string_view keyword = absl::StripAsciiWhitespace(word);
        if (!keyword.empty() && words.size() < context_.limits.list_items_max) {
          words.push_back(keyword);
        }
      }
    }
    draft.categories = CopyItems(words, context_.arena);
    return draft;
  }

 private:
  absl::string_view Line(pugi::xml_node node) {
    std::string storage;
    const std::string plain = HtmlLine(XmlText(node, storage));
    return DraftLine(plain, context_);
  }

  std::optional<ParsedTime> Time(pugi::xml_node node) {
    const absl::string_view text = Line(node);
    if (text.empty()) return std::nullopt;
    return ParseTime(text, context_.zone);
  }

  const ParseContext& context_;
};

}  // namespace

void ReadNewsSitemap(pugi::xml_node urlset, const ParseContext& context,
                     std::vector<ArticleDraft>& drafts, ParseReport& report) {
  SitemapReader reader(context);
  uint32_t item = 0;
  bool full = false;
  ForEachXmlElement(urlset, [&](pugi::xml_node url) {
    if (XmlLocalName(url) != "url" || full) return;
    full = item >= context.limits.articles_max;
    if (full) {
      report.Add(ParseReason::kTooMany, "addresses of a sitemap");
      return;
    }
    const uint32_t number = item++;
    if (XmlChild(url, "news").empty()) return;
    drafts.push_back(reader.Read(url));
    drafts.back().item = number;
  });
}

}  // namespace wiredesk
