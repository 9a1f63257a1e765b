// Builds an HtmlTree from tokens: which element is open where.

#ifndef WIREDESK_STAGES_PARSE_HTML_TREE_BUILDER_H_
#define WIREDESK_STAGES_PARSE_HTML_TREE_BUILDER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include "stages/parse/html/tree.h"

namespace wiredesk {

// Lives while one page is read; not thread-safe.
class HtmlTreeBuilder {
 public:
  explicit HtmlTreeBuilder(HtmlTree& tree) : tree_(tree) {}

  void Build(absl::string_view html);

 private:
  void StartTag(const HtmlToken& token);
  void EndTag(const HtmlToken& token);
  void Text(const HtmlToken& token);
  bool MergeDuplicate(const HtmlToken& token);
  void CloseImplied(HtmlTag tag);
  // Closes the innermost of `tags` that is open within what none of `barriers`
  // ends.
  void CloseWithin(std::initializer_list<HtmlTag> tags,
                   std::initializer_list<HtmlTag> barriers);
  void CloseDownTo(size_t depth);
  void CloseAlone(size_t depth);
  // Whether an element of one of `tags` is open at all: mostly none is, and
  // then nobody need look through all that are.
  bool IsOpen(std::initializer_list<HtmlTag> tags) const;
  uint16_t& CountOf(HtmlTag tag) {
    return open_of_tag_[static_cast<size_t>(tag)];
  }
  HtmlTag TagAt(size_t depth) const { return tree_[open_[depth]].tag; }

  HtmlTree& tree_;
  std::vector<HtmlNodeId> open_ = {0};
  // How many of each tag are in open_, without its first.
  std::array<uint16_t, static_cast<size_t>(HtmlTag::kCount)> open_of_tag_ = {};
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_HTML_TREE_BUILDER_H_
