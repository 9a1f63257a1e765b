#include "pipeline/admin_server.h"

#include <thread>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "httplib.h"

namespace wiredesk {
namespace {

constexpr int kThreads = 2;
constexpr size_t kRequestBytesMax = 64 << 10;

void ShowReady(const std::vector<ReadyCondition>& conditions,
               httplib::Response& response) {
  bool all = true;
  std::string body;
  for (const ReadyCondition& condition : conditions) {
    all = all && condition.holds;
    absl::StrAppend(&body, condition.holds ? "ok   " : "wait ", condition.name,
                    condition.detail.empty() ? "" : ": ", condition.detail,
                    "\n");
  }
  response.status = all ? 200 : 503;
  response.set_content(body, "text/plain");
}

}  // namespace

struct AdminServer::Impl {
  Pages pages;
  httplib::Server server;
  std::thread thread;
};

absl::StatusOr<std::unique_ptr<AdminServer>> AdminServer::Start(
    const Options& options, Pages pages) {
  auto impl = std::make_unique<Impl>();
  impl->pages = std::move(pages);
  httplib::Server& server = impl->server;
  server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  server.set_payload_max_length(kRequestBytesMax);
  server.set_keep_alive_timeout(1);
  const Pages& shown = impl->pages;
  server.Get("/metrics", [&shown](const httplib::Request& /*request*/,
                                  httplib::Response& response) {
    response.set_content(shown.metrics_text(), "text/plain; version=0.0.4");
  });
  server.Get("/healthz", [&shown](const httplib::Request& /*request*/,
                                  httplib::Response& response) {
    const absl::Status healthy = shown.healthy();
    response.status = healthy.ok() ? 200 : 503;
    response.set_content(healthy.ok() ? "ok\n" : healthy.ToString() + "\n",
                         "text/plain");
  });
  server.Get("/readyz", [&shown](const httplib::Request& /*request*/,
                                 httplib::Response& response) {
    ShowReady(shown.ready(), response);
  });
  const int port =
      options.port == 0
          ? server.bind_to_any_port(options.address)
          : (server.bind_to_port(options.address, options.port) ? options.port
                                                                : -1);
  if (port < 0) {
    return absl::UnavailableError(absl::StrCat(
        "cannot listen on ", options.address, ":", options.port,
        "; another program may use the port: set admin.port, or 0 for any"));
  }
  impl->thread = std::thread([&server] { server.listen_after_bind(); });
  return absl::WrapUnique(new AdminServer(std::move(impl), port));
}

AdminServer::AdminServer(std::unique_ptr<Impl> impl, int port)
    : impl_(std::move(impl)), port_(port) {}

AdminServer::~AdminServer() {
  // stop() before listen has begun would be lost.
  while (!impl_->server.is_running()) std::this_thread::yield();
  impl_->server.stop();
  impl_->thread.join();
}

}  // namespace wiredesk
