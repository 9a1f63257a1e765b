// wiredesk: parse, dedupe, tag and route a stream of news.
//
// The one place that sees both the pipeline and the stages.

#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "pipeline/command_line/run_command_line.h"
#include "stages/chain.h"
#include "stages/commands.h"

// Made by CMake at each build.
extern const char kWiredeskCommit[];

namespace wiredesk {
namespace {

int Main(int argc, char** argv) {
#ifdef NDEBUG
  // Debian's Abseil looks for deadlocks at every lock.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
#endif
  Program program = MakeProgram();
  program.commit = kWiredeskCommit;
  const std::unique_ptr<CommandTable> table = MakeCommandTable(program);
  return RunCommandLine(table->root,
                        std::vector<std::string>(argv + 1, argv + argc));
}

}  // namespace
}  // namespace wiredesk

int main(int argc, char** argv) {
  try {
    return wiredesk::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "wiredesk: %s\n", error.what());
    return wiredesk::kExitFailed;
  }
}
