// Test files: what an operator expects of a configuration.
//
//   config: wiredesk.yaml            # relative to this file
//   tests:
//   - name: an edited copy goes to the duplicates
//     articles:
//     - article: {headline: Rates rise, body: ...}
//     - article: {headline: Rates up, body: ...}
//       at: 2026-07-11T06:00:00Z
//     expect:
//     - {article: 1, topic: news.events, verdict: new}
//     - {article: 2, topic: news.duplicates, not: {verdict: new}}
//
// docs/testing-routes.md has all of it.

#ifndef WIREDESK_STAGES_ROUTE_OPERATOR_TEST_FILE_H_
#define WIREDESK_STAGES_ROUTE_OPERATOR_TEST_FILE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "config/config.h"
#include "config/diagnostics.h"

namespace wiredesk {

// One input of a test; exactly one of the three is set.
struct TestInput {
  std::string raw;    // a raw record, of `article:` or `raw:`
  std::string file;   // raw records as replay reads them
  ConfigNode record;  // an enriched record by hand: only routes are tested
  std::string topic = "test";
  std::optional<absl::Time> at;
};

// What one article, or each, must be. `is` and `is_not` are mappings of
// matchers: route, topic, verdict, fields, when ...
struct TestExpectation {
  int64_t article = 0;  // from 1; 0 is each
  ConfigNode is;
  ConfigNode is_not;
  Location location;
};

struct TestCase {
  std::string name;
  Location location;
  std::vector<TestInput> inputs;
  std::vector<TestExpectation> expectations;
  std::optional<int64_t> count;                     // of articles
  std::optional<std::vector<std::string>> letters;  // reasons, in order
  std::string golden;  // file of what is published; empty: none

  bool by_hand() const {
    return !inputs.empty() && inputs[0].raw.empty() && inputs[0].file.empty();
  }
};

struct TestFile {
  std::string path;
  std::string config;  // resolved; empty: the built-in defaults
  std::vector<std::string> overlays;
  std::vector<TestCase> tests;
};

// The matchers that `expect` and `not` may hold.
const std::vector<std::string>& TestMatchers();

// Reads a test file; what is wrong with it goes to `diagnostics`.
TestFile ReadTestFile(const std::string& path, Diagnostics& diagnostics);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_OPERATOR_TEST_FILE_H_
