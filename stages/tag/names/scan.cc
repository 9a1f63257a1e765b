// Names are found with a token-hash trie: the hash of the words read so far is
// looked up, and the slot says whether a name ends here and whether a longer
// one begins so. "Bank of Japan" costs three probes; a word without a
// capital costs one bit of a small filter, unless some name begins with it in
// small letters; and each slot has a filter of the words that go on.
//
// The table is larger than the cache, so a probe waits for memory. The scan
// therefore goes in steps, each over all words: which may begin a name (and
// their slots are on the way), what their slots say (and those of two words are
// on the way), what these say, and so on; and only then the names are chosen. A
// Bloom filter before the table made it slower: nearly every capitalized word
// of a language that the gazetteer knows is in it, and the filter is a miss of
// its own. So did copies of the slots asked last: they, too, are in no cache
// when the next article comes.
//
// Against Aho-Corasick or a literal matcher this needs no automaton (the table
// maps from a file), finds no "Iran" in "Tirana", and is indifferent to the
// number of names: see tests/bench/names_bench.cc. gazetteer_test.cc compares
// it with a naive search.

#include "stages/tag/names/scan.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace wiredesk {
namespace {

bool IsSmallLetter(const Word& word) {
  return (word.flags &
          (kWordCapital | kWordNonAscii | kWordCodePoint | kWordDigits)) == 0;
}

// What a word of some flags adds to three counters in one number: of words in
// small letters, with a capital, and all in capitals. A text is shorter than
// 2^21 words.
constexpr int kCaseBits = 21;
constexpr uint64_t kCaseMask = (uint64_t{1} << kCaseBits) - 1;
constexpr std::array<uint64_t, 32> CaseCounts() {
  std::array<uint64_t, 32> counts = {};
  for (unsigned flags = 0; flags < 32; ++flags) {
    if ((flags & (kWordDigits | kWordCodePoint)) != 0) continue;
    const int counter = (flags & kWordAllCaps) != 0   ? 2
                        : (flags & kWordCapital) != 0 ? 1
                                                      : 0;
    counts[flags] = uint64_t{1} << counter * kCaseBits;
  }
  return counts;
}
constexpr std::array<uint64_t, 32> kCaseCounts = CaseCounts();

// What stands between the words of one name, or of a list of them.
struct KnownGap {
  absl::string_view text;
  GapKind kind;
};
constexpr KnownGap kKnownGaps[] = {
    {" ", GapKind::kPlain},
    {"-", GapKind::kPlain},
    {"'", GapKind::kPlain},
    {"&", GapKind::kPlain},
    {", ", GapKind::kComma},
    {"\xC2\xA0", GapKind::kPlain},      // U+00A0, a space
    {"\xE2\x80\x90", GapKind::kPlain},  // U+2010..U+2013: hyphens, the en dash
    {"\xE2\x80\x91", GapKind::kPlain},
    {"\xE2\x80\x92", GapKind::kPlain},
    {"\xE2\x80\x93", GapKind::kPlain},
    {"\xE2\x80\x99", GapKind::kPlain},  // U+2019, the apostrophe
    {" & ", GapKind::kPlain},
    {"., ", GapKind::kComma}};

uint32_t EndOf(const Word& word) { return word.begin + word.length; }

}  // namespace

GapKind RareGapBefore(const WordedText& text, uint32_t index) {
  const Word& before = text.words.data()[index - 1];
  const Word& word = text.words.data()[index];
  const uint32_t begin = EndOf(before);
  const absl::string_view gap(text.text.data() + begin, word.begin - begin);
  if (gap.empty()) return GapKind::kPlain;
  if (gap.size() > 3) return GapKind::kBreak;
  const bool capital = (word.flags & kWordCapital) != 0;
  // "U.S.", "Ph.D.", "Amazon.com", but not "at home.The next".
  if (gap == ".") {
    return before.length <= 3 || !capital ? GapKind::kPlain : GapKind::kBreak;
  }
  // "St. Louis", "J. Smith"; longer words end a sentence.
  if (gap == ". ") {
    return before.length <= 4 && capital ? GapKind::kPlain : GapKind::kBreak;
  }
  for (const KnownGap& known : kKnownGaps) {
    if (gap == known.text) return known.kind;
  }
  return GapKind::kBreak;
}

namespace {

// "NBA" among capitals is still the NBA, since no other word is written so;
// "WHO" may be a pronoun, and two letters may be anything.
bool IsAcronymAnyway(const GazetteerSense& sense, const WordedText& text,
                     uint32_t first, uint32_t last) {
  constexpr uint16_t kLettersMin = 3;
  constexpr uint16_t kAllCaps = 2;  // GazetteerSense::shape
  return (sense.flags & (kSenseCommon | kSenseAfterComma)) == 0 &&
         last - first == 1 && sense.shape == kAllCaps &&
         text.words[first].length >= kLettersMin;
}

}  // namespace

bool SenseFits(const GazetteerSense& sense, const WordedText& text,
               uint32_t first, uint32_t last) {
  if ((sense.flags & kSenseSurname) != 0) return false;
  if (text.shouting &&
      (sense.flags & (kSenseExactCase | kSenseAfterComma)) != 0) {
    return IsAcronymAnyway(sense, text, first, last);
  }
  const bool acronym =
      text.shouting && IsAcronymAnyway(sense, text, first, last);
  uint16_t shape = sense.shape;
  for (uint32_t i = first; i < last && shape != 0; ++i, shape >>= 2) {
    const uint16_t flags = text.words.data()[i].flags;
    const uint16_t need = shape & 3;
    if (need == 1 && (flags & kWordCapital) == 0) return false;
    if (need == 2 &&
        ((flags & kWordAllCaps) == 0 || (text.shouting && !acronym))) {
      return false;
    }
  }
  if ((sense.flags & kSenseDotted) != 0) {
    const uint32_t end = EndOf(text.words[last - 1]);
    if (end >= text.text.size() || text.text[end] != '.') return false;
  }
  if ((sense.flags & kSenseAfterComma) != 0) {
    if (first == 0 || (text.words[first - 1].flags & kWordCapital) == 0) {
      return false;
    }
    // "(D-TX)" as "Dallas, TX"
    return GapBefore(text, first) == GapKind::kComma ||
           (text.words[first - 1].length == 1 &&
            text.text[text.words[first].begin - 1] == '-');
  }
  return true;
}

uint32_t NameEnd(const WordedText& text, uint32_t first, uint32_t last) {
  const Word& word = text.words[last - 1];
  const uint32_t end = EndOf(word);
  // Initials keep their last period: "U.S.", "D.C."; so do "Calif." and its
  // like, which the caller knows from the sense.
  const bool initials = word.length == 1 && last - first >= 2 &&
                        text.text[text.words[last - 1].begin - 1] == '.';
  return end + (initials && end < text.text.size() && text.text[end] == '.');
}

void MeasureCase(WordedText& text) {
  constexpr size_t kStep = 64;
  uint64_t counts = 0;
  uint64_t small = 0;
  uint64_t capital = 0;
  uint64_t all = 0;
  for (size_t begin = 0; begin < text.words.size(); begin += kStep) {
    for (const Word& word : text.words.subspan(begin, kStep)) {
      counts += kCaseCounts[word.flags % 32] & -uint64_t{word.length >= 4};
    }
    small = counts & kCaseMask;
    capital = counts >> kCaseBits & kCaseMask;
    all = counts >> 2 * kCaseBits;
    // What the rest cannot change is known: mostly after half of the text.
    const uint64_t rest =
        text.words.size() - std::min(text.words.size(), begin + kStep);
    if (all + rest < 4 * (small + capital) && capital + rest < 2 * small) {
      break;
    }
  }
  text.shouting = all > 0 && all >= 4 * (small + capital);
  text.title_case = !text.shouting && capital >= 3 && capital >= 2 * small;
}

void NameScan::Run(const Gazetteer& gazetteer, const WordedText& text) {
  gazetteer_ = &gazetteer;
  text_ = text;
  facts_.resize(text.words.size());
  // Not for an empty text: its pointer may be null.
  if (!facts_.empty()) {
    std::memset(facts_.data(), 0, facts_.size() * sizeof(WordFacts));
  }
  matches_.clear();
  FindStarts();
  FindCandidates();
  FollowReaches();
  uint32_t next = 0;
  for (size_t i = 0; i < candidate_count_; ++i) {
    const Candidate& candidate = candidates_[i];
    const uint32_t first = candidate.word;
    if (first < next) continue;
    NameMatch match = {first, candidate.last, candidate.longest};
    if (match.last == 0) {
      match.last = first + 1;
      match.slot = candidate.slot;
      if (!Fits(*match.slot, first, match.last)) continue;
    }
    matches_.push_back(match);
    facts_[first].match = static_cast<uint32_t>(matches_.size());
    next = match.last;
  }
}

void NameScan::FindStarts() {
  const Word* const words = text_.words.data();
  if (starts_.size() < count()) starts_.resize(count());
  uint32_t* end = starts_.data();
  ForEachWithout(text_.words, kWordNoStart, [&](size_t i) {
    *end = static_cast<uint32_t>(i);
    end += static_cast<unsigned>(!IsSmallLetter(words[i])) |
           static_cast<unsigned>(gazetteer_->MayBeginSmall(words[i].hash));
    return i + 1;
  });
  start_count_ = end - starts_.data();
}

void NameScan::FindCandidates() {
  const Word* const words = text_.words.data();
  for (const uint32_t index : starts()) {
    gazetteer_->Prefetch(words[index].hash);
    if ((words[index].flags & kWordNoContext) == 0) {
      gazetteer_->PrefetchContext(words[index].hash);
    }
  }
  if (candidates_.size() < start_count_) {
    candidates_.resize(start_count_);
    reaches_.resize(start_count_);
  }
  uint32_t found = 0;
  reach_count_ = 0;
  for (const uint32_t index : starts()) {
    const uint64_t hash = words[index].hash;
    const GazetteerSlot& slot = gazetteer_->FindOrNone(hash);
    facts_[index].classes = kSlotKnown | slot.word_class();
    candidates_[found] = {index, 0, &slot, nullptr};
    gazetteer_->PrefetchSenses(slot);
    Go(found, slot, hash, index + 1);
    // Mistaken guesses are dear, so this is none.
    found += static_cast<unsigned>(slot.count != 0) |
             static_cast<unsigned>(slot.more());
  }
  candidate_count_ = found;
}

// Notes that a name may go on with word `last` behind words whose `slot` and
// `hash` are known.
void NameScan::Go(uint32_t candidate, const GazetteerSlot& slot, uint64_t hash,
                  uint32_t last) {
  if (last == count()) return;
  const uint64_t next = word(last).hash;
  if (!slot.MayContinue(next)) return;
  const GapKind gap = GapBefore(text_, last);
  if (gap == GapKind::kBreak) return;
  Reach& reach = reaches_[reach_count_++];
  reach.hash = ExtendNameHash(hash, next, gap == GapKind::kComma);
  reach.candidate = candidate;
  reach.last = last + 1;
  gazetteer_->Prefetch(reach.hash);
}

// One word farther with all reaches at once, until none is left.
void NameScan::FollowReaches() {
  while (reach_count_ > 0) {
    const size_t count = std::exchange(reach_count_, 0);
    for (size_t i = 0; i < count; ++i) {
      reaches_[i].slot = &gazetteer_->FindOrNone(reaches_[i].hash);
      gazetteer_->PrefetchSenses(*reaches_[i].slot);
    }
    for (size_t i = 0; i < count; ++i) {
      const Reach reach = reaches_[i];
      Candidate& candidate = candidates_[reach.candidate];
      if (Fits(*reach.slot, candidate.word, reach.last)) {
        candidate.last = reach.last;
        candidate.longest = reach.slot;
      }
      Go(reach.candidate, *reach.slot, reach.hash, reach.last);
    }
  }
}

bool NameScan::Fits(const GazetteerSlot& slot, uint32_t first,
                    uint32_t last) const {
  for (const GazetteerSense& sense : gazetteer_->senses(slot)) {
    if (SenseFits(sense, text_, first, last)) return true;
  }
  return false;
}

// Of a word with a small letter, which the rules seldom ask for.
uint32_t NameScan::FindSlotClass(uint32_t index) const {
  uint32_t& classes = facts_[index].classes;
  classes |= kSlotKnown | gazetteer_->FindOrNone(word(index).hash).word_class();
  return classes;
}

bool NameScan::NamedAt(uint32_t index) const {
  const NameMatch* match = MatchAt(index);
  if (match == nullptr) return false;
  const auto senses = gazetteer_->senses(*match->slot);
  return std::any_of(
      senses.begin(), senses.end(), [](const GazetteerSense& sense) {
        return (sense.flags & (kSenseCommon | kSenseSurname)) == 0;
      });
}

bool NameScan::SentenceStart(uint32_t index) const {
  if (index == 0) return true;
  if (IsPlain(word(index))) return false;
  const Word& before = word(index - 1);
  const char* const gap = text_.text.data() + EndOf(before);
  const uint32_t size = word(index).begin - EndOf(before);
  char last = '\0';
  for (uint32_t i = 0; i < size; last = gap[i++]) {
    switch (gap[i]) {
      case ':':
      case '!':
      case '?':
      case '\n':
      case ';':
      case '"':
        return true;
      case '-':
        if (last == '-') return true;
        break;
      case ' ':
        if (last == '.' && before.length > 1 &&
            (Class(index - 1) & kClassAbbreviation) == 0) {
          return true;
        }
        break;
      case '\x9C':
        if (i >= 2 && gap[i - 2] == '\xE2' && last == '\x80') return true;
        break;
      default:
        break;
    }
  }
  return false;
}

}  // namespace wiredesk
