// Names are found with a token-hash trie: the hash of the words read so far is
// looked up, and the slot says whether a name ends here and whether a longer
// one begins so. "Bank of Japan" costs three probes; a word that begins no name
// costs one bit of a Bloom filter; a word without a capital costs nothing,
// unless some name begins with it in small letters.
//
// Against Aho-Corasick or a literal matcher this needs no automaton (the table
// maps from a file), finds no "Iran" in "Tirana", and is indifferent to the
// number of names: see tests/bench/gazetteer_bench.cc. name_scan_test.cc
// compares it with a naive search.

#include "stages/tag/name_scan.h"

#include <algorithm>

namespace wiredesk {
namespace {

bool IsSmallLetter(const Word& word) {
  return (word.flags &
          (kWordCapital | kWordNonAscii | kWordCodePoint | kWordDigits)) == 0;
}

uint32_t EndOf(const Word& word) { return word.begin + word.length; }

// The longest name that begins at word `first`, if any.
bool Extend(const Gazetteer& gazetteer, const WordedText& text, uint32_t first,
            NameMatch& match) {
  uint64_t hash = text.words[first].hash;
  const GazetteerSlot* slot = gazetteer.Find(hash);
  match.slot = nullptr;
  for (uint32_t last = first + 1; slot != nullptr; ++last) {
    if (slot->count() > 0) {
      for (const GazetteerSense& sense : gazetteer.senses(*slot)) {
        if (SenseFits(sense, text, first, last)) {
          match = {first, last, slot};
          break;
        }
      }
    }
    if (!slot->more() || last == text.words.size()) break;
    const GapKind gap = GapBefore(text, last);
    if (gap == GapKind::kBreak) break;
    hash = ExtendNameHash(hash, text.words[last].hash, gap == GapKind::kComma);
    slot = gazetteer.Find(hash);
  }
  return match.slot != nullptr;
}

}  // namespace

GapKind GapBefore(const WordedText& text, size_t index) {
  if (index == 0) return GapKind::kBreak;
  const Word& before = text.words[index - 1];
  const uint32_t begin = EndOf(before);
  const uint32_t size = text.words[index].begin - begin;
  const char* gap = text.text.data() + begin;
  if (size == 0) return GapKind::kPlain;
  if (size == 1) {
    switch (gap[0]) {
      case ' ':
      case '-':
      case '\'':
        return GapKind::kPlain;
      case '.':
      case '&':
        return GapKind::kPlain;
      default:
        return GapKind::kBreak;
    }
  }
  if (size == 2) {
    if (gap[0] == ',' && gap[1] == ' ') return GapKind::kComma;
    // "St. Louis", "J. Smith"; longer words end a sentence.
    if (gap[0] == '.' && gap[1] == ' ' && before.length <= 4 &&
        (text.words[index].flags & kWordCapital) != 0) {
      return GapKind::kPlain;
    }
    if (gap[0] == '\xC2' && gap[1] == '\xA0') return GapKind::kPlain;  // NBSP
    return GapKind::kBreak;
  }
  if (size == 3) {
    // U+2010..U+2013 and U+2019: hyphens, the en dash, the apostrophe.
    if (gap[0] == '\xE2' && gap[1] == '\x80' &&
        ((gap[2] >= '\x90' && gap[2] <= '\x93') || gap[2] == '\x99')) {
      return GapKind::kPlain;
    }
    if (gap[0] == ' ' && gap[1] == '&' && gap[2] == ' ') return GapKind::kPlain;
    if (gap[0] == '.' && gap[1] == ',' && gap[2] == ' ') return GapKind::kComma;
  }
  return GapKind::kBreak;
}

bool SenseFits(const GazetteerSense& sense, const WordedText& text,
               uint32_t first, uint32_t last) {
  if (text.shouting &&
      (sense.flags & (kSenseExactCase | kSenseAfterComma)) != 0) {
    return false;
  }
  uint16_t shape = sense.shape;
  for (uint32_t i = first; i < last && shape != 0; ++i, shape >>= 2) {
    const uint16_t flags = text.words[i].flags;
    const uint16_t need = shape & 3;
    if (need == 1 && (flags & kWordCapital) == 0) return false;
    if (need == 2 && ((flags & kWordAllCaps) == 0 || text.shouting)) {
      return false;
    }
  }
  if ((sense.flags & kSenseDotted) != 0) {
    const uint32_t end = EndOf(text.words[last - 1]);
    if (end >= text.text.size() || text.text[end] != '.') return false;
  }
  if ((sense.flags & kSenseAfterComma) != 0) {
    return first > 0 && GapBefore(text, first) == GapKind::kComma &&
           (text.words[first - 1].flags & kWordCapital) != 0;
  }
  return true;
}

void FindNames(const Gazetteer& gazetteer, const WordedText& text,
               std::vector<NameMatch>& matches) {
  const auto count = static_cast<uint32_t>(text.words.size());
  NameMatch match;
  for (uint32_t i = 0; i < count; ++i) {
    const Word& word = text.words[i];
    if (IsSmallLetter(word) ? !gazetteer.MayBeginSmall(word.hash)
                            : !gazetteer.MayBegin(word.hash)) {
      continue;
    }
    if (Extend(gazetteer, text, i, match)) {
      matches.push_back(match);
      i = match.last - 1;
    }
  }
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
  size_t small = 0;
  size_t capital = 0;
  size_t all = 0;
  for (const Word& word : text.words) {
    if (word.length < 4 || (word.flags & (kWordDigits | kWordCodePoint)) != 0) {
      continue;
    }
    if ((word.flags & kWordAllCaps) != 0) {
      ++all;
    } else if ((word.flags & kWordCapital) != 0) {
      ++capital;
    } else {
      ++small;
    }
  }
  text.shouting = all > 0 && all >= 4 * (small + capital);
  text.title_case = !text.shouting && capital >= 3 && capital >= 2 * small;
}

}  // namespace wiredesk
