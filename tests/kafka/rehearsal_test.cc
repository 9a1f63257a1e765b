// Rehearsals on a real broker: a replay of a stretch of a topic gives the bytes
// that the replay of its recording gives, with any number of workers, and
// leaves no trace in the cluster; dead letters go back where they came from,
// but not for ever; a replay that begins with the stories of the time gives
// what the service gave. Method: the program as a user runs it.

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/kafka/kafka_line.h"
#include "tests/kafka/wiredesk_process.h"

namespace wiredesk {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;

constexpr absl::Duration kTimeout = absl::Minutes(2);
// 2026-07-01T00:00:00Z, a minute for each record.
constexpr int64_t kBegin = 1'782'864'000'000;
constexpr int64_t kMinute = 60'000;

std::vector<std::string> SampleLines() {
  std::ifstream in(WIREDESK_SOURCE_DIR "/config/sample/feed.ndjson");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The files of a folder by name.
std::map<std::string, std::string> ReadFolder(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".ndjson") continue;
    files[entry.path().filename().string()] = ReadFile(entry.path().string());
  }
  return files;
}

class RehearsalTest : public testing::Test {
 protected:
  RehearsalTest()
      : name_(FreshName("rehearsal")),
        folder_(MakeTestFolder(name_)),
        topic_(name_ + ".raw") {
    WriteFile(config_path(),
              absl::StrCat("application: ", name_, "\nkafka: {brokers: [\"",
                           SharedBroker().brokers(),
                           "\"]}\ndead_letter: {topic: ", dead(), "}\n"));
  }

  std::string config_path() const { return folder_ + "/config.yaml"; }
  std::string dead() const { return name_ + ".dead"; }
  std::string Path(const std::string& name) const {
    return folder_ + "/" + name;
  }

  // The sample feed over three partitions, with keys and headers.
  void FeedSample() {
    SharedBroker().CreateTopic(topic_, 3, {{"retention.ms", "-1"}});
    std::vector<KafkaRecord> records;
    for (const std::string& line : SampleLines()) {
      KafkaRecord record;
      record.key = absl::StrCat("key ", records.size());
      record.value = line;
      record.headers = {{"traceparent", absl::StrCat("00-", records.size())}};
      record.partition = static_cast<int32_t>(records.size() * 7 % 3);
      record.timestamp_ms =
          kBegin + kMinute * static_cast<int64_t>(records.size());
      records.push_back(record);
    }
    SharedBroker().Produce(topic_, records);
  }

  // Runs the program; what it printed is in log().
  int Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--config", config_path()});
    const int code = RunWiredesk(arguments, Path("log"), kTimeout);
    log_ = ReadFile(Path("log"));
    fs::remove(Path("log"));
    return code;
  }
  const std::string& log() const { return log_; }

  std::map<std::string, std::string> Replay(
      std::vector<std::string> arguments) {
    fs::remove_all(Path("out"));
    arguments.insert(arguments.begin(), "replay");
    arguments.insert(arguments.end(), {"--output", Path("out"), "--quiet"});
    EXPECT_EQ(Run(arguments), 0) << log();
    return ReadFolder(Path("out"));
  }

  const std::string name_;
  const std::string folder_;
  const std::string topic_;
  std::string log_;
};

TEST_F(RehearsalTest, ATopicAndItsRecordingGiveTheSameBytes) {
  FeedSample();
  const auto reference = Replay({"--topic", topic_, "--workers", "1"});
  ASSERT_GE(reference.size(), 3);
  EXPECT_THAT(reference.at("news.events.ndjson"),
              HasSubstr(absl::StrCat("\"origin\":{\"topic\":\"", topic_)));
  EXPECT_THAT(reference.at("news.events.ndjson"),
              HasSubstr("\"received_at\":\"2026-07-01T00:"));
  for (const char* workers : {"1", "2", "4"}) {
    EXPECT_EQ(Replay({"--topic", topic_, "--workers", workers}), reference)
        << workers << " workers, from Kafka";
  }
  ASSERT_EQ(
      Run({"record", "--topic", topic_, "--output", Path("recorded.zst")}), 0)
      << log();
  for (const char* workers : {"1", "2", "4"}) {
    EXPECT_EQ(Replay({"--input", Path("recorded.zst"), "--workers", workers}),
              reference)
        << workers << " workers, from the recording";
  }
  EXPECT_THAT(SharedBroker().Committed(name_, topic_, 3), testing::Each(-1001));
}

TEST_F(RehearsalTest, ARangeOfTimeIsExactlyTheRecordsInIt) {
  FeedSample();
  const std::vector<std::string> range = {
      "--topic",           topic_, "--from",
      "2026-07-01T00:10Z", "--to", absl::StrCat(kBegin + 20 * kMinute)};
  std::vector<std::string> arguments = {"record", "--output",
                                        Path("range.zst")};
  arguments.insert(arguments.end(), range.begin(), range.end());
  ASSERT_EQ(Run(arguments), 0) << log();
  EXPECT_THAT(log(), HasSubstr("recorded 10 records"));
  const auto from_file = Replay({"--input", Path("range.zst")});
  EXPECT_EQ(Replay(range), from_file);
  std::string all;
  for (const auto& [name, text] : from_file) all += text;
  EXPECT_THAT(all, HasSubstr("\"received_at\":\"2026-07-01T00:10:00Z\""));
  EXPECT_THAT(all, HasSubstr("\"received_at\":\"2026-07-01T00:19:00Z\""));
  EXPECT_FALSE(absl::StrContains(all, "2026-07-01T00:09:00Z"));
  EXPECT_FALSE(absl::StrContains(all, "2026-07-01T00:20:00Z"));
}

TEST_F(RehearsalTest, WithAPrefixTheSameRecordsGoToTopicsOfTheirOwn) {
  FeedSample();
  const auto files = Replay({"--topic", topic_});
  const std::string prefix = name_ + "-try.";
  ASSERT_EQ(Run({"replay", "--topic", topic_, "--prefix", prefix, "--workers",
                 "2", "--quiet"}),
            0)
      << log();
  const auto records = SharedBroker().ReadAll(prefix + "news.events");
  std::vector<std::string> values;
  for (const KafkaRecord& record : records) {
    values.push_back(record.value);
    EXPECT_EQ(record.headers.at("ce_specversion"), "1.0");
    EXPECT_FALSE(record.key.empty());
  }
  std::vector<std::string> lines =
      absl::StrSplit(files.at("news.events.ndjson"), '\n', absl::SkipEmpty());
  std::sort(values.begin(), values.end());
  std::sort(lines.begin(), lines.end());
  EXPECT_EQ(values, lines);
  EXPECT_FALSE(SharedBroker().ReadAll(prefix + dead()).empty());
}

TEST_F(RehearsalTest, DeadLettersGoBackWhereTheyCameFromButNotForEver) {
  SharedBroker().CreateTopic(topic_, 1);
  SharedBroker().CreateTopic(dead(), 1);
  const auto letter = [this](const std::string& reason, const char* redrives) {
    KafkaRecord record;
    record.key = "the key";
    record.value = "{not json";
    record.partition = 0;
    record.headers = {{"wd_stage", "parse"},     {"wd_reason", reason},
                      {"wd_topic", topic_},      {"wd_partition", "0"},
                      {"wd_offset", "5"},        {"wd_redrives", redrives},
                      {"content-type", "a/json"}};
    return record;
  };
  SharedBroker().Produce(dead(),
                         {letter("not_json", "0"), letter("no_text", "0"),
                          letter("not_json", "3")});
  ASSERT_EQ(Run({"dlq", "list"}), 0) << log();
  EXPECT_THAT(log(), HasSubstr("3 in all"));
  ASSERT_EQ(Run({"dlq", "show", "0:1"}), 0) << log();
  EXPECT_THAT(log(), HasSubstr("wd_reason: no_text"));
  EXPECT_THAT(log(), HasSubstr("{not json"));
  EXPECT_EQ(Run({"dlq", "show", "0:99"}), 1);
  EXPECT_EQ(Run({"dlq", "redrive"}), 2) << "all of them is to be said";

  ASSERT_EQ(Run({"dlq", "redrive", "--reason", "not_json", "--dry-run"}), 0);
  EXPECT_THAT(log(), HasSubstr("would send 1"));
  EXPECT_TRUE(SharedBroker().ReadAll(topic_).empty());
  ASSERT_EQ(Run({"dlq", "redrive", "--reason", "not_json"}), 0) << log();
  EXPECT_THAT(log(), HasSubstr("sent 1"));
  EXPECT_THAT(log(), HasSubstr("left 1: sent 3 times already"));
  const auto sent = SharedBroker().ReadAll(topic_);
  ASSERT_EQ(sent.size(), 1);
  EXPECT_EQ(sent[0].key, "the key");
  EXPECT_EQ(sent[0].value, "{not json");
  EXPECT_EQ(sent[0].headers,
            (std::map<std::string, std::string>{{"content-type", "a/json"},
                                                {"wd_redrives", "1"}}));
}

TEST_F(RehearsalTest, WithTheStoriesOfTheTimeItGivesWhatTheServiceGave) {
  Deployment deployment;
  deployment.name = name_;
  deployment.brokers = SharedBroker().brokers();
  deployment.folder = folder_;
  SharedBroker().CreateTopic(deployment.raw(), 1);
  const std::vector<std::string> lines = SampleLines();
  const size_t half = lines.size() / 2;
  const auto feed = [&](size_t begin, size_t end) {
    std::vector<KafkaRecord> records;
    for (size_t i = begin; i < end; ++i) {
      KafkaRecord record;
      record.value = lines[i];
      record.partition = 0;
      record.timestamp_ms = absl::ToUnixMillis(absl::Now());
      records.push_back(record);
    }
    SharedBroker().Produce(deployment.raw(), records);
    ASSERT_TRUE(Eventually(kTimeout, [&] {
      const auto committed =
          SharedBroker().Committed(name_, deployment.raw(), 1);
      return committed[0] >= static_cast<int64_t>(end);
    }));
  };
  WiredeskProcess service(deployment, "a", "a");
  feed(0, half);
  absl::SleepFor(absl::Milliseconds(50));
  const int64_t middle = absl::ToUnixMillis(absl::Now());
  absl::SleepFor(absl::Milliseconds(50));
  feed(half, lines.size());
  ASSERT_EQ(service.Stop(kTimeout), 0) << service.Log();

  // What the service made of the second half.
  std::vector<std::string> served;
  for (const std::string& topic :
       {deployment.events(), deployment.duplicates_topic()}) {
    for (const KafkaRecord& record : SharedBroker().ReadAll(topic)) {
      const size_t at = record.value.find("\"offset\":") + 9;
      if (std::stoll(record.value.substr(at)) >= static_cast<int64_t>(half)) {
        served.push_back(record.value);
      }
    }
  }
  WriteFile(config_path(), ConfigurationOf(deployment, ""));
  const std::vector<std::string> range = {"--topic", deployment.raw(), "--from",
                                          absl::StrCat(middle)};
  const auto values = [this](std::vector<std::string> arguments) {
    std::vector<std::string> all;
    for (const auto& [name, text] : Replay(std::move(arguments))) {
      if (absl::StrContains(name, "dead")) continue;
      for (const absl::string_view line :
           absl::StrSplit(text, '\n', absl::SkipEmpty())) {
        all.push_back(std::string(line));
      }
    }
    std::sort(all.begin(), all.end());
    return all;
  };
  std::vector<std::string> seeded = range;
  seeded.push_back("--seed-state");
  std::sort(served.begin(), served.end());
  ASSERT_GT(served.size(), 20U);
  EXPECT_EQ(values(seeded), served);
  EXPECT_NE(values(range), served) << "the second half knows of the first";
}

}  // namespace
}  // namespace wiredesk
