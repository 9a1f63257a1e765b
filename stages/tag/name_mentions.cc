// The local rules of names.
//
// A run is a stretch of capitalized words with nothing but spaces, hyphens and
// apostrophes between them, and particles where they belong to a name ("Ursula
// von der Leyen"). Titles are taken off its front, names of the gazetteer and
// head nouns ("Institute", "River") cut it, and what is left is judged by given
// names and by the words around it. Each rule adds to one of four weights; a
// weight of about 2 is weak evidence, 5 is strong. The weights were set by hand
// and tried on several corpora; none is learned from text that may not be
// shipped.

#include "stages/tag/name_mentions.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace wiredesk {
namespace {

constexpr uint32_t kHeads = kClassOrgHead | kClassPlaceHead |
                            kClassFacilityHead | kClassEventHead |
                            kClassAgreementHead | kClassTeam;

bool IsPersonTitle(uint32_t classes) {
  return (classes & (kClassTitle | kClassTitleModifier)) != 0;
}

}  // namespace

uint32_t MentionFinder::Class(uint32_t word) const {
  return word < text_.words.size()
             ? gazetteer_->ContextClass(text_.words[word].hash)
             : 0;
}

uint32_t MentionFinder::SlotClass(uint32_t word) const {
  const uint64_t hash = text_.words[word].hash;
  if (!gazetteer_->MayBegin(hash)) return 0;
  const GazetteerSlot* slot = gazetteer_->Find(hash);
  return slot == nullptr ? 0 : slot->word_class;
}

bool MentionFinder::Small(uint32_t word) const {
  return (text_.words[word].flags & (kWordCapital | kWordDigits)) == 0;
}

absl::string_view MentionFinder::Text(uint32_t word) const {
  return text_.text.substr(text_.words[word].begin, text_.words[word].length);
}

bool MentionFinder::SentenceStart(uint32_t word) const {
  if (word == 0) return true;
  const uint32_t from =
      text_.words[word - 1].begin + text_.words[word - 1].length;
  const absl::string_view gap =
      text_.text.substr(from, text_.words[word].begin - from);
  if (gap.find_first_of(":!?\n;") != absl::string_view::npos) return true;
  if (absl::StrContains(gap, "\xE2\x80\x9C") || absl::StrContains(gap, "\"") ||
      absl::StrContains(gap, "--")) {
    return true;
  }
  return absl::StrContains(gap, ". ") &&
         (Class(word - 1) & kClassAbbreviation) == 0 &&
         text_.words[word - 1].length > 1;
}

const NameMatch* MentionFinder::MatchAt(uint32_t word) const {
  for (size_t i = match_; i < matches_.size() && matches_[i].first <= word;
       ++i) {
    if (matches_[i].first == word) return &matches_[i];
  }
  return nullptr;
}

bool MentionFinder::CommonOnly(const NameMatch& match) const {
  for (const GazetteerSense& sense : gazetteer_->senses(*match.slot)) {
    if ((sense.flags & kSenseCommon) == 0) return false;
  }
  return true;
}

void MentionFinder::Find(const Gazetteer& gazetteer, const WordedText& text,
                         std::vector<NameMention>& mentions) {
  gazetteer_ = &gazetteer;
  text_ = text;
  mentions_ = &mentions;
  matches_.clear();
  match_ = 0;
  FindNames(gazetteer, text, matches_);
  const size_t from = mentions.size();
  const auto count = static_cast<uint32_t>(text.words.size());
  for (uint32_t i = 0; i < count;) {
    while (match_ < matches_.size() && matches_[match_].last <= i) ++match_;
    const bool capital = (text.words[i].flags & kWordCapital) != 0;
    const bool match = match_ < matches_.size() && matches_[match_].first == i;
    if (text.shouting || text.title_case || !capital) {
      // Case says nothing here, so only names that are known count.
      if (match) EmitMatch(matches_[match_], 0);
      i = match ? matches_[match_].last : i + 1;
      continue;
    }
    const uint32_t end = RunEnd(i);
    ParseRun(i, end);
    i = end;
  }
  ComposeEvents(from);
}

// A run goes on over particles and over the small second part of a hyphenated
// given name, and never breaks a name of the gazetteer.
uint32_t MentionFinder::RunEnd(uint32_t first) const {
  const auto count = static_cast<uint32_t>(text_.words.size());
  uint32_t end = first + 1;
  if (const NameMatch* match = MatchAt(first)) end = match->last;
  while (end < count) {
    const GapKind gap = GapBefore(text_, end);
    const NameMatch* match = MatchAt(end);
    if (gap != GapKind::kPlain) break;
    const Word& word = text_.words[end];
    const char before = text_.text[word.begin - 1];
    // "Clinton. The": the period of a short word that is no abbreviation.
    if (before == ' ' && text_.text[word.begin - 2] == '.' &&
        text_.words[end - 1].length > 1 &&
        (Class(end - 1) & kClassAbbreviation) == 0) {
      break;
    }
    if (match != nullptr && (word.flags & kWordCapital) != 0) {
      end = match->last;
      continue;
    }
    if ((word.flags & kWordCapital) != 0) {
      ++end;
      continue;
    }
    if ((word.flags & kWordDigits) != 0 && before == ' ' && word.length <= 3 &&
        end + 1 == count) {
      break;
    }
    // "Suk-yeol", but not "Washington-based".
    if (before == '-' && Small(end) && word.length >= 2 &&
        (SlotClass(end) & kClassCommon) == 0 &&
        (Class(end) & (kClassFunction | kClassPlaceNoun)) == 0 &&
        word.length <= 6) {
      ++end;
      continue;
    }
    // "von der Leyen", "al-Assad", "bin Salman"
    uint32_t next = end;
    while (next < count && next < end + 3 && Small(next) &&
           (Class(next) & kClassParticle) != 0 &&
           (next == end || GapBefore(text_, next) == GapKind::kPlain)) {
      ++next;
    }
    if (next > end && next < count &&
        (text_.words[next].flags & kWordCapital) != 0 &&
        GapBefore(text_, next) == GapKind::kPlain) {
      end = next + 1;
      continue;
    }
    break;
  }
  return ExtendOf(first, end);
}

// "Ministry" of "Foreign Affairs", "Department" of "Health and Human Services".
uint32_t MentionFinder::ExtendOf(uint32_t first, uint32_t last) const {
  const auto count = static_cast<uint32_t>(text_.words.size());
  const uint32_t head = Class(last - 1);
  if ((head & (kClassOrgHead | kClassAgreementHead | kClassEventHead |
               kClassPlaceHead)) == 0 ||
      last + 1 >= count || GapBefore(text_, last) != GapKind::kPlain) {
    return last;
  }
  const absl::string_view link = Text(last);
  if (link != "of" && link != "for" && link != "on") return last;
  if ((head & kClassPlaceHead) != 0 && (head & kClassOrgHead) == 0 &&
      link != "of") {
    return last;
  }
  uint32_t next = last + 1;
  if (Text(next) == "the" && next + 1 < count) ++next;
  if ((text_.words[next].flags & kWordCapital) == 0 ||
      GapBefore(text_, next) != GapKind::kPlain ||
      (Class(next) & kClassCalendar) != 0 || next - first > 8) {
    return last;
  }
  uint32_t end = next + 1;
  while (end < count && GapBefore(text_, end) == GapKind::kPlain) {
    if ((text_.words[end].flags & kWordCapital) != 0) {
      ++end;
    } else if (Text(end) == "and" && end + 1 < count &&
               (text_.words[end + 1].flags & kWordCapital) != 0 &&
               (SlotClass(end - 1) & kClassCommon) != 0 &&
               (SlotClass(end + 1) & kClassCommon) != 0) {
      end += 2;
    } else {
      break;
    }
  }
  return end;
}

void MentionFinder::ParseRun(uint32_t first, uint32_t last) {
  uint32_t at = first;
  bool title = false;
  while (at < last) {
    const uint32_t classes = Class(at);
    const NameMatch* match = MatchAt(at);
    const bool longer = match != nullptr && match->last > at + 1;
    if (!longer) {
      if ((classes & kClassCalendar) != 0 &&
          (match == nullptr || CommonOnly(*match))) {
        ++at;
        title = false;
        continue;
      }
      // "The", "In", "However" at the beginning; also "State" of "Secretary of
      // State John Kerry".
      if ((classes & kClassFunction) != 0 &&
          (match == nullptr || CommonOnly(*match)) &&
          text_.words[at].length > 1 &&
          (text_.words[at].flags & kWordAllCaps) == 0) {
        ++at;
        continue;
      }
      const bool abbreviated = text_.words[at].length > 1;
      if (IsPersonTitle(classes) && abbreviated && at + 1 < last &&
          (Class(at + 1) & kHeads & ~kClassTeam) == 0) {
        title |= (classes & kClassTitle) != 0;
        ++at;
        continue;
      }
      if ((classes & kClassTitle) != 0 && at + 1 == last &&
          (classes & kClassOrgHead) == 0) {
        break;  // a title alone
      }
    }
    // A chunk goes to the next title, or to the end.
    uint32_t end = longer ? match->last : at + 1;
    while (end < last) {
      const NameMatch* inside = MatchAt(end);
      if (inside != nullptr && inside->last > end + 1) {
        end = inside->last;
        continue;
      }
      const uint32_t next = Class(end);
      if ((next & kClassCalendar) != 0 && inside == nullptr) break;
      if ((next & kClassTitle) != 0 && (next & kHeads) == 0 && end + 1 < last &&
          text_.words[end].length > 1) {
        break;
      }
      ++end;
    }
    // Modifiers before that title belong to it: "NATO Secretary General".
    uint32_t cut = end;
    while (end < last && cut > at + 1 &&
           (Class(cut - 1) & (kClassTitleModifier)) != 0) {
      --cut;
    }
    // A small particle never begins or ends a name.
    ParseChunk(at, cut, title);
    title = false;
    at = end;
  }
}

void MentionFinder::ParseChunk(uint32_t first, uint32_t last, bool title) {
  if (first >= last) return;
  const NameMatch* match = MatchAt(first);
  if (match != nullptr && match->last == last) {
    EmitMatch(*match, title ? kMarkTitle : 0);
    return;
  }
  if (ParseHead(first, last)) return;
  if (ParsePerson(first, last, title)) return;
  SplitAtMatches(first, last);
}

// Names that say what they are by a head noun at their end ("Hudson
// Institute"), before "of" ("Bank of X"), or at their front ("Lake X").
bool MentionFinder::ParseHead(uint32_t first, uint32_t last) {
  if (last - first < 2) return false;
  uint32_t head = last - 1;
  for (uint32_t i = first; i + 1 < last; ++i) {
    if (Small(i + 1) &&
        (Text(i + 1) == "of" || Text(i + 1) == "for" || Text(i + 1) == "on")) {
      head = i;
      break;
    }
  }
  uint32_t classes = Class(head) & kHeads;
  const NameMatch* begin = MatchAt(first);
  const bool leading = (Class(first) & kClassPlaceHead) != 0 &&
                       (absl::EqualsIgnoreCase(Text(first), "lake") ||
                        absl::EqualsIgnoreCase(Text(first), "mount") ||
                        absl::EqualsIgnoreCase(Text(first), "cape"));
  if (leading) classes = kClassPlaceHead;
  if (classes == 0) return false;
  // "Sun", "Park" and "Young" are family names: a given name before them wins.
  if (head == last - 1 && last - first == 2 &&
      (SlotClass(first) & kClassGiven) != 0 &&
      (classes & (kClassOrgHead | kClassFacilityHead)) == 0 &&
      (SlotClass(head) & kClassName) != 0) {
    return false;
  }
  uint32_t start = first;
  // "Russian Foreign Ministry" is a demonym and a ministry; "Russian Army" is
  // one name.
  if (begin != nullptr && begin->last < last &&
      (gazetteer_->senses(*begin->slot)[0].flags & kSenseDemonym) != 0 &&
      last - begin->last >= 2 && head >= begin->last) {
    EmitMatch(*begin, 0);
    start = begin->last;
  }
  NameMention& mention = Emit(start, last, "head-noun");
  mention.marks |= kMarkHead;
  const auto composed = static_cast<ptrdiff_t>(mentions_->size()) - 1;
  if ((classes & (kClassOrgHead | kClassTeam)) != 0) {
    mention.organization += (classes & kClassOrgHead) != 0 ? 6 : 4.5f;
    mention.head_kind = NameKind::kOrganization;
  } else if ((classes & kClassFacilityHead) != 0) {
    mention.other += 6;
    mention.head_kind = NameKind::kFacility;
  } else if ((classes & kClassPlaceHead) != 0) {
    mention.place += 6;
    mention.head_kind = NameKind::kFeature;
  } else if ((classes & kClassEventHead) != 0) {
    mention.other += 6;
    mention.head_kind = NameKind::kEvent;
  } else {
    mention.other += 6;
    mention.head_kind = NameKind::kAgreement;
  }
  EmitNested(start, last, (*mentions_)[composed]);
  return true;
}

// "Dublin City Council" speaks of Dublin too.
void MentionFinder::EmitNested(uint32_t first, uint32_t last,
                               const NameMention& whole) {
  if (whole.place > 5) return;
  for (uint32_t at = first; at < last; ++at) {
    const NameMatch* match = MatchAt(at);
    if (match == nullptr || match->last > last ||
        match->last - match->first == last - first) {
      continue;
    }
    const GazetteerSense& sense = gazetteer_->senses(*match->slot)[0];
    const GazetteerEntry& entry = gazetteer_->entry(sense.entry);
    if (!IsPlace(entry.kind) || (sense.flags & kSenseCommon) != 0 ||
        (entry.kind == NameKind::kCity && entry.prior < 45)) {
      continue;
    }
    EmitMatch(*match, kMarkNested);
    at = match->last - 1;
  }
}

bool MentionFinder::ParsePerson(uint32_t first, uint32_t last, bool title) {
  const uint32_t words = last - first;
  if (words > 6) return false;
  const uint32_t slot_first = SlotClass(first);
  const uint32_t slot_last = SlotClass(last - 1);
  const NameMatch* match = MatchAt(first);
  const bool initials = text_.words[first].length == 1 && words >= 2 &&
                        text_.text[text_.words[first].begin + 1] == '.';
  float weight = 0;
  uint16_t marks = 0;
  if (title) {
    weight += 5;
    marks |= kMarkTitle;
  }
  bool known_place_first = false;
  if (match != nullptr && match->last == first + 1 && !title &&
      (slot_first & kClassGiven) == 0) {
    const GazetteerSense& sense = gazetteer_->senses(*match->slot)[0];
    const GazetteerEntry& entry = gazetteer_->entry(sense.entry);
    // A large city does not begin a person's name.
    known_place_first = entry.kind == NameKind::kCity && entry.prior >= 72 &&
                        (slot_last & kClassName) == 0;
  }
  if (match != nullptr && match->last < last) {
    const GazetteerSense& sense = gazetteer_->senses(*match->slot)[0];
    const NameKind kind = gazetteer_->entry(sense.entry).kind;
    known_place_first |=
        kind == NameKind::kCountry || kind == NameKind::kOrganization ||
        match->last > first + 1 || (sense.flags & kSenseDemonym) != 0;
  }
  if (words >= 2 && !known_place_first) {
    if ((slot_first & kClassGiven) != 0 || initials) {
      weight += 5;
      marks |= kMarkGiven;
    } else if ((Class(first) & kClassSurnameFirst) != 0 && words <= 3) {
      weight += 3;
      marks |= kMarkSurnameFirst;
    } else if ((slot_first & kClassName) != 0 &&
               (slot_last & kClassName) != 0) {
      weight += 4;
    } else if ((slot_last & kClassName) != 0) {
      weight += (slot_first & kClassCommon) != 0 ? 1 : 2.5f;
    } else if ((slot_first & kClassName) != 0) {
      weight += 2;
    }
    // "Suk-yeol"
    if (Small(last - 1) && text_.text[text_.words[last - 1].begin - 1] == '-') {
      weight += 2;
    }
  }
  if (weight < 3 || (known_place_first && !title)) return false;
  NameMention& mention = Emit(first, last, title ? "title" : "given-name");
  mention.person += weight;
  mention.marks |= marks;
  if (words == 1) mention.slot = match != nullptr ? match->slot : nullptr;
  return true;
}

// Names of the gazetteer inside of a chunk, and unknown words around them.
void MentionFinder::SplitAtMatches(uint32_t first, uint32_t last) {
  uint32_t unknown = first;
  for (uint32_t at = first; at < last;) {
    const NameMatch* match = MatchAt(at);
    if (match == nullptr || match->last > last) {
      ++at;
      continue;
    }
    const GazetteerSense& sense = gazetteer_->senses(*match->slot)[0];
    const NameKind kind = gazetteer_->entry(sense.entry).kind;
    const bool alone = match->last - match->first == 1;
    const bool whole = at == first && match->last == last;
    const bool hyphened =
        at > first && text_.text[text_.words[at].begin - 1] == '-';
    // One word that may be a town, between unknown capitals, is more likely a
    // part of their name.
    if (alone && !whole && !hyphened &&
        (kind == NameKind::kCity || kind == NameKind::kAdmin2 ||
         kind == NameKind::kAdmin1 || (sense.flags & kSenseCommon) != 0) &&
        (sense.flags & kSenseDemonym) == 0) {
      ++at;
      continue;
    }
    if (unknown < at) ParsePiece(unknown, at);
    EmitMatch(*match, 0);
    at = match->last;
    unknown = at;
  }
  if (unknown < last) ParsePiece(unknown, last);
}

// What SplitAtMatches left between two names.
void MentionFinder::ParsePiece(uint32_t first, uint32_t last) {
  const NameMatch* match = MatchAt(first);
  if (match != nullptr && match->last == last) {
    EmitMatch(*match, 0);
  } else if (!ParsePerson(first, last, false)) {
    EmitUnknown(first, last, 0);
  }
}

NameMention& MentionFinder::Emit(uint32_t first, uint32_t last,
                                 absl::string_view via) {
  NameMention& mention = mentions_->emplace_back();
  mention.first = first;
  mention.last = last;
  mention.begin = text_.words[first].begin;
  mention.end = NameEnd(text_, first, last);
  uint64_t key = text_.words[first].hash;
  for (uint32_t i = first + 1; i < last; ++i) {
    key = ExtendNameHash(key, text_.words[i].hash, false);
  }
  mention.key = key;
  mention.via = via;
  if (last - first == 1 && (text_.words[first].flags & kWordAllCaps) != 0) {
    mention.marks |= kMarkAllCaps;
  }
  if (!text_.shouting && !text_.title_case && SentenceStart(first)) {
    mention.marks |= kMarkSentenceStart;
  }
  WeighContext(mention);
  WeighNext(mention);
  WeighScore(mention);
  return mention;
}

void MentionFinder::EmitMatch(const NameMatch& match, uint16_t marks) {
  // "US$2 million", "$US 15 billion"
  const Word& first_word = text_.words[match.first];
  const Word& last_word = text_.words[match.last - 1];
  const uint32_t behind = last_word.begin + last_word.length;
  if ((first_word.begin > 0 && text_.text[first_word.begin - 1] == '$') ||
      (behind < text_.text.size() && text_.text[behind] == '$')) {
    return;
  }
  NameMention& mention = Emit(match.first, match.last, "gazetteer");
  mention.slot = match.slot;
  mention.marks |= marks;
  if ((marks & kMarkTitle) != 0) mention.person += 4;
  for (const GazetteerSense& sense : gazetteer_->senses(*match.slot)) {
    if ((sense.flags & kSenseDotted) != 0 &&
        SenseFits(sense, text_, match.first, match.last)) {
      mention.end = text_.words[match.last - 1].begin +
                    text_.words[match.last - 1].length + 1;
      break;
    }
  }
  WeighSenses(mention);
}

void MentionFinder::EmitUnknown(uint32_t first, uint32_t last, uint16_t marks) {
  while (first < last && Small(first)) ++first;
  while (first < last && Small(last - 1) &&
         text_.text[text_.words[last - 1].begin - 1] != '-') {
    --last;
  }
  if (first >= last) return;
  const bool alone = last - first == 1;
  if (alone && text_.words[first].length == 1) return;
  bool common = true;
  bool name = false;
  for (uint32_t i = first; i < last; ++i) {
    const uint32_t classes = SlotClass(i);
    common = common && ((classes & kClassCommon) != 0 ||
                        (Class(i) & kClassFunction) != 0);
    name = name || (classes & (kClassName | kClassGiven)) != 0;
  }
  NameMention& mention = Emit(first, last, "capitals");
  mention.marks |= marks;
  if (common && (mention.marks & kMarkAllCaps) == 0) {
    mention.marks |= kMarkCommon;
  }
  if (name) mention.person += alone ? 1.6f : 1.8f;
  if ((mention.marks & kMarkAllCaps) != 0) mention.organization += 2.2f;
  if (!alone && !name && !common) mention.organization += 0.8f;
  if (!common) mention.person += 0.4f;
}

// What the entries of a known name are.
void MentionFinder::WeighSenses(NameMention& mention) const {
  float person = 0;
  float organization = 0;
  float place = 0;
  float other = 0;
  bool demonym = false;
  const bool capitals = (mention.marks & kMarkAllCaps) != 0;
  for (const GazetteerSense& sense : gazetteer_->senses(*mention.slot)) {
    if (!SenseFits(sense, text_, mention.first, mention.last)) continue;
    const GazetteerEntry& entry = gazetteer_->entry(sense.entry);
    const bool common = (sense.flags & kSenseCommon) != 0 &&
                        !(capitals && (sense.flags & kSenseExactCase) != 0) &&
                        !(capitals && !text_.shouting);
    if (common) mention.marks |= kMarkCommon;
    float weight = 5;
    if (IsPlace(entry.kind)) {
      weight = entry.kind == NameKind::kCountry  ? 7
               : entry.kind == NameKind::kRegion ? 6
                                                 : (entry.prior - 35) / 8.0f;
      weight = std::max(weight, 0.3f);
      // A place that a first mention would name in full.
      if ((sense.flags & kSenseAlias) != 0 && entry.kind >= NameKind::kAdmin1 &&
          entry.kind <= NameKind::kCity && (sense.flags & kSenseDotted) == 0) {
        weight -= 0.7f;
      }
      if (mention.last - mention.first >= 2) weight += 1.5f;
    } else if (mention.last - mention.first >= 2) {
      weight = 6.5f;
    }
    if (common && mention.last - mention.first == 1) weight -= 3;
    if ((sense.flags & kSenseDemonym) != 0) demonym = true;
    if (IsPlace(entry.kind)) {
      place = std::max(place, weight);
    } else if (entry.kind == NameKind::kPerson) {
      person = std::max(person, weight);
    } else if (entry.kind == NameKind::kOrganization) {
      organization = std::max(organization, weight);
    } else if (weight > other) {
      other = weight;
      mention.head_kind = entry.kind;
    }
  }
  mention.person += person;
  mention.organization += organization;
  mention.place += place;
  mention.other += other;
  if (demonym) mention.marks |= kMarkDemonym;
  if (mention.last - mention.first == 1) {
    const uint32_t classes = mention.slot->word_class;
    if ((classes & kClassGiven) != 0) {
      mention.person += 1.5f;
    } else if ((classes & kClassName) != 0) {
      mention.person += 0.8f;
    }
  }
}

// The word before.
void MentionFinder::WeighContext(NameMention& mention) const {
  if (mention.first == 0) return;
  const uint32_t before = mention.first - 1;
  const GapKind gap = GapBefore(text_, mention.first);
  if (gap != GapKind::kPlain) return;
  const uint32_t classes = Class(before);
  const absl::string_view word = Text(before);
  const bool alone = mention.last - mention.first == 1;
  if (IsPersonTitle(classes) && (classes & kClassTitle) != 0) {
    mention.person += Small(before) ? 2.5f : 3.5f;
    if (!Small(before)) mention.marks |= kMarkTitle;
    return;
  }
  if (!Small(before)) return;
  if ((classes & kClassOccupation) != 0) mention.person += 2.5f;
  if ((classes & kClassPlaceCue) != 0 &&
      (mention.marks & kMarkSentenceStart) == 0) {
    const float weight = word == "in" || word == "near" ? 2.5f
                         : word == "to" || word == "at" ? 0.6f
                         : word == "from"               ? 1
                                                        : 1.2f;
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

// The word after.
void MentionFinder::WeighNext(NameMention& mention) const {
  const uint32_t next = mention.last;
  if (next >= text_.words.size()) return;
  const GapKind gap = GapBefore(text_, next);
  if (gap == GapKind::kBreak) return;
  const uint32_t classes = Class(next);
  if (gap == GapKind::kComma) {
    const Word& word = text_.words[next];
    // ", 45,": an age.
    if ((word.flags & kWordDigits) != 0 && word.length == 2 &&
        next + 1 < text_.words.size()) {
      const char behind = text_.text[word.begin + word.length];
      if (behind == ',' || behind == '.') mention.person += 3;
    }
    if ((classes & kClassPersonVerb) != 0) mention.person += 1;
    return;
  }
  if (!Small(next)) return;
  const char mark = text_.text[text_.words[next].begin - 1];
  if (mark == '-') {
    if (Text(next) == "based") mention.place += 3;
    if (Text(next) == "born") mention.place += 1;
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

// "Bournemouth 2 Millwall 1": in a table of results a town is its team.
void MentionFinder::WeighScore(NameMention& mention) const {
  const uint32_t next = mention.last;
  if (next >= text_.words.size() || GapBefore(text_, next) != GapKind::kPlain) {
    return;
  }
  const Word& score = text_.words[next];
  if ((score.flags & kWordDigits) == 0 || score.length > 3 ||
      text_.text[score.begin - 1] != ' ') {
    return;
  }
  const bool opens =
      mention.first == 0 ||
      (text_.words[mention.first - 1].flags & kWordDigits) != 0 ||
      SentenceStart(mention.first);
  const bool goes_on =
      next + 1 == text_.words.size() ||
      (text_.words[next + 1].flags & (kWordDigits | kWordCapital)) != 0 ||
      SentenceStart(next + 1);
  if (opens && goes_on) mention.marks |= kMarkScore;
}

// "NATO summit", "Russia-Ukraine war": an event beside the names in it.
void MentionFinder::ComposeEvents(size_t from) {
  const size_t count = mentions_->size();
  for (size_t i = from; i < count; ++i) {
    const NameMention last = (*mentions_)[i];
    const uint32_t next = last.last;
    if (next >= text_.words.size() || !Small(next) ||
        (Class(next) & kClassEventNoun) == 0 ||
        GapBefore(text_, next) != GapKind::kPlain || last.slot == nullptr ||
        (last.marks & kMarkDemonym) != 0 ||
        std::max(last.place, last.organization) < 5) {
      continue;
    }
    uint32_t first = last.first;
    if (i > from && (*mentions_)[i - 1].last == last.first &&
        (*mentions_)[i - 1].slot != nullptr) {
      first = (*mentions_)[i - 1].first;
    }
    NameMention& event = Emit(first, next + 1, "event-noun");
    event.person = event.organization = event.place = 0;
    event.other = 6;
    event.head_kind = NameKind::kEvent;
    event.marks = kMarkComposed;
  }
}

}  // namespace wiredesk
