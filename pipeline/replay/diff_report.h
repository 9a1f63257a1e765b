// What `wiredesk replay --diff` has found: counts of both sides, the records
// that differ, and what of it was to be expected.

#ifndef WIREDESK_PIPELINE_REPLAY_DIFF_REPORT_H_
#define WIREDESK_PIPELINE_REPLAY_DIFF_REPORT_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "pipeline/replay/diff_record.h"

namespace wiredesk {

// How many articles each side has sent somewhere, how many of those the second
// one no longer sends there, and how many are new there.
struct SideCounts {
  int64_t a = 0;
  int64_t b = 0;
  int64_t gone = 0;
  int64_t added = 0;
};

struct DiffReport {
  // Beyond these, differences are only counted.
  static constexpr size_t kDifferencesMax = 10'000;

  int64_t articles = 0;  // and raw records of which nothing was made
  int64_t differing = 0;
  int64_t unexpected = 0;
  std::map<std::string, SideCounts> by_route;
  std::map<std::string, SideCounts> by_topic;
  std::map<std::string, SideCounts> by_verdict;
  std::map<std::string, SideCounts> by_fate;
  std::map<std::string, int64_t> by_field;  // articles in which it differs
  std::vector<RecordDifference> differences;

  void Count(const RecordComparison::Side& a, const RecordComparison::Side& b);
  void Add(RecordDifference difference);
  // `later` is of a later stretch of the input.
  void Merge(DiffReport later);
};

// Which differences are not failures.
class DiffAllowance {
 public:
  // "20" or "0.5%" of the articles; "route:NAME", "topic:NAME" or
  // "field:NAME": what differs there. InvalidArgument says what is wrong.
  absl::Status Add(absl::string_view text);

  // InvalidArgument: a route that was named is none of `routes`.
  absl::Status CheckRoutes(const std::vector<std::string>& routes) const;

  // Whether all that differs is in what was named.
  bool Expects(const RecordDifference& difference) const;

  // Whether this many unexpected differences are within the number.
  bool Covers(const DiffReport& report) const;

 private:
  int64_t count_ = 0;
  double share_ = 0;  // of the articles
  std::set<std::string, std::less<>> routes_;
  std::set<std::string, std::less<>> topics_;
  std::set<std::string, std::less<>> fields_;
};

// For a person; at most `list_max` differences in full.
std::string PrintDiff(const DiffReport& report, absl::string_view name_a,
                      absl::string_view name_b, size_t list_max);

// For a machine: one JSON object.
std::string DiffJson(const DiffReport& report, absl::string_view name_a,
                     absl::string_view name_b);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_REPLAY_DIFF_REPORT_H_
