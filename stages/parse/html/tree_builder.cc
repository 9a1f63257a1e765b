#include "stages/parse/html/tree_builder.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace wiredesk {
namespace {

using Tags = std::initializer_list<HtmlTag>;

bool IsIn(HtmlTag tag, Tags tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool HasFlag(HtmlTag tag, uint16_t flag) {
  return (HtmlFlags(tag) & flag) != 0;
}

// A table cell and the like: nothing inside closes anything outside.
bool IsScope(HtmlTag tag) {
  return IsIn(tag,
              {HtmlTag::kTd, HtmlTag::kTh, HtmlTag::kTable, HtmlTag::kCaption,
               HtmlTag::kButton, HtmlTag::kObject, HtmlTag::kTemplate,
               HtmlTag::kBody, HtmlTag::kHtml, HtmlTag::kSvg});
}

bool ClosesParagraph(HtmlTag tag) {
  return tag == HtmlTag::kLi ||
         (HasFlag(tag, kHtmlBlock) &&
          !IsIn(tag, {HtmlTag::kCaption, HtmlTag::kLegend, HtmlTag::kHtml,
                      HtmlTag::kHead, HtmlTag::kBody}));
}

// Formatting, whose end tag may cross the end of blocks.
bool IsFormatting(HtmlTag tag) {
  return IsIn(tag, {HtmlTag::kA, HtmlTag::kB, HtmlTag::kI, HtmlTag::kEm,
                    HtmlTag::kStrong, HtmlTag::kFont, HtmlTag::kSmall,
                    HtmlTag::kU, HtmlTag::kS, HtmlTag::kCode, HtmlTag::kTt,
                    HtmlTag::kSpan, HtmlTag::kUnknown});
}

}  // namespace

void HtmlTreeBuilder::Build(absl::string_view html) {
  tree_.nodes_.reserve(html.size() / 32 + 16);
  tree_.attributes_.reserve(html.size() / 48 + 16);
  tree_.nodes_.emplace_back();
  HtmlTokenizer tokenizer(html);
  HtmlToken token;
  while (tokenizer.Next(token)) {
    switch (token.type) {
      case HtmlTokenType::kText:
        Text(token);
        break;
      case HtmlTokenType::kStartTag:
        StartTag(token);
        break;
      case HtmlTokenType::kEndTag:
        EndTag(token);
        break;
      default:
        break;
    }
  }
}

void HtmlTreeBuilder::Text(const HtmlToken& token) {
  HtmlNode node;
  node.is_text = true;
  node.raw = token.raw;
  node.text = token.text;
  tree_.nodes_.push_back(node);
  tree_.Append(open_.back(), static_cast<HtmlNodeId>(tree_.nodes_.size() - 1));
}

void HtmlTreeBuilder::CloseDownTo(size_t depth) {
  for (size_t i = depth; i < open_.size(); ++i) --CountOf(TagAt(i));
  open_.resize(depth);
}

bool HtmlTreeBuilder::IsOpen(Tags tags) const {
  return std::any_of(tags.begin(), tags.end(), [this](HtmlTag tag) {
    return open_of_tag_[static_cast<size_t>(tag)] > 0;
  });
}

void HtmlTreeBuilder::CloseWithin(Tags tags, Tags barriers) {
  if (!IsOpen(tags)) return;
  for (size_t depth = open_.size(); depth > 1; --depth) {
    const HtmlTag tag = TagAt(depth - 1);
    if (IsIn(tag, tags)) {
      CloseDownTo(depth - 1);
      return;
    }
    if (IsIn(tag, barriers)) return;
  }
}

// End tags that a start tag makes unnecessary.
void HtmlTreeBuilder::CloseImplied(HtmlTag tag) {
  using enum HtmlTag;
  if (ClosesParagraph(tag)) {
    CloseWithin({kP}, {kTd, kTh, kTable, kCaption, kButton, kObject, kTemplate,
                       kBody, kHtml});
  }
  switch (tag) {
    case kLi:
      CloseWithin({kLi}, {kUl, kOl, kMenu, kDir, kTable, kTd, kBody});
      break;
    case kDt:
    case kDd:
      CloseWithin({kDt, kDd}, {kDl, kTable, kTd, kBody});
      break;
    case kTd:
    case kTh:
      CloseWithin({kTd, kTh}, {kTr, kTable, kBody});
      break;
    case kTr:
      CloseWithin({kTr}, {kTbody, kThead, kTfoot, kTable, kBody});
      break;
    case kTbody:
    case kThead:
    case kTfoot:
      CloseWithin({kTbody, kThead, kTfoot}, {kTable, kBody});
      break;
    case kOption:
    case kOptgroup:
      CloseWithin({kOption}, {kSelect, kDatalist, kBody});
      break;
    case kA:
      CloseWithin({kA}, {kP, kDiv, kLi, kTd, kSection, kArticle, kBody});
      break;
    default:
      break;
  }
  if (HasFlag(tag, kHtmlHeading) && open_.size() > 1 &&
      HasFlag(TagAt(open_.size() - 1), kHtmlHeading)) {
    CloseDownTo(open_.size() - 1);
  }
  // What cannot stand in the head ends it.
  if (!HasFlag(tag, kHtmlHead) && tag != kNoscript && tag != kTemplate) {
    CloseWithin({kHead}, {kNoscript});
  }
}

// A second <html> or <body> opens nothing.
bool HtmlTreeBuilder::MergeDuplicate(const HtmlToken& token) {
  if (token.tag == HtmlTag::kHtml) return open_.size() > 1;
  return token.tag == HtmlTag::kBody && tree_.body_ != kNoHtmlNode;
}

void HtmlTreeBuilder::StartTag(const HtmlToken& token) {
  if (MergeDuplicate(token)) return;
  if (token.ends_foreign) {
    CloseWithin({HtmlTag::kSvg, HtmlTag::kMath}, {HtmlTag::kBody});
  }
  CloseImplied(token.tag);
  HtmlNode node;
  node.tag = token.tag;
  node.text = token.name;
  node.attributes = static_cast<uint32_t>(tree_.attributes_.size());
  node.attribute_count = static_cast<uint16_t>(token.attributes.size());
  tree_.attributes_.insert(tree_.attributes_.end(), token.attributes.begin(),
                           token.attributes.end());
  const auto id = static_cast<HtmlNodeId>(tree_.nodes_.size());
  tree_.nodes_.push_back(node);
  tree_.Append(open_.back(), id);
  if (token.tag == HtmlTag::kBody) tree_.body_ = id;
  const bool empty =
      HasFlag(token.tag, kHtmlVoid) ||
      (token.self_closing && (token.foreign || token.tag == HtmlTag::kUnknown));
  if (empty || open_.size() >= HtmlTree::kDepthMax) return;
  open_.push_back(id);
  ++CountOf(token.tag);
}

// The block above it stays open; only the formatting ends.
void HtmlTreeBuilder::CloseAlone(size_t depth) {
  --CountOf(tree_[open_[depth]].tag);
  open_.erase(open_.begin() + static_cast<ptrdiff_t>(depth));
}

void HtmlTreeBuilder::EndTag(const HtmlToken& token) {
  const HtmlTag tag = token.tag;
  if (tag == HtmlTag::kBr) {
    tree_.AppendElement(open_.back(), HtmlTag::kBr);
    return;
  }
  if (tag == HtmlTag::kBody || tag == HtmlTag::kHtml) return;
  const bool heading = HasFlag(tag, kHtmlHeading);
  using enum HtmlTag;
  if (heading ? !IsOpen({kH1, kH2, kH3, kH4, kH5, kH6}) : !IsOpen({tag})) {
    return;
  }
  const auto is_named = [&](HtmlNodeId id) {
    return tree_[id].tag == tag &&
           absl::EqualsIgnoreCase(tree_[id].text, token.name);
  };
  if (tag == kUnknown && std::none_of(open_.begin(), open_.end(), is_named)) {
    return;
  }
  bool crosses_block = false;
  for (size_t depth = open_.size(); depth > 1; --depth) {
    const HtmlNode& node = tree_[open_[depth - 1]];
    const bool same =
        tag == kUnknown ? is_named(open_[depth - 1]) : node.tag == tag;
    if (same || (heading && HasFlag(node.tag, kHtmlHeading))) {
      if (crosses_block && IsFormatting(tag)) return CloseAlone(depth - 1);
      return CloseDownTo(depth - 1);
    }
    if (IsScope(node.tag) &&
        !IsIn(tag,
              {HtmlTag::kTable, HtmlTag::kTr, HtmlTag::kTbody, HtmlTag::kThead,
               HtmlTag::kTfoot, HtmlTag::kTd, HtmlTag::kTh})) {
      return;
    }
    if (IsIn(node.tag, {HtmlTag::kBody, HtmlTag::kHtml})) return;
    if (!IsFormatting(node.tag)) crosses_block = true;
  }
}

}  // namespace wiredesk
