// The line of a progress bar, at the beginning, in the middle and at the end.

#include "pipeline/command/progress_bar.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

TEST(ProgressBarTest, ShowsShareRateAndTimeLeft) {
  EXPECT_EQ(ProgressLine(0, 0, 100, absl::ZeroDuration()),
            "[                        ]   0 %  0 records  0/s");
  EXPECT_EQ(ProgressLine(500, 25, 100, absl::Seconds(40)),
            "[======                  ]  25 %  500 records  12/s  2:00 left");
  EXPECT_EQ(ProgressLine(500, 100, 100, absl::Seconds(10)),
            "[========================] 100 %  500 records  50/s  0:00 left");
}

TEST(ProgressBarTest, WithoutAnEndItShowsTheRate) {
  EXPECT_EQ(ProgressLine(500, 25, 0, absl::Seconds(10)), "500 records  50/s");
}

}  // namespace
}  // namespace wiredesk
