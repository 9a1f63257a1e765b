#ifndef WIREDESK_PIPELINE_COMMAND_CHECK_H_
#define WIREDESK_PIPELINE_COMMAND_CHECK_H_

#include <string>
#include <vector>

#include "config/diagnostics.h"
#include "pipeline/service/program.h"

namespace wiredesk {

// Everything that is wrong with the configuration at `path`: its text, every
// section, Kafka's properties, and what the chain compiles from it.
Diagnostics CheckConfiguration(const Program& program, const std::string& path,
                               const std::vector<std::string>& overlays);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_CHECK_H_
