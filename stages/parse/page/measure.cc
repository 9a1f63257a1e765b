#include "stages/parse/page/measure.h"

#include "absl/strings/match.h"

namespace wiredesk {
namespace {

bool IsSpace(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

// Commas of several scripts, all of three bytes but the Arabic one.
int CommaAt(absl::string_view text, size_t i) {
  switch (text[i]) {
    case ',':
      return 1;
    case '\xD8':
      return absl::StartsWith(text.substr(i), "،") ? 1 : 0;
    case '\xE3':
      return absl::StartsWith(text.substr(i), "、") ? 1 : 0;
    case '\xEF':
      return absl::StartsWith(text.substr(i), "，") ? 1 : 0;
    default:
      return 0;
  }
}

HtmlMeasure MeasureText(absl::string_view text) {
  HtmlMeasure measure;
  bool visible = false;
  bool space = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (IsSpace(c)) {
      if (!space) ++measure.text;
      space = true;
      continue;
    }
    space = false;
    visible = true;
    if ((static_cast<uint8_t>(c) & 0xC0) != 0x80) ++measure.text;
    if (c == '&') {
      // A reference is one character.
      const size_t length = text.substr(i, 10).find(';');
      if (length != absl::string_view::npos) i += length;
    } else {
      measure.commas += CommaAt(text, i);
    }
  }
  if (!visible) measure.text = 0;
  return measure;
}

bool IsTextish(HtmlTag tag) {
  switch (tag) {
    case HtmlTag::kSpan:
    case HtmlTag::kLi:
    case HtmlTag::kTd:
    case HtmlTag::kBlockquote:
    case HtmlTag::kDl:
    case HtmlTag::kDiv:
    case HtmlTag::kOl:
    case HtmlTag::kP:
    case HtmlTag::kPre:
    case HtmlTag::kTable:
    case HtmlTag::kUl:
      return true;
    default:
      return false;
  }
}

void Add(const HtmlMeasure& from, int sign, HtmlMeasure& to) {
  to.text += sign * from.text;
  to.link += sign * from.link;
  to.commas += sign * from.commas;
  to.heading += sign * from.heading;
  to.list += sign * from.list;
  to.textish += sign * from.textish;
  to.paragraphs += sign * from.paragraphs;
  to.images += sign * from.images;
  to.items += sign * from.items;
  to.inputs += sign * from.inputs;
  to.embeds += sign * from.embeds;
}

}  // namespace

bool HasVisibleText(absl::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsSpace(text[i])) continue;
    if (absl::StartsWith(text.substr(i), "&nbsp;")) {
      i += 5;
    } else if (absl::StartsWith(text.substr(i), "\xC2\xA0")) {
      i += 1;
    } else {
      return true;
    }
  }
  return false;
}

// What a node adds to the one above it.
HtmlMeasure HtmlMeasures::ShareOf(HtmlNodeId id) const {
  const HtmlNode& node = tree_[id];
  HtmlMeasure share = measures_[id];
  if (node.is_text) return share;
  const uint16_t flags = HtmlFlags(node.tag);
  if ((flags & kHtmlNoText) != 0) {
    share.text = share.link = share.commas = share.heading = 0;
    share.list = share.textish = 0;
  }
  if ((flags & kHtmlHeading) != 0) share.heading += share.text;
  if (IsTextish(node.tag)) share.textish += share.text;
  switch (node.tag) {
    case HtmlTag::kA: {
      const absl::string_view target = tree_.Attribute(id, "href");
      share.link = share.text * (absl::StartsWith(target, "#") ? 3 : 10);
      break;
    }
    case HtmlTag::kUl:
    case HtmlTag::kOl:
      share.list += share.text;
      break;
    case HtmlTag::kP:
      ++share.paragraphs;
      break;
    case HtmlTag::kImg:
      ++share.images;
      break;
    case HtmlTag::kLi:
      ++share.items;
      break;
    case HtmlTag::kInput:
      ++share.inputs;
      break;
    case HtmlTag::kIframe:
    case HtmlTag::kObject:
    case HtmlTag::kEmbed:
      ++share.embeds;
      break;
    default:
      break;
  }
  return share;
}

void HtmlMeasures::Count(HtmlNodeId top) {
  measures_.assign(tree_.size(), {});
  removed_.clear();
  std::vector<HtmlNodeId> order;
  order.reserve(tree_.size());
  for (HtmlNodeId id = tree_.Next(top, top); id != kNoHtmlNode;
       id = tree_.Next(id, top)) {
    order.push_back(id);
  }
  for (auto id = order.rbegin(); id != order.rend(); ++id) {
    const HtmlNode& node = tree_[*id];
    if (node.is_text && !node.raw) measures_[*id] = MeasureText(node.text);
    Add(ShareOf(*id), 1, measures_[node.parent]);
  }
}

void HtmlMeasures::Remove(HtmlNodeId id) {
  Settle(id);
  Add(ShareOf(id), 1, removed_[tree_[id].parent]);
  tree_.Remove(id);
}

void HtmlMeasures::Settle(HtmlNodeId id) {
  const auto found = removed_.find(id);
  if (found == removed_.end()) return;
  const HtmlMeasure removed = found->second;
  removed_.erase(found);
  Add(removed, -1, measures_[id]);
  if (id != 0) Add(removed, 1, removed_[tree_[id].parent]);
}

}  // namespace wiredesk
