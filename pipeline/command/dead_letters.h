// Dead letters as an operator meets them: what their headers say, which of them
// are meant, and how one is sent again.

#ifndef WIREDESK_PIPELINE_COMMAND_DEAD_LETTERS_H_
#define WIREDESK_PIPELINE_COMMAND_DEAD_LETTERS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/header_list.h"

namespace wiredesk {

// How often a record has been sent again already.
inline constexpr absl::string_view kRedrivesHeader = "wd_redrives";

// What the headers of a dead letter say; views of them.
struct DeadLetter {
  absl::string_view stage;
  absl::string_view reason;
  absl::string_view detail;
  absl::string_view topic;  // where the raw record was read
  int32_t partition = 0;
  int64_t offset = 0;
  std::optional<int64_t> item;  // of a feed whose other items went through
  int64_t redrives = 0;
  bool cut = false;  // it holds only the beginning of the record
};

// nullopt: it has no wd_reason or wd_topic, so it is not a dead letter of ours.
std::optional<DeadLetter> ReadDeadLetter(absl::Span<const Header> headers);

// Which dead letters are meant. Empty fields take all.
struct DeadLetterSelection {
  std::string stage;
  std::string reason;
  std::string origin_topic;

  bool Takes(const DeadLetter& letter) const;
};

// The names that dead letters bear, so that one which none bears is told: a
// mistyped --reason would choose nothing, and say nothing.
class DeadLetterNames {
 public:
  static constexpr size_t kNamesMax = 1000;  // of either kind

  void Note(const DeadLetter& letter);

  // InvalidArgument: letters were met, and none with the reason or the topic
  // that `selection` names; says which there are.
  absl::Status Check(const DeadLetterSelection& selection) const;

 private:
  std::set<std::string, std::less<>> reasons_;
  std::set<std::string, std::less<>> topics_;
};

// The headers of the record when it is sent again: its own ones, without those
// that say what went wrong, and the count of redrives.
void AppendRedriveHeaders(absl::Span<const Header> headers, int64_t redrives,
                          HeaderList& out);

// Counts for a table. Stages and reasons are few, and topics are not many.
class DeadLetterCounts {
 public:
  void Add(const DeadLetter& letter, std::optional<absl::Time> timestamp);
  void AddForeign() { ++foreign_; }

  int64_t total() const { return total_; }

  // By stage, reason and topic, the most frequent first.
  std::string Text() const;
  std::string Json() const;

 private:
  struct Entry {
    int64_t count = 0;
    int64_t redriven = 0;  // sent again at least once, and failed again
    std::optional<absl::Time> first;
    std::optional<absl::Time> last;
  };
  struct Key {
    std::string stage;
    std::string reason;
    std::string topic;
    bool operator<(const Key& other) const {
      return std::tie(stage, reason, topic) <
             std::tie(other.stage, other.reason, other.topic);
    }
  };

  std::vector<std::pair<Key, Entry>> Sorted() const;

  std::map<Key, Entry> entries_;
  int64_t total_ = 0;
  int64_t foreign_ = 0;  // records of the topic that are not dead letters
};

// One dead letter in full: headers, then the value as text, or as a hex dump
// where it is none. At most `bytes_max` bytes of the value; 0 is all.
std::string DescribeDeadLetter(const RawRecord& raw, size_t bytes_max);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_DEAD_LETTERS_H_
