// Reloads under load: workers route records while the configuration changes a
// hundred times, every third time to something broken.
//
// Method: the real chain between a source that never ends and a sink that keeps
// what it gets. Each good configuration sends every record to two topics and
// knows one name in a list, all of them marked with its number; so a record
// that was routed by two configurations, or that names another one than it was
// routed by, shows. Workers go on until each good configuration has been seen.

#include "pipeline/service/reload.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/flow/memory_sighting_log.h"
#include "pipeline/flow/worker.h"
#include "pipeline/service/options.h"
#include "stages/chain.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;

// What a sink has seen of one record.
struct Seen {
  std::string topics;
  std::string version;
};

// All that was delivered, by partition and offset.
struct Delivered {
  absl::Mutex mutex;
  std::map<std::pair<int, int64_t>, std::vector<Seen>> records
      ABSL_GUARDED_BY(mutex);
  std::map<std::string, int> by_version ABSL_GUARDED_BY(mutex);
  std::map<int, int64_t> next ABSL_GUARDED_BY(mutex);  // to read, by partition

  bool Has(const std::string& version) {
    absl::MutexLock lock(&mutex);
    return by_version[version] > 0;
  }
};

// Gives articles without an end, eight a batch. Those that were not delivered
// are given again after an abort.
class EndlessSource : public Source {
 public:
  EndlessSource(int partition, Delivered* delivered)
      : partition_(partition), delivered_(delivered) {}

  absl::Status Poll(absl::Duration /*timeout*/, Batch& batch) override {
    for (int i = 0; i < 8; ++i) {
      const std::string article =
          absl::StrCat(R"({"title": "Story )", partition_, "-", next_,
                       R"(", "body": "Line )", next_, R"( of a story."})");
      batch.Append({"in", partition_, next_}, "", article, {},
                   absl::FromUnixSeconds(next_));
      ++next_;
    }
    return absl::OkStatus();
  }
  absl::Status Rewind() override {
    absl::MutexLock lock(&delivered_->mutex);
    next_ = delivered_->next[partition_];
    return absl::OkStatus();
  }

 private:
  const int partition_;
  Delivered* const delivered_;
  int64_t next_ = 0;
};

class KeepingSink : public Sink {
 public:
  KeepingSink(Delivered* delivered, std::string version)
      : delivered_(delivered), version_(std::move(version)) {}

  absl::Status Deliver(Batch& batch) override {
    if (++calls_ % 5 == 0) return absl::AbortedError("every fifth");
    absl::MutexLock lock(&delivered_->mutex);
    for (const EventRecord& record : batch.records()) {
      Seen seen;
      for (const Destination& each : record.destinations) {
        absl::StrAppend(&seen.topics, std::string(each.topic), " ");
      }
      seen.version = version_;
      const Origin& origin = batch.raw_of(record).origin;
      delivered_->records[{origin.partition, origin.offset}].push_back(seen);
      delivered_->next[origin.partition] = origin.offset + 1;
      ++delivered_->by_version[version_];
    }
    return absl::OkStatus();
  }
  void set_processing(const Processing& processing) override {
    version_ = processing.config;
  }

 private:
  Delivered* const delivered_;
  std::string version_;
  int calls_ = 0;
};

class ReloadTest : public ::testing::Test {
 public:
  ~ReloadTest() override { std::filesystem::remove_all(folder_); }

 protected:
  ReloadTest()
      : folder_(std::filesystem::path(::testing::TempDir()) /
                absl::StrCat("reload_test_", getpid())) {
    std::filesystem::create_directories(folder_);
    program_ = MakeProgram();
    WriteGood(0);
    Config config;
    Diagnostics diagnostics;
    chain_ = LoadChain(program_, path(), {}, config, diagnostics);
    EXPECT_NE(chain_, nullptr) << diagnostics.Text();
    files_ = config.files();
  }

  std::string path() const { return (folder_ / "c.yaml").string(); }

  void Write(absl::string_view name, absl::string_view text) {
    std::ofstream(folder_ / std::string(name)) << text;
  }

  // The list changes with the routes, in another file.
  void WriteGood(int n) {
    Write("list.txt", absl::StrCat("name-", n, "\n"));
    Write("c.yaml", absl::StrCat("route:\n"
                                 "  lists: {names: list.txt}\n"
                                 "  routes:\n"
                                 "  - {name: a, to: a.",
                                 n,
                                 ", continue: true}\n"
                                 "  - {name: b, when: \"in_list('name-",
                                 n, "', 'names')\", to: b.", n,
                                 "}\n"
                                 "  default: {to: rest}\n"));
  }

  void WriteBroken(int n) {
    switch (n / 3 % 4) {
      case 0:
        return Write("c.yaml", "route: {default: {to: 'no/topic'}}\n");
      case 1:
        return Write("c.yaml", "route: {default: {to: half");
      case 2:
        return Write("c.yaml", "workers: 9\nroute: {default: {to: x}}\n");
      default:
        return Write("c.yaml",
                     "route:\n  lists: {names: gone.txt}\n"
                     "  default: {to: x}\n");
    }
  }

  std::unique_ptr<Worker> MakeWorker(int index, SightingLog* log,
                                     Delivered* delivered) {
    Worker::Parts parts;
    for (int lane = 0; lane < 2; ++lane) {
      parts.lanes.push_back(chain_->MakeStages(log));
    }
    parts.chain = chain_.get();
    parts.log = log;
    parts.source = std::make_unique<EndlessSource>(index, delivered);
    parts.sink = std::make_unique<KeepingSink>(
        delivered, parts.lanes.front().processing.config);
    return std::make_unique<Worker>(Worker::Options(), std::move(parts));
  }

  const std::filesystem::path folder_;
  Program program_;
  std::unique_ptr<Chain> chain_;
  std::vector<std::string> files_;
  Metrics metrics_;
};

TEST_F(ReloadTest, LosesDoublesAndMixesNothingUnderLoad) {
  Delivered delivered;
  MemorySightingLog log(chain_->replica());
  std::atomic<bool> stop = false;
  std::vector<std::thread> threads;
  threads.reserve(3);
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&, i] {
      EXPECT_TRUE(MakeWorker(i, &log, &delivered)->Run(stop).ok());
    });
  }
  Reloader reloader({path(), {}, absl::ZeroDuration()}, files_, program_,
                    chain_.get(), &metrics_);
  // The topics that belong to each version.
  std::map<std::string, std::string> expected = {
      {chain_->processing().config, "a.0 b.0 "}};
  for (int n = 1; n <= 100; ++n) {
    const std::string before = chain_->processing().config;
    if (n % 3 == 0) {
      WriteBroken(n);
      EXPECT_FALSE(reloader.Reload("test"));
      EXPECT_EQ(chain_->processing().config, before);
      continue;
    }
    WriteGood(n);
    EXPECT_TRUE(reloader.Reload("test")) << reloader.condition().detail;
    const std::string version = chain_->processing().config;
    EXPECT_TRUE(
        expected.emplace(version, absl::StrCat("a.", n, " b.", n, " ")).second);
    while (!delivered.Has(version)) absl::SleepFor(absl::Microseconds(100));
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();

  absl::MutexLock lock(&delivered.mutex);
  std::map<int, int64_t> next;
  for (const auto& [place, seen] : delivered.records) {
    EXPECT_EQ(place.second, next[place.first]++) << "lost";
    ASSERT_EQ(seen.size(), 1u) << "twice";
    EXPECT_EQ(seen[0].topics, expected[seen[0].version]) << "mixed";
  }
  EXPECT_EQ(delivered.by_version.size(), 68u);
}

TEST_F(ReloadTest, SaysInEveryPlaceWhyAFileIsRefused) {
  Reloader reloader({path(), {}, absl::ZeroDuration()}, files_, program_,
                    chain_.get(), &metrics_);
  Write("c.yaml", "route: {default: {to: 'no/topic'}}\n");
  EXPECT_FALSE(reloader.Reload("test"));
  EXPECT_TRUE(reloader.condition().holds);  // the old one works
  EXPECT_THAT(reloader.condition().detail, HasSubstr("c.yaml:1:23: route"));
  EXPECT_THAT(reloader.condition().detail, HasSubstr("not legal"));
  EXPECT_THAT(metrics_.PrometheusText(),
              HasSubstr("wiredesk_configuration_refused 1"));
  EXPECT_THAT(metrics_.PrometheusText(),
              HasSubstr("wiredesk_reloads_total{result=\"refused\"} 1"));
  WriteGood(1);
  EXPECT_TRUE(reloader.Reload("test"));
  EXPECT_THAT(metrics_.PrometheusText(),
              HasSubstr("wiredesk_configuration_refused 0"));
}

TEST_F(ReloadTest, RefusesWhatCannotChangeWhileRecordsFlow) {
  Reloader reloader({path(), {}, absl::ZeroDuration()}, files_, program_,
                    chain_.get(), &metrics_);
  Write("c.yaml", "workers: 7\ndedupe: {window: 1h}\n");
  EXPECT_FALSE(reloader.Reload("test"));
  EXPECT_THAT(reloader.condition().detail,
              HasSubstr("c.yaml:1:10: workers: cannot change"));
  EXPECT_THAT(reloader.condition().detail,
              HasSubstr("c.yaml:2:18: dedupe.window: cannot change"));
}

TEST_F(ReloadTest, ComesByItselfWhenAFileOrAListChanges) {
  Reloader reloader({path(), {}, absl::Milliseconds(2)}, files_, program_,
                    chain_.get(), &metrics_);
  reloader.Start();
  Write("list.txt", "name-0\nname-1\n");
  while (chain_->revision() < 1) absl::SleepFor(absl::Milliseconds(1));
  WriteGood(2);
  while (chain_->revision() < 2) absl::SleepFor(absl::Milliseconds(1));
}

TEST_F(ReloadTest, ComesWhenItIsAskedFor) {
  Reloader reloader({path(), {}, absl::ZeroDuration()}, files_, program_,
                    chain_.get(), &metrics_);
  reloader.Start();
  WriteGood(1);
  reloader.Request();
  while (chain_->revision() < 1) absl::SleepFor(absl::Milliseconds(1));
}

}  // namespace
}  // namespace wiredesk
