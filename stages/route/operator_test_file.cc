#include "stages/route/operator_test_file.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "stages/route/operator_test_match.h"
#include "stages/route/route_stage.h"

namespace wiredesk {
namespace {

class TestFileReader {
 public:
  explicit TestFileReader(Diagnostics& diagnostics)
      : diagnostics_(diagnostics) {}

  void File(const ConfigNode& root, TestFile& file) {
    for (const ConfigEntry& entry : root.entries) {
      if (entry.key == "config") {
        file.config = ResolvePath(entry.value);
      } else if (entry.key == "overlays") {
        for (const ConfigNode* item : Items(entry.value)) {
          file.overlays.push_back(ResolvePath(*item));
        }
      } else if (entry.key == "tests") {
        for (const ConfigNode* item : Items(entry.value)) {
          file.tests.push_back(Case(*item));
        }
      } else {
        Unknown(entry, {"config", "overlays", "tests"});
      }
    }
    if (file.tests.empty()) {
      diagnostics_.Error(root, "holds no test", "write tests: [...]");
    }
  }

 private:
  TestCase Case(const ConfigNode& node) {
    TestCase test;
    test.location = node.location;
    for (const ConfigEntry& entry : node.entries) {
      const ConfigNode& value = entry.value;
      if (entry.key == "name") {
        test.name = value.scalar;
      } else if (entry.key == "articles") {
        for (const ConfigNode* item : Items(value)) {
          test.inputs.push_back(Input(*item));
        }
      } else if (entry.key == "expect") {
        for (const ConfigNode* item : Items(value)) {
          test.expectations.push_back(Expectation(*item));
        }
      } else if (entry.key == "count") {
        test.count = Integer(value);
      } else if (entry.key == "dead_letters") {
        test.letters.emplace();
        for (const ConfigNode* item : Items(value)) {
          test.letters->push_back(item->scalar);
        }
      } else if (entry.key == "golden") {
        test.golden = ResolvePath(value);
      } else {
        Unknown(entry, {"name", "articles", "expect", "count", "dead_letters",
                        "golden"});
      }
    }
    CheckCase(node, test);
    return test;
  }

  void CheckCase(const ConfigNode& node, const TestCase& test) {
    if (test.name.empty()) {
      diagnostics_.Error(node, "has no name", "write name: what it shows");
    }
    if (test.inputs.empty()) {
      diagnostics_.Error(node, "has no articles", "write articles: [...]");
    }
    if (test.expectations.empty() && !test.count.has_value() &&
        !test.letters.has_value() && test.golden.empty()) {
      diagnostics_.Error(node, "expects nothing",
                         "write expect, count, dead_letters or golden");
    }
    const auto by_hand = std::count_if(
        test.inputs.begin(), test.inputs.end(),
        [](const TestInput& input) { return input.record.is_mapping(); });
    if (by_hand > 0 && by_hand != static_cast<int64_t>(test.inputs.size())) {
      diagnostics_.Error(node, "mixes records and articles",
                         "put them into two tests: records only meet routes");
    }
  }

  TestInput Input(const ConfigNode& node) {
    TestInput input;
    int kinds = 0;
    for (const ConfigEntry& entry : node.entries) {
      const ConfigNode& value = entry.value;
      if (entry.key == "article") {
        input.raw = ArticleJson(value);
        ++kinds;
      } else if (entry.key == "raw") {
        input.raw = value.scalar;
        ++kinds;
      } else if (entry.key == "file") {
        input.file = ResolvePath(value);
        ++kinds;
      } else if (entry.key == "record") {
        input.record = value;
        ++kinds;
      } else if (entry.key == "topic") {
        input.topic = value.scalar;
      } else if (entry.key == "at") {
        input.at = Time(value);
      } else {
        Unknown(entry, {"article", "raw", "file", "record", "topic", "at"});
      }
    }
    if (kinds != 1) {
      diagnostics_.Error(node, "is no input",
                         "write one of article, raw, file and record");
    }
    return input;
  }

  TestExpectation Expectation(const ConfigNode& node) {
    TestExpectation expectation;
    expectation.location = node.location;
    expectation.is.kind = ConfigNode::Kind::kMapping;
    for (const ConfigEntry& entry : node.entries) {
      if (entry.key == "article") {
        expectation.article = Integer(entry.value);
      } else if (entry.key == "not") {
        expectation.is_not = entry.value;
        for (const ConfigEntry& inner : entry.value.entries) Matcher(inner);
      } else if (Matcher(entry)) {
        expectation.is.entries.push_back(entry);
      }
    }
    return expectation;
  }

  bool Matcher(const ConfigEntry& entry) {
    const std::vector<std::string>& known = TestMatchers();
    if (entry.key == "when") CheckTests(entry.value);
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) {
      return true;
    }
    Unknown(entry, known);
    return false;
  }

  void CheckTests(const ConfigNode& tests) {
    CelEnvironment environment;
    environment.record = &RecordStruct();
    for (const ConfigNode* test : Items(tests)) {
      CelProgram program;
      CelFault fault;
      if (program.Add(environment, test->scalar, CelKind::kBool, fault) ==
          kCelNone) {
        diagnostics_.Error(*test, ToString(fault, test->scalar));
      }
    }
  }

  // A list, or a single value as a list of one.
  static std::vector<const ConfigNode*> Items(const ConfigNode& node) {
    std::vector<const ConfigNode*> items;
    for (const ConfigNode& item : node.items) items.push_back(&item);
    if (!node.is_sequence() && !node.is_null()) items.push_back(&node);
    return items;
  }

  int64_t Integer(const ConfigNode& node) {
    int64_t value = 0;
    if (!absl::SimpleAtoi(node.scalar, &value) || value < 0) {
      diagnostics_.Error(node, "is not a whole number", "write it in digits");
    }
    return value;
  }

  std::optional<absl::Time> Time(const ConfigNode& node) {
    absl::Time time;
    std::string error;
    if (!absl::ParseTime(absl::RFC3339_full, node.scalar, &time, &error)) {
      diagnostics_.Error(node, "is not a time",
                         "write it as 2026-07-11T06:00:00Z");
      return std::nullopt;
    }
    return time;
  }

  void Unknown(const ConfigEntry& entry,
               const std::vector<std::string>& known) {
    diagnostics_.Error(entry.location, entry.value.path, "is not known here",
                       SuggestName(entry.key, known));
  }

  Diagnostics& diagnostics_;
};

}  // namespace

const std::vector<std::string>& TestMatchers() {
  static const auto* const matchers = new std::vector<std::string>{
      "route", "routes", "topic",  "topics", "verdict",
      "fate",  "reason", "fields", "when"};
  return *matchers;
}

TestFile ReadTestFile(const std::string& path, Diagnostics& diagnostics) {
  TestFile file;
  file.path = path;
  const Config config = LoadConfig(path, {}, {}, diagnostics);
  if (config.complete()) TestFileReader(diagnostics).File(config.root(), file);
  return file;
}

}  // namespace wiredesk
