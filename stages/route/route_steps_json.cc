#include "stages/route/route_steps_json.h"

#include <simdjson.h>

#include <optional>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "pipeline/record/json_text.h"
#include "stages/route/record_entry.h"
#include "stages/route/tree/explanation.h"

namespace wiredesk {
namespace {

using simdjson::dom::element;

constexpr size_t kDepthMax = 32;  // an event record has four

std::string NumberText(const element& value) {
  int64_t whole = 0;
  if (value.get(whole) == simdjson::SUCCESS) return absl::StrCat(whole);
  double number = 0;
  if (value.get(number) != simdjson::SUCCESS) return "";
  return absl::StrFormat("%.17g", number);
}

// As if somebody had written the record by hand; what is null is left out.
std::optional<ConfigNode> NodeOf(const element& value) {
  ConfigNode node;
  switch (value.type()) {
    case simdjson::dom::element_type::OBJECT: {
      node.kind = ConfigNode::Kind::kMapping;
      for (const auto& [key, member] : simdjson::dom::object(value)) {
        std::optional<ConfigNode> child = NodeOf(member);
        if (!child) continue;
        node.entries.push_back({std::string(key), {}, *std::move(child)});
      }
      return node;
    }
    case simdjson::dom::element_type::ARRAY: {
      node.kind = ConfigNode::Kind::kSequence;
      for (const element item : simdjson::dom::array(value)) {
        std::optional<ConfigNode> child = NodeOf(item);
        if (child) node.items.push_back(*std::move(child));
      }
      return node;
    }
    case simdjson::dom::element_type::NULL_VALUE:
      return std::nullopt;
    case simdjson::dom::element_type::STRING:
      node.scalar = std::string(std::string_view(value));
      break;
    case simdjson::dom::element_type::BOOL:
      node.scalar = bool(value) ? "true" : "false";
      break;
    default:
      node.scalar = NumberText(value);
  }
  node.kind = ConfigNode::Kind::kScalar;
  return node;
}

std::optional<ConfigNode> ReadRecord(absl::string_view json) {
  simdjson::dom::parser parser;
  element root;
  if (parser.allocate(json.size(), kDepthMax) != simdjson::SUCCESS ||
      parser.parse(json.data(), json.size()).get(root) != simdjson::SUCCESS ||
      !root.is_object()) {
    return std::nullopt;
  }
  return NodeOf(root);
}

void AppendText(absl::string_view name, absl::string_view value,
                std::string& out) {
  absl::StrAppend(&out, ",\"", name, "\":");
  AppendJsonBytes(value, out);
}

void AppendRoute(const RouteStep& step, std::string& out) {
  const Route& route = *step.route;
  out += "{\"route\":";
  AppendJsonBytes(route.name, out);
  absl::StrAppend(&out, ",\"depth\":", step.depth);
  AppendText("when", route.when, out);
  out += ",\"to\":[";
  for (size_t i = 0; i < route.to.size(); ++i) {
    if (i > 0) out += ',';
    AppendJsonBytes(route.to[i].source(), out);
  }
  absl::StrAppend(&out, "],\"continue\":", route.continues ? "true" : "false",
                  ",\"drop\":", route.drop ? "true" : "false");
}

absl::string_view OutcomeName(RouteStep::Outcome outcome) {
  switch (outcome) {
    case RouteStep::Outcome::kNo:
      return "no";
    case RouteStep::Outcome::kTaken:
      return "taken";
    case RouteStep::Outcome::kChildTook:
      return "child took";
    case RouteStep::Outcome::kNotTried:
      return "not tried";
  }
  return "";
}

void AppendOutcome(const RouteStep& step, std::string& out) {
  AppendText("outcome", OutcomeName(step.outcome), out);
  out += ",\"parts\":[";
  for (size_t i = 0; i < step.parts.size(); ++i) {
    const RouteStep::Part& part = step.parts[i];
    absl::StrAppend(&out, i > 0 ? "," : "", "{\"depth\":", part.depth);
    AppendText("text", part.text, out);
    AppendText("value", part.value, out);
    out += '}';
  }
  out += ']';
}

}  // namespace

std::string RouteStepsJson(const RouteTree& tree, absl::string_view record) {
  Batch batch({});
  batch.Append({"desk", 0, 0}, "", "", {}, std::nullopt);
  EventRecord& filled = batch.AddArticle(0, 0);
  if (!record.empty()) {
    const std::optional<ConfigNode> fields = ReadRecord(record);
    if (!fields) return "";
    // What cannot be set, ids and stretches of text, is not asked for either.
    Diagnostics ignored;
    FillRecord(*fields, batch, filled, ignored);
  }
  CelEvaluator evaluator(tree.program());
  const CelWordsOf words[] = {{filled.article.headline, filled.headline_words},
                              {filled.article.body, filled.body_words}};
  evaluator.Begin(&filled, words);
  std::string out = "[";
  for (const RouteStep& step : ExplainRoutes(tree, evaluator)) {
    if (out.size() > 1) out += ',';
    AppendRoute(step, out);
    if (!record.empty()) AppendOutcome(step, out);
    out += '}';
  }
  return out + "]";
}

}  // namespace wiredesk
