#include "stages/parse/xml/sniff.h"

#include <algorithm>
#include <initializer_list>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "stages/parse/bytes/ascii_search.h"
#include "stages/parse/html/tag.h"

namespace wiredesk {
namespace {

constexpr size_t kHeadMax = 16 << 10;
constexpr size_t kNone = absl::string_view::npos;
constexpr size_t kWrapperMax = 4 << 10;  // what may stand before a feed
constexpr std::initializer_list<absl::string_view> kFeedRoots = {
    "rss", "feed", "rdf", "channel", "entry", "urlset"};

// The local name of the first element.
absl::string_view LocalName(absl::string_view bytes) {
  absl::string_view name = FirstElementName(bytes);
  const size_t colon = name.rfind(':');
  if (colon != kNone) name.remove_prefix(colon + 1);
  return name;
}

bool IsAnyOf(absl::string_view name,
             std::initializer_list<absl::string_view> names) {
  return std::any_of(names.begin(), names.end(), [name](absl::string_view one) {
    return absl::EqualsIgnoreCase(name, one);
  });
}

// Bytes of the declaration, comment or document type at '<', 0 where an
// element may begin, kNone where it does not end.
size_t NoElementAt(absl::string_view text) {
  if (absl::StartsWith(text, "<!--")) {
    const size_t end = text.find("-->", 4);
    return end == kNone ? kNone : end + 3;
  }
  if (absl::StartsWith(text, "<?")) {
    const size_t end = text.find('>');
    return end == kNone ? kNone : end + 1;
  }
  if (absl::StartsWith(text, "<!")) {
    const size_t bracket = text.find('[');
    size_t end = text.find('>');
    if (bracket < end) {
      const size_t close = text.find(']', bracket);
      end = close == kNone ? kNone : text.find('>', close);
    }
    return end == kNone ? kNone : end + 1;
  }
  return 0;
}

}  // namespace

absl::string_view FirstElementName(absl::string_view bytes) {
  absl::string_view rest = bytes.substr(0, kHeadMax);
  for (size_t open = rest.find('<'); open != kNone; open = rest.find('<')) {
    rest.remove_prefix(open);
    const size_t skipped = NoElementAt(rest);
    if (skipped == kNone) return {};
    if (skipped > 0) {
      rest.remove_prefix(skipped);
      continue;
    }
    const absl::string_view name =
        rest.substr(1, rest.find_first_of(" \t\r\n/>", 1) - 1);
    if (!name.empty() && absl::ascii_isalpha(static_cast<uint8_t>(name[0]))) {
      return name;
    }
    rest.remove_prefix(1);
  }
  return {};
}

size_t FindXmlFeed(absl::string_view bytes) {
  const absl::string_view head = bytes.substr(0, kWrapperMax);
  if (IsAnyOf(LocalName(bytes), kFeedRoots)) {
    const size_t begin = head.find('<');
    return begin == kNone ? 0 : begin;
  }
  for (const absl::string_view root :
       {"<?xml version", "<rss version=", "<rss xmlns", "<feed xmlns="}) {
    const size_t at = head.find(root);
    if (at != kNone && at > 0 &&
        IsAnyOf(LocalName(bytes.substr(at)), kFeedRoots)) {
      return at;
    }
  }
  return 0;
}

bool LooksLikeXmlFeed(absl::string_view bytes) {
  return IsAnyOf(LocalName(bytes), kFeedRoots) || FindXmlFeed(bytes) > 0;
}

bool LooksLikeNewsMl(absl::string_view bytes) {
  return IsAnyOf(LocalName(bytes),
                 {"newsItem", "packageItem", "newsMessage", "conceptItem",
                  "knowledgeItem", "planningItem", "catalogItem", "NewsML"});
}

bool LooksLikeNitf(absl::string_view bytes) {
  return IsAnyOf(LocalName(bytes), {"nitf"});
}

bool LooksLikeHtml(absl::string_view bytes) {
  const absl::string_view head = bytes.substr(0, kHeadMax);
  const absl::string_view name = FirstElementName(bytes);
  if (name.empty()) return ContainsIgnoreCase(head, "<!doctype html");
  return FindHtmlTag(name) != HtmlTag::kUnknown;
}

}  // namespace wiredesk
