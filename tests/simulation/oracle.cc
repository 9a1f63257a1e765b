#include "tests/simulation/oracle.h"

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "stages/dedupe/sketch/sighting.h"
#include "tests/simulation/newsroom.h"
#include "tests/simulation/traces.h"

namespace wiredesk {
namespace {

using Id = std::pair<uint64_t, uint64_t>;

// The decisions of a replica that nothing disturbs, by article.
std::map<Id, Decision> UndisturbedDecisions(
    const SimulatedCluster& cluster, const DedupeOptions& dedupe,
    std::vector<std::string>& violations) {
  StoryReplica replica(dedupe);
  replica.WriteNothingBack();
  std::map<Id, Decision> decisions;
  int64_t position = 0;
  for (const SimulatedCluster::LogEntry& entry : cluster.log()) {
    EntryHeader header;
    Sighting sighting;
    if (!DecodeHeader(entry.bytes, header).ok() ||
        header.kind != EntryKind::kSighting ||
        !DecodeSighting(entry.bytes, sighting).ok()) {
      continue;
    }
    const Id id = {sighting.id.high, sighting.id.low};
    if (decisions.count(id) != 0) continue;
    std::string bytes;
    absl::Status status = replica.Apply(position++, entry.bytes, bytes);
    if (status.ok()) status = DecodeDecision(bytes, decisions[id]);
    if (!status.ok()) violations.push_back(status.ToString());
  }
  return decisions;
}

// How many traces an article leaves at least; a dead letter is one for all of
// its raw record.
size_t TracesAtLeast(absl::string_view value) {
  size_t live = 0;
  bool dead = false;
  for (const NewsLine& line : ReadLines(value)) {
    if (line.kind == 'b' || line.kind == 'u') {
      dead = true;
    } else {
      ++live;
    }
  }
  return live + (dead || live == 0 ? 1 : 0);
}

// The decisions of a replica that begins at `start`, joins at `join` and then
// only reads: empty for what comes before that. All are if it had read too
// little by then.
std::vector<std::string> DecisionsFrom(
    size_t start, size_t join,
    const std::vector<SimulatedCluster::LogEntry>& log,
    const DedupeOptions& dedupe) {
  StoryReplica replica(dedupe);
  std::vector<std::string> decisions(log.size());
  absl::Status status;
  for (size_t i = start; i < log.size() && status.ok(); ++i) {
    const auto position = static_cast<int64_t>(i);
    if (i == join) {
      for (const std::string& entry : replica.TakeEntries()) {
        status.Update(replica.Apply(position, entry, decisions[i]));
      }
      if (replica.incomplete_restores() > 0) break;
    }
    status.Update(replica.Apply(position, log[i].bytes, decisions[i]));
    if (!status.ok()) decisions[i] = status.ToString();
  }
  return decisions;
}

std::vector<absl::string_view> WrittenBack(absl::string_view entry) {
  EntryHeader header;
  int64_t horizon = 0;
  std::vector<absl::string_view> decisions;
  if (!DecodeHeader(entry, header).ok() ||
      header.kind != EntryKind::kWriteBack ||
      !DecodeWriteBack(entry, horizon, decisions).ok()) {
    return {};
  }
  return decisions;
}

}  // namespace

void CommitOracle::Check(const Offsets& offsets,
                         std::vector<std::string>& violations) {
  const std::vector<OutputTrace>& traces = cluster_->committed_traces();
  for (; seen_ < traces.size(); ++seen_) {
    ++counts_[{traces[seen_].partition, traces[seen_].offset}];
  }
  for (const auto& [partition, next] : offsets) {
    const int64_t before = cluster_->committed(partition);
    if (next < before) {
      violations.push_back(absl::StrCat(
          "partition ", partition, " goes back from ", before, " to ", next));
    }
    for (int64_t offset = before; offset < next; ++offset) {
      const size_t least =
          TracesAtLeast(cluster_->raw(partition, offset).value);
      if (counts_[{partition, offset}] >= least) continue;
      violations.push_back(absl::StrCat("the commit of ", partition, "/", next,
                                        " passes ", offset,
                                        ", which is not published"));
    }
  }
}

void CheckConservation(const SimulatedCluster& cluster, bool exactly_once,
                       const DedupeOptions& dedupe,
                       std::vector<std::string>& violations) {
  std::map<std::pair<int32_t, int64_t>, std::map<std::string, size_t>> found;
  for (const OutputTrace& trace : cluster.committed_traces()) {
    ++found[{trace.partition, trace.offset}][trace.text];
  }
  const std::map<Id, Decision> decisions =
      UndisturbedDecisions(cluster, dedupe, violations);
  for (size_t p = 0; p < cluster.partitions(); ++p) {
    const auto partition = static_cast<int32_t>(p);
    for (int64_t offset = 0; offset < cluster.end(partition); ++offset) {
      const std::string& value = cluster.raw(partition, offset).value;
      std::vector<Decision> of_items(ReadLines(value).size());
      for (uint32_t item = 0; item < of_items.size(); ++item) {
        const RecordId id = IdOf(partition, offset, item);
        const auto decision = decisions.find({id.high, id.low});
        if (decision != decisions.end()) of_items[item] = decision->second;
      }
      std::map<std::string, size_t>& traces = found[{partition, offset}];
      for (const OutputTrace& expected : ExpectedTraces(
               partition, offset, value, of_items, dedupe.duplicates)) {
        const size_t times = traces[expected.text];
        traces.erase(expected.text);
        if (times == 1 || (times > 1 && !exactly_once)) continue;
        violations.push_back(absl::StrCat(partition, "/", offset, " is there ",
                                          times, " times: ", expected.text));
      }
      for (const auto& [text, times] : traces) {
        violations.push_back(
            absl::StrCat(partition, "/", offset, " must not be there: ", text));
      }
    }
  }
}

void CheckRestores(const SimulatedCluster& cluster, const DedupeOptions& dedupe,
                   size_t starts, Randomness& random,
                   std::vector<std::string>& violations) {
  const auto& log = cluster.log();
  if (log.empty()) return;
  const std::vector<std::string> decisions = DecisionsFrom(0, 0, log, dedupe);
  for (size_t i = 0; i < log.size(); ++i) {
    for (const absl::string_view bytes : WrittenBack(log[i].bytes)) {
      Decision written;
      const absl::Status status = DecodeDecision(bytes, written);
      if (status.ok() &&
          bytes == decisions[static_cast<size_t>(written.position)]) {
        continue;
      }
      violations.push_back(absl::StrCat("entry ", i, " writes another decision",
                                        " of entry ", written.position,
                                        " back"));
    }
  }
  while (starts-- > 0) {
    const size_t start = random.Below(log.size());
    // Not first of all, which would mean that the log was empty.
    const size_t join = random.Between(start + 1, log.size());
    const std::vector<std::string> other =
        DecisionsFrom(start, join, log, dedupe);
    for (size_t i = start; i < log.size(); ++i) {
      if (other[i].empty() || other[i] == decisions[i]) continue;
      violations.push_back(absl::StrCat("a replica from entry ", start,
                                        " decides otherwise at ", i));
      break;
    }
  }
}

}  // namespace wiredesk
