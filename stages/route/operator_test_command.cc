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

int Run(const Program& program, const Arguments& arguments) {
  std::vector<TestResult> results;
  std::string errors;
  const bool read = RunTestFiles(program, arguments.options, results, errors);
  std::cerr << errors;
  if (!read) return kExitWrongUse;
  std::cout << (arguments.tap ? ResultsTap(results) : PrintResults(results));
  if (!arguments.junit.empty()) {
    std::ofstream file(arguments.junit);
    file << ResultsJunit(results);
    file.close();
    if (!file) {
      std::cerr << "cannot write " << arguments.junit << "\n";
      return kExitFailed;
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
  absl::StrAppendFormat(&out, "%d tests, %d failed, %.1f ms\n", results.size(),
                        CountFailed(results), SumMilliseconds(results));
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

void AddTestCommand(CLI::App& app, const Program& program, int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("test", "Run an operator's tests of a configuration");
  const auto arguments = std::make_shared<Arguments>();
  TestOptions& options = arguments->options;
  command->add_option("files", options.files, "Test files, YAML")->required();
  command->add_option("-c,--config", options.config,
                      "Configuration, in the place of the one they name");
  command->add_option("--overlay", options.overlays,
                      "File laid over --config; may be repeated");
  command->add_option("--filter", options.filter,
                      "Only tests whose names hold this");
  command->add_flag("--update", options.update, "Rewrite the golden files");
  command->add_option("--junit", arguments->junit,
                      "Write the results as JUnit's XML to this file");
  command->add_flag("--tap", arguments->tap, "Print the results as TAP");
  command->footer(
      "Example: wiredesk test config/wiredesk_test.yaml\n\n"
      "Exit codes: 0 all passed, 1 some failed, 2 a file is wrong.");
  command->callback([&program, arguments, &exit_code] {
    exit_code = Run(program, *arguments);
  });
}

}  // namespace wiredesk
