#ifndef WIREDESK_PIPELINE_OBSERVE_ADMIN_CLIENT_H_
#define WIREDESK_PIPELINE_OBSERVE_ADMIN_CLIENT_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "pipeline/observe/tap.h"

namespace wiredesk {

// Where the admin port of a running instance is.
struct AdminAddress {
  std::string host = "127.0.0.1";
  int port = 9464;
  std::string token;  // empty: none is sent
};

// Reads /tap and calls on_line for each line, without its end, until it returns
// false (OK) or the instance ends (OK too). InvalidArgument: the query is
// wrong, in the instance's words. Unavailable: nobody answers.
absl::Status ReadTap(const AdminAddress& address, const TapQuery& query,
                     const std::function<bool(absl::string_view)>& on_line);

// What the instance says at `path`, such as "/readyz": the body of its answer.
// FailedPrecondition, with the body, where it answers that something is wrong.
// Unavailable: nobody answers.
absl::StatusOr<std::string> AskAdmin(const AdminAddress& address,
                                     const std::string& path);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_OBSERVE_ADMIN_CLIENT_H_
