#include "stages/parse/feed/feed.h"

#include <pugixml.hpp>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "stages/parse/feed/item.h"
#include "stages/parse/feed/names.h"
#include "stages/parse/feed/sitemap.h"
#include "stages/parse/xml/document.h"
#include "stages/parse/xml/sniff.h"

namespace wiredesk {
namespace {

constexpr int kStrayDepthMax = 4;

// Items stand in the channel (RSS), next to it (RDF), in the feed (Atom), or
// below an element that has no business there.
void GatherItems(pugi::xml_node node, const FeedNames& names, int depth,
                 std::vector<pugi::xml_node>& items) {
  ForEachXmlElement(node, [&](pugi::xml_node child) {
    const absl::string_view name = XmlLocalName(child);
    if (absl::EqualsIgnoreCase(name, "item") ||
        absl::EqualsIgnoreCase(name, "entry")) {
      if (names.Classify(child).field == FeedField::kItem) {
        items.push_back(child);
      }
    } else if (depth < kStrayDepthMax &&
               !absl::EqualsIgnoreCase(name, "channel") &&
               names.Classify(child).field == FeedField::kNone) {
      GatherItems(child, names, depth + 1, items);
    }
  });
}

// Ids that stand for different articles are not ids.
void DropSharedGuids(std::vector<ArticleDraft>& drafts, size_t begin) {
  absl::flat_hash_map<absl::string_view, size_t> first;
  absl::flat_hash_set<absl::string_view> shared;
  for (size_t i = begin; i < drafts.size(); ++i) {
    if (drafts[i].guid.empty()) continue;
    const auto [entry, added] = first.emplace(drafts[i].guid, i);
    if (added) continue;
    const ArticleDraft& other = drafts[entry->second];
    if (other.url != drafts[i].url && other.headline != drafts[i].headline) {
      shared.insert(entry->first);
    }
  }
  if (shared.empty()) return;
  for (size_t i = begin; i < drafts.size(); ++i) {
    if (shared.contains(drafts[i].guid)) drafts[i].guid = {};
  }
}

// One document. Items are numbered from `first`.
void ParseDocument(absl::string_view bytes, const ParseContext& context,
                   uint32_t first, std::vector<ArticleDraft>& drafts,
                   ParseReport& report) {
  XmlDocument document;
  if (!ReadXml(bytes, context, document, report)) return;
  const pugi::xml_node root = document.root();
  if (XmlLocalName(root) == "urlset") {
    ReadNewsSitemap(root, context, drafts, report);
    return;
  }
  FeedNames names;
  names.Declare(root);
  const absl::string_view root_name = XmlLocalName(root);
  if (root_name == "feed" || root_name == "entry") names.UseAtom();
  pugi::xml_node channel_node = XmlChild(root, "channel");
  if (channel_node.empty()) channel_node = root;
  names.Declare(channel_node);
  FeedItemReader reader(names, context);
  const FeedChannel channel =
      reader.ReadChannel(channel_node, std::string(context.url));
  std::vector<pugi::xml_node> items;
  if (root_name == "entry") items.push_back(root);
  GatherItems(channel_node, names, 0, items);
  if (channel_node != root) {
    GatherItems(root, names, 0, items);
  }
  if (items.size() > context.limits.articles_max) {
    report.LeaveOut(ParseReason::kTooMany,
                    static_cast<int64_t>(context.limits.articles_max),
                    items.size() - context.limits.articles_max);
    items.resize(context.limits.articles_max);
  }
  const size_t begin = drafts.size();
  if (document.cut_item() && !items.empty()) {
    items.pop_back();
    report.Add(ParseReason::kBadItem, CopyText(document.fault(), context.arena),
               -1, static_cast<int64_t>(items.size()));
  }
  for (uint32_t number = 0; number < items.size(); ++number) {
    if (context.TooCostly()) {
      report.LeaveOut(ParseReason::kTooCostly, number, items.size() - number);
      break;
    }
    if (const auto excess = XmlExcess(items[number], context.limits)) {
      report.Add(*excess, "elements or attributes of an item", -1, number);
      continue;
    }
    drafts.push_back(reader.ReadItem(items[number], channel));
    drafts.back().item = first + number;
    if (context.trace != nullptr) context.trace->End(drafts.back().item);
  }
  DropSharedGuids(drafts, begin);
}

// Bytes of the first document, where another one follows: "</rss><?xml".
size_t FirstDocument(absl::string_view bytes) {
  constexpr absl::string_view kDeclaration = "<?xml ";
  for (size_t at = bytes.find(kDeclaration, 1); at != absl::string_view::npos;
       at = bytes.find(kDeclaration, at + 1)) {
    const absl::string_view before =
        absl::StripTrailingAsciiWhitespace(bytes.substr(0, at));
    for (const absl::string_view end :
         {"</rss>", "</feed>", "</rdf:RDF>", "</RDF>"}) {
      if (absl::EndsWithIgnoreCase(before, end)) return at;
    }
  }
  return bytes.size();
}

}  // namespace

void ParseXmlFeed(absl::string_view bytes, const ParseContext& context,
                  std::vector<ArticleDraft>& drafts, ParseReport& report) {
  bytes.remove_prefix(FindXmlFeed(bytes));
  while (!bytes.empty()) {
    const size_t size = FirstDocument(bytes);
    const uint32_t first = drafts.empty() ? 0 : drafts.back().item + 1;
    ParseDocument(bytes.substr(0, size), context, first, drafts, report);
    bytes.remove_prefix(size);
  }
}

}  // namespace wiredesk
