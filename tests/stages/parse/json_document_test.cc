// Goal: a document is taken exactly where it is JSON, and its values are those
// that simdjson's DOM reads from it. Method: both on documents that are made
// and broken at random (the seed is printed), and tables for what differs.

#include <gtest/gtest.h>
#include <simdjson.h>

#include <memory_resource>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "stages/parse/json/document.h"
#include "stages/parse/json/token.h"

namespace wiredesk {
namespace {

// A document as our tree has it, and as the DOM has it, in one notation.
std::string Notation(JsonValue value) {
  std::string out;
  switch (value.type()) {
    case JsonType::kNull:
      return "null";
    case JsonType::kFalse:
      return "false";
    case JsonType::kTrue:
      return "true";
    case JsonType::kNumber: {
      double number = 0;
      EXPECT_TRUE(absl::SimpleAtod(value.text(), &number)) << value.text();
      // Adding zero makes a zero of a negative one.
      return absl::StrCat("#", number + 0.0);
    }
    case JsonType::kString:
      return absl::StrCat("\"", value.text(), "\"");
    case JsonType::kArray:
      for (const JsonValue child : value) {
        absl::StrAppend(&out, Notation(child), ",");
      }
      return absl::StrCat("[", out, "]");
    case JsonType::kObject:
      for (const JsonValue child : value) {
        absl::StrAppend(&out, child.key(), ":", Notation(child), ",");
      }
      return absl::StrCat("{", out, "}");
  }
  return out;
}

std::string Notation(simdjson::dom::element value) {
  std::string out;
  simdjson::dom::array array;
  simdjson::dom::object object;
  std::string_view text;
  double number = 0;
  bool truth = false;
  if (value.get(array) == simdjson::SUCCESS) {
    for (const auto child : array) absl::StrAppend(&out, Notation(child), ",");
    return absl::StrCat("[", out, "]");
  }
  if (value.get(object) == simdjson::SUCCESS) {
    for (const auto member : object) {
      out.append(member.key);
      absl::StrAppend(&out, ":", Notation(member.value), ",");
    }
    return absl::StrCat("{", out, "}");
  }
  if (value.get(text) == simdjson::SUCCESS) {
    return "\"" + std::string(text) + "\"";
  }
  if (value.get(truth) == simdjson::SUCCESS) return truth ? "true" : "false";
  if (value.get(number) == simdjson::SUCCESS)
    return absl::StrCat("#", number + 0.0);
  return "null";
}

class JsonDocumentTest : public testing::Test {
 protected:
  JsonDocumentTest() { context_.arena = &arena_; }

  bool Parse(const std::string& text) {
    input_ = text;
    error_ = ParseError();
    mended_ = false;
    return document_.Parse(input_, context_, error_, mended_);
  }

  std::pmr::monotonic_buffer_resource arena_;
  ParseContext context_;
  std::string input_;
  JsonDocument document_;
  ParseError error_;
  bool mended_ = false;
};

class Maker {
 public:
  explicit Maker(uint32_t seed) : random_(seed) {}

  std::string Document() { return Number(2) == 0 ? Object(0) : Array(0); }

  // A few bytes changed, left out or doubled.
  std::string Broken(std::string text) {
    static constexpr char kBytes[] = "{}[]\",:\\ut1e-. \n\t\x01x";
    for (int i = Number(3); i >= 0 && !text.empty(); --i) {
      const size_t at = static_cast<size_t>(Number(text.size()));
      switch (Number(3)) {
        case 0:
          text[at] = kBytes[Number(sizeof(kBytes) - 1)];
          break;
        case 1:
          text.erase(at, 1);
          break;
        default:
          text.insert(at, 1, kBytes[Number(sizeof(kBytes) - 1)]);
      }
    }
    return text;
  }

 private:
  int Number(size_t below) {
    return static_cast<int>(random_() % static_cast<uint32_t>(below));
  }

  std::string Space() {
    return std::vector<std::string>{"", " ", "\n\t"}[Number(3)];
  }

  std::string String() {
    static const std::vector<std::string>& pieces =
        *new std::vector<std::string>{"a",
                                      "long enough for two words ",
                                      "\\n",
                                      "\\\"",
                                      "\\\\",
                                      "\\u00e9",
                                      "\\ud83d\\ude00",
                                      "\xC3\xA9",
                                      "\xF0\x9F\x98\x80",
                                      "/",
                                      "\\/",
                                      " "};
    std::string out = "\"";
    for (int i = Number(8); i > 0; --i) out += pieces[Number(pieces.size())];
    return out + "\"";
  }

  std::string Value(int depth) {
    switch (Number(depth > 4 ? 5 : 7)) {
      case 0:
        return std::vector<std::string>{"null", "true", "false"}[Number(3)];
      case 1:
        return std::vector<std::string>{
            "0", "-1", "12.5", "1e3", "-0.25E-2", "20240711"}[Number(6)];
      case 5:
        return Object(depth);
      case 6:
        return Array(depth);
      default:
        return String();
    }
  }

  std::string Object(int depth) {
    std::string out = "{";
    for (int i = Number(5); i > 0; --i) {
      absl::StrAppend(&out, Space(), String(), Space(), ":", Space(),
                      Value(depth + 1), i > 1 ? "," : "");
    }
    return out + Space() + "}";
  }

  std::string Array(int depth) {
    std::string out = "[";
    for (int i = Number(5); i > 0; --i) {
      absl::StrAppend(&out, Space(), Value(depth + 1), Space(),
                      i > 1 ? "," : "");
    }
    return out + "]";
  }

  std::mt19937 random_;
};

TEST_F(JsonDocumentTest, TakesAndReadsWhatTheDomTakesAndReads) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  Maker maker(seed);
  simdjson::dom::parser dom;
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string whole = maker.Document();
    const std::string text = i % 2 == 0 ? whole : maker.Broken(whole);
    simdjson::dom::element root;
    const simdjson::error_code code = dom.parse(text).get(root);
    const bool taken = Parse(text);
    // Half a surrogate pair is mended here and refused by the DOM.
    if (mended_) continue;
    // So is a number that no double holds, though it is JSON.
    if (taken && code == simdjson::NUMBER_ERROR) continue;
    ASSERT_EQ(taken, code == simdjson::SUCCESS)
        << text << "\n"
        << simdjson::error_message(code) << "\n"
        << error_.detail;
    if (!taken) {
      ++refused;
      EXPECT_LE(error_.position, static_cast<int64_t>(text.size()));
      continue;
    }
    if (!root.is_array() && !root.is_object()) continue;
    ASSERT_EQ(Notation(document_.root()), Notation(root)) << text;
  }
  EXPECT_GT(refused, 1000);
}

TEST_F(JsonDocumentTest, TextsWithoutEscapesViewTheInput) {
  ASSERT_TRUE(Parse(R"({"plain":"as it is","escaped":"a\nb"})"));
  // The copy with padding is in the arena, so the views are near each other.
  const absl::string_view plain = document_.root().Find("plain").text();
  EXPECT_EQ(plain.data()[plain.size()], '"');
  EXPECT_EQ(document_.root().Find("escaped").text(), "a\nb");
}

TEST_F(JsonDocumentTest, WhatIsNotThereReadsLikeNull) {
  ASSERT_TRUE(Parse(R"({"a":{"b":null}})"));
  const JsonValue nowhere = document_.root().Find("x").Find("y");
  EXPECT_TRUE(nowhere.is_null());
  EXPECT_EQ(nowhere.text(), "");
  EXPECT_FALSE(nowhere.has_children());
  for (const JsonValue child : nowhere) ADD_FAILURE() << child.key();
  for (const JsonValue child : document_.root().Find("a").Find("b")) {
    ADD_FAILURE() << child.key();
  }
}

TEST_F(JsonDocumentTest, SaysWhereTheFaultIs) {
  const struct {
    const char* text;
    ParseReason reason;
    int64_t position;
  } cases[] = {
      {R"({"a":1,"b":tru})", ParseReason::kNotJson, 11},
      {R"({"a":1)", ParseReason::kNotJson, 0},
      {R"([1 2])", ParseReason::kNotJson, 3},
      {R"({"a":"\x"})", ParseReason::kNotJson, 5},
      {R"([1]])", ParseReason::kNotJson, 3},
      {"", ParseReason::kEmpty, -1},
  };
  for (const auto& test : cases) {
    EXPECT_FALSE(Parse(test.text));
    EXPECT_EQ(error_.reason, test.reason) << test.text;
    EXPECT_EQ(error_.position, test.position) << test.text;
  }
}

TEST(JsonTokenTest, NumbersAreThoseOfJson) {
  for (const char* number : {"0", "-0", "10", "1.5", "1e5", "-1.25E+10",
                             "123456789012345678901234567890"}) {
    EXPECT_TRUE(IsJsonNumber(number)) << number;
  }
  for (const char* none : {"", "-", "01", "+1", ".5", "1.", "1e", "1e+", "0x1",
                           "1 ", "NaN", "--1"}) {
    EXPECT_FALSE(IsJsonNumber(none)) << none;
  }
}

}  // namespace
}  // namespace wiredesk
