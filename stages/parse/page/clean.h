// The last pass over an article: out go forms, lists of links, share buttons
// and other company.

#ifndef WIREDESK_STAGES_PARSE_PAGE_CLEAN_H_
#define WIREDESK_STAGES_PARSE_PAGE_CLEAN_H_

#include "stages/parse/html/tree.h"
#include "stages/parse/page/measure.h"

namespace wiredesk {

struct HtmlCleanOptions {
  bool weigh_classes = true;  // class and id count
  bool conditionally = true;  // <div>s, lists and tables are weighed, too
};

// Cleans all below `top`, which is measured in `measures`.
void CleanHtmlArticle(HtmlTree& tree, HtmlMeasures& measures, HtmlNodeId top,
                      const HtmlCleanOptions& options);

// Points for class and id: good company or bad.
int HtmlClassWeight(const HtmlTree& tree, HtmlNodeId id);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PAGE_CLEAN_H_
