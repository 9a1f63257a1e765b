// What a character of UTF-8 is, for those that look at bytes of unknown make.

#ifndef WIREDESK_CONFIG_BASE_UTF8_H_
#define WIREDESK_CONFIG_BASE_UTF8_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace wiredesk {

// The length in bytes of the character at the front of `text`, 1 to 4; 0 where
// there is none: a stray or missing byte, a form that is longer than it needs to
// be, a surrogate, or beyond U+10FFFF.
size_t Utf8Length(absl::string_view text);

// The code point of that character. REQUIRES: Utf8Length(text) is not 0.
uint32_t Utf8CodePoint(absl::string_view text);

// Whether all of `text` is such characters. Linear.
bool IsAllUtf8(absl::string_view text);

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_BASE_UTF8_H_
