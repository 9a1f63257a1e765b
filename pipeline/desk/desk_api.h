// What the desk in the browser asks for: JSON under /api/v1/, a stream of
// server-sent events, and the page itself. docs/api/openapi.yaml describes all of
// it; curl is as good a client as the page.
//
// Everything is read from the history (history.h), so nothing that is asked here
// reaches a worker. An answer is at most a few megabytes and costs O(kept
// records). What comes from articles is only ever a JSON string.

#ifndef WIREDESK_PIPELINE_DESK_DESK_API_H_
#define WIREDESK_PIPELINE_DESK_DESK_API_H_

#include <vector>

#include "pipeline/desk/history.h"
#include "pipeline/flow/chain.h"
#include "pipeline/observe/admin_server.h"
#include "pipeline/observe/tap.h"

namespace wiredesk {

struct DeskParts {
  const DeskHistory* history = nullptr;
  Tap* tap = nullptr;               // streams with a filter listen to it
  RecordFilterFactory make_filter;  // may be empty: nobody filters
  const Chain* chain = nullptr;     // its routes are shown, and rehearsed with
};

// The pages for AdminServer::Pages::more. What `parts` points to outlives the
// server.
std::vector<AdminPage> DeskPages(const DeskParts& parts);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_DESK_DESK_API_H_
