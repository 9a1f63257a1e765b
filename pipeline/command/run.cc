#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "pipeline/command/commands.h"
#include "pipeline/command/desk.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/kafka/client.h"
#include "pipeline/observe/log.h"
#include "pipeline/observe/process_metrics.h"
#include "pipeline/service/reload.h"
#include "pipeline/service/service.h"

namespace wiredesk {
namespace {

// What is left to do once the batches in flight are through.
constexpr absl::Duration kCloseTimeout = absl::Seconds(20);

// Calls `on_stop` at the first SIGTERM or SIGINT, and ends the process at the
// second; calls `on_reload` at each SIGHUP. Made before any other thread, since
// they inherit what it blocks.
class Signals {
 public:
  Signals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGHUP);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    signal(SIGPIPE, SIG_IGN);
  }
  ~Signals() {
    done_ = true;
    if (thread_.joinable()) thread_.join();
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  void Start(std::function<void()> on_stop, std::function<void()> on_reload) {
    thread_ = std::thread(
        [this, on_stop = std::move(on_stop), on_reload = std::move(on_reload)] {
          bool stopping = false;
          const timespec wait = {0, 50'000'000};
          while (!done_) {
            const int signal = sigtimedwait(&signals_, nullptr, &wait);
            if (signal < 0) continue;
            if (signal == SIGHUP) {
              on_reload();
              continue;
            }
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

// What is true at the moment of the question and needs no counter of ours: the
// build, the process, the listeners, the story index, the clients of Kafka.
std::string MomentaryMetrics(const std::string& commit, Chain& chain,
                             Tap& tap) {
  const Processing processing = chain.processing();
  Metrics metrics;
  for (const ReplicaFigure& each : chain.replica()->figures()) {
    if (each.counter) {
      metrics.GetCounter(each.name, each.help)->Add(each.value);
    } else {
      metrics.GetGauge(each.name, each.help)->Set(each.value);
    }
  }
  constexpr absl::string_view kErrors = "wiredesk_broker_errors_total";
  constexpr absl::string_view kErrorsHelp =
      "Errors that the clients of Kafka have told of, by librdkafka's name.";
  metrics.Declare(kErrors, kErrorsHelp, "counter");
  for (const KafkaErrorCount& each : KafkaErrorCounts()) {
    metrics.GetCounter(kErrors, kErrorsHelp, {{"error", each.error}})
        ->Add(each.count);
  }
  metrics.GetGauge("wiredesk_tap_listeners", "Who listens to live records.")
      ->Set(static_cast<int64_t>(tap.listeners()));
  return absl::StrCat(
      InfoMetricText("wiredesk_build_info",
                     "Versions of the program and of what it works with.",
                     {{"version", processing.wiredesk},
                      {"commit", commit},
                      {"config", processing.config},
                      {"gazetteer", processing.gazetteer}}),
      metrics.PrometheusText(), ProcessMetricsText());
}

// Ends the process if the rest of it takes too long: a client of Kafka may wait
// for ever for a topic that is gone.
class ExitDeadline {
 public:
  explicit ExitDeadline(absl::Duration time)
      : thread_([this, time] {
          if (ended_.WaitForNotificationWithTimeout(time)) return;
          LogError("exit_forced", {{"seconds", absl::ToInt64Seconds(time)}});
          _exit(kExitFailed);
        }) {}
  ~ExitDeadline() {
    ended_.Notify();
    thread_.join();
  }
  ExitDeadline(const ExitDeadline&) = delete;
  ExitDeadline& operator=(const ExitDeadline&) = delete;

 private:
  absl::Notification ended_;
  std::thread thread_;
};

absl::StatusOr<std::unique_ptr<AdminServer>> StartAdmin(
    const AdminOptions& options, const std::string& commit, Chain& chain,
    const Metrics& metrics, const Service& service, const Reloader& reloader,
    const Desk& desk, Tap& tap) {
  if (!options.enabled) return nullptr;
  AdminServer::Pages pages;
  pages.metrics_text = [&metrics, &chain, &tap, commit] {
    return absl::StrCat(MomentaryMetrics(commit, chain, tap),
                        metrics.PrometheusText());
  };
  pages.ready = [&service, &reloader] {
    std::vector<ReadyCondition> conditions = service.ready();
    conditions.push_back(reloader.condition());
    return conditions;
  };
  pages.healthy = [&service] { return service.healthy(); };
  pages.tap = &tap;
  pages.more = desk.pages();
  WD_ASSIGN_OR_RETURN(
      std::unique_ptr<AdminServer> server,
      AdminServer::Start({options.address, options.port,
                          std::string(options.token.Reveal()), options.hosts},
                         std::move(pages)));
  LogInfo("admin_listens",
          {{"address", options.address}, {"port", server->port()}});
  return server;
}

absl::Status RunService(const Program& program, const ConfigArguments& files,
                        const Config& config, const PipelineOptions& options,
                        Chain& chain, Signals& signals) {
  // The last to go: what stands below is then destroyed within its time.
  std::optional<ExitDeadline> deadline;
  Metrics metrics;
  Accounting accounting(&metrics);
  Tap tap(program.make_filter,
          {program.stages, [&chain] { return chain.route_names(); }});
  const Desk desk(options.desk, program, chain, tap);
  Service service(options, &chain, &metrics, &accounting, &tap);
  Reloader reloader({files.config, files.overlays, options.reload.interval},
                    config.files(), program, &chain, &metrics);
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<AdminServer> admin,
                      StartAdmin(options.admin, program.commit, chain, metrics,
                                 service, reloader, desk, tap));
  const Processing processing = chain.processing();
  LogInfo("started",
          {{"version", processing.wiredesk},
           {"commit", program.commit},
           {"config", processing.config},
           {"gazetteer", processing.gazetteer},
           {"brokers", absl::StrJoin(options.kafka.brokers, ",")},
           {"group", options.group()},
           {"topics", absl::StrJoin(options.source.topics, ",")},
           {"workers", options.workers},
           {"exactly_once", options.delivery == Delivery::kExactlyOnce}});
  reloader.Start();
  signals.Start([&service] { service.Stop(); },
                [&reloader] { reloader.Request(); });
  const absl::Time start = absl::Now();
  const absl::Status status = service.Run();
  deadline.emplace(kCloseTimeout);
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

int Run(const Program& program, const ConfigArguments& files) {
  Signals signals;
  const std::optional<LoadedChain> loaded = LoadWithChain(program, files);
  if (!loaded) return kExitFailed;
  ConfigureLog(loaded->options.log.level, loaded->options.log.format);
  const absl::Status status = RunService(
      program, files, loaded->config, loaded->options, *loaded->chain, signals);
  if (status.ok()) return kExitOk;
  // To the log, where whoever runs a service looks.
  LogError("failed", {{"reason", status.message()}});
  return kExitFailed;
}

}  // namespace

Command RunCommand(const Program& program) {
  const auto files = std::make_shared<ConfigArguments>();
  Command command;
  command.name = "run";
  command.help =
      "Run the service between Kafka topics until it is told to stop";
  command.examples = {"wiredesk run /etc/wiredesk/wiredesk.yaml",
                      "wiredesk run wiredesk.yaml --overlay production.yaml"};
  command.notes =
      "SIGTERM and SIGINT finish the batches in flight; a second one ends the\n"
      "process at once. SIGHUP takes a changed configuration, as does a change "
      "of\nits files.";
  command.flags = {SharedFlag("config", &files->config)
                       .Plain()
                       .Required()
                       .Help("Configuration"),
                   SharedFlag("overlay", &files->overlays)};
  command.run = [&program, files] { return Run(program, *files); };
  return command;
}

}  // namespace wiredesk
