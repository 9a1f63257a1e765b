#include "config/environment.h"

#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

bool IsName(absl::string_view name) {
  if (name.empty() || absl::ascii_isdigit(name.front())) return false;
  for (const char c : name) {
    if (!absl::ascii_isalnum(c) && c != '_') return false;
  }
  return true;
}

// Appends the value of what stands between "${" and "}".
void AppendReference(absl::string_view reference,
                     const EnvironmentLookup& lookup, const ConfigNode& node,
                     std::string& out, Diagnostics& diagnostics) {
  const size_t colon = reference.find(":-");
  const std::string name(reference.substr(0, colon));
  if (!IsName(name)) {
    diagnostics.Error(
        node, absl::StrCat("${", name, "} names no variable"),
        "write ${NAME} or ${NAME:-default}, and $${ for a plain ${");
    return;
  }
  const std::optional<std::string> value = lookup(name);
  if (colon != absl::string_view::npos) {
    if (value.has_value() && !value->empty()) {
      out += *value;
    } else {
      absl::StrAppend(&out, reference.substr(colon + 2));
    }
  } else if (value.has_value()) {
    out += *value;
  } else {
    diagnostics.Error(
        node, absl::StrCat("the environment has no ", name),
        absl::StrCat("set it, or give a default: ${", name, ":-...}"));
  }
}

void SubstituteScalar(const EnvironmentLookup& lookup, ConfigNode& node,
                      Diagnostics& diagnostics) {
  absl::string_view rest = node.scalar;
  std::string out;
  while (!rest.empty()) {
    const size_t dollar = rest.find('$');
    absl::StrAppend(&out, rest.substr(0, dollar));
    if (dollar == absl::string_view::npos) break;
    rest.remove_prefix(dollar);
    if (absl::ConsumePrefix(&rest, "$${")) {
      out += "${";
    } else if (absl::ConsumePrefix(&rest, "${")) {
      const size_t end = rest.find('}');
      if (end == absl::string_view::npos) {
        diagnostics.Error(node, "has a ${ without its }",
                          "close it, or write $${ for a plain ${");
        return;
      }
      AppendReference(rest.substr(0, end), lookup, node, out, diagnostics);
      node.from_environment = true;
      rest.remove_prefix(end + 1);
    } else {
      out += '$';
      rest.remove_prefix(1);
    }
  }
  node.scalar = std::move(out);
}

}  // namespace

EnvironmentLookup ProcessEnvironment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* const value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return std::string(value);
  };
}

void SubstituteEnvironment(const EnvironmentLookup& lookup, ConfigNode& node,
                           Diagnostics& diagnostics) {
  if (node.is_scalar()) SubstituteScalar(lookup, node, diagnostics);
  for (ConfigNode& item : node.items) {
    SubstituteEnvironment(lookup, item, diagnostics);
  }
  for (ConfigEntry& entry : node.entries) {
    SubstituteEnvironment(lookup, entry.value, diagnostics);
  }
}

}  // namespace wiredesk
