// Cuts HTML into tokens, as a browser does.
//
// The tokenizer of the HTML standard, with its states folded into a few
// functions that each eat one token: text is found with memchr, and names,
// values and text are views into the input that are decoded only where someone
// asks (entities.h). Departures: line ends and NUL are left as they are,
// CDATA sections count as bogus comments, and parse errors are not reported.
//
// Tested against the tokenizer tests of html5lib by html_tokenizer_test.cc.

#ifndef WIREDESK_STAGES_PARSE_HTML_TOKENIZER_H_
#define WIREDESK_STAGES_PARSE_HTML_TOKENIZER_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/parse/html/tag.h"

namespace wiredesk {

// As they stand in the input: names in any case, values with references. Where
// a name stands twice in a tag, the first one counts.
struct HtmlAttribute {
  absl::string_view name;
  absl::string_view value;
};

enum class HtmlTokenType : uint8_t {
  kText,
  kStartTag,
  kEndTag,
  kComment,
  kDoctype
};

struct HtmlToken {
  HtmlTokenType type = HtmlTokenType::kText;
  HtmlTag tag = HtmlTag::kUnknown;
  bool self_closing = false;
  bool raw = false;           // text in which '&' is no reference
  bool foreign = false;       // a tag of an <svg> or <math>, where "/>" closes
  bool ends_foreign = false;  // a tag of the page that ends those left open
  absl::string_view name;     // of a tag, as written
  absl::string_view text;     // of text, comment and doctype
  // Of a start tag. Valid until the next call of Next().
  absl::Span<const HtmlAttribute> attributes;
};

// Reads one document; not thread-safe. Views point into `html`, which must
// outlive the tokenizer.
class HtmlTokenizer {
 public:
  // Attributes of a tag beyond this number are dropped.
  static constexpr size_t kAttributesMax = 256;

  explicit HtmlTokenizer(absl::string_view html) : html_(html) {}

  HtmlTokenizer(const HtmlTokenizer&) = delete;
  HtmlTokenizer& operator=(const HtmlTokenizer&) = delete;

  // Reads the next token; false at the end. Neighbouring pieces of text may
  // come as several tokens. After the start tag of <script>, <style>, <title>
  // and the like, the content comes as one text.
  bool Next(HtmlToken& token);

  // Treats what follows as the content of this element.
  void EnterContentOf(HtmlTag tag);

  // Bytes read so far.
  size_t position() const { return position_; }

 private:
  bool NextInElement(HtmlToken& token);
  bool ReadMarkup(HtmlToken& token);
  bool ReadTag(HtmlToken& token);
  void FollowForeign(HtmlToken& token);
  void ReadDeclaration(HtmlToken& token);
  void ReadComment(HtmlToken& token);
  void ReadBogusComment(size_t begin, HtmlToken& token);
  bool ReadAttributes(HtmlToken& token);
  bool ReadAttribute();
  void SkipSpace();
  size_t FindEndTag(size_t from) const;
  size_t FindScriptEnd() const;
  bool IsEndTagAt(size_t at) const;
  bool StartsWithAt(size_t at, absl::string_view text) const;
  char at(size_t position) const {
    return position < html_.size() ? html_[position] : '\0';
  }

  const absl::string_view html_;
  size_t position_ = 0;
  // The element whose content is text that only its end tag ends.
  HtmlTag element_ = HtmlTag::kUnknown;
  int foreign_depth_ = 0;  // of <svg> and <math> that are open
  std::vector<HtmlAttribute> attributes_;
};

// The value of an attribute, undecoded, and whether it is there. `name` in
// lower case.
bool FindHtmlAttribute(absl::Span<const HtmlAttribute> attributes,
                       absl::string_view name, absl::string_view& value);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_HTML_TOKENIZER_H_
