#ifndef WIREDESK_STAGES_PARSE_PARSE_COMMAND_H_
#define WIREDESK_STAGES_PARSE_PARSE_COMMAND_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/command_line/command.h"
#include "pipeline/service/program.h"

namespace wiredesk {

struct ParseArguments : ConfigArguments {
  std::vector<std::string> inputs;
  size_t limit = 20;  // articles that are shown
};

// What `wiredesk parse explain` prints: of each article its fields, where each
// came from, and what was left; of each dead letter the reason.
absl::StatusOr<std::string> ExplainParsing(const ParseArguments& arguments);

// What `wiredesk parse suggest` prints: a configuration with parse.json_fields
// for the shape of the documents. InvalidArgument: they are neither JSON nor XML
// of no other format.
absl::StatusOr<std::string> SuggestParsing(const ParseArguments& arguments);

// `wiredesk parse explain` and `wiredesk parse suggest`.
Command ParseCommand();

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PARSE_COMMAND_H_
