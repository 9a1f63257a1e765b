#include "pipeline/command/admin_address.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace wiredesk {

absl::StatusOr<AdminAddress> AdminAddressOf(const std::string& address,
                                            const PipelineOptions& options) {
  AdminAddress result;
  result.token = std::string(options.admin.token.Reveal());
  if (address.empty()) {
    result.host = options.admin.address;
    result.port = options.admin.port;
    if (result.host == "0.0.0.0") result.host = "127.0.0.1";
    return result;
  }
  const size_t colon = address.rfind(':');
  result.host = address.substr(0, colon);
  if (colon == std::string::npos || result.host.empty() ||
      !absl::SimpleAtoi(address.substr(colon + 1), &result.port)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--address ", address, ": expected HOST:PORT, as in 127.0.0.1:9464"));
  }
  return result;
}

}  // namespace wiredesk
