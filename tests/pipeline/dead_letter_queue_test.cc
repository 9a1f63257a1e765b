// Dead letters: what their headers say, which are chosen, what a redrive sends.
// Method: headers as the sinks write them, from dead_letter_json.h.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/command/dead_letters.h"
#include "pipeline/record/dead_letter_json.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A raw record that parse has given up, and its headers as a dead letter.
class DeadLetterQueueTest : public testing::Test {
 protected:
  DeadLetterQueueTest() {
    raw_.origin = {"news.raw", 2, 77};
    raw_.value = "<rss";
    raw_.headers = own_;
    raw_.dead_letter = true;
    raw_.stage = "parse";
    raw_.reason = "not_xml";
    raw_.detail = "line 1: ends too early";
  }

  std::vector<Header> Headers() {
    list_.Clear();
    AppendDeadLetterHeaders(raw_, list_);
    const auto headers = list_.headers();
    return {headers.begin(), headers.end()};
  }

  const std::vector<Header> own_ = {{"content-type", "text/xml"}};
  RawRecord raw_;
  HeaderList list_;
};

TEST_F(DeadLetterQueueTest, ReadsWhatTheSinksWrite) {
  const auto letter = ReadDeadLetter(Headers());
  ASSERT_TRUE(letter.has_value());
  EXPECT_EQ(letter->stage, "parse");
  EXPECT_EQ(letter->reason, "not_xml");
  EXPECT_EQ(letter->detail, "line 1: ends too early");
  EXPECT_EQ(letter->topic, "news.raw");
  EXPECT_EQ(letter->partition, 2);
  EXPECT_EQ(letter->offset, 77);
  EXPECT_FALSE(letter->item.has_value());
  EXPECT_EQ(letter->redrives, 0);
  raw_.dead_item = 4;
  EXPECT_EQ(ReadDeadLetter(Headers())->item, 4);
}

TEST_F(DeadLetterQueueTest, OtherPeoplesRecordsAreNoDeadLetters) {
  EXPECT_FALSE(ReadDeadLetter({}).has_value());
  EXPECT_FALSE(ReadDeadLetter(own_).has_value());
}

TEST_F(DeadLetterQueueTest, ARedriveKeepsTheRecordsHeadersAndCounts) {
  HeaderList sent;
  AppendRedriveHeaders(Headers(), 1, sent);
  ASSERT_EQ(sent.headers().size(), 2);
  EXPECT_EQ(sent.headers()[0].name, "content-type");
  EXPECT_EQ(sent.headers()[1].name, kRedrivesHeader);
  EXPECT_EQ(sent.headers()[1].value, "1");
}

TEST_F(DeadLetterQueueTest, TheCountGoesOnWhenItFailsAgain) {
  std::vector<std::string> counts = {"0"};
  for (int64_t round = 0; round < 5; ++round) {
    // As it was sent, with the count of redrives so far.
    const std::vector<Header> sent = {{"content-type", "text/xml"},
                                      {kRedrivesHeader, counts.back()}};
    raw_.headers = sent;
    const std::vector<Header> dead = Headers();
    ASSERT_EQ(ReadDeadLetter(dead)->redrives, round);
    HeaderList again;
    AppendRedriveHeaders(dead, round + 1, again);
    ASSERT_EQ(again.headers().size(), 2) << "headers must not pile up";
    counts.push_back(std::string(again.headers()[1].value));
  }
  raw_.headers = own_;
}

TEST_F(DeadLetterQueueTest, ASelectionTakesWhatFitsAllOfIt) {
  const auto letter = ReadDeadLetter(Headers());
  EXPECT_TRUE(DeadLetterSelection().Takes(*letter));
  EXPECT_TRUE(
      (DeadLetterSelection{"parse", "not_xml", "news.raw"}).Takes(*letter));
  EXPECT_FALSE((DeadLetterSelection{"route", "", ""}).Takes(*letter));
  EXPECT_FALSE((DeadLetterSelection{"", "not_json", ""}).Takes(*letter));
  EXPECT_FALSE((DeadLetterSelection{"", "", "news"}).Takes(*letter));
}

TEST_F(DeadLetterQueueTest, ANameThatNoLetterBearsIsTold) {
  DeadLetterNames names;
  EXPECT_TRUE(names.Check({"", "not_xlm", ""}).ok()) << "there is no letter";
  DeadLetter letter;
  letter.reason = "not_xml";
  letter.topic = "news.raw";
  names.Note(letter);
  EXPECT_TRUE(names.Check({"", "not_xml", "news.raw"}).ok());
  EXPECT_THAT(std::string(names.Check({"", "not_xlm", ""}).message()),
              HasSubstr("--reason not_xlm: no dead letter here has it; did you "
                        "mean \"not_xml\"?"));
  EXPECT_THAT(std::string(names.Check({"", "", "feeds"}).message()),
              HasSubstr("--origin-topic feeds"));
}

TEST_F(DeadLetterQueueTest, CountsByStageReasonAndTopic) {
  DeadLetterCounts counts;
  const std::vector<Header> headers = Headers();
  const auto letter = ReadDeadLetter(headers);
  counts.Add(*letter, absl::FromUnixSeconds(1'783'036'800));
  counts.Add(*letter, absl::FromUnixSeconds(1'783'036'860));
  DeadLetter other = *letter;
  other.reason = "no_text";
  other.redrives = 1;
  counts.Add(other, std::nullopt);
  counts.AddForeign();
  EXPECT_EQ(counts.total(), 3);
  EXPECT_THAT(
      counts.Json(),
      HasSubstr("\"reason\":\"not_xml\",\"topic\":\"news.raw\",\"count\":2,"
                "\"redriven\":0,\"first\":\"2026-07-03T00:00:00Z\",\"last\":"
                "\"2026-07-03T00:01:00Z\""));
  EXPECT_THAT(counts.Json(), HasSubstr("\"count\":1,\"redriven\":1,"));
  const std::string text = counts.Text();
  EXPECT_LT(text.find("not_xml"), text.find("no_text"));
  EXPECT_THAT(text, HasSubstr("3 in all"));
  EXPECT_THAT(text, HasSubstr("1 records are not dead letters"));
}

TEST_F(DeadLetterQueueTest, ShowsTextAsTextAndBytesAsBytes) {
  const std::vector<Header> headers = Headers();
  raw_.headers = headers;
  EXPECT_THAT(DescribeDeadLetter(raw_, 0), HasSubstr("wd_reason: not_xml\n"));
  EXPECT_THAT(DescribeDeadLetter(raw_, 0), HasSubstr("\n<rss\n"));
  EXPECT_THAT(DescribeDeadLetter(raw_, 2), HasSubstr("2 bytes more"));
  raw_.value = absl::string_view("\x1b[31m\0\xff", 7);
  const std::string shown = DescribeDeadLetter(raw_, 0);
  EXPECT_THAT(shown, HasSubstr("1b 5b 33 31 6d 00 ff"));
  EXPECT_THAT(shown, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace wiredesk
