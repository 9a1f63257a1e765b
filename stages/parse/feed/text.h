// What the text of a feed's element is: plain, HTML, or XHTML.

#ifndef WIREDESK_STAGES_PARSE_FEED_TEXT_H_
#define WIREDESK_STAGES_PARSE_FEED_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "stages/parse/feed/item.h"

namespace wiredesk {

struct FeedText {
  absl::string_view text;
  bool html = true;  // else it is plain, and every "<" in it means itself
};

// The text of an element by the rules of its vocabulary: Atom's type and mode
// attributes, or none. Views the document, or `storage`.
FeedText ReadFeedText(const FeedElement& element, std::string& storage);

// Appends it as paragraphs.
void AppendFeedBody(const FeedText& text, std::string& out);

// Appends it as one line, for titles and names. Tags of HTML that do not pair
// are taken for text.
void AppendFeedLine(absl::string_view text, bool html, std::string& out);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_FEED_TEXT_H_
