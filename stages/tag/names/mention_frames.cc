// Rules of names that need more than the words of one name: what stands in the
// credits of an agency, the ship behind "USS", a person glued to the words
// before, languages in which every noun has a capital, acronyms and clubs.
//
// Tested by mention_frames_test.cc.

#include <algorithm>
#include <initializer_list>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "stages/tag/names/mentions.h"
#include "stages/tag/names/shapes.h"
#include "stages/tag/names/weights.h"

namespace wiredesk {
namespace {

bool IsOneOf(absl::string_view word,
             std::initializer_list<absl::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool IsShip(absl::string_view word) {
  return IsOneOf(word, {"USS", "HMS", "USNS", "USCGC", "HMAS", "HMCS", "HMNZS",
                        "INS", "RMS", "MV", "SS", "MS", "ROKS", "RRS"});
}

bool IsRoyal(absl::string_view word) {
  return IsOneOf(word, {"King", "Queen", "Prince", "Princess", "Pope", "Lord",
                        "Lady", "Duke", "Emperor", "Saint"});
}

// What people do for a story, before "by".
bool IsCredit(absl::string_view word) {
  for (const absl::string_view credit :
       {"reporting",   "editing",      "writing",    "compiled",
        "photo",       "photos",       "photograph", "photographs",
        "photography", "graphics",     "graphic",    "video",
        "filming",     "interview",    "translated", "translation",
        "edited",      "illustration", "reported",   "polling"}) {
    if (absl::EqualsIgnoreCase(word, credit)) return true;
  }
  return false;
}

// Before a noun of German.
bool IsGermanLead(absl::string_view word) {
  return IsOneOf(
      word, {"Der",   "Die",  "Das",  "Dem",  "Den",   "Des",  "Ein",  "Eine",
             "Einen", "Im",   "Am",   "Vom",  "Zum",   "Zur",  "Beim", "Ins",
             "Herr",  "Frau", "Alle", "Auch", "Noch",  "Nach", "Bei",  "Aus",
             "Mit",   "Von",  "Vor",  "Seit", "Unter", "Wie"});
}

}  // namespace

// Behind a name that begins at `at` with a word that says what it is, or `at`.
uint32_t MentionFinder::ParseFrame(uint32_t at, uint32_t last) {
  constexpr uint32_t kShipMax = 4;
  const absl::string_view word = scan_->Text(at);
  const bool capitals = (scan_->word(at).flags & kWordAllCaps) != 0;
  const bool title = (scan_->Class(at) & kClassTitle) != 0;
  if (!capitals && !title) return at;
  if (capitals && IsShip(word) && at + 1 < last && scan_->Capital(at + 1) &&
      scan_->MarkBefore(at + 1) == ' ') {
    uint32_t end = at + 1;
    while (end < last && end - at <= kShipMax && scan_->Capital(end)) ++end;
    NameMention& ship = Emit(at, end, "ship");
    ship.person = ship.organization = ship.place = 0;
    ship.other = 6;
    ship.head_kind = NameKind::kProduct;
    return end;
  }
  // "Prince Charles Cinema" is a house, not a prince.
  if (title && last - at >= 3 && IsRoyal(word) &&
      scan_->MatchAt(at) == nullptr) {
    uint32_t end = at + 2;
    while (end < last && scan_->Capital(end) &&
           (scan_->Class(end) &
            (kClassFacilityHead | kClassOrgHead | kClassPlaceHead)) == 0) {
      ++end;
    }
    if (end < last && scan_->Capital(end)) {
      NameHead head;
      head.word = end;
      head.classes = scan_->Class(end) & kNameHeads;
      EmitHead(at, end + 1, head);
      return end + 1;
    }
  }
  return at;
}

// "Joe Lowell Joe" and "Crooked Ann Lowell": a known person and other words.
bool MentionFinder::SplitAtPerson(uint32_t first, uint32_t last, bool title) {
  for (uint32_t at = first; at + 1 < last; ++at) {
    const NameMatch* match = scan_->MatchAt(at);
    if (match == nullptr || match->last > last || match->last < at + 2) {
      continue;
    }
    if (gazetteer_->senses(*match->slot)[0].kind != NameKind::kPerson) {
      return false;
    }
    const bool whole = at == first && match->last == last;
    if (whole) return false;
    // A longer name of another person: "John Ann Lowell", "Ann Lowell Hurst".
    if (at > first && ((scan_->SlotClass(at - 1) & kClassGiven) != 0 ||
                       scan_->word(at - 1).length == 1)) {
      return false;
    }
    if (match->last < last &&
        (scan_->SlotClass(match->last) & kClassGiven) == 0) {
      return false;
    }
    if (at > first) EmitUnknown(first, at, 0);
    EmitMatch(*match, title && at == first ? uint32_t{kMarkTitle} : 0);
    if (match->last < last) ParsePiece(match->last, last);
    return true;
  }
  return false;
}

// "Will Hurst", "May Lowell", "April Hurst": a given name that is a modal verb
// or a month elsewhere. At the beginning of a sentence the words behind it must
// speak for a person.
bool MentionFinder::BeginsGivenName(uint32_t at) const {
  if ((scan_->Class(at) & (kClassCalendar | kClassFunction)) == 0 &&
      scan_->Text(at) != "Will") {
    return false;
  }
  if (!IsOneOf(scan_->Text(at), {"Will", "May", "April", "June", "August"})) {
    return false;
  }
  const uint32_t next = at + 1;
  if (next >= scan_->count() || scan_->Gap(next) != GapKind::kPlain ||
      scan_->SentenceStart(next) || !scan_->Capital(next) ||
      scan_->word(next).length < 3 ||
      (scan_->SlotClass(next) & kClassName) == 0 ||
      (scan_->SlotClass(next) & kClassGiven) != 0 ||
      (scan_->Class(next) &
       (kClassCalendar | kClassFunction | kClassTitle | kNameHeads)) != 0) {
    return false;
  }
  const NameMatch* match = scan_->MatchAt(next);
  if (match != nullptr) {
    const GazetteerSense& sense = gazetteer_->senses(*match->slot)[0];
    if (sense.kind != NameKind::kPerson &&
        !(IsPlace(sense.kind) && sense.kind != NameKind::kCountry)) {
      return false;
    }
  }
  if (!scan_->SentenceStart(at)) return true;
  const uint32_t behind = next + 1;
  if (behind >= scan_->count()) return false;
  return scan_->Gap(behind) == GapKind::kComma ||
         (scan_->Small(behind) &&
          ((scan_->Class(behind) & (kClassSpeech | kClassPersonVerb)) != 0 ||
           IsOneOf(scan_->Text(behind), {"is", "was", "has", "had"})));
}

// "Annual Plan", "Project Agreement": a document that any office has, since no
// word of it is a name. Laws are called so ("Clean Air Act").
bool MentionFinder::IsPaperwork(uint32_t first, uint32_t last,
                                const NameHead& head) const {
  if (head.kind() != NameKind::kAgreement ||
      !IsOneOf(scan_->Text(head.word),
               {"Plan", "Program", "Programme", "Agreement", "Agreements",
                "Initiative", "Framework", "Strategy", "Partnership", "Deal",
                "Memorandum", "Directive", "Regulation", "Declaration",
                "Resolution", "Bill", "Charter"})) {
    return false;
  }
  constexpr uint32_t kPaperMax = 3;
  if (last - first > kPaperMax) return false;
  for (uint32_t i = first; i < last; ++i) {
    if (i == head.word) continue;
    const uint32_t classes = scan_->SlotClass(i);
    if ((classes & kClassCommon) == 0 &&
        (scan_->Class(i) & kClassFunction) == 0) {
      return false;
    }
  }
  return true;
}

// "General MacArthur", which is a town, too: nobody is "in" it here.
bool MentionFinder::IsTitleBeforeName(const NameMatch& match) const {
  constexpr uint8_t kTownMax = 60;
  const uint32_t classes = scan_->Class(match.first);
  const GazetteerSense& sense = gazetteer_->senses(*match.slot)[0];
  if ((classes & kClassTitle) == 0 || match.last - match.first != 2 ||
      IsRoyal(scan_->Text(match.first)) || sense.prior >= kTownMax ||
      (sense.kind != NameKind::kCity && sense.kind != NameKind::kAdmin2)) {
    return false;
  }
  if ((scan_->SlotClass(match.last - 1) & kClassCommon) != 0 &&
      (scan_->SlotClass(match.last - 1) & kClassName) == 0) {
    return false;
  }
  const bool in_it = match.first > 0 && scan_->Small(match.first - 1) &&
                     (scan_->Class(match.first - 1) & kClassPlaceCue) != 0;
  return !in_it && (match.last >= scan_->count() ||
                    scan_->Gap(match.last) != GapKind::kComma);
}

// Where every noun has a capital only names that are known speak, and people by
// given name and surname. A town of one word may be an ordinary noun ("Essen",
// "Halle"), if it is not a great one or somebody is in it without an article.
uint32_t MentionFinder::ParseAmongNouns(uint32_t at) {
  constexpr uint8_t kGreatCity = 62;
  const NameMatch* match = scan_->MatchAt(at);
  if (match != nullptr) {
    const GazetteerSense& sense = gazetteer_->senses(*match->slot)[0];
    const bool alone = match->last == at + 1;
    const bool town =
        sense.kind == NameKind::kCity || sense.kind == NameKind::kAdmin2 ||
        sense.kind == NameKind::kFeature || sense.kind == NameKind::kAdmin1;
    const bool in_it =
        at > 0 && scan_->Gap(at) == GapKind::kPlain &&
        IsOneOf(scan_->Text(at - 1), {"in", "aus", "nach", "bei", "In", "Aus"});
    const bool doubtful =
        (sense.flags & kSenseCommon) != 0 ||
        (scan_->SlotClass(at) & (kClassCommon | kClassGiven)) != 0 ||
        sense.kind == NameKind::kProduct || sense.kind == NameKind::kEvent ||
        sense.kind == NameKind::kMalware ||
        sense.kind == NameKind::kThreatActor;
    const bool trusted = !alone ||
                         (!doubtful && scan_->word(at).length >= 3 &&
                          (!town || sense.prior >= kGreatCity)) ||
                         (town && in_it && sense.prior >= 45);
    if (trusted) {
      EmitMatch(*match, 0);
      return match->last;
    }
  }
  // "Petra Schmidt"
  const uint32_t next = at + 1;
  if (next < scan_->count() && scan_->Capital(at) && scan_->Capital(next) &&
      !IsGermanLead(scan_->Text(at)) && scan_->Gap(next) == GapKind::kPlain &&
      (scan_->SlotClass(at) & (kClassGiven | kClassName)) != 0 &&
      (scan_->SlotClass(at) & kClassCommon) == 0 &&
      (scan_->SlotClass(next) & kClassName) != 0 &&
      scan_->word(at).length >= 3 && scan_->word(next).length >= 3) {
    const NameMatch* behind = scan_->MatchAt(next);
    if ((behind == nullptr || behind->last == next + 1)) {
      NameMention& mention = Emit(at, next + 1, "given-name");
      mention.person += 5;
      mention.marks |= kMarkGiven;
      return next + 1;
    }
  }
  return at + 1;
}

// "(Reporting by Ann Lowell and Bo Hurst in Leeds; Editing by Cy Hill)", "Ann
// Lowell/Agency".
void MentionFinder::WeighCredit(NameMention& mention) {
  if (mention.last - mention.first < 2 || mention.first == 0) return;
  const uint32_t before = mention.first - 1;
  const absl::string_view word = scan_->Text(before);
  bool credited = false;
  if (absl::EqualsIgnoreCase(word, "by") && before > 0) {
    credited = IsCredit(scan_->Text(before - 1)) ||
               (before > 1 && IsCredit(scan_->Text(before - 2)) &&
                scan_->Gap(before) == GapKind::kPlain);
  } else if (mentions_->size() >= 2) {
    // In the list that the one before began.
    const NameMention& last = (*mentions_)[mentions_->size() - 2];
    const bool next =
        last.text_index == mention.text_index &&
        (last.last == mention.first ||
         (last.last == before && (word == "and" || word == "und")));
    credited = next && (last.marks & kMarkCredit) != 0 &&
               scan_->Gap(mention.first) != GapKind::kBreak;
  }
  if (!credited) return;
  mention.marks |= kMarkCredit;
  // Agencies and studios are credited, too.
  if (mention.organization < 4 && mention.place < 4) mention.person += 5;
}

// The town in the name of a known body of it: "University of Oxford", but no
// town is spoken of in the "New York Times".
void MentionFinder::EmitInner(const NameMatch& match) {
  constexpr uint8_t kInnerMin = 45;
  const GazetteerSense& whole = gazetteer_->senses(*match.slot)[0];
  if (match.last - match.first < 2 || (whole.kind != NameKind::kOrganization &&
                                       whole.kind != NameKind::kFacility)) {
    return;
  }
  bool local = false;
  for (uint32_t at = match.first; at < match.last && !local; ++at) {
    local = IsOneOf(scan_->Text(at),
                    {"University", "Police", "Department", "Council", "Court",
                     "School", "Schools", "Hospital", "College", "Airport",
                     "Fire", "Sheriff", "Legislature", "County"});
  }
  if (!local) return;
  for (uint32_t at = match.first; at < match.last; ++at) {
    const uint32_t behind = BehindPersonAt(*scan_, at, match.last);
    if (behind > at) {
      at = behind - 1;
      continue;
    }
    const GazetteerSlot* slot = gazetteer_->Find(scan_->word(at).hash);
    const bool of_it = at > match.first && scan_->Text(at - 1) == "of";
    if (slot == nullptr || slot->count == 0 || !scan_->Capital(at) ||
        (!of_it && (scan_->SlotClass(at) & kClassCommon) != 0)) {
      continue;
    }
    // "New York Police Department", "Los Angeles County"
    const bool led = at > match.first && scan_->Capital(at - 1) &&
                     (scan_->SlotClass(at - 1) & kClassCommon) != 0;
    const GazetteerSense& sense = gazetteer_->senses(*slot)[0];
    if (led || !IsPlace(sense.kind) ||
        (!of_it && (sense.flags & kSenseCommon) != 0) ||
        (sense.flags & kSenseDemonym) != 0 ||
        !SenseFits(sense, scan_->text(), at, at + 1) ||
        (sense.kind == NameKind::kCity && sense.prior < kInnerMin)) {
      continue;
    }
    NameMention& inner = Emit(at, at + 1, "gazetteer");
    inner.slot = slot;
    inner.marks |= kMarkNested;
    WeighSenses(*gazetteer_, scan_->text(), inner);
  }
}

// "MORE" and "ANALYSIS" are shouted words; "TX" is known, if only behind a
// comma; "TV" is not a name.
bool MentionFinder::IsNoAcronym(uint32_t word) const {
  if ((scan_->SlotClass(word) & kClassCommon) != 0 ||
      (scan_->Class(word) & kClassNoName) != 0) {
    return true;
  }
  const GazetteerSlot* slot = gazetteer_->Find(scan_->word(word).hash);
  if (slot == nullptr) return false;
  const auto senses = gazetteer_->senses(*slot);
  return std::any_of(senses.begin(), senses.end(),
                     [](const GazetteerSense& sense) {
                       return (sense.flags & kSenseAfterComma) != 0;
                     });
}

// "Steaua Bucharest", "Alba Berlin"
bool MentionFinder::IsClubOfTown(uint32_t first, uint32_t last) const {
  const NameMatch* town = scan_->MatchAt(last - 1);
  return last - first == 2 && town != nullptr && town->last == last &&
         scan_->MatchAt(first) == nullptr &&
         (scan_->SlotClass(first) & kClassCommon) == 0 &&
         (scan_->SlotClass(last - 1) & (kClassCommon | kClassName)) == 0 &&
         gazetteer_->senses(*town->slot)[0].kind == NameKind::kCity;
}

}  // namespace wiredesk
