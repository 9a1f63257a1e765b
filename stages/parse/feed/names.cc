#include "stages/parse/feed/names.h"

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "stages/parse/bytes/ascii_search.h"
#include "stages/parse/xml/document.h"

namespace wiredesk {
namespace {

using Vocabulary = FeedVocabulary;
using Field = FeedField;

struct Namespace {
  absl::string_view part;  // of the URI, in lower case
  absl::string_view prefix;
  Vocabulary vocabulary;
};

// In the order in which URIs are tried.
const Namespace kNamespaces[] = {
    {"www.w3.org/2005/atom", "atom", Vocabulary::kAtom},
    {"purl.org/atom/", "atom03", Vocabulary::kAtom},
    {"www.w3.org/2005/atom", "a10", Vocabulary::kAtom},
    {"purl.org/dc/elements", "dc", Vocabulary::kDublinCore},
    {"purl.org/dc/terms", "dcterms", Vocabulary::kDublinCoreTerms},
    {"purl.org/rss/1.0/modules/content", "content", Vocabulary::kContent},
    {"search.yahoo.com/mrss", "media", Vocabulary::kMedia},
    {"www.itunes.com", "itunes", Vocabulary::kItunes},
    {"rssnamespace.org/feedburner", "feedburner", Vocabulary::kFeedburner},
    {"www.pheedo.com", "pheedo", Vocabulary::kFeedburner},
    {"www.w3.org/1999/xhtml", "xhtml", Vocabulary::kXhtml},
    {"purl.org/rss/1.0/modules", "", Vocabulary::kOther},
    {"purl.org/rss/", "rss", Vocabulary::kCore},
    {"my.netscape.com", "", Vocabulary::kCore},
    {"backend.userland.com", "", Vocabulary::kCore},
    {"channel.netscape.com", "", Vocabulary::kCore},
};

struct NamedField {
  Vocabulary vocabulary;
  absl::string_view name;
  Field field;
  uint8_t rank;
};

// Names that Atom and RSS give the same meaning stand once, under kCore.
const NamedField kFields[] = {
    {Vocabulary::kCore, "item", Field::kItem, 0},
    {Vocabulary::kCore, "entry", Field::kItem, 0},
    {Vocabulary::kCore, "title", Field::kTitle, 0},
    {Vocabulary::kCore, "link", Field::kLink, 0},
    {Vocabulary::kCore, "guid", Field::kGuid, 0},
    {Vocabulary::kCore, "id", Field::kGuid, 1},
    {Vocabulary::kCore, "content", Field::kContent, 1},
    {Vocabulary::kCore, "description", Field::kSummary, 0},
    {Vocabulary::kCore, "summary", Field::kSummary, 1},
    {Vocabulary::kCore, "author", Field::kAuthor, 1},
    {Vocabulary::kCore, "category", Field::kCategory, 0},
    {Vocabulary::kCore, "pubdate", Field::kPublished, 0},
    {Vocabulary::kCore, "published", Field::kPublished, 1},
    {Vocabulary::kCore, "issued", Field::kPublished, 2},
    {Vocabulary::kCore, "date", Field::kPublished, 6},
    {Vocabulary::kCore, "created", Field::kPublished, 7},
    {Vocabulary::kCore, "updated", Field::kUpdated, 0},
    {Vocabulary::kCore, "modified", Field::kUpdated, 1},
    {Vocabulary::kCore, "lastbuilddate", Field::kUpdated, 4},
    {Vocabulary::kCore, "language", Field::kLanguage, 0},
    {Vocabulary::kCore, "source", Field::kSource, 0},
    {Vocabulary::kContent, "encoded", Field::kContent, 0},
    {Vocabulary::kXhtml, "body", Field::kContent, 2},
    {Vocabulary::kXhtml, "div", Field::kContent, 2},
    {Vocabulary::kDublinCore, "title", Field::kTitle, 1},
    {Vocabulary::kDublinCore, "creator", Field::kAuthor, 0},
    {Vocabulary::kDublinCore, "author", Field::kAuthor, 1},
    {Vocabulary::kDublinCore, "identifier", Field::kGuid, 3},
    {Vocabulary::kDublinCore, "date", Field::kPublished, 3},
    {Vocabulary::kDublinCore, "subject", Field::kCategory, 0},
    {Vocabulary::kDublinCore, "description", Field::kSummary, 2},
    {Vocabulary::kDublinCore, "language", Field::kLanguage, 1},
    {Vocabulary::kDublinCoreTerms, "title", Field::kTitle, 2},
    {Vocabulary::kDublinCoreTerms, "issued", Field::kPublished, 4},
    {Vocabulary::kDublinCoreTerms, "created", Field::kPublished, 5},
    {Vocabulary::kDublinCoreTerms, "modified", Field::kUpdated, 2},
    {Vocabulary::kMedia, "title", Field::kTitle, 3},
    {Vocabulary::kMedia, "description", Field::kSummary, 4},
    {Vocabulary::kMedia, "keywords", Field::kCategory, 1},
    {Vocabulary::kMedia, "category", Field::kCategory, 2},
    {Vocabulary::kMedia, "group", Field::kGroup, 0},
    {Vocabulary::kItunes, "title", Field::kTitle, 4},
    {Vocabulary::kItunes, "summary", Field::kSummary, 3},
    {Vocabulary::kItunes, "subtitle", Field::kSummary, 5},
    {Vocabulary::kItunes, "author", Field::kAuthor, 2},
    {Vocabulary::kFeedburner, "origlink", Field::kOriginalLink, 0},
    {Vocabulary::kOther, "full-text", Field::kContent, 3},
    {Vocabulary::kOther, "fulltext", Field::kContent, 3},
};

Vocabulary VocabularyOfUri(absl::string_view uri, Vocabulary unknown) {
  for (const Namespace& known : kNamespaces) {
    if (ContainsIgnoreCase(uri, known.part)) return known.vocabulary;
  }
  return unknown;
}

}  // namespace

void FeedNames::Declare(pugi::xml_node node) {
  known_.clear();
  for (const pugi::xml_attribute attribute : node.attributes()) {
    absl::string_view name = attribute.name();
    if (name == "xmlns") {
      prefixes_.emplace_back(
          "", VocabularyOfUri(attribute.value(), Vocabulary::kCore));
    } else if (absl::ConsumePrefix(&name, "xmlns:")) {
      prefixes_.emplace_back(
          name, VocabularyOfUri(attribute.value(), Vocabulary::kOther));
    }
  }
}

void FeedNames::UseAtom() {
  known_.clear();
  prefixes_.emplace(prefixes_.begin(), "", Vocabulary::kAtom);
}

FeedVocabulary FeedNames::VocabularyOf(pugi::xml_node node) const {
  const absl::string_view prefix = XmlPrefix(node);
  for (const pugi::xml_attribute attribute : node.attributes()) {
    absl::string_view name = attribute.name();
    if (!absl::ConsumePrefix(&name, "xmlns")) continue;
    if (name.empty() ? prefix.empty()
                     : name[0] == ':' && name.substr(1) == prefix) {
      return VocabularyOfUri(attribute.value(), Vocabulary::kOther);
    }
  }
  for (const auto& [known, vocabulary] : prefixes_) {
    if (known == prefix) return vocabulary;
  }
  if (prefix.empty()) return Vocabulary::kCore;
  for (const Namespace& known : kNamespaces) {
    if (absl::EqualsIgnoreCase(known.prefix, prefix)) return known.vocabulary;
  }
  return Vocabulary::kOther;
}

FeedName FeedNames::Classify(pugi::xml_node node) const {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    if (absl::StartsWith(attribute.name(), "xmlns")) return LookUp(node);
  }
  const auto [known, added] = known_.try_emplace(node.name());
  if (added) known->second = LookUp(node);
  return known->second;
}

FeedName FeedNames::LookUp(pugi::xml_node node) const {
  FeedName name;
  name.vocabulary = VocabularyOf(node);
  const Vocabulary looked_up = name.vocabulary == Vocabulary::kAtom
                                   ? Vocabulary::kCore
                                   : name.vocabulary;
  const absl::string_view local_name = XmlLocalName(node);
  for (const NamedField& known : kFields) {
    if (known.vocabulary == looked_up &&
        absl::EqualsIgnoreCase(known.name, local_name)) {
      name.field = known.field;
      name.rank = known.rank;
      break;
    }
  }
  return name;
}

}  // namespace wiredesk
