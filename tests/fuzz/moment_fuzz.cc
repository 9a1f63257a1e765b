// Any text as a time on the command line: what is read is a time that there
// is, and what is refused is refused in a short sentence.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "pipeline/command_line/moment.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const absl::Time now = absl::FromUnixSeconds(1'782'887'400);
  const absl::StatusOr<absl::Time> time = wiredesk::ParseMoment(text, now);
  if (!time.ok() && time.status().message().size() > 400) std::abort();
  if (time.ok() && size > 0 && text[0] == '-' &&
      (*time > now || *time == absl::InfinitePast())) {
    std::abort();
  }
  return 0;
}
