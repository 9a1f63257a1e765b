// A paced replay: event time maps to wall time, holes and steps back are free.

#include "pipeline/flow/pace.h"

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

TEST(PaceTest, SpreadsRecordsAsEventTimeDoes) {
  const absl::Time event = absl::FromUnixSeconds(1000);
  const absl::Time now = absl::FromUnixSeconds(9000);
  Pace pace(10);
  EXPECT_EQ(pace.Delay(event, now), absl::ZeroDuration());
  EXPECT_EQ(pace.Delay(event + absl::Seconds(20), now), absl::Seconds(2));
  EXPECT_EQ(pace.Delay(event + absl::Seconds(30), now + absl::Seconds(2)),
            absl::Seconds(1));
}

TEST(PaceTest, DoesNotWaitForHolesOrStepsBack) {
  const absl::Time event = absl::FromUnixSeconds(1000);
  const absl::Time now = absl::FromUnixSeconds(9000);
  Pace pace(1);
  pace.Delay(event, now);
  EXPECT_EQ(pace.Delay(event + absl::Hours(5), now), absl::ZeroDuration());
  EXPECT_EQ(pace.Delay(event, now), absl::ZeroDuration());
}

}  // namespace
}  // namespace wiredesk
