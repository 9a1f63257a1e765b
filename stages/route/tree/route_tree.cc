#include "stages/route/tree/route_tree.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "pipeline/record/event_json.h"
#include "stages/route/cel/types.h"
#include "stages/route/tree/lint.h"

namespace wiredesk {
namespace {

// Earlier siblings that a route is compared with.
constexpr size_t kSiblingsMax = 200;

// Compiles specs into routes, and gathers what is wrong with them.
class Builder {
 public:
  Builder(const CelEnvironment& environment, const ReservedTopics& reserved,
          CelProgram& program, std::vector<RouteFault>& faults)
      : environment_(environment),
        reserved_(reserved),
        program_(program),
        faults_(faults) {}

  bool limited() const { return limited_; }

  // `above` is what holds where the parent is reached.
  std::vector<std::unique_ptr<Route>> Routes(
      const std::vector<RouteSpec>& specs, const RouteSpec& parent,
      const RouteFacts& above) {
    std::vector<std::unique_ptr<Route>> routes;
    for (const RouteSpec& spec : specs) {
      routes.push_back(One(spec, parent, above));
      Lint(spec, routes, above);
    }
    return routes;
  }

  std::unique_ptr<Route> One(const RouteSpec& written, const RouteSpec& parent,
                             const RouteFacts& above) {
    const RouteSpec spec = Inherit(written, parent);
    auto route = std::make_unique<Route>();
    route->name = spec.name;
    route->when = spec.when;
    route->continues = spec.continues;
    route->drop = spec.drop;
    route->fan_out = spec.fan_out;
    route->sample = spec.sample < 0 ? 1 : spec.sample;
    route->rate_limit = spec.rate_limit;
    limited_ = limited_ || spec.rate_limit.records > 0;
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
    limited_ = limited_ || std::any_of(route->to.begin(), route->to.end(),
                                       [](const TopicTemplate& topic) {
                                         return !topic.is_literal();
                                       });
    if (!spec.key.empty()) {
      route->has_key = true;
      Text(spec, "key", spec.key, route->key);
    }
    Headers(spec, *route);
    const std::vector<absl::string_view>& lists = FanOutLists();
    if (!spec.fan_out.empty() &&
        std::find(lists.begin(), lists.end(), spec.fan_out) == lists.end()) {
      Fail(spec, "fan_out", absl::StrCat("is not a list field: ", spec.fan_out),
           CelNearest(spec.fan_out, lists));
    }
    RouteFacts facts = above;
    facts.Add(route->test);
    route->routes = Routes(spec.routes, spec, facts);
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
    if (spec.rate_limit.records == 0) {
      spec.rate_limit = parent.rate_limit;
    }
    return spec;
  }

  static bool IsWrong(const Route& route) {
    return route.test == kCelNone && !route.when.empty();
  }

  // Whether the last of `routes` can get anything.
  void Lint(const RouteSpec& spec,
            const std::vector<std::unique_ptr<Route>>& routes,
            const RouteFacts& above) {
    const Route& route = *routes.back();
    // Of what did not compile, and below what never holds, there is no more to
    // say.
    if (IsWrong(route) || above.Impossible()) return;
    std::string remedy;
    const std::string value = FindImpossibleValue(program_, route.test, remedy);
    if (!value.empty()) Fail(spec, "when", value, remedy);
    RouteFacts facts = above;
    facts.Add(route.test);
    if (facts.Impossible()) {
      Warn(spec, "when", "never holds", "remove or correct the route");
      return;
    }
    // Of very many siblings only the nearest ones are compared: each with each
    // would be a square.
    const size_t begin =
        routes.size() > kSiblingsMax ? routes.size() - kSiblingsMax : 0;
    for (size_t i = begin; i + 1 < routes.size(); ++i) {
      const Route& earlier = *routes[i];
      if (earlier.continues || IsWrong(earlier) || !facts.Imply(earlier.test)) {
        continue;
      }
      Warn(spec, "",
           absl::StrCat("is never reached: \"", earlier.name,
                        "\" before it takes all that it would get"),
           "move it up, or let the other continue");
      return;
    }
  }

  void Headers(const RouteSpec& spec, Route& route) {
    for (const auto& [name, value] : spec.headers) {
      const std::string lower = absl::AsciiStrToLower(name);
      if (absl::StartsWith(lower, "ce_") || lower == "content-type") {
        Fail(spec, "headers", absl::StrCat(name, " is a header of CloudEvents"),
             "it is set for each record; take another name");
      }
      route.headers.push_back({name, {}});
      Text(spec, "headers", value, route.headers.back().value);
    }
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
      const absl::string_view forbidden =
          topic.is_literal() ? reserved_.Forbidden(topic.literal()) : "";
      if (!forbidden.empty()) {
        Fail(spec, "to", absl::StrCat("the topic ", source, " ", forbidden),
             "take another topic");
      }
      const absl::string_view free = topic.FreeTextField(program_);
      if (!free.empty()) {
        Warn(spec, "to",
             absl::StrCat(source, " names a topic for each ", free,
                          ", of which nearly every article has its own"),
             "take a field with few values, such as language; see "
             "route.topics_max");
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
  const ReservedTopics& reserved_;
  CelProgram& program_;
  std::vector<RouteFault>& faults_;
  absl::flat_hash_set<std::string> names_;
  bool limited_ = false;
};

void AppendNames(const std::vector<std::unique_ptr<Route>>& routes,
                 std::vector<std::string>& names) {
  for (const auto& route : routes) {
    names.push_back(route->name);
    AppendNames(route->routes, names);
  }
}

}  // namespace

std::shared_ptr<const RouteTree> RouteTree::Make(
    const std::vector<RouteSpec>& routes, const RouteSpec& fallback,
    const CelEnvironment& environment, const RouteTopics& topics,
    std::vector<RouteFault>& faults) {
  auto tree = std::make_shared<RouteTree>();
  tree->reserved_ = ReservedTopics(topics);
  Builder builder(environment, tree->reserved_, tree->program_, faults);
  const RouteFacts nothing(tree->program_);
  tree->fallback_ = builder.One(fallback, RouteSpec(), nothing);
  tree->routes_ = builder.Routes(routes, RouteSpec(), nothing);
  tree->limited_ = builder.limited();
  tree->topics_max_ = topics.templated_max;
  const bool good =
      std::all_of(faults.begin(), faults.end(),
                  [](const RouteFault& fault) { return fault.warning; });
  return good ? tree : nullptr;
}

std::vector<std::string> RouteTree::names() const {
  std::vector<std::string> names;
  AppendNames(routes_, names);
  names.push_back(fallback_->name);
  return names;
}

}  // namespace wiredesk
