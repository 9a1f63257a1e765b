// Gathers what the lines of the tables say; EventTables::Parse() calls it.

#ifndef WIREDESK_STAGES_TAG_EVENTS_EVENT_TABLES_BUILDER_H_
#define WIREDESK_STAGES_TAG_EVENTS_EVENT_TABLES_BUILDER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/events/event_tables.h"

namespace wiredesk {

class EventTablesBuilder {
 public:
  EventTablesBuilder();

  // Reads the sets, parties and lists of a file, and remembers its patterns.
  absl::Status AddFile(const EventTableFile& file);
  // Compiles the patterns, which may name any set of any file.
  absl::Status AddPatterns();
  std::shared_ptr<const EventTables> Build();

 private:
  using Cells = absl::Span<const absl::string_view>;
  struct PatternLine {
    std::string where;  // "verbs.tsv:12"
    std::vector<std::string> cells;
  };

  absl::Status AddLine(Cells cells, absl::string_view where);
  absl::Status AddSet(Cells cells);
  absl::Status AddParty(Cells cells);
  absl::Status AddOrganizations(Cells cells);
  absl::Status AddVerbs(Cells cells);
  absl::Status AddIrregular(Cells cells);
  absl::Status AddContext(Cells cells);
  void AddFunctionWords();

  absl::Status AddPattern(const PatternLine& line);
  absl::Status ReadCondition(absl::string_view text, EventPattern& pattern);
  absl::Status ReadObject(absl::string_view cell, EventPattern& pattern);
  absl::Status ReadSlot(absl::string_view cell, EventSlot& slot);
  // A set by its name ("&talks") or the words of a list ("talk,meeting").
  absl::Status ReadWords(absl::string_view text, WordSets& sets);
  absl::Status NewSet(absl::string_view name, size_t& number);
  void AddToSet(absl::string_view word, size_t set);

  EventWord& Word(absl::string_view text);
  uint16_t VerbNumber(absl::string_view lemma);
  uint16_t NounNumber(absl::string_view noun);
  // The text, kept as long as the tables.
  absl::string_view Keep(absl::string_view text);

  std::shared_ptr<EventTables> tables_ = std::make_shared<EventTables>();
  absl::flat_hash_map<uint64_t, EventWord> words_;
  absl::flat_hash_map<uint64_t, WordSets> word_sets_;
  absl::flat_hash_map<uint64_t, uint8_t> contexts_;
  absl::flat_hash_map<std::string, uint16_t> verb_numbers_;
  absl::flat_hash_map<std::string, uint16_t> noun_numbers_;
  absl::flat_hash_map<std::string, std::pair<std::string, std::string>>
      irregular_;
  std::vector<PatternLine> pattern_lines_;
  // Patterns of each verb, of each noun, in order.
  std::vector<std::vector<EventPattern>> verb_patterns_;
  std::vector<std::vector<EventPattern>> noun_patterns_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EVENTS_EVENT_TABLES_BUILDER_H_
