// Markup to plain text: tags gone, references decoded once, white space
// collapsed, paragraphs parted by "\n\n" and lines by "\n".

#ifndef WIREDESK_STAGES_PARSE_HTML_TEXT_H_
#define WIREDESK_STAGES_PARSE_HTML_TEXT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "stages/parse/html/tag.h"

namespace wiredesk {

// Collects text piece by piece and collapses white space across the pieces.
// Appends to a string that its owner gives; not thread-safe.
class HtmlTextWriter {
 public:
  enum Gap : uint8_t { kNone, kSpace, kLine, kParagraph };

  explicit HtmlTextWriter(std::string& out) : out_(out), begin_(out.size()) {}

  // Text in which references are decoded.
  void Text(absl::string_view text);
  // Text without references (raw), or within <pre>, where lines count.
  void RawText(absl::string_view text);
  void PreformattedText(absl::string_view text);

  // Parts what follows from what was written; the widest gap counts.
  void Part(Gap gap);
  // <br>: one ends the line, two end the paragraph.
  void LineBreak();

  // What the start and the end tag of an element mean for the text.
  void StartTag(HtmlTag tag);
  void EndTag(HtmlTag tag);

 private:
  void Visible(absl::string_view text);
  void Collapse(absl::string_view text, bool references, bool lines);

  std::string& out_;
  const size_t begin_;
  Gap gap_ = kNone;
};

// Appends the text of a piece of HTML: what stands in script, style, buttons
// and the like is left out. Text without any '<' keeps its blank lines as the
// ends of paragraphs. Takes any bytes.
void AppendHtmlText(absl::string_view html, std::string& out);

// Plain text but for references: '<' stands for itself, and blank lines are the
// ends of paragraphs.
void AppendReferencedText(absl::string_view text, std::string& out);

// The text of HTML on a single line, for titles and names.
std::string HtmlLine(absl::string_view html);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_HTML_TEXT_H_
