#include "stages/parse/page/article.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "stages/parse/html/text.h"
#include "stages/parse/page/class_words.h"
#include "stages/parse/page/clean.h"
#include "stages/parse/page/lead.h"
#include "stages/parse/page/measure.h"
#include "stages/parse/page/prune.h"

namespace wiredesk {
namespace {

constexpr int kParagraphMin = 25;       // shorter ones say nothing
constexpr int kAncestorsScored = 5;     // levels above a paragraph
constexpr size_t kCandidates = 5;       // elements compared at the end
constexpr size_t kArticleEnough = 500;  // bytes; less is tried again
constexpr size_t kProseUsedMin = 8;     // percent of the page's sentences

struct Attempt {
  bool strip_hidden = true;
  bool strip_unlikely = true;
  bool weigh_classes = true;
  bool clean = true;
  bool keep_noscript = false;
};

// From a heavy hand to a light one.
constexpr std::array<Attempt, 5> kAttempts = {{{true, true, true, true},
                                               {true, false, true, true},
                                               {true, false, false, true},
                                               {true, false, false, false},
                                               {false, false, false, false}}};

double TagPoints(HtmlTag tag) {
  switch (tag) {
    case HtmlTag::kDiv:
      return 5;
    case HtmlTag::kPre:
    case HtmlTag::kTd:
    case HtmlTag::kBlockquote:
      return 3;
    case HtmlTag::kAddress:
    case HtmlTag::kOl:
    case HtmlTag::kUl:
    case HtmlTag::kDl:
    case HtmlTag::kDd:
    case HtmlTag::kDt:
    case HtmlTag::kLi:
    case HtmlTag::kForm:
      return -3;
    case HtmlTag::kH1:
    case HtmlTag::kH2:
    case HtmlTag::kH3:
    case HtmlTag::kH4:
    case HtmlTag::kH5:
    case HtmlTag::kH6:
    case HtmlTag::kTh:
      return -5;
    default:
      return 0;
  }
}

// One attempt at one page. Lives for one call.
class ArticleSearch {
 public:
  ArticleSearch(const HtmlTree& tree, const Attempt& attempt,
                const std::vector<int32_t>& prose)
      : tree_(tree), attempt_(attempt), prose_(prose), measures_(tree_) {}

  HtmlArticle Run(absl::string_view title) {
    HtmlPruneOptions options;
    options.strip_unlikely = attempt_.strip_unlikely;
    options.strip_hidden = attempt_.strip_hidden;
    options.keep_noscript = attempt_.keep_noscript;
    options.title = title;
    options.prose = &prose_;
    HtmlPruneResult pruned = PruneHtml(tree_, options);
    measures_.Count(0);
    scores_.assign(tree_.size(), {});
    for (const HtmlNodeId paragraph : pruned.paragraphs) Score(paragraph);
    heading_ = pruned.heading;
    const std::vector<HtmlNodeId> parts = WithSiblings(BestCandidate());
    HtmlArticle article;
    article.bylines = std::move(pruned.bylines);
    article.in_article = tree_[parts[0]].tag == HtmlTag::kArticle ||
                         tree_.IsInside(parts[0], HtmlTag::kArticle);
    std::vector<HtmlNodeId> leads;
    if (!IsTop(parts[0])) {
      leads = FindHtmlLead(tree_, measures_, pruned.paragraphs, pruned.heading,
                           parts);
    }
    HtmlTextWriter writer(article.text);
    for (const HtmlNodeId part : parts) {
      HtmlCleanOptions clean;
      clean.weigh_classes = attempt_.weigh_classes;
      clean.conditionally = attempt_.clean;
      CleanHtmlArticle(tree_, measures_, part, clean);
      writer.Part(HtmlTextWriter::kParagraph);
      Write(part, writer);
    }
    PutBefore(leads, article.text);
    return article;
  }

 private:
  struct Points {
    double value = 0;
    bool known = false;
  };

  Points& PointsOf(HtmlNodeId id) {
    Points& points = scores_[id];
    if (!points.known) {
      points.known = true;
      points.value = TagPoints(tree_[id].tag);
      if (attempt_.weigh_classes) points.value += HtmlClassWeight(tree_, id);
      scored_.push_back(id);
    }
    return points;
  }

  void Score(HtmlNodeId paragraph) {
    const HtmlMeasure& measure = measures_[paragraph];
    if (measure.text < kParagraphMin) return;
    const double points = 2 + measure.commas + std::min(measure.text / 100, 3);
    HtmlNodeId above = tree_[paragraph].parent;
    for (int level = 0; level < kAncestorsScored && above != 0; ++level) {
      const double divider = level == 0 ? 1 : level == 1 ? 2 : level * 3;
      PointsOf(above).value += points / divider;
      above = tree_[above].parent;
    }
  }

  double FinalPoints(HtmlNodeId id) const {
    return scores_[id].value * (1 - measures_[id].LinkDensity());
  }

  HtmlNodeId BestCandidate() {
    for (const HtmlNodeId id : scored_) scores_[id].value = FinalPoints(id);
    const size_t count = std::min(kCandidates, scored_.size());
    std::partial_sort(scored_.begin(),
                      scored_.begin() + static_cast<ptrdiff_t>(count),
                      scored_.end(), [this](HtmlNodeId a, HtmlNodeId b) {
                        const double left = scores_[a].value;
                        const double right = scores_[b].value;
                        return left != right ? left > right : a < b;
                      });
    scored_.resize(count);
    if (scored_.empty() || IsTop(scored_[0])) return tree_.body();
    HtmlNodeId best = CommonAncestor(scored_[0]);
    best = WidenByScore(best);
    // An only child says no more than its parent, which may have neighbours.
    HtmlNodeId above = tree_[best].parent;
    while (!IsTop(above) && ElementCount(above) == 1) {
      best = above;
      above = tree_[best].parent;
    }
    return best;
  }

  bool IsTop(HtmlNodeId id) const { return id == 0 || id == tree_.body(); }

  int ElementCount(HtmlNodeId id) const {
    int count = 0;
    for (HtmlNodeId child = tree_[id].first; child != kNoHtmlNode;
         child = tree_[child].next) {
      if (!tree_[child].is_text) ++count;
    }
    return count;
  }

  bool IsAbove(HtmlNodeId ancestor, HtmlNodeId id) const {
    if (id == kNoHtmlNode) return false;
    for (id = tree_[id].parent; id != 0; id = tree_[id].parent) {
      if (id == ancestor) return true;
    }
    return false;
  }

  // Where three other candidates score nearly alike, the article is spread:
  // what stands above all of them is it.
  HtmlNodeId CommonAncestor(HtmlNodeId best) const {
    std::vector<HtmlNodeId> rivals;
    for (const HtmlNodeId id : scored_) {
      if (id != best && scores_[id].value >= 0.75 * scores_[best].value) {
        rivals.push_back(id);
      }
    }
    if (rivals.size() < 3) return best;
    for (HtmlNodeId above = tree_[best].parent; !IsTop(above);
         above = tree_[above].parent) {
      const auto inside =
          std::count_if(rivals.begin(), rivals.end(),
                        [&](HtmlNodeId id) { return IsAbove(above, id); });
      if (inside >= 3) return above;
    }
    return best;
  }

  // The score falls from level to level; where it rises, there is more of the
  // article than the best candidate holds.
  HtmlNodeId WidenByScore(HtmlNodeId best) const {
    double last = scores_[best].value;
    const double threshold = last / 3;
    for (HtmlNodeId above = tree_[best].parent; !IsTop(above);
         above = tree_[above].parent) {
      if (!scores_[above].known) continue;
      const double points = scores_[above].value;
      if (points < threshold) break;
      if (points > last) return above;
      last = points;
    }
    return best;
  }

  // The best candidate with those of its neighbours that belong to it.
  std::vector<HtmlNodeId> WithSiblings(HtmlNodeId best) const {
    if (IsTop(best)) return {best};
    const double threshold = std::max(10.0, scores_[best].value * 0.2);
    const absl::string_view best_class = tree_.Attribute(best, "class");
    std::vector<HtmlNodeId> parts;
    for (HtmlNodeId id = tree_[tree_[best].parent].first; id != kNoHtmlNode;
         id = tree_[id].next) {
      // Of the header, only a lead belongs to the text.
      if (tree_[id].is_text || (id != best && IsAbove(id, heading_))) continue;
      const bool same_class =
          !best_class.empty() && tree_.Attribute(id, "class") == best_class;
      const double bonus = same_class ? scores_[best].value * 0.2 : 0;
      if (id == best ||
          (scores_[id].known && scores_[id].value + bonus >= threshold) ||
          (tree_[id].tag == HtmlTag::kP && IsProse(id))) {
        parts.push_back(id);
      }
    }
    return parts;
  }

  // Leads that the text does not repeat go in front of it.
  void PutBefore(const std::vector<HtmlNodeId>& leads,
                 std::string& text) const {
    std::string before;
    for (const HtmlNodeId lead : leads) {
      const std::string line = HtmlNodeLine(tree_, lead);
      if (absl::StrContains(text, line)) continue;
      absl::StrAppend(&before, before.empty() ? "" : "\n\n", line);
    }
    if (!before.empty()) text = absl::StrCat(before, "\n\n", text);
  }

  bool IsProse(HtmlNodeId id) const {
    const HtmlMeasure& measure = measures_[id];
    if (measure.text > 80) return measure.LinkDensity() < 0.25;
    if (measure.text == 0 || measure.link > 0) return false;
    const std::string line = HtmlNodeLine(tree_, id);
    // Empty where there is but a space that does not break.
    return absl::EndsWith(line, ".") || absl::StrContains(line, ". ");
  }

  void Write(HtmlNodeId top, HtmlTextWriter& writer) const {
    int preformatted = 0;
    writer.StartTag(tree_[top].tag);
    for (HtmlNodeId id = tree_[top].first; id != kNoHtmlNode;) {
      const HtmlNode& node = tree_[id];
      const bool skip =
          !node.is_text && ((HtmlFlags(node.tag) & kHtmlNoText) != 0 ||
                            node.tag == HtmlTag::kFigcaption);
      if (node.is_text) {
        if (!node.raw) {
          preformatted > 0 ? writer.PreformattedText(node.text)
                           : writer.Text(node.text);
        }
      } else if (!skip) {
        writer.StartTag(node.tag);
        if (node.tag == HtmlTag::kPre) ++preformatted;
      }
      if (!skip && node.first != kNoHtmlNode) {
        id = node.first;
        continue;
      }
      id = Leave(id, top, writer, preformatted);
    }
    writer.EndTag(tree_[top].tag);
  }

  // Closes what ends at `id`, and gives what comes after it.
  HtmlNodeId Leave(HtmlNodeId id, HtmlNodeId top, HtmlTextWriter& writer,
                   int& preformatted) const {
    for (; id != top; id = tree_[id].parent) {
      const HtmlNode& node = tree_[id];
      if (!node.is_text && (HtmlFlags(node.tag) & kHtmlVoid) == 0) {
        writer.EndTag(node.tag);
        if (node.tag == HtmlTag::kPre) --preformatted;
      }
      if (node.next != kNoHtmlNode) return node.next;
    }
    return kNoHtmlNode;
  }

  HtmlTree tree_;  // a copy, to be taken apart
  const Attempt& attempt_;
  const std::vector<int32_t>& prose_;
  HtmlMeasures measures_;
  std::vector<Points> scores_;
  std::vector<HtmlNodeId> scored_;
  HtmlNodeId heading_ = kNoHtmlNode;  // that repeats the title
};

// The sentences of a text: how many bytes of them there are, and the longest
// paragraph.
struct Sentences {
  size_t size = 0;
  absl::string_view longest;
};

Sentences SentencesOf(absl::string_view text) {
  constexpr size_t kSentenceMin = 60;
  Sentences found;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (line.size() < kSentenceMin) continue;
    found.size += line.size();
    if (line.size() > found.longest.size()) found.longest = line;
  }
  return found;
}

// Whether what a lighter hand found takes the place of what a heavy one did. It
// finds more on any page: where there is an article already, it must find that
// and much more.
bool TakesPlace(const HtmlArticle& lighter, const HtmlArticle& best) {
  if (best.text.size() < kArticleEnough) {
    return lighter.text.size() > best.text.size();
  }
  const Sentences have = SentencesOf(best.text);
  return SentencesOf(lighter.text).size > 2 * have.size &&
         absl::StrContains(lighter.text, have.longest);
}

// Bytes of the texts for readers without scripts that may be sentences.
size_t CountNoscriptProse(const HtmlTree& tree) {
  constexpr size_t kSentenceMin = 60;
  size_t bytes = 0;
  for (HtmlNodeId id = 1; id < tree.size(); ++id) {
    if (tree[id].is_text && !tree[id].raw &&
        tree[id].text.size() >= kSentenceMin &&
        tree.IsInside(id, HtmlTag::kNoscript)) {
      bytes += tree[id].text.size();
    }
  }
  return bytes;
}

}  // namespace

HtmlArticle FindHtmlArticle(const HtmlTree& tree, absl::string_view title) {
  const std::vector<int32_t> prose = CountHtmlProse(tree);
  const auto all = static_cast<size_t>(prose.empty() ? 0 : prose[0]);
  HtmlArticle best;
  for (const Attempt& attempt : kAttempts) {
    HtmlArticle article = ArticleSearch(tree, attempt, prose).Run(title);
    if (TakesPlace(article, best)) best = std::move(article);
    const bool enough = best.text.size() >= kArticleEnough;
    if (enough && best.text.size() * 100 >= all * kProseUsedMin) break;
    // One lighter attempt tells whether most of the page was thrown away.
    if (enough && &attempt != &kAttempts[0]) break;
  }
  if (best.text.size() < kArticleEnough &&
      CountNoscriptProse(tree) >=
          std::max(kArticleEnough, 2 * best.text.size())) {
    Attempt attempt;
    attempt.keep_noscript = true;
    HtmlArticle article = ArticleSearch(tree, attempt, prose).Run(title);
    if (TakesPlace(article, best)) best = std::move(article);
  }
  return best;
}

}  // namespace wiredesk
