#include "stages/parse/page/prune.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "stages/parse/bytes/ascii_search.h"
#include "stages/parse/html/text.h"
#include "stages/parse/page/class_words.h"
#include "stages/parse/page/measure.h"

namespace wiredesk {
namespace {

constexpr size_t kBylineMax = 100;
constexpr double kTitleSimilarity = 0.75;
constexpr size_t kBylinesMax = 8;
constexpr int32_t kProseMin = 400;   // characters of a page with an article
constexpr size_t kSentenceMin = 60;  // bytes of a text that may be one

bool IsUnlikelyRole(absl::string_view role) {
  for (const absl::string_view unlikely :
       {"menu", "menubar", "complementary", "navigation", "alert",
        "alertdialog", "dialog", "contentinfo"}) {
    if (absl::EqualsIgnoreCase(role, unlikely)) return true;
  }
  return false;
}

bool IsPhrasing(const HtmlTree& tree, HtmlNodeId id, int depth = 0) {
  const HtmlNode& node = tree[id];
  if (node.is_text) return true;
  switch (node.tag) {
    case HtmlTag::kAbbr:
    case HtmlTag::kB:
    case HtmlTag::kBr:
    case HtmlTag::kCite:
    case HtmlTag::kCode:
    case HtmlTag::kEm:
    case HtmlTag::kI:
    case HtmlTag::kImg:
    case HtmlTag::kLabel:
    case HtmlTag::kMath:
    case HtmlTag::kQ:
    case HtmlTag::kRuby:
    case HtmlTag::kS:
    case HtmlTag::kSmall:
    case HtmlTag::kSpan:
    case HtmlTag::kStrong:
    case HtmlTag::kSub:
    case HtmlTag::kSup:
    case HtmlTag::kTime:
    case HtmlTag::kU:
    case HtmlTag::kTt:
    case HtmlTag::kWbr:
    case HtmlTag::kFont:
      break;
    case HtmlTag::kA:
    case HtmlTag::kDel:
    case HtmlTag::kIns:
      for (HtmlNodeId child = node.first; child != kNoHtmlNode;
           child = tree[child].next) {
        if (depth > 8 || !IsPhrasing(tree, child, depth + 1)) return false;
      }
      break;
    default:
      return false;
  }
  return true;
}

bool IsBlank(const HtmlTree& tree, HtmlNodeId id) {
  const HtmlNode& node = tree[id];
  return node.is_text ? !HasVisibleText(node.text) : node.tag == HtmlTag::kBr;
}

bool IsParagraphLike(HtmlTag tag) {
  switch (tag) {
    case HtmlTag::kSection:
    case HtmlTag::kH2:
    case HtmlTag::kH3:
    case HtmlTag::kH4:
    case HtmlTag::kH5:
    case HtmlTag::kH6:
    case HtmlTag::kP:
    case HtmlTag::kTd:
    case HtmlTag::kPre:
      return true;
    default:
      return false;
  }
}

bool HasBlockInside(const HtmlTree& tree, HtmlNodeId top) {
  for (HtmlNodeId id = tree.Next(top, top); id != kNoHtmlNode;
       id = tree.Next(id, top)) {
    switch (tree[id].tag) {
      case HtmlTag::kBlockquote:
      case HtmlTag::kDl:
      case HtmlTag::kDiv:
      case HtmlTag::kImg:
      case HtmlTag::kOl:
      case HtmlTag::kP:
      case HtmlTag::kPre:
      case HtmlTag::kTable:
      case HtmlTag::kUl:
        return true;
      default:
        break;
    }
  }
  return false;
}

bool IsEmptyElement(const HtmlTree& tree, HtmlNodeId top) {
  for (HtmlNodeId id = tree.Next(top, top); id != kNoHtmlNode;
       id = tree.Next(id, top)) {
    const HtmlNode& node = tree[id];
    if (node.is_text ? HasVisibleText(node.text)
                     : node.tag != HtmlTag::kBr && node.tag != HtmlTag::kHr) {
      return false;
    }
  }
  return true;
}

// One pass. Lives for one call.
class Pruner {
 public:
  Pruner(HtmlTree& tree, const HtmlPruneOptions& options)
      : tree_(tree), options_(options) {}

  HtmlPruneResult Run() {
    const HtmlNodeId top = tree_.body();
    HtmlNodeId id = tree_.Next(top, top);
    while (id != kNoHtmlNode) {
      if (!tree_[id].is_text && ShouldGo(id)) {
        const HtmlNodeId next = tree_.NextAfter(id, top);
        tree_.Remove(id);
        id = next;
        continue;
      }
      if (!tree_[id].is_text) Prepare(id);
      id = tree_.Next(id, top);
    }
    return std::move(result_);
  }

 private:
  bool ShouldGo(HtmlNodeId id) {
    const HtmlNode& node = tree_[id];
    switch (node.tag) {
      case HtmlTag::kScript:
      case HtmlTag::kStyle:
      case HtmlTag::kTemplate:
      case HtmlTag::kSvg:
      case HtmlTag::kLink:
      case HtmlTag::kMeta:
        return true;
      case HtmlTag::kNoscript:
        return !options_.keep_noscript;
      default:
        break;
    }
    if (options_.strip_hidden && !IsHtmlVisible(tree_, id)) return true;
    const uint32_t words = FindClassWords(tree_.Attribute(id, "class")) |
                           FindClassWords(tree_.Attribute(id, "id"));
    if (TakeByline(id, words)) return true;
    if (IsTitleAgain(id)) return true;
    if (options_.strip_unlikely && IsUnlikely(id, words)) return true;
    const bool block = node.tag == HtmlTag::kDiv ||
                       node.tag == HtmlTag::kSection ||
                       node.tag == HtmlTag::kHeader ||
                       (HtmlFlags(node.tag) & kHtmlHeading) != 0;
    return block && IsEmptyElement(tree_, id);
  }

  bool IsUnlikely(HtmlNodeId id, uint32_t words) const {
    const HtmlTag tag = tree_[id].tag;
    if (tag == HtmlTag::kBody || tag == HtmlTag::kA) return false;
    if ((words & kClassComment) == 0 && HoldsMostProse(id)) return false;
    if (IsUnlikelyRole(tree_.Attribute(id, "role"))) return true;
    if ((words & kClassJunk) != 0 && (words & kClassBody) == 0) return true;
    return (words & kClassUnlikely) != 0 && (words & kClassMaybe) == 0 &&
           !tree_.IsInside(id, HtmlTag::kTable) &&
           !tree_.IsInside(id, HtmlTag::kCode) && !HoldsTitle(id);
  }

  bool HoldsMostProse(HtmlNodeId id) const {
    if (options_.prose == nullptr || id >= options_.prose->size()) return false;
    const int32_t all = (*options_.prose)[0];
    const int32_t here = (*options_.prose)[id];
    if (all < kProseMin) return false;
    return 4 * here > 3 * all || (2 * here > all && HoldsHeading(id));
  }

  bool HoldsHeading(HtmlNodeId top) const {
    for (HtmlNodeId id = tree_.Next(top, top); id != kNoHtmlNode;
         id = tree_.Next(id, top)) {
      if (!tree_[id].is_text && tree_[id].tag == HtmlTag::kH1) return true;
    }
    return false;
  }

  // The first one, and others at once behind it: an article of several authors.
  bool TakeByline(HtmlNodeId id, uint32_t words) {
    if (!result_.bylines.empty() && (result_.bylines.size() >= kBylinesMax ||
                                     tree_[id].parent != byline_parent_)) {
      return false;
    }
    const bool named =
        (words & kClassByline) != 0 || tree_.Attribute(id, "rel") == "author" ||
        ContainsIgnoreCase(tree_.Attribute(id, "itemprop"), "author");
    if (!named) return false;
    std::string line = HtmlNodeLine(tree_, id);
    if (line.empty() || line.size() >= kBylineMax) return false;
    result_.bylines.push_back(std::move(line));
    byline_parent_ = tree_[id].parent;
    return true;
  }

  bool IsTitle(HtmlNodeId id) const {
    return HtmlTextSimilarity(options_.title, HtmlHeadingLine(tree_, id)) >
           kTitleSimilarity;
  }

  // The header of the article is not that of the site. Only the beginning of an
  // element is looked at.
  bool HoldsTitle(HtmlNodeId top) const {
    int left = 60;  // nodes
    for (HtmlNodeId id = tree_.Next(top, top); id != kNoHtmlNode && left > 0;
         id = tree_.Next(id, top), --left) {
      if (!tree_[id].is_text && tree_[id].tag == HtmlTag::kH1) {
        return IsTitle(id);
      }
    }
    return false;
  }

  // Only once, and only the heading above the text.
  bool IsTitleAgain(HtmlNodeId id) {
    const HtmlTag tag = tree_[id].tag;
    if (title_seen_ || (tag != HtmlTag::kH1 && tag != HtmlTag::kH2)) {
      return false;
    }
    title_seen_ = IsTitle(id);
    if (title_seen_) result_.heading = id;
    return title_seen_;
  }

  // Loose text in a <div> becomes <p>, and a <div> with nothing but text, too.
  void Prepare(HtmlNodeId id) {
    const HtmlTag tag = tree_[id].tag;
    if (tag == HtmlTag::kDiv) {
      WrapPhrasing(id);
      const HtmlNodeId only = OnlyParagraph(id);
      if (only != kNoHtmlNode) {
        // The paragraph itself comes next.
        return;
      }
      if (!HasBlockInside(tree_, id)) {
        tree_[id].tag = HtmlTag::kP;
        result_.paragraphs.push_back(id);
      }
    } else if (IsParagraphLike(tag)) {
      result_.paragraphs.push_back(id);
    }
  }

  // A <div> that holds a single <p> and nothing else stands for it.
  HtmlNodeId OnlyParagraph(HtmlNodeId id) const {
    HtmlNodeId only = kNoHtmlNode;
    for (HtmlNodeId child = tree_[id].first; child != kNoHtmlNode;
         child = tree_[child].next) {
      if (IsBlank(tree_, child)) continue;
      if (only != kNoHtmlNode || tree_[child].tag != HtmlTag::kP) {
        return kNoHtmlNode;
      }
      only = child;
    }
    return only;
  }

  void WrapPhrasing(HtmlNodeId id) {
    HtmlNodeId wrapper = kNoHtmlNode;
    HtmlNodeId child = tree_[id].first;
    int breaks = 0;
    while (child != kNoHtmlNode) {
      const HtmlNodeId next = tree_[child].next;
      const bool is_break =
          tree_[child].tag == HtmlTag::kBr && !tree_[child].is_text;
      breaks = is_break ? breaks + 1 : (IsBlank(tree_, child) ? breaks : 0);
      // Two breaks end a paragraph, too.
      if (breaks >= 2 || !IsPhrasing(tree_, child)) {
        wrapper = kNoHtmlNode;
      } else if (wrapper != kNoHtmlNode) {
        tree_.MoveInto(wrapper, child);
      } else if (!IsBlank(tree_, child)) {
        wrapper = tree_.InsertBefore(child, HtmlTag::kP);
        tree_.MoveInto(wrapper, child);
      }
      child = next;
    }
  }

  HtmlTree& tree_;
  const HtmlPruneOptions& options_;
  HtmlPruneResult result_;
  HtmlNodeId byline_parent_ = kNoHtmlNode;
  bool title_seen_ = false;
};

// Whether a long text is words: in some scripts nothing parts them.
bool HasWords(absl::string_view text) {
  if (absl::StrContains(text, " ")) return true;
  const auto wide = std::count_if(text.begin(), text.end(), [](char c) {
    return static_cast<uint8_t>(c) >= 0xE0;
  });
  return static_cast<size_t>(wide) * 6 >= text.size();
}

std::vector<std::string> LowerWords(absl::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    if (absl::ascii_isalnum(byte) || byte >= 0x80) {
      word.push_back(static_cast<char>(absl::ascii_tolower(byte)));
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace

std::vector<int32_t> CountHtmlProse(const HtmlTree& tree) {
  std::vector<int32_t> prose(tree.size(), 0);
  // Parents stand before their children.
  std::vector<bool> aside(tree.size(), false);
  for (HtmlNodeId id = 1; id < tree.size(); ++id) {
    const HtmlNode& node = tree[id];
    aside[id] = aside[node.parent];
    if (node.is_text) {
      const bool link = tree[node.parent].tag == HtmlTag::kA;
      const bool sentence = !node.raw && node.text.size() >= kSentenceMin &&
                            !link && HasWords(node.text);
      if (sentence && !aside[id]) {
        prose[id] = static_cast<int32_t>(node.text.size());
      }
      continue;
    }
    aside[id] =
        aside[id] || node.tag == HtmlTag::kAside || node.tag == HtmlTag::kNav ||
        node.tag == HtmlTag::kScript || node.tag == HtmlTag::kStyle ||
        node.tag == HtmlTag::kNoscript ||
        (FindClassWords(tree.Attribute(id, "class")) & kClassComment) != 0;
  }
  for (HtmlNodeId id = static_cast<HtmlNodeId>(tree.size()) - 1; id > 0; --id) {
    prose[tree[id].parent] += prose[id];
  }
  return prose;
}

HtmlPruneResult PruneHtml(HtmlTree& tree, const HtmlPruneOptions& options) {
  return Pruner(tree, options).Run();
}

bool IsHtmlVisible(const HtmlTree& tree, HtmlNodeId id) {
  absl::string_view value;
  const absl::Span<const HtmlAttribute> attributes = tree.AttributesOf(id);
  if (attributes.empty()) return true;
  if (FindHtmlAttribute(attributes, "hidden", value)) return false;
  if (FindHtmlAttribute(attributes, "aria-hidden", value) && value == "true" &&
      !absl::StrContains(tree.Attribute(id, "class"), "fallback-image")) {
    return false;
  }
  if (!FindHtmlAttribute(attributes, "style", value)) return true;
  std::string style(value);
  style.erase(std::remove(style.begin(), style.end(), ' '), style.end());
  return !ContainsIgnoreCase(style, "display:none") &&
         !ContainsIgnoreCase(style, "visibility:hidden");
}

std::string HtmlNodeLine(const HtmlTree& tree, HtmlNodeId top) {
  std::string line;
  HtmlTextWriter writer(line);
  HtmlNodeId id = top;
  while (id != kNoHtmlNode) {
    const HtmlNode& node = tree[id];
    const bool skip = !node.is_text && (HtmlFlags(node.tag) & kHtmlNoText) != 0;
    if (node.is_text) {
      if (!node.raw) writer.Text(node.text);
    } else if ((HtmlFlags(node.tag) & (kHtmlBlock | kHtmlLine | kHtmlCell)) !=
                   0 ||
               node.tag == HtmlTag::kBr) {
      writer.Part(HtmlTextWriter::kSpace);
    }
    if (line.size() > 4096) break;  // for names and headings only
    id = skip ? tree.NextAfter(id, top) : tree.Next(id, top);
  }
  return line;
}

std::string HtmlHeadingLine(const HtmlTree& tree, HtmlNodeId id) {
  std::string line = HtmlNodeLine(tree, id);
  for (const absl::string_view sign : {"¶", "#", "§"}) {
    if (line.size() <= sign.size() || !absl::EndsWith(line, sign)) continue;
    line.erase(line.size() - sign.size());
    absl::StripTrailingAsciiWhitespace(&line);
    break;
  }
  return line;
}

double HtmlTextSimilarity(absl::string_view a, absl::string_view b) {
  const std::vector<std::string> have = LowerWords(a);
  const std::vector<std::string> want = LowerWords(b);
  if (have.empty() || want.empty()) return 0;
  const absl::flat_hash_set<std::string> known(have.begin(), have.end());
  size_t all = want.size() - 1;
  size_t missing = 0;
  for (const std::string& word : want) {
    all += word.size();
    if (!known.contains(word)) missing += word.size() + 1;
  }
  if (missing > 0) --missing;
  return 1 - static_cast<double>(missing) / static_cast<double>(all);
}

}  // namespace wiredesk
