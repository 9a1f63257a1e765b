#include "tests/kafka/wiredesk_process.h"

#include <signal.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "tests/kafka/kafka_broker.h"

namespace wiredesk {
namespace {

constexpr char kProgram[] = WIREDESK_BINARY_DIR "/wiredesk";

// So that a member that was killed is missed soon.
constexpr char kShortTimes[] = R"(
  transaction_timeout: 4s
  consumer: {session.timeout.ms: "4000", heartbeat.interval.ms: "500", topic.metadata.refresh.interval.ms: "1000"}
)";

constexpr char kKafka[] = R"(
application: $0
kafka:
  brokers: ["$1"]
  compression: $2
  group_instance_id: "$3"
  static_membership: $8
$4
source:
  topics: [$5]
  $6
dead_letter: {topic: $0.dead, oversized: $7}
)";

constexpr char kRunning[] = R"(
delivery: $0
workers: $1
batch: {records_max: $2, in_flight: $5}
create_topics: $3
new_topics: {partitions: 2, retention: 72h}
admin: {port: 0}
drain_timeout: $4
)";

constexpr char kStages[] = R"(
dedupe: {duplicates: $1}
route:
  routes:
    - name: duplicates
      when: dedupe.verdict in ["near", "exact", "excerpt"]
      to: $0.duplicates
  default: {to: $0.events}
$2
)";

}  // namespace

std::string ConfigurationOf(const Deployment& d, const std::string& instance) {
  return absl::StrCat(
      absl::Substitute(
          kKafka, d.name, d.brokers, d.compression, instance, d.kafka,
          d.source_topic.empty() ? d.raw() : d.source_topic, d.source,
          d.oversized, instance.empty() ? "false" : "true"),
      absl::Substitute(kRunning, d.delivery, d.workers, d.records_max,
                       d.create_topics ? "true" : "false", d.drain_timeout,
                       d.in_flight),
      absl::Substitute(kStages, d.name, d.duplicates, d.more));
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void WriteFile(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

WiredeskProcess::WiredeskProcess(
    const Deployment& deployment, const std::string& slot,
    const std::string& instance,
    const std::map<std::string, std::string>& environment)
    : log_(absl::StrCat(deployment.folder, "/", slot, ".log")) {
  const std::string config =
      absl::StrCat(deployment.folder, "/", slot, ".yaml");
  WriteFile(config, ConfigurationOf(deployment, instance));
  std::error_code none_yet;
  const auto size = std::filesystem::file_size(log_, none_yet);
  if (!none_yet) log_begin_ = static_cast<size_t>(size);
  process_ = std::make_unique<Process>(
      std::vector<std::string>{kProgram, "run", "--config", config}, log_,
      environment);
}

std::string WiredeskProcess::Log() const {
  const std::string all = ReadFile(log_);
  return all.size() < log_begin_ ? "" : all.substr(log_begin_);
}

bool WiredeskProcess::AwaitLog(const std::string& text,
                               absl::Duration timeout) const {
  return Eventually(timeout, [&] { return absl::StrContains(Log(), text); });
}

int WiredeskProcess::Stop(absl::Duration timeout) {
  process_->Signal(SIGTERM);
  return process_->Wait(timeout) ? process_->exit_code() : -1;
}

int RunWiredesk(const std::vector<std::string>& arguments,
                const std::string& log, absl::Duration timeout) {
  std::vector<std::string> all = {kProgram};
  all.insert(all.end(), arguments.begin(), arguments.end());
  Process process(all, log);
  return process.Wait(timeout) ? process.exit_code() : -1;
}

}  // namespace wiredesk
