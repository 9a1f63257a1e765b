#include "pipeline/observe/admin_server.h"

#include <string>
#include <thread>
#include <vector>

#include "absl/memory/memory.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "httplib.h"

namespace wiredesk {
namespace {

// A listener keeps its thread.
constexpr int kThreads = 2 + static_cast<int>(Tap::kListenersMax);
constexpr size_t kRequestBytesMax = 64 << 10;
constexpr absl::Duration kTapWait = absl::Seconds(1);

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

// What stands behind "/tap?".
absl::StatusOr<TapQuery> ReadTapQuery(const httplib::Request& request) {
  TapQuery query;
  for (const auto& [name, value] : request.params) {
    if (name == "stage") {
      query.stage = value;
    } else if (name == "route") {
      query.route = value;
    } else if (name == "filter") {
      query.filter = value;
    } else if (name != "rate" || !absl::SimpleAtod(value, &query.rate)) {
      return absl::InvalidArgumentError(absl::StrCat(
          name, "=", value, ": /tap takes stage, route, filter and rate"));
    }
  }
  return query;
}

// Sends how many listen, and then lines as they come, until the listener has
// gone.
void SendLines(const std::shared_ptr<TapRing>& ring, size_t listeners,
               httplib::Response& response) {
  response.set_chunked_content_provider(
      "application/x-ndjson",
      [ring, listeners](size_t offset, httplib::DataSink& sink) {
        if (offset == 0) {
          const std::string line =
              absl::StrCat("{\"listeners\":", listeners, "}\n");
          return sink.write(line.data(), line.size());
        }
        std::vector<std::string> lines;
        int64_t dropped = 0;
        if (!ring->Take(kTapWait, lines, dropped)) return false;
        if (dropped > 0) {
          lines.push_back(absl::StrCat("{\"dropped\":", dropped, "}\n"));
        }
        // An empty line shows whether somebody is still there.
        if (lines.empty()) lines.push_back("\n");
        for (const std::string& line : lines) {
          if (!sink.write(line.data(), line.size())) return false;
        }
        return true;
      });
}

void ShowTap(Tap* tap, const httplib::Request& request,
             httplib::Response& response) {
  const absl::StatusOr<TapQuery> query = ReadTapQuery(request);
  const absl::StatusOr<std::shared_ptr<TapRing>> ring =
      query.ok() ? tap->Listen(*query) : query.status();
  if (ring.ok()) {
    SendLines(*ring, tap->listeners(), response);
    return;
  }
  response.status = absl::IsInvalidArgument(ring.status()) ? 400 : 503;
  response.set_content(absl::StrCat(ring.status().message(), "\n"),
                       "text/plain");
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
  if (shown.tap != nullptr) {
    server.Get("/tap", [&shown](const httplib::Request& request,
                                httplib::Response& response) {
      ShowTap(shown.tap, request, response);
    });
  }
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
  if (impl_->pages.tap != nullptr) impl_->pages.tap->Close();
  impl_->server.stop();
  impl_->thread.join();
}

}  // namespace wiredesk
