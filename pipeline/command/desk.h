// The desk of a command that runs the chain.

#ifndef WIREDESK_PIPELINE_COMMAND_DESK_H_
#define WIREDESK_PIPELINE_COMMAND_DESK_H_

#include <memory>
#include <optional>
#include <vector>

#include "pipeline/desk/desk_api.h"
#include "pipeline/desk/history.h"
#include "pipeline/flow/chain.h"
#include "pipeline/observe/admin_server.h"
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

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_DESK_H_
