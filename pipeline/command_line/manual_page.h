#ifndef WIREDESK_PIPELINE_COMMAND_LINE_MANUAL_PAGE_H_
#define WIREDESK_PIPELINE_COMMAND_LINE_MANUAL_PAGE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "pipeline/command_line/command.h"

namespace wiredesk {

// wiredesk(1) in the man macros of troff: the program, every command under it
// with its flags and examples, exit codes and environment.
std::string ManualPage(const Command& root, absl::string_view version);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_LINE_MANUAL_PAGE_H_
