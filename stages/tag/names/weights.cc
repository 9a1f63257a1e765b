// The weights were set by hand and tried on several corpora; none is learned
// from text that may not be shipped. About 2 is weak evidence, 5 is strong.

#include "stages/tag/names/weights.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

namespace wiredesk {
namespace {

float PlaceWeight(const GazetteerSense& sense) {
  if (sense.kind == NameKind::kCountry) return 7;
  if (sense.kind == NameKind::kRegion) return 6;
  const float weight =
      std::max(static_cast<float>(sense.prior - 35) / 8.0f, 0.3f);
  // A place that a first mention would name in full.
  const bool alias = (sense.flags & kSenseAlias) != 0 &&
                     sense.kind <= NameKind::kCity &&
                     (sense.flags & kSenseDotted) == 0;
  return weight - (alias ? 0.7f : 0);
}

// "beat" and its like: the teams stand before and behind it.
bool IsVictory(const NameScan& scan, uint32_t word) {
  static const auto* const verbs = [] {
    auto* hashes = new absl::flat_hash_set<uint64_t>();
    for (const absl::string_view verb :
         {"beat", "beats", "defeated", "edged", "routed", "thrashed",
          "trounced", "outscored", "downed", "crushed", "blanked", "toppled",
          "stunned"}) {
      hashes->insert(HashWord(verb));
    }
    return hashes;
  }();
  return scan.Small(word) && verbs->contains(scan.word(word).hash);
}

// Whether a score ("70-61") stands in the sentence behind the word.
bool HasScoreBehind(const NameScan& scan, uint32_t word) {
  constexpr uint32_t kFar = 16;
  for (uint32_t i = word; i + 1 < scan.count() && i < word + kFar; ++i) {
    if (i > word && scan.SentenceStart(i)) return false;
    if ((scan.word(i).flags & scan.word(i + 1).flags & kWordDigits) != 0 &&
        scan.MarkBefore(i + 1) == '-' && scan.word(i).length <= 3 &&
        scan.word(i + 1).length <= 3) {
      return true;
    }
  }
  return false;
}

// ", senior vice president of", ", a law professor": what somebody is, behind
// the comma.
bool HasRoleBehind(const NameScan& scan, uint32_t word) {
  constexpr uint32_t kFar = 5;
  for (uint32_t i = word; i < scan.count() && i < word + kFar; ++i) {
    if (!scan.Small(i) || (i > word && scan.Gap(i) != GapKind::kPlain)) {
      return false;
    }
    const uint32_t classes = scan.Class(i);
    if ((classes & (kClassOccupation | kClassTitle)) != 0) {
      // "a lawyers' group", "a director of"
      return i + 1 == scan.count() || scan.MarkBefore(i + 1) != '\'';
    }
    if ((classes & (kClassPlaceCue | kClassSpeech | kClassPersonVerb)) != 0 ||
        scan.Text(i) == "and" || scan.Text(i) == "of") {
      return false;
    }
  }
  return false;
}

}  // namespace

void WeighVictory(const NameScan& scan, NameMention& mention) {
  const uint32_t next = mention.last;
  const bool wins = next < scan.count() && scan.Gap(next) == GapKind::kPlain &&
                    IsVictory(scan, next);
  const bool loses = mention.first > 0 &&
                     scan.Gap(mention.first) == GapKind::kPlain &&
                     IsVictory(scan, mention.first - 1);
  if ((wins || loses) && HasScoreBehind(scan, next)) {
    mention.marks |= kMarkVictory;
  }
}

namespace {

// The heaviest sense of each kind.
struct BestSenses {
  float person = 0;
  float organization = 0;
  float place = 0;
  float other = 0;
  bool place_known = false;
};

float WeightOf(const GazetteerSense& sense, bool several, bool common) {
  const float weight = IsPlace(sense.kind)
                           ? PlaceWeight(sense) + (several ? 1.5f : 0)
                       : several ? 6.5f
                                 : 5;
  return common && !several ? weight - 3 : weight;
}

void TakeBest(const GazetteerSense& sense, float weight, BestSenses& best,
              NameMention& mention) {
  if (IsPlace(sense.kind)) {
    best.place_known = true;
    best.place = std::max(best.place, weight);
  } else if (sense.kind == NameKind::kPerson) {
    best.person = std::max(best.person, weight);
  } else if (sense.kind == NameKind::kOrganization) {
    best.organization = std::max(best.organization, weight);
  } else if (weight > best.other) {
    best.other = weight;
    mention.head_kind = sense.kind;
  }
}

void MarkPlace(const BestSenses& best, bool several, NameMention& mention) {
  mention.marks |= kMarkKnownPlace;
  // "in Congress" speaks for no village in Arizona.
  if (best.place < 1.5f &&
      std::max({best.person, best.organization, best.other}) > 0) {
    mention.place = 0;
  } else if (!several && (mention.marks & kMarkPlaceCue) != 0) {
    // "in Santander" is the town, not the bank.
    mention.place += 1;
  }
}

// What a word before a name says for a place: "in", "near" the most.
float WeightOfPlaceCue(absl::string_view word) {
  if (word == "in" || word == "near") return 2.5f;
  if (word == "to" || word == "at") return 0.6f;
  return word == "from" ? 1 : 1.2f;
}

}  // namespace

bool WeighSenses(const Gazetteer& gazetteer, const WordedText& text,
                 NameMention& mention) {
  BestSenses best;
  bool demonym = false;
  bool dotted = false;
  const bool several = mention.last - mention.first >= 2;
  const bool capitals = (mention.marks & kMarkAllCaps) != 0;
  for (const GazetteerSense& sense : gazetteer.senses(*mention.slot)) {
    if (!SenseFits(sense, text, mention.first, mention.last)) continue;
    const bool common = (sense.flags & kSenseCommon) != 0 &&
                        !(capitals && (sense.flags & kSenseExactCase) != 0) &&
                        !(capitals && !text.shouting);
    if (common) mention.marks |= kMarkCommon;
    demonym |= (sense.flags & kSenseDemonym) != 0;
    dotted |= (sense.flags & kSenseDotted) != 0;
    TakeBest(sense, WeightOf(sense, several, common), best, mention);
  }
  if (best.place_known) MarkPlace(best, several, mention);
  mention.person += best.person;
  mention.organization += best.organization;
  mention.place += best.place;
  mention.other += best.other;
  if (demonym) mention.marks |= kMarkDemonym;
  if (!several) {
    const uint32_t classes = mention.slot->word_class();
    if ((classes & kClassGiven) != 0) {
      mention.person += 1.5f;
    } else if ((classes & kClassName) != 0) {
      mention.person += 0.8f;
    }
  }
  return dotted;
}

void WeighContext(const NameScan& scan, NameMention& mention) {
  if (mention.first == 0) return;
  const uint32_t before = mention.first - 1;
  const GapKind gap = scan.Gap(mention.first);
  if (gap != GapKind::kPlain) return;
  const uint32_t classes = scan.Class(before);
  const absl::string_view word = scan.Text(before);
  const bool alone = mention.last - mention.first == 1;
  if ((classes & kClassTitle) != 0) {
    mention.person += scan.Small(before) ? 2.5f : 3.5f;
    if (!scan.Small(before)) mention.marks |= kMarkTitle;
    return;
  }
  if (!scan.Small(before)) return;
  if ((classes & kClassOccupation) != 0) mention.person += 2.5f;
  if ((classes & kClassSpeech) != 0 && !alone) {  // "said Ann Lowell"
    mention.person += 1.2f;
    mention.organization += 0.4f;
  }
  if ((classes & kClassPlaceCue) != 0 &&
      (mention.marks & kMarkSentenceStart) == 0) {
    const float weight = WeightOfPlaceCue(word);
    mention.place += weight;
    if (weight > 1) mention.marks |= kMarkPlaceCue;
  }
  if (word == "the") {
    mention.marks |= kMarkThe;
    mention.person -= 2;
    mention.organization += 0.8f;
    if (alone) mention.place -= 0.7f;
  }
  if (word == "of") mention.place += 0.4f;
}

void WeighNext(const NameScan& scan, NameMention& mention) {
  const uint32_t next = mention.last;
  if (next >= scan.count()) return;
  const GapKind gap = scan.Gap(next);
  if (gap == GapKind::kBreak) return;
  const uint32_t classes = scan.Class(next);
  if (gap == GapKind::kComma) {
    const Word& word = scan.word(next);
    // ", 45,": an age.
    if ((word.flags & kWordDigits) != 0 && word.length == 2 &&
        next + 1 < scan.count()) {
      const char behind = scan.text().text[word.begin + word.length];
      if (behind == ',' || behind == '.') mention.person += 3;
    }
    if ((classes & kClassPersonVerb) != 0) mention.person += 1;
    if (mention.last - mention.first >= 2 && HasRoleBehind(scan, next)) {
      mention.person += 3;
    }
    return;
  }
  if (!scan.Small(next)) return;
  const char mark = scan.MarkBefore(next);
  if (mark == '-') {
    if (scan.Text(next) == "based") mention.place += 3;
    if (scan.Text(next) == "born") mention.place += 1;
    return;
  }
  if ((classes & kClassSpeech) != 0) {
    mention.person += 1.2f;
    mention.organization += 0.4f;
  }
  if ((classes & kClassPersonVerb) != 0) mention.person += 1;
  if ((classes & kClassOrgNoun) != 0) mention.organization += 1;
  if ((classes & kClassPlaceNoun) != 0) mention.place += 1.2f;
}

void WeighScore(const NameScan& scan, NameMention& mention) {
  const uint32_t next = mention.last;
  if (next >= scan.count() || scan.Gap(next) != GapKind::kPlain) {
    return;
  }
  const Word& score = scan.word(next);
  if ((score.flags & kWordDigits) == 0 || score.length > 3 ||
      scan.text().text[score.begin - 1] != ' ') {
    return;
  }
  // "Gold 2,345" and "Copper 9.80" are prices.
  const size_t behind = score.begin + score.length;
  const absl::string_view text = scan.text().text;
  if (behind + 1 < text.size() &&
      (text[behind] == ',' || text[behind] == '.') &&
      absl::ascii_isdigit(static_cast<unsigned char>(text[behind + 1]))) {
    return;
  }
  const bool opens = mention.first == 0 ||
                     (scan.word(mention.first - 1).flags & kWordDigits) != 0 ||
                     scan.SentenceStart(mention.first);
  const bool goes_on =
      next + 1 == scan.count() ||
      (scan.word(next + 1).flags & (kWordDigits | kWordCapital)) != 0 ||
      scan.SentenceStart(next + 1);
  if (opens && goes_on) mention.marks |= kMarkScore;
}

}  // namespace wiredesk
