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
#include "config/base/status_macros.h"
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

struct Arguments {
  std::string config;
  std::vector<std::string> overlays;
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
  desk.config =
      arguments.config.empty()
          ? ParseConfig("{}", "built-in defaults", {}, diagnostics)
          : LoadConfig(arguments.config, arguments.overlays, {}, diagnostics);
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
      std::cout << records_ - failed_ << " of " << records_
                << " records went where they should\n";
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
int TestRecord(const Arguments& arguments, const Desk& desk) {
  ConfigNode fields;
  fields.kind = ConfigNode::Kind::kMapping;
  for (const std::string& assignment : arguments.set) {
    const absl::Status status = AddAssignment(assignment, fields);
    if (status.ok()) continue;
    std::cerr << std::string(status.message()) << "\n";
    return kExitWrongUse;
  }
  Batch batch({});
  batch.Append({"--set", 0, 0}, "", "", {}, std::nullopt);
  EventRecord& record = batch.AddArticle(0, 0);
  Diagnostics diagnostics;
  FillRecord(fields, batch, record, diagnostics);
  std::cerr << diagnostics.Text();
  if (!diagnostics.ok()) return kExitWrongUse;
  RouteLedger ledger;
  const absl::Status status = RouteStage(desk.tree, &ledger).Process(batch);
  if (!status.ok()) {
    std::cerr << std::string(status.message()) << "\n";
    return kExitFailed;
  }
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

int Test(const Program& program, const Arguments& arguments) {
  if (arguments.inputs.empty() == arguments.set.empty()) {
    std::cerr << "give records by --input FILE, or one by --set field=value\n";
    return kExitWrongUse;
  }
  Desk desk;
  if (!Open(program, arguments, !arguments.inputs.empty(), desk)) {
    return kExitFailed;
  }
  if (!arguments.set.empty()) return TestRecord(arguments, desk);
  Teller teller(*desk.tree, arguments);
  const absl::Status status = TestFiles(arguments, desk, teller);
  if (!status.ok()) {
    std::cerr << std::string(status.message()) << "\n";
    return kExitFailed;
  }
  return teller.Finish();
}

void AddConfigOptions(CLI::App* command, Arguments& arguments) {
  command->add_option("-c,--config", arguments.config,
                      "Configuration; built-in defaults without it");
  command->add_option("--overlay", arguments.overlays,
                      "File laid over it; may be repeated");
}

}  // namespace

void AddRoutesCommand(CLI::App& app, const Program& program, int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("routes", "Look at the routing tree, and try it");
  command->require_subcommand(1);
  const auto arguments = std::make_shared<Arguments>();

  CLI::App* const show =
      command->add_subcommand("show", "Draw the routing tree");
  AddConfigOptions(show, *arguments);
  show->add_option("--format", arguments->format,
                   "text, dot (Graphviz), mermaid or svg")
      ->check(CLI::IsMember({"text", "dot", "mermaid", "svg"}));
  show->footer(
      "Example: wiredesk routes show --config wiredesk.yaml --format svg > "
      "routes.svg");
  show->callback([&program, arguments, &exit_code] {
    exit_code = Show(program, *arguments);
  });

  CLI::App* const test = command->add_subcommand(
      "test", "Tell which routes take a record, and why");
  AddConfigOptions(test, *arguments);
  test->add_option("-i,--input", arguments->inputs,
                   "Raw records, as replay reads them; may be repeated");
  test->add_option("--set", arguments->set,
                   "A field of a record by hand, field=value; may be repeated");
  test->add_option("--expect", arguments->expect,
                   "The topics that each record must go to, all of them");
  test->add_flag("-q,--quiet", arguments->quiet,
                 "Only records that went elsewhere");
  test->footer(
      "Examples:\n"
      "  wiredesk routes test -c w.yaml --set language=de --set "
      "topics.slug=politics\n"
      "  wiredesk routes test -c w.yaml --set dedupe.verdict=near "
      "--expect news.duplicates\n"
      "  wiredesk routes test -c w.yaml --input story.json\n\n"
      "Exit codes: 0 as expected, 1 not so, 2 wrong use.");
  test->callback([&program, arguments, &exit_code] {
    exit_code = Test(program, *arguments);
  });
}

}  // namespace wiredesk
