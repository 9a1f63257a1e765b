#include "stages/parse/xml/document.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "stages/parse/bytes/ascii_search.h"
#include "stages/parse/xml/repair.h"

namespace wiredesk {
namespace {

// What is looked at to tell what kind of document this is.
constexpr size_t kDeclarationMax = 4096;

// White space between elements matters where markup is written as XML, and
// else only makes a third more nodes.
bool HasInlineMarkup(absl::string_view xml) {
  const absl::string_view head = xml.substr(0, kDeclarationMax);
  return ContainsIgnoreCase(head, "nitf") ||
         ContainsIgnoreCase(head, "newsml") ||
         ContainsIgnoreCase(head, "newsitem") ||
         absl::StrContains(xml, "xhtml");
}

// Entities beyond the five of XML are left alone, and CDATA is text.
unsigned ParseOptions(absl::string_view xml) {
  const unsigned spaces = HasInlineMarkup(xml) ? pugi::parse_ws_pcdata
                                               : pugi::parse_ws_pcdata_single;
  return pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | spaces;
}

bool IsText(pugi::xml_node node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

// Appends all text below `node`; counts the runs.
void CollectText(pugi::xml_node node, int depth, absl::string_view& single,
                 int& runs, std::string& storage) {
  for (pugi::xml_node child = node.first_child(); child;
       child = child.next_sibling()) {
    if (IsText(child)) {
      if (++runs == 1) {
        single = child.value();
      } else {
        if (runs == 2) storage.assign(single.data(), single.size());
        storage += child.value();
      }
    } else if (child.type() == pugi::node_element && depth < kXmlDepthMax) {
      CollectText(child, depth + 1, single, runs, storage);
    }
  }
}

void AppendEscaped(absl::string_view text, bool quoted, std::string& out) {
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '"' && quoted) {
      out += "&quot;";
    } else {
      out.push_back(c);
    }
  }
}

// References that pugixml left alone ("&nbsp;") are references here, too.
void AppendMarkupText(absl::string_view text, std::string& out) {
  while (!text.empty()) {
    const size_t amp = std::min(text.find('&'), text.size());
    AppendEscaped(text.substr(0, amp), false, out);
    text.remove_prefix(amp);
    if (text.empty()) return;
    const absl::string_view near = text.substr(0, 12);
    const size_t end = near.find(';');
    const bool name = end != absl::string_view::npos && end > 1 &&
                      near.find_first_of(" <&", 1) > end;
    out += name ? "&" : "&amp;";
    text.remove_prefix(1);
  }
}

void AppendNode(pugi::xml_node node, int depth, std::string& out) {
  if (node.type() == pugi::node_cdata) {
    AppendEscaped(node.value(), false, out);
    return;
  }
  if (node.type() == pugi::node_pcdata) {
    AppendMarkupText(node.value(), out);
    return;
  }
  if (node.type() != pugi::node_element || depth > kXmlDepthMax) return;
  const absl::string_view name = XmlLocalName(node);
  absl::StrAppend(&out, "<", name);
  for (const pugi::xml_attribute attribute : node.attributes()) {
    absl::StrAppend(&out, " ", attribute.name(), "=\"");
    AppendEscaped(attribute.value(), true, out);
    out.push_back('"');
  }
  out.push_back('>');
  for (pugi::xml_node child = node.first_child(); child;
       child = child.next_sibling()) {
    AppendNode(child, depth + 1, out);
  }
  if (name != "br" && name != "img" && name != "hr") {
    absl::StrAppend(&out, "</", name, ">");
  }
}

bool HasTooManyAttributes(pugi::xml_node node, size_t attributes_max) {
  size_t count = 0;
  for (pugi::xml_attribute attribute = node.first_attribute(); attribute;
       attribute = attribute.next_attribute()) {
    if (++count > attributes_max) return true;
  }
  return false;
}

}  // namespace

std::optional<ParseReason> XmlExcess(pugi::xml_node node,
                                     const ParseLimits& limits) {
  size_t depth = 1;
  for (pugi::xml_node at = node;;) {
    if (HasTooManyAttributes(at, limits.attributes_max)) {
      return ParseReason::kTooMany;
    }
    if (const pugi::xml_node child = at.first_child()) {
      if (++depth > limits.depth_max) return ParseReason::kTooDeep;
      at = child;
      continue;
    }
    while (at != node && !at.next_sibling()) {
      at = at.parent();
      --depth;
    }
    if (at == node) return std::nullopt;
    at = at.next_sibling();
  }
}

bool XmlDocument::Parse(absl::string_view xml) {
  fault_.clear();
  cut_item_ = false;
  const size_t begin = std::min(xml.find('<'), xml.size());
  buffer_.assign(xml.data() + begin, xml.size() - begin);
  // pugixml takes a zero byte for the end.
  const bool zeros = buffer_.find('\0') != std::string::npos;
  if (zeros) std::replace(buffer_.begin(), buffer_.end(), '\0', ' ');
  const unsigned options = ParseOptions(xml);
  pugi::xml_parse_result result = document_.load_buffer_inplace(
      buffer_.data(), buffer_.size(), options, pugi::encoding_utf8);
  if (result) {
    if (zeros) fault_ = "zero bytes in the document";
    return !root().empty();
  }
  fault_ = absl::StrCat(result.description(), " at byte ",
                        begin + static_cast<size_t>(result.offset));
  // In-place parsing wrote into the buffer, so the repair reads the input.
  XmlRepair repair = RepairXml(xml.substr(begin));
  cut_item_ = repair.cut_item;
  buffer_ = std::move(repair.xml);
  result = document_.load_buffer_inplace(buffer_.data(), buffer_.size(),
                                         options, pugi::encoding_utf8);
  // Whatever was read before a second fault is there.
  return !root().empty();
}

absl::string_view XmlLocalName(pugi::xml_node node) {
  const absl::string_view name = node.name();
  const size_t colon = name.rfind(':');
  return colon == absl::string_view::npos ? name : name.substr(colon + 1);
}

absl::string_view XmlPrefix(pugi::xml_node node) {
  const absl::string_view name = node.name();
  const size_t colon = name.rfind(':');
  return colon == absl::string_view::npos ? "" : name.substr(0, colon);
}

absl::string_view XmlAttribute(pugi::xml_node node, absl::string_view name) {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    if (absl::EqualsIgnoreCase(attribute.name(), name)) {
      return attribute.value();
    }
  }
  return {};
}

bool HasXmlAttribute(pugi::xml_node node, absl::string_view name) {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    if (absl::EqualsIgnoreCase(attribute.name(), name)) return true;
  }
  return false;
}

absl::string_view XmlText(pugi::xml_node node, std::string& storage) {
  absl::string_view single;
  int runs = 0;
  storage.clear();
  CollectText(node, 0, single, runs, storage);
  return runs > 1 ? absl::string_view(storage) : single;
}

void AppendXmlMarkup(pugi::xml_node node, std::string& out) {
  for (pugi::xml_node child = node.first_child(); child;
       child = child.next_sibling()) {
    AppendNode(child, 0, out);
  }
}

pugi::xml_node XmlChild(pugi::xml_node node, absl::string_view local_name) {
  for (pugi::xml_node child = node.first_child(); child;
       child = child.next_sibling()) {
    if (child.type() == pugi::node_element &&
        absl::EqualsIgnoreCase(XmlLocalName(child), local_name)) {
      return child;
    }
  }
  return {};
}

bool ReadXml(absl::string_view bytes, const ParseContext& context,
             XmlDocument& document, ParseReport& report) {
  if (!document.Parse(bytes)) {
    report.Add(ParseReason::kNotXml, CopyText(document.fault(), context.arena));
    return false;
  }
  if (!document.fault().empty()) report.malformed = true;
  return true;
}

bool IsXmlTooLarge(const XmlDocument& document, const ParseContext& context,
                   ParseReport& report) {
  const auto excess = XmlExcess(document.root(), context.limits);
  if (excess) report.Add(*excess, "elements or attributes of the document");
  return excess.has_value();
}

}  // namespace wiredesk
