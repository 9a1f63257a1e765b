// The first pass over a page in search of its article: out goes what is surely
// none of it, and loose text in <div>s becomes paragraphs, so that what follows
// can weigh paragraphs only.

#ifndef WIREDESK_STAGES_PARSE_PAGE_PRUNE_H_
#define WIREDESK_STAGES_PARSE_PAGE_PRUNE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/html/tree.h"

namespace wiredesk {

struct HtmlPruneOptions {
  bool strip_unlikely = true;  // by class, id and role
  bool strip_hidden = true;    // by style and attributes
  bool keep_noscript = false;  // what is for readers without scripts
  absl::string_view title;     // a heading that repeats it goes
  // Characters of sentences below each node of the page as it came, node 0
  // being the whole; an element that holds most of them stays, whatever its
  // class says. May be nullptr.
  const std::vector<int32_t>* prose = nullptr;
};

struct HtmlPruneResult {
  std::vector<HtmlNodeId> paragraphs;  // to be weighed, in page order
  std::vector<std::string> bylines;    // texts of the bylines that went
  HtmlNodeId heading = kNoHtmlNode;    // that went, since it repeats the title
};

// Characters of sentences below each node, by its number: of text that is long
// enough to be one and stands in no link, comment, aside, menu or <noscript>.
std::vector<int32_t> CountHtmlProse(const HtmlTree& tree);

// Works on the whole of the tree's body.
HtmlPruneResult PruneHtml(HtmlTree& tree, const HtmlPruneOptions& options);

// Whether an element can be seen, as far as its own attributes tell.
bool IsHtmlVisible(const HtmlTree& tree, HtmlNodeId id);

// The text of a node and all below it, on one line.
std::string HtmlNodeLine(const HtmlTree& tree, HtmlNodeId id);

// The same of a heading, without the sign by which it links to itself.
std::string HtmlHeadingLine(const HtmlTree& tree, HtmlNodeId id);

// How much of the words of `b` stands in `a`, by letters: 0..1.
double HtmlTextSimilarity(absl::string_view a, absl::string_view b);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PAGE_PRUNE_H_
