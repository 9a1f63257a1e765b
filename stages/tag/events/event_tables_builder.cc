// The lines of the tables, read one by one. Tested by event_tables_test.cc.

#include "stages/tag/events/event_tables_builder.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "stages/tag/events/function_words.h"
#include "stages/tag/events/word_forms.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

constexpr size_t kLinesMax = 100000;

constexpr std::array<absl::string_view, 16> kClasses = {
    "AGREE",    "CONSULT",  "SUPPORT", "CONCEDE", "COOPERATE", "AID",
    "RETREAT",  "REQUEST",  "ACCUSE",  "REJECT",  "THREATEN",  "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE",  "ASSAULT"};

absl::Status Bad(absl::string_view what) {
  return absl::InvalidArgumentError(what);
}

std::vector<absl::string_view> Words(absl::string_view text) {
  return absl::StrSplit(text, ' ', absl::SkipEmpty());
}

// What a file may hold of a word: one word in lower case.
bool IsOneWord(absl::string_view word) {
  std::vector<wiredesk::Word> words;
  SplitWords(word, words);
  return words.size() == 1 && words[0].length == word.size();
}

absl::string_view Dash(absl::string_view cell) {
  return cell == "-" ? absl::string_view() : cell;
}

}  // namespace

EventTablesBuilder::EventTablesBuilder() {
  tables_->verbs_.emplace_back();
  tables_->nouns_.emplace_back();
  tables_->sets_.emplace_back();
  tables_->sectors_.emplace_back();
  verb_patterns_.emplace_back();
  noun_patterns_.emplace_back();
  AddFunctionWords();
}

EventWord& EventTablesBuilder::Word(absl::string_view text) {
  return words_[HashWord(text)];
}

absl::string_view EventTablesBuilder::Keep(absl::string_view text) {
  for (const std::string& one : tables_->texts_) {
    if (one == text) return one;
  }
  return tables_->texts_.emplace_back(text);
}

void EventTablesBuilder::AddFunctionWords() {
  for (const FunctionWords& words : AllFunctionWords()) {
    for (const absl::string_view text : Words(words.words)) {
      EventWord& word = Word(text);
      word.classes |= words.classes;
      word.forms |= words.forms;
    }
  }
  for (const absl::string_view text : EventPrepositions()) {
    EventWord& word = Word(text);
    word.preposition = EventPreposition(text);
    word.classes |= text == "to" ? kEventTo : kEventPreposition;
  }
}

absl::Status EventTablesBuilder::AddFile(const EventTableFile& file) {
  size_t number = 0;
  for (absl::string_view line : absl::StrSplit(file.content, '\n')) {
    if (++number > kLinesMax) {
      return Bad(absl::StrCat(file.name, " has more than ", kLinesMax,
                              " lines; split the table"));
    }
    line = absl::StripTrailingAsciiWhitespace(line);
    if (line.empty() || line[0] == '#') continue;
    const std::vector<absl::string_view> cells = absl::StrSplit(line, '\t');
    const std::string where = absl::StrCat(file.name, ":", number);
    const absl::Status added = AddLine(cells, where);
    if (!added.ok()) return Bad(absl::StrCat(where, ": ", added.message()));
  }
  return absl::OkStatus();
}

absl::Status EventTablesBuilder::AddLine(Cells cells, absl::string_view where) {
  const absl::string_view kind = cells[0];
  if (kind == "verb" || kind == "noun") {
    if (cells.size() != 8) {
      return Bad(absl::StrCat(
          "a ", kind, " has 8 cells (", kind,
          ", word, object, class, mode, CAMEO, actors, recipients); found ",
          cells.size()));
    }
    pattern_lines_.push_back(
        {std::string(where), {cells.begin(), cells.end()}});
    return absl::OkStatus();
  }
  if (cells.size() != 3) {
    return Bad(absl::StrCat("expected 3 cells with tabs between, found ",
                            cells.size()));
  }
  if (kind == "set") return AddSet(cells);
  if (kind == "party") return AddParty(cells);
  if (kind == "organization") return AddOrganizations(cells);
  if (kind == "verbs") return AddVerbs(cells);
  if (kind == "irregular") return AddIrregular(cells);
  if (kind == "context") return AddContext(cells);
  return Bad(absl::StrCat(
      "\"", kind,
      "\" is not a kind of line; expected set, party, organization, verbs, "
      "irregular, context, verb or noun"));
}

absl::Status EventTablesBuilder::NewSet(absl::string_view name,
                                        size_t& number) {
  number = tables_->set_names_.size();
  if (number >= kWordSetsMax) {
    return Bad(absl::StrCat("there are more than ", kWordSetsMax,
                            " sets and lists of words; name a list that "
                            "stands in several patterns as one set"));
  }
  tables_->set_names_.emplace(name, number);
  return absl::OkStatus();
}

void EventTablesBuilder::AddToSet(absl::string_view word, size_t set) {
  word_sets_[HashWord(word)].Add(set);
  word_sets_[HashWord(PluralOf(word))].Add(set);
}

absl::Status EventTablesBuilder::AddSet(Cells cells) {
  if (!absl::StartsWith(cells[1], "&")) {
    return Bad(absl::StrCat("the name of a set begins with &; found \"",
                            cells[1], "\""));
  }
  size_t number = 0;
  const auto known = tables_->set_names_.find(cells[1]);
  if (known != tables_->set_names_.end()) {
    number = known->second;
  } else if (const absl::Status made = NewSet(cells[1], number); !made.ok()) {
    return made;
  }
  for (const absl::string_view word : Words(cells[2])) {
    if (!IsOneWord(word)) {
      return Bad(absl::StrCat("\"", word, "\" is not one word"));
    }
    AddToSet(word, number);
  }
  return absl::OkStatus();
}

absl::Status EventTablesBuilder::AddParty(Cells cells) {
  uint8_t sector = tables_->SectorNumber(cells[1]);
  if (sector == 0) {
    if (tables_->sectors_.size() > 250)
      return Bad("there are too many sectors");
    sector = static_cast<uint8_t>(tables_->sectors_.size());
    tables_->sectors_.emplace_back(cells[1]);
  }
  for (const absl::string_view text : Words(cells[2])) {
    if (!IsOneWord(text)) {
      return Bad(absl::StrCat("\"", text, "\" is not one word"));
    }
    const std::string plural = PluralOf(text);
    for (const absl::string_view form : {text, absl::string_view(plural)}) {
      EventWord& word = Word(form);
      if (word.sector == 0) word.sector = sector;
      word.classes |= kEventParty;
      if (form != text) word.classes |= kEventPartyPlural;
      contexts_[HashWord(form)] |= kContextParty;
    }
  }
  return absl::OkStatus();
}

absl::Status EventTablesBuilder::AddOrganizations(Cells cells) {
  uint8_t sector = tables_->SectorNumber(cells[1]);
  if (sector == 0) {
    return Bad(absl::StrCat("\"", cells[1],
                            "\" is not the sector of a party line above"));
  }
  for (const absl::string_view id : Words(cells[2])) {
    tables_->organizations_.emplace(id, sector);
  }
  return absl::OkStatus();
}

uint16_t EventTablesBuilder::VerbNumber(absl::string_view lemma) {
  const auto [at, added] = verb_numbers_.try_emplace(
      lemma, static_cast<uint16_t>(tables_->verbs_.size()));
  if (!added) return at->second;
  tables_->verbs_.emplace_back();
  verb_patterns_.emplace_back();
  if (lemma == "be" || lemma == "have" || lemma == "do") {
    // Their forms are function words.
    if (lemma == "be") tables_->be_ = at->second;
    if (lemma == "have") tables_->have_ = at->second;
    return at->second;
  }
  VerbForms forms = RegularVerbForms(lemma);
  if (const auto odd = irregular_.find(lemma); odd != irregular_.end()) {
    forms.past = odd->second.first;
    forms.participle = odd->second.second;
  }
  const std::pair<absl::string_view, uint8_t> all[] = {
      {lemma, kFormBase},
      {forms.third, kFormThird},
      {forms.past, kFormPast},
      {forms.participle, kFormParticiple},
      {forms.ing, kFormIng}};
  for (const auto& [text, form] : all) {
    EventWord& word = Word(text);
    if (word.verb != 0 && word.verb != at->second) continue;
    word.verb = at->second;
    word.forms |= form;
  }
  return at->second;
}

uint16_t EventTablesBuilder::NounNumber(absl::string_view noun) {
  const auto [at, added] = noun_numbers_.try_emplace(
      noun, static_cast<uint16_t>(tables_->nouns_.size()));
  if (!added) return at->second;
  tables_->nouns_.emplace_back();
  noun_patterns_.emplace_back();
  const std::string plural = PluralOf(noun);
  for (const absl::string_view form : {noun, absl::string_view(plural)}) {
    EventWord& word = Word(form);
    word.noun = at->second;
    word.classes |= kEventNounToo;
  }
  return at->second;
}

absl::Status EventTablesBuilder::AddVerbs(Cells cells) {
  static constexpr std::pair<absl::string_view, EventAspect> kAspects[] = {
      {"plain", EventAspect::kNone},
      {"speech", EventAspect::kNone},
      {"actual", EventAspect::kActual},
      {"planned", EventAspect::kPlanned},
      {"intended", EventAspect::kIntended},
      {"hypothetical", EventAspect::kHypothetical},
      {"denied", EventAspect::kDenied}};
  const auto* const aspect =
      std::find_if(std::begin(kAspects), std::end(kAspects),
                   [&](const auto& one) { return one.first == cells[1]; });
  const bool nouns = cells[1] == "nouns-too";
  if (aspect == std::end(kAspects) && !nouns) {
    return Bad(absl::StrCat(
        "\"", cells[1],
        "\" is not a kind of verbs; expected plain, "
        "speech, actual, planned, intended, hypothetical, denied or "
        "nouns-too"));
  }
  for (const absl::string_view text : Words(cells[2])) {
    if (!IsOneWord(text)) {
      return Bad(absl::StrCat("\"", text, "\" is not one word"));
    }
    if (nouns) {
      Word(text).classes |= kEventNounToo;
      Word(PluralOf(text)).classes |= kEventNounToo;
      continue;
    }
    EventVerb& verb = tables_->verbs_[VerbNumber(text)];
    if (aspect->second != EventAspect::kNone) verb.aspect = aspect->second;
    if (cells[1] == "speech") verb.speech = true;
  }
  return absl::OkStatus();
}

absl::Status EventTablesBuilder::AddIrregular(Cells cells) {
  const std::vector<absl::string_view> forms = Words(cells[2]);
  if (forms.size() != 2) {
    return Bad(
        "an irregular verb has its past and its participle in the third cell");
  }
  if (verb_numbers_.contains(cells[1])) {
    return Bad(absl::StrCat("the forms of \"", cells[1],
                            "\" stand below its first use; put them above"));
  }
  irregular_[cells[1]] = {std::string(forms[0]), std::string(forms[1])};
  return absl::OkStatus();
}

absl::Status EventTablesBuilder::AddContext(Cells cells) {
  const uint8_t bit = cells[1] == "sport"     ? kContextSport
                      : cells[1] == "fiction" ? kContextFiction
                                              : 0;
  if (bit == 0) {
    return Bad(absl::StrCat("\"", cells[1],
                            "\" is not a context; expected sport or fiction"));
  }
  for (const absl::string_view word : Words(cells[2])) {
    contexts_[HashWord(word)] |= bit;
    contexts_[HashWord(PluralOf(word))] |= bit;
  }
  return absl::OkStatus();
}

absl::Status EventTablesBuilder::AddPatterns() {
  for (const PatternLine& line : pattern_lines_) {
    const absl::Status added = AddPattern(line);
    if (!added.ok()) {
      return Bad(absl::StrCat(line.where, ": ", added.message()));
    }
  }
  return absl::OkStatus();
}

absl::Status EventTablesBuilder::AddPattern(const PatternLine& line) {
  const bool is_verb = line.cells[0] == "verb";
  const std::vector<absl::string_view> words = Words(line.cells[1]);
  if (words.empty() || words.size() > 2 || !IsOneWord(words[0]) ||
      !IsOneWord(words.back())) {
    return Bad(absl::StrCat("\"", line.cells[1],
                            "\" is not a word, or a word and the one behind"));
  }
  EventPattern pattern;
  if (words.size() == 2) pattern.particle = HashWord(words[1]);
  absl::Status read = ReadObject(line.cells[2], pattern);
  if (!read.ok()) return read;
  const absl::string_view event_class = Dash(line.cells[3]);
  if (!event_class.empty() && std::find(kClasses.begin(), kClasses.end(),
                                        event_class) == kClasses.end()) {
    return Bad(absl::StrCat("\"", event_class,
                            "\" is not a PLOVER class; expected - or one of ",
                            absl::StrJoin(kClasses, " ")));
  }
  pattern.event_class = Keep(event_class);
  pattern.mode = Keep(Dash(line.cells[4]));
  pattern.cameo = Keep(Dash(line.cells[5]));
  read = ReadSlot(line.cells[6], pattern.actors);
  if (read.ok()) read = ReadSlot(line.cells[7], pattern.recipients);
  if (!read.ok()) return read;
  if (is_verb) {
    // "be" and "have" are function words, but may carry a pattern.
    verb_patterns_[VerbNumber(words[0])].push_back(pattern);
  } else {
    noun_patterns_[NounNumber(words[0])].push_back(pattern);
  }
  return absl::OkStatus();
}

absl::Status EventTablesBuilder::ReadObject(absl::string_view cell,
                                            EventPattern& pattern) {
  if (cell == "-") return absl::OkStatus();
  for (const absl::string_view condition : Words(cell)) {
    const absl::Status read = ReadCondition(condition, pattern);
    if (!read.ok()) return read;
  }
  return absl::OkStatus();
}

absl::Status EventTablesBuilder::ReadCondition(absl::string_view text,
                                               EventPattern& pattern) {
  if (text == "party") {
    pattern.party_object = true;
  } else if (text == "object") {
    pattern.some_object = true;
  } else if (text == "none") {
    pattern.no_object = true;
  } else if (text == "passive") {
    pattern.passive = true;
  } else if (text == "to") {
    pattern.infinitive = true;
  } else if (text == "that") {
    pattern.clause = true;
  } else if (const size_t colon = text.find(':');
             colon != absl::string_view::npos) {
    const uint8_t preposition = EventPreposition(text.substr(0, colon));
    if (preposition == 0) {
      return Bad(absl::StrCat("\"", text.substr(0, colon),
                              "\" is not a preposition that is known"));
    }
    if (pattern.preposition != 0) {
      return Bad("a pattern asks for one preposition at most");
    }
    pattern.preposition = PrepositionBit(preposition);
    if (text.substr(colon + 1) != "*") {
      return ReadWords(text.substr(colon + 1), pattern.behind);
    }
  } else {
    return ReadWords(text, pattern.object);
  }
  return absl::OkStatus();
}

absl::Status EventTablesBuilder::ReadWords(absl::string_view text,
                                           WordSets& sets) {
  const auto known = tables_->set_names_.find(text);
  if (known != tables_->set_names_.end()) {
    sets.Add(known->second);
    return absl::OkStatus();
  }
  if (absl::StartsWith(text, "&")) {
    return Bad(absl::StrCat("there is no set \"", text, "\""));
  }
  size_t number = 0;
  const absl::Status made = NewSet(text, number);
  if (!made.ok()) return made;
  for (const absl::string_view word : absl::StrSplit(text, ',')) {
    if (!IsOneWord(word)) {
      return Bad(absl::StrCat("\"", word, "\" is not one word"));
    }
    AddToSet(word, number);
  }
  sets.Add(number);
  return absl::OkStatus();
}

absl::Status EventTablesBuilder::ReadSlot(absl::string_view cell,
                                          EventSlot& slot) {
  if (cell == "-") return absl::OkStatus();
  if (absl::EndsWith(cell, "?")) {
    slot.optional = true;
    cell.remove_suffix(1);
  }
  if (const size_t colon = cell.find(':'); colon != absl::string_view::npos) {
    static constexpr std::pair<absl::string_view, PartyKind> kKinds[] = {
        {"armed", PartyKind::kArmed},   {"forces", PartyKind::kForces},
        {"civil", PartyKind::kCivil},   {"official", PartyKind::kOfficial},
        {"state", PartyKind::kState},   {"place", PartyKind::kPlace},
        {"public", PartyKind::kPublic}, {"people", PartyKind::kPeople}};
    const absl::string_view name = cell.substr(colon + 1);
    const auto* const kind =
        std::find_if(std::begin(kKinds), std::end(kKinds),
                     [&](const auto& one) { return one.first == name; });
    if (kind == std::end(kKinds)) {
      return Bad(absl::StrCat(
          "\"", name,
          "\" is not a kind of party; expected armed, "
          "forces, civil, official, state, place, public or people"));
    }
    slot.kind = kind->second;
    cell = cell.substr(0, colon);
  }
  for (const absl::string_view name : absl::StrSplit(cell, '|')) {
    if (name == "subject") {
      slot.subject = true;
    } else if (name == "object") {
      slot.object = true;
    } else if (name == "owner") {
      slot.owner = true;
    } else if (name == "together") {
      slot.together = true;
    } else if (name == "speaker") {
      slot.speaker = true;
    } else if (name == "clause") {
      slot.clause = true;
    } else if (name == "inner") {
      slot.inner = true;
    } else if (name == "pair") {
      slot.pair = true;
    } else if (const uint8_t number = EventPreposition(name); number != 0) {
      if (!slot.object) slot.prepositions_first = true;
      slot.prepositions |= PrepositionBit(number);
    } else {
      return Bad(absl::StrCat("\"", name,
                              "\" is not a place of a party; expected subject, "
                              "object, owner, together, speaker, clause, pair, "
                              "inner or a preposition"));
    }
  }
  return absl::OkStatus();
}

}  // namespace wiredesk
