#include "stages/parse/page/clean.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "stages/parse/page/class_words.h"
#include "stages/parse/page/prune.h"

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

// What stands around and in the elements below `top`, by their numbers: asked
// of the tree for each of them it would cost the depth of the page each time.
class Surroundings {
 public:
  Surroundings(const HtmlTree& tree, HtmlNodeId top) : marks_(tree.size(), 0) {
    for (HtmlNodeId above = tree[top].parent; above != 0;
         above = tree[above].parent) {
      marks_[top] |= MarksOf(tree, above);
    }
    for (HtmlNodeId id = tree.Next(top, top); id != kNoHtmlNode;
         id = tree.Next(id, top)) {
      const HtmlNodeId parent = tree[id].parent;
      marks_[id] = marks_[parent] & kAround;
      if (parent != 0) marks_[id] |= MarksOf(tree, parent);
      order_.push_back(id);
    }
    for (auto id = order_.rbegin(); id != order_.rend(); ++id) {
      const bool data = (MarksOf(tree, *id) & kInDataTable) != 0;
      if (data || (marks_[*id] & kHoldsDataTable) != 0) {
        marks_[tree[*id].parent] |= kHoldsDataTable;
      }
    }
  }

  // The nodes below `top` in the order of the page.
  const std::vector<HtmlNodeId>& order() const { return order_; }

  bool InDataTable(HtmlNodeId id) const { return Has(id, kInDataTable); }
  bool InCode(HtmlNodeId id) const { return Has(id, kInCode); }
  bool InFigure(HtmlNodeId id) const { return Has(id, kInFigure); }
  bool HoldsDataTable(HtmlNodeId id) const { return Has(id, kHoldsDataTable); }

 private:
  enum Mark : uint8_t {
    kInDataTable = 1,
    kInCode = 2,
    kInFigure = 4,
    kHoldsDataTable = 8,
    kAround = kInDataTable | kInCode | kInFigure,
    kKnown = 16,      // whether the element itself is a data table
    kDataTable = 32,  // it is
  };

  bool Has(HtmlNodeId id, Mark mark) const { return (marks_[id] & mark) != 0; }

  // What an element says of all that is in it.
  uint8_t MarksOf(const HtmlTree& tree, HtmlNodeId id) {
    switch (tree[id].tag) {
      case HtmlTag::kCode:
        return kInCode;
      case HtmlTag::kFigure:
        return kInFigure;
      case HtmlTag::kTable:
        if (!Has(id, kKnown)) {
          marks_[id] |= kKnown | (IsDataTable(tree, id) ? kDataTable : 0);
        }
        return Has(id, kDataTable) ? kInDataTable : 0;
      default:
        return 0;
    }
  }

  std::vector<uint8_t> marks_;
  std::vector<HtmlNodeId> order_;
};

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
  int Weight(HtmlNodeId id) const {
    return options_.weigh_classes ? HtmlClassWeight(tree_, id) : 0;
  }

  void Always() {
    std::vector<HtmlNodeId> order;
    HtmlNodeId id = tree_.Next(top_, top_);
    while (id != kNoHtmlNode) {
      order.push_back(id);
      const HtmlNodeId next = tree_.NextAfter(id, top_);
      if (!tree_[id].is_text && IsNoText(id)) {
        measures_.Remove(id);
        id = next;
      } else {
        id = tree_.Next(id, top_);
      }
    }
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
      measures_.Settle(*at);
    }
    SettleAbove();
  }

  // What was removed is known up to the top, and above it after this.
  void SettleAbove() {
    for (HtmlNodeId id = top_;; id = tree_[id].parent) {
      measures_.Settle(id);
      if (id == 0) return;
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
      case HtmlTag::kP:
        if (PointsElsewhere(id)) return true;
        break;
      default:
        break;
    }
    const uint32_t words = FindClassWords(tree_.Attribute(id, "class")) |
                           FindClassWords(tree_.Attribute(id, "id"));
    return (words & kClassShare) != 0 && measures_[id].text < kShareTextMax;
  }

  // "Read more: …": a paragraph of nothing but a link, or of a link and what it
  // is called.
  bool PointsElsewhere(HtmlNodeId id) const {
    constexpr int kPointerMax = 200;  // characters
    const HtmlMeasure& measure = measures_[id];
    if (measure.text == 0 || measure.text > kPointerMax) return false;
    if (measure.LinkDensity() >= 0.9) return true;
    if (measure.LinkDensity() < 0.4) return false;
    const HtmlNode& last = tree_[tree_[id].last];
    if (last.is_text || last.tag != HtmlTag::kA) return false;
    const std::string line = HtmlNodeLine(tree_, id);
    const std::string link = HtmlNodeLine(tree_, tree_[id].last);
    absl::string_view label = line;
    if (!absl::ConsumeSuffix(&label, link)) return false;
    label = absl::StripTrailingAsciiWhitespace(label);
    return absl::EndsWith(label, ":") || absl::EndsWith(label, "：");
  }

  // The elements with one of these tags, the last one first.
  void Conditionally(std::initializer_list<HtmlTag> tags) {
    const Surroundings around(tree_, top_);
    const std::vector<HtmlNodeId>& order = around.order();
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
      const HtmlNodeId id = *at;
      measures_.Settle(id);
      if (!tree_[id].is_text &&
          std::find(tags.begin(), tags.end(), tree_[id].tag) != tags.end() &&
          ShouldGo(id, around)) {
        measures_.Remove(id);
      }
    }
    SettleAbove();
  }

  bool ShouldGo(HtmlNodeId id, const Surroundings& around) const {
    const HtmlNode& node = tree_[id];
    const HtmlMeasure& measure = measures_[id];
    bool list = node.tag == HtmlTag::kUl || node.tag == HtmlTag::kOl;
    if (!list) list = measure.list > 0.9 * measure.text && measure.text > 0;
    if (node.tag == HtmlTag::kTable && IsDataTable(tree_, id)) return false;
    if (around.InDataTable(id) || around.InCode(id) ||
        around.HoldsDataTable(id)) {
      return false;
    }
    const int weight = Weight(id);
    if (weight < 0) return true;
    if (measure.commas >= kCommasOfProse) return false;
    if (!LooksLikeCompany(id, list, weight, around.InFigure(id))) return false;
    return !(list && IsListOfImages(id));
  }

  bool LooksLikeCompany(HtmlNodeId id, bool list, int weight,
                        bool in_figure) const {
    const HtmlMeasure& m = measures_[id];
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
