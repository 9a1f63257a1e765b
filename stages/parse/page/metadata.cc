#include "stages/parse/page/metadata.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "stages/parse/bytes/ascii_search.h"
#include "stages/parse/draft/byline.h"
#include "stages/parse/html/entities.h"
#include "stages/parse/html/text.h"
#include "stages/parse/page/measure.h"
#include "stages/parse/page/prune.h"
#include "stages/parse/page/title.h"
#include "stages/parse/url/canonical.h"
#include "stages/parse/url/url.h"

namespace wiredesk {
namespace {

constexpr size_t kHeadingsMax = 64;
constexpr size_t kLesserHeadingsMax = 4;
constexpr size_t kLinkedDataMax = 16;  // scripts of one page

enum class MetaField : uint8_t {
  kHeadline,
  kDescription,
  kSite,
  kLanguage,
  kPublished,
  kModified,
  kAuthor,
  kKeywords,
  kType,
  kUrl
};

// For one field the first one in this table wins.
struct MetaName {
  absl::string_view name;
  MetaField field;
};

const MetaName kMetaNames[] = {
    {"dc:title", MetaField::kHeadline},
    {"dcterm:title", MetaField::kHeadline},
    {"dc.title", MetaField::kHeadline},
    {"og:title", MetaField::kHeadline},
    {"weibo:article:title", MetaField::kHeadline},
    {"weibo:webpage:title", MetaField::kHeadline},
    {"title", MetaField::kHeadline},
    {"twitter:title", MetaField::kHeadline},
    {"parsely-title", MetaField::kHeadline},
    {"citation_title", MetaField::kHeadline},
    {"sailthru.title", MetaField::kHeadline},
    {"og:description", MetaField::kDescription},
    {"description", MetaField::kDescription},
    {"dc:description", MetaField::kDescription},
    {"dc.description", MetaField::kDescription},
    {"twitter:description", MetaField::kDescription},
    {"og:site_name", MetaField::kSite},
    {"application-name", MetaField::kSite},
    {"apple-mobile-web-app-title", MetaField::kSite},
    {"content-language", MetaField::kLanguage},
    {"dc.language", MetaField::kLanguage},
    {"language", MetaField::kLanguage},
    {"og:locale", MetaField::kLanguage},
    {"article:published_time", MetaField::kPublished},
    {"og:published_time", MetaField::kPublished},
    {"og:article:published_time", MetaField::kPublished},
    {"datepublished", MetaField::kPublished},
    {"article:published", MetaField::kPublished},
    {"parsely-pub-date", MetaField::kPublished},
    {"sailthru.date", MetaField::kPublished},
    {"cxenseparse:recs:publishtime", MetaField::kPublished},
    {"originalpublicationdate", MetaField::kPublished},
    {"article_date_original", MetaField::kPublished},
    {"publication_date", MetaField::kPublished},
    {"publication-date", MetaField::kPublished},
    {"publish_date", MetaField::kPublished},
    {"publish-date", MetaField::kPublished},
    {"published_date", MetaField::kPublished},
    {"published-date", MetaField::kPublished},
    {"publishdate", MetaField::kPublished},
    {"pubdate", MetaField::kPublished},
    {"ptime", MetaField::kPublished},
    {"article.published", MetaField::kPublished},
    {"dc.date.issued", MetaField::kPublished},
    {"dcterms.issued", MetaField::kPublished},
    {"dcterms.date", MetaField::kPublished},
    {"dc.date.created", MetaField::kPublished},
    {"dcterms.created", MetaField::kPublished},
    {"dc.date", MetaField::kPublished},
    {"dc:date", MetaField::kPublished},
    {"dc:created", MetaField::kPublished},
    {"citation_publication_date", MetaField::kPublished},
    {"citation_date", MetaField::kPublished},
    {"rnews:datepublished", MetaField::kPublished},
    {"bt:pubdate", MetaField::kPublished},
    {"datecreated", MetaField::kPublished},
    {"article:created", MetaField::kPublished},
    {"created", MetaField::kPublished},
    {"release_date", MetaField::kPublished},
    {"uploaddate", MetaField::kPublished},
    {"dc.terms.issued", MetaField::kPublished},
    {"date", MetaField::kPublished},
    {"article:modified_time", MetaField::kModified},
    {"og:updated_time", MetaField::kModified},
    {"datemodified", MetaField::kModified},
    {"dcterms.modified", MetaField::kModified},
    {"dc.date.modified", MetaField::kModified},
    {"last-modified", MetaField::kModified},
    {"lastmod", MetaField::kModified},
    {"author", MetaField::kAuthor},
    {"dc:creator", MetaField::kAuthor},
    {"dc.creator", MetaField::kAuthor},
    {"dcterm:creator", MetaField::kAuthor},
    {"parsely-author", MetaField::kAuthor},
    {"sailthru.author", MetaField::kAuthor},
    {"article:author_name", MetaField::kAuthor},
    {"article:author", MetaField::kAuthor},
    {"og:article:author", MetaField::kAuthor},
    {"citation_author", MetaField::kAuthor},
    {"byl", MetaField::kAuthor},
    {"article:tag", MetaField::kKeywords},
    {"article:section", MetaField::kKeywords},
    {"news_keywords", MetaField::kKeywords},
    {"keywords", MetaField::kKeywords},
    {"parsely-tags", MetaField::kKeywords},
    {"og:type", MetaField::kType},
    {"og:url", MetaField::kUrl},
    {"twitter:url", MetaField::kUrl},
};
constexpr size_t kMetaNameCount = sizeof(kMetaNames) / sizeof(kMetaNames[0]);

std::string Line(absl::string_view attribute) {
  std::string decoded;
  AppendDecodedHtml(attribute, true, decoded);
  // Titles are often escaped twice.
  return HtmlLine(decoded);
}

// One walk over the page. Lives for one call.
class MetadataReader {
 public:
  MetadataReader(const HtmlTree& tree, absl::string_view url)
      : tree_(tree), url_(url), ranks_(16, kMetaNameCount) {}

  HtmlMetadata Run() {
    for (HtmlNodeId id = tree_.Next(0, 0); id != kNoHtmlNode;
         id = tree_.Next(id, 0)) {
      if (!tree_[id].is_text) Element(id);
    }
    Conclude();
    return std::move(data_);
  }

 private:
  void Element(HtmlNodeId id) {
    switch (tree_[id].tag) {
      case HtmlTag::kHtml:
        data_.language = Line(tree_.Attribute(id, "lang"));
        if (data_.language.empty()) {
          data_.language = Line(tree_.Attribute(id, "xml:lang"));
        }
        break;
      case HtmlTag::kTitle:
        // Drawings have titles, too.
        if (data_.page_title.empty() && tree_[id].first != kNoHtmlNode &&
            !tree_.IsInside(id, HtmlTag::kSvg)) {
          data_.page_title = HtmlLine(tree_[tree_[id].first].text);
        }
        break;
      case HtmlTag::kMeta:
        Meta(id);
        break;
      case HtmlTag::kLink:
        if (absl::EqualsIgnoreCase(tree_.Attribute(id, "rel"), "canonical") &&
            data_.canonical.empty() && !tree_.IsInside(id, HtmlTag::kBody)) {
          data_.canonical = Line(tree_.Attribute(id, "href"));
        }
        break;
      case HtmlTag::kBase:
        if (data_.base.empty()) data_.base = Line(tree_.Attribute(id, "href"));
        break;
      case HtmlTag::kScript:
        Script(id);
        break;
      case HtmlTag::kInput:
        if (absl::EqualsIgnoreCase(tree_.Attribute(id, "type"), "password")) {
          data_.asks_password = true;
        }
        break;
      case HtmlTag::kH1:
        if (logos_.size() + headings_.size() < kHeadingsMax) {
          (IsLogo(id) ? logos_ : headings_)
              .push_back(HtmlHeadingLine(tree_, id));
        }
        break;
      case HtmlTag::kH2:
        if (lesser_headings_.size() < kLesserHeadingsMax) {
          lesser_headings_.push_back(HtmlHeadingLine(tree_, id));
        }
        break;
      default:
        break;
    }
  }

  // Whether a heading is but a link to the home page.
  bool IsLogo(HtmlNodeId id) const {
    const HtmlNodeId parent = tree_[id].parent;
    if (tree_[parent].tag == HtmlTag::kA) {
      return LeadsHome(tree_.Attribute(parent, "href"));
    }
    HtmlNodeId link = kNoHtmlNode;
    for (HtmlNodeId child = tree_[id].first; child != kNoHtmlNode;
         child = tree_[child].next) {
      if (tree_[child].is_text) {
        if (HasVisibleText(tree_[child].text)) return false;
      } else if (link != kNoHtmlNode || tree_[child].tag != HtmlTag::kA) {
        return false;
      } else {
        link = child;
      }
    }
    return link != kNoHtmlNode && LeadsHome(tree_.Attribute(link, "href"));
  }

  static bool LeadsHome(absl::string_view href) {
    href = absl::StripAsciiWhitespace(href);
    for (const absl::string_view home :
         {"/", "./", "index.html", "index.htm", "index.php", "/index.html"}) {
      if (absl::EqualsIgnoreCase(href, home)) return true;
    }
    return IsHomePage(href);
  }

  void Script(HtmlNodeId id) {
    const HtmlNodeId text = tree_[id].first;
    if (text == kNoHtmlNode || scripts_ >= kLinkedDataMax) return;
    if (!ContainsIgnoreCase(tree_.Attribute(id, "type"), "ld+json")) return;
    ++scripts_;
    ReadHtmlLinkedData(tree_[text].text, data_.linked);
  }

  void Meta(HtmlNodeId id) {
    const absl::string_view content = tree_.Attribute(id, "content");
    if (content.empty()) return;
    for (const absl::string_view key :
         {"property", "name", "itemprop", "http-equiv"}) {
      // One attribute may hold several names.
      for (const absl::string_view name :
           absl::StrSplit(tree_.Attribute(id, key), absl::ByAnyChar(" \t\n"),
                          absl::SkipEmpty())) {
        for (size_t rank = 0; rank < kMetaNameCount; ++rank) {
          if (absl::EqualsIgnoreCase(kMetaNames[rank].name, name)) {
            Take(rank, content);
          }
        }
      }
    }
  }

  void Take(size_t rank, absl::string_view content) {
    const MetaField field = kMetaNames[rank].field;
    std::string value = Line(content);
    if (value.empty()) return;
    if (field == MetaField::kAuthor) {
      AppendBylineNames(value, data_.authors);
      return;
    }
    if (field == MetaField::kKeywords) {
      for (const absl::string_view word : absl::StrSplit(value, ',')) {
        keywords_.emplace_back(absl::StripAsciiWhitespace(word));
      }
      return;
    }
    size_t& best = ranks_[static_cast<size_t>(field)];
    if (rank >= best) return;
    best = rank;
    FieldOf(field) = std::move(value);
  }

  std::string& FieldOf(MetaField field) {
    switch (field) {
      case MetaField::kHeadline:
        return data_.headline;
      case MetaField::kDescription:
        return data_.description;
      case MetaField::kSite:
        return data_.site_name;
      case MetaField::kLanguage:
        return meta_language_;
      case MetaField::kPublished:
        return data_.published;
      case MetaField::kModified:
        return data_.modified;
      case MetaField::kType:
        return data_.type;
      default:
        return meta_url_;
    }
  }

  // Its headline or, where the page's title holds that alone, its name: some
  // sites (Wikipedia) describe the article in the headline.
  std::string LinkedHeadline() const {
    std::string headline = HtmlLine(data_.linked.headline);
    std::string name = HtmlLine(data_.linked.name);
    const absl::string_view title = data_.page_title;
    const bool named = !name.empty() && absl::StrContains(title, name) &&
                       !absl::StrContains(title, headline);
    return headline.empty() || named ? name : headline;
  }

  static bool IsHomePage(absl::string_view url) {
    const UrlParts parts = SplitUrl(url);
    return parts.has_authority && !parts.has_query &&
           (parts.path.empty() || parts.path == "/");
  }

  // Whether one is the host of the other, or stands below it.
  static bool SameSite(absl::string_view a, absl::string_view b) {
    const std::string one = DomainOfUrl(a);
    const std::string other = DomainOfUrl(b);
    if (one.empty() || other.empty()) return false;
    return one == other || absl::EndsWith(one, absl::StrCat(".", other)) ||
           absl::EndsWith(other, absl::StrCat(".", one));
  }

  // Left over from a template: a host that nobody can reach, or a site other
  // than the one where the page was fetched and where all else says it is.
  bool BelongsElsewhere(absl::string_view canonical) const {
    const std::string domain = DomainOfUrl(canonical);
    if (domain.empty()) return false;  // relative
    if (!absl::StrContains(domain, ".")) return true;
    if (url_.empty() || SameSite(canonical, url_)) return false;
    return SameSite(meta_url_, url_) || SameSite(data_.linked.url, url_);
  }

  // A canonical address that is only the root of the site says nothing of the
  // page.
  void SettleCanonical() {
    if (BelongsElsewhere(data_.canonical)) data_.canonical.clear();
    if (IsHomePage(data_.canonical)) {
      const bool better = !meta_url_.empty() && !IsHomePage(meta_url_);
      const bool elsewhere = !url_.empty() && !IsHomePage(url_);
      if (better) {
        data_.canonical = meta_url_;
      } else if (elsewhere) {
        data_.canonical.clear();
      }
    }
    if (data_.canonical.empty()) data_.canonical = meta_url_;
  }

  // The names by which the site may stand in a title: its own, the publisher's,
  // its host and the name in that.
  std::vector<std::string> Sites() const {
    std::vector<std::string> sites = {data_.site_name,
                                      HtmlLine(data_.linked.publisher)};
    for (const absl::string_view url : {absl::string_view(data_.canonical),
                                        absl::string_view(meta_url_), url_}) {
      const std::string domain = DomainOfUrl(url);
      if (domain.empty()) continue;
      sites.push_back(domain);
      const std::vector<absl::string_view> labels = absl::StrSplit(domain, '.');
      if (labels.size() >= 2) sites.emplace_back(labels[labels.size() - 2]);
    }
    sites.erase(std::remove(sites.begin(), sites.end(), std::string()),
                sites.end());
    return sites;
  }

  void Conclude() {
    SettleCanonical();
    TitleSources titles;
    titles.linked = LinkedHeadline();
    titles.social = std::move(data_.headline);
    titles.page_title = data_.page_title;
    titles.headings =
        std::move(headings_.empty() ? lesser_headings_ : headings_);
    titles.sites = Sites();
    titles.sites.insert(titles.sites.end(), logos_.begin(), logos_.end());
    PageHeadline headline = HeadlineOfPage(titles);
    data_.headline = std::move(headline.text);
    data_.headline_from = headline.from;
    if (data_.language.empty()) data_.language = meta_language_;
    if (data_.language.empty()) data_.language = data_.linked.language;
    std::replace(data_.language.begin(), data_.language.end(), '_', '-');
    if (data_.site_name.empty()) {
      data_.site_name = HtmlLine(data_.linked.publisher);
    }
    if (data_.description.empty()) {
      data_.description = HtmlLine(data_.linked.description);
    }
    std::vector<std::string> authors;
    for (const std::string& author : data_.linked.authors) {
      AppendBylineNames(HtmlLine(author), authors);
    }
    if (!authors.empty()) data_.authors = std::move(authors);
    // The site as its own author is nobody.
    data_.authors.erase(
        std::remove_if(data_.authors.begin(), data_.authors.end(),
                       [this](const std::string& author) {
                         return absl::EqualsIgnoreCase(author, data_.site_name);
                       }),
        data_.authors.end());
    for (std::string& word : keywords_) {
      data_.linked.keywords.push_back(std::move(word));
    }
    for (const std::string& word : data_.linked.keywords) {
      std::string line = HtmlLine(word);
      if (!line.empty() &&
          std::find(data_.keywords.begin(), data_.keywords.end(), line) ==
              data_.keywords.end()) {
        data_.keywords.push_back(std::move(line));
      }
    }
  }

  const HtmlTree& tree_;
  const absl::string_view url_;
  HtmlMetadata data_;
  std::vector<size_t> ranks_;
  std::vector<std::string> headings_;         // <h1>
  std::vector<std::string> lesser_headings_;  // <h2>, where there is none
  std::vector<std::string> logos_;            // <h1> that are the site's name
  std::vector<std::string> keywords_;
  std::string meta_language_;
  std::string meta_url_;
  size_t scripts_ = 0;
};

}  // namespace

HtmlMetadata ReadHtmlMetadata(const HtmlTree& tree, absl::string_view url) {
  return MetadataReader(tree, url).Run();
}

}  // namespace wiredesk
