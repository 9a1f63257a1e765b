// Text as wire services lay it out: lines of a fixed width, paragraphs that begin
// with an indent or stand apart, and the marks of typesetters.

#ifndef WIREDESK_STAGES_PARSE_WIRE_TELEX_TEXT_H_
#define WIREDESK_STAGES_PARSE_WIRE_TELEX_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

// The control characters around a message's text.
inline constexpr char kStx = '\x02';
inline constexpr char kEtx = '\x03';

// The next line of `text`, without its end and control characters around; takes
// it off `text`. False where nothing is left.
bool NextTelexLine(absl::string_view& text, absl::string_view& line);

// The lines of `text` as paragraphs, parted by empty lines.
std::string TelexParagraphs(absl::string_view text);

// "``so''" of typesetters in quotation marks, " _ " as a dash.
std::string WithoutTelexMarks(absl::string_view text);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_WIRE_TELEX_TEXT_H_
