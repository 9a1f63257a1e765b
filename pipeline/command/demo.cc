#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "config/data_path.h"
#include "pipeline/command/commands.h"
#include "pipeline/command/demo_view.h"
#include "pipeline/command/desk.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/file/source.h"
#include "pipeline/kafka/feed.h"
#include "pipeline/kafka/mock_cluster.h"
#include "pipeline/kafka/tail.h"
#include "pipeline/service/service.h"

namespace wiredesk {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(30);
constexpr const char* kOutputTopics[] = {"news.events", "news.duplicates",
                                         "news.dead-letters"};

struct Arguments {
  std::vector<std::string> inputs;  // empty: the sample feed
  double rate = 40;                 // raw records a second; 0: no pause
  bool serve = false;               // the desk, until it is told to stop
  int port = 9464;                  // of the desk
};

// SIGINT and SIGTERM, which wait until they are asked for. Made before any other
// thread, since they inherit what it blocks.
class Interrupt {
 public:
  Interrupt() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  // Waits up to `time`; whether one has come, now or before.
  bool Await(absl::Duration time) {
    const timespec wait = absl::ToTimespec(time);
    came_ = came_ || sigtimedwait(&signals_, nullptr, &wait) > 0;
    return came_;
  }

 private:
  sigset_t signals_;
  bool came_ = false;
};

// Sends the inputs to the raw topic, as a feed would, one after the other, until
// they end or `interrupt` comes, if there is one.
absl::StatusOr<int64_t> SendFeed(const Arguments& arguments, double rate,
                                 const KafkaClientOptions& client,
                                 const std::string& topic,
                                 Interrupt* interrupt) {
  WD_ASSIGN_OR_RETURN(std::vector<InputFile> files,
                      ExpandInputs(arguments.inputs));
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<KafkaFeed> feed,
                      KafkaFeed::Make(client));
  FileReader reader(std::move(files), {});
  Batch batch({.records_max = 1});
  int64_t sent = 0;
  while (true) {
    batch.Reset();
    const absl::Status status = reader.Fill(batch);
    if (absl::IsOutOfRange(status)) break;
    WD_RETURN_IF_ERROR(status);
    WD_RETURN_IF_ERROR(
        feed->Send(topic, "", batch.raw_records()[0].value, {}, absl::Now()));
    ++sent;
    const absl::Duration pause =
        rate > 0 ? absl::Seconds(1 / rate) : absl::ZeroDuration();
    if (interrupt == nullptr) {
      absl::SleepFor(pause);
    } else if (interrupt->Await(pause)) {
      break;
    }
  }
  WD_RETURN_IF_ERROR(feed->Flush(kPatience));
  return sent;
}

// Shows what arrives in the output topics until `stop` is set and nothing is
// left.
absl::Status ShowOutput(const KafkaClientOptions& client,
                        const std::atomic<bool>& stop, DemoView& view) {
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<KafkaTail> tail,
                      KafkaTail::Open(client, {std::begin(kOutputTopics),
                                               std::end(kOutputTopics)}));
  int quiet = 0;
  while (!stop || quiet < 3) {
    WD_ASSIGN_OR_RETURN(const TailRecord* record,
                        tail->Next(absl::Milliseconds(100)));
    quiet = record == nullptr ? quiet + 1 : 0;
    if (record == nullptr) continue;
    std::fputs(view.Show(record->topic, record->value, absl::Now()).c_str(),
               stdout);
    std::fflush(stdout);
  }
  return absl::OkStatus();
}

PipelineOptions DemoOptions(const KafkaMockCluster& cluster) {
  PipelineOptions options;
  options.application = "wiredesk-demo";
  options.kafka.brokers = {cluster.brokers()};
  options.kafka.compression = "none";
  // An idle fetch of the embedded broker waits for its whole time.
  options.kafka.consumer["fetch.wait.max.ms"] = "10";
  options.create_topics = false;
  options.source.alone = true;
  return options;
}

absl::Status MakeTopics(const PipelineOptions& options,
                        KafkaMockCluster& cluster) {
  WD_RETURN_IF_ERROR(cluster.CreateTopic(options.source.topics[0], 3));
  WD_RETURN_IF_ERROR(cluster.CreateTopic(options.sightings_topic(), 1));
  for (const char* topic : kOutputTopics) {
    WD_RETURN_IF_ERROR(cluster.CreateTopic(topic, 1));
  }
  return absl::OkStatus();
}

// Waits until `holds`, or `over`: the service has ended.
absl::Status Await(absl::string_view what, const std::atomic<bool>& over,
                   const std::function<bool()>& holds) {
  const absl::Time deadline = absl::Now() + kPatience;
  while (!holds()) {
    if (over) return absl::UnavailableError("the service has ended");
    if (absl::Now() > deadline) {
      return absl::DeadlineExceededError(
          absl::StrCat(what, " not within ", absl::FormatDuration(kPatience)));
    }
    absl::SleepFor(absl::Milliseconds(5));
  }
  return absl::OkStatus();
}

bool IsReady(const Service& service) {
  const std::vector<ReadyCondition> conditions = service.ready();
  return std::all_of(conditions.begin(), conditions.end(),
                     [](const ReadyCondition& each) { return each.holds; });
}

// Sends the feed once the service has its partitions, so that each record is
// dealt with when it comes, and waits until all are.
absl::Status FeedService(const Arguments& arguments,
                         const KafkaClientOptions& client,
                         const std::string& topic, const Service& service,
                         const Accounting& accounting,
                         const std::atomic<bool>& over, Interrupt* interrupt) {
  WD_RETURN_IF_ERROR(Await("the service is ready", over,
                           [&service] { return IsReady(service); }));
  WD_ASSIGN_OR_RETURN(const int64_t sent, SendFeed(arguments, arguments.rate,
                                                   client, topic, interrupt));
  return Await("all records are dealt with", over, [&accounting, sent] {
    return accounting.totals().raw_records >= sent;
  });
}

absl::StatusOr<std::unique_ptr<AdminServer>> StartDesk(
    const Arguments& arguments, const Desk& desk, const Metrics& metrics,
    const Service& service, Tap& tap) {
  if (!arguments.serve) return nullptr;
  AdminServer::Pages pages;
  pages.metrics_text = [&metrics] { return metrics.PrometheusText(); };
  pages.ready = [&service] { return service.ready(); };
  pages.healthy = [&service] { return service.healthy(); };
  pages.tap = &tap;
  pages.more = desk.pages();
  WD_ASSIGN_OR_RETURN(
      std::unique_ptr<AdminServer> server,
      AdminServer::Start({.port = arguments.port}, std::move(pages)));
  std::fprintf(stderr, "the desk is at http://127.0.0.1:%d/\n", server->port());
  return server;
}

// Sends the feed again and again, slowly, for whoever looks at the desk.
absl::Status KeepServing(const Arguments& arguments,
                         const KafkaClientOptions& client,
                         const std::string& topic, int port,
                         Interrupt& interrupt) {
  constexpr double kRate = 1;
  std::printf(
      "\nThe desk is open at http://127.0.0.1:%d/ . The feed goes round, "
      "slowly,\n"
      "until Ctrl+C.\n",
      port);
  std::fflush(stdout);
  while (!interrupt.Await(absl::ZeroDuration())) {
    WD_RETURN_IF_ERROR(
        SendFeed(arguments, kRate, client, topic, &interrupt).status());
  }
  return absl::OkStatus();
}

absl::Status RunDemo(const Arguments& arguments, const Program& program,
                     Chain& chain) {
  std::optional<Interrupt> interrupt;
  if (arguments.serve) interrupt.emplace();
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<KafkaMockCluster> cluster,
                      KafkaMockCluster::Start());
  const PipelineOptions options = DemoOptions(*cluster);
  WD_RETURN_IF_ERROR(MakeTopics(options, *cluster));
  KafkaClientOptions client;
  client.brokers = cluster->brokers();
  client.consumer = {{"fetch.wait.max.ms", "10"}};

  Metrics metrics;
  Accounting accounting(&metrics);
  Tap tap(program.make_filter,
          {program.stages, [&chain] { return chain.route_names(); }});
  DeskOptions desk_options;
  desk_options.enabled = arguments.serve;
  const Desk desk(desk_options, program, chain, tap);
  Service service(options, &chain, &metrics, &accounting, &tap);
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<AdminServer> admin,
                      StartDesk(arguments, desk, metrics, service, tap));
  DemoView view(isatty(STDOUT_FILENO) != 0 &&
                std::getenv("NO_COLOR") == nullptr);
  std::atomic<bool> over = false;
  std::atomic<bool> stop_showing = false;
  absl::Status served;
  absl::Status shown;
  std::thread serving([&] {
    served = service.Run();
    over = true;
  });
  std::thread showing([&] { shown = ShowOutput(client, stop_showing, view); });
  absl::Status status =
      FeedService(arguments, client, options.source.topics[0], service,
                  accounting, over, interrupt ? &*interrupt : nullptr);
  if (status.ok() && interrupt) {
    status = KeepServing(arguments, client, options.source.topics[0],
                         admin->port(), *interrupt);
  }
  service.Stop();
  serving.join();
  stop_showing = true;
  showing.join();
  status.Update(served);
  status.Update(shown);
  std::printf("\n%s", view.Summary().c_str());
  return status;
}

void PrintNextSteps(const std::string& input) {
  const char* const program = program_invocation_name;
  std::printf(
      "\nTry next:\n"
      "  %s demo --serve\n"
      "      the same, to look at in a browser: http://127.0.0.1:9464/\n"
      "  %s explain %s\n"
      "      what is found in an article, and why\n"
      "  %s replay %s -o out\n"
      "      the whole chain over files of yours, into files\n",
      program, program, input.c_str(), program, input.c_str());
}

absl::StatusOr<int> Run(Arguments arguments, const Program& program) {
  ConfigureLog(LogLevel::kWarning, LogFormat::kAuto);
  if (arguments.inputs.empty()) {
    WD_ASSIGN_OR_RETURN(const std::string sample, FindData("sample"));
    arguments.inputs.push_back(sample);
  }
  const std::optional<LoadedChain> loaded = LoadWithChain(program, {});
  if (!loaded) return kExitFailed;
  std::fprintf(stderr, "starting the service on an embedded broker ...\n");
  WD_RETURN_IF_ERROR(RunDemo(arguments, program, *loaded->chain));
  PrintNextSteps(arguments.inputs[0]);
  return kExitOk;
}

}  // namespace

Command DemoCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  Command command;
  command.name = "demo";
  command.help =
      "Run the sample feed through the service on an embedded broker";
  command.examples = {"wiredesk demo", "wiredesk demo --serve",
                      "wiredesk demo mine.ndjson --rate 0"};
  command.notes = "Needs no Kafka, no Java and no network.";
  command.flags = {SharedFlag("input", &arguments->inputs)
                       .Plain()
                       .Help("File or folder instead of the sample feed"),
                   Flag("rate", &arguments->rate, "N",
                        "Raw records a second, 0 for no pause")
                       .AtLeast(0),
                   Flag("serve", &arguments->serve, "",
                        "Open the desk in the browser, and keep running until "
                        "interrupted"),
                   Flag("port", &arguments->port, "N",
                        "Port of the desk, 0 for any free one")
                       .Between(0, 65535)};
  command.run = [arguments, &program] { return Run(*arguments, program); };
  return command;
}

}  // namespace wiredesk
