#include "stages/route/route_tree.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "stages/route/cel_types.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kLists[] = {"entities", "places",    "dates",
                                        "quotes",   "events",    "topics",
                                        "amounts",  "indicators"};

// Compiles specs into routes, and gathers what is wrong with them.
class Builder {
 public:
  Builder(const CelEnvironment& environment,
          const std::vector<std::string>& inputs, CelProgram& program,
          std::vector<RouteFault>& faults)
      : environment_(environment),
        inputs_(inputs),
        program_(program),
        faults_(faults) {}

  std::vector<std::unique_ptr<Route>> Routes(
      const std::vector<RouteSpec>& specs, const RouteSpec& parent) {
    std::vector<std::unique_ptr<Route>> routes;
    const Route* catch_all = nullptr;
    for (const RouteSpec& spec : specs) {
      if (catch_all != nullptr) {
        Warn(spec, "",
             absl::StrCat("is never reached: \"", catch_all->name,
                          "\" before it takes everything"),
             "move it up, or let the other continue");
      }
      routes.push_back(One(spec, parent));
      CelValue value;
      const Route& route = *routes.back();
      const bool constant =
          route.test != kCelNone && program_.IsConstant(route.test, value);
      if (constant && !value.is_true()) {
        Warn(spec, "when", "never holds", "remove the route");
      }
      if (!route.continues &&
          (route.test == kCelNone || (constant && value.is_true()))) {
        catch_all = &route;
      }
    }
    return routes;
  }

  std::unique_ptr<Route> One(const RouteSpec& written,
                             const RouteSpec& parent) {
    const RouteSpec spec = Inherit(written, parent);
    auto route = std::make_unique<Route>();
    route->name = spec.name;
    route->when = spec.when;
    route->continues = spec.continues;
    route->drop = spec.drop;
    route->fan_out = spec.fan_out;
    route->sample = spec.sample < 0 ? 1 : spec.sample;
    route->field_names = spec.fields;
    for (const std::string& field : route->field_names) {
      route->fields.emplace_back(field);
    }
    CheckName(spec);
    if (!spec.when.empty()) {
      CelFault fault;
      route->test = program_.Add(environment_, spec.when, CelKind::kBool, fault,
                                 &route->spans);
      if (route->test == kCelNone) {
        Fail(spec, "when", ToString(fault, spec.when), "");
      }
    }
    Topics(spec, *route);
    if (!spec.key.empty()) {
      route->has_key = true;
      Text(spec, "key", spec.key, route->key);
    }
    for (const auto& [name, value] : spec.headers) {
      route->headers.push_back({name, {}});
      Text(spec, "headers", value, route->headers.back().value);
    }
    if (!spec.fan_out.empty() && std::find(std::begin(kLists), std::end(kLists),
                                           spec.fan_out) == std::end(kLists)) {
      const std::string nearest =
          CelNearest(spec.fan_out, {std::begin(kLists), std::end(kLists)});
      Fail(spec, "fan_out", absl::StrCat("is no list: ", spec.fan_out),
           nearest);
    }
    route->routes = Routes(spec.routes, spec);
    return route;
  }

 private:
  static RouteSpec Inherit(const RouteSpec& written, const RouteSpec& parent) {
    RouteSpec spec = written;
    if (spec.to.empty() && !spec.drop) {
      spec.to = parent.to;
      spec.drop = parent.drop;
    }
    if (spec.key.empty()) {
      spec.key = parent.key;
    }
    if (spec.fields.empty()) {
      spec.fields = parent.fields;
    }
    if (spec.headers.empty()) {
      spec.headers = parent.headers;
    }
    if (spec.fan_out.empty()) {
      spec.fan_out = parent.fan_out;
    }
    if (spec.sample < 0) {
      spec.sample = parent.sample;
    }
    return spec;
  }

  void CheckName(const RouteSpec& spec) {
    if (spec.name.empty()) {
      Fail(spec, "name", "is missing", "name the route");
    } else if (!names_.insert(spec.name).second) {
      Fail(spec, "name", absl::StrCat("is not unique: ", spec.name),
           "records and metrics tell routes by their names");
    }
  }

  void Topics(const RouteSpec& spec, Route& route) {
    if (spec.drop && !spec.to.empty()) {
      Fail(spec, "drop", "and `to` contradict each other", "keep one of them");
      return;
    }
    if (spec.to.empty() && !spec.drop) {
      Fail(spec, "to", "is missing", "name a topic, or say drop: true");
    }
    for (const std::string& source : spec.to) {
      TopicTemplate topic;
      CelFault fault;
      if (!topic.Compile(environment_, source, TopicTemplate::Use::kTopic,
                         program_, fault)) {
        Fail(spec, "to", ToString(fault, source), "");
        continue;
      }
      if (topic.is_literal() && std::find(inputs_.begin(), inputs_.end(),
                                          topic.literal()) != inputs_.end()) {
        Fail(spec, "to",
             absl::StrCat("writes to a topic that is read: ", source),
             "records would go round for ever; take another topic");
      }
      route.to.push_back(std::move(topic));
    }
  }

  void Text(const RouteSpec& spec, absl::string_view key,
            const std::string& source, TopicTemplate& text) {
    CelFault fault;
    if (!text.Compile(environment_, source, TopicTemplate::Use::kText, program_,
                      fault)) {
      Fail(spec, key, ToString(fault, source), "");
    }
  }

  void Fail(const RouteSpec& spec, absl::string_view key,
            absl::string_view what, absl::string_view remedy) {
    faults_.push_back({spec.origin, std::string(key), std::string(what),
                       std::string(remedy), false});
  }

  void Warn(const RouteSpec& spec, absl::string_view key,
            absl::string_view what, absl::string_view remedy) {
    Fail(spec, key, what, remedy);
    faults_.back().warning = true;
  }

  const CelEnvironment& environment_;
  const std::vector<std::string>& inputs_;
  CelProgram& program_;
  std::vector<RouteFault>& faults_;
  absl::flat_hash_set<std::string> names_;
};

}  // namespace

std::shared_ptr<const RouteTree> RouteTree::Make(
    const std::vector<RouteSpec>& routes, const RouteSpec& fallback,
    const CelEnvironment& environment, const std::vector<std::string>& inputs,
    std::vector<RouteFault>& faults) {
  auto tree = std::make_shared<RouteTree>();
  Builder builder(environment, inputs, tree->program_, faults);
  tree->fallback_ = builder.One(fallback, RouteSpec());
  tree->routes_ = builder.Routes(routes, RouteSpec());
  const bool good =
      std::all_of(faults.begin(), faults.end(),
                  [](const RouteFault& fault) { return fault.warning; });
  return good ? tree : nullptr;
}

}  // namespace wiredesk
