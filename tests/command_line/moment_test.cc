// Goal: times as operators write them.
// Method: a table, read at a fixed time.

#include "pipeline/command_line/moment.h"

#include <string>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

absl::Time At(const std::string& text) {
  absl::Time time;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, nullptr));
  return time;
}

TEST(MomentTest, WhatOperatorsWrite) {
  const absl::Time now = At("2026-03-01T10:20:30Z");
  const struct {
    const char* text;
    const char* time;
  } kCases[] = {
      {"now", "2026-03-01T10:20:30Z"},
      {"-1h", "2026-03-01T09:20:30Z"},
      {"-90m", "2026-03-01T08:50:30Z"},
      {"-2d12h", "2026-02-26T22:20:30Z"},
      {"-1w", "2026-02-22T10:20:30Z"},
      {"-30s", "2026-03-01T10:20:00Z"},
      {"today", "2026-03-01T00:00:00Z"},
      {"yesterday", "2026-02-28T00:00:00Z"},
      {"today 06:00", "2026-03-01T06:00:00Z"},
      {"yesterday 18:30:15", "2026-02-28T18:30:15Z"},
      {"2026-07-01", "2026-07-01T00:00:00Z"},
      {"2026-07-01T06:30Z", "2026-07-01T06:30:00Z"},
      {"2026-07-01T06:30", "2026-07-01T06:30:00Z"},
      {"2026-07-01 06:30", "2026-07-01T06:30:00Z"},
      {"2026-07-01T06:30:15", "2026-07-01T06:30:15Z"},
      {"2026-07-01T06:30:15+02:00", "2026-07-01T04:30:15Z"},
      {"1782864000000", "2026-07-01T00:00:00Z"},
  };
  for (const auto& wanted : kCases) {
    const absl::StatusOr<absl::Time> time = ParseMoment(wanted.text, now);
    ASSERT_TRUE(time.ok()) << wanted.text << ": " << time.status();
    EXPECT_EQ(*time, At(wanted.time)) << wanted.text;
  }
}

TEST(MomentTest, WhatIsNotATimeIsRefused) {
  for (const char* text :
       {"", "-", "-h", "-1", "-1x", "-1h ", "-9999999999h", "tomorrow",
        "today 25:00", "today x", "todays", "12", "2026", "2026-13-01",
        "1782864000", "yesterday 06:00 07:00"}) {
    EXPECT_FALSE(ParseMoment(text, absl::UnixEpoch()).ok()) << text;
  }
  EXPECT_LT(ParseMoment(std::string(1 << 20, 'x'), absl::UnixEpoch())
                .status()
                .message()
                .size(),
            400u);
}

}  // namespace
}  // namespace wiredesk
