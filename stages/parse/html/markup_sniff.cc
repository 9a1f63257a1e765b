// The body of a JSON article may be HTML, or plain text, or Markdown, and '<'
// stands in all of them: "vector<int>", "a <b and c> d", "cat <<EOF", "Ann Lee
// <ann@example.org>". Read as HTML, each of these would swallow what follows
// up to the next '>'. So one tag is looked for that can be nothing else:
//
//   <p>, <br>, <li>, <div>     elements that often stand without an end tag
//   <a href="…">               a known element with an attribute's value
//   <b>…</b>, <para>…</para>   any element with its end tag further on
//   </td>                      an end tag of a known element
//   <!-- … -->, <!doctype …>, <?xml …>
//
// and the rest of the text needs no further proof. No tag counts that stands
// in Markdown's code (between `backticks`, or fences of ``` or ~~~), follows
// another '<', or looks like a type's parameter ("Vec<P>").
//
// Tested by markup_sniff_test.cc.

#include "stages/parse/html/markup_sniff.h"

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "stages/parse/html/entities.h"
#include "stages/parse/html/tag.h"

namespace wiredesk {
namespace {

constexpr size_t kNone = absl::string_view::npos;
// Elements of unknown names whose end is looked for, each through the text.
constexpr int kLookupsMax = 32;

bool IsAlpha(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c));
}
bool IsAlnum(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c));
}

absl::string_view TakeName(absl::string_view& text) {
  size_t size = 0;
  while (size < text.size() &&
         (IsAlnum(text[size]) || text[size] == '-' || text[size] == '_' ||
          text[size] == ':' || text[size] == '.')) {
    ++size;
  }
  const absl::string_view name = text.substr(0, size);
  text.remove_prefix(size);
  return name;
}

// Elements that text of feeds and editors has without attributes, and often
// without an end tag.
bool StandsAlone(HtmlTag tag) {
  switch (tag) {
    case HtmlTag::kP:
    case HtmlTag::kBr:
    case HtmlTag::kHr:
    case HtmlTag::kWbr:
    case HtmlTag::kLi:
    case HtmlTag::kTr:
    case HtmlTag::kTd:
    case HtmlTag::kTh:
    case HtmlTag::kDd:
    case HtmlTag::kDt:
    case HtmlTag::kDiv:
    case HtmlTag::kUl:
    case HtmlTag::kOl:
    case HtmlTag::kTable:
    case HtmlTag::kBlockquote:
      return true;
    default:
      return (HtmlFlags(tag) & kHtmlHeading) != 0;
  }
}

enum class Attributes : uint8_t { kNone, kNames, kValues, kBroken };

// Reads the attributes of a tag and its '>'. A tag of prose has few: without a
// limit, values that cross tags would be read again for each of these.
Attributes TakeAttributes(absl::string_view& text) {
  constexpr int kAttributesMax = 64;
  Attributes found = Attributes::kNone;
  for (int count = 0; count < kAttributesMax; ++count) {
    const size_t before = text.size();
    text = absl::StripLeadingAsciiWhitespace(text);
    if (absl::ConsumePrefix(&text, ">") || absl::ConsumePrefix(&text, "/>")) {
      return found;
    }
    const absl::string_view name = TakeName(text);
    if (name.empty() || before == name.size() + text.size()) {
      return Attributes::kBroken;
    }
    found = std::max(found, Attributes::kNames);
    absl::string_view value = absl::StripLeadingAsciiWhitespace(text);
    if (!absl::ConsumePrefix(&value, "=")) continue;
    value = absl::StripLeadingAsciiWhitespace(value);
    size_t end = 0;
    if (!value.empty() && (value[0] == '"' || value[0] == '\'')) {
      end = value.find(value[0], 1);
      if (end == kNone) return Attributes::kBroken;
      ++end;
    } else {
      end = std::min(value.find_first_of(" \t\n\r\"'<>`"), value.size());
      // "<a href=x/>"
      if (absl::EndsWith(value.substr(0, end), "/")) --end;
    }
    if (end == 0) return Attributes::kBroken;
    text = value.substr(end);
    found = Attributes::kValues;
    // Values may stand close together.
    if (!text.empty() && IsAlpha(text[0])) return found;
  }
  return Attributes::kBroken;
}

// Reads one text; lives for that long.
class Sniffer {
 public:
  explicit Sniffer(absl::string_view text) : text_(text) {}

  bool HasTag() {
    for (size_t at = text_.find('<'); at != kNone; at = text_.find('<', at)) {
      SkipCode(at);
      if (at < code_end_) {
        at = code_end_;
        continue;
      }
      const bool doubled = at > 0 && text_[at - 1] == '<';
      if (!doubled && IsTag(at)) return true;
      ++at;
    }
    return false;
  }

 private:
  // Reads on from where it was to `to`; afterwards, `to` lies in code if it
  // lies before code_end_.
  void SkipCode(size_t to) {
    while (seen_ < to) {
      seen_ = std::min(text_.find_first_of("`~", seen_), text_.size());
      if (seen_ >= to) return;
      const char mark = text_[seen_];
      size_t run = seen_;
      while (run < text_.size() && text_[run] == mark) ++run;
      const size_t size = run - seen_;
      const absl::string_view marks = text_.substr(seen_, size);
      const bool fence = size >= 3 && IsAtLineStart(seen_);
      size_t end = kNone;
      if (fence) {
        // A fence that is never closed ends with the text.
        const std::string close = absl::StrCat("\n", marks);
        end = std::min(text_.find(close, run), text_.size());
        code_end_ = std::min(end + close.size(), text_.size());
      } else if (mark == '`' && size < unclosed_run_) {
        end = text_.find(marks, run);
        if (end == kNone) unclosed_run_ = size;
        const bool one_paragraph =
            end != kNone &&
            !absl::StrContains(text_.substr(run, end - run), "\n\n");
        if (!one_paragraph) end = kNone;
        if (one_paragraph) code_end_ = end + size;
      }
      seen_ = end == kNone ? run : code_end_;
    }
  }

  bool IsAtLineStart(size_t at) const {
    while (at > 0 && text_[at - 1] == ' ') --at;
    return at == 0 || text_[at - 1] == '\n';
  }

  bool IsTag(size_t at) {
    absl::string_view rest = text_.substr(at + 1);
    if (absl::ConsumePrefix(&rest, "!--")) {
      return Holds(rest, "-->", comments_end_);
    }
    if (absl::StartsWithIgnoreCase(rest, "!doctype ") ||
        absl::StartsWithIgnoreCase(rest, "?xml ")) {
      return true;
    }
    if (absl::ConsumePrefix(&rest, "![CDATA[")) {
      return Holds(rest, "]]>", sections_end_);
    }
    const bool end = absl::ConsumePrefix(&rest, "/");
    if (rest.empty() || !IsAlpha(rest[0])) return false;
    const absl::string_view name = TakeName(rest);
    const HtmlTag tag = FindHtmlTag(name);
    if (end) {
      rest = absl::StripLeadingAsciiWhitespace(rest);
      return tag != HtmlTag::kUnknown && absl::StartsWith(rest, ">");
    }
    return IsStartTag(at, tag, name, rest);
  }

  // Whether `end` is in `rest`, which is looked through once at most in vain.
  static bool Holds(absl::string_view rest, absl::string_view end,
                    bool& possible) {
    return possible && (possible = absl::StrContains(rest, end));
  }

  bool IsStartTag(size_t at, HtmlTag tag, absl::string_view name,
                  absl::string_view rest) {
    const Attributes attributes = TakeAttributes(rest);
    if (attributes == Attributes::kBroken) return false;
    if (tag != HtmlTag::kUnknown) {
      const bool parameter =
          at > 0 && IsAlnum(text_[at - 1]) &&
          absl::ascii_isupper(static_cast<unsigned char>(name[0])) &&
          (HtmlFlags(tag) & kHtmlVoid) == 0;
      if (attributes == Attributes::kValues) return true;
      if (attributes == Attributes::kNone && StandsAlone(tag) && !parameter) {
        return true;
      }
    }
    return IsClosed(tag, name, rest);
  }

  // Whether the end tag of an element stands in `rest`. Where it does not,
  // neither does it for a later one of the same name.
  bool IsClosed(HtmlTag tag, absl::string_view name, absl::string_view rest) {
    const auto index = static_cast<size_t>(tag);
    if (tag == HtmlTag::kUnknown ? ++lookups_ > kLookupsMax : open_[index]) {
      return false;
    }
    for (size_t at = rest.find("</"); at != kNone; at = rest.find("</", at)) {
      at += 2;
      absl::string_view after = rest.substr(at);
      if (!absl::StartsWithIgnoreCase(after, name)) continue;
      after.remove_prefix(name.size());
      if (absl::StartsWith(absl::StripLeadingAsciiWhitespace(after), ">")) {
        return true;
      }
    }
    open_[index] = true;
    return false;
  }

  const absl::string_view text_;
  size_t seen_ = 0;      // up to here, code was looked for
  size_t code_end_ = 0;  // of the last piece of code
  // So many backticks in a row are not there again; nobody means code with more
  // than that at the beginning.
  size_t unclosed_run_ = 17;
  std::bitset<static_cast<size_t>(HtmlTag::kCount)> open_;
  int lookups_ = 0;
  bool comments_end_ = true;
  bool sections_end_ = true;
};

bool HasReference(absl::string_view text) {
  std::string decoded;
  for (size_t at = text.find('&'); at != kNone; at = text.find('&', at + 1)) {
    if (DecodeHtmlReference(text.substr(at), false, decoded) != 0) return true;
  }
  return false;
}

}  // namespace

TextMarkup SniffMarkup(absl::string_view text) {
  if (Sniffer(text).HasTag()) return TextMarkup::kTags;
  return HasReference(text) ? TextMarkup::kReferences : TextMarkup::kNone;
}

}  // namespace wiredesk
