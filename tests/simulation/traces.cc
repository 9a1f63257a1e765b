#include "tests/simulation/traces.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "tests/simulation/newsroom.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kDead = "dead letter";

std::string Describe(const DedupeResult& d) {
  return absl::StrCat(
      static_cast<int>(d.verdict), ",", static_cast<int>(d.reason), " similar ",
      std::lround(d.similarity * 1000), " novel ",
      std::lround(d.novelty * 1000), " cluster ", d.cluster.high, "/",
      d.cluster.low, "*", d.cluster_size, " story ", d.story.high, "/",
      d.story.low, "*", d.story_size, " version ", d.version);
}

std::string Describe(const Decision& d) {
  return absl::StrCat(
      static_cast<int>(d.verdict), ",", static_cast<int>(d.reason), " similar ",
      d.similarity, " novel ", d.novelty, " cluster ", d.cluster.high, "/",
      d.cluster.low, "*", d.cluster_size, " story ", d.story.high, "/",
      d.story.low, "*", d.story_size, " version ", d.version);
}

bool IsDuplicate(const Decision& decision) {
  return decision.verdict == Verdict::kExact ||
         decision.verdict == Verdict::kNear ||
         decision.verdict == Verdict::kExcerpt;
}

}  // namespace

std::vector<OutputTrace> TracesOf(const Batch& batch) {
  std::vector<OutputTrace> traces;
  for (const RawRecord& raw : batch.raw_records()) {
    if (!raw.dead_letter) continue;
    traces.push_back(
        {raw.origin.partition, raw.origin.offset, std::string(kDead)});
  }
  for (const EventRecord& record : batch.records()) {
    const Origin& origin = batch.raw_of(record).origin;
    const auto leave = [&](absl::string_view what) {
      traces.push_back({origin.partition, origin.offset,
                        absl::StrCat("item ", record.item, " ", what, " ",
                                     Describe(record.dedupe))});
    };
    if (record.fate == Fate::kDropped) leave(record.fate_reason);
    if (record.fate != Fate::kLive) continue;
    if (record.destinations.empty()) leave("nowhere");
    for (const Destination& destination : record.destinations) {
      leave(destination.topic);
    }
  }
  return traces;
}

std::vector<OutputTrace> ExpectedTraces(int32_t partition, int64_t offset,
                                        absl::string_view value,
                                        const std::vector<Decision>& decisions,
                                        Duplicates duplicates) {
  const std::vector<NewsLine> lines = ReadLines(value);
  std::vector<OutputTrace> traces;
  bool dead = lines.empty();
  for (size_t item = 0; item < lines.size(); ++item) {
    const char kind = lines[item].kind;
    if (kind == 'b') {
      dead = true;
      continue;
    }
    const Decision& decision = decisions[item];
    const auto leave = [&](absl::string_view what) {
      traces.push_back(
          {partition, offset,
           absl::StrCat("item ", item, " ", what, " ", Describe(decision))});
    };
    if (duplicates == Duplicates::kDrop && IsDuplicate(decision) &&
        kind != 'k') {
      leave("duplicate");
    } else if (kind == 'u') {
      dead = true;
    } else if (kind == 'r') {
      leave("rule");
    } else {
      leave("events");
      if (kind == 't') leave("copies");
    }
  }
  if (dead) traces.push_back({partition, offset, std::string(kDead)});
  return traces;
}

}  // namespace wiredesk
