// The flags that several commands share, in one table: each has one name, one
// letter and one help text, whatever the command.

#ifndef WIREDESK_PIPELINE_COMMAND_SHARED_FLAGS_H_
#define WIREDESK_PIPELINE_COMMAND_SHARED_FLAGS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "pipeline/command_line/flag.h"
#include "pipeline/kafka/range.h"
#include "pipeline/service/options.h"
#include "pipeline/service/program.h"

namespace wiredesk {

// A row of the table, without the variable that receives the value.
struct SharedFlagRow {
  absl::string_view name;
  char letter;
  absl::string_view value;
  absl::string_view help;
  bool files;
};

inline constexpr SharedFlagRow kSharedFlags[] = {
    {"config", 'c', "FILE", "Configuration; the built-in defaults without it",
     true},
    {"overlay", '\0', "FILE", "File laid over the configuration", true},
    {"brokers", 'b', "HOST:PORT,...", "Brokers, instead of the configuration's",
     false},
    {"input", 'i', "FILE",
     "File, folder, or - for standard input: NDJSON, JSON, feeds, pages, WARC, "
     "recordings; also .gz and .zst",
     true},
    {"output", 'o', "FILE", "File to write", true},
    {"topic", 't', "TOPIC", "Topic", false},
    {"from", '\0', "TIME",
     "Time of the first records, such as -1h, yesterday, \"today 06:00\" or "
     "2026-07-01T06:30Z; the beginning without it",
     false},
    {"to", '\0', "TIME",
     "Time before which it ends, written likewise; now without it", false},
    {"limit", 'n', "N", "Stop after N records", false},
    {"quiet", 'q', "", "Print neither progress nor summary", false},
    {"json", 'j', "", "Print JSON", false},
    {"address", '\0', "HOST:PORT", "Admin port, instead of the configuration's",
     false},
};

// The flag of the table that is called `name`, which must be one of it.
template <typename T>
Flag SharedFlag(absl::string_view name, T* to) {
  const SharedFlagRow* row = kSharedFlags;
  while (row->name != name) ++row;
  Flag flag(row->name, to, row->value, row->help);
  flag.letter = row->letter;
  flag.files = row->files;
  return flag;
}

struct ConfigArguments {
  std::string config;
  std::vector<std::string> overlays;
};

struct ClusterArguments : ConfigArguments {
  std::string brokers;  // instead of the configuration's
};

struct RangeArguments {
  std::vector<std::string> topics;
  std::string from;
  std::string to;
};

// --config, --overlay.
std::vector<Flag> ConfigFlags(ConfigArguments* to);

// --config, --overlay, --brokers.
std::vector<Flag> ClusterFlags(ClusterArguments* to);

// --from, --to.
std::vector<Flag> RangeFlags(RangeArguments* to);

// The flags of `groups`, one behind the other.
std::vector<Flag> JoinFlags(std::vector<std::vector<Flag>> groups);

// What a command works with.
struct LoadedChain {
  Config config;
  PipelineOptions options;
  std::unique_ptr<Chain> chain;
};

// The configuration, checked whole, its options and its chain; nothing after
// the reasons were printed to standard error.
std::optional<LoadedChain> LoadWithChain(const Program& program,
                                         const ConfigArguments& arguments);

// The configuration's options without a chain, with --brokers laid over them;
// the log is set up. Nothing after the reasons were printed.
std::optional<PipelineOptions> LoadCluster(const Program& program,
                                           const ClusterArguments& arguments);

// Lays --brokers over the configuration's.
void UseBrokers(const ClusterArguments& arguments, PipelineOptions& options);

// InvalidArgument: a time cannot be read, or --to is not after --from.
absl::StatusOr<KafkaRangeOptions> ParseRange(const RangeArguments& arguments);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_SHARED_FLAGS_H_
