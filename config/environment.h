// ${NAME} in the values of a configuration.
//
//   ${NAME}           the variable; an error if it is not set
//   ${NAME:-default}  the variable, or the default if not set or empty
//   $${               a plain "${"

#ifndef WIREDESK_CONFIG_ENVIRONMENT_H_
#define WIREDESK_CONFIG_ENVIRONMENT_H_

#include <functional>
#include <optional>
#include <string>

#include "config/config_node.h"
#include "config/diagnostics.h"

namespace wiredesk {

// The value of a variable, nullopt if it is not set.
using EnvironmentLookup =
    std::function<std::optional<std::string>(const std::string& name)>;

// Looks variables up in the environment of this process.
EnvironmentLookup ProcessEnvironment();

// Replaces references in all scalars under `node`, and marks the scalars that
// had one. What a variable holds is not looked at again. Keys stay as they are.
void SubstituteEnvironment(const EnvironmentLookup& lookup, ConfigNode& node,
                           Diagnostics& diagnostics);

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_ENVIRONMENT_H_
