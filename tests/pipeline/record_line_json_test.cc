// Records as lines for a person: what is shown, what is cut, what is not a
// record.

#include "gtest/gtest.h"
#include "pipeline/observe/record_line.h"

namespace wiredesk {
namespace {

TEST(RecordLineTest, ShowsVerdictLanguageHeadlineAndNames) {
  EXPECT_EQ(RecordLine("news.events",
                       R"({"schema":"wiredesk/event-record/1","language":"en",)"
                       R"("headline":"Rain","dedupe":{"verdict":"near"},)"
                       R"("places":[{"name":"Seoul"}],)"
                       R"("entities":[{"name":"NATO"},{"name":"EU"},)"
                       R"({"name":"UN"}]})",
                       false),
            "news.events        near     en  Rain  [Seoul, NATO, EU]");
}

TEST(RecordLineTest, CutsBetweenCodePoints) {
  std::string headline;
  for (int i = 0; i < 100; ++i) headline += "한";
  const std::string line = RecordLine(
      "t", R"({"schema":"x","headline":")" + headline + R"("})", false);
  EXPECT_EQ(line.substr(line.size() - 6), "한…");
}

TEST(RecordLineTest, ShowsADeadLetterAsItIs) {
  EXPECT_EQ(RecordLine("dead", "{\"cut\nmore", false),
            "dead               dead letter {\"cut");
}

}  // namespace
}  // namespace wiredesk
