// Splits text into words at a gigabyte a second, and gives the same words and
// hashes everywhere.
//
// A first pass finds where runs begin and end that no separator breaks (see
// word_edges.cc). A run of ASCII alone is one word: its hash reads 16 bytes at
// once and folds case by setting bit 5, which turns "A" into "a" and leaves
// digits as they are. A run with other bytes is walked code point by code point
// with a table: "l«État" is one run (no ASCII separator) and two words.
//
// WordSplitter knows from the edges how many words come, but for those that
// such a run has more, and writes them into the arena at once. Only where the
// room that is left for these does not do, words go to a vector and are copied.
//
// Tested by words_test.cc, which also compares the two on random text.

#include "stages/text/words.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string>

#include "stages/text/word_edges.h"
#include "stages/text/words_table.h"

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

// The bytes of a short word as two numbers, with zeros behind its end.
struct Bytes16 {
  uint64_t low;
  uint64_t high;

  bool HasHigh() const { return ((low | high) & 0x8080808080808080) != 0; }
};

// With case folded. `length` <= 16, and 16 bytes may be read from `p`.
inline Bytes16 FoldAscii(const char* p, size_t length) {
  constexpr uint64_t kFold = 0x2020202020202020;
  const ByteMask mask = kByteMasks[length];
  return {(Load(p) | kFold) & mask.low, (Load(p + 8) | kFold) & mask.high};
}

uint64_t HashAscii(absl::string_view word) {
  if (word.size() <= 16) {
    char bytes[16] = {};
    std::memcpy(bytes, word.data(), word.size());
    const Bytes16 folded = FoldAscii(bytes, word.size());
    return HashShort(folded.low, folded.high, word.size());
  }
  std::string folded(word);
  for (char& c : folded) c |= 0x20;
  return HashFolded(folded.data(), folded.size());
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

bool IsHigh(char c) { return (c & 0x80) != 0; }

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

constexpr std::array<uint8_t, 256> FirstByteFlags() {
  std::array<uint8_t, 256> table = {};
  for (int c = '0'; c <= '9'; ++c) table[c] = kWordDigits;
  for (int c = 'A'; c <= 'Z'; ++c) table[c] = kWordCapital;
  return table;
}
constexpr std::array<uint8_t, 256> kFirstByteFlags = FirstByteFlags();

// Where words go: a place in the arena as long as it has room, then a vector.
struct WordSink {
  Word* begin;
  Word* end;
  Word* limit;
  std::vector<Word>& spill;

  // Makes room for `count` words.
  void Reserve(size_t count) {
    if (static_cast<size_t>(limit - end) >= count) return;
    const auto used = static_cast<size_t>(end - begin);
    std::vector<Word> grown(2 * (used + count));
    std::copy(begin, end, grown.begin());
    spill.swap(grown);
    begin = spill.data();
    end = begin + used;
    limit = begin + spill.size();
  }
};

class Splitter {
 public:
  // REQUIRES: room in `sink` for as many words as there are runs.
  Splitter(absl::string_view text, WordSink& sink) : text_(text), sink_(sink) {}

  // Makes words of runs; `edges` are where they begin and end, in turn.
  void Run(absl::Span<const uint32_t> edges) {
    runs_left_ = edges.size() / 2;
    for (const uint32_t* edge = edges.data();;) {
      edge = EndShortRuns(edge);
      if (runs_left_ == 0) return;
      --runs_left_;
      RareRun(edge[0], edge[1]);
      edge += 2;
    }
  }

 private:
  // Makes words of short runs of ASCII, up to the first run that is none or
  // so near to the end that 16 bytes cannot be read.
  const uint32_t* EndShortRuns(const uint32_t* edge) {
    const char* const text = text_.data();
    const size_t size = text_.size();
    const uint32_t* const end = edge + 2 * runs_left_;
    Word* out = sink_.end;
    for (; edge != end; edge += 2) {
      const size_t begin = edge[0];
      const size_t length = edge[1] - begin;
      if (__builtin_expect(length > 16 || begin + 16 > size, 0)) break;
      const char* const p = text + begin;
      const Bytes16 folded = FoldAscii(p, length);
      if (__builtin_expect(folded.HasHigh(), 0)) break;
      out->hash = HashShort(folded.low, folded.high, length);
      out->begin = static_cast<uint32_t>(begin);
      out->length = static_cast<uint16_t>(length);
      // The second byte tells nearly always whether a closer look is needed.
      out->flags = kFirstByteFlags[static_cast<uint8_t>(*p)];
      if (__builtin_expect(length > 1 && *p < 'a' && p[1] < 'a', 0)) {
        out->flags = AsciiFlags(p, length);
      }
      ++out;
    }
    sink_.end = out;
    runs_left_ = static_cast<size_t>(end - edge) / 2;
    return edge;
  }

  void Add(const Word& word) {
    sink_.Reserve(runs_left_ + 1);
    *sink_.end++ = word;
  }

  // A run that is long, at the end of the text, or has bytes above 0x7F.
  void RareRun(size_t begin, size_t end) {
    const absl::string_view run = text_.substr(begin, end - begin);
    const bool mixed = std::any_of(run.begin(), run.end(), IsHigh);
    mixed ? MixedRun(begin, end) : AsciiRun(begin, end);
  }

  void AsciiRun(size_t begin, size_t end) {
    for (size_t next = begin; begin < end; begin = next) {
      next = std::min(begin + kLengthMax, end);
      const absl::string_view word = text_.substr(begin, next - begin);
      Add(Word{HashAscii(word), static_cast<uint32_t>(begin),
               static_cast<uint16_t>(word.size()),
               AsciiFlags(word.data(), word.size())});
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

  // A run without ASCII separators that has bytes above 0x7F, which perhaps
  // only part words of ASCII, too.
  void MixedRun(size_t begin, size_t end) {
    if (!OnlyParted(begin, end)) return MixedWords(begin, end);
    for (size_t at = begin; at < end;) {
      if (IsHigh(text_[at])) {
        at += Decode(text_.data() + at, text_.data() + end).bytes;
        continue;
      }
      const size_t from = at;
      while (at < end && !IsHigh(text_[at])) ++at;
      AsciiRun(from, at);
    }
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
        AddCodePoint(entry, c.value);
        if (separate) {
          mixed_.flags |= kWordCodePoint;
          EndMixed(at + c.bytes);
        }
      }
      p += c.bytes;
    }
    EndMixed(end);
  }

  void AddCodePoint(uint32_t entry, uint32_t c) {
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
    Add(Word{HashFolded(folded_.data(), folded_.size()),
             static_cast<uint32_t>(mixed_.begin),
             static_cast<uint16_t>(end - mixed_.begin), mixed_.flags});
    folded_.clear();
    mixed_ = {};
  }

  struct MixedWord {
    bool open = false;
    size_t begin = 0;
    uint16_t flags = 0;
    size_t letters = 0;
    size_t capitals = 0;
  };

  const absl::string_view text_;
  WordSink& sink_;
  size_t runs_left_ = 0;
  MixedWord mixed_;
  std::string folded_;
};

void SplitAt(absl::Span<const uint32_t> edges, absl::string_view text,
             std::vector<Word>& words) {
  const size_t before = words.size();
  words.resize(before + edges.size() / 2);
  WordSink sink = {words.data(), words.data() + before,
                   words.data() + words.size(), words};
  Splitter(text, sink).Run(edges);
  words.resize(static_cast<size_t>(sink.end - sink.begin));
}

}  // namespace

void SplitWords(absl::string_view text, std::vector<Word>& words) {
  std::vector<uint32_t> memory;
  SplitAt(FindWordEdges(text, memory), text, words);
}

void SplitWordsPortably(absl::string_view text, std::vector<Word>& words) {
  std::vector<uint32_t> memory;
  SplitAt(FindWordEdgesPortably(text, memory), text, words);
}

absl::Span<const uint32_t> WordSplitter::Edges(absl::string_view text) {
  constexpr size_t kKeptEdges = size_t{1} << 18;
  if (edges_.size() > kKeptEdges) std::vector<uint32_t>().swap(edges_);
  return FindWordEdges(text, edges_);
}

void WordSplitter::Split(absl::string_view text, std::vector<Word>& words) {
  SplitAt(Edges(text), text, words);
}

absl::Span<const Word> WordSplitter::Split(absl::string_view text,
                                           std::pmr::memory_resource* arena) {
  const absl::Span<const uint32_t> edges = Edges(text);
  if (edges.empty()) return {};
  const auto allocate = [arena](size_t count) {
    return static_cast<Word*>(
        arena->allocate(count * sizeof(Word), alignof(Word)));
  };
  // Some runs with bytes above 0x7F are two words, and some are none.
  const size_t room = edges.size() / 2 + edges.size() / 64 + 4;
  Word* const words = allocate(room);
  std::vector<Word> spill;
  WordSink sink = {words, words, words + room, spill};
  Splitter(text, sink).Run(edges);
  const auto count = static_cast<size_t>(sink.end - sink.begin);
  if (sink.begin == words) return {words, count};
  Word* const copy = allocate(count);
  std::copy(sink.begin, sink.end, copy);
  return {copy, count};
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
