// Where the admin port is that a command asks.

#ifndef WIREDESK_PIPELINE_COMMAND_ADMIN_ADDRESS_H_
#define WIREDESK_PIPELINE_COMMAND_ADMIN_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"
#include "pipeline/observe/admin_client.h"
#include "pipeline/service/options.h"

namespace wiredesk {

// `address` as HOST:PORT, or where it is empty that of the configuration, on
// this machine if the instance listens everywhere. InvalidArgument: it is
// neither.
absl::StatusOr<AdminAddress> AdminAddressOf(const std::string& address,
                                            const PipelineOptions& options);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_ADMIN_ADDRESS_H_
