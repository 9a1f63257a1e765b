#include "stages/parse/feed/text.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "stages/parse/bytes/ascii_search.h"
#include "stages/parse/html/entities.h"
#include "stages/parse/html/text.h"
#include "stages/parse/html/tokenizer.h"
#include "stages/parse/xml/document.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

constexpr size_t kNone = absl::string_view::npos;

bool HasElements(pugi::xml_node node) {
  bool found = false;
  ForEachXmlElement(node, [&found](pugi::xml_node) { found = true; });
  return found;
}

FeedText MarkupOf(pugi::xml_node node, std::string& storage) {
  storage.clear();
  AppendXmlMarkup(node, storage);
  return {storage, true};
}

bool IsPlainText(absl::string_view bytes) {
  if (FindInvalidUtf8(bytes) < bytes.size()) return false;
  for (const char c : bytes) {
    if (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\r' &&
        c != '\t') {
      return false;
    }
  }
  return true;
}

// Text constructs and content of Atom 1.0 and 0.3.
FeedText ReadAtomText(pugi::xml_node node, std::string& storage) {
  const absl::string_view type = XmlAttribute(node, "type");
  const absl::string_view mode = XmlAttribute(node, "mode");
  if (HasElements(node) && !absl::EqualsIgnoreCase(mode, "escaped")) {
    return MarkupOf(node, storage);
  }
  const absl::string_view text = XmlText(node, storage);
  if (absl::EqualsIgnoreCase(mode, "base64")) {
    std::string decoded;
    if (!absl::Base64Unescape(text, &decoded)) return {};
    storage = std::move(decoded);
    return {storage, ContainsIgnoreCase(type, "html")};
  }
  if (ContainsIgnoreCase(type, "html") ||
      absl::EqualsIgnoreCase(mode, "escaped")) {
    return {text, true};
  }
  if (type.empty() || absl::EqualsIgnoreCase(type, "text") ||
      absl::StartsWithIgnoreCase(type, "text/plain")) {
    return {text, false};
  }
  // Some other media type, in base64 where it is not a kind of text.
  const bool readable = absl::StartsWithIgnoreCase(type, "text/") ||
                        absl::EndsWithIgnoreCase(type, "xml");
  if (readable) return {text, true};
  std::string decoded;
  if (!absl::Base64Unescape(text, &decoded) || !IsPlainText(decoded)) {
    return {};
  }
  storage = std::move(decoded);
  return {storage, true};
}

// "<![CDATA[...]]>" that was escaped once more.
FeedText WithoutCdata(FeedText text) {
  absl::string_view inside = absl::StripAsciiWhitespace(text.text);
  if (absl::ConsumePrefix(&inside, "<![CDATA[") &&
      absl::ConsumeSuffix(&inside, "]]>")) {
    return {inside, true};
  }
  return text;
}

// Whether "&lt;p&gt;" stands in text without any tag: it was escaped twice.
bool IsEscapedTwice(absl::string_view text) {
  if (absl::StrContains(text, "</") || !absl::StrContains(text, "&lt;/")) {
    return false;
  }
  const size_t last_end = text.rfind("&gt;");
  for (size_t at = text.find("&lt;"); at != kNone;
       at = text.find("&lt;", at + 4)) {
    absl::string_view name = text.substr(at + 4);
    if (!name.empty() && name[0] == '/') name.remove_prefix(1);
    size_t end = 0;
    while (end < name.size() &&
           absl::ascii_isalnum(static_cast<uint8_t>(name[end]))) {
      ++end;
    }
    if (FindHtmlTag(name.substr(0, end)) != HtmlTag::kUnknown &&
        last_end != kNone && last_end >= at + 4) {
      return true;
    }
  }
  return false;
}

// Whether every tag is one of HTML and has its counterpart.
bool TagsPair(absl::string_view text) {
  std::array<int, static_cast<size_t>(HtmlTag::kCount)> open = {};
  HtmlTokenizer tokenizer(text);
  HtmlToken token;
  while (tokenizer.Next(token)) {
    const bool start = token.type == HtmlTokenType::kStartTag;
    if (!start && token.type != HtmlTokenType::kEndTag) continue;
    if (token.tag == HtmlTag::kUnknown) return false;
    if ((HtmlFlags(token.tag) & kHtmlVoid) != 0) continue;
    open[static_cast<size_t>(token.tag)] += start ? 1 : -1;
  }
  for (const int count : open) {
    if (count != 0) return false;
  }
  return true;
}

}  // namespace

FeedText ReadFeedText(const FeedElement& element, std::string& storage) {
  const pugi::xml_node node = element.node;
  if (element.name.vocabulary == FeedVocabulary::kAtom) {
    return WithoutCdata(ReadAtomText(node, storage));
  }
  if (element.name.vocabulary == FeedVocabulary::kXhtml || HasElements(node)) {
    return MarkupOf(node, storage);
  }
  return WithoutCdata({XmlText(node, storage), true});
}

void AppendFeedBody(const FeedText& text, std::string& out) {
  if (!text.html) {
    out.append(text.text.data(), text.text.size());
    return;
  }
  if (IsEscapedTwice(text.text)) {
    std::string decoded;
    AppendDecodedHtml(text.text, false, decoded);
    AppendHtmlText(decoded, out);
    return;
  }
  AppendHtmlText(text.text, out);
}

void AppendFeedLine(absl::string_view text, bool html, std::string& out) {
  if (!html) {
    out.append(text.data(), text.size());
  } else if (text.find('<') == kNone || TagsPair(text)) {
    out += HtmlLine(text);
  } else {
    AppendDecodedHtml(text, false, out);
  }
}

}  // namespace wiredesk
