// What the demo shows: articles in the order of the stream, copies under their
// story, and a summary that counts right.

#include "pipeline/command/demo_view.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Record(const std::string& verdict, const std::string& story,
                   const std::string& headline) {
  return absl::StrCat(
      R"({"schema":"wiredesk/event-record/1","headline":")", headline,
      R"(","language":"en","provider":{"name":"Gazette"},)",
      R"("received_at":"2026-03-02T09:00:00.100Z",)",
      R"("dedupe":{"verdict":")", verdict, R"(","story":")", story,
      R"(","similarity":0.93},"places":[{"name":"Rotterdam"}],)",
      R"("entities":[{"name":"NATO"}],"topics":[{"name":"economy"}]})");
}

absl::Time At(int64_t millis) {
  return absl::FromCivil(absl::CivilSecond(2026, 3, 2, 9, 0, 0),
                         absl::UTCTimeZone()) +
         absl::Milliseconds(millis);
}

TEST(DemoViewTest, AnArticleIsShownWithWhatWasFound) {
  DemoView view(false);
  EXPECT_EQ(view.Show("news.events", Record("new", "a", "Cranes"), At(120)),
            "new      en Cranes\n"
            "            story 1 · Rotterdam · NATO · topics: economy · to "
            "news.events\n");
}

TEST(DemoViewTest, ACopyStandsUnderItsStory) {
  DemoView view(false);
  view.Show("news.events", Record("new", "a", "Cranes"), At(120));
  view.Show("news.events", Record("new", "b", "Rain"), At(120));
  EXPECT_EQ(
      view.Show("news.duplicates", Record("near", "a", "Cranes!"), At(130)),
      "near     en   ↳ Cranes!  story 1, article 2, similarity 0.93\n");
  const std::string summary = view.Summary();
  EXPECT_THAT(summary, HasSubstr("  story 1  Cranes\n    ↳ near     Cranes!  "
                                 "Gazette\n"));
  EXPECT_THAT(summary, Not(HasSubstr("story 2  Rain")));
  EXPECT_THAT(summary, HasSubstr("3 articles in 1 language, 2 stories; 1 copy, "
                                 "0 revisions, 0 dead letters\n"));
  EXPECT_THAT(summary, HasSubstr("p50 20 ms, p99 30 ms\n"));
}

TEST(DemoViewTest, ADeadLetterIsShownAsItIs) {
  DemoView view(true);
  EXPECT_EQ(view.Show("dead", "{\"cut\nmore", At(0)),
            "\033[31mdead letter\033[0m {\"cut\033[2m  to dead\033[0m\n");
  EXPECT_THAT(view.Summary(), HasSubstr("1 dead letter\n"));
}

TEST(QuantileTest, IsOneOfTheValues) {
  EXPECT_EQ(Quantile({}, 0.5), absl::ZeroDuration());
  EXPECT_EQ(
      Quantile({absl::Seconds(3), absl::Seconds(1), absl::Seconds(2)}, 0.5),
      absl::Seconds(2));
  EXPECT_EQ(Quantile({absl::Seconds(3), absl::Seconds(1)}, 0.99),
            absl::Seconds(3));
}

}  // namespace
}  // namespace wiredesk
