// The document's half of sense: one sense per discourse.
//
// The mentions of a name (equal words) form a group. A group takes the sense
// for which its mentions speak most; a bare surname follows the full name that
// the document gives; an acronym follows the long form that introduces it
// ("Individually Tailored Partnership Program (ITPP)", after Schwartz and
// Hearst, "A simple algorithm for identifying abbreviation definitions", 2003).
// A single mention goes its own way only where it stands behind a title, or
// where a place is spoken of ("in Washington" beside "President Washington").
// Places are then resolved together (place_resolver.cc).
//
// Tested by name_tagger_test.cc, and by the corpora of the scorers.

#include "stages/tag/name_tagger.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "stages/tag/gazetteer_sources.h"

namespace wiredesk {
namespace {

constexpr float kThreshold = 2.0f;
constexpr size_t kCandidatesMax = 64;

// The letter that a word gives to an acronym; "Four" gives "4".
char InitialOf(absl::string_view word) {
  static constexpr absl::string_view kNumbers[] = {
      "zero", "one",   "two",   "three", "four", "five",
      "six",  "seven", "eight", "nine",  "ten"};
  for (int i = 2; i < 10; ++i) {
    if (absl::EqualsIgnoreCase(word, kNumbers[i])) {
      return static_cast<char>('0' + i);
    }
  }
  return absl::ascii_tolower(word[0]);
}

bool IsAcronym(absl::string_view word) {
  int capitals = 0;
  for (const char c : word) capitals += absl::ascii_isupper(c);
  return word.size() >= 2 && word.size() <= 10 && capitals >= 2;
}

// Whether the letters of `acronym` are found from right to left in `text`, the
// first one at its beginning.
bool SpellsOut(absl::string_view text, absl::string_view acronym) {
  auto at = static_cast<int>(text.size()) - 1;
  for (auto i = static_cast<int>(acronym.size()) - 1; i >= 0; --i) {
    const char letter = absl::ascii_tolower(acronym[i]);
    if (!absl::ascii_isalpha(static_cast<unsigned char>(letter))) continue;
    while (at >= 0 &&
           (absl::ascii_tolower(text[at]) != letter ||
            (i == 0 && at > 0 &&
             absl::ascii_isalnum(static_cast<unsigned char>(text[at - 1]))))) {
      --at;
    }
    if (at < 0) return false;
    if (i == 0) return at == 0;
    --at;
  }
  return false;
}

}  // namespace

absl::Span<const FoundName> NameTagger::Tag(const Gazetteer& gazetteer,
                                            const NameInput& input) {
  gazetteer_ = &gazetteer;
  texts_[0] = {input.headline, input.headline_words};
  texts_[1] = {input.body, input.body_words};
  mentions_.clear();
  long_form_of_.clear();
  for (const uint8_t i : {uint8_t{0}, uint8_t{1}}) {
    MeasureCase(texts_[i]);
    if (i == 1) texts_[i].title_case = false;
    const size_t from = mentions_.size();
    finder_.Find(gazetteer, texts_[i], mentions_);
    for (size_t m = from; m < mentions_.size(); ++m) {
      mentions_[m].text_index = i;
    }
    BindAcronyms(i);
  }
  FindProvider(input.provider_name);
  EchoHeadline();
  DropOverlaps();
  MakeGroups();
  for (Group& group : groups_) Decide(group);
  LinkSurnames();
  AskPlaces(input.provider_country);
  Collect();
  Finish();
  return names_;
}

// The publisher writes of itself: "The Readable reached out to ...".
void NameTagger::FindProvider(absl::string_view name) {
  provider_words_.clear();
  SplitWords(name, provider_words_);
  const auto count = static_cast<uint32_t>(provider_words_.size());
  if (count < 2 || count > 6) return;
  for (const uint8_t t : {uint8_t{0}, uint8_t{1}}) {
    const WordedText& text = texts_[t];
    for (uint32_t i = 0; i + count <= text.words.size(); ++i) {
      uint32_t k = 0;
      while (k < count && text.words[i + k].hash == provider_words_[k].hash &&
             (text.words[i + k].flags & kWordCapital) != 0) {
        ++k;
      }
      if (k < count) continue;
      NameMention mention;
      mention.first = i;
      mention.last = i + count;
      mention.begin = text.words[i].begin;
      mention.end = NameEnd(text, i, i + count);
      mention.key = text.words[i].hash;
      for (uint32_t w = 1; w < count; ++w) {
        mention.key =
            ExtendNameHash(mention.key, text.words[i + w].hash, false);
      }
      mention.organization = 9;
      mention.marks = kMarkBound;
      mention.text_index = t;
      mention.via = "provider";
      mentions_.push_back(mention);
    }
  }
}

// In a headline without telling case any word may be a name: those that the
// body has as names are taken.
void NameTagger::EchoHeadline() {
  const WordedText& text = texts_[0];
  if (!text.shouting && !text.title_case) return;
  const size_t known = mentions_.size();
  for (uint32_t i = 0; i < text.words.size(); ++i) {
    const Word& word = text.words[i];
    if ((word.flags & kWordCapital) == 0 || word.length < 3) continue;
    const bool taken = std::any_of(
        mentions_.begin(), mentions_.begin() + static_cast<ptrdiff_t>(known),
        [&](const NameMention& mention) {
          return mention.text_index == 0 && mention.first <= i &&
                 i < mention.last;
        });
    const GazetteerSlot* slot =
        gazetteer_->MayBegin(word.hash) ? gazetteer_->Find(word.hash) : nullptr;
    if (taken || (slot != nullptr && (slot->word_class & kClassCommon) != 0) ||
        gazetteer_->ContextClass(word.hash) != 0) {
      continue;
    }
    NameMention mention;
    mention.first = i;
    mention.last = i + 1;
    mention.begin = word.begin;
    mention.end = word.begin + word.length;
    mention.key = word.hash;
    mention.via = "headline";
    mentions_.push_back(mention);
  }
}

void NameTagger::BindAcronyms(int text) {
  const WordedText& worded = texts_[text];
  for (uint32_t i = 1; i < worded.words.size(); ++i) {
    const Word& word = worded.words[i];
    if ((word.flags & kWordCapital) == 0 || word.begin == 0 ||
        worded.text[word.begin - 1] != '(') {
      continue;
    }
    const uint32_t end = word.begin + word.length;
    if (end < worded.text.size() && worded.text[end] == ')') {
      BindAcronym(text, i);
    }
  }
}

// Looks for the long form before the bracket at `word`.
bool NameTagger::BindAcronym(int text, uint32_t word) {
  const WordedText& worded = texts_[text];
  const Word& short_word = worded.words[word];
  const absl::string_view acronym =
      worded.text.substr(short_word.begin, short_word.length);
  if (!IsAcronym(acronym)) return false;
  const uint32_t words_max =
      std::min<uint32_t>(word, static_cast<uint32_t>(acronym.size()) + 5);
  const uint32_t stop =
      worded.words[word - 1].begin + worded.words[word - 1].length;
  if (short_word.begin - stop > 6) return false;  // more than ” (
  uint32_t first = word;
  for (uint32_t n = 1; n <= words_max; ++n) {
    const Word& start = worded.words[word - n];
    if (n > 1) {
      const absl::string_view gap = worded.text.substr(
          start.begin + start.length,
          worded.words[word - n + 1].begin - start.begin - start.length);
      if (gap.find_first_of(".;:()\n") != absl::string_view::npos) break;
    }
    if ((start.flags & kWordCapital) == 0) continue;
    const absl::string_view form =
        worded.text.substr(start.begin, stop - start.begin);
    if (InitialOf(form) != InitialOf(acronym)) continue;
    if (n >= 2 && SpellsOut(form, acronym)) {
      first = word - n;
      break;
    }
  }
  if (first == word) return false;
  NameMention mention;
  mention.first = first;
  mention.last = word;
  mention.begin = worded.words[first].begin;
  mention.end = stop;
  mention.text_index = static_cast<uint8_t>(text);
  mention.via = "acronym";
  mention.marks = kMarkBound;
  mention.key = worded.words[first].hash;
  for (uint32_t i = first + 1; i < word; ++i) {
    mention.key = ExtendNameHash(mention.key, worded.words[i].hash,
                                 GapBefore(worded, i) == GapKind::kComma);
  }
  long_form_of_[short_word.hash] = mention.key;
  const GazetteerSlot* known = gazetteer_->Find(mention.key);
  if (known != nullptr && known->count() > 0) return true;
  const uint32_t head = gazetteer_->ContextClass(worded.words[word - 1].hash);
  if ((head & kClassEventHead) != 0) {
    mention.head_kind = NameKind::kEvent;
    mention.other = 8;
  } else if ((head & kClassAgreementHead) != 0) {
    mention.head_kind = NameKind::kAgreement;
    mention.other = 8;
  } else {
    mention.organization = 8;
  }
  mentions_.push_back(mention);
  return true;
}

// What a bound name covers is part of it, except the places inside.
void NameTagger::DropOverlaps() {
  const auto covered = [&](const NameMention& mention) {
    return std::any_of(
        mentions_.begin(), mentions_.end(), [&](const NameMention& other) {
          return &other != &mention && (other.marks & kMarkBound) != 0 &&
                 other.text_index == mention.text_index &&
                 other.begin <= mention.begin && mention.end <= other.end &&
                 (other.end - other.begin > mention.end - mention.begin ||
                  (mention.marks & kMarkBound) == 0);
        });
  };
  bool bound = false;
  for (const NameMention& mention : mentions_) {
    bound |= (mention.marks & kMarkBound) != 0;
  }
  if (!bound) return;
  std::vector<NameMention> kept;
  for (const NameMention& mention : mentions_) {
    if (!covered(mention)) kept.push_back(mention);
  }
  mentions_.swap(kept);
}

void NameTagger::MakeGroups() {
  groups_.clear();
  group_by_key_.clear();
  group_of_.clear();
  for (uint32_t i = 0; i < mentions_.size(); ++i) {
    const NameMention& mention = mentions_[i];
    const auto [found, added] = group_by_key_.try_emplace(
        mention.key, static_cast<uint32_t>(groups_.size()));
    if (added) {
      Group& fresh = groups_.emplace_back();
      fresh.key = mention.key;
      fresh.mention = i;
      fresh.via = mention.via;
    }
    Group& group = groups_[found->second];
    group_of_.push_back(found->second);
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
  for (const auto& [acronym, form] : long_form_of_) {
    const auto found = group_by_key_.find(acronym);
    const auto full = group_by_key_.find(form);
    if (found == group_by_key_.end() || full == group_by_key_.end() ||
        found->second == full->second) {
      continue;
    }
    groups_[found->second].same_as = static_cast<int32_t>(full->second);
  }
}

void NameTagger::Decide(Group& group) const {
  // A capital that the sentence's beginning explains is no evidence.
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
  const float best = std::max({person, group.organization, place, group.other});
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

// "Yoon" after "Yoon Suk-yeol", "Weinstein" after "Kenneth Weinstein".
void NameTagger::LinkSurnames() {
  absl::flat_hash_map<uint64_t, int32_t> holders;
  for (size_t i = 0; i < groups_.size(); ++i) {
    const Group& group = groups_[i];
    const NameMention& mention = mentions_[group.mention];
    if (group.sense != Sense::kPerson || mention.last - mention.first < 2) {
      continue;
    }
    const WordedText& text = TextOf(mention);
    const Word& front = text.words[mention.first];
    const bool first_is_surname =
        (gazetteer_->ContextClass(front.hash) & kClassSurnameFirst) != 0 &&
        (group.any_marks & kMarkGiven) == 0;
    const auto index = static_cast<int32_t>(i);
    holders.try_emplace(text.words[mention.last - 1].hash, index);
    if (first_is_surname) holders.try_emplace(front.hash, index);
    // "al-Assad", "von der Leyen"
    for (uint32_t w = mention.first + 1; w + 1 < mention.last; ++w) {
      uint64_t key = text.words[w].hash;
      for (uint32_t k = w + 1; k < mention.last; ++k) {
        key = ExtendNameHash(key, text.words[k].hash, false);
      }
      holders.try_emplace(key, index);
    }
  }
  for (size_t i = 0; i < groups_.size(); ++i) {
    Group& group = groups_[i];
    if (group.same_as >= 0) continue;
    const auto found = holders.find(group.key);
    if (found == holders.end() || found->second == static_cast<int32_t>(i)) {
      continue;
    }
    const float rival = std::max(group.place, group.organization);
    if (rival >= 7 && (group.any_marks & kMarkTitle) == 0) continue;
    group.same_as = found->second;
    group.sense = Sense::kPerson;
  }
}

void NameTagger::AskPlaces(absl::string_view home) {
  questions_.clear();
  for (Group& group : groups_) {
    if (group.slot == nullptr || group.place <= 0 ||
        (group.sense != Sense::kPlace &&
         (group.any_marks & (kMarkPlaceCue | kMarkNested)) == 0)) {
      continue;
    }
    PlaceQuestion question;
    question.mentions = static_cast<float>(group.count);
    const NameMention& mention = mentions_[group.mention];
    for (const GazetteerSense& sense : gazetteer_->senses(*group.slot)) {
      if (IsPlace(gazetteer_->entry(sense.entry).kind) &&
          question.candidates.size() < kCandidatesMax &&
          SenseFits(sense, TextOf(mention), mention.first, mention.last)) {
        question.candidates.push_back(sense.entry);
      }
    }
    if (question.candidates.empty()) continue;
    group.question = static_cast<int32_t>(questions_.size());
    questions_.push_back(std::move(question));
  }
  // "Paris, Texas"
  for (size_t i = 0; i + 1 < mentions_.size(); ++i) {
    const NameMention& one = mentions_[i];
    const NameMention& next = mentions_[i + 1];
    const Group& inner = groups_[group_of_[i]];
    const Group& outer = groups_[group_of_[i + 1]];
    if (one.text_index == next.text_index && one.last == next.first &&
        inner.question >= 0 && outer.question >= 0 &&
        inner.question != outer.question &&
        GapBefore(TextOf(one), next.first) == GapKind::kComma &&
        questions_[inner.question].area < 0) {
      questions_[inner.question].area = outer.question;
    }
  }
  ResolvePlaces(*gazetteer_, home, absl::MakeSpan(questions_));
}

// The sense of one mention: its group's, unless it clearly differs.
NameTagger::Sense NameTagger::SenseOf(const NameMention& mention) const {
  const Group& group = groups_[group_of_[&mention - mentions_.data()]];
  if ((mention.marks & kMarkTitle) != 0 && mention.place < 7) {
    return Sense::kPerson;
  }
  if ((mention.marks & kMarkNested) != 0) {
    return group.question >= 0 ? Sense::kPlace : Sense::kNone;
  }
  if ((mention.marks & kMarkScore) != 0 && group.sense != Sense::kOther &&
      group.place < 7) {
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

void NameTagger::Collect() {
  names_.clear();
  name_by_key_.clear();
  for (const NameMention& mention : mentions_) {
    const Sense sense = SenseOf(mention);
    if (sense != Sense::kNone) AddMention(mention, sense);
  }
}

uint32_t NameTagger::EntryOf(const Group& group, Sense sense) const {
  if (sense == Sense::kPlace) {
    return group.question < 0 ? kNoEntry : questions_[group.question].answer;
  }
  if (group.slot == nullptr) return kNoEntry;
  const NameMention& mention = mentions_[group.mention];
  for (const GazetteerSense& option : gazetteer_->senses(*group.slot)) {
    const NameKind kind = gazetteer_->entry(option.entry).kind;
    const bool fits = sense == Sense::kPerson ? kind == NameKind::kPerson
                      : sense == Sense::kOrganization
                          ? kind == NameKind::kOrganization
                          : kind > NameKind::kOrganization;
    if (fits &&
        SenseFits(option, TextOf(mention), mention.first, mention.last)) {
      return option.entry;
    }
  }
  return kNoEntry;
}

FoundName NameTagger::MakeName(const Group& group, const NameMention& mention,
                               Sense sense) const {
  FoundName name;
  name.place = sense == Sense::kPlace;
  name.demonym = name.place && (mention.marks & kMarkDemonym) != 0;
  name.entry = EntryOf(group, sense);
  name.via = name.entry != kNoEntry ? "gazetteer" : mention.via;
  name.person = group.person;
  name.organization = group.organization;
  name.location = group.place;
  name.other = group.other;
  if (name.entry != kNoEntry) {
    const GazetteerEntry& entry = gazetteer_->entry(name.entry);
    name.kind = entry.kind;
    name.id = std::string(gazetteer_->text(entry.id));
    name.name = gazetteer_->text(entry.name);
  } else {
    const NameMention& full = mentions_[group.mention];
    name.name = TextOf(full).text.substr(full.begin, full.end - full.begin);
    name.kind = sense == Sense::kPerson         ? NameKind::kPerson
                : sense == Sense::kOrganization ? NameKind::kOrganization
                : sense == Sense::kPlace        ? NameKind::kFeature
                                                : group.kind;
    if (!name.place) name.id = absl::StrCat("x:", Slug(name.name));
  }
  const float best = std::max(
      {group.person, group.organization, group.place, group.other, 0.1f});
  name.confidence = std::min(0.99f, 0.5f + best / 20);
  if (name.place && group.question >= 0) {
    name.margin = questions_[group.question].margin;
    name.confidence =
        std::min(name.confidence, 0.5f + std::min(name.margin, 2.5f) / 5);
  }
  return name;
}

void NameTagger::AddMention(const NameMention& mention, Sense sense) {
  const uint32_t own = group_of_[&mention - mentions_.data()];
  uint32_t root = own;
  if (groups_[own].same_as >= 0 && sense != Sense::kPlace) {
    root = static_cast<uint32_t>(groups_[own].same_as);
  }
  const Group& group = groups_[root];
  FoundName name = MakeName(group, mention, sense);
  // One thing is one entry, or one group; a place once for each role.
  const uint64_t key =
      (name.entry != kNoEntry ? uint64_t{1} << 40 | name.entry : root) << 2 |
      static_cast<uint64_t>(name.demonym) << 1 | (name.place ? 1 : 0);
  const auto [found, added] =
      name_by_key_.try_emplace(key, static_cast<uint32_t>(names_.size()));
  if (added) names_.push_back(std::move(name));
  names_[found->second].spans.push_back(
      {mention.text_index, mention.begin, mention.end});
}

// Orders spans, and rates how much the article is about each name.
void NameTagger::Finish() {
  const auto before = [](const NameSpan& a, const NameSpan& b) {
    return a.text != b.text ? a.text < b.text : a.begin < b.begin;
  };
  for (FoundName& name : names_) {
    std::sort(name.spans.begin(), name.spans.end(), before);
    const auto same = [](const NameSpan& a, const NameSpan& b) {
      return a.text == b.text && a.begin == b.begin && a.end == b.end;
    };
    name.spans.erase(std::unique(name.spans.begin(), name.spans.end(), same),
                     name.spans.end());
    const NameSpan& first = name.spans.front();
    float score = 18 * std::log2(1 + static_cast<float>(name.spans.size()));
    if (first.text == 0) score += 25;
    const float size = static_cast<float>(texts_[1].text.size()) + 1;
    score += first.text == 0 ? 12 : 12 * (1 - first.begin / size);
    name.relevance = static_cast<int32_t>(std::min(100.0f, score));
  }
  std::stable_sort(names_.begin(), names_.end(),
                   [&](const FoundName& a, const FoundName& b) {
                     return before(a.spans.front(), b.spans.front());
                   });
}

}  // namespace wiredesk
