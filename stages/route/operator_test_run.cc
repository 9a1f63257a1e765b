#include "stages/route/operator_test_run.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "config/base/read_file.h"
#include "config/base/status_macros.h"
#include "pipeline/file/source.h"
#include "pipeline/flow/memory_sighting_log.h"
#include "pipeline/record/event_names.h"
#include "pipeline/record/json_text.h"
#include "stages/route/operator_test_match.h"
#include "stages/route/record_entry.h"
#include "stages/route/route_stage.h"

namespace wiredesk {
namespace {

// The articles of one test.
constexpr Batch::Limits kTestLimits = {100'000, size_t{256} << 20};

absl::string_view FateName(Fate fate) {
  switch (fate) {
    case Fate::kLive:
      return "published";
    case Fate::kDropped:
      return "dropped";
    case Fate::kDeadLetter:
      return "dead_letter";
  }
  return "";
}

std::vector<std::string> Sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

// A single value as a list of one.
std::vector<std::string> Texts(const ConfigNode& node) {
  std::vector<std::string> texts;
  if (node.is_scalar()) texts.push_back(node.scalar);
  for (const ConfigNode& item : node.items) texts.push_back(item.scalar);
  return texts;
}

// Checks the matchers of an expectation against one record. Each gives what is
// wrong, or "".
class Matcher {
 public:
  Matcher(const EventRecord& record, const RawRecord& raw,
          const Processing& processing)
      : record_(record), raw_(raw), processing_(processing) {
    for (const Destination& each : record.destinations) {
      if (record.fate != Fate::kLive) break;
      routes_.emplace_back(each.route);
      topics_.emplace_back(each.topic);
    }
    routes_ = Sorted(std::move(routes_));
    topics_ = Sorted(std::move(topics_));
  }

  std::string Check(const ConfigEntry& matcher) {
    const ConfigNode& value = matcher.value;
    if (matcher.key == "route") return Contains("route", value, routes_);
    if (matcher.key == "topic") return Contains("topic", value, topics_);
    if (matcher.key == "routes") return Exactly("routes", value, routes_);
    if (matcher.key == "topics") return Exactly("topics", value, topics_);
    if (matcher.key == "verdict") {
      return Equals("verdict", value, VerdictName(record_.dedupe.verdict));
    }
    if (matcher.key == "fate") {
      return Equals("fate", value, FateName(record_.fate));
    }
    if (matcher.key == "reason") {
      return Equals("reason", value, record_.fate_reason);
    }
    if (matcher.key == "fields") return Fields(value);
    return When(value);
  }

 private:
  static std::string Got(absl::string_view what, const ConfigNode& wanted,
                         absl::string_view got) {
    return absl::StrCat("expected ", what, " ",
                        absl::StrJoin(Texts(wanted), ", "), ", got ",
                        got.empty() ? "none" : got);
  }

  static std::string Equals(absl::string_view what, const ConfigNode& wanted,
                            absl::string_view got) {
    return wanted.scalar == got ? "" : Got(what, wanted, got);
  }

  static std::string Contains(absl::string_view what, const ConfigNode& wanted,
                              const std::vector<std::string>& got) {
    for (const std::string& each : Texts(wanted)) {
      if (std::find(got.begin(), got.end(), each) == got.end()) {
        return Got(what, wanted, absl::StrJoin(got, ", "));
      }
    }
    return "";
  }

  static std::string Exactly(absl::string_view what, const ConfigNode& wanted,
                             const std::vector<std::string>& got) {
    return Sorted(Texts(wanted)) == got
               ? ""
               : Got(what, wanted, absl::StrJoin(got, ", "));
  }

  std::string Fields(const ConfigNode& fields) {
    if (json_.empty()) {
      EventJson(processing_).Append(record_, raw_, nullptr, json_);
    }
    for (const ConfigEntry& field : fields.entries) {
      std::string found;
      if (MatchesJson(json_, field.key, field.value, found)) continue;
      return absl::StrCat("expected ", field.key, " to be ",
                          field.value.is_scalar() ? field.value.scalar
                                                  : CanonicalText(field.value),
                          ", got ", found);
    }
    return "";
  }

  std::string When(const ConfigNode& tests) {
    CelEnvironment environment;
    environment.record = &RecordStruct();
    for (const std::string& test : Texts(tests)) {
      CelProgram program;
      CelFault fault;
      const CelNodeId id =
          program.Add(environment, test, CelKind::kBool, fault);
      if (id == kCelNone) return ToString(fault, test);
      CelEvaluator evaluator(program);
      const CelWordsOf words[] = {
          {record_.article.headline, record_.headline_words},
          {record_.article.body, record_.body_words}};
      evaluator.Begin(&record_, words);
      const CelValue value = evaluator.Evaluate(id);
      if (!value.is_true()) {
        return absl::StrCat("expected ", test, ", got ", CelToText(value));
      }
    }
    return "";
  }

  const EventRecord& record_;
  const RawRecord& raw_;
  const Processing& processing_;
  std::vector<std::string> routes_;
  std::vector<std::string> topics_;
  std::string json_;
};

}  // namespace

TestResult TestRunner::Run(const TestFile& file, const TestCase& test) {
  TestResult result;
  result.file = file.path;
  result.name = test.name;
  const absl::Time start = absl::Now();
  Batch batch(kTestLimits);
  complaints_.clear();
  const std::unique_ptr<Chain> chain = chain_->Fork();
  const absl::Status status = Send(test, *chain, batch);
  if (status.ok() && complaints_.empty()) {
    Check(test, batch, result);
    if (!test.golden.empty()) CheckGolden(test, batch, result);
  } else if (!status.ok()) {
    complaints_.push_back(
        absl::StrCat(ToString(test.location), ": ", status.message()));
  }
  result.failures.insert(result.failures.end(), complaints_.begin(),
                         complaints_.end());
  result.milliseconds = absl::ToDoubleMilliseconds(absl::Now() - start);
  return result;
}

absl::Status TestRunner::Send(const TestCase& test, Chain& chain,
                              Batch& batch) {
  MemorySightingLog log(chain.replica());
  const StageSet set = chain.MakeStages(&log);
  for (const TestInput& input : test.inputs) {
    WD_RETURN_IF_ERROR(AppendInput(input, batch));
  }
  batch.set_sequence(-1);
  for (const auto& stage : set.stages) {
    // Records by hand have been through all but the last.
    if (test.by_hand() && stage != set.stages.back()) continue;
    WD_RETURN_IF_ERROR(stage->Process(batch));
  }
  return absl::OkStatus();
}

absl::Status TestRunner::AppendInput(const TestInput& input, Batch& batch) {
  const auto offset = static_cast<int64_t>(batch.raw_records().size());
  if (!input.file.empty()) {
    WD_ASSIGN_OR_RETURN(std::vector<InputFile> files,
                        ExpandInputs({input.file}));
    FileReader reader(std::move(files), {});
    Batch part({});
    while (true) {
      part.Reset();
      const absl::Status status = reader.Fill(part);
      if (absl::IsOutOfRange(status)) return absl::OkStatus();
      WD_RETURN_IF_ERROR(status);
      for (const RawRecord& raw : part.raw_records()) {
        if (batch.full()) {
          return absl::ResourceExhaustedError(
              "a test takes at most 100,000 records of 256 MiB");
        }
        batch.Append(raw.origin, raw.key, raw.value, raw.headers,
                     raw.timestamp);
      }
    }
  }
  batch.Append({input.topic, 0, offset}, "", input.raw, {}, input.at);
  if (input.record.is_mapping()) {
    EventRecord& record = batch.AddArticle(static_cast<uint32_t>(offset), 0);
    record.received_at = input.at;
    Diagnostics diagnostics;
    FillRecord(input.record, batch, record, diagnostics);
    for (const Diagnostic& each : diagnostics.Sorted()) {
      complaints_.push_back(ToString(each));
    }
  }
  return absl::OkStatus();
}

void TestRunner::Check(const TestCase& test, const Batch& batch,
                       TestResult& result) {
  CheckCounts(test, batch, result);
  const auto size = static_cast<int64_t>(batch.records().size());
  for (const TestExpectation& expectation : test.expectations) {
    const int64_t wanted = expectation.article;
    if (wanted > size || size == 0) {
      result.failures.push_back(absl::StrCat(ToString(expectation.location),
                                             ": there are only ", size,
                                             " articles"));
      continue;
    }
    const int64_t first = wanted == 0 ? 1 : wanted;
    const int64_t last = wanted == 0 ? size : wanted;
    for (int64_t i = first; i <= last; ++i) {
      CheckArticle(expectation, i, batch, result);
    }
  }
}

void TestRunner::CheckCounts(const TestCase& test, const Batch& batch,
                             TestResult& result) {
  const auto size = static_cast<int64_t>(batch.records().size());
  if (test.count.has_value() && *test.count != size) {
    result.failures.push_back(absl::StrCat(ToString(test.location),
                                           ": expected ", *test.count,
                                           " articles, got ", size));
  }
  if (!test.letters.has_value()) return;
  std::vector<std::string> reasons;
  for (const RawRecord& raw : batch.raw_records()) {
    if (raw.dead_letter) reasons.emplace_back(raw.reason);
  }
  if (reasons == *test.letters) return;
  result.failures.push_back(
      absl::StrCat(ToString(test.location), ": expected the dead letters [",
                   absl::StrJoin(*test.letters, ", "), "], got [",
                   absl::StrJoin(reasons, ", "), "]"));
}

// `number` counts from 1.
void TestRunner::CheckArticle(const TestExpectation& expectation,
                              int64_t number, const Batch& batch,
                              TestResult& result) {
  const EventRecord& record = batch.records()[static_cast<size_t>(number - 1)];
  const Processing processing = chain_->processing();
  Matcher matcher(record, batch.raw_of(record), processing);
  const auto fail = [&](const Location& at, absl::string_view what) {
    result.failures.push_back(
        absl::StrCat(ToString(at), ": article ", number, ": ", what));
  };
  for (const ConfigEntry& each : expectation.is.entries) {
    const std::string wrong = matcher.Check(each);
    if (!wrong.empty()) fail(each.location, wrong);
  }
  for (const ConfigEntry& each : expectation.is_not.entries) {
    if (!matcher.Check(each).empty()) continue;
    fail(each.location, absl::StrCat("not expected: ", each.key, " ",
                                     absl::StrJoin(Texts(each.value), ", ")));
  }
}

// One line for each message. Not what made it, which is another with each
// version.
std::string TestRunner::Golden(const Batch& batch) {
  std::vector<absl::string_view> all;
  for (const absl::string_view name : EventFieldNames()) {
    if (name != "processing") all.push_back(name);
  }
  EventJson json(chain_->processing());
  std::string lines;
  for (const EventRecord& record : batch.records()) {
    if (record.fate != Fate::kLive) continue;
    for (Destination destination : record.destinations) {
      if (destination.fields.empty()) destination.fields = all;
      std::string key;
      AppendKey(record, destination, key);
      absl::StrAppend(&lines, "{\"topic\":");
      AppendJsonString(destination.topic, lines);
      absl::StrAppend(&lines, ",\"key\":");
      AppendJsonBytes(key, lines);
      absl::StrAppend(&lines, ",\"record\":");
      json.Append(record, batch.raw_of(record), &destination, lines);
      absl::StrAppend(&lines, "}\n");
    }
  }
  return lines;
}

void TestRunner::CheckGolden(const TestCase& test, const Batch& batch,
                             TestResult& result) {
  const std::string made = Golden(batch);
  if (update_) {
    std::ofstream file(test.golden, std::ios::binary);
    file << made;
    file.close();
    if (!file) result.failures.push_back("cannot write " + test.golden);
    return;
  }
  // One byte more tells that it is another one.
  const std::string wanted =
      ReadFile(test.golden, made.size() + 1).value_or("");
  if (wanted == made) return;
  const std::vector<absl::string_view> left = absl::StrSplit(wanted, '\n');
  const std::vector<absl::string_view> right = absl::StrSplit(made, '\n');
  size_t line = 0;
  while (line < left.size() && line < right.size() &&
         left[line] == right[line]) {
    ++line;
  }
  result.failures.push_back(absl::StrCat(
      test.golden, ":", line + 1,
      ": output differs from the golden file; run with --update to rewrite "
      "it\n    expected ",
      line < left.size() ? left[line].substr(0, 200) : "nothing",
      "\n    got      ",
      line < right.size() ? right[line].substr(0, 200) : "nothing"));
}

}  // namespace wiredesk
