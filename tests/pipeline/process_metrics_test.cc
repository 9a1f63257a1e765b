// What is shown of the process is what the system says of this one.

#include "pipeline/observe/process_metrics.h"

#include <string>

#include "absl/strings/numbers.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;

double ValueOf(const std::string& text, const std::string& name) {
  const size_t at = text.find("\n" + name + " ");
  if (at == std::string::npos) return -1;
  const size_t begin = at + name.size() + 2;
  double value = -1;
  EXPECT_TRUE(absl::SimpleAtod(
      text.substr(begin, text.find('\n', begin) - begin), &value));
  return value;
}

TEST(ProcessMetricsTest, AreOfThisProcess) {
  const std::string text = ProcessMetricsText();
  EXPECT_THAT(text, HasSubstr("# TYPE process_cpu_seconds_total counter\n"));
  EXPECT_GE(ValueOf(text, "process_cpu_seconds_total"), 0);
  EXPECT_GT(ValueOf(text, "process_resident_memory_bytes"), 1e6);
  EXPECT_GT(ValueOf(text, "process_virtual_memory_bytes"),
            ValueOf(text, "process_resident_memory_bytes"));
  EXPECT_GE(ValueOf(text, "process_threads"), 1);
  EXPECT_GE(ValueOf(text, "process_open_fds"), 3);
  EXPECT_GE(ValueOf(text, "process_max_fds"),
            ValueOf(text, "process_open_fds"));
  EXPECT_NEAR(ValueOf(text, "process_start_time_seconds"),
              static_cast<double>(absl::ToUnixSeconds(absl::Now())), 300);
}

TEST(ProcessMetricsTest, AnInfoIsOneWithLabels) {
  EXPECT_EQ(InfoMetricText("build_info", "Build.", {{"version", "1"}}),
            "# HELP build_info Build.\n# TYPE build_info gauge\n"
            "build_info{version=\"1\"} 1\n");
}

}  // namespace
}  // namespace wiredesk
