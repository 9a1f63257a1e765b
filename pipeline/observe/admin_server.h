// The admin port: /metrics, /healthz, /readyz, and /tap with live records, off
// the hot path.
//
// Who may ask for what: health, readiness and metrics are open. What shows
// articles asks for the token; without one it is served at a loopback address
// only. A browser is answered only if it calls this host by a name that is its
// own (the Host header), for else any page could have its visitors ask.
//
// Runs on threads of its own; what it shows comes from functions that must be
// thread-safe and quick. See http_server.h for what holds under attack.

#ifndef WIREDESK_PIPELINE_OBSERVE_ADMIN_SERVER_H_
#define WIREDESK_PIPELINE_OBSERVE_ADMIN_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "pipeline/observe/http_server.h"
#include "pipeline/observe/tap.h"

namespace wiredesk {

// One condition of being ready, such as {"restored", "81 % of the log"}.
struct ReadyCondition {
  std::string name;
  bool holds = false;
  std::string detail;
};

// One more page. What is asked for by POST has to come as JSON, and not from
// another site's page: a browser sends such a request only after asking, and is
// never told that it may.
struct AdminPage {
  std::string path;
  bool guarded = true;  // shows articles: asks for the token
  HttpHandler make;
  std::string method = "GET";
};

class AdminServer {
 public:
  struct Options {
    std::string address = "127.0.0.1";
    int port = 0;  // 0: any free one
    std::string token;
    // More names of this host, besides localhost and addresses.
    std::vector<std::string> hosts;
  };
  // `metrics_text` gives the body of /metrics; `ready` the conditions, all of
  // which must hold; `healthy` whether the process still does its work.
  struct Pages {
    std::function<std::string()> metrics_text;
    std::function<std::vector<ReadyCondition>()> ready;
    std::function<absl::Status()> healthy;
    Tap* tap = nullptr;  // /tap; may be null; outlives the server
    std::vector<AdminPage> more;
  };

  // Listens at once. Unavailable names the address that is taken.
  static absl::StatusOr<std::unique_ptr<AdminServer>> Start(
      const Options& options, Pages pages);
  ~AdminServer();  // stops

  int port() const { return port_; }

 private:
  struct Impl;
  AdminServer(std::unique_ptr<Impl> impl, int port);

  const std::unique_ptr<Impl> impl_;
  const int port_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_OBSERVE_ADMIN_SERVER_H_
