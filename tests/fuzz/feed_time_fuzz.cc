// Any bytes as a time: no crash, and never the instant zero with a clock.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "stages/parse/time/feed_time.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::optional<wiredesk::ParsedTime> time =
      wiredesk::ParseTime({reinterpret_cast<const char*>(data), size});
  if (time.has_value() && time->precision == wiredesk::TimePrecision::kSecond &&
      time->instant == absl::UnixEpoch()) {
    std::abort();
  }
  return 0;
}
