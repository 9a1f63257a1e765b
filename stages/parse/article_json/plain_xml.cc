#include "stages/parse/article_json/plain_xml.h"

#include <algorithm>
#include <pugixml.hpp>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "stages/parse/article_json/article.h"
#include "stages/parse/json/document.h"
#include "stages/parse/xml/document.h"

namespace wiredesk {
namespace {

// Makes the nodes of a JSON document of elements.
class NodeMaker {
 public:
  explicit NodeMaker(const ParseContext& context) : context_(context) {}

  void Make(pugi::xml_node element) { Add(element, {}, 0); }

  JsonValue root() const { return JsonValue(nodes_.data()); }

 private:
  size_t AddNode(absl::string_view key, JsonType type) {
    JsonNode node;
    // Names live as long as the document, texts of a draft as the arena.
    node.key = key.data();
    node.key_size = static_cast<uint32_t>(key.size());
    node.type = type;
    nodes_.push_back(node);
    return nodes_.size() - 1;
  }

  void Close(size_t node) {
    nodes_[node].size = static_cast<uint32_t>(nodes_.size() - node);
  }

  void AddText(absl::string_view key, absl::string_view text) {
    const size_t node = AddNode(key, JsonType::kString);
    nodes_[node].text = text.data();
    nodes_[node].text_size = static_cast<uint32_t>(text.size());
  }

  // Whether an element holds markup: text next to elements, or elements of HTML
  // alone.
  static bool IsMarkup(pugi::xml_node element) {
    bool text = false;
    bool elements = false;
    bool html = true;
    for (pugi::xml_node child = element.first_child(); child;
         child = child.next_sibling()) {
      if (child.type() == pugi::node_element) {
        elements = true;
        const absl::string_view name = XmlLocalName(child);
        html &= name == "p" || name == "br" || name == "div" || name == "b" ||
                name == "i" || name == "ul" || name == "span" || name == "h2";
      } else if (child.type() == pugi::node_pcdata ||
                 child.type() == pugi::node_cdata) {
        text |= !absl::StripAsciiWhitespace(child.value()).empty();
      }
    }
    return elements && (text || html);
  }

  void Add(pugi::xml_node element, absl::string_view key, int depth) {
    bool elements = false;
    ForEachXmlElement(element, [&](pugi::xml_node) { elements = true; });
    std::string storage;
    if (!elements) {
      const absl::string_view text =
          absl::StripAsciiWhitespace(XmlText(element, storage));
      if (!text.empty() || !element.first_attribute()) {
        AddText(key, CopyText(text, context_.arena));
        return;
      }
    }
    if (depth > kXmlDepthMax ||
        static_cast<size_t>(depth) > context_.limits.depth_max) {
      AddNode(key, JsonType::kNull);
      return;
    }
    if (IsMarkup(element)) {
      AppendXmlMarkup(element, storage);
      AddText(key, CopyText(storage, context_.arena));
      return;
    }
    const size_t object = AddNode(key, JsonType::kObject);
    AddAttributes(element);
    AddChildren(element, depth);
    Close(object);
  }

  void AddAttributes(pugi::xml_node element) {
    for (const pugi::xml_attribute attribute : element.attributes()) {
      if (absl::StartsWith(attribute.name(), "xmlns")) continue;
      AddText(attribute.name(), CopyText(attribute.value(), context_.arena));
    }
  }

  // Children of one name together, in the place of the first of them.
  void AddChildren(pugi::xml_node element, int depth) {
    struct Child {
      absl::string_view name;
      size_t group;  // the place of the first child of this name
      pugi::xml_node node;
    };
    std::vector<Child> children;
    ForEachXmlElement(element, [&](pugi::xml_node child) {
      children.push_back({XmlLocalName(child), children.size(), child});
    });
    std::vector<size_t> order(children.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return children[a].name < children[b].name;
    });
    for (size_t i = 1; i < order.size(); ++i) {
      Child& child = children[order[i]];
      const Child& before = children[order[i - 1]];
      if (child.name == before.name) child.group = before.group;
    }
    std::stable_sort(
        children.begin(), children.end(),
        [](const Child& a, const Child& b) { return a.group < b.group; });
    for (size_t i = 0; i < children.size();) {
      size_t end = i + 1;
      while (end < children.size() &&
             children[end].group == children[i].group) {
        ++end;
      }
      if (end == i + 1) {
        Add(children[i].node, children[i].name, depth + 1);
      } else {
        const size_t list = AddNode(children[i].name, JsonType::kArray);
        for (size_t at = i; at < end; ++at) {
          Add(children[at].node, {}, depth + 1);
        }
        Close(list);
      }
      i = end;
    }
  }

  const ParseContext& context_;
  std::vector<JsonNode> nodes_;
};

}  // namespace

void ParsePlainXml(absl::string_view bytes, const ParseContext& context,
                   std::vector<ArticleDraft>& drafts, ParseReport& report) {
  XmlDocument document;
  if (!ReadXml(bytes, context, document, report)) return;
  if (IsXmlTooLarge(document, context, report)) return;
  NodeMaker maker(context);
  maker.Make(document.root());
  ReadJsonArticles(maker.root(), context, drafts, report);
}

}  // namespace wiredesk
