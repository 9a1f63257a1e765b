#ifndef WIREDESK_STAGES_ROUTE_OPERATOR_TEST_COMMAND_H_
#define WIREDESK_STAGES_ROUTE_OPERATOR_TEST_COMMAND_H_

#include <string>
#include <vector>

#include "pipeline/command_line/command.h"
#include "pipeline/service/program.h"
#include "stages/route/operator_test_run.h"

namespace wiredesk {

struct TestOptions {
  std::vector<std::string> files;
  std::string config;  // in the place of the one that the files name
  std::vector<std::string> overlays;
  std::string filter;  // only tests whose names hold it
  bool update = false;
};

// Runs test files. False, with what is wrong in `errors`, if a file or a
// configuration cannot be read.
bool RunTestFiles(const Program& program, const TestOptions& options,
                  std::vector<TestResult>& results, std::string& errors);

// Results for a reader, as TAP 14, and as JUnit's XML.
std::string PrintResults(const std::vector<TestResult>& results);
std::string ResultsTap(const std::vector<TestResult>& results);
std::string ResultsJunit(const std::vector<TestResult>& results);

// `wiredesk test`. `program` must outlive it.
Command OperatorTestCommand(const Program& program);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_OPERATOR_TEST_COMMAND_H_
