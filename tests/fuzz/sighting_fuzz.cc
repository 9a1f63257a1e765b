// No bytes from the sighting log crash a replica.

#include <cstddef>
#include <cstdint>
#include <string>

#include "stages/dedupe/index/index_replica.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using wiredesk::IndexLimits;
  constexpr IndexLimits kLimits = {3600, 7200, size_t{1} << 20, 8000};
  static wiredesk::IndexReplica replica(kLimits, {0, 0}, 1);
  static int64_t position = 0;
  std::string decision;
  (void)replica.Apply(position++, {reinterpret_cast<const char*>(data), size},
                      decision);
  return 0;
}
