// What the chain does between Kafka topics on this machine, with a real broker
// next to it: a table for people, not a test.
//
//   ninja kafka_throughput && ./kafka_throughput CORPUS [PART...]
//
// CORPUS is a file of raw records, as `wiredesk replay` takes it. The parts are
// throughput, latency, restore and start; all of them where none is named. The
// brokers's line is that of WIREDESK_KAFKA_LINE.
//
// Rates are those of the clock, which other programs on the machine and the
// broker itself share; the CPU time of the process, and of its busiest thread
// (the worker), is what remains the same on a busy machine.

#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "pipeline/file/source.h"
#include "pipeline/kafka/feed.h"
#include "pipeline/service/options.h"
#include "stages/dedupe/dedupe_stage.h"
#include "stages/dedupe/sketch/sighting.h"
#include "tests/kafka/deployment_fixture.h"
#include "tests/kafka/kafka_line.h"

namespace wiredesk {
namespace {

constexpr int kPartitions = 6;
constexpr int kRounds = 3;
constexpr absl::Duration kPatience = absl::Minutes(10);

double Seconds(absl::Duration duration) {
  return absl::ToDoubleSeconds(duration);
}

// CPU seconds of a process, and of its busiest thread.
struct CpuTime {
  double all = 0;
  double busiest = 0;
};

double ThreadSeconds(const std::string& stat_path) {
  const std::string stat = ReadFile(stat_path);
  const std::vector<std::string> fields =
      absl::StrSplit(stat.substr(stat.rfind(')') + 1), ' ', absl::SkipEmpty());
  if (fields.size() < 13) return 0;
  return (std::atof(fields[11].c_str()) + std::atof(fields[12].c_str())) /
         static_cast<double>(sysconf(_SC_CLK_TCK));
}

CpuTime CpuOf(pid_t pid) {
  CpuTime time;
  const std::string folder = absl::StrCat("/proc/", pid, "/task");
  DIR* const tasks = opendir(folder.c_str());
  if (tasks == nullptr) return time;
  while (const dirent* entry = readdir(tasks)) {
    if (entry->d_name[0] == '.') continue;
    const double seconds =
        ThreadSeconds(absl::StrCat(folder, "/", entry->d_name, "/stat"));
    time.all += seconds;
    time.busiest = std::max(time.busiest, seconds);
  }
  closedir(tasks);
  return time;
}

int64_t Counter(const WiredeskProcess& process, const std::string& name) {
  const std::string text = Ask(process, "/metrics").body;
  const size_t found = text.find("\n" + name + " ");
  if (found == std::string::npos) return 0;
  return std::atoll(text.c_str() + found + name.size() + 2);
}

Deployment MakeDeployment(const std::string& name) {
  Deployment deployment;
  deployment.name = FreshName(name);
  deployment.brokers = SharedBroker().brokers();
  deployment.folder = MakeTestFolder("wiredesk-bench");
  deployment.records_max = static_cast<int>(BatchOptions().records_max);
  return deployment;
}

int64_t FeedCorpus(const std::string& corpus, const std::string& topic) {
  SharedBroker().CreateTopic(topic, kPartitions, {{"retention.ms", "-1"}});
  absl::StatusOr<std::unique_ptr<KafkaFeed>> feed =
      KafkaFeed::Make(SharedBroker().client_options());
  FileReader reader(*ExpandInputs({corpus}), {});
  Batch batch({.records_max = 256});
  int64_t records = 0;
  while (true) {
    batch.Reset();
    if (!reader.Fill(batch).ok()) break;
    for (const RawRecord& raw : batch.raw_records()) {
      EXPECT_TRUE((*feed)->Send(topic, "", raw.value, {}, absl::Now()).ok());
      ++records;
    }
  }
  EXPECT_TRUE((*feed)->Flush(absl::Minutes(2)).ok());
  return records;
}

void Print(const std::string& what, double records, double seconds,
           const CpuTime& cpu) {
  std::printf("%-28s %8.0f/s   %6.1f us CPU, busiest thread %6.1f us\n",
              what.c_str(), records / seconds, cpu.all / records * 1e6,
              cpu.busiest / records * 1e6);
  std::fflush(stdout);
}

// --- Throughput --------------------------------------------------------------

void MeasureReplay(const std::string& corpus, double records) {
  const std::string folder = MakeTestFolder("wiredesk-bench");
  Process process({WIREDESK_BINARY_DIR "/wiredesk", "replay", "--input", corpus,
                   "--output", folder + "/out", "--workers", "1"},
                  folder + "/log");
  CpuTime cpu;
  const absl::Time start = absl::Now();
  while (!process.Wait(absl::Milliseconds(20))) {
    // Threads leave one by one at the end.
    const CpuTime now = CpuOf(process.pid());
    cpu.all = std::max(cpu.all, now.all);
    cpu.busiest = std::max(cpu.busiest, now.busiest);
  }
  Print("replay", records, Seconds(absl::Now() - start), cpu);
  RemoveTestFolder(folder);
}

void MeasureRun(const std::string& raw, int64_t records,
                const std::string& delivery, const std::string& compression) {
  Deployment deployment = MakeDeployment(delivery);
  deployment.delivery = delivery;
  deployment.compression = compression;
  deployment.source_topic = raw;
  WiredeskProcess process(deployment, "bench", "");
  process.AwaitLog("partitions_assigned", kPatience);
  const char* const counter = "wiredesk_raw_records_total";
  int64_t first = 0;
  while ((first = Counter(process, counter)) == 0) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  const absl::Time start = absl::Now();
  const CpuTime before = CpuOf(process.process().pid());
  int64_t done = first;
  while (done < records && absl::Now() - start < kPatience) {
    absl::SleepFor(absl::Milliseconds(5));
    done = Counter(process, counter);
  }
  const absl::Duration time = absl::Now() - start;
  CpuTime cpu = CpuOf(process.process().pid());
  cpu.all -= before.all;
  cpu.busiest -= before.busiest;
  Print(delivery + ", " + compression, static_cast<double>(records - first),
        Seconds(time), cpu);
  EXPECT_EQ(process.Stop(kPatience), 0);
  RemoveTestFolder(deployment.folder);
}

void MeasureThroughput(const std::string& corpus) {
  const std::string raw = FreshName("corpus") + ".raw";
  const int64_t records = FeedCorpus(corpus, raw);
  std::printf("%lld raw records, one worker, %d partitions\n",
              static_cast<long long>(records), kPartitions);
  MeasureReplay(corpus, static_cast<double>(records));
  // By turns, since the machine is not the same at every moment.
  for (const char* compression : {"none", "lz4", "zstd"}) {
    for (int round = 0; round < kRounds; ++round) {
      for (const char* delivery : {"exactly_once", "at_least_once"}) {
        MeasureRun(raw, records, delivery, compression);
      }
    }
  }
}

// --- Latency -----------------------------------------------------------------

// A read_committed reader of one partition, from its start.
KafkaHandle MakeReader(const std::string& topic) {
  absl::StatusOr<KafkaConf> conf =
      KafkaConf::Make(SharedBroker().client_options());
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{
           {"group.id", "latency"},
           {"isolation.level", "read_committed"},
           {"enable.auto.commit", "false"},
           {"fetch.wait.max.ms", "500"}}) {
    EXPECT_TRUE(conf->Set(name, value).ok());
  }
  absl::StatusOr<KafkaHandle> reader =
      (*std::move(conf)).NewClient(RD_KAFKA_CONSUMER);
  const KafkaPartitions list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), 0)->offset = 0;
  rd_kafka_assign(reader->get(), list.get());
  return *std::move(reader);
}

// Articles that share no words; the number stands in the URL.
std::string NumberedArticle(int number) {
  std::string content;
  for (int word = 0; word < 120; ++word) {
    absl::StrAppend(&content, "w", number * 131 + word * 17, " ");
  }
  return absl::StrCat(R"({"url":"https://numbered.example/)", number,
                      R"(","title":"Number )", number, R"(","content":")",
                      content, "\"}");
}

// The number in the URL of an event record; -1 if it is none of ours.
int NumberOf(absl::string_view json) {
  constexpr absl::string_view kUrl = "\"https://numbered.example/";
  const size_t at = json.find(kUrl);
  if (at == absl::string_view::npos) return -1;
  json.remove_prefix(at + kUrl.size());
  int number = -1;
  return absl::SimpleAtoi(json.substr(0, json.find('"')), &number) ? number
                                                                   : -1;
}

// From a producer's Send to a read_committed reader that has the event record,
// with `rate` articles a second; rate 0 is one at a time, with pauses.
void MeasureLatencyAt(int rate) {
  const int articles = rate == 0 ? 200 : std::min(10 * rate, 6000);
  const int warm = std::max(5, articles / 5);
  const Deployment deployment = MakeDeployment("latency");
  for (const std::string& topic : {deployment.raw(), deployment.events()}) {
    SharedBroker().CreateTopic(topic, 1, {{"retention.ms", "-1"}});
  }
  WiredeskProcess process(deployment, "bench", "");
  process.AwaitLog("partitions_assigned", kPatience);
  const KafkaHandle reader = MakeReader(deployment.events());
  std::vector<std::atomic<int64_t>> sent(
      static_cast<size_t>(articles + warm));  // nanoseconds
  std::atomic<int> seen = 0;
  std::thread sender([&] {
    absl::StatusOr<std::unique_ptr<KafkaFeed>> feed =
        KafkaFeed::Make(SharedBroker().client_options());
    const absl::Time start = absl::Now();
    for (int i = 0; i < articles + warm; ++i) {
      if (rate == 0) {
        while (seen < i) absl::SleepFor(absl::Milliseconds(1));
        absl::SleepFor(absl::Milliseconds(20 + i * 7 % 60));
      } else {
        absl::SleepFor(start + absl::Seconds(1) * i / rate - absl::Now());
      }
      const absl::Time now = absl::Now();
      sent[static_cast<size_t>(i)] = absl::ToUnixNanos(now);
      EXPECT_TRUE((*feed)
                      ->Send(deployment.raw(), "", NumberedArticle(i), {}, now)
                      .ok());
      if (rate == 0) {
        EXPECT_TRUE((*feed)->Flush(absl::Seconds(10)).ok());
      }
    }
    EXPECT_TRUE((*feed)->Flush(absl::Seconds(30)).ok());
  });
  std::vector<double> millis;
  const absl::Time deadline = absl::Now() + kPatience;
  while (seen < articles + warm && absl::Now() < deadline) {
    const KafkaMessage message(rd_kafka_consumer_poll(reader.get(), 1000));
    if (message == nullptr || message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      continue;
    }
    const int number =
        NumberOf({static_cast<const char*>(message->payload), message->len});
    if (number < 0) continue;
    ++seen;
    // The first ones meet topics and code for the first time.
    if (number < warm) continue;
    millis.push_back(static_cast<double>(absl::ToUnixNanos(absl::Now()) -
                                         sent[static_cast<size_t>(number)]) /
                     1e6);
  }
  sender.join();
  EXPECT_EQ(seen, articles + warm);
  std::sort(millis.begin(), millis.end());
  if (!millis.empty()) {
    std::printf("%s, raw to committed: p50 %.1f ms, p99 %.1f ms\n",
                rate == 0 ? "a lone article"
                          : absl::StrCat(rate, " articles/s").c_str(),
                millis[millis.size() / 2], millis[millis.size() * 99 / 100]);
  }
  EXPECT_EQ(process.Stop(kPatience), 0);
  RemoveTestFolder(deployment.folder);
}

void MeasureLatency() {
  for (const int rate : {0, 50, 200, 1000}) MeasureLatencyAt(rate);
}

// --- Restore -----------------------------------------------------------------

// Entries like those of the corpus, but of other articles: hashes are moved by
// the same number.
std::string Moved(const std::string& entry, uint64_t by) {
  EntryHeader header;
  Sighting s;
  EXPECT_TRUE(DecodeHeader(entry, header).ok());
  EXPECT_TRUE(DecodeSighting(entry, s).ok());
  const uint64_t mask = by * 0x9E3779B97F4A7C15;
  s.id.low ^= mask;
  s.origin ^= mask;
  if (s.guid != 0) s.guid ^= mask;
  if (s.url != 0) s.url ^= mask;
  s.text.low ^= mask;
  s.headline ^= mask;
  for (uint64_t& fingerprint : s.fingerprints) fingerprint ^= mask >> 24;
  for (SampledShingle& shingle : s.sample) shingle.hash ^= mask >> 36;
  if (s.event_time.has_value()) {
    *s.event_time += static_cast<int64_t>(by) * 1'000'000;
  }
  std::string moved;
  EncodeSighting(s, header.format, moved);
  return moved;
}

// The sightings of the corpus, as a process has appended them.
std::vector<std::string> SightingsOf(const std::string& corpus) {
  const Deployment deployment = MakeDeployment("fill");
  const int64_t records = FeedCorpus(corpus, deployment.raw());
  WiredeskProcess process(deployment, "fill", "");
  process.AwaitLog("partitions_assigned", kPatience);
  while (Counter(process, "wiredesk_raw_records_total") < records) {
    absl::SleepFor(absl::Milliseconds(50));
  }
  EXPECT_EQ(process.Stop(kPatience), 0);
  std::vector<std::string> entries;
  for (KafkaRecord& entry : SharedBroker().ReadAll(deployment.sightings())) {
    EntryHeader header;
    if (DecodeHeader(entry.value, header).ok() &&
        header.kind == EntryKind::kSighting) {
      entries.push_back(std::move(entry.value));
    }
  }
  RemoveTestFolder(deployment.folder);
  return entries;
}

// Writes this many copies of `sightings` as a process with two workers would:
// in batches, and before each the decisions of the batch before the last.
void WriteLog(const std::vector<std::string>& sightings, int copies,
              const std::string& topic) {
  constexpr size_t kBatch = 512;
  EntryHeader header;
  EXPECT_TRUE(DecodeHeader(sightings[0], header).ok());
  IndexReplica writer(LimitsOf(DedupeOptions()), header.format, 1);
  int64_t position = 0;
  std::string decision;
  std::string taken;
  std::vector<KafkaRecord> records;
  const auto append = [&](std::string entry) {
    EXPECT_TRUE(writer.Apply(position++, entry, decision).ok());
    records.emplace_back();
    records.back().value = std::move(entry);
  };
  append(writer.JoinEntry());
  for (int copy = 0; copy < copies; ++copy) {
    for (size_t i = 0; i < sightings.size(); ++i) {
      if (i % kBatch == 0) {
        if (!taken.empty()) append(std::move(taken));
        taken = writer.TakeWriteBack().value_or("");
      }
      append(Moved(sightings[i], static_cast<uint64_t>(copy)));
    }
    SharedBroker().Produce(topic, records);
    records.clear();
  }
}

void MeasureRestore(const std::string& corpus) {
  constexpr int kCopies = 24;
  const Deployment deployment = MakeDeployment("restore");
  const std::vector<std::string> sightings = SightingsOf(corpus);
  SharedBroker().CreateTopic(deployment.sightings(), 1,
                             {{"retention.ms", "-1"}});
  WriteLog(sightings, kCopies, deployment.sightings());
  for (int round = 0; round < 2; ++round) {
    WiredeskProcess process(deployment, "restore", "");
    EXPECT_TRUE(process.AwaitLog("sighting_log_restores", kPatience));
    const absl::Time start = absl::Now();
    EXPECT_TRUE(process.AwaitLog("sighting_log_restored", kPatience));
    const double seconds = Seconds(absl::Now() - start);
    const CpuTime cpu = CpuOf(process.process().pid());
    const double all = static_cast<double>(sightings.size()) * kCopies;
    Print(absl::StrCat("restore of ", static_cast<int64_t>(all)), all, seconds,
          cpu);
    EXPECT_EQ(process.Stop(kPatience), 0);
  }
  RemoveTestFolder(deployment.folder);
}

// --- Start -------------------------------------------------------------------

void MeasureStart() {
  const Deployment deployment = MakeDeployment("start");
  for (int round = 0; round < 3; ++round) {
    const absl::Time start = absl::Now();
    WiredeskProcess process(deployment, absl::StrCat("start-", round), "");
    EXPECT_TRUE(Eventually(
        kPatience, [&] { return Ask(process, "/readyz").status == 200; }));
    std::printf("start to ready, empty log%s: %.2f s\n",
                round == 0 ? ", topics to be made" : "",
                Seconds(absl::Now() - start));
    EXPECT_EQ(process.Stop(kPatience), 0);
  }
  RemoveTestFolder(deployment.folder);
}

int Main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr,
                 "usage: %s CORPUS [throughput|latency|restore|start]\n",
                 argv[0]);
    return 2;
  }
  const std::string corpus = argv[1];
  const std::set<std::string> parts(argv + 2, argv + argc);
  const auto wanted = [&](const char* part) {
    return parts.empty() || parts.count(part) > 0;
  };
  if (wanted("start")) MeasureStart();
  if (wanted("throughput")) MeasureThroughput(corpus);
  if (wanted("latency")) MeasureLatency();
  if (wanted("restore")) MeasureRestore(corpus);
  return testing::Test::HasFailure() ? 1 : 0;
}

class Benchmark : public testing::Test {};

int arguments = 0;
char** argument_values = nullptr;

TEST_F(Benchmark, Table) { EXPECT_EQ(Main(arguments, argument_values), 0); }

}  // namespace
}  // namespace wiredesk

// The fixture of the broker reports its failures to GoogleTest.
int main(int argc, char** argv) {
  wiredesk::arguments = argc;
  wiredesk::argument_values = argv;
  int none = 1;
  testing::InitGoogleTest(&none, argv);
  return RUN_ALL_TESTS();
}
