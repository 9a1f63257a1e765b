// The pages by which routes are looked into and tried: what is in use, what each
// route says to a record, a raw record as it came, and a rehearsal.
// docs/api/openapi.yaml describes them.

#ifndef WIREDESK_PIPELINE_DESK_REHEARSAL_API_H_
#define WIREDESK_PIPELINE_DESK_REHEARSAL_API_H_

#include <vector>

#include "pipeline/desk/history.h"
#include "pipeline/flow/chain.h"
#include "pipeline/observe/admin_server.h"

namespace wiredesk {

// Both outlive the pages.
std::vector<AdminPage> RehearsalPages(const DeskHistory* history,
                                      const Chain* chain);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_DESK_REHEARSAL_API_H_
