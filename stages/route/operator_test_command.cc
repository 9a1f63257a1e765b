#include "stages/route/operator_test_command.h"

#include <fstream>
#include <iostream>
#include <map>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "config/base/counted.h"
#include "pipeline/command/shared_flags.h"

namespace wiredesk {
namespace {

struct Arguments {
  TestOptions options;
  std::string junit;
  bool tap = false;
};

std::string EscapeXml(absl::string_view text) {
  std::string clean;
  for (const char c : text) {
    // XML has no other control characters.
    const bool control = static_cast<unsigned char>(c) < 0x20;
    clean += control && c != '\n' && c != '\t' ? '?' : c;
  }
  return absl::StrReplaceAll(
      clean, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

size_t CountFailed(const std::vector<TestResult>& results) {
  size_t failed = 0;
  for (const TestResult& each : results)
    failed += each.failures.empty() ? 0 : 1;
  return failed;
}

double SumMilliseconds(const std::vector<TestResult>& results) {
  double sum = 0;
  for (const TestResult& each : results) sum += each.milliseconds;
  return sum;
}

absl::StatusOr<int> Run(const Program& program, const Arguments& arguments) {
  std::vector<TestResult> results;
  std::string errors;
  const bool read = RunTestFiles(program, arguments.options, results, errors);
  std::cerr << errors;
  if (!read) return kExitWrongUse;
  if (results.empty() && !arguments.options.filter.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--filter: no test has \"", arguments.options.filter,
                     "\" in its name; see the names in the files"));
  }
  std::cout << (arguments.tap ? ResultsTap(results) : PrintResults(results));
  if (!arguments.junit.empty()) {
    std::ofstream file(arguments.junit);
    file << ResultsJunit(results);
    file.close();
    if (!file) {
      return absl::UnavailableError(
          absl::StrCat("cannot write ", arguments.junit));
    }
  }
  return CountFailed(results) == 0 ? kExitOk : kExitFailed;
}

}  // namespace

bool RunTestFiles(const Program& program, const TestOptions& options,
                  std::vector<TestResult>& results, std::string& errors) {
  Diagnostics diagnostics;
  // A chain for each configuration: to open a gazetteer takes longer than a
  // test.
  std::map<std::string, std::unique_ptr<Chain>> chains;
  for (const std::string& path : options.files) {
    TestFile file = ReadTestFile(path, diagnostics);
    if (!options.config.empty()) {
      file.config = options.config;
      file.overlays = options.overlays;
    }
    if (!diagnostics.ok()) continue;
    const std::string name =
        absl::StrCat(file.config, "\n", absl::StrJoin(file.overlays, "\n"));
    if (chains.count(name) == 0) {
      Config config;
      chains[name] =
          LoadChain(program, file.config, file.overlays, config, diagnostics);
    }
    if (chains[name] == nullptr) continue;
    TestRunner runner(chains[name].get(), options.update);
    for (const TestCase& test : file.tests) {
      if (!absl::StrContains(test.name, options.filter)) continue;
      results.push_back(runner.Run(file, test));
    }
  }
  errors = diagnostics.Text();
  return diagnostics.ok();
}

std::string PrintResults(const std::vector<TestResult>& results) {
  std::string out;
  for (const TestResult& each : results) {
    absl::StrAppendFormat(&out, "%s  %s (%.1f ms)\n",
                          each.failures.empty() ? "ok  " : "FAIL", each.name,
                          each.milliseconds);
    for (const std::string& failure : each.failures) {
      absl::StrAppend(&out, "      ", failure, "\n");
    }
  }
  absl::StrAppendFormat(&out, "%s, %d failed, %.1f ms\n",
                        Counted(results.size(), "test"), CountFailed(results),
                        SumMilliseconds(results));
  return out;
}

std::string ResultsTap(const std::vector<TestResult>& results) {
  std::string out = absl::StrCat("TAP version 14\n1..", results.size(), "\n");
  for (size_t i = 0; i < results.size(); ++i) {
    const TestResult& each = results[i];
    absl::StrAppend(&out, each.failures.empty() ? "ok " : "not ok ", i + 1,
                    " - ",
                    absl::StrReplaceAll(
                        each.name, {{"\\", "\\\\"}, {"#", "\\#"}, {"\n", " "}}),
                    "\n");
    for (const std::string& failure : each.failures) {
      absl::StrAppend(&out, "# ",
                      absl::StrReplaceAll(failure, {{"\n", "\n# "}}), "\n");
    }
  }
  return out;
}

std::string ResultsJunit(const std::vector<TestResult>& results) {
  std::string out = absl::StrFormat(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites tests=\"%d\" failures=\"%d\" time=\"%.4f\">\n"
      "<testsuite name=\"wiredesk\" tests=\"%d\" failures=\"%d\" "
      "time=\"%.4f\">\n",
      results.size(), CountFailed(results), SumMilliseconds(results) / 1000,
      results.size(), CountFailed(results), SumMilliseconds(results) / 1000);
  for (const TestResult& each : results) {
    absl::StrAppendFormat(
        &out, "<testcase classname=\"%s\" name=\"%s\" time=\"%.4f\"",
        EscapeXml(each.file), EscapeXml(each.name), each.milliseconds / 1000);
    if (each.failures.empty()) {
      absl::StrAppend(&out, "/>\n");
      continue;
    }
    const std::string text = absl::StrJoin(each.failures, "\n");
    absl::StrAppend(&out, ">\n<failure message=\"",
                    EscapeXml(text.substr(0, text.find('\n'))), "\">",
                    EscapeXml(text), "</failure>\n</testcase>\n");
  }
  return out + "</testsuite>\n</testsuites>\n";
}

Command OperatorTestCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  TestOptions& options = arguments->options;
  Command command;
  command.name = "test";
  command.help = "Run your own tests of a configuration";
  command.examples = {"wiredesk test wiredesk_test.yaml",
                      "wiredesk test tests/*.yaml -c new.yaml --junit out.xml"};
  command.notes = "Exits with 1 if a test fails, with 2 if a file is wrong.";
  command.flags = {
      SharedFlag("input", &options.files)
          .Plain()
          .Required()
          .Help("File of tests, YAML"),
      SharedFlag("config", &options.config)
          .Help("Configuration, instead of the one that the files name"),
      SharedFlag("overlay", &options.overlays),
      Flag("filter", &options.filter, "TEXT",
           "Run only tests whose names hold this"),
      Flag("update", &options.update, "", "Rewrite golden files"),
      Flag("junit", &arguments->junit, "FILE",
           "Write the results as JUnit XML, too")
          .Files(),
      Flag("tap", &arguments->tap, "", "Print the results as TAP")};
  command.run = [&program, arguments] { return Run(program, *arguments); };
  return command;
}

}  // namespace wiredesk
