// Lays out what the builder gathered. Tested by event_tables_test.cc.

#include "stages/tag/events/event_tables.h"

#include <array>
#include <cstddef>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "stages/tag/events/event_tables_builder.h"

namespace wiredesk {
namespace {

template <size_t kSize>
bool Holds(const std::array<absl::string_view, kSize>& names,
           absl::string_view name) {
  for (const absl::string_view one : names) {
    if (one == name) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const EventTables>> EventTables::Parse(
    absl::Span<const EventTableFile> files) {
  EventTablesBuilder builder;
  for (const EventTableFile& file : files) {
    const absl::Status added = builder.AddFile(file);
    if (!added.ok()) return added;
  }
  const absl::Status added = builder.AddPatterns();
  if (!added.ok()) return added;
  return builder.Build();
}

std::shared_ptr<const EventTables> EventTablesBuilder::Build() {
  EventTables& tables = *tables_;
  const auto lay_out = [&](std::vector<std::vector<EventPattern>>& patterns,
                           std::vector<EventVerb>& owners) {
    for (size_t i = 0; i < patterns.size(); ++i) {
      owners[i].first = static_cast<uint32_t>(tables.patterns_.size());
      tables.patterns_.insert(tables.patterns_.end(), patterns[i].begin(),
                              patterns[i].end());
      owners[i].last = static_cast<uint32_t>(tables.patterns_.size());
      for (const EventPattern& one : patterns[i]) {
        owners[i].asks_pair = owners[i].asks_pair || one.actors.pair;
      }
    }
  };
  lay_out(verb_patterns_, tables.verbs_);
  lay_out(noun_patterns_, tables.nouns_);
  for (const auto& [name, sets] : {std::pair<absl::string_view, WordSets*>{
                                       "&agreement", &tables.agreements_},
                                   {"&crowd", &tables.crowds_},
                                   {"&purpose", &tables.purposes_}}) {
    const auto set = tables.set_names_.find(name);
    if (set != tables.set_names_.end()) sets->Add(set->second);
  }
  for (const auto& [hash, sets] : word_sets_) {
    words_[hash].sets = static_cast<uint16_t>(tables.sets_.size());
    tables.sets_.push_back(sets);
  }
  size_t size = 4;
  while (size < 2 * words_.size()) size *= 2;
  tables.slots_.assign(size, {});
  tables.mask_ = size - 1;
  tables.shift_ = 64 - __builtin_ctzll(size);
  for (const auto& [hash, word] : words_) {
    const bool verb = word.verb != 0 && !verb_patterns_[word.verb].empty();
    if (verb || word.noun != 0) contexts_[hash] |= kContextTrigger;
    uint64_t i = hash >> tables.shift_;
    while (tables.slots_[i].hash != 0) i = (i + 1) & tables.mask_;
    tables.slots_[i] = {hash, word};
  }
  for (const auto& [hash, bits] : contexts_) {
    tables.contexts_[hash % EventTables::kContexts] |= bits;
  }
  return tables_;
}

uint8_t EventTables::SectorNumber(absl::string_view name) const {
  for (size_t i = 1; i < sectors_.size(); ++i) {
    if (sectors_[i] == name) return static_cast<uint8_t>(i);
  }
  return 0;
}

uint8_t EventTables::OrganizationSector(absl::string_view id) const {
  const auto found = organizations_.find(id);
  return found == organizations_.end() ? 0 : found->second;
}

bool EventTables::IsArmed(uint8_t sector) const {
  static constexpr std::array<absl::string_view, 4> kArmed = {
      "military", "rebels", "police", "criminals"};
  return Holds(kArmed, sectors_[sector]);
}

bool EventTables::IsPublic(uint8_t sector) const {
  static constexpr std::array<absl::string_view, 13> kPublic = {
      "government", "military",    "rebels",     "police",     "igo",
      "judiciary",  "legislature", "opposition", "protesters", "party",
      "ngo",        "spies",       "activists"};
  return Holds(kPublic, sectors_[sector]);
}

}  // namespace wiredesk
