#include "stages/parse/html/tree.h"

#include "stages/parse/html/tree_builder.h"

namespace wiredesk {

HtmlTree::HtmlTree(absl::string_view html) {
  HtmlTreeBuilder(*this).Build(html);
}

absl::string_view HtmlTree::Attribute(HtmlNodeId id,
                                      absl::string_view name) const {
  absl::string_view value;
  FindHtmlAttribute(AttributesOf(id), name, value);
  return value;
}

HtmlNodeId HtmlTree::Next(HtmlNodeId id, HtmlNodeId top) const {
  if (nodes_[id].first != kNoHtmlNode) return nodes_[id].first;
  return NextAfter(id, top);
}

HtmlNodeId HtmlTree::NextAfter(HtmlNodeId id, HtmlNodeId top) const {
  while (id != top) {
    if (nodes_[id].next != kNoHtmlNode) return nodes_[id].next;
    id = nodes_[id].parent;
    if (id == 0) break;
  }
  return kNoHtmlNode;
}

void HtmlTree::Append(HtmlNodeId parent, HtmlNodeId id) {
  HtmlNode& above = nodes_[parent];
  HtmlNode& node = nodes_[id];
  node.parent = parent;
  node.next = kNoHtmlNode;
  node.previous = above.last;
  if (above.last != kNoHtmlNode) {
    nodes_[above.last].next = id;
  } else {
    above.first = id;
  }
  above.last = id;
}

void HtmlTree::Remove(HtmlNodeId id) {
  HtmlNode& node = nodes_[id];
  HtmlNode& above = nodes_[node.parent];
  if (node.previous != kNoHtmlNode) {
    nodes_[node.previous].next = node.next;
  } else {
    above.first = node.next;
  }
  if (node.next != kNoHtmlNode) {
    nodes_[node.next].previous = node.previous;
  } else {
    above.last = node.previous;
  }
  node.next = node.previous = kNoHtmlNode;
}

HtmlNodeId HtmlTree::InsertBefore(HtmlNodeId before, HtmlTag tag) {
  const auto id = static_cast<HtmlNodeId>(nodes_.size());
  HtmlNode node;
  node.tag = tag;
  node.text = HtmlTagName(tag);
  node.parent = nodes_[before].parent;
  node.previous = nodes_[before].previous;
  node.next = before;
  nodes_.push_back(node);
  nodes_[before].previous = id;
  if (node.previous != kNoHtmlNode) {
    nodes_[node.previous].next = id;
  } else {
    nodes_[node.parent].first = id;
  }
  return id;
}

HtmlNodeId HtmlTree::AppendElement(HtmlNodeId parent, HtmlTag tag) {
  const auto id = static_cast<HtmlNodeId>(nodes_.size());
  HtmlNode node;
  node.tag = tag;
  node.text = HtmlTagName(tag);
  nodes_.push_back(node);
  Append(parent, id);
  return id;
}

void HtmlTree::MoveInto(HtmlNodeId parent, HtmlNodeId id) {
  Remove(id);
  Append(parent, id);
}

bool HtmlTree::IsInside(HtmlNodeId id, HtmlTag tag) const {
  for (HtmlNodeId above = nodes_[id].parent; above != 0;
       above = nodes_[above].parent) {
    if (nodes_[above].tag == tag) return true;
  }
  return false;
}

}  // namespace wiredesk
