// The local rules of names.
//
// A run is a stretch of capitalized words with nothing but spaces, hyphens and
// apostrophes between them, and particles where they belong to a name ("Ursula
// von der Leyen"; runs.cc). Titles are taken off its front, names of the
// gazetteer and head nouns ("Institute", "River") cut it, and what is left is
// judged by given names and by the words around it (weights.cc). Each rule
// adds to one of four weights.

#include "stages/tag/names/mentions.h"

#include <algorithm>

#include "stages/tag/names/runs.h"
#include "stages/tag/names/shapes.h"
#include "stages/tag/names/weights.h"

namespace wiredesk {
namespace {

// What an unknown acronym is worth as an organization: not enough by itself, if
// it stands once and nothing around it speaks for one.
constexpr float kAcronym = 1.8f;

// A smaller town in the name of a school is more likely a word of it.
constexpr uint8_t kNestedCityPriorMin = 45;

bool IsPersonTitle(uint32_t classes) {
  return (classes & (kClassTitle | kClassTitleModifier)) != 0;
}

}  // namespace

void MentionFinder::Find(const Gazetteer& gazetteer, const NameScan& scan,
                         uint8_t text_index,
                         std::vector<NameMention>& mentions) {
  gazetteer_ = &gazetteer;
  scan_ = &scan;
  text_index_ = text_index;
  mentions_ = &mentions;
  const size_t from = mentions.size();
  const bool nouns = scan.text().nouns_capital;
  const bool telling =
      !nouns && !scan.text().shouting && !scan.text().title_case;
  wary_ = false;
  HeadingLine line;
  uint32_t next = 0;
  for (const uint32_t word : scan.starts()) {
    if (word < next) continue;
    if (nouns) {
      next = ParseAmongNouns(word);
      continue;
    }
    if (telling && scan.Capital(word)) {
      if (IsTwoWords(gazetteer, scan, word)) continue;
      next = RunEnd(gazetteer, scan, word);
      wary_ = text_index == kBodyText && line.IsHeading(scan, word);
      ParseRun(word, next);
    } else if (const NameMatch* match = scan.MatchAt(word)) {
      // Case says nothing here, so only names that are known count.
      EmitMatch(*match, 0);
      next = match->last;
    }
  }
  ComposeEvents(from);
}

// "The", "In", "However" at the beginning; also "State" of "Secretary of State
// John Kerry"; the "A" of "A White House", but not of "A. White"; the "D" of
// "D-Ohio"; "TV".
bool MentionFinder::BeginsNoName(uint32_t at, const NameMatch* match) const {
  const uint32_t classes = scan_->Class(at);
  const Word& word = scan_->word(at);
  if (scan_->NamedAt(at)) return false;
  if ((classes & kClassNoName) != 0) return match == nullptr;
  if (word.length == 1) {
    if (at + 1 == scan_->count()) return false;
    const char mark = scan_->text().text[word.begin + 1];
    const char letter = scan_->text().text[word.begin];
    // "L'Organisation", "d'Oakport"
    if (mark == '\'' || mark == '\xE2') return letter == 'L' || letter == 'D';
    return mark == '-' ? letter == 'D' || letter == 'R' || letter == 'I'
                       : mark == ' ' && letter == 'A';
  }
  return (classes & kClassFunction) != 0 && (word.flags & kWordAllCaps) == 0;
}

// "National Defense Authorization Act": modifiers of titles that have no title
// behind them, but words that end with a head noun.
bool MentionFinder::BeginsBody(uint32_t at, uint32_t last) const {
  const absl::string_view word = scan_->Text(at);
  if (word == "Former" || word == "Acting" || word == "Then") return false;
  const NameHead head = FindHead(*scan_, at, last);
  if ((head.classes & (kClassOrgHead | kClassAgreementHead)) == 0) return false;
  for (uint32_t i = at; i < last; ++i) {
    if ((scan_->Class(i) & kClassTitle) != 0 && i != head.word) return false;
  }
  const NameMatch* rest = scan_->MatchAt(at + 1);
  return rest == nullptr || rest->last < last;
}

// "the No Child Left Behind Act": a small word with a capital inside of a
// sentence belongs to what a head noun ends.
bool MentionFinder::BeginsAct(uint32_t at, uint32_t last) const {
  const absl::string_view word = scan_->Text(at);
  if (scan_->SentenceStart(at) || last - at < 3 || word.size() < 2 ||
      (scan_->Class(at) & kClassFunction) == 0 || word == "The" ||
      word == "An" || !scan_->Capital(at + 1) || at == 0 ||
      !(scan_->Small(at - 1) || scan_->Text(at - 1) == "The")) {
    return false;
  }
  const NameHead head = FindHead(*scan_, at, last);
  return (head.classes & kClassAgreementHead) != 0 && head.word + 1 == last;
}

// Whether word `at` is a title, or an occupation, with a name behind it: "Foreign
// Minister", but not "Health and Human Services"; "Defense Secretary Lowell", but
// not "Defense Authorization Act". `title` is set if it tells of a person.
bool MentionFinder::LeadsName(uint32_t at, uint32_t last, bool& title) const {
  const uint32_t classes = scan_->Class(at);
  const bool leads =
      title || (classes & kClassTitle) != 0 || !BeginsBody(at, last);
  const bool alone =
      (classes & kClassTitle) == 0 && at + 1 < last && scan_->Small(at + 1);
  const bool occupation = (classes & kClassOccupation) != 0 && at + 2 < last &&
                          scan_->MatchAt(at) == nullptr &&
                          (scan_->SlotClass(at + 1) & kClassGiven) != 0;
  if (!(IsPersonTitle(classes) || occupation) || scan_->word(at).length <= 1 ||
      at + 1 >= last || alone || !leads ||
      (scan_->Class(at + 1) & kNameHeads & ~kClassTeam) != 0) {
    return false;
  }
  title |= (classes & kClassTitle) != 0 || occupation;
  return true;
}

// A chunk goes to the next title, or to the end; `end` is behind its first
// words.
uint32_t MentionFinder::ChunkEnd(uint32_t end, uint32_t last) const {
  while (end < last) {
    const NameMatch* inside = scan_->MatchAt(end);
    if (inside != nullptr && inside->last > end + 1) {
      end = inside->last;
      continue;
    }
    const uint32_t next = scan_->Class(end);
    if ((next & kClassCalendar) != 0 && inside == nullptr) break;
    if ((next & kClassTitle) != 0 && (next & kNameHeads) == 0 &&
        end + 1 < last && scan_->word(end).length > 1) {
      break;
    }
    ++end;
  }
  return end;
}

// What stands at word `at` instead of a chunk, such as a title or a frame: the
// word behind, `last` where nothing is left; `at` itself where a chunk begins.
uint32_t MentionFinder::SkipToChunk(uint32_t at, uint32_t last,
                                    const NameMatch* match, bool& title) {
  const uint32_t classes = scan_->Class(at);
  const uint32_t behind = ParseFrame(at, last);
  if (behind > at) {
    title = false;
    return behind;
  }
  if (BeginsGivenName(at)) {
    const uint32_t end = std::min(last, at + 2);
    ParseChunk(at, end, title);
    title = false;
    return end;
  }
  if ((classes & kClassCalendar) != 0 && !scan_->NamedAt(at)) {
    title = false;
    return at + 1;
  }
  if (BeginsNoName(at, match) && !BeginsAct(at, last)) return at + 1;
  if (LeadsName(at, last, title)) return at + 1;
  const bool title_alone = (classes & kClassTitle) != 0 && at + 1 == last &&
                           (classes & kClassOrgHead) == 0;
  return title_alone ? last : at;
}

void MentionFinder::ParseRun(uint32_t first, uint32_t last) {
  uint32_t at = first;
  bool title = false;
  // "Hvis Clinton", "O Santos": the beginning of a sentence, then a name.
  if (scan_->text().foreign && last - first >= 2 &&
      scan_->SentenceStart(first) && scan_->MatchAt(first) == nullptr &&
      scan_->Capital(first + 1) &&
      (scan_->SlotClass(first) & (kClassGiven | kClassName)) == 0) {
    ++at;
  }
  while (at < last) {
    const NameMatch* match = scan_->MatchAt(at);
    const bool longer =
        match != nullptr && match->last > at + 1 && !IsTitleBeforeName(*match);
    const uint32_t behind = longer ? at : SkipToChunk(at, last, match, title);
    if (behind > at) {
      at = behind;
      continue;
    }
    const uint32_t end = ChunkEnd(longer ? match->last : at + 1, last);
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
  // "Florida Republican"
  while (last > first && (scan_->Class(last - 1) & kClassAdherent) != 0) --last;
  if (first >= last) return;
  const NameMatch* match = scan_->MatchAt(first);
  if (match != nullptr && match->last == last) {
    EmitMatch(*match, title ? uint32_t{kMarkTitle} : 0);
    return;
  }
  if (ParseHead(first, last)) return;
  if (ParsePerson(first, last, title)) return;
  SplitAtMatches(first, last);
}

bool MentionFinder::ParseHead(uint32_t first, uint32_t last) {
  const NameHead head = FindHead(*scan_, first, last);
  if (wary_ || head.classes == 0) return false;
  if (IsPaperwork(first, last, head)) return true;
  const NameMatch* begin = scan_->MatchAt(first);
  if (begin == nullptr && (scan_->Class(first) & kClassAdherent) != 0) {
    // "Republican Senate"
    const NameMatch* rest = scan_->MatchAt(first + 1);
    if (rest != nullptr && rest->last == last) {
      EmitMatch(*rest, 0);
      return true;
    }
  }
  if (begin != nullptr && begin->last < last) {
    // "Trump White House" is two names that are known.
    const NameMatch* rest = scan_->MatchAt(begin->last);
    const GazetteerSense& sense = gazetteer_->senses(*begin->slot)[0];
    if (rest != nullptr && rest->last == last && !IsPlace(sense.kind)) {
      EmitMatch(*begin, 0);
      EmitMatch(*rest, 0);
      return true;
    }
    // "Russian Foreign Ministry" is a demonym and a ministry; "Russian Army" is
    // one name.
    if ((sense.flags & kSenseDemonym) != 0 && last - begin->last >= 2 &&
        head.word >= begin->last) {
      EmitMatch(*begin, 0);
      first = begin->last;
    }
  }
  EmitHead(first, last, head);
  return true;
}

void MentionFinder::EmitHead(uint32_t first, uint32_t last,
                             const NameHead& head) {
  const size_t at = mentions_->size();
  NameMention& mention = Emit(first, last, "head-noun");
  mention.marks |= kMarkHead;
  mention.marks &= ~uint32_t{kMarkTitle};
  mention.head_kind = head.kind();
  switch (mention.head_kind) {
    case NameKind::kOrganization:
      mention.organization += (head.classes & kClassOrgHead) != 0 ? 6 : 4.5f;
      break;
    case NameKind::kFeature:
      mention.place += 6;
      break;
    default:
      mention.other += 6;
  }
  EmitNested(first, last, NameMention((*mentions_)[at]));
}

bool MentionFinder::ParsePerson(uint32_t first, uint32_t last, bool title) {
  // "Ms. T" is nobody's name.
  if (last - first == 1 && scan_->word(first).length == 1) return true;
  if (SplitAtPerson(first, last, title)) return true;
  // "National Intelligence James Clapper"
  const uint32_t given = GivenNameBehindWords(*gazetteer_, *scan_, first, last);
  if (given != first && !wary_ && ParsePerson(given, last, false)) return true;
  const PersonShape shape =
      JudgePerson(*gazetteer_, *scan_, first, last, title);
  if (!shape.is_person) return false;
  if (wary_ && ((shape.marks & kMarkGiven) == 0 || last - first > 3 ||
                (scan_->SlotClass(last - 1) & kClassCommon) != 0)) {
    return false;
  }
  const NameMatch* match = scan_->MatchAt(first);
  NameMention& mention = Emit(first, last, title ? "title" : "given-name");
  mention.person += shape.weight;
  mention.marks |= shape.marks;
  if (last - first == 1) {
    mention.slot = match != nullptr ? match->slot : nullptr;
  }
  return true;
}

// "Dublin City Council" speaks of Dublin too.
void MentionFinder::EmitNested(uint32_t first, uint32_t last,
                               const NameMention& whole) {
  if (whole.place > 5) return;
  for (uint32_t at = first; at < last; ++at) {
    const uint32_t behind = BehindPersonAt(*scan_, at, last);
    if (behind > at) {
      at = behind - 1;
      continue;
    }
    const NameMatch* match = scan_->MatchAt(at);
    if (match == nullptr || match->last > last ||
        match->last - match->first == last - first) {
      continue;
    }
    const GazetteerSense& sense = gazetteer_->senses(*match->slot)[0];
    const bool alone = match->last == at + 1;
    if (!IsPlace(sense.kind) || (alone && (sense.flags & kSenseCommon) != 0) ||
        (alone && sense.kind == NameKind::kCity &&
         sense.prior < kNestedCityPriorMin)) {
      continue;
    }
    EmitMatch(*match, kMarkNested);
    at = match->last - 1;
  }
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
  WeighVictory(*scan_, mention);
  WeighCredit(mention);
  return mention;
}

void MentionFinder::EmitMatch(const NameMatch& match, uint32_t marks) {
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
  EmitInner(match);
}

void MentionFinder::EmitUnknown(uint32_t first, uint32_t last, uint32_t marks) {
  while (first < last && scan_->Small(first)) ++first;
  while (first < last && scan_->Small(last - 1) &&
         scan_->MarkBefore(last - 1) != '-') {
    --last;
  }
  constexpr uint32_t kWordsMax = 6;
  if (first >= last || last - first > kWordsMax || wary_) return;
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
  if (alone && (scan_->word(first).flags & kWordAllCaps) != 0 &&
      IsNoAcronym(first)) {
    return;
  }
  NameMention& mention = Emit(first, last, "capitals");
  mention.marks |= marks;
  if (common && (mention.marks & kMarkAllCaps) == 0) {
    mention.marks |= kMarkCommon;
  }
  if (name) mention.person += alone ? 1.6f : 1.8f;
  if ((mention.marks & kMarkAllCaps) != 0) mention.organization += kAcronym;
  if (!alone && !name && !common) {
    mention.organization += 0.8f;
    if (IsClubOfTown(first, last)) mention.organization += 1.5f;
  }
  if (!common) mention.person += 0.4f;
}

// "NATO summit", "Russia-Ukraine war": an event next to the names in it.
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
