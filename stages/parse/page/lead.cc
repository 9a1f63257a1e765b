#include "stages/parse/page/lead.h"

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "stages/parse/page/class_words.h"
#include "stages/parse/page/prune.h"

namespace wiredesk {
namespace {

constexpr size_t kLeadsMax = 3;
constexpr int kTextMin = 40;    // characters of a lead
constexpr int kTextMax = 1000;  // and of all paragraphs of one
constexpr double kLinksMax = 0.3;

// The first node of the page as it came that is in this one: elements that were
// made later have numbers of their own.
HtmlNodeId FirstLeaf(const HtmlTree& tree, HtmlNodeId id) {
  while (tree[id].first != kNoHtmlNode) id = tree[id].first;
  return id;
}

bool MayBeLead(HtmlTag tag) {
  return tag == HtmlTag::kP || tag == HtmlTag::kH2 || tag == HtmlTag::kH3;
}

// What holds no lead, whatever stands in it.
bool IsCompany(const HtmlTree& tree, HtmlNodeId id) {
  switch (tree[id].tag) {
    case HtmlTag::kUl:
    case HtmlTag::kOl:
    case HtmlTag::kDl:
    case HtmlTag::kTable:
    case HtmlTag::kFigure:
    case HtmlTag::kFigcaption:
    case HtmlTag::kNav:
    case HtmlTag::kAside:
    case HtmlTag::kFooter:
    case HtmlTag::kForm:
    case HtmlTag::kButton:
    case HtmlTag::kBlockquote:
      return true;
    default:
      break;
  }
  constexpr uint32_t kNotLead = kClassByline | kClassDate | kClassShare |
                                kClassJunk | kClassNegative | kClassComment;
  const uint32_t words = FindClassWords(tree.Attribute(id, "class")) |
                         FindClassWords(tree.Attribute(id, "id"));
  return (words & kNotLead) != 0 && (words & kClassMaybe) == 0;
}

bool StandsInCompany(const HtmlTree& tree, HtmlNodeId id) {
  for (; id != 0 && id != tree.body(); id = tree[id].parent) {
    if (IsCompany(tree, id)) return true;
  }
  return false;
}

bool IsIn(const HtmlTree& tree, HtmlNodeId id,
          const std::vector<HtmlNodeId>& parts) {
  for (; id != 0; id = tree[id].parent) {
    if (std::find(parts.begin(), parts.end(), id) != parts.end()) return true;
  }
  return false;
}

// Ends as sentences do.
bool IsSentence(absl::string_view line) {
  for (const absl::string_view mark :
       {"\"", "”", "“", "»", "«", "’", ")", "'"}) {
    if (absl::EndsWith(line, mark)) {
      line.remove_suffix(mark.size());
      break;
    }
  }
  for (const absl::string_view mark :
       {".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔", "։"}) {
    if (absl::EndsWith(line, mark)) return true;
  }
  return false;
}

}  // namespace

std::vector<HtmlNodeId> FindHtmlLead(const HtmlTree& tree,
                                     const HtmlMeasures& measures,
                                     const std::vector<HtmlNodeId>& paragraphs,
                                     HtmlNodeId heading,
                                     const std::vector<HtmlNodeId>& parts) {
  std::vector<HtmlNodeId> leads;
  if (heading == kNoHtmlNode || parts.empty()) return leads;
  const HtmlNodeId begin = FirstLeaf(tree, parts[0]);
  int text = 0;
  for (const HtmlNodeId id : paragraphs) {
    const HtmlNodeId leaf = FirstLeaf(tree, id);
    const HtmlMeasure& measure = measures[id];
    if (leaf < heading || leaf >= begin || !MayBeLead(tree[id].tag) ||
        measure.text < kTextMin || measure.LinkDensity() > kLinksMax ||
        IsIn(tree, id, parts) || StandsInCompany(tree, id) ||
        !IsSentence(HtmlNodeLine(tree, id))) {
      continue;
    }
    text += measure.text;
    if (leads.size() >= kLeadsMax || text > kTextMax) return {};
    leads.push_back(id);
  }
  return leads;
}

}  // namespace wiredesk
