#ifndef WIREDESK_STAGES_ROUTE_OPERATOR_TEST_RUN_H_
#define WIREDESK_STAGES_ROUTE_OPERATOR_TEST_RUN_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "pipeline/flow/chain.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/event_json.h"
#include "stages/route/operator_test_file.h"

namespace wiredesk {

// What became of one test.
struct TestResult {
  std::string file;
  std::string name;
  double milliseconds = 0;
  std::vector<std::string> failures;  // "file:line:column: expected ..."
};

// Runs the tests of a file, each through the stages of `chain`'s configuration
// and a story index of its own, so that none sees what another has sent.
class TestRunner {
 public:
  // `chain` outlives this. With `update`, golden files are written.
  TestRunner(const Chain* chain, bool update)
      : chain_(chain), update_(update) {}

  TestResult Run(const TestFile& file, const TestCase& test);

 private:
  // The articles of a test, through the stages.
  absl::Status Send(const TestCase& test, Chain& chain, Batch& batch);
  absl::Status AppendInput(const TestInput& input, Batch& batch);
  void Check(const TestCase& test, const Batch& batch, TestResult& result);
  void CheckCounts(const TestCase& test, const Batch& batch,
                   TestResult& result);
  void CheckArticle(const TestExpectation& expectation, int64_t number,
                    const Batch& batch, TestResult& result);
  void CheckGolden(const TestCase& test, const Batch& batch,
                   TestResult& result);
  std::string Golden(const Batch& batch);

  const Chain* const chain_;
  const bool update_;
  std::vector<std::string> complaints_;  // of records by hand
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_OPERATOR_TEST_RUN_H_
