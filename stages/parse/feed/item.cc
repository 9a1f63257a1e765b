#include "stages/parse/feed/item.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "stages/parse/bytes/ascii_search.h"
#include "stages/parse/draft/byline.h"
#include "stages/parse/feed/text.h"
#include "stages/parse/url/canonical.h"
#include "stages/parse/url/url.h"
#include "stages/parse/xml/document.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

constexpr size_t kElementsMax = 256;  // for one field of one item

// xml:base of the element and of those around it, the outermost first.
std::string BaseOf(pugi::xml_node node, const std::string& outer) {
  std::vector<absl::string_view> bases;
  for (int depth = 0; node && depth < kXmlDepthMax; ++depth) {
    const absl::string_view base = XmlAttribute(node, "xml:base");
    if (!base.empty()) bases.push_back(base);
    node = node.parent();
  }
  std::string result = outer;
  for (auto base = bases.rbegin(); base != bases.rend(); ++base) {
    result = ResolveUrl(result, *base);
  }
  return result;
}

// Whether a term is words, and not a number or an address.
bool IsReadable(absl::string_view term) {
  return !IsWebUrl(term) &&
         std::any_of(term.begin(), term.end(), [](unsigned char c) {
           return absl::ascii_isalpha(c) || c >= 0x80;
         });
}

bool IsHtmlType(absl::string_view type) {
  return type.empty() || ContainsIgnoreCase(type, "html");
}

}  // namespace

void FeedElements::Gather(pugi::xml_node node, const FeedNames& names) {
  for (std::vector<FeedElement>& elements : elements_) elements.clear();
  GatherChildren(node, names, 0);
  for (std::vector<FeedElement>& elements : elements_) {
    std::stable_sort(elements.begin(), elements.end(),
                     [](const FeedElement& a, const FeedElement& b) {
                       return a.name.rank < b.name.rank;
                     });
  }
}

void FeedElements::GatherChildren(pugi::xml_node node, const FeedNames& names,
                                  int depth) {
  ForEachXmlElement(node, [&](pugi::xml_node child) {
    const FeedName name = names.Classify(child);
    if (name.field == FeedField::kNone) return;
    if (name.field == FeedField::kGroup) {
      if (depth < 2) GatherChildren(child, names, depth + 1);
      return;
    }
    std::vector<FeedElement>& elements =
        elements_[static_cast<size_t>(name.field)];
    if (elements.size() < kElementsMax) elements.push_back({child, name});
  });
}

// --- Text -------------------------------------------------------------------

absl::string_view FeedItemReader::Line(absl::string_view text, bool html) {
  text_.clear();
  AppendFeedLine(text, html, text_);
  return DraftLine(text_, context_);
}

absl::string_view FeedItemReader::Line(const FeedElement& element) {
  const FeedText text = ReadFeedText(element, storage_);
  return Line(text.text, text.html);
}

absl::string_view FeedItemReader::Body(const FeedElement& element) {
  const FeedText text = ReadFeedText(element, storage_);
  text_.clear();
  AppendFeedBody(text, text_);
  const absl::string_view clean =
      CleanText(text_, TextShape::kParagraphs, context_.arena);
  const absl::string_view body =
      Truncate(clean, context_.limits.body_bytes_max);
  const bool in_arena = clean.data() < text_.data() ||
                        clean.data() >= text_.data() + text_.size();
  return in_arena ? body : CopyText(body, context_.arena);
}

absl::string_view FeedItemReader::FirstText(FeedField field) {
  for (const FeedElement& element : elements_.of(field)) {
    const absl::string_view text =
        absl::StripAsciiWhitespace(XmlText(element.node, storage_));
    if (!text.empty()) return text;
  }
  return {};
}

absl::string_view FeedItemReader::Title() {
  for (const FeedElement& element : elements_.of(FeedField::kTitle)) {
    const absl::string_view title = Line(element);
    if (title.empty()) continue;
    Told("headline", element.node);
    return title;
  }
  return {};
}

// The whole text is the longest one of the best rank that holds something; a
// summary that says more than it takes its place.
void FeedItemReader::ReadTexts(ArticleDraft& draft) {
  uint8_t rank = 0;
  pugi::xml_node body_from;
  pugi::xml_node summary_from;
  for (const FeedElement& element : elements_.of(FeedField::kContent)) {
    if (!draft.body.empty() && element.name.rank != rank) break;
    const absl::string_view body = Body(element);
    rank = element.name.rank;
    if (body.size() > draft.body.size()) {
      draft.body = body;
      body_from = element.node;
    }
  }
  for (const FeedElement& element : elements_.of(FeedField::kSummary)) {
    if (!draft.summary.empty() && element.name.rank != rank) break;
    const absl::string_view summary = Body(element);
    rank = element.name.rank;
    if (summary.size() > draft.summary.size()) {
      draft.summary = summary;
      summary_from = element.node;
    }
  }
  if (draft.body.size() < draft.summary.size() / 2 || draft.body.empty()) {
    std::swap(draft.body, draft.summary);
    std::swap(body_from, summary_from);
  }
  if (draft.summary == draft.body) draft.summary = {};
  Told("body", body_from);
  if (!draft.summary.empty()) Told("summary", summary_from);
}

// --- Links and ids ----------------------------------------------------------

// <link>text</link> of RSS, or the <link href> that leads to a page for people.
absl::string_view FeedItemReader::ReadAlternateLink() {
  absl::string_view other;
  for (const FeedElement& element : elements_.of(FeedField::kLink)) {
    const absl::string_view href =
        absl::StripAsciiWhitespace(XmlAttribute(element.node, "href"));
    if (href.empty()) continue;
    const absl::string_view relation = XmlAttribute(element.node, "rel");
    if (!relation.empty() && relation != "alternate") continue;
    if (IsHtmlType(XmlAttribute(element.node, "type"))) return href;
    if (other.empty()) other = href;
  }
  return other;
}

void FeedItemReader::ReadLinks(pugi::xml_node node, const FeedChannel& channel,
                               ArticleDraft& draft) {
  std::string link;
  pugi::xml_node owner = node;
  for (const FeedElement& element : elements_.of(FeedField::kLink)) {
    if (element.name.vocabulary == FeedVocabulary::kAtom ||
        HasXmlAttribute(element.node, "href")) {
      continue;
    }
    link = std::string(
        absl::StripAsciiWhitespace(XmlText(element.node, storage_)));
    owner = element.node;
    if (!link.empty()) break;
  }
  if (link.empty()) link = std::string(ReadAlternateLink());
  if (!link.empty() && !elements_.of(FeedField::kLink).empty()) {
    Told("url", owner == node ? elements_.of(FeedField::kLink)[0].node : owner);
  }
  if (link.empty()) {
    for (const FeedElement& element : elements_.of(FeedField::kGuid)) {
      const absl::string_view permanent =
          XmlAttribute(element.node, "isPermaLink");
      const absl::string_view guid =
          absl::StripAsciiWhitespace(XmlText(element.node, storage_));
      if (!absl::EqualsIgnoreCase(permanent, "false") && IsWebUrl(guid)) {
        link = std::string(guid);
      }
    }
  }
  for (const FeedElement& element : elements_.of(FeedField::kContent)) {
    if (link.empty()) link = std::string(XmlAttribute(element.node, "src"));
  }
  if (link.empty()) link = std::string(XmlAttribute(node, "rdf:about"));
  if (link.empty()) return;
  const std::string base = BaseOf(owner, channel.base);
  draft.url = CopyText(ResolveUrl(base, link), context_.arena);
  draft.canonical_link =
      CopyText(FirstText(FeedField::kOriginalLink), context_.arena);
}

void FeedItemReader::ReadGuid(pugi::xml_node node, ArticleDraft& draft) {
  draft.guid = CopyText(FirstText(FeedField::kGuid), context_.arena);
  if (!draft.guid.empty()) {
    Told("guid", elements_.of(FeedField::kGuid)[0].node);
  }
  if (draft.guid.empty()) {
    draft.guid = CopyText(XmlAttribute(node, "rdf:about"), context_.arena);
  }
}

// --- Times ------------------------------------------------------------------

std::optional<ParsedTime> FeedItemReader::FirstTime(FeedField field) {
  for (const FeedElement& element : elements_.of(field)) {
    const absl::string_view text =
        absl::StripAsciiWhitespace(XmlText(element.node, storage_));
    if (text.empty()) continue;
    const std::optional<ParsedTime> time =
        context_.has_zone ? ParseTime(text, context_.zone) : ParseTime(text);
    if (!time.has_value()) continue;
    Told(field == FeedField::kPublished ? "published_at" : "updated_at",
         element.node);
    return time;
  }
  return std::nullopt;
}

void FeedItemReader::ReadTimes(const FeedChannel& channel,
                               ArticleDraft& draft) {
  draft.published = FirstTime(FeedField::kPublished);
  draft.updated = FirstTime(FeedField::kUpdated);
  if (!draft.published.has_value()) draft.published = draft.updated;
  if (!draft.published.has_value()) draft.published = channel.time;
}

// --- People, sources, categories --------------------------------------------

absl::Span<const absl::string_view> FeedItemReader::CopyNames(
    const std::vector<std::string>& names) {
  std::vector<absl::string_view> copies;
  for (const std::string& name : names) {
    if (copies.size() >= context_.limits.list_items_max) break;
    const absl::string_view copy = Line(name, true);
    if (!copy.empty()) copies.push_back(copy);
  }
  return CopyItems(copies, context_.arena);
}

absl::Span<const absl::string_view> FeedItemReader::Authors() {
  std::vector<std::string> names;
  for (const FeedElement& element : elements_.of(FeedField::kAuthor)) {
    const pugi::xml_node name = XmlChild(element.node, "name");
    const absl::string_view text =
        XmlText(name.empty() ? element.node : name, storage_);
    text_.clear();
    AppendFeedLine(text, true, text_);
    AppendBylineNames(text_, names);
    Told("byline", element.node);
  }
  return CopyNames(names);
}

absl::Span<const absl::string_view> FeedItemReader::Categories() {
  std::vector<std::string> names;
  const auto add = [&names](absl::string_view name) {
    name = absl::StripAsciiWhitespace(name);
    if (!name.empty() &&
        std::find(names.begin(), names.end(), name) == names.end()) {
      names.emplace_back(name);
    }
  };
  for (const FeedElement& element : elements_.of(FeedField::kCategory)) {
    absl::string_view text = XmlText(element.node, storage_);
    if (element.name.vocabulary == FeedVocabulary::kMedia &&
        element.name.rank == 1) {
      for (const absl::string_view word : absl::StrSplit(text, ',')) add(word);
      continue;
    }
    if (absl::StripAsciiWhitespace(text).empty()) {
      text = XmlAttribute(element.node, "term");
      const absl::string_view label = XmlAttribute(element.node, "label");
      // The label says what a number or an address stands for.
      if (!label.empty() && !IsReadable(text)) text = label;
    }
    Told("categories", element.node);
    add(text);
  }
  return CopyNames(names);
}

// <source url="...">Name</source> of RSS, <source><title/></source> of Atom:
// whom an item was taken from.
void FeedItemReader::ReadSource(ArticleDraft& draft) {
  for (const FeedElement& element : elements_.of(FeedField::kSource)) {
    const pugi::xml_node title = XmlChild(element.node, "title");
    const absl::string_view text =
        XmlText(title.empty() ? element.node : title, storage_);
    draft.provider.name = Line(text, true);
    draft.provider.domain = CopyText(
        DomainOfUrl(XmlAttribute(element.node, "url")), context_.arena);
    if (draft.provider.name.empty()) continue;
    Told("provider", element.node);
    return;
  }
}

// --- The whole --------------------------------------------------------------

FeedChannel FeedItemReader::ReadChannel(pugi::xml_node node,
                                        const std::string& link_base) {
  elements_.Gather(node, names_);
  FeedChannel channel;
  channel.title = Title();
  channel.language = CopyText(FirstText(FeedField::kLanguage), context_.arena);
  for (pugi::xml_node around = node; around && channel.language.empty();
       around = around.parent()) {
    channel.language =
        CopyText(XmlAttribute(around, "xml:lang"), context_.arena);
  }
  ArticleDraft links;
  channel.base = link_base;
  ReadLinks(node, channel, links);
  if (IsWebUrl(links.url)) channel.base = std::string(links.url);
  channel.time = FirstTime(FeedField::kPublished);
  if (!channel.time.has_value()) channel.time = FirstTime(FeedField::kUpdated);
  if (!channel.time.has_value()) {
    channel.time = ParseTime(context_.last_modified);
  }
  if (elements_.of(FeedField::kAuthor).size() > 0 &&
      elements_.of(FeedField::kAuthor)[0].name.vocabulary ==
          FeedVocabulary::kAtom) {
    channel.authors = Authors();
  }
  // It tells the day at most: no item says so of itself.
  if (channel.time.has_value() &&
      channel.time->precision < TimePrecision::kDay) {
    channel.time->precision = TimePrecision::kDay;
  }
  return channel;
}

ArticleDraft FeedItemReader::ReadItem(pugi::xml_node node,
                                      const FeedChannel& channel) {
  elements_.Gather(node, names_);
  trace_ = context_.trace;
  ArticleDraft draft;
  draft.headline = Title();
  ReadTexts(draft);
  ReadLinks(node, channel, draft);
  ReadGuid(node, draft);
  ReadTimes(channel, draft);
  ReadSource(draft);
  draft.byline = Authors();
  if (draft.byline.empty()) draft.byline = channel.authors;
  draft.categories = Categories();
  draft.provider.feed = channel.title;
  draft.declared_language =
      CopyText(FirstText(FeedField::kLanguage), context_.arena);
  if (draft.declared_language.empty()) {
    draft.declared_language =
        CopyText(XmlAttribute(node, "xml:lang"), context_.arena);
  }
  if (draft.declared_language.empty()) {
    draft.declared_language = channel.language;
  }
  if (trace_ != nullptr) TellRest(node);
  trace_ = nullptr;
  return draft;
}

// --- For who asks -----------------------------------------------------------

void FeedItemReader::Told(absl::string_view field,
                          pugi::xml_node element) const {
  if (trace_ == nullptr || !element) return;
  trace_->Field(field, absl::StrCat("<", element.name(), ">"));
}

void FeedItemReader::TellRest(pugi::xml_node item) const {
  constexpr size_t kValueMax = 200;
  ForEachXmlElement(item, [&](pugi::xml_node child) {
    if (names_.Classify(child).field != FeedField::kNone) return;
    std::string storage;
    const absl::string_view text =
        absl::StripAsciiWhitespace(XmlText(child, storage));
    if (text.empty()) return;
    trace_->Rest({"text", absl::StrCat("<", child.name(), ">"),
                  std::string(Truncate(text, kValueMax)), false});
  });
}

}  // namespace wiredesk
