// The shipped configuration and what is generated from the schemas: the file
// is right, names every stage, and the document is what `wiredesk reference`
// prints. Method: the program's own sections and chain.

#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "config/schema_print.h"
#include "gtest/gtest.h"
#include "pipeline/command/check.h"
#include "pipeline/command/init.h"
#include "pipeline/service/options.h"
#include "simdjson.h"
#include "stages/chain.h"

namespace wiredesk {
namespace {

std::string ReadSource(absl::string_view path) {
  std::ifstream in(absl::StrCat(WIREDESK_SOURCE_DIR, "/", path));
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(ConfigurationTest, TheShippedFileIsRight) {
  const std::string path =
      absl::StrCat(WIREDESK_SOURCE_DIR, "/config/wiredesk.yaml");
  EXPECT_EQ(CheckConfiguration(MakeProgram(), path, {}).Text(), "");
}

TEST(ConfigurationTest, TheShippedFileNamesEverySection) {
  Diagnostics diagnostics;
  const Config config =
      LoadConfig(absl::StrCat(WIREDESK_SOURCE_DIR, "/config/wiredesk.yaml"), {},
                 {}, diagnostics);
  const Program program = MakeProgram();
  for (const SectionSet::Section& section : program.sections.sections()) {
    if (section.top_level) continue;
    const std::string& name = section.schema->name();
    EXPECT_NE(config.root().Find(name), nullptr) << name;
  }
}

TEST(ConfigurationTest, WhatInitWritesIsRight) {
  const std::string path = absl::StrCat(::testing::TempDir(), "/init.yaml");
  std::ofstream(path) << StartingConfiguration(
      {"a:9092, b:9092", "feeds", "desk", "desk"});
  EXPECT_EQ(CheckConfiguration(MakeProgram(), path, {}).Text(), "");
}

TEST(ConfigurationTest, TheSchemaForEditorsIsJsonAndKnowsRoutes) {
  simdjson::dom::parser parser;
  const std::string text = ConfigJsonSchema(MakeProgram().sections);
  simdjson::dom::element schema;
  ASSERT_EQ(parser.parse(text).get(schema), simdjson::SUCCESS);
  const std::string route = "/properties/route/properties";
  for (const char* known : {"when", "to", "rate_limit", "routes"}) {
    EXPECT_EQ(
        schema.at_pointer(route + "/routes/items/properties/" + known).error(),
        simdjson::SUCCESS)
        << known;
  }
  // The default is one of them.
  std::string_view same;
  ASSERT_EQ(schema.at_pointer(route + "/default/$ref").get(same),
            simdjson::SUCCESS);
  EXPECT_EQ(schema.at_pointer(same.substr(1)).error(), simdjson::SUCCESS);
}

TEST(ConfigurationTest, TheDocumentIsTheGenerated) {
  EXPECT_EQ(ReadSource("docs/configuration.md"),
            ReferenceMarkdown(MakeProgram().sections))
      << "run tests/update_docs.sh";
}

}  // namespace
}  // namespace wiredesk
