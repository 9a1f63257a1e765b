#include "pipeline/observe/record_line.h"

#include <simdjson.h>

#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

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

// At most this many code points, with an ellipsis where something is cut.
std::string Cut(absl::string_view text, size_t code_points) {
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    if (count++ == code_points) {
      return absl::StrCat(text.substr(0, i), "…");
    }
  }
  return std::string(text);
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

// The names of the first places and entities.
std::string Names(const element& record) {
  std::string names;
  size_t shown = 0;
  for (const char* list : {"/places", "/entities"}) {
    simdjson::dom::array items;
    if (record.at_pointer(list).get(items) != simdjson::SUCCESS) continue;
    size_t of_list = 0;
    for (const element item : items) {
      if (of_list++ == kNamesShown / 2 || shown++ == kNamesShown) break;
      absl::StrAppend(&names, names.empty() ? "" : ", ", Text(item, "/name"));
    }
  }
  return names;
}

}  // namespace

std::string RecordLine(absl::string_view topic, absl::string_view json,
                       bool colour) {
  simdjson::dom::parser parser;
  element record;
  std::string line = absl::StrFormat("%-18s ", topic);
  const bool parsed =
      parser.parse(json.data(), json.size()).get(record) == simdjson::SUCCESS;
  if (!parsed || Text(record, "/schema").empty()) {
    std::string flat(json.substr(0, json.find('\n')));
    return absl::StrCat(line, Colour(colour, "31", "dead letter "),
                        Cut(flat, kHeadlineCodePoints));
  }
  const absl::string_view verdict = Text(record, "/dedupe/verdict");
  absl::StrAppend(
      &line,
      Colour(colour, VerdictColour(verdict), absl::StrFormat("%-9s", verdict)),
      absl::StrFormat("%-4s", Text(record, "/language")));
  absl::string_view headline = Text(record, "/headline");
  if (headline.empty()) headline = Text(record, "/body");
  absl::StrAppend(&line, Cut(headline, kHeadlineCodePoints));
  if (const std::string names = Names(record); !names.empty()) {
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
  int64_t dropped = 0;
  if (object["dropped"].get(dropped) == simdjson::SUCCESS) {
    line.dropped = dropped;
    return line;
  }
  const absl::string_view fate = Text(object, "/fate");
  element record;
  if (object["record"].get(record) != simdjson::SUCCESS) {
    line.text =
        absl::StrCat(absl::StrFormat("%-18s ", Text(object, "/stage")),
                     Colour(colour, "31", fate), " ", Text(object, "/reason"),
                     ": ", Cut(Text(object, "/detail"), kHeadlineCodePoints));
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
