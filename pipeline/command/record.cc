#include <cstdio>
#include <filesystem>
#include <limits>
#include <memory>

#include "absl/strings/str_cat.h"
#include "config/base/counted.h"
#include "config/base/status_macros.h"
#include "pipeline/command/commands.h"
#include "pipeline/command/progress_bar.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/file/recording_file.h"
#include "pipeline/service/kafka_settings.h"

namespace wiredesk {
namespace {

constexpr char kNotes[] =
    R"(Keys, headers, timestamps and offsets are kept, so that the replay of the file
gives the bytes that the replay of the topic gives. Joins no group, commits
nothing. The file is zstd over one JSON object a line:
`zstdcat incident.zst | jq .headers`.)";

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
    std::fprintf(stderr, "recorded %s, %.1f MB, in %s\n",
                 Counted(records, "record").c_str(),
                 static_cast<double>(file->stored_bytes()) / 1e6,
                 arguments.output.c_str());
  }
  return absl::OkStatus();
}

absl::StatusOr<int> Run(const Arguments& arguments, const Program& program) {
  const auto options = LoadCluster(program, arguments.cluster);
  if (!options) return kExitFailed;
  WD_RETURN_IF_ERROR(Record(arguments, *options));
  return kExitOk;
}

}  // namespace

Command RecordCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  Command command;
  command.name = "record";
  command.help = "Copy a time range of topics to a file that replay reads";
  command.examples = {"wiredesk record -t news.raw --from -3h -o incident.zst",
                      "wiredesk record -t news.raw --from 2026-07-01T06:00Z "
                      "--to 2026-07-01T09:00Z -o incident.zst -c wiredesk.yaml",
                      "wiredesk replay incident.zst -o out"};
  command.notes = kNotes;
  command.flags = JoinFlags(
      {{SharedFlag("topic", &arguments->range.topics).Required()},
       RangeFlags(&arguments->range),
       {SharedFlag("output", &arguments->output).Required(),
        SharedFlag("limit", &arguments->limit).AtLeast(0),
        Flag("force", &arguments->force, "", "Replace a file that exists"),
        SharedFlag("quiet", &arguments->quiet)},
       ClusterFlags(&arguments->cluster)});
  command.run = [arguments, &program] { return Run(*arguments, program); };
  return command;
}

}  // namespace wiredesk
