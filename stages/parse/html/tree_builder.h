// Builds an HtmlTree from tokens: which element is open where.

#ifndef WIREDESK_STAGES_PARSE_HTML_TREE_BUILDER_H_
#define WIREDESK_STAGES_PARSE_HTML_TREE_BUILDER_H_

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
  void CloseDownTo(size_t depth) { open_.resize(depth); }
  HtmlTag TagAt(size_t depth) const { return tree_[open_[depth]].tag; }

  HtmlTree& tree_;
  std::vector<HtmlNodeId> open_ = {0};
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_HTML_TREE_BUILDER_H_
