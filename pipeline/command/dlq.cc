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
#include "pipeline/command/commands.h"
#include "pipeline/command/dead_letters.h"
#include "pipeline/command/progress_bar.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/file/recording_line.h"
#include "pipeline/file/source.h"
#include "pipeline/kafka/feed.h"
#include "pipeline/kafka/reader.h"
#include "pipeline/record/topic_name.h"
#include "pipeline/service/kafka_settings.h"

namespace wiredesk {
namespace {

constexpr char kRedriveNotes[] =
    R"(Sends the raw records to the topics that they came from, with their keys and
headers. Each counts its redrives in the header wd_redrives, and one that was
sent --max-redrives times is left where it is. A letter stays in the topic after
its redrive, so choose a time range that you have not redriven before.)";

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
    if (absl::IsOutOfRange(status)) return reader.faults();
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
  DeadLetterNames names;
  WD_RETURN_IF_ERROR(VisitAll(*reader, [&](const RawRecord& raw) {
    const std::optional<DeadLetter> letter = ReadDeadLetter(raw.headers);
    if (letter) names.Note(*letter);
    if (!letter) {
      counts.AddForeign();
    } else if (arguments.selection.Takes(*letter)) {
      counts.Add(*letter, raw.timestamp);
    }
    return absl::OkStatus();
  }));
  WD_RETURN_IF_ERROR(names.Check(arguments.selection));
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
    if (letter) names_.Note(*letter);
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
    if (letter->cut) {
      ++cut_;
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

  const DeadLetterNames& names() const { return names_; }

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
    if (cut_ > 0) {
      absl::StrAppend(&text, "left ", cut_,
                      ": only the beginning of the record is there "
                      "(wd_cut_from)\n");
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
  DeadLetterNames names_;
  int64_t sent_ = 0;
  int64_t worn_out_ = 0;
  int64_t items_ = 0;
  int64_t cut_ = 0;
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
        "which dead letters is missing; use --stage, --reason, --origin-topic, "
        "--from or --all");
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
  status.Update(redrive.names().Check(selection));
  std::fputs(redrive.Summary().c_str(), stdout);
  return status;
}

using Action = absl::Status (*)(const Arguments&, const PipelineOptions&);

// A command of dlq: what all of them share, and `action`.
Command DlqAction(const Program& program, absl::string_view name,
                  absl::string_view help, Action action,
                  const std::shared_ptr<Arguments>& arguments) {
  Command command;
  command.name = std::string(name);
  command.help = std::string(help);
  command.flags = JoinFlags(
      {{SharedFlag("input", &arguments->inputs)
            .Plain()
            .Help("Recording of the topic, or dead letters that a replay has "
                  "written, instead of the topic"),
        SharedFlag("topic", &arguments->topic)
            .Help("Dead-letter topic, instead of the configuration's")
            .Excludes({"input"})},
       RangeFlags(&arguments->range),
       ClusterFlags(&arguments->cluster)});
  command.run = [arguments, &program, action]() -> absl::StatusOr<int> {
    const auto options = LoadCluster(program, arguments->cluster);
    if (!options) return kExitFailed;
    WD_RETURN_IF_ERROR(action(*arguments, *options));
    return kExitOk;
  };
  return command;
}

std::vector<Flag> SelectionFlags(const Program& program,
                                 DeadLetterSelection& selection) {
  std::vector<std::string> stages = program.stages;
  stages.emplace_back("sink");  // what a broker has refused
  return {Flag("stage", &selection.stage, "STAGE", "Only of this stage")
              .Choices(std::move(stages)),
          Flag("reason", &selection.reason, "REASON", "Only with this reason"),
          Flag("origin-topic", &selection.origin_topic, "TOPIC",
               "Only from this topic")};
}

Command ListCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  Command command = DlqAction(program, "list",
                              "Count dead letters by stage, reason and topic",
                              List, arguments);
  command.examples = {"wiredesk dlq list -c wiredesk.yaml --from -24h",
                      "wiredesk dlq list out/news.dead-letters.ndjson"};
  command.flags = JoinFlags({std::move(command.flags),
                             SelectionFlags(program, arguments->selection),
                             {SharedFlag("json", &arguments->json)}});
  return command;
}

Command ShowCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  Command command = DlqAction(
      program, "show", "Print one dead letter with its headers and bytes", Show,
      arguments);
  command.examples = {"wiredesk dlq show 0:1234 -c wiredesk.yaml",
                      "wiredesk dlq show 0 out/news.dead-letters.ndjson"};
  command.flags = JoinFlags(
      {{Flag("place", &arguments->place, "PARTITION:OFFSET",
             "Place in the topic; in a file, a number from 0")
            .Plain()
            .Required()},
       std::move(command.flags),
       {Flag("bytes", &arguments->bytes, "N",
             "Print at most this many bytes of the value, 0 for all")}});
  return command;
}

Command RedriveCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  Command command = DlqAction(program, "redrive",
                              "Send dead letters to the topics they came from",
                              RedriveLetters, arguments);
  command.examples = {
      "wiredesk dlq redrive --reason not_json --from -6h --dry-run "
      "-c wiredesk.yaml",
      "wiredesk dlq redrive --stage parse --from 2026-07-01T06:00Z "
      "--to 2026-07-01T09:00Z -c wiredesk.yaml"};
  command.notes = kRedriveNotes;
  command.flags =
      JoinFlags({std::move(command.flags),
                 SelectionFlags(program, arguments->selection),
                 {Flag("all", &arguments->all, "", "Send all of them"),
                  Flag("dry-run", &arguments->dry_run, "", "Only count"),
                  Flag("items", &arguments->items, "",
                       "Send feeds of which a single item failed, too"),
                  Flag("max-redrives", &arguments->redrives_max, "N",
                       "Leave those that were sent N times")
                      .AtLeast(1),
                  SharedFlag("limit", &arguments->limit)
                      .AtLeast(0)
                      .Help("Send at most N")}});
  return command;
}

}  // namespace

Command DlqCommand(const Program& program) {
  Command command;
  command.name = "dlq";
  command.help = "Look at dead letters and send them again";
  command.examples = {
      "wiredesk dlq list -c wiredesk.yaml",
      "wiredesk dlq show 0:1234 -c wiredesk.yaml",
      "wiredesk dlq redrive --reason not_json --from -6h --dry-run"};
  command.commands = {ListCommand(program), ShowCommand(program),
                      RedriveCommand(program)};
  return command;
}

}  // namespace wiredesk
