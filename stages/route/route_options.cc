// From the configuration to a routing tree: the schema of `route`, and the
// reading of its routes.

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "config/base/read_file.h"
#include "pipeline/record/event_json.h"
#include "pipeline/record/record_description.h"
#include "stages/route/route_stage.h"

namespace wiredesk {
namespace {

const std::vector<std::string>& RouteKeys() {
  static const auto* const keys = new std::vector<std::string>{
      "name",   "when",       "to",      "continue", "drop",
      "key",    "fields",     "headers", "format",   "fan_out",
      "sample", "rate_limit", "routes"};
  return *keys;
}

// For editors: what a route may hold. Children are routes again.
std::string RoutesSchema() {
  return absl::StrCat(
      R"({"type":"array","items":{"type":"object",)"
      R"("additionalProperties":false,"properties":{)"
      R"("name":{"type":"string","description":"unique; in each record's routes"},)"
      R"("when":{"type":["string","boolean"],"description":"a test in CEL"},)"
      R"("to":{"type":["string","array"],"items":{"type":"string"},)"
      R"("description":"topics; {...} is an expression"},)"
      R"("continue":{"type":"boolean"},"drop":{"type":"boolean"},)"
      R"("key":{"type":"string","description":"the message's key, a template"},)"
      R"("fields":{"type":["string","array"],"items":{"type":"string"}},)"
      R"("headers":{"type":"object","additionalProperties":{"type":"string"}},)"
      R"("format":{"enum":["json"]},)"
      R"("fan_out":{"enum":[")",
      absl::StrJoin(FanOutLists(), "\",\""),
      R"("]},)"
      R"("sample":{"type":"number","minimum":0,"maximum":1},)"
      R"("rate_limit":{"type":"string","pattern":"^[0-9]+/[0-9.]+[a-z]+$"},)"
      R"("routes":{"$ref":"#/properties/route/properties/routes"}}}})");
}

// Reads routes out of the configuration's tree.
class RouteReader {
 public:
  explicit RouteReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  std::vector<RouteSpec> Routes(const ConfigNode& node) {
    std::vector<RouteSpec> routes;
    if (!node.is_sequence()) {
      diagnostics_.Error(node, "is not a list of routes",
                         "begin each route with \"- name:\"");
    }
    for (const ConfigNode& item : node.items) {
      routes.push_back(One(item));
    }
    return routes;
  }

  RouteSpec One(const ConfigNode& node) {
    RouteSpec spec;
    spec.origin = &node;
    if (!node.is_mapping()) {
      diagnostics_.Error(node, "is not a route", "write name:, when: and to:");
      spec.name = node.path;
      spec.drop = true;
      return spec;
    }
    for (const ConfigEntry& entry : node.entries) {
      Entry(entry, spec);
    }
    return spec;
  }

 private:
  void Entry(const ConfigEntry& entry, RouteSpec& spec) {
    const ConfigNode& value = entry.value;
    if (entry.key == "name") {
      spec.name = Text(value);
    } else if (entry.key == "when") {
      spec.when = Text(value);
    } else if (entry.key == "to") {
      spec.to = Texts(value);
    } else if (entry.key == "continue") {
      spec.continues = Flag(value);
    } else if (entry.key == "drop") {
      spec.drop = Flag(value);
    } else if (entry.key == "key") {
      spec.key = Text(value);
    } else if (entry.key == "fields") {
      spec.fields = Fields(value);
    } else if (entry.key == "headers") {
      if (!value.is_mapping()) {
        diagnostics_.Error(value, absl::StrCat("is ", KindName(value.kind)),
                           "write headers as name: value");
      }
      for (const ConfigEntry& header : value.entries) {
        spec.headers.emplace_back(header.key, Text(header.value));
      }
    } else if (entry.key == "fan_out") {
      spec.fan_out = Text(value);
    } else if (entry.key == "sample") {
      if (!absl::SimpleAtod(Text(value), &spec.sample) ||
          !(spec.sample >= 0 && spec.sample <= 1)) {
        diagnostics_.Error(value, "is not a share", "write 0 to 1");
      }
    } else if (entry.key == "rate_limit") {
      spec.rate_limit = Rate(value);
    } else if (entry.key == "format") {
      if (Text(value) != "json") {
        diagnostics_.Error(
            value, "is not a format",
            "json is the only one; its headers are CloudEvents'");
      }
    } else if (entry.key == "routes") {
      spec.routes = Routes(value);
    } else {
      diagnostics_.Error(entry.location, value.path, "is not known here",
                         SuggestName(entry.key, RouteKeys()));
    }
  }

  std::string Text(const ConfigNode& node) {
    if (!node.is_scalar()) {
      diagnostics_.Error(node, absl::StrCat("is ", KindName(node.kind)),
                         "write a text");
    }
    return node.scalar;
  }

  std::vector<std::string> Texts(const ConfigNode& node) {
    if (!node.is_sequence()) {
      return {Text(node)};
    }
    std::vector<std::string> texts;
    for (const ConfigNode& item : node.items) {
      texts.push_back(Text(item));
    }
    return texts;
  }

  std::vector<std::string> Fields(const ConfigNode& node) {
    std::vector<std::string> fields = Texts(node);
    std::vector<std::string> known;
    for (const absl::string_view name : EventFieldNames()) {
      known.emplace_back(name);
    }
    for (const std::string& field : fields) {
      const std::string first = field.substr(0, field.find('.'));
      if (std::find(known.begin(), known.end(), first) == known.end()) {
        diagnostics_.Error(node, absl::StrCat("there is no field ", field),
                           SuggestName(first, known));
      } else if (!HasPath(Describe(), field)) {
        diagnostics_.Warning(node, absl::StrCat("there is no field ", field),
                             "the message then holds nothing of it");
      }
    }
    return fields;
  }

  // "100/1m"
  RateLimit Rate(const ConfigNode& node) {
    const std::string text = Text(node);
    const std::vector<std::string> parts = absl::StrSplit(text, '/');
    RateLimit rate;
    absl::StatusOr<absl::Duration> per = absl::InvalidArgumentError("");
    if (parts.size() == 2) per = DurationFromText(parts[1]);
    if (!per.ok() || *per < absl::Milliseconds(1) ||
        *per > absl::Hours(24 * 366) ||
        !absl::SimpleAtoi(parts[0], &rate.records) || rate.records < 1) {
      diagnostics_.Error(node, "is not a rate",
                         "write records and the time for them, such as 100/1m");
      return {};
    }
    rate.per = *per;
    return rate;
  }

  bool Flag(const ConfigNode& node) {
    const std::string text = Text(node);
    if (text != "true" && text != "false") {
      diagnostics_.Error(node, "is neither true nor false");
    }
    return text == "true";
  }

  Diagnostics& diagnostics_;
};

// The built-in routes.
std::vector<RouteSpec> ShippedRoutes(RouteSpec& fallback) {
  fallback.to = {"news.events"};
  RouteSpec duplicates;
  duplicates.name = "duplicates";
  duplicates.when = "dedupe.verdict in [\"near\", \"exact\", \"excerpt\"]";
  duplicates.to = {"news.duplicates"};
  return {duplicates};
}

// One item a line; "#" begins a comment.
std::shared_ptr<const CelNameList> ReadList(const std::string& name,
                                            const std::string& path,
                                            Diagnostics& diagnostics) {
  auto list = std::make_shared<CelNameList>();
  const absl::StatusOr<std::string> text = ReadPackedFile(path);
  if (!text.ok()) {
    diagnostics.Error(Location{path}, absl::StrCat("route.lists.", name),
                      "cannot be read", "check the path");
    return list;
  }
  for (const absl::string_view line : absl::StrSplit(*text, '\n')) {
    const absl::string_view item = absl::StripAsciiWhitespace(line);
    if (!item.empty() && item[0] != '#') {
      list->insert(std::string(item));
    }
  }
  return list;
}

// The faults of the tree, at the nodes where they were written.
void Report(const std::vector<RouteFault>& faults, Diagnostics& diagnostics) {
  for (const RouteFault& fault : faults) {
    const auto* node = static_cast<const ConfigNode*>(fault.origin);
    Location location;
    std::string key = "route";
    if (node != nullptr) {
      const ConfigNode* part = node->is_mapping() && !fault.key.empty()
                                   ? node->Find(fault.key)
                                   : nullptr;
      location = part != nullptr ? part->location : node->location;
      key = fault.key.empty() ? node->path
                              : absl::StrCat(node->path, ".", fault.key);
    }
    if (fault.warning) {
      diagnostics.Warning(location, key, fault.what, fault.remedy);
    } else {
      diagnostics.Error(location, key, fault.what, fault.remedy);
    }
  }
}

}  // namespace

const Schema<RouteOptions>& RouteStage::GetSchema() {
  static const auto* const schema = new Schema<RouteOptions>(
      Schema<RouteOptions>("route", "Which record goes to which topics.")
          .Field(&RouteOptions::routes, "routes",
                 "The routing tree: a list of routes with name, when, to, "
                 "continue, drop, key, fields, headers, format, fan_out, "
                 "sample, rate_limit and routes. docs/routing.md explains "
                 "them.",
                 {}, RoutesSchema())
          .Field(&RouteOptions::fallback, "default",
                 "The route of what no other route takes.", {},
                 R"({"$ref":"#/properties/route/properties/routes/items"})")
          .Field(&RouteOptions::topics_max, "topics_max",
                 "How many different topics the templates of \"to\" may name, "
                 "in the life of a process. A record for one more goes to the "
                 "topic of the default route, and is counted as withheld.",
                 {1, 100000})
          .Field(&RouteOptions::lists, "lists",
                 "Files for in_list(): name and path; one item a line."));
  return *schema;
}

RouteOptions DecodeRouteOptions(const Config& config,
                                Diagnostics& diagnostics) {
  RouteOptions options =
      config.DecodeSection(RouteStage::GetSchema(), diagnostics);
  options.written = config.root().Has("route");
  options.location = config.Section("route").location;
  const ConfigNode* const lists = config.FindPath("route.lists");
  for (auto& [name, path] : options.lists) {
    const ConfigNode* const node =
        lists == nullptr ? nullptr : lists->Find(name);
    if (node != nullptr) path = ResolvePath(*node);
  }
  return options;
}

std::shared_ptr<const RouteTree> MakeRouteTree(const RouteOptions& options,
                                               const RouteTopics& topics,
                                               Diagnostics& diagnostics) {
  const size_t errors = diagnostics.errors();
  CelEnvironment environment;
  environment.record = &RecordStruct();
  for (const auto& [name, path] : options.lists) {
    environment.lists[name] = ReadList(name, path, diagnostics);
  }
  RouteSpec fallback;
  std::vector<RouteSpec> routes;
  if (options.routes.is_null() && options.fallback.is_null()) {
    if (options.written) {
      diagnostics.Error(options.location, "route",
                        "has neither routes nor a default",
                        "write default: {to: news.events}, or leave the "
                        "section out for the shipped routes");
      return nullptr;
    }
    routes = ShippedRoutes(fallback);
  } else {
    RouteReader reader(diagnostics);
    if (!options.routes.is_null()) routes = reader.Routes(options.routes);
    if (options.fallback.is_null()) {
      diagnostics.Error(options.routes.location, "route.default",
                        "is missing: a record that no route takes would be "
                        "lost",
                        "write default: {to: news.events}");
      return nullptr;
    }
    fallback = reader.One(options.fallback);
  }
  if (fallback.name.empty()) {
    fallback.name = "default";
  }
  std::vector<RouteFault> faults;
  RouteTopics capped = topics;
  capped.templated_max = static_cast<size_t>(options.topics_max);
  std::shared_ptr<const RouteTree> tree =
      RouteTree::Make(routes, fallback, environment, capped, faults);
  Report(faults, diagnostics);
  return diagnostics.errors() == errors ? tree : nullptr;
}

}  // namespace wiredesk
