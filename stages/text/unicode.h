// Text as it is to be published: valid UTF-8, NFC, no control characters.
//
// News is mostly ASCII, so everything here first looks for the first byte that
// needs work, eight or sixteen at a time, and leaves what is clean as it is:
// a view of the input, without a copy.
//
// Tested by unicode_test.cc, against ICU over all code points.

#ifndef WIREDESK_STAGES_TEXT_UNICODE_H_
#define WIREDESK_STAGES_TEXT_UNICODE_H_

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

// What becomes of white space.
enum class TextShape : uint8_t {
  kLine,       // each run of white space is one space
  kParagraphs  // paragraphs are parted by "\n\n", lines by "\n"
};

// The text in NFC, without control and formatting characters (soft hyphen, byte
// order mark, zero-width space, bidi marks; zero-width joiners stay), white
// space as `shape` says and none at the ends. What is not UTF-8, and
// noncharacters, become U+FFFD. A run of more than 30 combining marks is parted
// by U+034F (UAX #15, stream-safe text), so the time is linear whatever the
// text. The result views `text` where that is clean already, and otherwise the
// arena, at most three bytes for one.
absl::string_view CleanText(absl::string_view text, TextShape shape,
                            std::pmr::memory_resource* arena);

// The same, appended to a string.
void AppendCleanText(absl::string_view text, TextShape shape, std::string& out);

// Where the first byte above 0x7F stands; text.size() if there is none.
size_t FindNonAscii(absl::string_view text);

// Where the first byte that is not valid UTF-8 stands; text.size() if none.
size_t FindInvalidUtf8(absl::string_view text);

// The longest beginning of valid UTF-8 with at most `bytes_max` bytes that ends
// with a whole character, at the end of a word where one is near.
absl::string_view Truncate(absl::string_view text, size_t bytes_max);

// Case folded as in "STRASSE" and "straße", for comparisons.
std::string FoldCase(absl::string_view text);

// Code points of valid UTF-8.
size_t CountCodePoints(absl::string_view text);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TEXT_UNICODE_H_
