// Goal: a replica that is restored from the end of the log decides as one that
// never stopped, and sightings that are met twice get their first decision.
//
// Method: random streams with planted copies, edits, revisions, outages and
// wrong clocks are appended to a log as workers do it, write-backs among them
// at random places; replicas that start at random entries must agree with the
// first on every decision from the moment when they are complete. A failure
// prints the seed.

#include "stages/dedupe/index/index_replica.h"

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "stages/dedupe/sketch/sketch.h"

namespace wiredesk {
namespace {

constexpr IndexLimits kLimits = {3600, 7200, size_t{2} << 20, 8000};

// Writes articles of made-up words; some repeat or edit earlier ones.
class Newsroom {
 public:
  explicit Newsroom(uint32_t seed) : random_(seed) {}

  Sighting Next() {
    const size_t number = texts_.size();
    std::vector<std::string> words;
    if (number > 3 && random_() % 3 == 0) {
      const size_t back = 1 + random_() % std::min<size_t>(number - 1, 60);
      words = texts_[number - back];
      for (std::string& word : words) {
        if (random_() % 20 == 0) word = NewWord();
      }
      if (random_() % 4 == 0) words.resize(words.size() / 2 + 10);
    } else {
      const size_t topic = random_() % 12;
      const size_t length = 30 + random_() % 300;
      for (size_t i = 0; i < length; ++i) {
        words.push_back(random_() % 4 == 0
                            ? "T" + std::to_string(topic * 9 + random_() % 9)
                            : NewWord());
      }
    }
    texts_.push_back(words);
    return Sketch(words, number);
  }

 private:
  std::string NewWord() { return "w" + std::to_string(random_() % 5000); }

  Sighting Sketch(const std::vector<std::string>& words, size_t number) {
    std::string body;
    for (const std::string& word : words) body += word + " ";
    std::vector<Word> split;
    SplitWords(body, split);
    std::vector<Word> headline;
    Sighting sighting;
    sighting.id = {7, number + 1};
    sighting.origin = number + 1;
    sighting.provider = random_() % 5;
    if (random_() % 5 != 0) sighting.guid = 1 + random_() % (number + 2);
    if (random_() % 3 == 0) sighting.url = 1 + random_() % (number + 2);
    sighting.canceled = random_() % 40 == 0;
    seconds_ += random_() % 30;
    if (random_() % 500 == 0) seconds_ += 4000;
    int64_t time = seconds_;
    if (random_() % 30 == 0) time -= 1500;
    if (random_() % 200 == 0) time += 400'000'000;
    if (random_() % 10 != 0) sighting.event_time = time * 1'000'000;
    Sketcher(1).Sketch({"", headline, split}, sighting);
    return sighting;
  }

  std::mt19937 random_;
  std::vector<std::vector<std::string>> texts_;
  int64_t seconds_ = 1'700'000'000;
};

struct Log {
  std::vector<std::string> entries;
  std::vector<std::string> decisions;
};

Log MakeLog(uint32_t seed, size_t sightings) {
  Log log;
  const SightingFormat format = FormatOf(1, kLimits);
  IndexReplica replica(kLimits, format, seed);
  Newsroom newsroom(seed);
  std::mt19937 random(seed + 1);
  std::vector<std::string> in_flight;
  const auto append = [&](const std::string& entry) {
    std::string decision;
    const auto position = static_cast<int64_t>(log.entries.size());
    log.entries.push_back(entry);
    ASSERT_TRUE(replica.Apply(position, entry, decision).ok());
    log.decisions.push_back(decision);
  };
  append(replica.JoinEntry());
  std::string last;
  for (size_t i = 0; i < sightings; ++i) {
    if (random() % 8 == 0) {
      // As a worker does it: other entries come between.
      std::optional<std::string> entry = replica.TakeWriteBack();
      if (entry.has_value()) in_flight.push_back(*entry);
    }
    if (!in_flight.empty() && random() % 5 == 0) {
      // Some get lost, and their worker hears of it.
      if (random() % 6 == 0) {
        replica.AppendFailed();
      } else {
        append(in_flight.front());
      }
      in_flight.erase(in_flight.begin());
    }
    const bool again = !last.empty() && random() % 50 == 0;
    if (!again) EncodeSighting(newsroom.Next(), format, last);
    append(last);
  }
  return log;
}

TEST(IndexReplicaTest, RestoredDecidesAsNeverStopped) {
  for (uint32_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const Log log = MakeLog(seed, 4000);
    std::mt19937 random(seed + 2);
    for (int start = 0; start < 4; ++start) {
      const size_t first = 1 + random() % (log.entries.size() / 3);
      const size_t join = log.entries.size() * 2 / 3 + random() % 500;
      IndexReplica replica(kLimits, FormatOf(1, kLimits), 99);
      size_t compared = 0;
      for (size_t i = first; i < log.entries.size(); ++i) {
        std::string decision;
        if (i == join) {
          EXPECT_TRUE(replica.complete());
          ASSERT_TRUE(
              replica
                  .Apply(static_cast<int64_t>(i), replica.JoinEntry(), decision)
                  .ok());
        }
        ASSERT_TRUE(
            replica.Apply(static_cast<int64_t>(i), log.entries[i], decision)
                .ok());
        if (decision.empty()) continue;
        ++compared;
        Decision mine;
        Decision theirs;
        ASSERT_TRUE(DecodeDecision(decision, mine).ok());
        ASSERT_TRUE(DecodeDecision(log.decisions[i], theirs).ok());
        ASSERT_EQ(mine.verdict, theirs.verdict)
            << "from " << first << " at " << i;
        ASSERT_EQ(decision, log.decisions[i])
            << "from " << first << " at " << i;
      }
      EXPECT_GT(compared, 100u);
      EXPECT_EQ(replica.incomplete_restores(), 0u);
    }
  }
}

std::string Entry(uint64_t number) {
  Sighting sighting;
  sighting.id = {7, number};
  sighting.origin = number;
  sighting.event_time = 1'700'000'000'000'000 + static_cast<int64_t>(number);
  std::string entry;
  EncodeSighting(sighting, FormatOf(1, kLimits), entry);
  return entry;
}

std::vector<absl::string_view> Decisions(absl::string_view write_back) {
  int64_t horizon = 0;
  std::vector<absl::string_view> decisions;
  EXPECT_TRUE(DecodeWriteBack(write_back, horizon, decisions).ok());
  return decisions;
}

TEST(IndexReplicaTest, WhatFailedToBeWrittenBackIsTakenAgain) {
  IndexReplica replica(kLimits, FormatOf(1, kLimits), 1);
  std::string first;
  std::string second;
  ASSERT_TRUE(replica.Apply(0, replica.JoinEntry(), first).ok());
  ASSERT_TRUE(replica.Apply(1, Entry(1), first).ok());
  EXPECT_EQ(Decisions(*replica.TakeWriteBack()).size(), 1u);
  EXPECT_EQ(replica.TakeWriteBack(), std::nullopt);
  ASSERT_TRUE(replica.Apply(2, Entry(2), second).ok());
  replica.AppendFailed();
  const std::optional<std::string> taken = replica.TakeWriteBack();
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(Decisions(*taken), (std::vector<absl::string_view>{first, second}));
  // Once it has come back it is done with.
  std::string none;
  ASSERT_TRUE(replica.Apply(3, *taken, none).ok());
  replica.AppendFailed();
  EXPECT_EQ(replica.TakeWriteBack(), std::nullopt);
}

TEST(IndexReplicaTest, DecidesNothingBeforeAnEntryWhoseDecisionIsToCome) {
  const SightingFormat format = FormatOf(1, kLimits);
  IndexReplica writer(kLimits, format, 1);
  writer.WriteNothingBack();
  IndexReplica replica(kLimits, format, 2);
  std::vector<std::string> decisions(6);
  std::string none;
  for (int64_t i = 0; i < 6; ++i) {
    const std::string entry = Entry(static_cast<uint64_t>(i) + 1);
    ASSERT_TRUE(writer.Apply(i, entry, decisions[i]).ok());
    if (i < 3) continue;
    ASSERT_TRUE(replica.Apply(i, entry, none).ok());
  }
  const std::string two =
      EncodeWriteBack(/*horizon=*/3, {decisions[3], decisions[5]}, format);
  ASSERT_TRUE(replica.Apply(6, two, none).ok());
  EXPECT_FALSE(replica.complete());
  const std::string third = EncodeWriteBack(3, {decisions[4]}, format);
  ASSERT_TRUE(replica.Apply(7, third, none).ok());
  EXPECT_TRUE(replica.complete());
  ASSERT_TRUE(replica.Apply(8, replica.JoinEntry(), none).ok());
  EXPECT_EQ(replica.incomplete_restores(), 0u);
}

TEST(IndexReplicaTest, AJoinBeforeEnoughWasReadIsCounted) {
  IndexReplica replica(kLimits, FormatOf(1, kLimits), 2);
  std::string decision;
  ASSERT_TRUE(replica.Apply(3, Entry(1), decision).ok());
  ASSERT_TRUE(replica.Apply(4, replica.JoinEntry(), decision).ok());
  EXPECT_EQ(replica.incomplete_restores(), 1u);
  ASSERT_TRUE(replica.Apply(5, Entry(2), decision).ok());
  EXPECT_NE(decision, "");
}

// Retention has taken all that was in it.
TEST(IndexReplicaTest, AnEmptyLogIsEnoughWhereverItBegins) {
  IndexReplica replica(kLimits, FormatOf(1, kLimits), 2);
  std::string decision;
  ASSERT_TRUE(replica.Apply(9, replica.JoinEntry(), decision).ok());
  EXPECT_EQ(replica.incomplete_restores(), 0u);
  ASSERT_TRUE(replica.Apply(10, Entry(1), decision).ok());
  EXPECT_NE(decision, "");
}

TEST(IndexReplicaTest, AnotherSeedRefusesToMix) {
  IndexReplica replica(kLimits, FormatOf(1, kLimits), 1);
  std::string decision;
  const absl::Status status =
      replica.Apply(0, EncodeJoin(2, FormatOf(2, kLimits)), decision);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
}

TEST(IndexReplicaTest, OtherLimitsAreRefusedOnceLive) {
  const SightingFormat mine = FormatOf(1, kLimits);
  const SightingFormat other = FormatOf(1, {7200, 7200, size_t{2} << 20});
  IndexReplica replica(kLimits, mine, 1);
  std::string decision;
  EXPECT_TRUE(replica.Apply(0, EncodeJoin(2, other), decision).ok());
  EXPECT_TRUE(replica.Apply(1, replica.JoinEntry(), decision).ok());
  EXPECT_FALSE(replica.Apply(2, EncodeJoin(2, other), decision).ok());
}

TEST(IndexReplicaTest, BytesOfNoKindAreAnError) {
  IndexReplica replica(kLimits, FormatOf(1, kLimits), 1);
  std::string decision;
  EXPECT_FALSE(replica.Apply(0, "", decision).ok());
  EXPECT_FALSE(replica.Apply(1, "WD no sighting at all", decision).ok());
}

}  // namespace
}  // namespace wiredesk
