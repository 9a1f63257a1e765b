#include "tests/kafka/delivery_oracle.h"

#include <filesystem>
#include <sstream>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "pipeline/flow/replica_settings.h"
#include "stages/dedupe/sketch/sighting.h"
#include "stages/dedupe/sketch/sketch.h"

namespace wiredesk {
namespace {

constexpr size_t kExamplesMax = 10;

// Between two texts, the first of which stands once in a record.
std::string Between(const std::string& text, const std::string& begin,
                    const std::string& end) {
  const size_t from = text.find(begin);
  if (from == std::string::npos) return "";
  const size_t start = from + begin.size();
  return text.substr(start, text.find(end, start) - start);
}

// Without "origin" and "processing", which are the process's own.
std::string Comparable(const std::string& json) {
  const size_t origin = json.find("\"origin\":");
  const size_t after = json.find('}', origin);
  const size_t processing = json.rfind(",\"processing\":");
  if (origin == std::string::npos || processing == std::string::npos) {
    return json;
  }
  return absl::StrCat(json.substr(0, origin),
                      json.substr(after + 1, processing - after - 1));
}

int64_t Number(const std::string& text) {
  int64_t number = -1;
  EXPECT_TRUE(absl::SimpleAtoi(text, &number)) << text;
  return number;
}

std::string HeaderOf(const KafkaRecord& record, const std::string& name) {
  const auto found = record.headers.find(name);
  return found == record.headers.end() ? "" : found->second;
}

}  // namespace

DeliveryOracle::DeliveryOracle(const Deployment& deployment,
                               KafkaBroker* broker,
                               const std::vector<GeneratedRecord>& sent)
    : deployment_(deployment), broker_(broker) {
  for (const GeneratedRecord& record : sent) sent_[record.value] = &record;
}

DeliveryOracle::Findings DeliveryOracle::Check() {
  ReadRaw();
  Replay(OrderOfLog());
  CompareRecords(deployment_.events());
  CompareRecords(deployment_.duplicates_topic());
  for (const auto& [key, record] : expected_) {
    if (found_[key] > 0) continue;
    Note(findings_.lost, absl::StrCat("lost: ", std::get<0>(key), "/",
                                      std::get<1>(key), "/", std::get<2>(key)));
  }
  CompareDeadLetters();
  return findings_;
}

void DeliveryOracle::Note(int& count, const std::string& what) {
  ++count;
  if (findings_.examples.size() < kExamplesMax) {
    findings_.examples.push_back(what);
  }
}

void DeliveryOracle::ReadRaw() {
  for (const KafkaRecord& record : broker_->ReadAll(deployment_.raw())) {
    const auto found = sent_.find(record.value);
    ASSERT_NE(found, sent_.end()) << record.value;
    raw_[{record.partition, record.offset}] = found->second;
  }
}

std::vector<DeliveryOracle::ArticleKey> DeliveryOracle::OrderOfLog() {
  absl::flat_hash_map<uint64_t, ArticleKey> by_origin;
  for (const auto& [place, record] : raw_) {
    for (size_t i = 0; i < record->articles.size(); ++i) {
      const std::string origin = absl::StrCat(
          deployment_.raw(), "\n", place.first, "\n", place.second, "\n", i);
      by_origin[HashKey(origin, 0)] = {place.first, place.second,
                                       static_cast<int>(i)};
    }
  }
  std::vector<ArticleKey> order;
  absl::flat_hash_set<uint64_t> met;
  for (const KafkaRecord& entry : broker_->ReadAll(deployment_.sightings())) {
    if (entry.key == kAnnouncementKey) continue;
    EntryHeader header;
    EXPECT_TRUE(DecodeHeader(entry.value, header).ok());
    if (header.kind != EntryKind::kSighting) continue;
    Sighting sighting;
    EXPECT_TRUE(DecodeSighting(entry.value, sighting).ok());
    const auto found = by_origin.find(sighting.origin);
    if (found == by_origin.end()) {
      Note(findings_.unknown, "a sighting of no raw record");
    } else if (met.insert(sighting.origin).second) {
      order.push_back(found->second);
    }
  }
  EXPECT_EQ(order.size(), by_origin.size()) << "articles without a sighting";
  return order;
}

void DeliveryOracle::Replay(const std::vector<ArticleKey>& order) {
  const std::string folder = deployment_.folder + "/undisturbed";
  std::filesystem::create_directories(folder);
  std::string input;
  for (const auto& [partition, offset, item] : order) {
    absl::StrAppend(
        &input, raw_[{partition, offset}]->articles[static_cast<size_t>(item)],
        "\n");
  }
  WriteFile(folder + "/input.ndjson", input);
  WriteFile(folder + "/config.yaml", ConfigurationOf(deployment_, ""));
  ASSERT_EQ(RunWiredesk({"replay", "--input", folder + "/input.ndjson",
                         "--output", folder + "/output", "--config",
                         folder + "/config.yaml", "--workers", "1"},
                        folder + "/log", absl::Minutes(2)),
            0)
      << ReadFile(folder + "/log");
  for (const std::string& topic :
       {deployment_.events(), deployment_.duplicates_topic()}) {
    const std::string text =
        ReadFile(absl::StrCat(folder, "/output/", topic, ".ndjson"));
    for (const absl::string_view view :
         absl::StrSplit(text, '\n', absl::SkipEmpty())) {
      const std::string line(view);
      const auto number = static_cast<size_t>(
          Number(Between(line, ",\"partition\":0,\"offset\":", ",")));
      ASSERT_LT(number, order.size());
      expected_[order[number]] = absl::StrCat(topic, "\n", Comparable(line));
      ++findings_.verdicts[Between(line, "\"verdict\":\"", "\"")];
    }
  }
  findings_.articles = static_cast<int>(order.size());
  EXPECT_EQ(expected_.size(), order.size()) << "the undisturbed run lost some";
}

void DeliveryOracle::CompareRecords(const std::string& topic) {
  for (const KafkaRecord& record : broker_->ReadAll(topic)) {
    const std::string origin = Between(record.value, "\"origin\":", "}");
    const ArticleKey key = {
        static_cast<int32_t>(Number(Between(origin, "\"partition\":", ","))),
        Number(Between(origin, "\"offset\":", ",")),
        static_cast<int>(Number(Between(origin + ",", "\"item\":", ",")))};
    const auto expected = expected_.find(key);
    if (expected == expected_.end()) {
      Note(findings_.unknown, absl::StrCat("unknown: ", origin));
      continue;
    }
    if (++found_[key] > 1) {
      Note(findings_.duplicated, absl::StrCat("twice: ", origin));
    }
    const std::string text =
        absl::StrCat(topic, "\n", Comparable(record.value));
    if (text != expected->second) {
      Note(findings_.different,
           absl::StrCat("is       ", text, "\nshould be ", expected->second));
    }
  }
}

void DeliveryOracle::CompareDeadLetters() {
  std::map<Place, int> found;
  for (const KafkaRecord& letter : broker_->ReadAll(deployment_.dead())) {
    const Place place = {
        static_cast<int32_t>(Number(HeaderOf(letter, "wd_partition"))),
        Number(HeaderOf(letter, "wd_offset"))};
    const auto raw = raw_.find(place);
    if (raw == raw_.end() || !raw->second->articles.empty()) {
      Note(findings_.unknown,
           absl::StrCat("dead: ", place.first, "/", place.second, " ",
                        HeaderOf(letter, "wd_detail")));
      continue;
    }
    if (letter.value != raw->second->value) {
      Note(findings_.different, absl::StrCat("dead letter: ", letter.value));
    }
    if (++found[place] > 1) {
      Note(findings_.duplicated,
           absl::StrCat("dead twice: ", place.first, "/", place.second));
    }
  }
  for (const auto& [place, record] : raw_) {
    if (!record->articles.empty()) continue;
    ++findings_.dead_letters;
    if (found[place] > 0) continue;
    Note(findings_.lost,
         absl::StrCat("no dead letter: ", place.first, "/", place.second));
  }
}

}  // namespace wiredesk
