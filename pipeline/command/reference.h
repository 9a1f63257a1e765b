#ifndef WIREDESK_PIPELINE_COMMAND_REFERENCE_H_
#define WIREDESK_PIPELINE_COMMAND_REFERENCE_H_

#include "CLI/CLI.hpp"
#include "pipeline/service/program.h"

namespace wiredesk {

// wiredesk reference: the documentation of all options, as Markdown or as JSON
// Schema for editors.
void AddReferenceCommand(CLI::App& app, const Program& program, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_REFERENCE_H_
