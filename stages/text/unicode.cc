// The cleaner walks the text once and keeps a mark up to which everything is
// as it shall be. Only where something must change does it copy what stands
// before, so that clean text is never copied. Plain ASCII goes eight bytes at a
// time; of other code points of the basic plane a bitmap tells whether they are
// harmless (no white space, nothing to remove, and such that NFC leaves them
// alone whatever stands beside). What is not harmless only because of NFC is
// noted, and ICU normalizes the result in the end.
//
// ICU sorts the marks behind a base character by insertion, so a long run of
// them costs its square. Text is made stream-safe first, as UAX #15 says: a
// run goes on for 30 marks, then a U+034F that nobody sees parts it.

#include "stages/text/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <bit>
#include <bitset>
#include <cstring>
#include <optional>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wiredesk {
namespace {

constexpr uint64_t kHighs = 0x8080808080808080;
constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";

uint64_t Load(const char* at) {
  uint64_t word = 0;
  std::memcpy(&word, at, sizeof(word));
  if constexpr (std::endian::native == std::endian::big) {
    word = __builtin_bswap64(word);
  }
  return word;
}

const icu::Normalizer2& Nfc() {
  static const icu::Normalizer2& nfc = []() -> const icu::Normalizer2& {
    UErrorCode status = U_ZERO_ERROR;
    return *icu::Normalizer2::getNFCInstance(status);
  }();
  return nfc;
}

// The code point at `at`, and its bytes; length 0 where it is not UTF-8.
struct Decoded {
  uint32_t code_point = 0;
  uint32_t length = 0;
};

bool IsTail(char c) { return (static_cast<uint8_t>(c) & 0xC0) == 0x80; }

uint32_t Tail(char c) { return static_cast<uint8_t>(c) & 0x3F; }

Decoded Decode(const char* at, const char* end) {
  const uint32_t lead = static_cast<uint8_t>(*at);
  const auto left = static_cast<size_t>(end - at);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xE0) {
    if (lead < 0xC2 || left < 2 || !IsTail(at[1])) return {};
    return {(lead & 0x1F) << 6 | Tail(at[1]), 2};
  }
  if (lead < 0xF0) {
    if (left < 3 || !IsTail(at[1]) || !IsTail(at[2])) return {};
    const uint32_t code = (lead & 0xF) << 12 | Tail(at[1]) << 6 | Tail(at[2]);
    if (code < 0x800 || (code >= 0xD800 && code < 0xE000)) return {};
    return {code, 3};
  }
  if (lead > 0xF4 || left < 4 || !IsTail(at[1]) || !IsTail(at[2]) ||
      !IsTail(at[3])) {
    return {};
  }
  const uint32_t code =
      (lead & 7) << 18 | Tail(at[1]) << 12 | Tail(at[2]) << 6 | Tail(at[3]);
  if (code < 0x10000 || code > 0x10FFFF) return {};
  return {code, 4};
}

enum class Class : uint8_t { kText, kSpace, kLine, kParagraph, kRemove, kBad };

Class ClassOfControl(uint32_t code) {
  switch (code) {
    case '\t':
    case ' ':
      return Class::kSpace;
    case '\n':
    case '\v':
    case '\r':
    case 0x85:
      return Class::kLine;
    case '\f':
      return Class::kParagraph;
    case 0xA0:
      return Class::kSpace;
    case 0xAD:
      return Class::kRemove;
    default:
      return code < 0x20 || (code >= 0x7F && code < 0xA0) ? Class::kRemove
                                                          : Class::kText;
  }
}

bool IsRemoved(uint32_t code) {
  return code == 0x61C || code == 0x180E || code == 0x200B || code == 0x200E ||
         code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x2064) ||
         (code >= 0x2066 && code <= 0x206F) || code == 0xFEFF ||
         (code >= 0xFFF9 && code <= 0xFFFB);
}

bool IsWideSpace(uint32_t code) {
  return code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
         code == 0x202F || code == 0x205F || code == 0x3000;
}

Class ClassOf(uint32_t code) {
  if (code < 0x100) return ClassOfControl(code);
  if (IsWideSpace(code)) return Class::kSpace;
  if (code == 0x2028) return Class::kLine;
  if (code == 0x2029) return Class::kParagraph;
  if (IsRemoved(code)) return Class::kRemove;
  if ((code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF)) {
    return Class::kBad;
  }
  return Class::kText;
}

bool IsHarmless(uint32_t code) {
  if (ClassOf(code) != Class::kText) return false;
  if (code < 0x300) return true;
  return u_getIntPropertyValue(static_cast<UChar32>(code),
                               UCHAR_NFC_QUICK_CHECK) == UNORM_YES &&
         u_getCombiningClass(static_cast<UChar32>(code)) == 0;
}

using Bitmap = std::bitset<0x10000>;

// Of the basic plane. Built at the first use, in a millisecond.
const Bitmap& Harmless() {
  static const Bitmap& bitmap = []() -> const Bitmap& {
    auto& bits = *new Bitmap;
    for (uint32_t code = 0; code < bits.size(); ++code) {
      bits[code] = (code < 0xD800 || code >= 0xE000) && IsHarmless(code);
    }
    return bits;
  }();
  return bitmap;
}

// Passes over printable ASCII in which no space follows another, many bytes at
// a time. Stops at what is special, or where too few bytes are left.
#if defined(__SSE2__)
const char* SkipPlainBlocks(const char* at, const char* end) {
  uint32_t space_before = 0;
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    // As signed numbers, all above 0x7F are less than a space, too.
    const __m128i odd =
        _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)),
                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)));
    const auto spaces = static_cast<uint32_t>(
        _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' '))));
    const uint32_t special = static_cast<uint32_t>(_mm_movemask_epi8(odd)) |
                             (spaces & (spaces << 1 | space_before));
    if (special != 0) return at + std::countr_zero(special);
    space_before = spaces >> 15;
  }
  return at;
}
#else
const char* SkipPlainBlocks(const char* at, const char* end) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  uint64_t space_before = 0;
  for (; end - at >= 8; at += 8) {
    const uint64_t word = Load(at);
    const uint64_t no_space = word ^ (kOnes * ' ');
    const uint64_t spaces =
        ~(((no_space & ~kHighs) + ~kHighs) | no_space | ~kHighs);
    const uint64_t doubled = spaces & (spaces << 8 | space_before);
    const uint64_t low = (word - kOnes * 0x20) & ~word;
    const uint64_t special = ((low | word | (word + kOnes)) & kHighs) | doubled;
    if (special != 0) return at + std::countr_zero(special) / 8;
    space_before = spaces >> 56;
  }
  return at;
}
#endif

// The first byte from `at` on that is not printable ASCII, or is a space after
// a space.
const char* SkipPlain(const char* at, const char* end) {
  const char* const from = at;
  at = SkipPlainBlocks(at, end);
  bool was_space = at > from && at[-1] == ' ';
  for (; at < end; ++at) {
    const bool space = *at == ' ';
    const auto byte = static_cast<signed char>(*at);
    if (byte < 0x20 || byte == 0x7F || (space && was_space)) break;
    was_space = space;
  }
  return at;
}

// One run of CleanText; see the head of this file.
class Cleaner {
 public:
  Cleaner(absl::string_view text, TextShape shape)
      : shape_(shape),
        begin_(text.data()),
        end_(text.data() + text.size()),
        at_(begin_),
        mark_(begin_) {}

  // The clean text, as far as NFC is not concerned; a view of the input or of
  // `storage`, which is empty before.
  absl::string_view Run(std::string& storage) {
    storage_ = &storage;
    Gap();
    mark_ = at_;
    while (at_ < end_) {
      at_ = SkipPlain(at_, end_);
      if (at_ < end_) Special();
    }
    if (mark_ < end_ && end_[-1] == ' ') --end_;
    if (!copied_) return {mark_, static_cast<size_t>(end_ - mark_)};
    Copy(end_);
    return storage;
  }

  bool needs_nfc() const { return needs_nfc_; }

 private:
  void Special() {
    if (SkipCommon()) return;
    const auto byte = static_cast<uint8_t>(*at_);
    if (byte >= 0x80) {
      const Decoded decoded = Decode(at_, end_);
      if (decoded.length == 0 || ClassOfOther(decoded) == Class::kBad) {
        Replace(decoded.length == 0 ? 1 : decoded.length);
        return;
      }
      if (ClassOfOther(decoded) == Class::kText) {
        at_ += decoded.length;
        return;
      }
    }
    const char* const from = at_ > mark_ && at_[-1] == ' ' ? at_ - 1 : at_;
    at_ = from;
    const absl::string_view gap = Gap();
    const absl::string_view was(from, static_cast<size_t>(at_ - from));
    if (at_ == end_) {
      end_ = from;
      at_ = from;
    } else if (gap != was) {
      Copy(from);
      storage_->append(gap.data(), gap.size());
      mark_ = at_;
    }
  }

  // Passes over what is mostly there: dashes and quotes (U+2010 to U+2027), and
  // the blank line between two paragraphs.
  bool SkipCommon() {
    if (end_ - at_ < 3) return false;
    const auto third = static_cast<uint8_t>(at_[2]);
    if (at_[0] == '\xE2') {
      if (at_[1] != '\x80' || third < 0x90 || third > 0xA7) return false;
      at_ += 3;
      return true;
    }
    if (at_[0] != '\n' || at_[1] != '\n' || third <= ' ' || third >= 0x7F ||
        shape_ != TextShape::kParagraphs || at_ == begin_ || at_[-1] == ' ') {
      return false;
    }
    at_ += 2;
    return true;
  }

  // Harmless text is told by the bitmap; what else is text may need NFC.
  Class ClassOfOther(const Decoded& decoded) {
    if (decoded.code_point < 0x10000 && harmless_[decoded.code_point]) {
      return Class::kText;
    }
    const Class found = ClassOf(decoded.code_point);
    if (found == Class::kText && !IsHarmless(decoded.code_point)) {
      needs_nfc_ = true;
    }
    return found;
  }

  // Eats white space and what is removed, and gives what stands for it.
  absl::string_view Gap() {
    int spaces = 0;
    int lines = 0;
    while (at_ < end_) {
      const Decoded decoded = Decode(at_, end_);
      if (decoded.length == 0) break;
      const Class found = ClassOf(decoded.code_point);
      if (found == Class::kText || found == Class::kBad) break;
      if (found == Class::kLine) ++lines;
      if (found == Class::kParagraph) lines += 2;
      if (found == Class::kSpace) ++spaces;
      const bool crlf = *at_ == '\r' && end_ - at_ > 1 && at_[1] == '\n';
      at_ += crlf ? 2 : decoded.length;
    }
    if (spaces + lines == 0) return "";
    if (shape_ == TextShape::kLine || lines == 0) return " ";
    return lines == 1 ? "\n" : "\n\n";
  }

  void Replace(uint32_t length) {
    Copy(at_);
    storage_->append(kReplacement.data(), kReplacement.size());
    at_ += length;
    mark_ = at_;
  }

  void Copy(const char* to) {
    if (!copied_) storage_->reserve(static_cast<size_t>(end_ - begin_));
    copied_ = true;
    if (to > mark_) storage_->append(mark_, static_cast<size_t>(to - mark_));
  }

  const TextShape shape_;
  const Bitmap& harmless_ = Harmless();
  const char* const begin_;
  const char* end_;
  const char* at_;
  const char* mark_;  // up to here all is copied, or to be left out
  std::string* storage_ = nullptr;
  bool copied_ = false;
  bool needs_nfc_ = false;
};

// UAX #15, "Stream-Safe Text Format".
constexpr uint32_t kMarksMax = 30;
constexpr absl::string_view kGraphemeJoiner = "\xCD\x8F";

// Puts a joiner into runs of more than kMarksMax marks. `text` is valid UTF-8;
// the result is a view of it, or of `storage`.
absl::string_view PartLongRuns(absl::string_view text, std::string& storage) {
  const char* const end = text.data() + text.size();
  const char* copied = text.data();
  uint32_t marks = 0;
  storage.clear();
  for (const char* at = text.data(); at < end;) {
    const Decoded decoded = Decode(at, end);
    const uint32_t length = std::max<uint32_t>(decoded.length, 1);
    // None of the first ones is a mark, and most text consists of them.
    const bool mark =
        decoded.code_point >= 0x300 &&
        u_getCombiningClass(static_cast<UChar32>(decoded.code_point)) != 0;
    marks = mark ? marks + 1 : 0;
    if (marks > kMarksMax) {
      storage.append(copied, static_cast<size_t>(at - copied));
      storage.append(kGraphemeJoiner.data(), kGraphemeJoiner.size());
      copied = at;
      marks = 1;
    }
    at += length;
  }
  if (copied == text.data()) return text;
  storage.append(copied, static_cast<size_t>(end - copied));
  return storage;
}

// The clean text as a view of `text` or of `storage`.
absl::string_view Clean(absl::string_view text, TextShape shape,
                        std::string& storage) {
  storage.clear();
  Cleaner cleaner(text, shape);
  const absl::string_view clean = cleaner.Run(storage);
  if (!cleaner.needs_nfc()) return clean;
  std::string parted;
  const absl::string_view safe = PartLongRuns(clean, parted);
  const icu::StringPiece piece(safe.data(), static_cast<int32_t>(safe.size()));
  UErrorCode status = U_ZERO_ERROR;
  if (Nfc().isNormalizedUTF8(piece, status)) {
    if (safe.data() == clean.data()) return clean;
    storage = std::move(parted);
    return storage;
  }
  std::string normal;
  icu::StringByteSink<std::string> sink(&normal);
  status = U_ZERO_ERROR;
  Nfc().normalizeUTF8(0, piece, sink, nullptr, status);
  if (U_FAILURE(status)) {
    if (safe.data() == clean.data()) return clean;
    normal = std::move(parted);
  }
  storage = std::move(normal);
  return storage;
}

}  // namespace

absl::string_view CleanText(absl::string_view text, TextShape shape,
                            std::pmr::memory_resource* arena) {
  thread_local std::string storage;
  const absl::string_view clean = Clean(text, shape, storage);
  if (clean.empty()) return {};
  if (clean.data() != storage.data()) return clean;
  char* copy = static_cast<char*>(arena->allocate(clean.size(), 1));
  std::memcpy(copy, clean.data(), clean.size());
  return {copy, clean.size()};
}

void AppendCleanText(absl::string_view text, TextShape shape,
                     std::string& out) {
  std::string storage;
  const absl::string_view clean = Clean(text, shape, storage);
  out.append(clean.data(), clean.size());
}

size_t FindNonAscii(absl::string_view text) {
  size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    const uint64_t high = Load(text.data() + at) & kHighs;
    if (high != 0) return at + static_cast<size_t>(std::countr_zero(high)) / 8;
  }
  while (at < text.size() && static_cast<uint8_t>(text[at]) < 0x80) ++at;
  return at;
}

size_t FindInvalidUtf8(absl::string_view text) {
  size_t at = 0;
  while (true) {
    at += FindNonAscii(text.substr(at));
    if (at == text.size()) return at;
    const Decoded decoded = Decode(text.data() + at, text.data() + text.size());
    if (decoded.length == 0) return at;
    at += decoded.length;
  }
}

absl::string_view Truncate(absl::string_view text, size_t bytes_max) {
  constexpr size_t kNear = 64;
  if (text.size() <= bytes_max) return text;
  size_t end = bytes_max;
  while (end > 0 && IsTail(text[end])) --end;
  for (size_t i = end; i > 0 && end - i < kNear; --i) {
    if (text[i] == ' ' || text[i] == '\n') return text.substr(0, i);
  }
  return text.substr(0, end);
}

std::string FoldCase(absl::string_view text) {
  std::string folded;
  if (FindNonAscii(text) == text.size()) {
    folded.reserve(text.size());
    for (const char c : text) {
      folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
    return folded;
  }
  icu::StringByteSink<std::string> sink(&folded);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8Fold(
      0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink,
      nullptr, status);
  return folded;
}

size_t CountCodePoints(absl::string_view text) {
  size_t count = 0;
  for (const char c : text) count += IsTail(c) ? 0 : 1;
  return count;
}

}  // namespace wiredesk
