#ifndef WIREDESK_TESTS_KAFKA_WIREDESK_PROCESS_H_
#define WIREDESK_TESTS_KAFKA_WIREDESK_PROCESS_H_

#include <map>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "tests/kafka/process.h"

namespace wiredesk {

// One deployment of `wiredesk run`: what all of its instances have in common.
// Topics are named after it: <name>.raw, .events, .duplicates, .dead.
struct Deployment {
  std::string name;     // application, group
  std::string brokers;  // "127.0.0.1:9092"
  std::string folder;   // for configurations and logs
  std::string delivery = "exactly_once";
  int workers = 1;
  int records_max = 16;  // small batches: many transactions to break
  int in_flight = 2;     // batch.in_flight
  bool create_topics = true;
  std::string drain_timeout = "20s";
  bool short_times = true;  // of sessions and transactions; else the defaults
  std::string duplicates = "publish";  // dedupe.duplicates
  std::string source_topic;            // empty: raw()
  std::string compression = "none";
  std::string oversized = "cut";  // dead_letter.oversized
  std::string source;             // one more key of the section `source`
  std::string kafka;              // more lines of the section `kafka`
  std::string more;               // more sections

  std::string raw() const { return name + ".raw"; }
  std::string events() const { return name + ".events"; }
  std::string duplicates_topic() const { return name + ".duplicates"; }
  std::string dead() const { return name + ".dead"; }
  std::string sightings() const { return name + ".sightings"; }
};

// The YAML of an instance; `instance` is its kafka.group_instance_id, empty for
// a dynamic member.
std::string ConfigurationOf(const Deployment& deployment,
                            const std::string& instance);

// The program as a user runs it, in a process of its own.
class WiredeskProcess {
 public:
  // Starts it. `slot` names its configuration and its log.
  WiredeskProcess(const Deployment& deployment, const std::string& slot,
                  const std::string& instance,
                  const std::map<std::string, std::string>& environment = {});

  Process& process() { return *process_; }
  const std::string& log_path() const { return log_; }

  // What this life has logged so far.
  std::string Log() const;
  // Waits until the log of this life holds `text`.
  bool AwaitLog(const std::string& text, absl::Duration timeout) const;
  // SIGTERM, and its end. The exit code, or -1 if it did not end in time.
  int Stop(absl::Duration timeout);

 private:
  std::string log_;
  size_t log_begin_ = 0;  // where this life begins
  std::unique_ptr<Process> process_;
};

// Runs `wiredesk` with these arguments to its end; the exit code.
int RunWiredesk(const std::vector<std::string>& arguments,
                const std::string& log, absl::Duration timeout);

std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, const std::string& text);

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_KAFKA_WIREDESK_PROCESS_H_
