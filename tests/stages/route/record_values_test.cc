// The fields of a record as expressions see them, against the contract: each
// has the name that the schema gives it, and the closed sets are the same.

#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "simdjson.h"
#include "stages/route/route_stage.h"

namespace wiredesk {
namespace {

namespace dom = simdjson::dom;

// What the schema says of a field: its own properties, those of the object that
// it refers to, or those of its items.
dom::element Properties(const dom::element& root, dom::element field) {
  dom::element inner;
  if (field["items"].get(inner) == simdjson::SUCCESS) field = inner;
  std::string_view target;
  if (field["$ref"].get(target) == simdjson::SUCCESS) {
    EXPECT_EQ(root.at_pointer(target.substr(1)).get(field), simdjson::SUCCESS);
  }
  dom::array choices;
  if (field["oneOf"].get(choices) == simdjson::SUCCESS ||
      field["anyOf"].get(choices) == simdjson::SUCCESS) {
    for (const dom::element choice : choices) {
      if (choice["$ref"].get(target) == simdjson::SUCCESS ||
          choice["properties"].get(inner) == simdjson::SUCCESS) {
        return Properties(root, choice);
      }
    }
  }
  if (field["properties"].get(inner) == simdjson::SUCCESS) return inner;
  return field;
}

class RecordValuesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(
        parser_.load(WIREDESK_SOURCE_DIR "/docs/record.schema.json").get(root_),
        simdjson::SUCCESS);
  }

  void Compare(const CelStruct& object, const dom::element& properties,
               const std::string& path) {
    for (size_t i = 0; i < object.size; ++i) {
      const CelField& field = object.fields[i];
      const std::string name = path + std::string(field.name);
      dom::element schema;
      if (properties[std::string(field.name)].get(schema) !=
          simdjson::SUCCESS) {
        ADD_FAILURE() << name << " is not in the contract";
        continue;
      }
      ++fields_;
      CompareChoices(field, schema, name);
      const CelType& inner =
          field.type.item != nullptr ? *field.type.item : field.type;
      if (inner.object != nullptr) {
        Compare(*inner.object, Properties(root_, schema), name + ".");
      }
    }
  }

  void CompareChoices(const CelField& field, const dom::element& schema,
                      const std::string& name) {
    if (field.type.choices.empty()) return;
    ++closed_;
    std::vector<std::string> wanted;
    dom::array values;
    ASSERT_EQ(schema["enum"].get(values), simdjson::SUCCESS) << name;
    for (const dom::element value : values) {
      std::string_view text;
      if (value.get(text) == simdjson::SUCCESS) wanted.emplace_back(text);
    }
    std::vector<std::string> known(field.type.choices.begin(),
                                   field.type.choices.end());
    EXPECT_EQ(known, wanted) << name;
  }

  dom::parser parser_;
  dom::element root_;
  int fields_ = 0;
  int closed_ = 0;
};

TEST_F(RecordValuesTest, AreThoseOfTheContract) {
  Compare(RecordStruct(), Properties(root_, root_), "");
  EXPECT_GT(fields_, 80);
  EXPECT_EQ(closed_, 11);
}

}  // namespace
}  // namespace wiredesk
