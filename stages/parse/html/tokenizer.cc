#include "stages/parse/html/tokenizer.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace wiredesk {
namespace {

bool IsSpace(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

bool IsLetter(char c) { return absl::ascii_isalpha(static_cast<uint8_t>(c)); }

size_t FindByte(absl::string_view text, char byte, size_t from) {
  if (from >= text.size()) return absl::string_view::npos;
  const void* found = std::memchr(text.data() + from, byte, text.size() - from);
  if (found == nullptr) return absl::string_view::npos;
  return static_cast<size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

bool FindHtmlAttribute(absl::Span<const HtmlAttribute> attributes,
                       absl::string_view name, absl::string_view& value) {
  for (const HtmlAttribute& attribute : attributes) {
    if (absl::EqualsIgnoreCase(attribute.name, name)) {
      value = attribute.value;
      return true;
    }
  }
  return false;
}

namespace {

bool EndsForeign(HtmlTag tag) {
  switch (tag) {
    case HtmlTag::kB:
    case HtmlTag::kBlockquote:
    case HtmlTag::kBody:
    case HtmlTag::kBr:
    case HtmlTag::kCenter:
    case HtmlTag::kCode:
    case HtmlTag::kDd:
    case HtmlTag::kDiv:
    case HtmlTag::kDl:
    case HtmlTag::kDt:
    case HtmlTag::kEm:
    case HtmlTag::kH1:
    case HtmlTag::kH2:
    case HtmlTag::kH3:
    case HtmlTag::kH4:
    case HtmlTag::kH5:
    case HtmlTag::kH6:
    case HtmlTag::kHead:
    case HtmlTag::kHr:
    case HtmlTag::kI:
    case HtmlTag::kImg:
    case HtmlTag::kLi:
    case HtmlTag::kMenu:
    case HtmlTag::kMeta:
    case HtmlTag::kOl:
    case HtmlTag::kP:
    case HtmlTag::kPre:
    case HtmlTag::kS:
    case HtmlTag::kSmall:
    case HtmlTag::kSpan:
    case HtmlTag::kStrong:
    case HtmlTag::kSub:
    case HtmlTag::kSup:
    case HtmlTag::kTable:
    case HtmlTag::kTt:
    case HtmlTag::kU:
    case HtmlTag::kUl:
      return true;
    default:
      return false;
  }
}

}  // namespace

void HtmlTokenizer::EnterContentOf(HtmlTag tag) {
  constexpr uint16_t kTextOnly = kHtmlRawText | kHtmlEscapableText;
  if ((HtmlFlags(tag) & kTextOnly) != 0) element_ = tag;
}

bool HtmlTokenizer::Next(HtmlToken& token) {
  token.attributes = {};
  token.raw = false;
  if (element_ != HtmlTag::kUnknown && NextInElement(token)) return true;
  while (position_ < html_.size()) {
    // Text up to the next '<' that opens markup.
    const size_t begin = position_;
    size_t open = FindByte(html_, '<', begin);
    while (open != absl::string_view::npos) {
      const char next = at(open + 1);
      if (IsLetter(next) || next == '!' || next == '?' ||
          (next == '/' && open + 2 < html_.size())) {
        break;
      }
      open = FindByte(html_, '<', open + 1);
    }
    if (open != begin) {
      position_ = std::min(open, html_.size());
      token.type = HtmlTokenType::kText;
      token.text = html_.substr(begin, position_ - begin);
      return true;
    }
    if (ReadMarkup(token)) return true;
  }
  return false;
}

// The text inside of <script>, <title> and so on; false where there is none.
bool HtmlTokenizer::NextInElement(HtmlToken& token) {
  const size_t begin = position_;
  size_t end = html_.size();
  if (element_ == HtmlTag::kScript) {
    end = FindScriptEnd();
  } else if (element_ != HtmlTag::kPlaintext) {
    end = FindEndTag(begin);
  }
  token.raw = (HtmlFlags(element_) & kHtmlRawText) != 0;
  element_ = HtmlTag::kUnknown;
  position_ = end;
  if (begin == end) {
    token.raw = false;
    return false;
  }
  token.type = HtmlTokenType::kText;
  token.text = html_.substr(begin, end - begin);
  return true;
}

bool HtmlTokenizer::StartsWithAt(size_t at, absl::string_view text) const {
  return at <= html_.size() &&
         absl::StartsWithIgnoreCase(html_.substr(at), text);
}

// Whether the end tag of element_ stands at this '<'.
bool HtmlTokenizer::IsEndTagAt(size_t at) const {
  const absl::string_view name = HtmlTagName(element_);
  if (this->at(at + 1) != '/' || !StartsWithAt(at + 2, name)) return false;
  const size_t after = at + 2 + name.size();
  return after < html_.size() &&
         (IsSpace(html_[after]) || html_[after] == '/' || html_[after] == '>');
}

size_t HtmlTokenizer::FindEndTag(size_t from) const {
  for (size_t open = FindByte(html_, '<', from);
       open != absl::string_view::npos; open = FindByte(html_, '<', open + 1)) {
    if (IsEndTagAt(open)) return open;
  }
  return html_.size();
}

// A script may hide its own end tag: between "<!--" and "-->", a "<script"
// opens a stretch in which "</script>" ends only that stretch.
size_t HtmlTokenizer::FindScriptEnd() const {
  bool escaped = false;
  bool twice = false;
  for (size_t i = position_; i < html_.size(); ++i) {
    const char c = html_[i];
    if (c == '-' && escaped && StartsWithAt(i, "-->")) {
      escaped = twice = false;
    } else if (c == '<' && !escaped && StartsWithAt(i, "<!--")) {
      // "<!-->" and "<!--->" end at once.
      escaped = at(i + 4) != '>' && !StartsWithAt(i + 4, "->");
      i += 3;
    } else if (c == '<' && !twice && IsEndTagAt(i)) {
      return i;
    } else if (c == '<' && escaped) {
      const bool end = at(i + 1) == '/';
      const size_t name = i + (end ? 2 : 1);
      const char after = at(name + 6);
      if (StartsWithAt(name, "script") &&
          (IsSpace(after) || after == '/' || after == '>')) {
        twice = !end;
      }
    }
    if (!escaped) {
      const size_t next = FindByte(html_, '<', i + 1);
      if (next == absl::string_view::npos) break;
      i = next - 1;
    }
  }
  return html_.size();
}

// Reads what stands at '<'. False where it gives no token ("</>", a tag that
// the end of the input cuts).
bool HtmlTokenizer::ReadMarkup(HtmlToken& token) {
  const char next = at(position_ + 1);
  if (next == '!') {
    ReadDeclaration(token);
    return true;
  }
  if (next == '?') {
    ReadBogusComment(position_ + 1, token);
    return true;
  }
  if (next == '/') {
    if (at(position_ + 2) == '>') {
      position_ += 3;
      return false;
    }
    if (!IsLetter(at(position_ + 2))) {
      ReadBogusComment(position_ + 2, token);
      return true;
    }
  }
  return ReadTag(token);
}

bool HtmlTokenizer::ReadTag(HtmlToken& token) {
  const bool end_tag = at(position_ + 1) == '/';
  const size_t begin = position_ + (end_tag ? 2 : 1);
  size_t end = begin;
  while (end < html_.size() && !IsSpace(html_[end]) && html_[end] != '/' &&
         html_[end] != '>') {
    ++end;
  }
  position_ = end;
  if (!ReadAttributes(token)) return false;
  token.type = end_tag ? HtmlTokenType::kEndTag : HtmlTokenType::kStartTag;
  token.name = html_.substr(begin, end - begin);
  token.tag = FindHtmlTag(token.name);
  token.text = {};
  FollowForeign(token);
  if (end_tag) {
    token.attributes = {};
  } else if (!token.foreign) {
    EnterContentOf(token.tag);
  }
  return true;
}

// In a drawing or a formula, names mean something else: a <title> is no text to
// the end tag, "/>" closes. A tag that only pages have ends it, as the standard
// says for those that were never closed.
void HtmlTokenizer::FollowForeign(HtmlToken& token) {
  const bool opens = token.tag == HtmlTag::kSvg || token.tag == HtmlTag::kMath;
  token.foreign = opens || foreign_depth_ > 0;
  token.ends_foreign = false;
  if (token.type == HtmlTokenType::kEndTag) {
    if (opens && foreign_depth_ > 0) --foreign_depth_;
    return;
  }
  if (opens) {
    if (!token.self_closing) ++foreign_depth_;
  } else if (foreign_depth_ > 0 && EndsForeign(token.tag)) {
    foreign_depth_ = 0;
    token.foreign = false;
    token.ends_foreign = true;
  }
}

void HtmlTokenizer::SkipSpace() {
  while (position_ < html_.size() && IsSpace(html_[position_])) ++position_;
}

// Reads up to and with the '>'; false where the input ends before it.
bool HtmlTokenizer::ReadAttributes(HtmlToken& token) {
  attributes_.clear();
  token.self_closing = false;
  while (true) {
    SkipSpace();
    if (position_ >= html_.size()) return false;
    const char c = html_[position_];
    if (c == '>') break;
    if (c == '/') {
      ++position_;
      token.self_closing = at(position_) == '>';
      continue;
    }
    if (!ReadAttribute()) return false;
  }
  ++position_;
  token.attributes = attributes_;
  return true;
}

bool HtmlTokenizer::ReadAttribute() {
  HtmlAttribute attribute;
  const size_t begin = position_;
  if (at(position_) == '=') ++position_;  // a name may begin with one
  while (position_ < html_.size() && !IsSpace(html_[position_]) &&
         html_[position_] != '/' && html_[position_] != '>' &&
         html_[position_] != '=') {
    ++position_;
  }
  attribute.name = html_.substr(begin, position_ - begin);
  SkipSpace();
  if (at(position_) == '=') {
    ++position_;
    SkipSpace();
    const char quote = at(position_);
    if (quote == '"' || quote == '\'') {
      const size_t end = FindByte(html_, quote, position_ + 1);
      if (end == absl::string_view::npos) {
        position_ = html_.size();
        return false;
      }
      attribute.value = html_.substr(position_ + 1, end - position_ - 1);
      position_ = end + 1;
    } else if (quote != '>') {
      const size_t value = position_;
      while (position_ < html_.size() && !IsSpace(html_[position_]) &&
             html_[position_] != '>') {
        ++position_;
      }
      attribute.value = html_.substr(value, position_ - value);
    }
  }
  if (attributes_.size() < kAttributesMax) attributes_.push_back(attribute);
  return true;
}

void HtmlTokenizer::ReadDeclaration(HtmlToken& token) {
  if (StartsWithAt(position_ + 2, "--")) {
    ReadComment(token);
    return;
  }
  constexpr absl::string_view kCdata = "[CDATA[";
  if (foreign_depth_ > 0 && StartsWithAt(position_ + 2, kCdata)) {
    const size_t begin = position_ + 2 + kCdata.size();
    const size_t end = std::min(html_.find("]]>", begin), html_.size());
    token.type = HtmlTokenType::kText;
    token.raw = true;
    token.text = html_.substr(begin, end - begin);
    position_ = std::min(end + 3, html_.size());
    return;
  }
  if (!StartsWithAt(position_ + 2, "doctype")) {
    ReadBogusComment(position_ + 2, token);
    return;
  }
  ReadBogusComment(position_ + 9, token);
  token.type = HtmlTokenType::kDoctype;
}

void HtmlTokenizer::ReadBogusComment(size_t begin, HtmlToken& token) {
  const size_t end = std::min(FindByte(html_, '>', begin), html_.size());
  token.type = HtmlTokenType::kComment;
  token.text = html_.substr(begin, end - begin);
  position_ = std::min(end + 1, html_.size());
}

void HtmlTokenizer::ReadComment(HtmlToken& token) {
  token.type = HtmlTokenType::kComment;
  const size_t begin = position_ + 4;
  if (at(begin) == '>' || StartsWithAt(begin, "->")) {
    token.text = {};
    position_ = begin + (at(begin) == '>' ? 1 : 2);
    return;
  }
  for (size_t dash = html_.find("--", begin); dash != absl::string_view::npos;
       dash = html_.find("--", dash + 1)) {
    const bool bang = at(dash + 2) == '!' && at(dash + 3) == '>';
    if (at(dash + 2) != '>' && !bang) continue;
    token.text = html_.substr(begin, dash - begin);
    position_ = dash + (bang ? 4 : 3);
    return;
  }
  token.text = begin < html_.size() ? html_.substr(begin) : "";
  for (const absl::string_view tail : {"--!", "--", "-"}) {
    if (absl::EndsWith(token.text, tail)) {
      token.text.remove_suffix(tail.size());
      break;
    }
  }
  position_ = html_.size();
}

}  // namespace wiredesk
