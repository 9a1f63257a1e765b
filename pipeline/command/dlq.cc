#include "pipeline/command/dlq.h"

#include <cstdio>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "config/base/status_macros.h"
#include "pipeline/command/dead_letters.h"
#include "pipeline/command/kafka_flags.h"
#include "pipeline/command/progress_bar.h"
#include "pipeline/file/recording_line.h"
#include "pipeline/file/source.h"
#include "pipeline/kafka/feed.h"
#include "pipeline/kafka/reader.h"
#include "pipeline/record/topic_name.h"
#include "pipeline/service/kafka_settings.h"

namespace wiredesk {
namespace {

constexpr char kExamples[] = R"(Examples:
  wiredesk dlq list --config wiredesk.yaml
  wiredesk dlq show 0:1234 --config wiredesk.yaml
  wiredesk dlq redrive --reason not_json --from 2026-07-01T06:00Z --dry-run
  wiredesk dlq list --input out/news.dead-letters.ndjson)";

constexpr char kRedriveExamples[] = R"(Example:
  wiredesk dlq redrive --stage parse --reason not_json \
      --from 2026-07-01T06:00Z --to 2026-07-01T09:00Z --config wiredesk.yaml

Sends the raw records to the topics that they came from, with their keys and
headers. Each counts its redrives in the header wd_redrives, and one that was
sent --max-redrives times is left where it is. A letter stays in the topic after
its redrive, so choose a stretch of time that you have not redriven before.)";

constexpr absl::Duration kFlushTimeout = absl::Minutes(1);

struct Arguments {
  ClusterArguments cluster;
  RangeArguments range;
  std::string topic;                // instead of the configuration's
  std::vector<std::string> inputs;  // files instead of the topic
  DeadLetterSelection selection;
  bool json = false;
  std::string place;  // show: partition:offset
  size_t bytes = 4096;
  bool all = false;  // redrive without a selection
  bool dry_run = false;
  bool items = false;
  int64_t redrives_max = 3;
  int64_t limit = std::numeric_limits<int64_t>::max();
};

// Called with each record of the topic, or of the files. Cancelled: enough.
using Visit = std::function<absl::Status(const RawRecord&)>;

absl::StatusOr<std::unique_ptr<RecordReader>> OpenLetters(
    const Arguments& arguments, const PipelineOptions& options) {
  if (!arguments.inputs.empty()) {
    WD_ASSIGN_OR_RETURN(std::vector<InputFile> files,
                        ExpandInputs(arguments.inputs));
    return std::make_unique<FileReader>(std::move(files),
                                        FileReader::Options{});
  }
  WD_ASSIGN_OR_RETURN(KafkaRangeOptions range, ParseRange(arguments.range));
  range.topics = {arguments.topic.empty() ? options.dead_letter.topic
                                          : arguments.topic};
  WD_ASSIGN_OR_RETURN(std::unique_ptr<KafkaRange> opened,
                      KafkaRange::Open(ClientOptionsOf(options), range));
  return std::make_unique<KafkaReader>(std::move(opened));
}

absl::Status VisitAll(RecordReader& reader, const Visit& visit) {
  ProgressBar bar;
  Batch batch({});
  RecordedLineReader lines;
  while (true) {
    batch.Reset();
    const absl::Status status = reader.Fill(batch);
    if (absl::IsOutOfRange(status)) return absl::OkStatus();
    WD_RETURN_IF_ERROR(status);
    for (const RawRecord& raw : batch.raw_records()) {
      // The dead letters of a replay stand in lines of their own.
      RawRecord line;
      const bool in_line =
          raw.headers.empty() && lines.Read(raw.value, line).ok();
      const absl::Status visited = visit(in_line ? line : raw);
      if (absl::IsCancelled(visited)) return absl::OkStatus();
      WD_RETURN_IF_ERROR(visited);
    }
    const RecordReader::Progress progress = reader.progress();
    bar.Show(progress.records, progress.done, progress.total);
  }
}

absl::Status List(const Arguments& arguments, const PipelineOptions& options) {
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<RecordReader> reader,
                      OpenLetters(arguments, options));
  DeadLetterCounts counts;
  WD_RETURN_IF_ERROR(VisitAll(*reader, [&](const RawRecord& raw) {
    const std::optional<DeadLetter> letter = ReadDeadLetter(raw.headers);
    if (!letter) {
      counts.AddForeign();
    } else if (arguments.selection.Takes(*letter)) {
      counts.Add(*letter, raw.timestamp);
    }
    return absl::OkStatus();
  }));
  std::fputs((arguments.json ? counts.Json() : counts.Text()).c_str(), stdout);
  return absl::OkStatus();
}

// The letter at partition:offset, or in files the one with this number.
absl::Status Show(const Arguments& arguments, const PipelineOptions& options) {
  const std::vector<std::string> parts = absl::StrSplit(arguments.place, ':');
  int64_t partition = 0;
  int64_t offset = 0;
  if (parts.size() > 2 || !absl::SimpleAtoi(parts.back(), &offset) ||
      (parts.size() == 2 && !absl::SimpleAtoi(parts[0], &partition))) {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", arguments.place,
        "\" is not a position; expected PARTITION:OFFSET, as in 0:1234"));
  }
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<RecordReader> reader,
                      OpenLetters(arguments, options));
  std::string text;
  int64_t number = 0;
  WD_RETURN_IF_ERROR(VisitAll(*reader, [&](const RawRecord& raw) {
    const bool found =
        raw.origin.topic.empty()
            ? number++ == offset
            : raw.origin.partition == partition && raw.origin.offset == offset;
    if (!found) return absl::OkStatus();
    text = DescribeDeadLetter(raw, arguments.bytes);
    return absl::CancelledError();
  }));
  if (text.empty()) {
    return absl::NotFoundError(
        absl::StrCat("there is no dead letter at ", arguments.place));
  }
  std::fputs(text.c_str(), stdout);
  return absl::OkStatus();
}

// Sends what was chosen, and counts what was not.
class Redrive {
 public:
  Redrive(const Arguments& arguments, KafkaFeed* feed)
      : arguments_(arguments), feed_(feed) {}

  absl::Status Visit(const RawRecord& raw) {
    const std::optional<DeadLetter> letter = ReadDeadLetter(raw.headers);
    if (!letter || !arguments_.selection.Takes(*letter)) {
      return absl::OkStatus();
    }
    if (letter->redrives >= arguments_.redrives_max) {
      ++worn_out_;
      return absl::OkStatus();
    }
    if (letter->item && !arguments_.items) {
      ++items_;
      return absl::OkStatus();
    }
    if (!IsTopicName(letter->topic)) {
      ++unnamed_;
      return absl::OkStatus();
    }
    if (sent_ == arguments_.limit) return absl::CancelledError();
    ++sent_;
    if (feed_ == nullptr) return absl::OkStatus();
    headers_.Clear();
    AppendRedriveHeaders(raw.headers, letter->redrives + 1, headers_);
    return feed_->Send(std::string(letter->topic), raw.key, raw.value,
                       headers_.headers(), std::nullopt);
  }

  std::string Summary() const {
    std::string text =
        absl::StrCat(feed_ == nullptr ? "would send " : "sent ", sent_, "\n");
    if (worn_out_ > 0) {
      absl::StrAppend(&text, "left ", worn_out_, ": sent ",
                      arguments_.redrives_max,
                      " times already (--max-redrives)\n");
    }
    if (items_ > 0) {
      absl::StrAppend(&text, "left ", items_,
                      ": one item of a feed, whose other items were "
                      "published (--items sends the whole feed again)\n");
    }
    if (unnamed_ > 0) {
      absl::StrAppend(&text, "left ", unnamed_,
                      ": wd_topic is not a valid topic name\n");
    }
    return text;
  }

 private:
  const Arguments& arguments_;
  KafkaFeed* const feed_;
  HeaderList headers_;
  int64_t sent_ = 0;
  int64_t worn_out_ = 0;
  int64_t items_ = 0;
  int64_t unnamed_ = 0;
};

absl::Status RedriveLetters(const Arguments& arguments,
                            const PipelineOptions& options) {
  const DeadLetterSelection& selection = arguments.selection;
  const bool chosen = !selection.stage.empty() || !selection.reason.empty() ||
                      !selection.origin_topic.empty() ||
                      !arguments.range.from.empty();
  if (!chosen && !arguments.all) {
    return absl::InvalidArgumentError(
        "which ones: choose with --stage, --reason, --origin-topic or --from, "
        "or --all");
  }
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<RecordReader> reader,
                      OpenLetters(arguments, options));
  std::unique_ptr<KafkaFeed> feed;
  if (!arguments.dry_run) {
    WD_ASSIGN_OR_RETURN(feed, KafkaFeed::Make(ClientOptionsOf(options)));
  }
  Redrive redrive(arguments, feed.get());
  absl::Status status = VisitAll(
      *reader, [&](const RawRecord& raw) { return redrive.Visit(raw); });
  if (feed != nullptr) status.Update(feed->Flush(kFlushTimeout));
  std::fputs(redrive.Summary().c_str(), stdout);
  return status;
}

using Action = absl::Status (*)(const Arguments&, const PipelineOptions&);

CLI::App* AddAction(CLI::App& dlq, const Program& program, int& exit_code,
                    const char* name, const char* help, Action action,
                    const std::shared_ptr<Arguments>& arguments) {
  CLI::App* const command = dlq.add_subcommand(name, help);
  AddClusterOptions(*command, arguments->cluster);
  AddRangeOptions(*command, arguments->range);
  CLI::Option* const topic =
      command->add_option("-t,--topic", arguments->topic,
                          "Dead-letter topic, instead of the configuration's");
  command
      ->add_option("-i,--input", arguments->inputs,
                   "Files instead: recordings of the topic, or dead letters "
                   "that a replay has written")
      ->excludes(topic);
  command->callback([arguments, &program, &exit_code, action] {
    const auto options = LoadCluster(program, arguments->cluster);
    exit_code = kExitFailed;
    if (!options) return;
    const absl::Status status = action(*arguments, *options);
    exit_code = status.ok() ? kExitOk : ExitCodeOf("dlq", status);
  });
  return command;
}

void AddSelection(CLI::App& command, DeadLetterSelection& selection) {
  command.add_option("--stage", selection.stage, "Only of this stage");
  command.add_option("--reason", selection.reason, "Only with this reason");
  command.add_option("--origin-topic", selection.origin_topic,
                     "Only from this topic");
}

}  // namespace

void AddDlqCommand(CLI::App& app, const Program& program, int& exit_code) {
  CLI::App* const dlq =
      app.add_subcommand("dlq", "Look at dead letters, and send them again");
  dlq->require_subcommand(1);
  dlq->footer(kExamples);
  const auto list = std::make_shared<Arguments>();
  CLI::App* command =
      AddAction(*dlq, program, exit_code, "list",
                "Counts by stage, reason and topic", List, list);
  AddSelection(*command, list->selection);
  command->add_flag("--json", list->json, "As JSON");
  command->footer("Example:\n  wiredesk dlq list --config wiredesk.yaml");

  const auto show = std::make_shared<Arguments>();
  command = AddAction(*dlq, program, exit_code, "show",
                      "One with its headers and bytes", Show, show);
  command
      ->add_option("place", show->place,
                   "PARTITION:OFFSET in the dead-letter topic")
      ->required();
  command->add_option("--bytes", show->bytes,
                      "At most this many bytes of the value, 0 for all (4096)");
  command->footer("Example:\n  wiredesk dlq show 0:1234 --config w.yaml");

  const auto redrive = std::make_shared<Arguments>();
  command = AddAction(*dlq, program, exit_code, "redrive",
                      "Send some to the topics they came from", RedriveLetters,
                      redrive);
  AddSelection(*command, redrive->selection);
  command->add_flag("--all", redrive->all, "All of them");
  command->add_flag("--dry-run", redrive->dry_run, "Only count");
  command->add_flag("--items", redrive->items,
                    "Also feeds of which a single item failed");
  command
      ->add_option("--max-redrives", redrive->redrives_max,
                   "Leave those that were sent so often already (3)")
      ->check(CLI::PositiveNumber);
  command->add_option("-n,--limit", redrive->limit, "Send at most N")
      ->check(CLI::NonNegativeNumber);
  command->footer(kRedriveExamples);
}

}  // namespace wiredesk
