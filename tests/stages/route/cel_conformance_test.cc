// The conformance cases of the CEL specification, as far as the subset goes:
// each file below must pass at 95 % or more of its cases. A case that needs
// protobuf messages is left out, and counted. The cases are not part of the
// project; without them the test is skipped.

#include <cmath>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "stages/route/cel/evaluator.h"
#include "stages/route/cel/program.h"
#include "tests/stages/route/text_proto.h"

namespace wiredesk {
namespace {

// Values that live as long as the case.
struct Pool {
  std::deque<std::vector<CelValue>> lists;
  std::deque<std::vector<CelEntry>> maps;
};

// The value of a cel.expr.Value; false if it is a message.
bool ToValue(const ProtoNode& node, Pool& pool, CelValue& value) {
  if (node.fields.empty()) {
    return false;
  }
  const auto& [kind, inner] = node.fields.front();
  const std::string& text = inner->text;
  if (kind == "null_value") {
    value = CelValue::Null();
  } else if (kind == "bool_value") {
    value = CelValue::Bool(text == "true");
  } else if (kind == "int64_value") {
    value = CelValue::Int(std::strtoll(text.c_str(), nullptr, 0));
  } else if (kind == "uint64_value") {
    value = CelValue::Uint(std::strtoull(text.c_str(), nullptr, 0));
  } else if (kind == "double_value") {
    value = CelValue::Double(std::strtod(text.c_str(), nullptr));
  } else if (kind == "string_value") {
    value = CelValue::String(text);
  } else if (kind == "bytes_value") {
    value = CelValue::Bytes(text);
  } else if (kind == "type_value") {
    for (int i = 0; i <= static_cast<int>(CelKind::kDyn); ++i) {
      if (CelKindName(static_cast<CelKind>(i)) == text) {
        value = CelValue::Type(static_cast<CelKind>(i));
        return true;
      }
    }
    return false;
  } else if (kind == "list_value") {
    auto& items = pool.lists.emplace_back();
    for (const auto& [name, item] : inner->fields) {
      CelValue each;
      if (!ToValue(*item, pool, each)) {
        return false;
      }
      items.push_back(each);
    }
    value = CelValue::List(items.data(), items.size(), &kCelValueList);
  } else if (kind == "map_value") {
    auto& entries = pool.maps.emplace_back();
    for (const auto& [name, entry] : inner->fields) {
      CelEntry each;
      if (!ToValue(*entry->Find("key"), pool, each.key) ||
          !ToValue(*entry->Find("value"), pool, each.value)) {
        return false;
      }
      entries.push_back(each);
    }
    value = CelValue::Map(entries.data(), entries.size(), &kCelEntryMap);
  } else if (kind == "object_value" && inner->fields.size() == 1) {
    const auto& [type, message] = inner->fields.front();
    const bool duration = type.find("Duration]") != std::string::npos;
    if (!duration && type.find("Timestamp]") == std::string::npos) {
      return false;
    }
    value = CelValue::Time(
        duration ? CelKind::kDuration : CelKind::kTimestamp,
        std::atoll(message->Text("seconds").c_str()),
        static_cast<uint32_t>(std::atol(message->Text("nanos").c_str())));
  } else {
    return false;
  }
  return true;
}

bool Same(const CelValue& a, const CelValue& b) {
  if (a.kind == CelKind::kDouble && b.kind == CelKind::kDouble &&
      std::isnan(a.real) && std::isnan(b.real)) {
    return true;
  }
  return a.kind == b.kind && CelEquals(a, b);
}

enum class Outcome { kPassed, kFailed, kLeftOut };

Outcome RunCase(const ProtoNode& test, std::string& why) {
  Pool pool;
  CelEnvironment environment;
  environment.strict = false;
  environment.container = test.Text("container");
  std::vector<CelValue> variables;
  const std::string source = test.Text("expr");
  for (const char* const outside :
       {"TestAllTypes", "google.protobuf.", "{}."}) {
    const size_t at = source.find(outside);
    if (at != std::string::npos &&
        source.find("google.protobuf.Timestamp ==") == std::string::npos &&
        source.find("google.protobuf.Duration ==") == std::string::npos) {
      return Outcome::kLeftOut;
    }
  }
  for (const auto& [name, binding] : test.fields) {
    if (name != "bindings") {
      continue;
    }
    const ProtoNode* given = binding->Find("value");
    CelValue value;
    if (given == nullptr || given->Find("value") == nullptr ||
        !ToValue(*given->Find("value"), pool, value)) {
      return Outcome::kLeftOut;
    }
    environment.variables.push_back({binding->Text("key"), {}});
    variables.push_back(value);
  }
  CelValue expected = CelValue::Bool(true);
  const ProtoNode* node = test.Find("value");
  if (const ProtoNode* typed = test.Find("typed_result")) {
    node = typed->Find("result");
  }
  if (node != nullptr && !ToValue(*node, pool, expected)) {
    return Outcome::kLeftOut;
  }
  const bool error_expected = test.Find("eval_error") != nullptr;
  CelProgram program;
  CelFault fault;
  const CelNodeId id = program.Add(environment, source, CelKind::kDyn, fault);
  if (id == kCelNone) {
    why = ToString(fault, source);
    return error_expected ? Outcome::kPassed : Outcome::kFailed;
  }
  CelEvaluator evaluator(program);
  evaluator.Begin(nullptr, {}, variables);
  const CelValue value = evaluator.Evaluate(id);
  why = source + "  gives " + CelToText(value);
  const bool good = error_expected ? value.is_error() : Same(value, expected);
  return good ? Outcome::kPassed : Outcome::kFailed;
}

class CelConformanceTest : public ::testing::TestWithParam<const char*> {};

TEST_P(CelConformanceTest, Passes) {
  std::ifstream file(std::string(WIREDESK_SOURCE_DIR "/../shared/data/cel/") +
                     GetParam() + ".textproto");
  if (!file) {
    GTEST_SKIP() << "the cases are not here";
  }
  std::stringstream text;
  text << file.rdbuf();
  const ProtoNode root = ProtoReader(text.str()).Read();
  size_t passed = 0;
  size_t failed = 0;
  size_t left_out = 0;
  for (const auto& [name, section] : root.fields) {
    for (const auto& [kind, test] : section->fields) {
      if (name != "section" || kind != "test") {
        continue;
      }
      std::string why;
      const Outcome outcome = RunCase(*test, why);
      passed += outcome == Outcome::kPassed ? 1 : 0;
      left_out += outcome == Outcome::kLeftOut ? 1 : 0;
      if (outcome == Outcome::kFailed) {
        ++failed;
        std::cout << "  " << section->Text("name") << "/" << test->Text("name")
                  << ": " << why << "\n";
      }
    }
  }
  std::cout << GetParam() << ": " << passed << " passed, " << failed
            << " failed, " << left_out << " left out\n";
  EXPECT_GT(passed, 0);
  EXPECT_GE(static_cast<double>(passed),
            0.95 * static_cast<double>(passed + failed));
}

INSTANTIATE_TEST_SUITE_P(
    Files, CelConformanceTest,
    ::testing::Values("basic", "comparisons", "conversions", "fields",
                      "fp_math", "integer_math", "lists", "logic", "macros",
                      "namespace", "parse", "plumbing", "string", "timestamps"),
    [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace wiredesk
