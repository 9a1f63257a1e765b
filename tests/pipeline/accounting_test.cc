// Every raw record and every article is booked once, under its fate.

#include "pipeline/flow/accounting.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

TEST(AccountingTest, BooksEveryFateOnce) {
  Batch batch({});
  for (int i = 0; i < 3; ++i) batch.Append({"in", 0, i}, "", "x", {}, {});
  batch.AddArticle(0, 0);
  batch.AddArticle(0, 1);
  batch.AddArticle(1, 0);
  const Destination topics[] = {{.route = "r", .topic = "a"},
                                {.route = "r", .topic = "b"}};
  batch.mutable_records()[0].destinations = topics;
  batch.Drop(batch.mutable_records()[1], "route", "rule");
  batch.DeadLetter(1, "sink", "too_large", "");
  batch.DeadLetter(2, "parse", "not_json", "");

  Metrics metrics;
  Accounting accounting(&metrics);
  accounting.AddDelivered(batch);
  const Totals totals = accounting.totals();
  EXPECT_TRUE(totals.Balanced());
  EXPECT_EQ(totals.raw_records, 3);
  EXPECT_EQ(totals.raw_published, 1);
  EXPECT_EQ(totals.articles, 3);
  EXPECT_EQ(totals.published, 1);
  EXPECT_EQ(totals.dropped, 1);
  EXPECT_EQ(totals.dead_articles, 1);
  EXPECT_THAT(totals.by_topic, ElementsAre(Pair("a", 1), Pair("b", 1)));
  EXPECT_THAT(totals.by_dead_reason, ElementsAre(Pair("parse/not_json", 1),
                                                 Pair("sink/too_large", 1)));
  EXPECT_THAT(metrics.PrometheusText(),
              HasSubstr("wiredesk_dead_letters_total{reason=\"parse/not_json\"}"
                        " 1\n"));
}

TEST(AccountingTest, ItemsWithoutAnArticleAreCounted) {
  Batch batch({});
  batch.Append({"in", 0, 0}, "", "x", {}, {});
  batch.AddArticle(0, 0);
  batch.mutable_raw_records()[0].lost_items = 4;
  batch.DeadLetter(0, "parse", "too_many", "", 1);
  Metrics metrics;
  Accounting accounting(&metrics);
  accounting.AddDelivered(batch);
  EXPECT_TRUE(accounting.totals().Balanced());
  EXPECT_EQ(accounting.totals().lost_items, 4);
  EXPECT_EQ(accounting.totals().published, 1);
  EXPECT_THAT(PrintTotals(accounting.totals(), 1),
              HasSubstr("items that gave no article 4"));
  EXPECT_THAT(metrics.PrometheusText(),
              HasSubstr("wiredesk_items_lost_total 4\n"));
}

TEST(AccountingTest, UnusedKeysAreCountedByNameUpToABound) {
  Metrics metrics;
  Accounting accounting(&metrics);
  for (size_t i = 0; i < Accounting::kUnusedKeysMax + 5; ++i) {
    Batch batch({});
    batch.Append({"in", 0, 0}, "", "x", {}, {});
    const std::string own = absl::StrCat("key", i);
    const UnusedKey keys[] = {{"nota", "text"}, {own, "time"}};
    batch.mutable_raw_records()[0].unused_keys = keys;
    accounting.AddDelivered(batch);
  }
  const std::string text = metrics.PrometheusText();
  EXPECT_THAT(
      text, HasSubstr("wiredesk_unused_keys_total{key=\"nota\",looks=\"text\"}"
                      " 105\n"));
  EXPECT_THAT(
      text, HasSubstr("wiredesk_unused_keys_total{key=\"key98\",looks=\"time\"}"
                      " 1\n"));
  EXPECT_THAT(
      text, HasSubstr("wiredesk_unused_keys_total{key=\"other\",looks=\"time\"}"
                      " 6\n"));
  EXPECT_THAT(text, Not(HasSubstr("key99")));
}

TEST(AccountingTest, DatesInTheFutureAreCountedAndKept) {
  Batch batch({});
  batch.Append({"in", 0, 0}, "", "x", {}, {});
  const absl::Time noon = absl::FromUnixSeconds(1720699200);
  for (const int hours : {-100, 0, 23, 25, 1000}) {
    EventRecord& record = batch.AddArticle(0, 0);
    record.received_at = noon;
    record.article.published_at = noon + absl::Hours(hours);
  }
  batch.AddArticle(0, 0).article.published_at = noon;  // received nobody knows
  Metrics metrics;
  Accounting accounting(&metrics);
  accounting.AddDelivered(batch);
  EXPECT_EQ(accounting.totals().future_dated, 2);
  EXPECT_EQ(accounting.totals().published, 6);
  EXPECT_THAT(metrics.PrometheusText(),
              HasSubstr("wiredesk_articles_future_dated_total 2\n"));
  EXPECT_THAT(PrintTotals(accounting.totals(), 1.0),
              HasSubstr("dated in the future 2"));
}

TEST(AccountingTest, EveryFamilyIsThereFromTheStart) {
  Metrics metrics;
  const Accounting accounting(&metrics);
  const std::string text = metrics.PrometheusText();
  for (const char* line :
       {"\nwiredesk_raw_records_total 0\n", "\nwiredesk_articles_total 0\n",
        "\nwiredesk_verdicts_total{verdict=\"near\"} 0\n",
        "\n# TYPE wiredesk_dead_letters_total counter\n",
        "\n# TYPE wiredesk_articles_routed_total counter\n",
        "\n# TYPE wiredesk_newest_article_timestamp_seconds gauge\n",
        "\nwiredesk_latency_seconds_count 0\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST(AccountingTest, LatencyAndWhatIsNewestComeFromTheRecordsTimes) {
  Batch batch({});
  const absl::Time earlier = absl::FromUnixSeconds(1720699200);
  const absl::Time later = earlier + absl::Minutes(5);
  batch.Append({"in", 0, 0}, "", "x", {}, later);
  batch.Append({"in", 0, 1}, "", "x", {}, earlier);
  for (const uint32_t raw : {0U, 1U}) {
    EventRecord& record = batch.AddArticle(raw, 0);
    record.received_at = raw == 0 ? later : earlier;
    record.article.provider.domain = "gazette.example";
    record.language = "en";
    const Destination to[] = {{.route = "politics", .topic = "a"}};
    record.destinations = batch.Copy(absl::MakeConstSpan(to));
  }
  Metrics metrics;
  Accounting accounting(&metrics);
  accounting.AddDelivered(batch);
  const std::string text = metrics.PrometheusText();
  EXPECT_THAT(text, HasSubstr("wiredesk_latency_seconds_count 2\n"));
  EXPECT_THAT(text, HasSubstr("wiredesk_newest_record_timestamp_seconds{topic="
                              "\"in\"} 1720699500\n"));
  EXPECT_THAT(text,
              HasSubstr("wiredesk_newest_article_timestamp_seconds{provider="
                        "\"gazette.example\"} 1720699500\n"));
  EXPECT_THAT(text, HasSubstr("wiredesk_articles_routed_total{route="
                              "\"politics\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("wiredesk_articles_by_language_total{language="
                              "\"en\"} 2\n"));
}

TEST(AccountingTest, TheSummaryNamesEveryTable) {
  Totals totals;
  totals.by_topic["news.events"] = 2;
  totals.by_dead_reason["parse/empty"] = 1;
  const std::string text = PrintTotals(totals, 1.0);
  EXPECT_THAT(text, HasSubstr("news.events"));
  EXPECT_THAT(text, HasSubstr("parse/empty"));
}

}  // namespace
}  // namespace wiredesk
