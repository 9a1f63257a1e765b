// Requests of any bytes to the admin port: no crash, and what is taken is there.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "pipeline/observe/http_server.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  wiredesk::HttpRequest request;
  size_t taken = 0;
  const int status = wiredesk::ParseHttpRequest(bytes, 1024, request, taken);
  if (taken > size || request.body.size() > 1024) std::abort();
  if (status == 200 && (request.path.empty() || taken == 0)) std::abort();
  return 0;
}
