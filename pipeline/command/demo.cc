#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "config/data_path.h"
#include "pipeline/command/commands.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/file/source.h"
#include "pipeline/kafka/feed.h"
#include "pipeline/kafka/mock_cluster.h"
#include "pipeline/kafka/tail.h"
#include "pipeline/observe/record_line.h"
#include "pipeline/service/service.h"

namespace wiredesk {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(30);
constexpr const char* kOutputTopics[] = {"news.events", "news.duplicates",
                                         "news.dead-letters"};

struct Arguments {
  std::vector<std::string> inputs;  // empty: the sample feed
  double rate = 40;                 // raw records a second; 0: no pause
};

// Sends the inputs to the raw topic, as a feed would, one after the other.
absl::StatusOr<int64_t> SendFeed(const Arguments& arguments,
                                 const KafkaClientOptions& client,
                                 const std::string& topic) {
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
    if (arguments.rate > 0) absl::SleepFor(absl::Seconds(1 / arguments.rate));
  }
  WD_RETURN_IF_ERROR(feed->Flush(kPatience));
  return sent;
}

// Prints what arrives in the output topics until `stop` is set and nothing is
// left.
absl::Status PrintOutput(const KafkaClientOptions& client,
                         const std::atomic<bool>& stop) {
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<KafkaTail> tail,
                      KafkaTail::Open(client, {std::begin(kOutputTopics),
                                               std::end(kOutputTopics)}));
  const bool colour = isatty(STDOUT_FILENO) != 0;
  int quiet = 0;
  while (!stop || quiet < 3) {
    WD_ASSIGN_OR_RETURN(const TailRecord* record,
                        tail->Next(absl::Milliseconds(100)));
    quiet = record == nullptr ? quiet + 1 : 0;
    if (record == nullptr) continue;
    std::puts(RecordLine(record->topic, record->value, colour).c_str());
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

// Waits until `sent` raw records are dealt with.
absl::Status AwaitDelivery(int64_t sent, const Accounting& accounting) {
  const absl::Time deadline = absl::Now() + kPatience;
  while (accounting.totals().raw_records < sent) {
    if (absl::Now() > deadline) {
      return absl::DeadlineExceededError("records are missing at the end");
    }
    absl::SleepFor(absl::Milliseconds(20));
  }
  return absl::OkStatus();
}

absl::Status RunDemo(const Arguments& arguments, Chain& chain) {
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<KafkaMockCluster> cluster,
                      KafkaMockCluster::Start());
  const PipelineOptions options = DemoOptions(*cluster);
  WD_RETURN_IF_ERROR(MakeTopics(options, *cluster));
  KafkaClientOptions client;
  client.brokers = cluster->brokers();
  client.consumer = {{"fetch.wait.max.ms", "10"}};

  Metrics metrics;
  Accounting accounting(&metrics);
  Service service(options, &chain, &metrics, &accounting);
  std::atomic<bool> stop_printing = false;
  absl::Status served;
  absl::Status printed;
  std::fprintf(stderr, "starting on an embedded broker ...\n");
  std::thread serving([&] { served = service.Run(); });
  std::thread printing([&] { printed = PrintOutput(client, stop_printing); });
  const absl::Time start = absl::Now();
  const absl::StatusOr<int64_t> sent =
      SendFeed(arguments, client, options.source.topics[0]);
  absl::Status status = sent.status();
  if (sent.ok()) status = AwaitDelivery(*sent, accounting);
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  service.Stop();
  serving.join();
  stop_printing = true;
  printing.join();
  status.Update(served);
  status.Update(printed);
  std::fprintf(stderr, "\n%s",
               PrintTotals(accounting.totals(), seconds).c_str());
  return status;
}

absl::StatusOr<int> Run(Arguments arguments, const Program& program) {
  ConfigureLog(LogLevel::kWarning, LogFormat::kAuto);
  if (arguments.inputs.empty()) {
    WD_ASSIGN_OR_RETURN(const std::string sample, FindData("sample"));
    arguments.inputs.push_back(sample);
  }
  const std::optional<LoadedChain> loaded = LoadWithChain(program, {});
  if (!loaded) return kExitFailed;
  WD_RETURN_IF_ERROR(RunDemo(arguments, *loaded->chain));
  return kExitOk;
}

}  // namespace

Command DemoCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  Command command;
  command.name = "demo";
  command.help =
      "Run the sample feed through the service on an embedded broker";
  command.examples = {"wiredesk demo", "wiredesk demo mine.ndjson --rate 0"};
  command.notes = "Needs no Kafka, no Java and no network.";
  command.flags = {SharedFlag("input", &arguments->inputs)
                       .Plain()
                       .Help("File or folder instead of the sample feed"),
                   Flag("rate", &arguments->rate, "N",
                        "Raw records a second, 0 for no pause")
                       .AtLeast(0)};
  command.run = [arguments, &program] { return Run(*arguments, program); };
  return command;
}

}  // namespace wiredesk
