#include "pipeline/desk/kept_record.h"

#include <simdjson.h>

#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "pipeline/observe/record_line.h"
#include "pipeline/record/json_text.h"

namespace wiredesk {
namespace {

using simdjson::dom::element;

constexpr size_t kPlacesKept = 12;
constexpr size_t kTopicsKept = 5;
constexpr size_t kHeadlineCodePoints = 200;

std::string Text(const element& record, const char* pointer) {
  std::string_view text;
  if (record.at_pointer(pointer).get(text) != simdjson::SUCCESS) return "";
  return std::string(text);
}

double Number(const element& record, const char* pointer) {
  double number = 0;
  return record.at_pointer(pointer).get(number) == simdjson::SUCCESS ? number
                                                                     : 0;
}

std::vector<std::string> Names(const element& record, const char* list,
                               const char* member, size_t most) {
  std::vector<std::string> names;
  simdjson::dom::array items;
  if (record.at_pointer(list).get(items) != simdjson::SUCCESS) return names;
  for (const element item : items) {
    if (names.size() == most) break;
    std::string name = Text(item, member);
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names;
}

std::vector<KeptPlace> PlacesOf(const element& record) {
  std::vector<KeptPlace> places;
  simdjson::dom::array items;
  if (record.at_pointer("/places").get(items) != simdjson::SUCCESS) {
    return places;
  }
  for (const element item : items) {
    double lat = 0;
    if (places.size() == kPlacesKept) break;
    if (item.at_pointer("/lat").get(lat) != simdjson::SUCCESS) continue;
    places.push_back(
        {Text(item, "/id"), Text(item, "/name"), lat, Number(item, "/lon")});
  }
  return places;
}

void ReadArticle(const element& record, KeptRecord& kept) {
  kept.id = Text(record, "/id");
  kept.headline = Text(record, "/headline");
  if (kept.headline.empty()) kept.headline = Text(record, "/body");
  kept.headline = CutToCodePoints(kept.headline, kHeadlineCodePoints);
  kept.provider = Text(record, "/provider/name");
  if (kept.provider.empty()) kept.provider = Text(record, "/provider/domain");
  kept.language = Text(record, "/language");
  kept.verdict = Text(record, "/dedupe/verdict");
  kept.of = Text(record, "/dedupe/of");
  kept.story = Text(record, "/dedupe/story");
  kept.cluster = Text(record, "/dedupe/cluster");
  kept.similarity = Number(record, "/dedupe/similarity");
  kept.published_at = Text(record, "/published_at");
  kept.received_at = Text(record, "/received_at");
  kept.topics = Names(record, "/topics", "/name", kTopicsKept);
  kept.routes = Names(record, "/routes", "/route", kTopicsKept);
  kept.places = PlacesOf(record);
}

void AppendMember(absl::string_view name, absl::string_view value,
                  std::string& out) {
  absl::StrAppend(&out, ",\"", name, "\":");
  AppendJsonBytes(value, out);
}

void AppendList(absl::string_view name, const std::vector<std::string>& values,
                std::string& out) {
  absl::StrAppend(&out, ",\"", name, "\":[");
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += ',';
    AppendJsonBytes(values[i], out);
  }
  out += ']';
}

}  // namespace

std::optional<KeptRecord> ReadKeptRecord(std::string line) {
  simdjson::dom::parser parser;
  element root;
  if (parser.parse(line.data(), line.size()).get(root) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  KeptRecord kept;
  kept.fate = Text(root, "/fate");
  if (kept.fate.empty()) return std::nullopt;
  kept.reason = Text(root, "/reason");
  element record;
  if (root.at_pointer("/record").get(record) == simdjson::SUCCESS) {
    ReadArticle(record, kept);
  } else {
    kept.headline = Text(root, "/detail");
  }
  kept.line = std::move(line);
  return kept;
}

void AppendSummary(const KeptRecord& record, std::string& out) {
  absl::StrAppend(&out, "{\"sequence\":", record.sequence);
  AppendMember("fate", record.fate, out);
  AppendMember("reason", record.reason, out);
  AppendMember("id", record.id, out);
  AppendMember("headline", record.headline, out);
  AppendMember("provider", record.provider, out);
  AppendMember("language", record.language, out);
  AppendMember("verdict", record.verdict, out);
  AppendMember("of", record.of, out);
  AppendMember("story", record.story, out);
  AppendMember("cluster", record.cluster, out);
  out += ",\"similarity\":";
  AppendJsonNumber(record.similarity, out);
  AppendMember("published_at", record.published_at, out);
  AppendMember("received_at", record.received_at, out);
  AppendList("routes", record.routes, out);
  AppendList("topics", record.topics, out);
  out += ",\"places\":[";
  for (size_t i = 0; i < record.places.size(); ++i) {
    const KeptPlace& place = record.places[i];
    out += i > 0 ? ",{\"id\":" : "{\"id\":";
    AppendJsonBytes(place.id, out);
    AppendMember("name", place.name, out);
    out += ",\"lat\":";
    AppendJsonNumber(place.lat, out);
    out += ",\"lon\":";
    AppendJsonNumber(place.lon, out);
    out += '}';
  }
  out += "]}";
}

}  // namespace wiredesk
