// A light tree of an HTML page.
//
// Not the tree of the standard: no adoption agency, no foster parents, no
// active formatting. What matters to reading is kept: void elements, end tags
// that may be left out (<p>, <li>, <td> and so on), end tags that cross, a
// missing head or body. Nodes stand in one array in the order of the page, and
// point at each other by index, so a page costs a handful of allocations.
//
// Tested by html_page_test.cc.

#ifndef WIREDESK_STAGES_PARSE_HTML_TREE_H_
#define WIREDESK_STAGES_PARSE_HTML_TREE_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/parse/html/tag.h"
#include "stages/parse/html/tokenizer.h"

namespace wiredesk {

using HtmlNodeId = uint32_t;
inline constexpr HtmlNodeId kNoHtmlNode = 0;  // the root is nobody's child

struct HtmlNode {
  absl::string_view text;  // of text as it stands; of elements the name
  HtmlNodeId parent = kNoHtmlNode;
  HtmlNodeId first = kNoHtmlNode;
  HtmlNodeId last = kNoHtmlNode;
  HtmlNodeId next = kNoHtmlNode;
  HtmlNodeId previous = kNoHtmlNode;
  uint32_t attributes = 0;  // the first of them
  uint16_t attribute_count = 0;
  HtmlTag tag = HtmlTag::kUnknown;
  bool is_text = false;
  bool raw = false;  // text of <script> and the like: no references in it
};

// Owns its nodes; text and attributes view the page, which must outlive it. Not
// thread-safe. Node 0 is the root, above <html>.
class HtmlTree {
 public:
  // Elements nested deeper become siblings of the deepest ones.
  static constexpr uint32_t kDepthMax = 256;

  explicit HtmlTree(absl::string_view html);

  const HtmlNode& operator[](HtmlNodeId id) const { return nodes_[id]; }
  HtmlNode& operator[](HtmlNodeId id) { return nodes_[id]; }
  size_t size() const { return nodes_.size(); }

  // The <body>, or the root where there is none.
  HtmlNodeId body() const { return body_ != kNoHtmlNode ? body_ : 0; }

  absl::Span<const HtmlAttribute> AttributesOf(HtmlNodeId id) const {
    const HtmlNode& node = nodes_[id];
    return absl::MakeConstSpan(attributes_)
        .subspan(node.attributes, node.attribute_count);
  }
  // Undecoded; empty where absent.
  absl::string_view Attribute(HtmlNodeId id, absl::string_view name) const;

  // The next node in the order of the page, below `top`; kNoHtmlNode at the
  // end. NextAfter leaves out what is below `id`.
  HtmlNodeId Next(HtmlNodeId id, HtmlNodeId top) const;
  HtmlNodeId NextAfter(HtmlNodeId id, HtmlNodeId top) const;

  // Takes a node with all below it out of the tree. Its ids stay valid.
  void Remove(HtmlNodeId id);
  // Puts a new element in front of `before`.
  HtmlNodeId InsertBefore(HtmlNodeId before, HtmlTag tag);
  HtmlNodeId AppendElement(HtmlNodeId parent, HtmlTag tag);
  // Takes a node out of its place and makes it the last child of `parent`.
  void MoveInto(HtmlNodeId parent, HtmlNodeId id);

  bool IsInside(HtmlNodeId id, HtmlTag tag) const;

 private:
  friend class HtmlTreeBuilder;
  void Append(HtmlNodeId parent, HtmlNodeId id);

  std::vector<HtmlNode> nodes_;
  std::vector<HtmlAttribute> attributes_;
  HtmlNodeId body_ = kNoHtmlNode;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_HTML_TREE_H_
