// Text of others as it may be shown on a terminal or in a log: what would move
// the cursor, colour the screen, turn the direction of writing or forge a line
// is written out.
//
//   VisibleText("a\x1b[2Jb")          a\x1b[2Jb
//   VisibleText("abc\xE2\x80\xAE")    abc\u202e
//
// Bytes that are not UTF-8, too: \xff. A backslash of the text itself stays as
// it is.

#ifndef WIREDESK_CONFIG_BASE_VISIBLE_TEXT_H_
#define WIREDESK_CONFIG_BASE_VISIBLE_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

enum class VisibleLines {
  kOne,     // a line feed is written out
  kSeveral  // line feeds and tabs stay
};

std::string VisibleText(absl::string_view text,
                        VisibleLines lines = VisibleLines::kOne);

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_BASE_VISIBLE_TEXT_H_
