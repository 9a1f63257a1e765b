// What code points are to the word splitter: which of them make words, and what
// they count as in a word's hash; for words.cc.
//
// A table of all of them, filled once from words_table.h, has for each the code
// point to which it folds: case is lost, so are the accents of Latin, and
// combining marks count as nothing. "ß" is not a letter of its own but "ss", so
// that its entry points to a text.

#ifndef WIREDESK_STAGES_TEXT_CODE_POINTS_H_
#define WIREDESK_STAGES_TEXT_CODE_POINTS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "stages/text/words_table.h"

namespace wiredesk {

// Bits of a table entry; the low 21 bits are the folded code point, or an index
// into `expansions`.
inline constexpr uint32_t kIsWord = 1u << 31;
inline constexpr uint32_t kIsCodePoint = 1u << 30;
inline constexpr uint32_t kIsUpper = 1u << 29;
// Counts as nothing in the hash.
inline constexpr uint32_t kIsDropped = 1u << 28;
inline constexpr uint32_t kExpands = 1u << 27;
inline constexpr uint32_t kValueMask = (1u << 21) - 1;

struct CodePoint {
  uint32_t value;
  uint32_t bytes;
};

// Bytes that are not UTF-8 come back as one byte of value 0, which is no
// letter.
inline CodePoint DecodeUtf8(const char* p, const char* end) {
  const auto byte = [&](int i) { return static_cast<uint8_t>(p[i]); };
  const uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const ptrdiff_t left = end - p;
  if (lead >= 0xC2 && lead < 0xE0 && left >= 2) {
    return {(lead & 31) << 6 | (byte(1) & 63u), 2};
  }
  if (lead >= 0xE0 && lead < 0xF0 && left >= 3) {
    return {(lead & 15) << 12 | (byte(1) & 63u) << 6 | (byte(2) & 63u), 3};
  }
  if (lead >= 0xF0 && lead < 0xF5 && left >= 4) {
    return {(lead & 7) << 18 | (byte(1) & 63u) << 12 | (byte(2) & 63u) << 6 |
                (byte(3) & 63u),
            4};
  }
  return {0, 1};
}

inline void AppendCodePoint(uint32_t c, std::string& text) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | c >> 6);
    text += static_cast<char>(0x80 | (c & 63));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0 | c >> 12);
    text += static_cast<char>(0x80 | (c >> 6 & 63));
    text += static_cast<char>(0x80 | (c & 63));
  } else {
    text += static_cast<char>(0xF0 | c >> 18);
    text += static_cast<char>(0x80 | (c >> 12 & 63));
    text += static_cast<char>(0x80 | (c >> 6 & 63));
    text += static_cast<char>(0x80 | (c & 63));
  }
}

// Built once from the generated tables; immutable afterwards.
class CodePointTable {
 public:
  static const CodePointTable& Get() {
    static const CodePointTable& table = *new CodePointTable();
    return table;
  }

  // Bits and fold of `c`; 0 of what has none.
  uint32_t Entry(uint32_t c) const { return c <= kLast ? entries_[c] : 0; }

  // Appends the fold of a code point whose entry this is.
  void AppendFolded(uint32_t entry, std::string& text) const {
    if ((entry & kIsDropped) != 0) return;
    if ((entry & kExpands) != 0) {
      text += expansions_[entry & kValueMask];
    } else {
      AppendCodePoint(entry & kValueMask, text);
    }
  }

 private:
  static constexpr uint32_t kLast = 0x323AF;

  CodePointTable();

  void Mark(absl::Span<const CodePointRange> ranges, uint32_t bit);
  void AddRuns();
  void AddGroups();

  std::unique_ptr<uint32_t[]> entries_;
  std::vector<std::string> expansions_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TEXT_CODE_POINTS_H_
