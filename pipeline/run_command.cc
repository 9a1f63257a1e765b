#include "pipeline/run_command.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <ctime>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "config/status_macros.h"
#include "pipeline/log.h"
#include "pipeline/service.h"

namespace wiredesk {
namespace {

// Calls `on_stop` at the first SIGTERM or SIGINT, and ends the process at the
// second. Made before any other thread, since they inherit what it blocks.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    signal(SIGPIPE, SIG_IGN);
  }
  ~StopSignals() {
    done_ = true;
    if (thread_.joinable()) thread_.join();
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  void Start(std::function<void()> on_stop) {
    thread_ = std::thread([this, on_stop = std::move(on_stop)] {
      bool stopping = false;
      const timespec wait = {0, 50'000'000};
      while (!done_) {
        if (sigtimedwait(&signals_, nullptr, &wait) < 0) continue;
        if (stopping) _exit(kExitFailed);
        stopping = true;
        LogInfo("stopping");
        on_stop();
      }
    });
  }

 private:
  sigset_t signals_;
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

absl::StatusOr<std::unique_ptr<AdminServer>> StartAdmin(
    const AdminOptions& options, const Metrics& metrics,
    const Service& service) {
  if (!options.enabled) return nullptr;
  AdminServer::Pages pages;
  pages.metrics_text = [&metrics] { return metrics.PrometheusText(); };
  pages.ready = [&service] { return service.ready(); };
  pages.healthy = [&service] { return service.healthy(); };
  WD_ASSIGN_OR_RETURN(
      std::unique_ptr<AdminServer> server,
      AdminServer::Start({options.address, options.port}, std::move(pages)));
  LogInfo("admin_listens",
          {{"address", options.address}, {"port", server->port()}});
  return server;
}

absl::Status RunService(const PipelineOptions& options, Chain& chain,
                        StopSignals& signals) {
  Metrics metrics;
  Accounting accounting(&metrics);
  Service service(options, &chain, &metrics, &accounting);
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<AdminServer> admin,
                      StartAdmin(options.admin, metrics, service));
  signals.Start([&service] { service.Stop(); });
  const absl::Time start = absl::Now();
  const absl::Status status = service.Run();
  const Totals totals = accounting.totals();
  LogInfo("stopped", {{"seconds", absl::ToInt64Seconds(absl::Now() - start)},
                      {"raw_records", totals.raw_records},
                      {"published", totals.published},
                      {"dead_letters", totals.dead_letters}});
  if (absl::IsDeadlineExceeded(status)) {
    // Threads that hang still use what would be destroyed here.
    LogError("failed", {{"reason", status.message()}});
    _exit(kExitFailed);
  }
  return status;
}

int Run(const Program& program, const std::string& path,
        const std::vector<std::string>& overlays) {
  StopSignals signals;
  Config config;
  Diagnostics diagnostics;
  const std::unique_ptr<Chain> chain =
      LoadChain(program, path, overlays, config, diagnostics);
  PipelineOptions options;
  if (chain != nullptr) options = DecodePipelineOptions(config, diagnostics);
  if (chain == nullptr || !diagnostics.ok()) {
    std::fputs(diagnostics.Text().c_str(), stderr);
    return kExitFailed;
  }
  ConfigureLog(options.log.level, options.log.format);
  const absl::Status status = RunService(options, *chain, signals);
  if (status.ok()) return kExitOk;
  LogError("failed", {{"reason", status.message()}});
  return kExitFailed;
}

}  // namespace

void AddRunCommand(CLI::App& app, const Program& program, int& exit_code) {
  auto* command =
      app.add_subcommand("run", "Process what comes in, until told to stop.");
  auto config = std::make_shared<std::string>();
  auto overlays = std::make_shared<std::vector<std::string>>();
  command->add_option("--config", *config, "The configuration, a YAML file.")
      ->required();
  command->add_option("--overlay", *overlays,
                      "YAML files laid over it, in order.");
  command->footer(
      "Example:\n  wiredesk run --config /etc/wiredesk/wiredesk.yaml\n\n"
      "SIGTERM and SIGINT finish the batches under way; a second one leaves at "
      "once.");
  command->callback([&program, &exit_code, config, overlays] {
    exit_code = Run(program, *config, *overlays);
  });
}

}  // namespace wiredesk
