// Sentences, the events in them, and which of these are one.
//
// Tested by event_finder_test.cc; fuzzed by events_fuzz.cc.

#include "stages/tag/events/event_finder.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace wiredesk {
namespace {

// Years that an event may be older than its article.
constexpr int kYearsBack = 2;

// Countries of an article among which that of an office is looked up.
constexpr size_t kCountriesMax = 64;

// Bytes before a sentence in which the one before is read again.
constexpr uint32_t kSentenceBefore = 400;

bool IsSpaceOrMark(char c) {
  return c == ' ' || c == '"' || c == '\'' || c == ')' || c == '\n' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Whether a sentence ends in the gap before the word.
bool EndsSentence(absl::string_view gap, const Word& word, const Word& last,
                  const EventTables& tables) {
  bool stop = false;
  bool hard = false;
  for (size_t i = 0; i < gap.size(); ++i) {
    if (gap[i] == '\n') return true;
    if (gap[i] == '!' || gap[i] == '?') hard = true;
    if (gap[i] == '.' && i + 1 < gap.size() && IsSpaceOrMark(gap[i + 1])) {
      stop = true;
    }
  }
  if (hard) return true;
  if (!stop || (word.flags & (kWordCapital | kWordDigits)) == 0) return false;
  if (last.length == 1 && (last.flags & kWordCapital) != 0) {
    // "J. Smith", "U.S. troops"; but "in the U.S. The".
    const EventWord* const next = tables.Find(word.hash);
    return next != nullptr &&
           (next->classes & (kEventDeterminer | kEventPronoun)) != 0;
  }
  const EventWord* const before = tables.Find(last.hash);
  return before == nullptr || (before->classes & kEventAbbreviation) == 0;
}

bool SameParty(const Party& a, const Party& b, absl::string_view text_a,
               absl::string_view text_b) {
  if (a.entity >= 0 && b.entity >= 0) return a.entity == b.entity;
  if (a.place >= 0 && b.place >= 0) {
    // "Turkey" may be its troops, but its police is not its students.
    return a.place == b.place &&
           (a.sector == b.sector || a.sector == 0 || b.sector == 0);
  }
  if (a.entity >= 0 || b.entity >= 0 || a.place >= 0 || b.place >= 0) {
    return false;
  }
  return text_a == text_b;
}

// Whether all of the fewer are among the more.
bool Covers(const std::vector<Party>& a, const std::vector<Party>& b,
            absl::string_view text_a, absl::string_view text_b) {
  const auto& few = a.size() <= b.size() ? a : b;
  const auto& many = a.size() <= b.size() ? b : a;
  const absl::string_view few_text = a.size() <= b.size() ? text_a : text_b;
  const absl::string_view many_text = a.size() <= b.size() ? text_b : text_a;
  return std::all_of(few.begin(), few.end(), [&](const Party& one) {
    return std::any_of(many.begin(), many.end(), [&](const Party& other) {
      return SameParty(one, other,
                       few_text.substr(one.begin, one.end - one.begin),
                       many_text.substr(other.begin, other.end - other.begin));
    });
  });
}

// Where the question begins that the sentence of bytes [begin, end) is or ends
// with, `end` where it is none: `How many left?`, `She asked, "Who left?"`.
uint32_t QuestionFrom(absl::string_view text, uint32_t begin, uint32_t end) {
  const absl::string_view rest = text.substr(end, 5);
  const size_t mark = rest.find('?');
  if (mark == absl::string_view::npos ||
      rest.substr(0, mark).find_first_of(".!\n") != absl::string_view::npos) {
    return end;
  }
  const absl::string_view sentence = text.substr(begin, end - begin);
  const bool straight = absl::StartsWith(rest.substr(mark + 1), "\"");
  const bool curly = absl::StartsWith(rest.substr(mark + 1), "\xE2\x80\x9D");
  if (!straight && !curly) return begin;
  const size_t quote = sentence.rfind(straight ? "\"" : "\xE2\x80\x9C");
  if (quote == absl::string_view::npos) return begin;
  return begin + static_cast<uint32_t>(quote);
}

bool IsMutual(absl::string_view name) {
  return name == "AGREE" || name == "CONSULT" || name == "COOPERATE";
}

}  // namespace

EventFinder::EventFinder(std::shared_ptr<const EventTables> tables)
    : tables_(std::move(tables)), sentence_(*tables_) {}

absl::Span<const FoundEvent> EventFinder::Find(const EventInput& input) {
  found_.clear();
  sport_ = fiction_ = words_ = 0;
  NameEntities(input);
  for (const Field field : {Field::kHeadline, Field::kBody}) {
    CollectNames(input, field);
    before_ = EventContextBefore();
    ReadField(input, field);
  }
  DropPlays();
  return found_;
}

// What the record knows of its entities: of what sector, and of which country.
void EventFinder::NameEntities(const EventInput& input) {
  place_ids_.clear();
  same_place_.clear();
  for (size_t i = 0; i < input.places.size(); ++i) {
    const auto index = static_cast<uint32_t>(i);
    const absl::string_view id = input.places[i].id;
    same_place_.push_back(
        id.empty() ? index : place_ids_.try_emplace(id, index).first->second);
  }
  countries_.clear();
  for (size_t i = 0; i < input.places.size(); ++i) {
    if (countries_.size() < kCountriesMax &&
        input.places[i].type == "country") {
      countries_.push_back(static_cast<uint32_t>(i));
    }
  }
  known_.clear();
  for (size_t i = 0; i < input.entities.size(); ++i) {
    const Entity& entity = input.entities[i];
    KnownEntity& known = known_.emplace_back();
    if (entity.type == "person") known.kind = KnownEntity::kPerson;
    if (entity.type == "organization") known.kind = KnownEntity::kOrganization;
    known.name = entity.name;
    known.sector = tables_->OrganizationSector(entity.id);
    const bool office =
        std::any_of(entity.links.begin(), entity.links.end(),
                    [](const Link& link) { return link.scheme == "office"; });
    if (known.kind != KnownEntity::kPerson || !office) continue;
    known.sector = tables_->SectorNumber("government");
    if (i >= input.entity_countries.size()) continue;
    const absl::string_view country = input.entity_countries[i];
    const auto place = std::find_if(
        countries_.begin(), countries_.end(),
        [&](uint32_t index) { return input.places[index].country == country; });
    if (!country.empty() && place != countries_.end()) {
      known.place = static_cast<int32_t>(*place);
    }
  }
}

// The names and dates of a field in order; of two that overlap the first and
// longer.
void EventFinder::CollectNames(const EventInput& input, Field field) {
  names_.clear();
  const auto add = [&](const Mention& at, NamedSpan::Kind kind, size_t index) {
    if (at.field != field || names_.size() >= kEventNamesMax) return;
    names_.push_back({at.begin, at.end, kind, static_cast<uint32_t>(index),
                      kind == NamedSpan::kEntity &&
                          input.entities[index].type == "agreement"});
  };
  for (size_t i = 0; i < input.entities.size(); ++i) {
    for (const Mention& at : input.entities[i].mentions) {
      add(at, NamedSpan::kEntity, i);
    }
  }
  for (size_t i = 0; i < input.places.size(); ++i) {
    const auto kind = input.places[i].role == "demonym" ? NamedSpan::kDemonym
                                                        : NamedSpan::kPlace;
    for (const Mention& at : input.places[i].mentions) {
      add(at, kind, same_place_[i]);
    }
  }
  for (size_t i = 0; i < input.dates.size(); ++i) {
    add(input.dates[i].mention, NamedSpan::kDate, i);
  }
  std::sort(names_.begin(), names_.end(),
            [](const NamedSpan& a, const NamedSpan& b) {
              if (a.begin != b.begin) return a.begin < b.begin;
              if (a.end != b.end) return a.end > b.end;
              return a.kind != b.kind ? a.kind < b.kind : a.index < b.index;
            });
  size_t kept = 0;
  for (const NamedSpan& name : names_) {
    if (kept > 0 && name.begin < names_[kept - 1].end) continue;
    names_[kept++] = name;
  }
  names_.resize(kept);
  next_name_ = 0;
}

void EventFinder::ReadField(const EventInput& input, Field field) {
  const bool headline = field == Field::kHeadline;
  const absl::string_view text = headline ? input.headline : input.body;
  const absl::Span<const Word> words =
      headline ? input.headline_words : input.body_words;
  words_ += words.size();
  size_t begin = 0;
  bool triggered = false;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) {
      const uint32_t end = words[i - 1].begin + words[i - 1].length;
      const uint32_t gap = words[i].begin - end;
      const bool plain = gap == 1 && text[end] == ' ';
      if (!plain && gap > 1 &&
          EndsSentence(text.substr(end, gap), words[i], words[i - 1],
                       *tables_)) {
        if (triggered) ReadSentence(input, field, begin, i);
        Remember(words, begin, i);
        begin = i;
        triggered = false;
      }
    }
    const uint8_t context = tables_->Context(words[i].hash);
    // The bit is also that of many words which share its place.
    if (!triggered && (context & kContextTrigger) != 0) {
      triggered = tables_->IsTrigger(words[i].hash);
    }
    sport_ += (context & kContextSport) != 0 ? 1 : 0;
    fiction_ += (context & kContextFiction) != 0 ? 1 : 0;
  }
  if (triggered) ReadSentence(input, field, begin, words.size());
}

// Whom "he" or "she" of the next sentence means: the one person of this one,
// or who was meant before where there is none.
void EventFinder::Remember(absl::Span<const Word> words, size_t begin,
                           size_t end) {
  const uint32_t from = words[begin].begin;
  const uint32_t to = words[end - 1].begin + words[end - 1].length;
  while (next_name_ < names_.size() && names_[next_name_].end <= from) {
    ++next_name_;
  }
  int32_t person = -1;
  bool several = false;
  for (size_t n = next_name_; n < names_.size() && names_[n].begin < to; ++n) {
    if (names_[n].kind != NamedSpan::kEntity) continue;
    const auto index = static_cast<int32_t>(names_[n].index);
    if (known_[index].kind != KnownEntity::kPerson) continue;
    several = several || (person >= 0 && person != index);
    person = index;
  }
  if (person >= 0) before_.person = several ? -1 : person;
}

// The two that the sentence before joins: "between X and Y". `next_name_` is
// the first name behind `end`.
void EventFinder::FindPair(absl::string_view text, uint32_t begin,
                           uint32_t end) {
  absl::string_view stretch = text.substr(begin, end - begin);
  const size_t between = stretch.rfind("between ");
  if (between == absl::string_view::npos ||
      stretch.find('\n', between) != absl::string_view::npos) {
    return;
  }
  uint32_t at = begin + static_cast<uint32_t>(between) + 8;
  size_t first = next_name_;
  while (first > 0 && names_[first - 1].begin >= at) --first;
  for (size_t n = first; n < next_name_ && before_.pair.size() < 2; ++n) {
    const NamedSpan& name = names_[n];
    if (name.kind == NamedSpan::kDate || name.begin < at) break;
    const absl::string_view gap = text.substr(at, name.begin - at);
    const bool joins = before_.pair.empty()
                           ? gap.empty() || gap == "the "
                           : gap == " and " || gap == " and the ";
    if (!joins) break;
    Party party;
    party.begin = name.begin;
    party.end = name.end;
    (name.kind == NamedSpan::kEntity ? party.entity : party.place) =
        static_cast<int32_t>(name.index);
    before_.pair.push_back(party);
    at = name.end;
  }
  if (before_.pair.size() < 2) before_.pair.clear();
}

void EventFinder::ReadSentence(const EventInput& input, Field field,
                               size_t begin, size_t end) {
  const bool headline = field == Field::kHeadline;
  const absl::string_view text = headline ? input.headline : input.body;
  const absl::Span<const Word> words =
      headline ? input.headline_words : input.body_words;
  const uint32_t from = words[begin].begin;
  const uint32_t to = words[end - 1].begin + words[end - 1].length;
  while (next_name_ < names_.size() && names_[next_name_].end <= from) {
    ++next_name_;
  }
  if (!sentence_.Read(text, words.subspan(begin, end - begin), names_,
                      next_name_)) {
    return;
  }
  before_.pair.clear();
  const auto asks_pair = [&](const Chunk& chunk) {
    return chunk.kind == ChunkKind::kVerb &&
           tables_->verb(chunk.verb).asks_pair;
  };
  if (std::any_of(sentence_.chunks().begin(), sentence_.chunks().end(),
                  asks_pair)) {
    FindPair(text, from > kSentenceBefore ? from - kSentenceBefore : 0, from);
  }
  tellings_.clear();
  const PartyReader parties(sentence_, names_, known_);
  EventMatcher matcher(sentence_, parties);
  matcher.Match(before_, tellings_);
  const uint32_t asked = QuestionFrom(text, from, to);
  for (EventTelling& telling : tellings_) {
    if (telling.trigger_begin >= asked) continue;
    Keep(input, field, from, to, telling);
  }
}

namespace {

// Whether byte `at` lies in one of the parties.
bool IsAmong(const std::vector<Party>& parties, uint32_t at) {
  return std::any_of(parties.begin(), parties.end(), [at](const Party& one) {
    return one.begin <= at && at < one.end;
  });
}

// Whether what stands before a place says that something happened there.
bool SaysWhere(absl::string_view before) {
  return absl::EndsWith(before, "in ") || absl::EndsWith(before, "at ") ||
         absl::EndsWith(before, "near ");
}

}  // namespace

// The date and the place that the clause names, else the sentence.
void EventFinder::SetTimeAndPlace(const EventInput& input, Field field,
                                  uint32_t begin, uint32_t end,
                                  FoundEvent& event) const {
  const EventTelling& telling = event.telling;
  const absl::string_view text =
      field == Field::kHeadline ? input.headline : input.body;
  for (size_t n = next_name_; n < names_.size() && names_[n].begin < end; ++n) {
    const NamedSpan& name = names_[n];
    if (name.begin < begin) continue;
    // "agreed on Monday to meet in Rome in May": neither of the agreement.
    if (name.begin >= telling.own_end && name.begin < telling.end) continue;
    const bool in_clause =
        name.begin >= telling.begin && name.begin <= telling.end + 24;
    if (name.kind == NamedSpan::kDate) {
      const DateExpression& date = input.dates[name.index];
      const bool day =
          date.type == DateType::kDate && !absl::EndsWith(date.value, "_REF");
      if (day && (event.date < 0 || in_clause)) {
        event.date = static_cast<int32_t>(name.index);
      }
    } else if (name.kind == NamedSpan::kPlace && event.place < 0 && in_clause &&
               SaysWhere(text.substr(0, name.begin)) &&
               !IsAmong(telling.actors, name.begin) &&
               !IsAmong(telling.recipients, name.begin)) {
      event.place = static_cast<int32_t>(name.index);
    }
  }
}

// Whether its date lies so far back that the article only recalls it.
bool EventFinder::IsHistory(const EventInput& input,
                            const FoundEvent& event) const {
  if (event.date < 0 || !input.published) return false;
  int year = 0;
  const absl::string_view value = input.dates[event.date].value;
  if (value.size() < 4 || !absl::SimpleAtoi(value.substr(0, 4), &year)) {
    return false;
  }
  return year + kYearsBack < input.published->year();
}

// Whether both tell of one event: the same class, day and parties, as far as
// they are told.
bool EventFinder::TellSame(const EventInput& input, const FoundEvent& known,
                           const FoundEvent& event) {
  const EventTelling& a = known.telling;
  const EventTelling& b = event.telling;
  if (a.event_class != b.event_class ||
      (a.realis == Realis::kDenied) != (b.realis == Realis::kDenied) ||
      (known.date >= 0 && event.date >= 0 &&
       input.dates[known.date].value != input.dates[event.date].value)) {
    return false;
  }
  const auto text_of = [&](const FoundEvent& one) {
    return one.trigger.field == Field::kHeadline ? input.headline : input.body;
  };
  const absl::string_view text_a = text_of(known);
  const absl::string_view text_b = text_of(event);
  bool same = Covers(a.actors, b.actors, text_a, text_b) &&
              Covers(a.recipients, b.recipients, text_a, text_b);
  if (!same && IsMutual(a.event_class)) {
    same = Covers(a.actors, b.recipients, text_a, text_b) &&
           Covers(a.recipients, b.actors, text_a, text_b);
  }
  // Where one side is not told, the word must be the same.
  const bool partial = a.actors.empty() != b.actors.empty() ||
                       a.recipients.empty() != b.recipients.empty();
  return same && !(partial && a.trigger != b.trigger);
}

// What `event` tells more of what is known.
void EventFinder::TellAgain(const FoundEvent& event, FoundEvent& known) {
  const EventTelling& a = known.telling;
  const EventTelling& b = event.telling;
  if (known.evidences.size() < kEvidencesMax) {
    known.evidences.push_back(event.evidences[0]);
  }
  const bool fuller = b.actors.size() + b.recipients.size() >
                      a.actors.size() + a.recipients.size();
  if (event.date >= 0 && known.date < 0) known.date = event.date;
  if (event.place >= 0 && known.place < 0) known.place = event.place;
  // What happened is more than what was planned.
  if (b.realis < a.realis) known.telling.realis = b.realis;
  if (fuller && known.trigger.field == event.trigger.field) {
    known.telling.actors = b.actors;
    known.telling.recipients = b.recipients;
  }
}

void EventFinder::Keep(const EventInput& input, Field field, uint32_t begin,
                       uint32_t end, EventTelling& telling) {
  FoundEvent event;
  event.telling = std::move(telling);
  SetTimeAndPlace(input, field, begin, end, event);
  if (IsHistory(input, event)) return;
  event.evidences.push_back({field, event.telling.begin, event.telling.end});
  event.trigger = {field, event.telling.trigger_begin,
                   event.telling.trigger_end};
  for (FoundEvent& known : found_) {
    if (TellSame(input, known, event)) {
      TellAgain(event, known);
      return;
    }
  }
  if (found_.size() < kEventsMax) found_.push_back(std::move(event));
}

// A report of a match or a film has other wars: only what people say to each
// other is kept of it.
void EventFinder::DropPlays() {
  const bool sport = sport_ >= 4 && sport_ * 100 >= words_;
  const bool fiction = fiction_ >= 4 && fiction_ * 100 >= words_;
  if (!sport && !fiction) return;
  found_.clear();
}

}  // namespace wiredesk
