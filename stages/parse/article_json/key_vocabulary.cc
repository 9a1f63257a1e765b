#include "stages/parse/article_json/key_vocabulary.h"

namespace wiredesk {
namespace {

using namespace key;  // NOLINT(google-build-using-namespace)

constexpr KeyWordClass kRows[] = {
    // Texts. Some words of the large languages, for those who name fields in
    // their own.
    {kTitle | kOwnName, "headline title"},
    {kTitle,
     "hed heading head titel titre titulo título titolo tytuł otsikko "
     "overskrift judul başlık заголовок 标题 標題 제목 タイトル العنوان"},
    {kTitle | kSubject, "subject"},
    {kSummary,
     "summary description abstract excerpt lead standfirst teaser trail "
     "snippet lede dek synopsis digest intro subtitle"},
    {kSummary,
     "introduction desc subheadline subhead subheading blurb bajada sommaire "
     "resumen vorspann anriss beschreibung ingress chapo riassunto resumo"},
    {kSummary, "deck descripcion descripción descriptivo описание 摘要 要約"},
    {kSummary | kApi, "preview"},
    {kBody,
     "body fulltext paragraph markdown texte texto contenido inhalt testo "
     "tekst cuerpo corpo inhoud conteúdo текст 内容 正文 本文 내용"},
    {kBody | kForm, "body text html xhtml"},
    {kBody | kOpen, "body text content"},
    {kBody | kThing | kOpen | kList, "story stories"},
    {kMessage, "message caption note msg"},
    {kForm,
     "str string value rendered raw formatted stripped clean plaintext "
     "element block xml"},

    // Times.
    {kTime,
     "date datetime day time timestamp datum fecha ts tstamp moment dt dato "
     "дата 日期 时间 日時 날짜"},
    {kTime, "at on"},
    {kPublish,
     "published publish publishing publication pub issued posted release "
     "released live aired veröffentlicht publicado publié pubblicato"},
    {kSource, "publication"},
    {kCreate, "created create creation ctime written erstellt"},
    {kUpdate,
     "updated update modified modify modification changed change edited "
     "revised mtime lastmod refreshed"},
    {kEmbargo, "embargo embargoed"},
    {kSeen, "seen"},
    {kOtherTime,
     "crawl crawled indexed index added add collected collect fetched fetch "
     "scraped scrape download downloaded received ingested ingest discovered"},
    {kOtherTime,
     "expire expires expired expiration expiry end start begin event birth "
     "read reading due until valid deleted removed closed retrieved cached "
     "synced imported"},
    {kUtc | kTime, "utc gmt unix epoch iso"},
    {kFirst, "first"},
    {kFinal, "last"},

    // Addresses and ids.
    {kUrl, "url link href permalink loc alternate website"},
    {kUrl, "url uri"},
    {kUrl | kId, "uri"},
    {kCanonical | kUrl, "canonical"},
    {kApi,
     "api feed rss atom self next prev previous edit callback webhook embed "
     "endpoint tracking pixel logout login unsubscribe"},
    {kHome, "home homepage root base"},
    {kOriginal,
     "original external mobile amp short share wap alternative expanded"},
    {kId, "guid uuid id identifier ident key cid pk oid"},

    // People and publishers.
    {kPerson,
     "byline author by creator writer journalist reporter autor auteur autore "
     "verfasser correspondent автор 作者 記者 기자"},
    {kPerson,
     "byline author by contributor credit user account poster sender from "
     "owner editor redakteur"},
    {kHandle, "username handle login acct screenname nickname nick"},
    {kSource,
     "provider source publisher outlet newspaper site agency channel chat blog "
     "network infosource medio quelle"},
    {kSource, "provider source origin feed fuente journal magazine 来源"},
    {kDomain, "domain host hostname netloc"},
    {kOutlet, "media"},
    {kName, "name label"},
    {kOwnName, "name by byline original literal label"},
    {kGiven, "firstname givenname given forename"},
    {kFamily, "lastname familyname family surname"},

    // What is said of it.
    {kLanguage, "language lang locale langcode sprache idioma langue"},
    {kCountry, "country land país pays"},
    {kCategory,
     "category section tag keyword channels genre topic desk department rubric "
     "rubrik ressort"},
    {kCategory,
     "taxonomy hashtag term sección categoría categoria rubrique etiqueta "
     "schlagwort thema kategorie catégorie"},
    {kPeople, "person people"},
    {kOrganization, "organization organisation org company companies"},
    {kPlace, "place location geo city"},
    {kConcept, "concept"},
    {kDateline, "dateline"},
    {kVersion, "version revision"},
    {kStatus, "pubstatus status"},
    {kUrgency, "urgency"},
    {kPriority, "priority"},
    {kKeyword, "keyword"},
    {kSlugline, "slugline"},
    {kTake, "take"},

    // What is something else.
    {kMedia,
     "image img photo picture pic thumb thumbnail icon logo favicon avatar "
     "banner cover video audio gallery player enclosure attachment graphic "
     "illustration slideshow podcast"},
    {kRelated,
     "related similar recommended recommendation comment reply replies "
     "reaction quoted reblog retweeted retweet card mention seealso sponsor "
     "sponsored advert parent"},
    {kRelated,
     "pagination paging copyright rights license disclaimer error warning "
     "reference citation"},
    {kMeasure,
     "count total score number num size length rank ranking position "
     "sentiment type kind format precision zone timezone tz ratio price volume "
     "width height weight level relevance"},
    {kMeasure,
     "probability confidence hash checksum etag duration view like vote "
     "region mime"},
    {kFlag, "is has can allow show enable enabled disable should"},
    {kMinor,
     "meta seo og social twitter print page rss push mobile amp short alt sub"},

    // Articles, and what holds them.
    {kThing,
     "article news post item entry document doc object tweet toot thread web "
     "newsitem main full long display self plain"},
    {kList,
     "article item result post news doc hit entry entries record row message "
     "edge"},
    {kOpen,
     "attribute embedded field node data info payload record detail property "
     "properties "
     "meta "
     "metadata sys extended legacy core article item post document entity "
     "entities"},
};

// schema.org, ActivityStreams, ninjs, Elasticsearch.
constexpr ExactKey kExact[] = {
    {"mainEntityOfPage", JsonField::kUrl, 90, KeyScope::kField},
    {"attributedTo", JsonField::kByline, 4, KeyScope::kField},
    {"copyrightHolder", JsonField::kProvider, 60, KeyScope::kField},
    {"copyrightholder", JsonField::kProvider, 60, KeyScope::kField},
    {"isPartOf", JsonField::kCount, 0, KeyScope::kAside},
    {"_source", JsonField::kCount, 0, KeyScope::kOpen},
    {"@id", JsonField::kGuid, 60, KeyScope::kField},
    {"@context", JsonField::kCount, 0, KeyScope::kAside},
    {"located", JsonField::kPlaces, 0, KeyScope::kField},
};

}  // namespace

const absl::Span<const KeyWordClass> kKeyVocabulary = kRows;
const absl::Span<const ExactKey> kExactKeys = kExact;

}  // namespace wiredesk
