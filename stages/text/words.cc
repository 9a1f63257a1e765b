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
#include <string>

#include "absl/strings/ascii.h"
#include "stages/text/code_points.h"
#include "stages/text/word_edges.h"
#include "stages/text/word_hash.h"

namespace wiredesk {
namespace {

constexpr size_t kLengthMax = 65535;

bool IsHigh(char c) { return (c & 0x80) != 0; }

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
      const Bytes16 folded = FoldAscii16(p, length);
      if (__builtin_expect(folded.HasHigh(), 0)) break;
      out->hash = HashShortWord(folded.low, folded.high, length);
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
      Add(Word{HashAsciiWord(word), static_cast<uint32_t>(begin),
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
        at += DecodeUtf8(text_.data() + at, text_.data() + end).bytes;
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
      const CodePoint c = DecodeUtf8(text_.data() + at, text_.data() + end);
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
      const CodePoint c = DecodeUtf8(p, limit);
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
    Add(Word{HashFoldedWord(folded_.data(), folded_.size()),
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
  const auto plain = [](char c) { return absl::ascii_isalnum(c); };
  if (std::all_of(word.begin(), word.end(), plain)) return HashAsciiWord(word);
  const CodePointTable& table = CodePointTable::Get();
  std::string folded;
  const char* const end = word.data() + word.size();
  for (const char* p = word.data(); p < end;) {
    const CodePoint c = DecodeUtf8(p, end);
    table.AppendFolded(table.Entry(c.value), folded);
    p += c.bytes;
  }
  return HashFoldedWord(folded.data(), folded.size());
}

}  // namespace wiredesk
