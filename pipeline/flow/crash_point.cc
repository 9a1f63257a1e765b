#include "pipeline/flow/crash_point.h"

#ifdef WIREDESK_CRASH_POINTS

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace wiredesk {
namespace {

struct Target {
  std::string name;
  int passes = 1;
};

Target ReadTarget() {
  Target target;
  const char* text = std::getenv("WIREDESK_CRASH_AT");
  if (text == nullptr) return target;
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(text, absl::MaxSplits(':', 1));
  target.name = parts.first;
  if (!absl::SimpleAtoi(parts.second, &target.passes)) target.passes = 1;
  return target;
}

}  // namespace

void CrashPoint(absl::string_view name) {
  static const Target* const target = new Target(ReadTarget());
  if (target->name.empty() || name != target->name) return;
  static std::atomic<int> passed = 0;
  if (++passed == target->passes) kill(getpid(), SIGKILL);
}

}  // namespace wiredesk

#endif  // WIREDESK_CRASH_POINTS
