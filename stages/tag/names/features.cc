// The features of a name, each a hash of what it is and of its value:
//
//   name     its words and their places in it, their ends ("-stan", "-ova"),
//            how they are written, what word lists and gazetteer know of them
//   context  the words before and behind it, alone and in pairs, their classes
//            ("speech-verb"), the marks between
//   rules    what the local rules said, as whole numbers
//
// They are those of CoNLL-2003's systems (Chieu and Ng 2003, "Named entity
// recognition with a maximum entropy approach"; global features as there: a
// name has the contexts of all its mentions), less what asks for a part of
// speech. Tested by name_model_test.cc.

#include "stages/tag/names/features.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wiredesk {
namespace {

// Kinds of features; the caller's facts come above.
enum Kind : uint32_t {
  kBias,
  kWords,
  kFirstWord,
  kLastWord = kFirstWord + 16,
  kInnerWord = kLastWord + 16,
  kOnlyWord = kInnerWord + 16,
  kBefore = kOnlyWord + 16,
  kBehind = kBefore + 16,
  kPairBefore = kBehind + 16,
  kPairBehind,
  kAround,
  kGaps,
  kLine,
  kRules,
  kMarks,
  kSenses,
  kSecondBefore,
  kSecondBehind,
  kFacts
};
// Offsets from one of the kinds of words.
enum Part : uint32_t {
  kHash,
  kSlotClass,
  kContextClass,
  kShape,
  kEnd2,
  kEnd3,
  kEnd4,
  kBegin3,
  kKnown
};

// The first letters of the runs of one case: "McDonald" is XxXx.
uint64_t ShapeOf(absl::string_view word) {
  uint64_t shape = 0;
  int last = 0;
  for (const char c : word) {
    const int kind = absl::ascii_isupper(static_cast<unsigned char>(c))   ? 1
                     : absl::ascii_islower(static_cast<unsigned char>(c)) ? 2
                     : absl::ascii_isdigit(static_cast<unsigned char>(c)) ? 3
                                                                          : 4;
    if (kind != last) shape = shape * 5 + static_cast<uint64_t>(kind);
    last = kind;
  }
  return shape;
}

uint64_t LettersOf(absl::string_view text) {
  uint64_t value = 0;
  for (const char c : text) {
    value = value << 8 | static_cast<unsigned char>(absl::ascii_tolower(
                             static_cast<unsigned char>(c)));
  }
  return value;
}

}  // namespace

void NameFeatures::Add(uint32_t kind, uint64_t value) {
  uint64_t hash = (value + kind * 0x9e3779b97f4a7c15u) * 0xd6e8feb86659fd93u;
  hash = (hash ^ hash >> 32) * 0xd6e8feb86659fd93u;
  features_.push_back(static_cast<uint32_t>(hash >> 32));
}

void NameFeatures::AddFact(uint32_t kind, uint64_t value) {
  Add(kFacts + kind, value);
}

void NameFeatures::AddClasses(uint32_t kind, uint32_t classes) {
  for (; classes != 0; classes &= classes - 1) {
    Add(kind, classes & (~classes + 1));
  }
}

void NameFeatures::AddEnds(uint32_t kind, const NameScan& scan, uint32_t word) {
  const absl::string_view text = scan.Text(word);
  Add(kind + kShape, ShapeOf(text));
  if (text.size() >= 3) {
    Add(kind + kEnd2, LettersOf(text.substr(text.size() - 2)));
    Add(kind + kBegin3, LettersOf(text.substr(0, 3)));
  }
  if (text.size() >= 4) {
    Add(kind + kEnd3, LettersOf(text.substr(text.size() - 3)));
  }
  if (text.size() >= 5) {
    Add(kind + kEnd4, LettersOf(text.substr(text.size() - 4)));
  }
}

void NameFeatures::AddWord(uint32_t kind, const NameScan& scan, uint32_t word) {
  Add(kind + kHash, scan.word(word).hash);
  AddClasses(kind + kSlotClass, scan.SlotClass(word));
  if (scan.SlotClass(word) == 0) Add(kind + kSlotClass, 0);
  AddClasses(kind + kContextClass, scan.Class(word));
}

void NameFeatures::AddName(const Gazetteer& gazetteer, const NameScan& scan,
                           const NameMention& mention) {
  Add(kBias, 0);
  const uint32_t count = mention.last - mention.first;
  Add(kWords, count);
  for (uint32_t i = mention.first; i < mention.last; ++i) {
    const uint32_t kind = count == 1              ? kOnlyWord
                          : i == mention.first    ? kFirstWord
                          : i + 1 == mention.last ? kLastWord
                                                  : kInnerWord;
    AddWord(kind, scan, i);
    if (kind != kInnerWord) AddEnds(kind, scan, i);
    const NameMatch* const match = scan.MatchAt(i);
    if (match != nullptr && match->last <= mention.last) {
      Add(kind + kKnown,
          static_cast<uint64_t>(gazetteer.senses(*match->slot)[0].kind));
    }
  }
  if (mention.slot != nullptr) {
    for (const GazetteerSense& sense : gazetteer.senses(*mention.slot)) {
      Add(kSenses, static_cast<uint64_t>(sense.kind));
    }
  }
}

void NameFeatures::AddNeighbour(uint32_t kind, const Gazetteer& gazetteer,
                                const NameScan& scan, uint32_t word) {
  Add(kind + kHash, scan.word(word).hash);
  AddClasses(kind + kContextClass, scan.Class(word));
  Add(kind + kShape, ShapeOf(scan.Text(word)));
  if (scan.Small(word)) {
    const absl::string_view text = scan.Text(word);
    if (text.size() >= 5) {
      Add(kind + kEnd3, LettersOf(text.substr(text.size() - 3)));
    }
  }
  const NameMatch* const match = scan.MatchAt(word);
  if (match != nullptr) {
    Add(kind + kKnown,
        static_cast<uint64_t>(gazetteer.senses(*match->slot)[0].kind));
  }
}

void NameFeatures::AddContext(const Gazetteer& gazetteer, const NameScan& scan,
                              const NameMention& mention) {
  const uint32_t first = mention.first;
  const uint32_t next = mention.last;
  const uint32_t count = scan.count();
  const GapKind before = scan.Gap(first);
  const GapKind behind = next < count ? scan.Gap(next) : GapKind::kBreak;
  Add(kGaps, static_cast<uint64_t>(before) * 3 + static_cast<uint64_t>(behind));
  const char mark = first > 0 ? scan.MarkBefore(first) : '\n';
  const absl::string_view text = scan.text().text;
  const char end = mention.end < text.size() ? text[mention.end] : '\n';
  Add(kLine, static_cast<uint64_t>(static_cast<unsigned char>(mark)) << 8 |
                 static_cast<unsigned char>(end));
  if (first > 0 && mark != '\n') {
    AddNeighbour(kBefore, gazetteer, scan, first - 1);
    Add(kAround, scan.word(first - 1).hash ^
                     (next < count ? scan.word(next).hash * 31 : 0));
    if (first > 1) {
      Add(kPairBefore,
          scan.word(first - 1).hash ^ scan.word(first - 2).hash * 31);
      Add(kSecondBefore, scan.word(first - 2).hash);
    }
  }
  if (next < count && end != '\n') {
    AddNeighbour(kBehind, gazetteer, scan, next);
    if (next + 1 < count) {
      Add(kPairBehind, scan.word(next).hash ^ scan.word(next + 1).hash * 31);
      Add(kSecondBehind, scan.word(next + 1).hash);
    }
  }
  AddClasses(kMarks, mention.marks);
  const float weights[] = {mention.person, mention.organization, mention.place,
                           mention.other};
  for (uint64_t i = 0; i < 4; ++i) {
    const auto whole = static_cast<int64_t>(std::lround(weights[i]));
    Add(kRules, i << 32 | static_cast<uint64_t>(whole + 64));
  }
}

absl::Span<const uint32_t> NameFeatures::Finish() {
  std::sort(features_.begin(), features_.end());
  features_.erase(std::unique(features_.begin(), features_.end()),
                  features_.end());
  return features_;
}

}  // namespace wiredesk
