// What the parts of a page hold: text, links, paragraphs, pictures, counted
// once for every element, and kept right while parts are taken out.

#ifndef WIREDESK_STAGES_PARSE_PAGE_MEASURE_H_
#define WIREDESK_STAGES_PARSE_PAGE_MEASURE_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "stages/parse/html/tree.h"

namespace wiredesk {

// All of what is below an element. Text is counted in characters, with white
// space collapsed.
struct HtmlMeasure {
  int32_t text = 0;
  int32_t link = 0;  // text in links, in tenths; a link on the page is 3/10
  int32_t commas = 0;
  int32_t heading = 0;  // text in headings
  int32_t list = 0;     // text in lists
  int32_t textish = 0;  // text in elements that commonly hold text
  int32_t paragraphs = 0;
  int32_t images = 0;
  int32_t items = 0;  // of lists
  int32_t inputs = 0;
  int32_t embeds = 0;

  double LinkDensity() const {
    return text == 0 ? 0 : static_cast<double>(link) / 10 / text;
  }
};

// Holds the measures of one tree, which must outlive it; not thread-safe.
class HtmlMeasures {
 public:
  explicit HtmlMeasures(HtmlTree& tree) : tree_(tree) {}

  // Counts all that is below `top`.
  void Count(HtmlNodeId top);

  const HtmlMeasure& operator[](HtmlNodeId id) const { return measures_[id]; }

  // Takes a node out of the tree. The measures above it know of that once they
  // are settled: to tell all of them at once would cost the depth of the page
  // for each node.
  void Remove(HtmlNodeId id);
  // Takes out of the measure of `id` what was removed below, and hands it up.
  // Each node of a page is settled before its parent.
  void Settle(HtmlNodeId id);

 private:
  HtmlMeasure ShareOf(HtmlNodeId id) const;

  HtmlTree& tree_;
  std::vector<HtmlMeasure> measures_;
  // What was removed below a node and it was not settled for; few have some.
  absl::flat_hash_map<HtmlNodeId, HtmlMeasure> removed_;
};

// Whether a text has something to read in it.
bool HasVisibleText(absl::string_view text);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PAGE_MEASURE_H_
