// XML as it comes, read into a pugixml tree.
//
// A well-formed document takes the fast way: pugixml, in place. It loads no
// DTD, follows no external entity and expands none but the five of XML, so
// neither entity bombs nor file inclusion exist here; references to HTML
// entities stay in the text as they are ("&nbsp;") and a bare "&" does, too.
// A document that pugixml refuses is rewritten once by repair.h, which
// closes what is open, and read again: what stands before and after the fault
// is kept, and the fault is reported.
//
// Tested by xml_document_test.cc.

#ifndef WIREDESK_STAGES_PARSE_XML_DOCUMENT_H_
#define WIREDESK_STAGES_PARSE_XML_DOCUMENT_H_

#include <optional>
#include <pugixml.hpp>
#include <string>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

// Elements nested deeper than this are not read, whatever the limits are.
inline constexpr int kXmlDepthMax = 1024;

// Owns the tree and the bytes that it points into; views live as long as it,
// or until the next Parse(). Not thread-safe.
class XmlDocument {
 public:
  // Reads `xml`, UTF-8. False where there is no element at all.
  bool Parse(absl::string_view xml);

  pugi::xml_node root() const { return document_.document_element(); }

  // Why this is not a well-formed document, with the position in the bytes;
  // empty where pugixml took it as it is.
  const std::string& fault() const { return fault_; }

  // Whether the input ends inside of an item of a feed, so that the last item
  // is not whole.
  bool cut_item() const { return cut_item_; }

 private:
  std::string buffer_;
  pugi::xml_document document_;
  std::string fault_;
  bool cut_item_ = false;
};

// --- Reading nodes ----------------------------------------------------------

// The name without its prefix, and the prefix; views into the document.
absl::string_view XmlLocalName(pugi::xml_node node);
absl::string_view XmlPrefix(pugi::xml_node node);

// An attribute by its name with prefix, in any case; empty where absent.
absl::string_view XmlAttribute(pugi::xml_node node, absl::string_view name);
bool HasXmlAttribute(pugi::xml_node node, absl::string_view name);

// All text in a node and below it, as it stands. Where that is a single run it
// is a view into the document, else into `storage`.
absl::string_view XmlText(pugi::xml_node node, std::string& storage);

// What a node holds, written as markup again (for XHTML): the children, or the
// node itself as well. Prefixes of names are left out.
void AppendXmlMarkup(pugi::xml_node node, std::string& out);

// The first child with this local name, whatever its prefix.
pugi::xml_node XmlChild(pugi::xml_node node, absl::string_view local_name);

// Why there is more in a node than the limits allow, seen from the node itself:
// too_deep for elements in elements, too_many for attributes of one; nullopt
// where there is not.
std::optional<ParseReason> XmlExcess(pugi::xml_node node,
                                     const ParseLimits& limits);

// Parses `bytes` and reports what is wrong with them; false where nothing could
// be read.
bool ReadXml(absl::string_view bytes, const ParseContext& context,
             XmlDocument& document, ParseReport& report);

// Reports XmlExcess of the whole document, if there is any.
bool IsXmlTooLarge(const XmlDocument& document, const ParseContext& context,
                   ParseReport& report);

// Calls fn(pugi::xml_node) for every child element.
template <typename Fn>
void ForEachXmlElement(pugi::xml_node node, Fn&& fn) {
  for (pugi::xml_node child = node.first_child(); child;
       child = child.next_sibling()) {
    if (child.type() == pugi::node_element) fn(child);
  }
}

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_XML_DOCUMENT_H_
