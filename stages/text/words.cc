// Splits text into words at a gigabyte a second, and gives the same words and
// hashes everywhere.
//
// A first pass marks, for 64 bytes at a time, which bytes are ASCII letters or
// digits and which lie above 0x7F: two bitmaps. A run of set bits in either is
// what no ASCII separator breaks. A run of ASCII alone is one word: its hash
// reads 16 bytes at once and folds case by setting bit 5, which turns "A" into
// "a" and leaves digits as they are. A run with other bytes is walked code
// point by code point with a table: "l’État" is one run (no ASCII separator)
// and two words.
//
// Both passes exist once; only the marking has a vector version (AVX2, chosen
// at run time since the program is built for any x86-64) and a portable one.
//
// Tested by words_test.cc, which also compares the two on random text.

#include "stages/text/words.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string>

#include "stages/text/words_table.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace wiredesk {
namespace {

constexpr size_t kLengthMax = 65535;
constexpr uint64_t kSeedA = 0xa0761d6478bd642f;
constexpr uint64_t kSeedB = 0xe7037ed1a0b428db;
constexpr uint64_t kSeedC = 0x8ebc6af09c88c6e3;

uint64_t Multiply(uint64_t a, uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

uint64_t Load(const char* p) {
  uint64_t value;
  std::memcpy(&value, p, sizeof(value));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap64(value);
#endif
  return value;
}

uint64_t HashShort(uint64_t a, uint64_t b, uint64_t length) {
  return Multiply(a ^ kSeedA, b ^ kSeedB ^ length);
}

// Of bytes that are folded already.
uint64_t HashFolded(const char* p, size_t length) {
  char tail[16] = {};
  uint64_t state = 0;
  size_t rest = length;
  for (; rest > 16; rest -= 16, p += 16) {
    state = Multiply(Load(p) ^ state ^ kSeedC, Load(p + 8) ^ kSeedB);
  }
  std::memcpy(tail, p, rest);
  return HashShort(Load(tail) ^ state, Load(tail + 8), length);
}

// Keeps the first `n` bytes of 16: {first half, second half}.
struct ByteMask {
  uint64_t low;
  uint64_t high;
};
constexpr std::array<ByteMask, 17> ByteMasks() {
  std::array<ByteMask, 17> masks = {};
  for (int n = 0; n <= 16; ++n) {
    for (int i = 0; i < n; ++i) {
      uint64_t& half = i < 8 ? masks[n].low : masks[n].high;
      half |= uint64_t{0xFF} << (i % 8 * 8);
    }
  }
  return masks;
}
constexpr std::array<ByteMask, 17> kByteMasks = ByteMasks();

// `length` <= 16, and 16 bytes may be read from `p`.
inline uint64_t HashAscii(const char* p, size_t length) {
  constexpr uint64_t kFold = 0x2020202020202020;
  const ByteMask mask = kByteMasks[length];
  return HashShort((Load(p) | kFold) & mask.low,
                   (Load(p + 8) | kFold) & mask.high, length);
}

// --- Code points above ASCII -------------------------------------------------

// Bits of a table entry; the low 21 bits are the folded code point, or an index
// into `expansions`.
constexpr uint32_t kIsWord = 1u << 31;
constexpr uint32_t kIsCodePoint = 1u << 30;
constexpr uint32_t kIsUpper = 1u << 29;
constexpr uint32_t kIsDropped = 1u << 28;  // counts as nothing in the hash
constexpr uint32_t kExpands = 1u << 27;
constexpr uint32_t kValueMask = (1u << 21) - 1;

// Scripts that put no space between words.
constexpr CodePointRange kUnspaced[] = {
    {0xE00, 0xEFF},     {0x1000, 0x109F},  {0x1780, 0x17FF}, {0x19E0, 0x19FF},
    {0x3005, 0x3007},   {0x3021, 0x3029},  {0x3031, 0x3035}, {0x3038, 0x303C},
    {0x3041, 0x312F},   {0x31A0, 0x31FF},  {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},
    {0xA9E0, 0xA9FF},   {0xAA60, 0xAA7F},  {0xF900, 0xFAFF}, {0xFF66, 0xFF9F},
    {0x1AFF0, 0x1B16F}, {0x20000, 0x323AF}};

// Combining accents, Hebrew points, Arabic vowel signs and the stretching bar.
constexpr CodePointRange kDropped[] = {
    {0x300, 0x36F}, {0x591, 0x5C7},   {0x640, 0x640},  {0x64B, 0x65F},
    {0x670, 0x670}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}};

struct CodePoint {
  uint32_t value;
  uint32_t bytes;
};

// Bytes that are no UTF-8 come back as one byte of value 0, which is no letter.
CodePoint Decode(const char* p, const char* end) {
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

void AppendUtf8(uint32_t c, std::string& text) {
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

  uint32_t Entry(uint32_t c) const { return c <= kLast ? entries_[c] : 0; }

  void AppendFolded(uint32_t entry, std::string& text) const {
    if ((entry & kIsDropped) != 0) return;
    if ((entry & kExpands) != 0) {
      text += expansions_[entry & kValueMask];
    } else {
      AppendUtf8(entry & kValueMask, text);
    }
  }

 private:
  static constexpr uint32_t kLast = 0x323AF;

  CodePointTable() : entries_(new uint32_t[kLast + 1]()) {
    for (uint32_t c = 0; c < 0x80; ++c) {
      const bool upper = c >= 'A' && c <= 'Z';
      const bool lower = c >= 'a' && c <= 'z';
      const bool word = upper || lower || (c >= '0' && c <= '9');
      entries_[c] = (word ? kIsWord | c | 0x20 : c) | (upper ? kIsUpper : 0);
    }
    for (size_t i = 0; i < kWordRangeCount; ++i) {
      const CodePointRange& range = kWordRanges[i];
      for (uint32_t c = range.first; c <= range.last; ++c) {
        entries_[c] = kIsWord | c;
      }
    }
    Mark(kUnspaced, kIsCodePoint);
    Mark(kDropped, kIsDropped);
    AddRuns();
    AddGroups();
  }

  template <size_t n>
  void Mark(const CodePointRange (&ranges)[n], uint32_t bit) {
    for (const CodePointRange& range : ranges) {
      for (uint32_t c = range.first; c <= range.last; ++c) {
        if ((entries_[c] & kIsWord) != 0) entries_[c] |= bit;
      }
    }
  }

  void AddRuns() {
    for (size_t i = 0; i < kUpperRunCount; ++i) {
      const CodePointRun& run = kUpperRuns[i];
      for (uint32_t c = run.first; c <= run.last; c += run.stride) {
        entries_[c] |= kIsUpper;
      }
    }
    for (size_t i = 0; i < kCaseRunCount; ++i) {
      const CodePointRun& run = kCaseRuns[i];
      for (uint32_t c = run.first; c <= run.last; c += run.stride) {
        entries_[c] = (entries_[c] & ~kValueMask) | (c + run.delta);
      }
    }
  }

  void AddGroups() {
    for (size_t i = 0; i < kFoldGroupCount; ++i) {
      expansions_.emplace_back(kFoldGroups[i].target);
      const char* p = kFoldGroups[i].members;
      const char* end = p + std::strlen(p);
      while (p < end) {
        const CodePoint c = Decode(p, end);
        p += c.bytes;
        entries_[c.value] = (entries_[c.value] & ~kValueMask) | kExpands |
                            static_cast<uint32_t>(i);
      }
    }
  }

  std::unique_ptr<uint32_t[]> entries_;
  std::vector<std::string> expansions_;
};

// --- The splitter ------------------------------------------------------------

// For each of `blocks` blocks of 64 bytes, bit i of `word` says that byte i is
// an ASCII letter or digit, bit i of `high` that it is above 0x7F.
using MarkBlocks = void (*)(const char* text, size_t blocks, uint64_t* word,
                            uint64_t* high);

constexpr std::array<bool, 256> AsciiWordBytes() {
  std::array<bool, 256> table = {};
  for (int c = '0'; c <= '9'; ++c) table[c] = true;
  for (int c = 'A'; c <= 'Z'; ++c) table[c] = table[c | 0x20] = true;
  return table;
}
constexpr std::array<bool, 256> kAsciiWordBytes = AsciiWordBytes();

constexpr std::array<uint8_t, 256> FirstByteFlags() {
  std::array<uint8_t, 256> table = {};
  for (int c = '0'; c <= '9'; ++c) table[c] = kWordDigits;
  for (int c = 'A'; c <= 'Z'; ++c) table[c] = kWordCapital;
  return table;
}
constexpr std::array<uint8_t, 256> kFirstByteFlags = FirstByteFlags();

void MarkPortable(const char* text, size_t blocks, uint64_t* word,
                  uint64_t* high) {
  for (size_t b = 0; b < blocks; ++b, text += 64) {
    word[b] = high[b] = 0;
    for (int i = 0; i < 64; ++i) {
      const auto byte = static_cast<uint8_t>(text[i]);
      word[b] |= static_cast<uint64_t>(kAsciiWordBytes[byte]) << i;
      high[b] |= static_cast<uint64_t>(byte >> 7) << i;
    }
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) void MarkAvx2(const char* text, size_t blocks,
                                              uint64_t* word, uint64_t* high) {
  const __m256i before_a = _mm256_set1_epi8('a' - 1);
  const __m256i after_z = _mm256_set1_epi8('z' + 1);
  const __m256i before_0 = _mm256_set1_epi8('0' - 1);
  const __m256i after_9 = _mm256_set1_epi8('9' + 1);
  const __m256i fold = _mm256_set1_epi8(0x20);
  for (size_t half = 0; half < 2 * blocks; ++half, text += 32) {
    const __m256i v =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
    const __m256i lower = _mm256_or_si256(v, fold);
    const __m256i letter = _mm256_and_si256(_mm256_cmpgt_epi8(lower, before_a),
                                            _mm256_cmpgt_epi8(after_z, lower));
    const __m256i digit = _mm256_and_si256(_mm256_cmpgt_epi8(v, before_0),
                                           _mm256_cmpgt_epi8(after_9, v));
    const auto w = static_cast<uint32_t>(
        _mm256_movemask_epi8(_mm256_or_si256(letter, digit)));
    const auto h = static_cast<uint32_t>(_mm256_movemask_epi8(v));
    const size_t b = half / 2;
    const int shift = static_cast<int>(half % 2) * 32;
    word[b] = (shift == 0 ? 0 : word[b]) | static_cast<uint64_t>(w) << shift;
    high[b] = (shift == 0 ? 0 : high[b]) | static_cast<uint64_t>(h) << shift;
  }
}
#endif

MarkBlocks ChooseMarkBlocks() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return MarkAvx2;
#endif
  return MarkPortable;
}

class Splitter {
 public:
  Splitter(absl::string_view text, std::vector<Word>& words)
      : text_(text), words_(words) {}

  void Run(MarkBlocks mark) {
    if (text_.empty()) return;  // its data may be null
    uint64_t word[kChunkBlocks];
    uint64_t high[kChunkBlocks];
    size_t at = 0;
    for (; at + 64 <= text_.size();) {
      const size_t blocks = std::min((text_.size() - at) / 64, kChunkBlocks);
      mark(text_.data() + at, blocks, word, high);
      for (size_t b = 0; b < blocks; ++b) Block(at + 64 * b, word[b], high[b]);
      at += 64 * blocks;
    }
    char tail[64] = {};
    // An empty view may have no data at all.
    if (at < text_.size()) {
      std::memcpy(tail, text_.data() + at, text_.size() - at);
    }
    mark(tail, 1, word, high);
    Block(at, word[0], high[0]);
    // The tail has a zero byte at its end, so it closes every run.
    Flush();
  }

 private:
  static constexpr size_t kChunkBlocks = 64;
  static constexpr size_t kPendingMax = 128;

  void Block(size_t base, uint64_t word, uint64_t high) {
    const uint64_t in_run = word | high;
    uint64_t edges = in_run ^ (in_run << 1 | static_cast<uint64_t>(open_));
    if (open_ && edges != 0) {
      const int end = __builtin_ctzll(edges);
      edges &= edges - 1;
      open_high_ |= (high & ((uint64_t{1} << end) - 1)) != 0;
      EndRun(begin_, base + end, open_high_);
      open_ = false;
    }
    while (edges != 0) {
      const int begin = __builtin_ctzll(edges);
      edges &= edges - 1;
      if (edges == 0) {
        open_ = true;
        open_high_ = false;
        begin_ = base + begin;
        break;
      }
      const int end = __builtin_ctzll(edges);
      edges &= edges - 1;
      const uint64_t own = (uint64_t{1} << end) - (uint64_t{1} << begin);
      EndRun(base + begin, base + end, (high & own) != 0);
    }
    if (open_) {
      const size_t skip = begin_ > base ? begin_ - base : 0;
      open_high_ |= (high >> skip) != 0;
    }
    if (pending_count_ > kPendingMax - 64) Flush();
  }

  // Inlined where it is called once for each word; measured, a quarter of the
  // time of splitting.
  [[gnu::always_inline]] inline void EndRun(size_t begin, size_t end,
                                            bool has_high) {
    if (__builtin_expect(has_high, 0)) return MixedRun(begin, end);
    const size_t length = end - begin;
    const char* p = text_.data() + begin;
    if (__builtin_expect(length > 16 || begin + 16 > text_.size(), 0)) {
      return RareAsciiRun(begin, end);
    }
    Word& word = pending_[pending_count_++];
    word.hash = HashAscii(p, length);
    word.begin = static_cast<uint32_t>(begin);
    word.length = static_cast<uint16_t>(length);
    // The second byte tells nearly always whether a closer look is needed.
    word.flags = kFirstByteFlags[static_cast<uint8_t>(*p)];
    if (__builtin_expect(length > 1 && *p < 'a' && p[1] < 'a', 0)) {
      word.flags = AsciiFlags(p, length);
    }
  }

  // A long run, or one so near to the end that 16 bytes cannot be read.
  void RareAsciiRun(size_t begin, size_t end) {
    for (size_t next = begin; begin < end; begin = next) {
      next = std::min(begin + kLengthMax, end);
      std::string folded(text_.substr(begin, next - begin));
      for (char& c : folded) c |= 0x20;
      if (pending_count_ == kPendingMax) Flush();
      pending_[pending_count_++] = {
          HashFolded(folded.data(), folded.size()),
          static_cast<uint32_t>(begin), static_cast<uint16_t>(next - begin),
          AsciiFlags(text_.data() + begin, next - begin)};
    }
  }

  static uint16_t AsciiFlags(const char* p, size_t length) {
    uint16_t flags = 0;
    if (*p <= '9') flags |= kWordDigits;
    size_t capitals = 0;
    for (size_t i = 0; i < length; ++i) {
      if (p[i] >= 'a') {
        capitals = 0;
        break;
      }
      capitals += p[i] >= 'A' ? 1 : 0;
    }
    if (*p >= 'A' && *p <= 'Z') flags |= kWordCapital;
    if (capitals >= 2) flags |= kWordAllCaps;
    return flags;
  }

  // A run without ASCII separators that has bytes above 0x7F. Mostly these are
  // curly quotes and dashes, which only part words of ASCII.
  void MixedRun(size_t begin, size_t end) {
    if (!OnlyParted(begin, end)) return MixedWords(begin, end);
    for (size_t at = begin; at < end;) {
      if ((text_[at] & 0x80) != 0) {
        at += Decode(text_.data() + at, text_.data() + end).bytes;
        continue;
      }
      const size_t from = at;
      while (at < end && (text_[at] & 0x80) == 0) ++at;
      if (pending_count_ == kPendingMax) Flush();
      EndRun(from, at, false);
    }
    // What is left of the block must find room.
    if (pending_count_ > kPendingMax - 64) Flush();
  }

  // Whether no code point above ASCII belongs to a word.
  bool OnlyParted(size_t begin, size_t end) const {
    const CodePointTable& table = CodePointTable::Get();
    for (size_t at = begin; at < end;) {
      const CodePoint c = Decode(text_.data() + at, text_.data() + end);
      if (c.value >= 0x80 && (table.Entry(c.value) & kIsWord) != 0) {
        return false;
      }
      at += c.bytes;
    }
    return true;
  }

  void MixedWords(size_t begin, size_t end) {
    Flush();
    const CodePointTable& table = CodePointTable::Get();
    const char* const limit = text_.data() + end;
    for (const char* p = text_.data() + begin; p < limit;) {
      const CodePoint c = Decode(p, limit);
      const uint32_t entry = table.Entry(c.value);
      const auto at = static_cast<size_t>(p - text_.data());
      const bool separate = (entry & kIsCodePoint) != 0;
      if ((entry & kIsWord) == 0 || separate ||
          at + c.bytes - mixed_.begin > kLengthMax) {
        EndMixed(at);
      }
      if ((entry & kIsWord) != 0) {
        if (!mixed_.open) mixed_ = {true, at};
        Add(entry, c.value);
        if (separate) {
          mixed_.flags |= kWordCodePoint;
          EndMixed(at + c.bytes);
        }
      }
      p += c.bytes;
    }
    EndMixed(end);
  }

  void Add(uint32_t entry, uint32_t c) {
    const bool first = folded_.empty() && mixed_.letters == 0;
    const bool upper = (entry & kIsUpper) != 0;
    const bool digit = c >= '0' && c <= '9';
    if (first && upper) mixed_.flags |= kWordCapital;
    if (first && digit) mixed_.flags |= kWordDigits;
    if (c > 0x7F) mixed_.flags |= kWordNonAscii;
    if (!digit && (entry & kIsDropped) == 0) {
      ++mixed_.letters;
      mixed_.capitals += upper ? 1 : 0;
    }
    CodePointTable::Get().AppendFolded(entry, folded_);
  }

  void EndMixed(size_t end) {
    if (!mixed_.open) return;
    if (mixed_.letters >= 2 && mixed_.capitals == mixed_.letters) {
      mixed_.flags |= kWordAllCaps;
    }
    words_.push_back({HashFolded(folded_.data(), folded_.size()),
                      static_cast<uint32_t>(mixed_.begin),
                      static_cast<uint16_t>(end - mixed_.begin), mixed_.flags});
    folded_.clear();
    mixed_ = {};
  }

  void Flush() {
    words_.insert(words_.end(), pending_, pending_ + pending_count_);
    pending_count_ = 0;
  }

  struct MixedWord {
    bool open = false;
    size_t begin = 0;
    uint16_t flags = 0;
    size_t letters = 0;
    size_t capitals = 0;
  };

  const absl::string_view text_;
  std::vector<Word>& words_;
  // The run that the block before left open.
  bool open_ = false;
  bool open_high_ = false;
  size_t begin_ = 0;
  MixedWord mixed_;
  std::string folded_;
  // ASCII words on their way to `words_`, which would be slow one by one.
  size_t pending_count_ = 0;
  Word pending_[kPendingMax];
};

}  // namespace

void SplitWords(absl::string_view text, std::vector<Word>& words) {
  static const MarkBlocks mark = ChooseMarkBlocks();
  Splitter(text, words).Run(mark);
}

void SplitWordsPortably(absl::string_view text, std::vector<Word>& words) {
  Splitter(text, words).Run(MarkPortable);
}

uint64_t HashWord(absl::string_view word) {
  const CodePointTable& table = CodePointTable::Get();
  std::string folded;
  const char* const end = word.data() + word.size();
  for (const char* p = word.data(); p < end;) {
    const CodePoint c = Decode(p, end);
    table.AppendFolded(table.Entry(c.value), folded);
    p += c.bytes;
  }
  return HashFolded(folded.data(), folded.size());
}

}  // namespace wiredesk
