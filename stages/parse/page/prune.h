// The first pass over a page in search of its article: out goes what is surely
// none of it, and loose text in <div>s becomes paragraphs, so that what follows
// can weigh paragraphs only.

#ifndef WIREDESK_STAGES_PARSE_PAGE_PRUNE_H_
#define WIREDESK_STAGES_PARSE_PAGE_PRUNE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/html/tree.h"

namespace wiredesk {

struct HtmlPruneOptions {
  bool strip_unlikely = true;  // by class, id and role
  bool strip_hidden = true;    // by style and attributes
  absl::string_view title;     // a heading that repeats it goes
};

struct HtmlPruneResult {
  std::vector<HtmlNodeId> paragraphs;  // to be weighed, in page order
  std::string byline;                  // text of the first byline that went
};

// Works on the whole of the tree's body.
HtmlPruneResult PruneHtml(HtmlTree& tree, const HtmlPruneOptions& options);

// Whether an element can be seen, as far as its own attributes tell.
bool IsHtmlVisible(const HtmlTree& tree, HtmlNodeId id);

// The text of a node and all below it, on one line.
std::string HtmlNodeLine(const HtmlTree& tree, HtmlNodeId id);

// How much of the words of `b` stands in `a`, by letters: 0..1.
double HtmlTextSimilarity(absl::string_view a, absl::string_view b);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PAGE_PRUNE_H_
