#include "stages/parse/page/clean.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/page/class_words.h"

namespace wiredesk {
namespace {

constexpr int kShareTextMax = 500;
constexpr int kCommasOfProse = 10;

bool IsDataTable(const HtmlTree& tree, HtmlNodeId table) {
  const absl::string_view role = tree.Attribute(table, "role");
  if (role == "presentation" || tree.Attribute(table, "datatable") == "0") {
    return false;
  }
  if (!tree.Attribute(table, "summary").empty()) return true;
  int rows = 0;
  int columns = 0;
  int cells = 0;
  for (HtmlNodeId id = tree.Next(table, table); id != kNoHtmlNode;
       id = tree.Next(id, table)) {
    switch (tree[id].tag) {
      case HtmlTag::kCaption:
      case HtmlTag::kCol:
      case HtmlTag::kColgroup:
      case HtmlTag::kTfoot:
      case HtmlTag::kThead:
      case HtmlTag::kTh:
        return true;
      case HtmlTag::kTable:
        return false;
      case HtmlTag::kTr:
        ++rows;
        cells = 0;
        break;
      case HtmlTag::kTd:
        columns = std::max(columns, ++cells);
        break;
      default:
        break;
    }
  }
  if (rows == 1 || columns == 1) return false;
  return rows >= 10 || columns > 4 || rows * columns > 10;
}

bool IsInDataTable(const HtmlTree& tree, HtmlNodeId id) {
  for (HtmlNodeId above = tree[id].parent; above != 0;
       above = tree[above].parent) {
    if (tree[above].tag == HtmlTag::kTable && IsDataTable(tree, above)) {
      return true;
    }
  }
  return false;
}

bool HoldsDataTable(const HtmlTree& tree, HtmlNodeId top) {
  for (HtmlNodeId id = tree.Next(top, top); id != kNoHtmlNode;
       id = tree.Next(id, top)) {
    if (tree[id].tag == HtmlTag::kTable && IsDataTable(tree, id)) return true;
  }
  return false;
}

// One article being cleaned. Lives for one call.
class Cleaner {
 public:
  Cleaner(HtmlTree& tree, HtmlMeasures& measures, HtmlNodeId top,
          const HtmlCleanOptions& options)
      : tree_(tree), measures_(measures), top_(top), options_(options) {}

  void Run() {
    if (options_.conditionally) {
      Conditionally({HtmlTag::kForm, HtmlTag::kFieldset});
    }
    Always();
    if (options_.conditionally) {
      Conditionally({HtmlTag::kTable});
      Conditionally({HtmlTag::kUl, HtmlTag::kOl});
      Conditionally({HtmlTag::kDiv});
    }
  }

 private:
  // The elements with one of these tags, the last one first.
  std::vector<HtmlNodeId> Elements(std::initializer_list<HtmlTag> tags) const {
    std::vector<HtmlNodeId> found;
    for (HtmlNodeId id = tree_.Next(top_, top_); id != kNoHtmlNode;
         id = tree_.Next(id, top_)) {
      for (const HtmlTag tag : tags) {
        if (!tree_[id].is_text && tree_[id].tag == tag) found.push_back(id);
      }
    }
    return {found.rbegin(), found.rend()};
  }

  int Weight(HtmlNodeId id) const {
    return options_.weigh_classes ? HtmlClassWeight(tree_, id) : 0;
  }

  void Always() {
    HtmlNodeId id = tree_.Next(top_, top_);
    while (id != kNoHtmlNode) {
      const HtmlNodeId next = tree_.NextAfter(id, top_);
      if (!tree_[id].is_text && IsNoText(id)) {
        measures_.Remove(id);
        id = next;
      } else {
        id = tree_.Next(id, top_);
      }
    }
  }

  bool IsNoText(HtmlNodeId id) const {
    const HtmlNode& node = tree_[id];
    switch (node.tag) {
      case HtmlTag::kObject:
      case HtmlTag::kEmbed:
      case HtmlTag::kFooter:
      case HtmlTag::kAside:
      case HtmlTag::kNav:
      case HtmlTag::kInput:
      case HtmlTag::kTextarea:
      case HtmlTag::kSelect:
      case HtmlTag::kButton:
        return true;
      case HtmlTag::kH1:
      case HtmlTag::kH2:
        return Weight(id) < 0;
      default:
        break;
    }
    const uint32_t words = FindClassWords(tree_.Attribute(id, "class")) |
                           FindClassWords(tree_.Attribute(id, "id"));
    return (words & kClassShare) != 0 && measures_[id].text < kShareTextMax;
  }

  void Conditionally(std::initializer_list<HtmlTag> tags) {
    for (const HtmlNodeId id : Elements(tags)) {
      if (ShouldGo(id)) measures_.Remove(id);
    }
  }

  bool ShouldGo(HtmlNodeId id) const {
    const HtmlNode& node = tree_[id];
    const HtmlMeasure& measure = measures_[id];
    bool list = node.tag == HtmlTag::kUl || node.tag == HtmlTag::kOl;
    if (!list) list = measure.list > 0.9 * measure.text && measure.text > 0;
    if (node.tag == HtmlTag::kTable && IsDataTable(tree_, id)) return false;
    if (IsInDataTable(tree_, id) || tree_.IsInside(id, HtmlTag::kCode) ||
        HoldsDataTable(tree_, id)) {
      return false;
    }
    const int weight = Weight(id);
    if (weight < 0) return true;
    if (measure.commas >= kCommasOfProse) return false;
    if (!LooksLikeCompany(id, list, weight)) return false;
    return !(list && IsListOfImages(id));
  }

  bool LooksLikeCompany(HtmlNodeId id, bool list, int weight) const {
    const HtmlMeasure& m = measures_[id];
    const bool in_figure = tree_.IsInside(id, HtmlTag::kFigure);
    const double links = m.LinkDensity();
    const double headings =
        m.text == 0 ? 0 : static_cast<double>(m.heading) / m.text;
    if (!in_figure && m.images > 1 && 2 * m.paragraphs < m.images) return true;
    if (!list && m.items - 100 > m.paragraphs) return true;
    if (m.inputs > m.paragraphs / 3) return true;
    if (!list && !in_figure && headings < 0.9 && m.text < 25 &&
        (m.images == 0 || m.images > 2) && links > 0) {
      return true;
    }
    if (!list && weight < 25 && links > 0.2) return true;
    if (weight >= 25 && links > 0.5) return true;
    // A list of links is one of other pages.
    if (list && links > 0.9 && m.items > 1) return true;
    if ((m.embeds == 1 && m.text < 75) || m.embeds > 1) return true;
    return m.images == 0 && m.textish == 0;
  }

  bool IsListOfImages(HtmlNodeId id) const {
    for (HtmlNodeId item = tree_[id].first; item != kNoHtmlNode;
         item = tree_[item].next) {
      int children = 0;
      for (HtmlNodeId child = tree_[item].first; child != kNoHtmlNode;
           child = tree_[child].next) {
        if (!tree_[child].is_text) ++children;
      }
      if (children > 1) return false;
    }
    return measures_[id].images > 0 &&
           measures_[id].images == measures_[id].items;
  }

  HtmlTree& tree_;
  HtmlMeasures& measures_;
  const HtmlNodeId top_;
  const HtmlCleanOptions& options_;
};

}  // namespace

int HtmlClassWeight(const HtmlTree& tree, HtmlNodeId id) {
  int weight = 0;
  for (const absl::string_view name : {"class", "id"}) {
    const uint32_t words = FindClassWords(tree.Attribute(id, name));
    if ((words & kClassNegative) != 0) weight -= 25;
    if ((words & kClassPositive) != 0) weight += 25;
  }
  return weight;
}

void CleanHtmlArticle(HtmlTree& tree, HtmlMeasures& measures, HtmlNodeId top,
                      const HtmlCleanOptions& options) {
  Cleaner(tree, measures, top, options).Run();
}

}  // namespace wiredesk
