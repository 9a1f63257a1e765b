#include "stages/parse/newsml/xml_draft.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "stages/parse/bytes/ascii_search.h"
#include "stages/parse/draft/byline.h"
#include "stages/parse/html/text.h"
#include "stages/parse/xml/document.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

// Names of NITF next to those of HTML.
HtmlTextWriter::Gap GapOf(absl::string_view name) {
  if (name == "hl1" || name == "hl2" || name == "block" ||
      name == "body.content" || name == "body.head" || name == "nitf-table" ||
      name == "pre" || name == "note" || name == "fn" || name == "bq") {
    return HtmlTextWriter::kParagraph;
  }
  const uint16_t flags = HtmlFlags(FindHtmlTag(name));
  if ((flags & kHtmlBlock) != 0) return HtmlTextWriter::kParagraph;
  if ((flags & kHtmlLine) != 0) return HtmlTextWriter::kLine;
  if ((flags & kHtmlCell) != 0) return HtmlTextWriter::kSpace;
  return HtmlTextWriter::kNone;
}

// What is not part of the text to read.
bool IsLeftOut(absl::string_view name) {
  return name == "media" || name == "script" || name == "style" ||
         name == "head" || name == "nitf-table-metadata";
}

void Write(pugi::xml_node node, int depth, HtmlTextWriter& writer) {
  for (pugi::xml_node child = node.first_child(); child;
       child = child.next_sibling()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      writer.Text(child.value());
      continue;
    }
    const absl::string_view name = XmlLocalName(child);
    if (child.type() != pugi::node_element || IsLeftOut(name) ||
        depth > kXmlDepthMax) {
      continue;
    }
    if (name == "br") writer.LineBreak();
    writer.Part(GapOf(name));
    Write(child, depth + 1, writer);
    writer.Part(GapOf(name));
  }
}

}  // namespace

absl::string_view XmlDraftReader::Line(absl::string_view text) const {
  return DraftLine(text, context_);
}

absl::string_view XmlDraftReader::Line(pugi::xml_node node) const {
  std::string text;
  HtmlTextWriter writer(text);
  Write(node, 0, writer);
  return Line(text);
}

absl::string_view XmlDraftReader::SpacedLine(pugi::xml_node node) const {
  std::string text;
  HtmlTextWriter writer(text);
  for (pugi::xml_node child = node.first_child(); child;
       child = child.next_sibling()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      writer.Text(child.value());
    } else if (child.type() == pugi::node_element) {
      writer.Part(HtmlTextWriter::kSpace);
      Write(child, 0, writer);
      writer.Part(HtmlTextWriter::kSpace);
    }
  }
  return Line(text);
}

absl::string_view XmlDraftReader::Body(pugi::xml_node node) const {
  std::string text;
  HtmlTextWriter writer(text);
  Write(node, 0, writer);
  return Body(text, false);
}

absl::string_view XmlDraftReader::Body(absl::string_view text,
                                       bool html) const {
  std::string plain;
  if (html) {
    AppendHtmlText(text, plain);
    text = plain;
  }
  const absl::string_view body =
      CleanText(text, TextShape::kParagraphs, context_.arena);
  return CopyText(Truncate(body, context_.limits.body_bytes_max),
                  context_.arena);
}

std::optional<ParsedTime> XmlDraftReader::Time(absl::string_view text) const {
  text = absl::StripAsciiWhitespace(text);
  if (text.empty()) return std::nullopt;
  return context_.has_zone ? ParseTime(text, context_.zone) : ParseTime(text);
}

absl::Span<const absl::string_view> XmlDraftReader::Byline(
    absl::string_view text) const {
  return Byline(std::vector<absl::string_view>{text});
}

absl::Span<const absl::string_view> XmlDraftReader::Byline(
    const std::vector<absl::string_view>& texts) const {
  std::vector<std::string> names;
  for (const absl::string_view text : texts) AppendBylineNames(text, names);
  std::vector<absl::string_view> copies;
  copies.reserve(names.size());
  for (const std::string& name : names) copies.push_back(Line(name));
  return CopyItems(copies, context_.arena);
}

int64_t XmlDraftReader::Version(absl::string_view text) {
  int64_t version = 0;
  const bool number =
      absl::SimpleAtoi(absl::StripAsciiWhitespace(text), &version);
  return number && version >= 1 ? version : 0;
}

int32_t XmlDraftReader::Urgency(absl::string_view text) {
  int32_t urgency = 0;
  const bool number =
      absl::SimpleAtoi(absl::StripAsciiWhitespace(text), &urgency);
  return number && urgency >= 1 && urgency <= 9 ? urgency : 0;
}

PublicationStatus XmlDraftReader::Status(absl::string_view code) {
  if (ContainsIgnoreCase(code, "cancel")) return PublicationStatus::kCanceled;
  if (ContainsIgnoreCase(code, "withheld")) return PublicationStatus::kWithheld;
  return PublicationStatus::kUsable;
}

pugi::xml_node XmlAt(pugi::xml_node node,
                     std::initializer_list<absl::string_view> path) {
  for (const absl::string_view name : path) node = XmlChild(node, name);
  return node;
}

}  // namespace wiredesk
