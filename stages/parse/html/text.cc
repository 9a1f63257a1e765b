#include "stages/parse/html/text.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "absl/strings/ascii.h"
#include "stages/parse/html/entities.h"
#include "stages/parse/html/tokenizer.h"

namespace wiredesk {
namespace {

// What ends a run of bytes that can be copied at once.
enum ByteClass : uint8_t { kPlain, kBlank, kOtherSpace, kAmpersand, kNoBreak };

std::array<uint8_t, 256> MakeByteClasses() {
  std::array<uint8_t, 256> classes = {};
  classes[' '] = kBlank;
  for (const char c : {'\n', '\r', '\t', '\f', '\v'}) {
    classes[static_cast<uint8_t>(c)] = kOtherSpace;
  }
  classes['&'] = kAmpersand;
  classes[0xC2] = kNoBreak;  // perhaps the head of U+00A0
  return classes;
}

const std::array<uint8_t, 256> kByteClasses = MakeByteClasses();

uint8_t ClassOf(char c) { return kByteClasses[static_cast<uint8_t>(c)]; }

// Bytes of white space at `i`, 0 where there is none.
size_t SpaceAt(absl::string_view text, size_t i) {
  const uint8_t kind = ClassOf(text[i]);
  if (kind == kBlank || kind == kOtherSpace) return 1;
  if (kind == kNoBreak && i + 1 < text.size() && text[i + 1] == '\xA0') {
    return 2;
  }
  return 0;
}

// The end of the run of visible bytes from `i` that need no care: single
// blanks belong to it.
size_t RunEnd(absl::string_view text, size_t i, bool references) {
  const size_t size = text.size();
  while (i < size) {
    switch (ClassOf(text[i])) {
      case kPlain:
        ++i;
        continue;
      case kBlank:
        if (i + 1 < size && ClassOf(text[i + 1]) == kPlain) {
          i += 2;
          continue;
        }
        return i;
      case kAmpersand:
        if (references) return i;
        ++i;
        continue;
      case kNoBreak:
        if (SpaceAt(text, i) != 0) return i;
        ++i;
        continue;
      default:
        return i;
    }
  }
  return size;
}

bool IsSkipped(HtmlTag tag) {
  return (HtmlFlags(tag) & (kHtmlNoText | kHtmlVoid)) == kHtmlNoText;
}

void WriteText(const HtmlToken& token, bool preformatted,
               HtmlTextWriter& writer) {
  if (preformatted) {
    writer.PreformattedText(token.text);
  } else if (token.raw) {
    writer.RawText(token.text);
  } else {
    writer.Text(token.text);
  }
}

// By how much a tag changes the depth in its element.
int Step(const HtmlToken& tag) {
  return tag.type == HtmlTokenType::kStartTag ? 1 : -1;
}

// Writes the text of the tokens. Returns false where an element whose content
// is left out was never closed, so that too much would be missing.
bool WriteTokens(absl::string_view html, bool skip, HtmlTextWriter& writer) {
  HtmlTokenizer tokenizer(html);
  HtmlToken token;
  HtmlTag skipped = HtmlTag::kUnknown;
  int depth = 0;
  int preformatted = 0;
  while (tokenizer.Next(token)) {
    if (token.type == HtmlTokenType::kText) {
      if (depth == 0) WriteText(token, preformatted > 0, writer);
      continue;
    }
    const bool start = token.type == HtmlTokenType::kStartTag;
    if (!start && token.type != HtmlTokenType::kEndTag) continue;
    if (depth > 0) {
      depth += token.tag == skipped ? Step(token) : 0;
      continue;
    }
    const bool raw = (HtmlFlags(token.tag) & kHtmlRawText) != 0;
    if (start && (skip || raw) && IsSkipped(token.tag) && !token.self_closing) {
      skipped = token.tag;
      depth = 1;
      continue;
    }
    if (token.tag == HtmlTag::kPre) {
      preformatted = std::max(0, preformatted + Step(token));
    }
    start ? writer.StartTag(token.tag) : writer.EndTag(token.tag);
  }
  return depth == 0;
}

}  // namespace

void HtmlTextWriter::Part(Gap gap) { gap_ = std::max(gap_, gap); }

void HtmlTextWriter::LineBreak() { Part(gap_ < kLine ? kLine : kParagraph); }

void HtmlTextWriter::Visible(absl::string_view text) {
  if (gap_ != kNone) {
    if (out_.size() > begin_) {
      constexpr std::array<absl::string_view, 4> kGaps = {"", " ", "\n",
                                                          "\n\n"};
      const absl::string_view gap = kGaps[gap_];
      out_.append(gap.data(), gap.size());
    }
    gap_ = kNone;
  }
  out_.append(text.data(), text.size());
}

void HtmlTextWriter::Collapse(absl::string_view text, bool references,
                              bool lines) {
  std::string decoded;
  size_t i = 0;
  while (i < text.size()) {
    if (const size_t space = SpaceAt(text, i)) {
      if (lines && text[i] == '\n') {
        LineBreak();
      } else {
        Part(kSpace);
      }
      i += space;
      continue;
    }
    if (references && text[i] == '&') {
      decoded.clear();
      const size_t taken = DecodeHtmlReference(text.substr(i), false, decoded);
      if (taken == 0) decoded.push_back('&');
      if (SpaceAt(decoded, 0) == decoded.size()) {
        Part(kSpace);
      } else {
        Visible(decoded);
      }
      i += std::max<size_t>(taken, 1);
      continue;
    }
    const size_t end = std::max(RunEnd(text, i, references), i + 1);
    Visible(text.substr(i, end - i));
    i = end;
  }
}

void HtmlTextWriter::Text(absl::string_view text) {
  Collapse(text, true, false);
}

void HtmlTextWriter::RawText(absl::string_view text) {
  Collapse(text, false, false);
}

void HtmlTextWriter::PreformattedText(absl::string_view text) {
  Collapse(text, true, true);
}

void HtmlTextWriter::StartTag(HtmlTag tag) {
  const uint16_t flags = HtmlFlags(tag);
  if (tag == HtmlTag::kBr) {
    LineBreak();
  } else if ((flags & kHtmlBlock) != 0) {
    Part(kParagraph);
  } else if ((flags & kHtmlLine) != 0) {
    Part(kLine);
  } else if ((flags & kHtmlCell) != 0) {
    Part(kSpace);
  }
}

void HtmlTextWriter::EndTag(HtmlTag tag) {
  if (tag == HtmlTag::kBr) {
    LineBreak();
  } else {
    StartTag(tag);
  }
}

void AppendReferencedText(absl::string_view text, std::string& out) {
  HtmlTextWriter writer(out);
  while (!text.empty()) {
    size_t end = 0;
    size_t next = text.size();
    for (end = text.find('\n'); end != absl::string_view::npos;
         end = text.find('\n', end + 1)) {
      const size_t visible = text.find_first_not_of(" \t\r", end + 1);
      if (visible != absl::string_view::npos && text[visible] == '\n') {
        next = visible + 1;
        break;
      }
    }
    end = std::min(end, text.size());
    writer.Text(text.substr(0, end));
    writer.Part(HtmlTextWriter::kParagraph);
    text.remove_prefix(next);
  }
}

void AppendHtmlText(absl::string_view html, std::string& out) {
  if (html.find('<') == absl::string_view::npos) {
    AppendReferencedText(html, out);
    return;
  }
  const size_t begin = out.size();
  HtmlTextWriter writer(out);
  if (!WriteTokens(html, true, writer)) {
    out.resize(begin);
    HtmlTextWriter again(out);
    WriteTokens(html, false, again);
  }
}

std::string HtmlLine(absl::string_view html) {
  std::string line;
  AppendHtmlText(html, line);
  size_t kept = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i] == '\n' ? ' ' : line[i];
    if (c == ' ' && kept > 0 && line[kept - 1] == ' ') continue;
    line[kept++] = c;
  }
  line.resize(kept);
  return line;
}

}  // namespace wiredesk
