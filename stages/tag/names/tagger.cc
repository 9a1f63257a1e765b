// The document's half of sense: one sense per discourse.
//
// The mentions of a name (equal words) form a group. A group takes the sense
// for which its mentions speak most; a bare surname follows the full name that
// the document gives; an acronym follows the long form that introduces it
// (acronyms.cc).
// A single mention goes its own way only where it stands behind a title, or
// where a place is spoken of ("in Washington" next to "President Washington").
// Places are then resolved together (place_resolver.cc).
//
// Tested by name_tagger_test.cc, and by the corpora of the scorers.

#include "stages/tag/names/tagger.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "stages/tag/names/acronyms.h"

namespace wiredesk {
namespace {

constexpr float kThreshold = 2.0f;
constexpr uint32_t kSurnameWordsMax = 8;
// The holder of a given name that several people of the text have.
constexpr uint32_t kAmbiguous = KeyIndex::kNone - 1;

// Where a mention begins, in the order of the texts.
uint64_t PlaceOf(const NameMention& mention) {
  return uint64_t{mention.text_index} << 32 | mention.begin;
}

// Equal for equal words, whatever stands between them.
uint64_t KeyOf(const WordedText& text, uint32_t first, uint32_t last) {
  uint64_t key = text.words[first].hash;
  for (uint32_t i = first + 1; i < last; ++i) {
    key = ExtendNameHash(key, text.words[i].hash, false);
  }
  return key;
}

// German and its neighbours, where a capital tells a noun and not a name.
bool HasCapitalNouns(absl::string_view language) {
  const absl::string_view code = language.substr(0, language.find('-'));
  return code == "de" || code == "lb" || code == "nds" || code == "gsw";
}

// The words of the lexicon are English.
bool IsForeign(absl::string_view language) {
  return !language.empty() && language != "und" &&
         language.substr(0, language.find('-')) != "en";
}

// As the gazetteer has it, where a comma between two words counts.
uint64_t HashOf(const WordedText& text, uint32_t first, uint32_t last) {
  uint64_t hash = text.words[first].hash;
  for (uint32_t i = first + 1; i < last; ++i) {
    hash = ExtendNameHash(hash, text.words[i].hash,
                          GapBefore(text, i) == GapKind::kComma);
  }
  return hash;
}

}  // namespace

absl::Span<const FoundName> NameTagger::Tag(const Gazetteer& gazetteer,
                                            const NameInput& input) {
  ReadTexts(gazetteer, input);
  if (model_ != nullptr) AskModel();
  AskPlaces();
  places_.Resolve(gazetteer, input.provider_country);
  CountCountries();
  Collect();
  Finish();
  return names_;
}

void NameTagger::ReadTexts(const Gazetteer& gazetteer, const NameInput& input) {
  gazetteer_ = &gazetteer;
  day_ = input.day;
  home_ = CountryNumber(input.provider_country);
  places_.Clear();
  spoken_of_.reset();
  const bool nouns_capital = HasCapitalNouns(input.language);
  const bool foreign = IsForeign(input.language);
  mentions_.clear();
  bound_.clear();
  acronyms_.clear();
  for (const uint8_t i : {uint8_t{0}, uint8_t{1}}) {
    WordedText text;
    text.text = i == 0 ? input.headline : input.body;
    text.words = i == 0 ? input.headline_words : input.body_words;
    MeasureCase(text);
    if (i == 1) text.title_case = false;
    text.nouns_capital = nouns_capital;
    text.foreign = foreign;
    scans_[i].Run(gazetteer, text);
    finder_.Find(gazetteer, scans_[i], i, mentions_);
    BindAcronyms(i);
  }
  FindProvider(input.provider_name);
  EchoHeadline();
  DropOverlaps();
  MakeGroups();
  JoinAcronyms();
  for (Group& group : groups_) Decide(group);
  if (foreign) DropUntold();
  LinkSurnames();
  LinkIdentities();
}

// A mention that takes the place of what stands inside of it.
NameMention& NameTagger::AddBound(uint8_t text, uint32_t first, uint32_t last,
                                  absl::string_view via) {
  bound_.push_back(static_cast<uint32_t>(mentions_.size()));
  const WordedText& worded = scans_[text].text();
  NameMention& mention = mentions_.emplace_back();
  mention.first = first;
  mention.last = last;
  mention.begin = worded.words[first].begin;
  mention.end = NameEnd(worded, first, last);
  mention.key = KeyOf(worded, first, last);
  mention.marks = kMarkBound;
  mention.text_index = text;
  mention.via = via;
  return mention;
}

// The publisher writes of itself: "The Readable reached out to ...".
void NameTagger::FindProvider(absl::string_view name) {
  constexpr uint32_t kWordsMin = 2;
  constexpr uint32_t kWordsMax = 6;
  provider_words_.clear();
  SplitWords(name, provider_words_);
  const auto count = static_cast<uint32_t>(provider_words_.size());
  if (count < kWordsMin || count > kWordsMax) return;
  for (const uint8_t t : {uint8_t{0}, uint8_t{1}}) {
    const NameScan& scan = scans_[t];
    for (const uint32_t first : scan.starts()) {
      uint32_t k = 0;
      while (k < count && first + k < scan.count() &&
             scan.word(first + k).hash == provider_words_[k].hash &&
             scan.Capital(first + k)) {
        ++k;
      }
      if (k < count) continue;
      NameMention& mention = AddBound(t, first, first + count, "provider");
      mention.organization = 9;
      mention.slot =
          gazetteer_->Find(HashOf(scan.text(), first, first + count));
    }
  }
}

// In a headline without telling case any word may be a name: those that the
// body has as names are taken.
void NameTagger::EchoHeadline() {
  const NameScan& scan = scans_[0];
  if (!scan.text().shouting && !scan.text().title_case) return;
  // How many mentions begin at a word, less those that end before it.
  std::vector<int32_t>& steps = headline_steps_;
  steps.assign(scan.count() + 1, 0);
  for (const NameMention& mention : mentions_) {
    if (mention.text_index != 0) continue;
    ++steps[mention.first];
    --steps[mention.last];
  }
  std::partial_sum(steps.begin(), steps.end(), steps.begin());
  for (const uint32_t i : scan.starts()) {
    const Word& word = scan.word(i);
    if (!scan.Capital(i) || word.length < 3 ||
        (scan.SlotClass(i) & kClassCommon) != 0 || scan.Class(i) != 0) {
      continue;
    }
    if (steps[i] > 0) continue;
    NameMention& mention = mentions_.emplace_back();
    mention.first = i;
    mention.last = i + 1;
    mention.begin = word.begin;
    mention.end = word.begin + word.length;
    mention.key = word.hash;
    mention.via = "headline";
  }
}

void NameTagger::BindAcronyms(uint8_t text) {
  const NameScan& scan = scans_[text];
  for (const uint32_t word : scan.starts()) {
    if (word == 0 || IsPlain(scan.word(word)) || scan.MarkBefore(word) != '(') {
      continue;
    }
    uint32_t first = 0;
    if (!FindLongForm(scan, word, first)) continue;
    const uint64_t key = KeyOf(scan.text(), first, word);
    acronyms_.emplace_back(scan.word(word).hash, key);
    const GazetteerSlot* known =
        gazetteer_->Find(HashOf(scan.text(), first, word));
    if (known != nullptr && known->count > 0) continue;
    NameMention& mention = AddBound(text, first, word, "acronym");
    const uint32_t head = scan.Class(word - 1);
    if ((head & kClassEventHead) != 0) {
      mention.head_kind = NameKind::kEvent;
      mention.other = 8;
    } else if ((head & kClassAgreementHead) != 0) {
      mention.head_kind = NameKind::kAgreement;
      mention.other = 8;
    } else {
      mention.organization = 8;
    }
  }
}

// Sorts what the bound names cover: for each beginning the farthest end of
// those that begin there or before, in the same text.
void NameTagger::ReachOfBound() {
  reaches_.clear();
  for (const uint32_t index : bound_) {
    reaches_.emplace_back(PlaceOf(mentions_[index]), mentions_[index].end);
  }
  std::sort(reaches_.begin(), reaches_.end());
  for (size_t i = 1; i < reaches_.size(); ++i) {
    if (reaches_[i].first >> 32 == reaches_[i - 1].first >> 32) {
      reaches_[i].second = std::max(reaches_[i].second, reaches_[i - 1].second);
    }
  }
}

// How far a bound name reaches that begins at `place` or before; 0: none does.
uint32_t NameTagger::ReachFrom(uint64_t place) const {
  const auto after = std::upper_bound(reaches_.begin(), reaches_.end(),
                                      std::make_pair(place, ~uint32_t{0}));
  if (after == reaches_.begin()) return 0;
  const auto& [begin, end] = *std::prev(after);
  return begin >> 32 == place >> 32 ? end : 0;
}

uint32_t NameTagger::ReachBefore(uint64_t place) const {
  return (place & 0xFFFFFFFF) == 0 ? 0 : ReachFrom(place - 1);
}

// What a bound name covers is part of it.
void NameTagger::DropOverlaps() {
  if (bound_.empty()) return;
  ReachOfBound();
  // A bound name is covered by a longer one, any other also by an equal one.
  const auto covered = [&](const NameMention& mention) {
    const uint64_t place = PlaceOf(mention);
    if ((mention.marks & kMarkBound) == 0) {
      return ReachFrom(place) >= mention.end;
    }
    return ReachBefore(place) >= mention.end || ReachFrom(place) > mention.end;
  };
  // The bound ones stand still while they are asked.
  for (NameMention& mention : mentions_) {
    if (covered(mention)) mention.marks |= kMarkCovered;
  }
  mentions_.erase(std::remove_if(mentions_.begin(), mentions_.end(),
                                 [](const NameMention& mention) {
                                   return (mention.marks & kMarkCovered) != 0;
                                 }),
                  mentions_.end());
}

void NameTagger::MakeGroups() {
  groups_.clear();
  group_of_.clear();
  group_by_key_.Reset(mentions_.size());
  for (uint32_t i = 0; i < mentions_.size(); ++i) {
    const NameMention& mention = mentions_[i];
    const auto [index, added] =
        group_by_key_.Add(mention.key, static_cast<uint32_t>(groups_.size()));
    if (added) {
      Group& fresh = groups_.emplace_back();
      fresh.key = mention.key;
      fresh.mention = i;
      fresh.via = mention.via;
    }
    Group& group = groups_[index];
    group_of_.push_back(index);
    ++group.count;
    group.person = std::max(group.person, mention.person);
    group.organization = std::max(group.organization, mention.organization);
    group.place = std::max(group.place, mention.place);
    if (mention.other > group.other) {
      group.other = mention.other;
      group.kind = mention.head_kind;
    }
    if (group.slot == nullptr) group.slot = mention.slot;
    group.any_marks |= mention.marks;
    group.all_marks &= mention.marks;
  }
}

void NameTagger::JoinAcronyms() {
  for (const auto& [acronym, form] : acronyms_) {
    const uint32_t found = group_by_key_.Find(acronym);
    const uint32_t full = group_by_key_.Find(form);
    if (found == KeyIndex::kNone || full == KeyIndex::kNone || found == full) {
      continue;
    }
    groups_[found].same_as = static_cast<int32_t>(full);
  }
}

void NameTagger::Decide(Group& group) const {
  // A capital that the sentence's beginning explains is not evidence.
  const bool explained = (group.all_marks & kMarkSentenceStart) != 0 &&
                         (group.any_marks & kMarkCommon) != 0;
  if (explained && group.slot == nullptr) return;
  float person = group.person;
  if ((group.any_marks & kMarkThe) != 0 &&
      (group.any_marks & kMarkTitle) == 0) {
    person -= 1;
  }
  float place = group.place;
  if (group.slot == nullptr && (group.all_marks & kMarkHead) == 0) {
    // Nothing but "in" speaks for an unknown place.
    place = (group.any_marks & kMarkPlaceCue) != 0 ? place : 0;
    if ((group.any_marks & (kMarkAllCaps | kMarkCommon)) != 0) place -= 1;
  }
  // What is known as something else is not a place, whatever stands before it.
  if (group.slot != nullptr && (group.any_marks & kMarkKnownPlace) == 0 &&
      (group.any_marks & kMarkHead) == 0) {
    place = 0;
  }
  float organization = group.organization;
  // An acronym that comes back has been introduced somehow.
  if (group.count >= 2 && (group.all_marks & kMarkAllCaps) != 0 &&
      group.slot == nullptr) {
    organization += 0.4f;
  }
  const float best = std::max({person, organization, place, group.other});
  float threshold = kThreshold;
  if (explained) threshold = 3;
  if ((group.any_marks & kMarkCommon) != 0 && group.slot == nullptr) {
    threshold = 3.5f;
  }
  if (best < threshold) return;
  group.sense = best == group.other ? Sense::kOther
                : best == place     ? Sense::kPlace
                : best == person    ? Sense::kPerson
                                    : Sense::kOrganization;
}

// Whether what speaks for the sense of `group` holds in a language of whose
// ordinary words the lexicon knows nothing: the gazetteer and strong frames. A
// capital at the beginning of a sentence says nothing there.
bool NameTagger::IsTold(const Group& group) const {
  constexpr uint8_t kWorldKnown = 60;
  const NameMention& mention = mentions_[group.mention];
  const bool several = mention.last - mention.first >= 2;
  const bool opens = (group.all_marks & kMarkSentenceStart) != 0;
  // Scripts without capitals have nothing that could mislead.
  const bool caseless = !scans_[mention.text_index].Capital(mention.first);
  if (caseless || (group.any_marks & kMarkTitle) != 0 ||
      group.via == "provider") {
    return true;
  }
  if (!several && small_words_.Find(group.key) != KeyIndex::kNone) return false;
  if (group.slot == nullptr) {
    return several &&
           (group.sense == Sense::kPerson
                ? (group.any_marks & (kMarkGiven | kMarkCredit)) != 0
                : (group.any_marks & (kMarkHead | kMarkComposed)) != 0);
  }
  if (several) return true;
  if (!opens) return true;
  if (group.sense != Sense::kPlace) return false;
  const GazetteerSense& sense = gazetteer_->senses(*group.slot)[0];
  return sense.kind == NameKind::kCountry ||
         (sense.kind == NameKind::kCity && sense.prior >= kWorldKnown &&
          (sense.flags & kSenseCommon) == 0);
}

// A word that the text has in small letters, too, is an ordinary one.
void NameTagger::DropUntold() {
  size_t words = 0;
  for (const NameScan& scan : scans_) words += scan.count();
  small_words_.Reset(words);
  for (const NameScan& scan : scans_) {
    for (uint32_t i = 0; i < scan.count(); ++i) {
      if (scan.Small(i)) small_words_.Add(scan.word(i).hash, 0);
    }
  }
  for (Group& group : groups_) {
    if (!IsTold(group)) group.sense = Sense::kNone;
  }
}

// The parts by which the people of the text may be called: the last word, the
// first where the surname comes first, and all from a particle on ("al-Assad",
// "von der Leyen").
void NameTagger::IndexSurnames() {
  size_t words = 0;
  for (const Group& group : groups_) {
    const NameMention& mention = mentions_[group.mention];
    words += mention.last - mention.first;
  }
  holder_by_surname_.Reset(words);
  holder_by_given_.Reset(groups_.size());
  for (uint32_t i = 0; i < groups_.size(); ++i) {
    const Group& group = groups_[i];
    const NameMention& mention = mentions_[group.mention];
    if (group.sense != Sense::kPerson || mention.last - mention.first < 2) {
      continue;
    }
    const WordedText& text = TextOf(mention);
    const Word& front = text.words[mention.first];
    holder_by_surname_.Add(text.words[mention.last - 1].hash, i);
    // A given name that two people have tells neither.
    const uint32_t front_class =
        scans_[mention.text_index].SlotClass(mention.first);
    if ((front_class & (kClassGiven | kClassName)) != 0 &&
        !holder_by_given_.Add(front.hash, i).second) {
      holder_by_given_.Set(front.hash, kAmbiguous);
    }
    if ((group.any_marks & kMarkGiven) == 0 &&
        (gazetteer_->ContextClass(front.hash) & kClassSurnameFirst) != 0) {
      holder_by_surname_.Add(front.hash, i);
    }
    // A particle stands near the end, however long a run of capitals is.
    const uint32_t from =
        std::max(mention.first + 1,
                 mention.last - std::min(mention.last, kSurnameWordsMax));
    for (uint32_t w = from; w + 1 < mention.last; ++w) {
      holder_by_surname_.Add(KeyOf(text, w, mention.last), i);
    }
  }
}

// "Yoon" after "Yoon Suk-yeol", "Weinstein" and "Kenneth" after "Kenneth
// Weinstein".
void NameTagger::LinkSurnames() {
  IndexSurnames();
  for (uint32_t i = 0; i < groups_.size(); ++i) {
    Group& group = groups_[i];
    if (group.same_as >= 0) continue;
    uint32_t holder = holder_by_surname_.Find(group.key);
    if (holder == KeyIndex::kNone && group.slot == nullptr &&
        group.sense != Sense::kPlace && group.sense != Sense::kOrganization) {
      holder = holder_by_given_.Find(group.key);
    }
    if (holder == kAmbiguous) group.sense = Sense::kNone;
    if (holder == KeyIndex::kNone || holder == kAmbiguous || holder == i) {
      continue;
    }
    const float rival = std::max(group.place, group.organization);
    if (rival >= 7 && (group.any_marks & kMarkTitle) == 0) continue;
    group.same_as = static_cast<int32_t>(holder);
    group.sense = Sense::kPerson;
  }
}

// The sense of one mention: its group's, unless it clearly differs.
NameTagger::Sense NameTagger::SenseOf(const NameMention& mention,
                                      const Group& group) const {
  if ((mention.marks & kMarkTitle) != 0 && mention.place < 7 &&
      group.sense != Sense::kOther) {
    return Sense::kPerson;
  }
  if ((mention.marks & kMarkNested) != 0) {
    return group.question >= 0 ? Sense::kPlace : Sense::kNone;
  }
  // A town that has won is its team, and so is that whose coach is spoken of.
  const NameScan& scan = scans_[mention.text_index];
  const bool won = (group.any_marks & kMarkVictory) != 0 &&
                   group.sense == Sense::kPlace &&
                   (group.any_marks & kMarkKnownPlace) != 0;
  const bool team =
      (mention.marks & kMarkScore) != 0 ||
      (won && ((mention.marks & kMarkVictory) != 0 ||
               (mention.last < scan.count() &&
                (scan.Class(mention.last) & kClassOrgNoun) != 0)));
  const bool word =
      group.slot == nullptr && (group.any_marks & kMarkCommon) != 0;
  if (team && !word && (!scan.text().foreign || group.slot != nullptr) &&
      group.sense != Sense::kOther && group.place < 7) {
    return Sense::kOrganization;
  }
  if (group.sense == Sense::kPerson && group.question >= 0 &&
      (mention.marks & kMarkPlaceCue) != 0 &&
      mention.place > mention.person + 1) {
    return Sense::kPlace;
  }
  if (group.same_as >= 0 && group.sense != Sense::kPerson) {
    return groups_[group.same_as].sense;
  }
  return group.sense;
}

}  // namespace wiredesk
