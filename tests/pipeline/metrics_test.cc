// The Prometheus text: types, labels and escapes, and the cap on series.

#include "pipeline/observe/metrics.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;

TEST(MetricsTest, PrintsTypesAndLabels) {
  Metrics metrics;
  metrics.GetCounter("reads_total", "Reads.", {{"topic", "a\"b\\c"}})->Add(3);
  metrics.GetGauge("lag", "Behind.")->Set(-1);
  EXPECT_EQ(metrics.PrometheusText(),
            "# HELP lag Behind.\n# TYPE lag gauge\nlag -1\n"
            "# HELP reads_total Reads.\n# TYPE reads_total counter\n"
            "reads_total{topic=\"a\\\"b\\\\c\"} 3\n");
}

TEST(MetricsTest, AFamilyIsThereBeforeItsFirstSeries) {
  Metrics metrics;
  metrics.Declare("dead_total", "Dead.", "counter");
  EXPECT_EQ(metrics.PrometheusText(),
            "# HELP dead_total Dead.\n# TYPE dead_total counter\n");
  metrics.GetCounter("dead_total", "Dead.", {{"reason", "a"}})->Add();
  EXPECT_THAT(metrics.PrometheusText(),
              HasSubstr("dead_total{reason=\"a\"} 1\n"));
}

TEST(MetricsTest, ASeriesEndsWithWhatItDescribes) {
  Metrics metrics;
  Gauge* const first = metrics.GetGauge("lag", "Behind.", {{"partition", "0"}});
  first->Set(3);
  metrics.GetGauge("lag", "Behind.", {{"partition", "1"}})->Set(4);
  first->End();
  EXPECT_EQ(metrics.PrometheusText(),
            "# HELP lag Behind.\n# TYPE lag gauge\nlag{partition=\"1\"} 4\n");
  first->Set(5);
  EXPECT_THAT(metrics.PrometheusText(), HasSubstr("lag{partition=\"0\"} 5\n"));
}

TEST(MetricsTest, CumulatesBuckets) {
  Metrics metrics;
  Histogram* histogram = metrics.GetHistogram("seconds", "Time.");
  histogram->Observe(0.002);
  histogram->Observe(0.2);
  histogram->Observe(100);
  const std::string text = metrics.PrometheusText();
  EXPECT_THAT(text, HasSubstr("seconds_bucket{le=\"0.001\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("seconds_bucket{le=\"0.0025\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("seconds_bucket{le=\"10\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("seconds_bucket{le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("seconds_count 3\n"));
}

TEST(MetricsTest, TheSameLabelsAreTheSameSeries) {
  Metrics metrics;
  EXPECT_EQ(metrics.GetCounter("n", "N.", {{"a", "1"}}),
            metrics.GetCounter("n", "N.", {{"a", "1"}}));
  EXPECT_NE(metrics.GetCounter("n", "N.", {{"a", "1"}}),
            metrics.GetCounter("n", "N.", {{"a", "2"}}));
}

TEST(MetricsTest, TooManySeriesShareOne) {
  Metrics metrics;
  for (size_t i = 0; i < Metrics::kSeriesMax; ++i) {
    metrics.GetCounter("n", "N.", {{"topic", absl::StrCat(i)}});
  }
  Counter* other = metrics.GetCounter("n", "N.", {{"topic", "one more"}});
  EXPECT_EQ(other, metrics.GetCounter("n", "N.", {{"topic", "another"}}));
  other->Add();
  EXPECT_THAT(metrics.PrometheusText(), HasSubstr("n{topic=\"other\"} 1\n"));
}

}  // namespace
}  // namespace wiredesk
