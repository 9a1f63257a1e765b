// Who runs with what: a board learns it of those that live, and says whose
// settings differ.

#include "pipeline/flow/replica_settings.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/observe/log.h"

namespace wiredesk {
namespace {

const Processing kOwn = {"1.0", "config-a", "gazetteer-a"};

class SettingsBoardTest : public testing::Test {
 protected:
  SettingsBoardTest() { ConfigureLog(LogLevel::kOff, LogFormat::kText); }

  bool Hear(const std::string& instance, const Processing& running,
            bool joins) {
    return board_.Apply(SettingsBoard(instance, nullptr).Text(running, joins),
                        kOwn);
  }

  Metrics metrics_;
  SettingsBoard board_{"desk-1", &metrics_};
};

TEST_F(SettingsBoardTest, CountsThoseThatDiffer) {
  EXPECT_FALSE(Hear("desk-2", kOwn, false));
  EXPECT_EQ(board_.Differing(kOwn), 0);
  for (const Processing& other :
       {Processing{"1.1", "config-a", "gazetteer-a"},
        Processing{"1.0", "config-b", "gazetteer-a"},
        Processing{"1.0", "config-a", "gazetteer-b"}}) {
    EXPECT_FALSE(Hear("desk-3", other, false));
    EXPECT_EQ(board_.Differing(kOwn), 1);
  }
  EXPECT_THAT(metrics_.PrometheusText(),
              testing::HasSubstr("wiredesk_replicas_with_other_settings 1\n"));
  EXPECT_FALSE(Hear("desk-3", kOwn, false));
  EXPECT_EQ(board_.Differing(kOwn), 0);
}

TEST_F(SettingsBoardTest, WhoJoinsIsAnsweredAndTheDeadAreForgotten) {
  EXPECT_FALSE(Hear("dead", {"0.9", "config-a", "gazetteer-a"}, false));
  EXPECT_EQ(board_.Differing(kOwn), 1);
  EXPECT_TRUE(Hear("desk-2", kOwn, true));
  EXPECT_EQ(board_.Differing(kOwn), 0);
  EXPECT_FALSE(Hear("desk-1", kOwn, true)) << "its own is not answered";
}

TEST_F(SettingsBoardTest, WhatIsNotAnAnnouncementIsPassedOver) {
  for (const char* text : {"", "joins", "joins\n\n1\n2\n3",
                           "leaves\na\n1\n2\n3", "runs\na\n1\n2\n3\n4"}) {
    EXPECT_FALSE(board_.Apply(text, kOwn)) << text;
    EXPECT_EQ(board_.Differing(kOwn), 0) << text;
  }
}

}  // namespace
}  // namespace wiredesk
