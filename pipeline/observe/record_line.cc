#include "pipeline/observe/record_line.h"

#include <simdjson.h>

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace wiredesk {
namespace {

using simdjson::dom::element;

constexpr size_t kHeadlineCodePoints = 64;
constexpr size_t kNamesShown = 4;

absl::string_view Text(const element& record, const char* pointer) {
  std::string_view text;
  if (record.at_pointer(pointer).get(text) != simdjson::SUCCESS) return "";
  return {text.data(), text.size()};
}

std::string Colour(bool colour, absl::string_view code,
                   absl::string_view text) {
  if (!colour) return std::string(text);
  return absl::StrCat("\033[", code, "m", text, "\033[0m");
}

absl::string_view VerdictColour(absl::string_view verdict) {
  if (verdict == "new") return "32";
  if (verdict == "revision") return "36";
  return "33";
}

std::vector<std::string> NamesIn(const element& record, const char* list) {
  std::vector<std::string> names;
  simdjson::dom::array items;
  if (record.at_pointer(list).get(items) != simdjson::SUCCESS) return names;
  for (const element item : items) names.emplace_back(Text(item, "/name"));
  return names;
}

// The names of the first places and entities.
std::string Names(const RecordSummary& record) {
  std::vector<std::string> names;
  for (const auto* list : {&record.places, &record.entities}) {
    const size_t shown = std::min(list->size(), kNamesShown / 2);
    names.insert(names.end(), list->begin(),
                 list->begin() + static_cast<ptrdiff_t>(shown));
  }
  return absl::StrJoin(names, ", ");
}

}  // namespace

std::optional<RecordSummary> SummarizeRecord(absl::string_view json) {
  simdjson::dom::parser parser;
  element record;
  if (parser.parse(json.data(), json.size()).get(record) != simdjson::SUCCESS ||
      Text(record, "/schema").empty()) {
    return std::nullopt;
  }
  RecordSummary summary;
  const auto text = [&record](const char* pointer) {
    return std::string(Text(record, pointer));
  };
  summary.headline = text("/headline");
  if (summary.headline.empty()) summary.headline = text("/body");
  summary.language = text("/language");
  summary.provider = text("/provider/name");
  if (summary.provider.empty()) summary.provider = text("/provider/domain");
  summary.verdict = text("/dedupe/verdict");
  summary.story = text("/dedupe/story");
  if (record.at_pointer("/dedupe/similarity").get(summary.similarity) !=
      simdjson::SUCCESS) {
    summary.similarity = 0;
  }
  summary.places = NamesIn(record, "/places");
  summary.entities = NamesIn(record, "/entities");
  summary.topics = NamesIn(record, "/topics");
  absl::Time received;
  if (absl::ParseTime(absl::RFC3339_full, Text(record, "/received_at"),
                      &received, nullptr)) {
    summary.received_at = received;
  }
  return summary;
}

std::string CutToCodePoints(absl::string_view text, size_t code_points) {
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    if (count++ == code_points) {
      return absl::StrCat(text.substr(0, i), "…");
    }
  }
  return std::string(text);
}

std::string RecordLine(absl::string_view topic, absl::string_view json,
                       bool colour) {
  std::string line = absl::StrFormat("%-18s ", topic);
  const std::optional<RecordSummary> record = SummarizeRecord(json);
  if (!record) {
    return absl::StrCat(
        line, Colour(colour, "31", "dead letter "),
        CutToCodePoints(json.substr(0, json.find('\n')), kHeadlineCodePoints));
  }
  absl::StrAppend(&line,
                  Colour(colour, VerdictColour(record->verdict),
                         absl::StrFormat("%-9s", record->verdict)),
                  absl::StrFormat("%-4s", record->language),
                  CutToCodePoints(record->headline, kHeadlineCodePoints));
  if (const std::string names = Names(*record); !names.empty()) {
    absl::StrAppend(&line, "  ",
                    Colour(colour, "90", absl::StrCat("[", names, "]")));
  }
  return line;
}

TapLine ReadTapLine(absl::string_view json, bool colour) {
  TapLine line;
  simdjson::dom::parser parser;
  element object;
  if (parser.parse(json.data(), json.size()).get(object) != simdjson::SUCCESS) {
    return line;
  }
  if (object["listeners"].get(line.listeners) == simdjson::SUCCESS) {
    return line;
  }
  int64_t dropped = 0;
  if (object["dropped"].get(dropped) == simdjson::SUCCESS) {
    line.dropped = dropped;
    return line;
  }
  const absl::string_view fate = Text(object, "/fate");
  element record;
  if (object["record"].get(record) != simdjson::SUCCESS) {
    line.text = absl::StrCat(
        absl::StrFormat("%-18s ", Text(object, "/stage")),
        Colour(colour, "31", fate), " ", Text(object, "/reason"), ": ",
        CutToCodePoints(Text(object, "/detail"), kHeadlineCodePoints));
    return line;
  }
  absl::string_view topic = Text(record, "/routes/0/topic");
  if (topic.empty()) topic = Text(object, "/stage");
  line.text = RecordLine(topic, simdjson::minify(record), colour);
  if (fate != "live") {
    absl::StrAppend(
        &line.text, "  ",
        Colour(colour, "31",
               absl::StrCat(fate, " (", Text(object, "/reason"), ")")));
  }
  return line;
}

}  // namespace wiredesk
