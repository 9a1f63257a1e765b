#ifndef WIREDESK_STAGES_DEDUPE_DEDUPE_COMMAND_H_
#define WIREDESK_STAGES_DEDUPE_DEDUPE_COMMAND_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "pipeline/service/program.h"

namespace CLI {
class App;
}

namespace wiredesk {

struct DedupeExplainArguments {
  std::vector<std::string> inputs;
  std::string id;       // of the article: record id, guid or URL
  std::string against;  // another; empty: what the article was matched with
  std::string config;
  std::vector<std::string> overlays;
};

// What `wiredesk dedupe explain` prints. NotFound: no such article.
absl::StatusOr<std::string> ExplainDuplicate(
    const Program& program, const DedupeExplainArguments& arguments);

// Adds `wiredesk dedupe explain` and `wiredesk dedupe tune`. `program` outlives
// the app.
void AddDedupeCommand(CLI::App& app, const Program& program, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_DEDUPE_COMMAND_H_
