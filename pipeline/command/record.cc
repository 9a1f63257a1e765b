#include "pipeline/command/record.h"

#include <cstdio>
#include <filesystem>
#include <limits>
#include <memory>

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "pipeline/command/kafka_flags.h"
#include "pipeline/command/progress_bar.h"
#include "pipeline/file/recording_file.h"
#include "pipeline/service/kafka_settings.h"

namespace wiredesk {
namespace {

constexpr char kExamples[] = R"(Examples:
  wiredesk record --topic news.raw --from 2026-07-01T06:00Z \
      --to 2026-07-01T09:00Z --output incident.zst
  wiredesk replay --input incident.zst --output out
  zstdcat incident.zst | jq .headers

Keeps keys, headers, timestamps and offsets, so the replay of the file gives the
bytes that the replay of the topic gives. Joins no group, commits nothing.)";

struct Arguments {
  ClusterArguments cluster;
  RangeArguments range;
  std::string output;
  int64_t limit = std::numeric_limits<int64_t>::max();
  bool force = false;
  bool quiet = false;
};

absl::Status CheckOutput(const Arguments& arguments) {
  std::error_code error;
  if (arguments.force || !std::filesystem::exists(arguments.output, error)) {
    return absl::OkStatus();
  }
  return absl::AlreadyExistsError(absl::StrCat(
      arguments.output, " is there already; name another file, or --force"));
}

RawRecord RawRecordOf(const TailRecord& record) {
  RawRecord raw;
  raw.origin = {record.topic, record.partition, record.offset};
  raw.key = record.key;
  raw.value = record.value;
  raw.headers = record.headers;
  raw.timestamp = record.timestamp;
  return raw;
}

absl::Status Record(const Arguments& arguments,
                    const PipelineOptions& options) {
  WD_ASSIGN_OR_RETURN(const KafkaRangeOptions range_options,
                      ParseRange(arguments.range));
  WD_RETURN_IF_ERROR(CheckOutput(arguments));
  WD_ASSIGN_OR_RETURN(
      const std::unique_ptr<KafkaRange> range,
      KafkaRange::Open(ClientOptionsOf(options), range_options));
  WD_ASSIGN_OR_RETURN(
      const std::unique_ptr<RecordingFile> file,
      RecordingFile::Create(arguments.output, range_options.topics));
  int64_t records = 0;
  {
    ProgressBar bar;
    while (records < arguments.limit) {
      WD_ASSIGN_OR_RETURN(const TailRecord* record, range->Next());
      if (record == nullptr) break;
      WD_RETURN_IF_ERROR(file->Append(RawRecordOf(*record)));
      if (++records % 256 == 0 && !arguments.quiet) {
        bar.Show(records, range->records_passed(), range->records_total());
      }
    }
  }
  WD_RETURN_IF_ERROR(file->Close());
  if (!arguments.quiet) {
    std::fprintf(stderr, "recorded %lld records, %.1f MB, in %s\n",
                 static_cast<long long>(records),
                 static_cast<double>(file->stored_bytes()) / 1e6,
                 arguments.output.c_str());
  }
  return absl::OkStatus();
}

int Run(const Arguments& arguments, const Program& program) {
  const auto options = LoadCluster(program, arguments.cluster);
  if (!options) return kExitFailed;
  const absl::Status status = Record(arguments, *options);
  return status.ok() ? kExitOk : ExitCodeOf("record", status);
}

}  // namespace

void AddRecordCommand(CLI::App& app, const Program& program, int& exit_code) {
  CLI::App* const command = app.add_subcommand(
      "record", "Copy a stretch of topics to a file that replay reads");
  command->footer(kExamples);
  const auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("-t,--topic", arguments->range.topics,
                   "Topic; may be repeated")
      ->required();
  AddRangeOptions(*command, arguments->range);
  command->add_option("-o,--output", arguments->output, "File to write")
      ->required();
  command->add_option("-n,--limit", arguments->limit, "Stop after N records")
      ->check(CLI::NonNegativeNumber);
  command->add_flag("--force", arguments->force, "Write over an older file");
  command->add_flag("-q,--quiet", arguments->quiet,
                    "No progress and no summary");
  AddClusterOptions(*command, arguments->cluster);
  command->callback([arguments, &program, &exit_code] {
    exit_code = Run(*arguments, program);
  });
}

}  // namespace wiredesk
