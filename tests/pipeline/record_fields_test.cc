// A field is declared once. The record of this test is the real one and two
// fields more; each of the things that are made from the tables must know them.

#include "pipeline/record/record_fields.h"

#include <fstream>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "config/yaml.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/record_description.h"
#include "pipeline/record/record_schema.h"
#include "pipeline/record/record_writer.h"
#include "pipeline/replay/field_difference.h"
#include "stages/route/record_setter.h"
#include "stages/route/record_values.h"

namespace wiredesk {

struct Vessel {
  absl::string_view name;
  std::optional<double> tons;
};

struct LongerRecord : EventRecord {
  absl::string_view desk_slug;
  absl::Span<const Vessel> vessels;
};

namespace table {

template <>
struct Of<Vessel> {
  static constexpr absl::string_view kName = "vessel";
  static constexpr absl::string_view kHelp = "A ship.";
  static constexpr absl::string_view kLabel = "{name}";
  static constexpr auto kFields =
      std::tuple(Field("name", &Vessel::name, "Painted on its side."),
                 Field("tons", &Vessel::tons, AtLeast(0), "What it carries."));
};

template <>
struct Of<LongerRecord> : Of<EventRecord> {
  static constexpr auto kFields = std::tuple_cat(
      Of<EventRecord>::kFields,
      std::tuple(Field("desk_slug", &LongerRecord::desk_slug, OrNull(),
                       "The desk's own name for the story."),
                 Field("vessels", &LongerRecord::vessels, "Ships.")));
};

}  // namespace table

namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

constexpr Vessel kVessels[] = {{"Ever Given", 219079}, {"Elbe 3", {}}};

class LongerRecordTest : public ::testing::Test {
 protected:
  LongerRecordTest() {
    record_.desk_slug = "CANAL-SHIP";
    record_.vessels = kVessels;
  }

  std::string Write(const std::vector<absl::string_view>& fields,
                    absl::string_view fan_out = "", uint32_t item = 0) {
    Destination destination;
    destination.fields = fields;
    destination.fan_out = fan_out;
    destination.fan_out_item = item;
    CodePointIndex headline;
    CodePointIndex body;
    headline.Reset(record_.article.headline);
    body.Reset(record_.article.body);
    const MessageContext context(record_, raw_, &destination, processing_,
                                 headline, body);
    JsonBuffer out;
    RecordWriter writer(context, out);
    if (fields.empty()) {
      writer.Object<table::Of<LongerRecord>>(record_);
    } else {
      writer.Projected<table::Of<LongerRecord>>(record_, fields);
    }
    return std::string(out.text());
  }

  RawRecord raw_;
  Processing processing_;
  LongerRecord record_;
};

TEST_F(LongerRecordTest, IsPublished) {
  EXPECT_THAT(Write({}), EndsWith(R"(,"desk_slug":"CANAL-SHIP","vessels":)"
                                  R"([{"name":"Ever Given","tons":219079},)"
                                  R"({"name":"Elbe 3","tons":null}]})"));
  record_.desk_slug = "";
  EXPECT_THAT(Write({}), HasSubstr(R"("desk_slug":null,)"));
}

TEST_F(LongerRecordTest, IsProjectedAndFannedOut) {
  EXPECT_EQ(Write({"desk_slug", "vessels.name"}),
            R"({"desk_slug":"CANAL-SHIP",)"
            R"("vessels":[{"name":"Ever Given"},{"name":"Elbe 3"}]})");
  EXPECT_EQ(Write({"vessels.tons"}, "vessels", 1),
            R"({"vessels":[{"tons":null}]})");
}

TEST_F(LongerRecordTest, IsInTheSchema) {
  const std::string schema = RecordSchema(Describe<LongerRecord>());
  EXPECT_THAT(schema, HasSubstr(R"("desk_slug": {
      "description": "The desk's own name for the story.",
      "type": [
        "string",
        "null"
      ]
    })"));
  EXPECT_THAT(schema, HasSubstr(R"("$ref": "#/$defs/vessel")"));
  EXPECT_THAT(schema, HasSubstr(R"("vessel": {
      "description": "A ship.",)"));
}

TEST_F(LongerRecordTest, IsDescribed) {
  constexpr const TableDescription& kTable = Describe<LongerRecord>();
  ASSERT_NE(kTable.Find("vessels"), nullptr);
  EXPECT_TRUE(kTable.Find("vessels")->fans_out);
  EXPECT_FALSE(kTable.Find("desk_slug")->fans_out);
  EXPECT_TRUE(HasPath(kTable, "vessels.tons"));
  EXPECT_FALSE(HasPath(kTable, "vessels.length"));
}

TEST_F(LongerRecordTest, IsSeenByExpressions) {
  constexpr const CelStruct& kStruct = CelStructOf<LongerRecord>();
  const CelField* const desk_slug = kStruct.Find("desk_slug");
  ASSERT_NE(desk_slug, nullptr);
  EXPECT_EQ(ToString(desk_slug->type), "string");
  EXPECT_EQ(desk_slug->get(&record_).text(), "CANAL-SHIP");
  const CelField* const vessels = kStruct.Find("vessels");
  ASSERT_NE(vessels, nullptr);
  EXPECT_EQ(ToString(vessels->type), "list(vessel)");
  const CelValue list = vessels->get(&record_);
  ASSERT_EQ(list.size, 2);
  const CelField* const tons = list.item(0).object->Find("tons");
  ASSERT_NE(tons, nullptr);
  EXPECT_TRUE(tons->type.nullable);
  EXPECT_EQ(tons->get(list.item(0).data).real, 219079);
  EXPECT_EQ(tons->get(list.item(1).data).kind, CelKind::kNull);
}

TEST_F(LongerRecordTest, IsSetByTests) {
  Diagnostics diagnostics;
  const std::optional<ConfigNode> node =
      ParseYaml("{desk_slug: TALKS, vessels: [{name: Elbe 1, tons: 12.5}]}",
                "test", {}, nullptr, diagnostics);
  ASSERT_TRUE(node.has_value()) << diagnostics.Text();
  Batch batch({});
  RecordSetter(batch, diagnostics)
      .Object<table::Of<LongerRecord>>(*node, record_);
  EXPECT_EQ(diagnostics.Text(), "");
  EXPECT_EQ(record_.desk_slug, "TALKS");
  ASSERT_EQ(record_.vessels.size(), 1);
  EXPECT_EQ(record_.vessels[0].name, "Elbe 1");
  EXPECT_EQ(record_.vessels[0].tons, 12.5);
}

TEST_F(LongerRecordTest, IsCompared) {
  LongerRecord other = record_;
  other.desk_slug = "TALKS";
  other.vessels = absl::MakeConstSpan(kVessels).subspan(1);
  const CodePointIndex none;
  const MessageContext context_a(record_, raw_, nullptr, processing_, none,
                                 none);
  const MessageContext context_b(other, raw_, nullptr, processing_, none, none);
  JsonBuffer json_a;
  JsonBuffer json_b;
  std::vector<std::string> found;
  ForEachDifference(record_, context_a, other, context_b, json_a, json_b,
                    [&](const FieldDifference& field) {
                      found.push_back(std::string(field.name) + " " +
                                      std::string(field.json_a) + " " +
                                      absl::StrJoin(field.labels_a, "+") + " " +
                                      absl::StrJoin(field.labels_b, "+"));
                    });
  EXPECT_THAT(found,
              ::testing::ElementsAre("desk_slug \"CANAL-SHIP\"  ",
                                     HasSubstr("}] Ever Given+Elbe 3 Elbe 3")));
}

// What a label names is a member of the object.
void CheckLabels(const TableDescription& table) {
  for (const absl::string_view part :
       absl::StrSplit(table.label, absl::ByAnyChar("{|}"))) {
    const bool word = !part.empty() && absl::ascii_isalpha(part.front());
    EXPECT_TRUE(!word || table.Find(part) != nullptr) << table.label;
  }
  for (const FieldDescription& field : table.fields) {
    if (field.object != nullptr) CheckLabels(*field.object);
  }
}

TEST(RecordFieldsTest, LabelsNameMembers) { CheckLabels(Describe()); }

TEST(RecordFieldsTest, ObjectsAreCalledByTheirLabels) {
  EXPECT_EQ(
      LabelOf(Place{.id = "geonames:1", .name = "Seoul", .role = "event"}),
      "Seoul (event)");
  EXPECT_EQ(LabelOf(Place{.id = "geonames:1", .role = "demonym"}),
            "geonames:1 (demonym)");
  EXPECT_EQ(LabelOf(Amount{.value = 2.5, .unit = "USD"}), "2.5 USD");
  EXPECT_EQ(LabelOf(Event{.id = "e1", .event_class = "AID"}), "AID e1");
}

TEST(RecordFieldsTest, TheDocumentIsTheGenerated) {
  std::ifstream in(WIREDESK_SOURCE_DIR "/docs/record.schema.json");
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), RecordSchema(Describe())) << "run tests/update_docs.sh";
}

// No name stands twice in an object, also not by way of a spread member.
void CheckNames(const TableDescription& table) {
  for (const FieldDescription& field : table.fields) {
    EXPECT_EQ(table.Find(field.name), &field) << table.name << field.name;
    EXPECT_NE(field.help, "") << table.name << "." << field.name;
    if (field.object != nullptr) CheckNames(*field.object);
  }
}

TEST(RecordFieldsTest, NamesAreUniqueAndExplained) { CheckNames(Describe()); }

TEST(RecordFieldsTest, ListsOfTheRecordFanOut) {
  std::vector<std::string> lists;
  for (const FieldDescription& field : Describe().fields) {
    if (field.fans_out) lists.emplace_back(field.name);
  }
  EXPECT_THAT(lists, ::testing::ElementsAre("entities", "places", "dates",
                                            "quotes", "events", "topics",
                                            "indicators", "amounts"));
}

}  // namespace
}  // namespace wiredesk
