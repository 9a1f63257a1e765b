// For 64 bytes at a time, a bitmap tells which bytes are ASCII letters or
// digits, or lie above 0x7F and are neither dash nor quotation mark: what is
// set in a row is a run. An exclusive or of the bitmap with itself, moved by
// one, leaves a bit where each run begins and where it ends; the places of
// these bits are written by counting trailing zeros, a fixed number of them at
// once, since a branch on how many there are would be guessed wrong for every
// other block. (That is how simdjson writes its structural indexes: Langdale
// and Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 28, 2019.)
//
// Only the marking has a vector version (AVX2, chosen at run time since the
// program is built for any x86-64) and a portable one.
//
// Tested by words_test.cc, which compares the two on random text.

#include "stages/text/word_edges.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace wiredesk {
namespace {

constexpr size_t kEdgesPerBlock = 64;
constexpr size_t kEdgesAtOnce = 24;  // of the words of most blocks

// Of 64 bytes, bit i stands for byte i.
struct BlockMarks {
  uint64_t word;  // ASCII letters and digits
  uint64_t high;  // above 0x7F
  uint64_t e2;    // the first two bytes of general punctuation; read only where
  uint64_t x80;   // `high` is not 0
};

// Dashes, curly quotes and the like (U+2000 to U+203F) part words as a blank
// does. One that lies across the border of two blocks is left to MixedRun.
inline uint64_t RunBits(const BlockMarks& marks) {
  if (marks.high == 0) return marks.word;
  const uint64_t lead = marks.e2 & marks.x80 >> 1 & marks.high >> 2;
  return marks.word | (marks.high & ~(lead | lead << 1 | lead << 2));
}

// Finds where runs begin and end, in turn: `*edge` and what follows it. Has
// room for kEdgesPerBlock more than there are.
struct EdgeWriter {
  uint32_t* edge;
  uint64_t open = 0;  // 1 if the last byte belonged to a run

  // Writes kEdgesAtOnce places whether they are there or not: that is faster
  // than a branch that is guessed wrong.
  void Add(uint64_t in_run, uint32_t base) {
    uint64_t bits = in_run ^ (in_run << 1 | open);
    open = in_run >> 63;
    uint32_t* const next = edge + std::popcount(bits);
    for (size_t i = 0; i < kEdgesAtOnce; ++i) {
      edge[i] = base + static_cast<uint32_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
    for (edge += kEdgesAtOnce; bits != 0; bits &= bits - 1) {
      *edge++ = base + static_cast<uint32_t>(std::countr_zero(bits));
    }
    edge = next;
  }
};

// Goes over this many blocks of 64 bytes; `base` is the place of `text`.
using FindEdges = void (*)(const char* text, size_t blocks, uint32_t base,
                           EdgeWriter& writer);

constexpr std::array<bool, 256> AsciiWordBytes() {
  std::array<bool, 256> table = {};
  for (int c = '0'; c <= '9'; ++c) table[c] = true;
  for (int c = 'A'; c <= 'Z'; ++c) table[c] = table[c | 0x20] = true;
  return table;
}
constexpr std::array<bool, 256> kAsciiWordBytes = AsciiWordBytes();

void FindEdgesPortably(const char* text, size_t blocks, uint32_t base,
                       EdgeWriter& writer) {
  for (size_t b = 0; b < blocks; ++b, text += 64, base += 64) {
    BlockMarks marks = {};
    for (int i = 0; i < 64; ++i) {
      const auto byte = static_cast<uint8_t>(text[i]);
      marks.word |= static_cast<uint64_t>(kAsciiWordBytes[byte]) << i;
      marks.high |= static_cast<uint64_t>(byte >> 7) << i;
      marks.e2 |= static_cast<uint64_t>(byte == 0xE2) << i;
      marks.x80 |= static_cast<uint64_t>(byte == 0x80) << i;
    }
    writer.Add(RunBits(marks), base);
  }
}

#if defined(__x86_64__)
#define WIREDESK_AVX2 __attribute__((target("avx2,bmi,popcnt")))

WIREDESK_AVX2 inline uint64_t Bits(__m256i low, __m256i high) {
  return static_cast<uint32_t>(_mm256_movemask_epi8(low)) |
         static_cast<uint64_t>(
             static_cast<uint32_t>(_mm256_movemask_epi8(high)))
             << 32;
}

WIREDESK_AVX2 inline __m256i WordBytes(__m256i v) {
  const __m256i lower = _mm256_or_si256(v, _mm256_set1_epi8(0x20));
  const __m256i letter =
      _mm256_and_si256(_mm256_cmpgt_epi8(lower, _mm256_set1_epi8('a' - 1)),
                       _mm256_cmpgt_epi8(_mm256_set1_epi8('z' + 1), lower));
  const __m256i digit =
      _mm256_and_si256(_mm256_cmpgt_epi8(v, _mm256_set1_epi8('0' - 1)),
                       _mm256_cmpgt_epi8(_mm256_set1_epi8('9' + 1), v));
  return _mm256_or_si256(letter, digit);
}

WIREDESK_AVX2 inline uint64_t Equal(__m256i low, __m256i high, char byte) {
  const __m256i all = _mm256_set1_epi8(byte);
  return Bits(_mm256_cmpeq_epi8(low, all), _mm256_cmpeq_epi8(high, all));
}

WIREDESK_AVX2 void FindEdgesAvx2(const char* text, size_t blocks, uint32_t base,
                                 EdgeWriter& writer) {
  for (size_t b = 0; b < blocks; ++b, text += 64, base += 64) {
    const __m256i low =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
    const __m256i high =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + 32));
    BlockMarks marks = {Bits(WordBytes(low), WordBytes(high)), Bits(low, high),
                        0, 0};
    if (marks.high != 0) {
      marks.e2 = Equal(low, high, '\xE2');
      marks.x80 = Equal(low, high, '\x80');
    }
    writer.Add(RunBits(marks), base);
  }
}
#endif

FindEdges ChooseFindEdges() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("popcnt")) {
    return FindEdgesAvx2;
  }
#endif
  return FindEdgesPortably;
}

// Where the runs of `text` begin and end, in turn.
absl::Span<const uint32_t> Edges(absl::string_view text, FindEdges find,
                                 std::vector<uint32_t>& memory) {
  constexpr size_t kChunkBlocks = 64;
  size_t used = 0;
  EdgeWriter writer = {nullptr};
  const auto add = [&](const char* from, size_t blocks, size_t base) {
    if (memory.size() < used + (blocks + 1) * kEdgesPerBlock) {
      memory.resize(2 * used + (blocks + 1) * kEdgesPerBlock);
    }
    writer.edge = memory.data() + used;
    find(from, blocks, static_cast<uint32_t>(base), writer);
    used = static_cast<size_t>(writer.edge - memory.data());
  };
  size_t at = 0;
  while (at + 64 <= text.size()) {
    const size_t blocks = std::min((text.size() - at) / 64, kChunkBlocks);
    add(text.data() + at, blocks, at);
    at += 64 * blocks;
  }
  // There is a zero byte at its end, so it closes every run.
  char tail[64] = {};
  if (at < text.size()) {  // the data of an empty text may be null
    std::memcpy(tail, text.data() + at, text.size() - at);
  }
  add(tail, 1, at);
  return {memory.data(), used};
}

}  // namespace

absl::Span<const uint32_t> FindWordEdges(absl::string_view text,
                                         std::vector<uint32_t>& memory) {
  static const FindEdges find = ChooseFindEdges();
  return Edges(text, find, memory);
}

absl::Span<const uint32_t> FindWordEdgesPortably(
    absl::string_view text, std::vector<uint32_t>& memory) {
  return Edges(text, FindEdgesPortably, memory);
}

}  // namespace wiredesk
