// The local rules of names.
//
// A run is a stretch of capitalized words with nothing but spaces, hyphens and
// apostrophes between them, and particles where they belong to a name ("Ursula
// von der Leyen"; name_runs.cc). Titles are taken off its front, names of the
// gazetteer and head nouns ("Institute", "River") cut it, and what is left is
// judged by given names and by the words around it (name_weights.cc). Each rule
// adds to one of four weights.

#include "stages/tag/name_mentions.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "stages/tag/name_runs.h"
#include "stages/tag/name_weights.h"

namespace wiredesk {
namespace {

constexpr uint32_t kHeads = kClassOrgHead | kClassPlaceHead |
                            kClassFacilityHead | kClassEventHead |
                            kClassAgreementHead | kClassTeam;

bool IsPersonTitle(uint32_t classes) {
  return (classes & (kClassTitle | kClassTitleModifier)) != 0;
}

}  // namespace

bool MentionFinder::CommonOnly(const NameMatch& match) const {
  for (const GazetteerSense& sense : gazetteer_->senses(*match.slot)) {
    if ((sense.flags & kSenseCommon) == 0) return false;
  }
  return true;
}

void MentionFinder::Find(const Gazetteer& gazetteer, const NameScan& scan,
                         uint8_t text_index,
                         std::vector<NameMention>& mentions) {
  gazetteer_ = &gazetteer;
  scan_ = &scan;
  text_index_ = text_index;
  mentions_ = &mentions;
  const size_t from = mentions.size();
  const bool telling = !scan.text().shouting && !scan.text().title_case;
  uint32_t next = 0;
  for (const uint32_t word : scan.starts()) {
    if (word < next) continue;
    if (telling && scan.Capital(word)) {
      next = RunEnd(scan, word);
      ParseRun(word, next);
    } else if (const NameMatch* match = scan.MatchAt(word)) {
      // Case says nothing here, so only names that are known count.
      EmitMatch(*match, 0);
      next = match->last;
    }
  }
  ComposeEvents(from);
}

void MentionFinder::ParseRun(uint32_t first, uint32_t last) {
  uint32_t at = first;
  bool title = false;
  while (at < last) {
    const uint32_t classes = scan_->Class(at);
    const NameMatch* match = scan_->MatchAt(at);
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
          scan_->word(at).length > 1 &&
          (scan_->word(at).flags & kWordAllCaps) == 0) {
        ++at;
        continue;
      }
      const bool abbreviated = scan_->word(at).length > 1;
      if (IsPersonTitle(classes) && abbreviated && at + 1 < last &&
          (scan_->Class(at + 1) & kHeads & ~kClassTeam) == 0) {
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
      const NameMatch* inside = scan_->MatchAt(end);
      if (inside != nullptr && inside->last > end + 1) {
        end = inside->last;
        continue;
      }
      const uint32_t next = scan_->Class(end);
      if ((next & kClassCalendar) != 0 && inside == nullptr) break;
      if ((next & kClassTitle) != 0 && (next & kHeads) == 0 && end + 1 < last &&
          scan_->word(end).length > 1) {
        break;
      }
      ++end;
    }
    // Modifiers before that title belong to it: "NATO Secretary General".
    uint32_t cut = end;
    while (end < last && cut > at + 1 &&
           (scan_->Class(cut - 1) & (kClassTitleModifier)) != 0) {
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
  const NameMatch* match = scan_->MatchAt(first);
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
    if (scan_->Small(i + 1) &&
        (scan_->Text(i + 1) == "of" || scan_->Text(i + 1) == "for" ||
         scan_->Text(i + 1) == "on")) {
      head = i;
      break;
    }
  }
  uint32_t classes = scan_->Class(head) & kHeads;
  const NameMatch* begin = scan_->MatchAt(first);
  const bool leading = (scan_->Class(first) & kClassPlaceHead) != 0 &&
                       (absl::EqualsIgnoreCase(scan_->Text(first), "lake") ||
                        absl::EqualsIgnoreCase(scan_->Text(first), "mount") ||
                        absl::EqualsIgnoreCase(scan_->Text(first), "cape"));
  if (leading) classes = kClassPlaceHead;
  if (classes == 0) return false;
  // "Sun", "Park" and "Young" are family names: a given name before them wins.
  if (head == last - 1 && last - first == 2 &&
      (scan_->SlotClass(first) & kClassGiven) != 0 &&
      (classes & (kClassOrgHead | kClassFacilityHead)) == 0 &&
      (scan_->SlotClass(head) & kClassName) != 0) {
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
    const NameMatch* match = scan_->MatchAt(at);
    if (match == nullptr || match->last > last ||
        match->last - match->first == last - first) {
      continue;
    }
    const GazetteerSense& sense = gazetteer_->senses(*match->slot)[0];
    if (!IsPlace(sense.kind) || (sense.flags & kSenseCommon) != 0 ||
        (sense.kind == NameKind::kCity && sense.prior < 45)) {
      continue;
    }
    EmitMatch(*match, kMarkNested);
    at = match->last - 1;
  }
}

bool MentionFinder::ParsePerson(uint32_t first, uint32_t last, bool title) {
  const uint32_t words = last - first;
  if (words > 6) return false;
  const uint32_t slot_first = scan_->SlotClass(first);
  const uint32_t slot_last = scan_->SlotClass(last - 1);
  const NameMatch* match = scan_->MatchAt(first);
  const bool initials = scan_->word(first).length == 1 && words >= 2 &&
                        scan_->text().text[scan_->word(first).begin + 1] == '.';
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
    // A large city does not begin a person's name.
    known_place_first = sense.kind == NameKind::kCity && sense.prior >= 72 &&
                        (slot_last & kClassName) == 0;
  }
  if (match != nullptr && match->last < last) {
    const GazetteerSense& sense = gazetteer_->senses(*match->slot)[0];
    const NameKind kind = sense.kind;
    known_place_first |=
        kind == NameKind::kCountry || kind == NameKind::kOrganization ||
        match->last > first + 1 || (sense.flags & kSenseDemonym) != 0;
  }
  if (words >= 2 && !known_place_first) {
    if ((slot_first & kClassGiven) != 0 || initials) {
      weight += 5;
      marks |= kMarkGiven;
    } else if ((scan_->Class(first) & kClassSurnameFirst) != 0 && words <= 3) {
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
    if (scan_->Small(last - 1) && scan_->MarkBefore(last - 1) == '-') {
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
    const NameMatch* match = scan_->MatchAt(at);
    if (match == nullptr || match->last > last) {
      ++at;
      continue;
    }
    const GazetteerSense& sense = gazetteer_->senses(*match->slot)[0];
    const NameKind kind = sense.kind;
    const bool alone = match->last - match->first == 1;
    const bool whole = at == first && match->last == last;
    const bool hyphened = at > first && scan_->MarkBefore(at) == '-';
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
  const NameMatch* match = scan_->MatchAt(first);
  if (match != nullptr && match->last == last) {
    EmitMatch(*match, 0);
  } else if (!ParsePerson(first, last, false)) {
    EmitUnknown(first, last, 0);
  }
}

NameMention& MentionFinder::Emit(uint32_t first, uint32_t last,
                                 absl::string_view via) {
  NameMention& mention = mentions_->emplace_back();
  mention.text_index = text_index_;
  mention.first = first;
  mention.last = last;
  mention.begin = scan_->word(first).begin;
  mention.end = NameEnd(scan_->text(), first, last);
  uint64_t key = scan_->word(first).hash;
  for (uint32_t i = first + 1; i < last; ++i) {
    key = ExtendNameHash(key, scan_->word(i).hash, false);
  }
  mention.key = key;
  mention.via = via;
  if (last - first == 1 && (scan_->word(first).flags & kWordAllCaps) != 0) {
    mention.marks |= kMarkAllCaps;
  }
  if (!scan_->text().shouting && !scan_->text().title_case &&
      scan_->SentenceStart(first)) {
    mention.marks |= kMarkSentenceStart;
  }
  WeighContext(*scan_, mention);
  WeighNext(*scan_, mention);
  WeighScore(*scan_, mention);
  return mention;
}

void MentionFinder::EmitMatch(const NameMatch& match, uint16_t marks) {
  // "US$2 million", "$US 15 billion"
  const Word& first_word = scan_->word(match.first);
  const Word& last_word = scan_->word(match.last - 1);
  const uint32_t behind = last_word.begin + last_word.length;
  if ((first_word.begin > 0 &&
       scan_->text().text[first_word.begin - 1] == '$') ||
      (behind < scan_->text().text.size() &&
       scan_->text().text[behind] == '$')) {
    return;
  }
  NameMention& mention = Emit(match.first, match.last, "gazetteer");
  mention.slot = match.slot;
  mention.marks |= marks;
  if ((marks & kMarkTitle) != 0) mention.person += 4;
  if (WeighSenses(*gazetteer_, scan_->text(), mention)) {
    mention.end = last_word.begin + last_word.length + 1;
  }
}

void MentionFinder::EmitUnknown(uint32_t first, uint32_t last, uint16_t marks) {
  while (first < last && scan_->Small(first)) ++first;
  while (first < last && scan_->Small(last - 1) &&
         scan_->MarkBefore(last - 1) != '-') {
    --last;
  }
  if (first >= last) return;
  const bool alone = last - first == 1;
  if (alone && scan_->word(first).length == 1) return;
  bool common = true;
  bool name = false;
  for (uint32_t i = first; i < last; ++i) {
    const uint32_t classes = scan_->SlotClass(i);
    common = common && ((classes & kClassCommon) != 0 ||
                        (scan_->Class(i) & kClassFunction) != 0);
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

// "NATO summit", "Russia-Ukraine war": an event beside the names in it.
void MentionFinder::ComposeEvents(size_t from) {
  const size_t count = mentions_->size();
  for (size_t i = from; i < count; ++i) {
    const NameMention& last = (*mentions_)[i];
    const uint32_t next = last.last;
    if (last.slot == nullptr || next >= scan_->count() || !scan_->Small(next) ||
        (scan_->Class(next) & kClassEventNoun) == 0 ||
        scan_->Gap(next) != GapKind::kPlain ||
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
