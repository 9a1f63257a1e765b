// The desk of a command that runs the chain.

#ifndef WIREDESK_PIPELINE_COMMAND_DESK_H_
#define WIREDESK_PIPELINE_COMMAND_DESK_H_

#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "pipeline/desk/desk_api.h"
#include "pipeline/desk/history.h"
#include "pipeline/flow/chain.h"
#include "pipeline/observe/admin_server.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/observe/tap.h"
#include "pipeline/service/options.h"
#include "pipeline/service/program.h"

namespace wiredesk {

// Keeps records and makes pages where `options` say so. Outlived by all that it
// is made of.
class Desk {
 public:
  Desk(const DeskOptions& options, const Program& program, const Chain& chain,
       Tap& tap);

  // None where the desk is not enabled.
  std::vector<AdminPage> pages() const;

 private:
  const Program& program_;
  const Chain& chain_;
  Tap& tap_;
  std::optional<DeskHistory> history_;
};

// The desk of a replay, with a server of its own at a loopback address.
class ReplayDesk {
 public:
  // All outlive it. Unavailable: the port is taken.
  static absl::StatusOr<std::unique_ptr<ReplayDesk>> Start(
      const DeskOptions& options, const Program& program, const Chain& chain,
      int port);

  Metrics& metrics() { return metrics_; }
  Tap& tap() { return tap_; }
  // Says where it is, and waits for the signal that ends the process.
  [[noreturn]] void Serve() const;

 private:
  ReplayDesk(const DeskOptions& options, const Program& program,
             const Chain& chain);

  Metrics metrics_;
  Tap tap_;
  Desk desk_;
  std::unique_ptr<AdminServer> server_;  // the last member: it uses the others
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_DESK_H_
