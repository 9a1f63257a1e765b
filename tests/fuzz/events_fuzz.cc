// Any bytes: as a table of patterns, and as a text whose every fifth word is a
// name. Evidence lies in the text, and parties are those that were given.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "stages/tag/events/event_finder.h"

namespace {

std::shared_ptr<const wiredesk::EventTables> Tables() {
  static const auto* const tables = [] {
    const wiredesk::EventTableFile file = {
        "fuzz.tsv",
        "set\t&talks\ttalk meeting\n"
        "party\tmilitary\tsoldier troop\n"
        "verbs\tspeech\tsay\n"
        "verbs\tplanned\tplan\n"
        "verb\tmeet\t-\tCONSULT\t-\t040\tsubject\twith|object|together\n"
        "verb\thold\t&talks\tCONSULT\t-\t046\tsubject\twith|together\n"
        "verb\tcall for\t-\tREQUEST\t-\t100\tsubject\tobject?\n"
        "verb\tagree\tto\tAGREE\t-\t030\tsubject\tinner?\n"
        "verb\tadopt\t-\tAGREE\t-\t057\tsubject|pair\twith?\n"
        "noun\tattack\t-\tASSAULT\t-\t190\tby|owner\ton|against\n"};
    auto parsed = wiredesk::EventTables::Parse({&file, 1});
    if (!parsed.ok()) std::abort();
    return new std::shared_ptr<const wiredesk::EventTables>(*parsed);
  }();
  return *tables;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const wiredesk::EventTableFile file = {"own.tsv", text};
  (void)wiredesk::EventTables::Parse({&file, 1});

  std::vector<wiredesk::Word> words;
  wiredesk::SplitWords(text, words);
  std::vector<wiredesk::Mention> mentions;
  for (size_t i = 0; i < words.size(); i += 5) {
    mentions.push_back({wiredesk::Field::kBody, words[i].begin,
                        words[i].begin + words[i].length});
  }
  std::vector<wiredesk::Entity> entities;
  std::vector<wiredesk::Place> places;
  for (size_t i = 0; i < mentions.size(); ++i) {
    if (i % 2 == 0) {
      wiredesk::Entity& entity = entities.emplace_back();
      entity.type = i % 4 == 0 ? "person" : "organization";
      entity.mentions = {&mentions[i], 1};
    } else {
      wiredesk::Place& place = places.emplace_back();
      place.type = "country";
      place.role = i % 3 == 0 ? "demonym" : "mentioned";
      place.mentions = {&mentions[i], 1};
    }
  }
  wiredesk::EventInput input;
  input.body = text;
  input.body_words = words;
  input.entities = entities;
  input.places = places;
  wiredesk::EventFinder finder(Tables());
  for (const wiredesk::FoundEvent& found : finder.Find(input)) {
    for (const wiredesk::Mention& at : found.evidences) {
      if (at.begin >= at.end || at.end > size) std::abort();
    }
    if (found.trigger.begin >= found.trigger.end) std::abort();
    for (const auto* side :
         {&found.telling.actors, &found.telling.recipients}) {
      for (const wiredesk::Party& party : *side) {
        if (party.entity >= static_cast<int32_t>(entities.size()) ||
            party.place >= static_cast<int32_t>(places.size()) ||
            party.end > size) {
          std::abort();
        }
      }
    }
  }
  return 0;
}
