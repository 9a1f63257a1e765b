#include "stages/route/routes_command.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "config/base/counted.h"
#include "config/base/status_macros.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/file/source.h"
#include "pipeline/flow/memory_sighting_log.h"
#include "pipeline/record/event_names.h"
#include "pipeline/service/options.h"
#include "stages/route/record_entry.h"
#include "stages/route/route_stage.h"
#include "stages/route/tree/drawing.h"
#include "stages/route/tree/explanation.h"

namespace wiredesk {
namespace {

struct Arguments : ConfigArguments {
  std::string format = "text";
  std::vector<std::string> inputs;
  std::vector<std::string> set;
  std::vector<std::string> expect;
  bool quiet = false;
};

// The configuration's tree and, where records come from files, its chain.
struct Desk {
  Config config;
  std::shared_ptr<const RouteTree> tree;
  std::unique_ptr<Chain> chain;
};

// False, and the reasons on standard error, if the configuration is wrong.
bool Open(const Program& program, const Arguments& arguments, bool with_chain,
          Desk& desk) {
  Diagnostics diagnostics;
  desk.config = LoadFiles(arguments.config, arguments.overlays, diagnostics);
  if (desk.config.complete()) program.sections.Check(desk.config, diagnostics);
  if (diagnostics.ok()) {
    const PipelineOptions pipeline =
        DecodePipelineOptions(desk.config, diagnostics);
    desk.tree =
        MakeRouteTree(DecodeRouteOptions(desk.config, diagnostics),
                      {pipeline.source.topics, pipeline.sightings_topic(),
                       pipeline.dead_letter.topic},
                      diagnostics);
  }
  if (with_chain && diagnostics.ok()) {
    desk.chain = program.make_chain(desk.config, diagnostics);
  }
  std::fputs(diagnostics.Text().c_str(), stderr);
  return diagnostics.ok() && desk.tree != nullptr;
}

int Show(const Program& program, const Arguments& arguments) {
  Desk desk;
  if (!Open(program, arguments, false, desk)) return kExitFailed;
  if (arguments.format == "dot") {
    std::cout << DrawDot(*desk.tree);
  } else if (arguments.format == "mermaid") {
    std::cout << DrawMermaid(*desk.tree);
  } else if (arguments.format == "svg") {
    std::cout << DrawSvg(*desk.tree);
  } else {
    std::cout << DrawText(*desk.tree);
  }
  return kExitOk;
}

// Tells of one record which routes take it and why, and whether its topics are
// those that are expected.
class Teller {
 public:
  Teller(const RouteTree& tree, const Arguments& arguments)
      : tree_(tree), arguments_(arguments), evaluator_(tree.program()) {}

  void Tell(const EventRecord& record) {
    ++records_;
    std::set<std::string> topics;
    for (const Destination& each : record.destinations) {
      if (record.fate == Fate::kLive) topics.emplace(each.topic);
    }
    const std::set<std::string> expected(arguments_.expect.begin(),
                                         arguments_.expect.end());
    const bool good = expected.empty() || topics == expected;
    failed_ += good ? 0 : 1;
    if (arguments_.quiet && good) return;
    std::cout << "record " << records_ << ": \""
              << std::string(record.article.headline) << "\" ("
              << std::string(record.language) << ", "
              << std::string(VerdictName(record.dedupe.verdict)) << ")\n";
    if (!arguments_.quiet) TellSteps(record);
    std::cout << "  topics: "
              << (topics.empty() ? "none" : absl::StrJoin(topics, ", "));
    if (record.fate != Fate::kLive) {
      std::cout << "; "
                << (record.fate == Fate::kDropped ? "dropped" : "dead-lettered")
                << " by " << std::string(record.fate_stage) << ": "
                << std::string(record.fate_reason);
    }
    std::cout << "\n";
    if (!good) {
      std::cout << "  FAILED: expected " << absl::StrJoin(expected, ", ")
                << "\n";
    }
  }

  int Finish() const {
    if (!arguments_.expect.empty()) {
      std::cout << records_ - failed_ << " of " << Counted(records_, "record")
                << " went where expected\n";
    }
    return failed_ == 0 ? kExitOk : kExitFailed;
  }

 private:
  void TellSteps(const EventRecord& record) {
    const CelWordsOf words[] = {
        {record.article.headline, record.headline_words},
        {record.article.body, record.body_words}};
    evaluator_.Begin(&record, words);
    std::cout << PrintSteps(ExplainRoutes(tree_, evaluator_));
  }

  const RouteTree& tree_;
  const Arguments& arguments_;
  CelEvaluator evaluator_;
  int records_ = 0;
  int failed_ = 0;
};

// The record that --set describes, through the route stage alone.
absl::StatusOr<int> TestRecord(const Arguments& arguments, const Desk& desk) {
  ConfigNode fields;
  fields.kind = ConfigNode::Kind::kMapping;
  for (const std::string& assignment : arguments.set) {
    WD_RETURN_IF_ERROR(AddAssignment(assignment, fields));
  }
  Batch batch({});
  batch.Append({"--set", 0, 0}, "", "", {}, std::nullopt);
  EventRecord& record = batch.AddArticle(0, 0);
  Diagnostics diagnostics;
  FillRecord(fields, batch, record, diagnostics);
  std::cerr << diagnostics.Text();
  if (!diagnostics.ok()) return kExitWrongUse;
  RouteLedger ledger;
  WD_RETURN_IF_ERROR(RouteStage(desk.tree, &ledger).Process(batch));
  Teller teller(*desk.tree, arguments);
  teller.Tell(record);
  return teller.Finish();
}

// The records of files, through the whole chain.
absl::Status TestFiles(const Arguments& arguments, const Desk& desk,
                       Teller& teller) {
  WD_ASSIGN_OR_RETURN(std::vector<InputFile> files,
                      ExpandInputs(arguments.inputs));
  FileReader reader(std::move(files), {});
  MemorySightingLog log(desk.chain->replica());
  const StageSet set = desk.chain->MakeStages(&log);
  Batch batch({});
  while (true) {
    batch.Reset();
    const absl::Status status = reader.Fill(batch);
    if (absl::IsOutOfRange(status)) return absl::OkStatus();
    WD_RETURN_IF_ERROR(status);
    for (const auto& stage : set.stages) {
      WD_RETURN_IF_ERROR(stage->Process(batch));
    }
    for (const EventRecord& record : batch.records()) teller.Tell(record);
    for (const RawRecord& raw : batch.raw_records()) {
      if (raw.dead_letter) {
        std::cout << "raw record " << raw.origin.offset << ": dead letter, "
                  << std::string(raw.reason) << "\n";
      }
    }
  }
}

absl::StatusOr<int> Test(const Program& program, const Arguments& arguments) {
  if (arguments.inputs.empty() == arguments.set.empty()) {
    return absl::InvalidArgumentError(
        "what to test is missing; name files of records, or describe one with "
        "--set field=value");
  }
  Desk desk;
  if (!Open(program, arguments, !arguments.inputs.empty(), desk)) {
    return kExitFailed;
  }
  if (!arguments.set.empty()) return TestRecord(arguments, desk);
  Teller teller(*desk.tree, arguments);
  WD_RETURN_IF_ERROR(TestFiles(arguments, desk, teller));
  return teller.Finish();
}

Command ShowCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  Command command;
  command.name = "show";
  command.help = "Draw the routing tree";
  command.examples = {
      "wiredesk routes show wiredesk.yaml",
      "wiredesk routes show wiredesk.yaml --format svg > routes.svg"};
  command.flags = {
      SharedFlag("config", &arguments->config).Plain(),
      SharedFlag("overlay", &arguments->overlays),
      Flag("format", &arguments->format, "FORMAT", "Format of the drawing")
          .Choices({"text", "dot", "mermaid", "svg"})};
  command.run = [&program, arguments] { return Show(program, *arguments); };
  return command;
}

Command TestCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  Command command;
  command.name = "test";
  command.help = "Show which routes take a record, and why";
  command.examples = {
      "wiredesk routes test -c wiredesk.yaml --set language=de "
      "--set topics.slug=politics",
      "wiredesk routes test -c wiredesk.yaml --set dedupe.verdict=near "
      "--expect news.duplicates",
      "wiredesk routes test -c wiredesk.yaml story.json"};
  command.notes = "Exits with 1 if a record goes elsewhere than --expect says.";
  command.flags =
      JoinFlags({{SharedFlag("input", &arguments->inputs).Plain(),
                  Flag("set", &arguments->set, "FIELD=VALUE",
                       "Field of a record that is described here instead")
                      .Excludes({"input"}),
                  Flag("expect", &arguments->expect, "TOPIC",
                       "Topic that each record must go to"),
                  SharedFlag("quiet", &arguments->quiet)
                      .Help("Print only records that go elsewhere")},
                 ConfigFlags(arguments.get())});
  command.run = [&program, arguments] { return Test(program, *arguments); };
  return command;
}

}  // namespace

Command RoutesCommand(const Program& program) {
  Command command;
  command.name = "routes";
  command.help = "Draw the routing tree and try it";
  command.examples = {"wiredesk routes show wiredesk.yaml",
                      "wiredesk routes test -c wiredesk.yaml story.json"};
  command.commands = {ShowCommand(program), TestCommand(program)};
  return command;
}

}  // namespace wiredesk
