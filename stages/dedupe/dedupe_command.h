#ifndef WIREDESK_STAGES_DEDUPE_DEDUPE_COMMAND_H_
#define WIREDESK_STAGES_DEDUPE_DEDUPE_COMMAND_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/command_line/command.h"
#include "pipeline/service/program.h"

namespace wiredesk {

struct DedupeExplainArguments : ConfigArguments {
  std::vector<std::string> inputs;
  std::string id;       // of the article: record id, guid or URL
  std::string against;  // another; empty: what the article was matched with
};

// What `wiredesk dedupe explain` prints. NotFound: no such article.
absl::StatusOr<std::string> ExplainDuplicate(
    const Program& program, const DedupeExplainArguments& arguments);

// `wiredesk dedupe explain` and `wiredesk dedupe tune`. `program` must outlive
// it.
Command DedupeCommand(const Program& program);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_DEDUPE_COMMAND_H_
