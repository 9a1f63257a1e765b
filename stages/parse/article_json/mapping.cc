#include "stages/parse/article_json/mapping.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "config/base/status_macros.h"

namespace wiredesk {
namespace {

struct ShippedField {
  absl::string_view name;
  absl::string_view pointers;
};

// In the order of JsonField. The names that NewsAPI, Event Registry, Webhose,
// news-please, GDELT, the large publishers' own interfaces, ninjs and common
// crawlers use.
constexpr ShippedField kShipped[kJsonFieldCount] = {
    {"guid",
     "/guid /guid/value /uuid /id /_id /article_id /articleId /doc_id "
     "/document_id /newsId /uri /identifier /itemid /source_id"},
    {"version", "/version /revision /version_number /versionNumber"},
    {"provider",
     "/provider/name /provider /source/name /source/title /source_name "
     "/sourceName /source /publisher/name /publisher /site_name /siteName "
     "/publication/name /publication /outlet /thread/site_full /thread/site "
     "/infosources/0/name /infoSources/0/name /infosource/0/name "
     "/copyrightholder /copyrightHolder /newspaper /media /site "
     "/source/uri /source/domain"},
    {"domain",
     "/provider/domain /domain /source_domain /sourceDomain /source/domain "
     "/source/homepage/domain /source/uri /thread/site /site_domain /host "
     "/hostname /netloc"},
    {"country",
     "/provider/country /country /source_country /sourcecountry "
     "/source/country /thread/country /source/location/country/code2"},
    {"url",
     "/url /link /web_url /webUrl /href /article_url /articleUrl /permalink "
     "/source_url /sourceUrl /page_url /original_url /thread/url "
     "/links/permalink /external_url /canonical_url /share_url /shortUrl"},
    {"canonical_url", "/canonical_url /canonicalUrl /canonical /url_canonical"},
    {"headline",
     "/headline /headline/main /title /title/rendered /headlines/0/value "
     "/headlines/main /headline/text /webTitle /name /title_full /thread/title "
     "/article_title /articleTitle /fields/headline /subject_line /heading "
     "/title_page /title_rss"},
    {"summary",
     "/summary /description /abstract /lead /lead_paragraph /excerpt "
     "/excerpt/rendered /snippet /trailText /fields/trailText /standfirst "
     "/subtitle /teaser /description_text /description_xhtml "
     "/description_html /descriptions/0/value /dek /synopsis /highlightText"},
    {"body",
     "/body /body_text /bodies/0/value /content/rendered /maintext /full_text "
     "/fullText /article_body /articleBody /article_text /articleText "
     "/fields/bodyText /fields/body /body_html /body_xhtml /bodyHtml "
     "/content_html /content_text /content /content/value /text /story "
     "/paragraphs /fulltext /plain_text /raw_text /main_text /html /contents"},
    {"byline",
     "/byline /byline/original /authors /author /author/name /by /creator "
     "/writers /fields/byline /authorsByline /journalists /reporter "
     "/author_name /authorName"},
    {"dateline", "/dateline"},
    {"language",
     "/language /lang /language_code /languageCode /locale /inLanguage "
     "/language/code /detected_language"},
    {"published_at",
     "/published_at /publishedAt /date_published /datePublished /published "
     "/pubDate /pub_date /pubdate /date_publish /publish_date /publishDate "
     "/published_date /publishedDate /publication_date /publicationDate "
     "/published_on /publishedOn /published_time /publication_time "
     "/firstPublished /first_published /webPublicationDate /dateTimePub "
     "/dateTime /datetime /firstcreated /firstCreated /contentcreated "
     "/contentCreated /date_gmt /versioncreated /versionCreated /issued "
     "/thread/published /seendate /timestamp /date /created_at /createdAt "
     "/created /date_created /dateCreated /pub_time /time"},
    {"updated_at",
     "/updated_at /updatedAt /date_modified /dateModified /date_modify "
     "/modified /modified_gmt /updated /last_modified /lastModified "
     "/versioncreated /versionCreated /modified_at /update_date /lastUpdated"},
    {"embargoed_until", "/embargoed /embargoed_until /embargo /embargoDate"},
    {"status", "/pubstatus /pubStatus /pub_status /status"},
    {"urgency", "/urgency /priority"},
    {"categories",
     "/categories /category /tags /keywords /section /sectionName "
     "/section_name /news_desk /site_categories /thread/site_categories "
     "/genres /genre /labels /topics"},
    {"persons", "/persons /people /person /entities/persons"},
    {"organizations",
     "/organizations /organisations /organisation /organization "
     "/entities/organizations /orgs"},
    {"places",
     "/locations /places /place /entities/locations /geo_facet /located"},
    {"concepts", "/concepts"},
    {"topics", "/subjects /subject /topic_codes"},
};

}  // namespace

absl::string_view JsonFieldName(JsonField field) {
  return kShipped[static_cast<size_t>(field)].name;
}

absl::StatusOr<JsonMapping> JsonMapping::Create(
    const std::map<std::string, std::string>& overrides) {
  JsonMapping mapping;
  for (const auto& [name, pointers] : overrides) {
    size_t field = 0;
    while (field < kJsonFieldCount && kShipped[field].name != name) ++field;
    if (field == kJsonFieldCount) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", name, "\" is not a field of an article"));
    }
    WD_RETURN_IF_ERROR(
        mapping.AddPointers(static_cast<JsonField>(field), pointers));
  }
  for (size_t field = 0; field < kJsonFieldCount; ++field) {
    WD_RETURN_IF_ERROR(mapping.AddPointers(static_cast<JsonField>(field),
                                           kShipped[field].pointers));
  }
  return mapping;
}

const JsonMapping& JsonMapping::Default() {
  static const auto& mapping = *new JsonMapping(*Create({}));
  return mapping;
}

absl::Status JsonMapping::AddPointers(JsonField field,
                                      absl::string_view pointers) {
  for (const absl::string_view pointer :
       absl::StrSplit(pointers, absl::ByAnyChar(" \t\n"), absl::SkipEmpty())) {
    if (pointer.front() != '/') {
      return absl::InvalidArgumentError(
          absl::StrCat("the JSON Pointer \"", pointer, "\" begins without /"));
    }
    uint32_t at = 0;
    for (const absl::string_view raw : absl::StrSplit(pointer.substr(1), '/')) {
      const std::string key =
          absl::StrReplaceAll(raw, {{"~1", "/"}, {"~0", "~"}});
      const auto [found, added] = nodes_[at].children.emplace(
          key, static_cast<uint32_t>(nodes_.size()));
      at = found->second;
      if (added) nodes_.emplace_back();
    }
    nodes_[at].ends.emplace_back(field, ranks_[static_cast<size_t>(field)]++);
  }
  return absl::OkStatus();
}

}  // namespace wiredesk
