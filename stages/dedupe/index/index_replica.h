// The story index as a reader of the sighting log, and how it is restored.
//
// A replica that starts in the middle of the log cannot decide as one that read
// all of it: whether an article was new depended on what lies before. So each
// process writes the decisions of sightings back into the log, in entries of
// their own. A replica that restores itself takes these decisions instead of
// making its own, which is also much faster. Since every replica decides alike,
// it does not matter who writes a decision back, nor if it is done twice.
//
//   position   ... 90  91  92  [W: of 88-90, from 17 on]  94  [W: of 91-94]
//
// A write-back says from where a replica must have read to hold its writer's
// state. One that began at 17 or earlier may decide by itself from the first
// such entry on, here from 94, but only when it knows the decisions of all that
// lies before: 91 and 92 come with a later one. To decide those by itself would
// be too early, for at 91 the state of a replica from 17 may lack something. A
// write-back whose append failed is therefore taken again with the next batch:
// what is not written back cannot be made up for.
//
// From its own join on, a replica decides at once, since its workers wait.
//
// Not thread-safe. Tested by index_replica_test.cc with random streams, stops
// and starts, and by tests/simulation.

#ifndef WIREDESK_STAGES_DEDUPE_INDEX_INDEX_REPLICA_H_
#define WIREDESK_STAGES_DEDUPE_INDEX_INDEX_REPLICA_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "stages/dedupe/index/pending_sightings.h"
#include "stages/dedupe/index/story_index.h"
#include "stages/dedupe/sketch/sighting.h"

namespace wiredesk {

// What of the configuration gives the entries their meaning.
SightingFormat FormatOf(uint64_t seed, const IndexLimits& limits);

class IndexReplica {
 public:
  // `process` is this process's own number, by which it knows its join entry.
  IndexReplica(const IndexLimits& limits, const SightingFormat& format,
               uint64_t process);

  // Applies the entry at `position`. `decision` is empty for entries that are
  // no sightings, and for sightings before this process has joined.
  // FailedPrecondition: the entry was made with another format, or, once this
  // process appends itself, with other limits.
  absl::Status Apply(int64_t position, absl::string_view entry,
                     std::string& decision);

  // The entry to append before the first sighting of this process.
  std::string JoinEntry() const;

  // The decisions that nobody has written back yet and that are not on their
  // way, as an entry to append; nothing where there are none.
  std::optional<std::string> TakeWriteBack();

  // An entry that was taken may not have got into the log: all that has not
  // come back is to be taken again.
  void AppendFailed();

  // For a log that nobody will be restored from, and that no process joins:
  // decides at once, and keeps no decisions to be written back.
  void WriteNothingBack() { writes_back_ = false; }

  // Whether the entry of JoinEntry() has come back.
  bool joined() const { return joined_; }

  // Whether it has read enough of the log to decide by itself.
  bool complete() const;

  // Restored from too little of the log: decisions may differ from others'.
  uint64_t incomplete_restores() const { return incomplete_restores_; }
  const StoryIndex& index() const { return index_; }

 private:
  // A decision that has not come back from the log.
  struct Unwritten {
    int64_t position;
    std::string decision;
    bool taken = false;
    bool written = false;
  };
  struct Mark {
    uint32_t clock;
    int64_t position;
  };
  // A running number, and the entry that raised it last.
  struct Raised {
    uint64_t number = 0;
    int64_t position = 0;
    void To(uint64_t to, int64_t at) {
      if (to > number) *this = {to, at};
    }
  };

  absl::Status ApplySighting(int64_t position, absl::string_view entry,
                             std::string& decision);
  absl::Status ApplyWriteBack(int64_t position, absl::string_view entry);
  absl::Status ApplyJoin(int64_t position, absl::string_view entry);
  void ApplyPending();
  void Decide(const Sighting& sighting, int64_t position,
              std::string& decision);
  void ForgetUnwritten(int64_t position);
  bool waits() const { return writes_back_ && !joined_; }
  void Remember(int64_t position, const Decision& decision);
  int64_t Horizon() const;

  const IndexLimits limits_;
  const SightingFormat format_;
  const uint64_t process_;
  StoryIndex index_;
  Sighting sighting_;
  Decision made_;
  bool writes_back_ = true;
  bool joined_ = false;
  std::optional<int64_t> first_;
  // Of the first write-back whose horizon is not before `first_`.
  std::optional<int64_t> enough_;
  uint32_t clock_ = 0;
  PendingSightings pending_;
  std::deque<Unwritten> unwritten_;  // by position
  std::vector<absl::string_view> written_;
  std::deque<Mark> marks_;
  Raised text_;
  Raised cluster_;
  Raised story_;
  uint64_t incomplete_restores_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_INDEX_REPLICA_H_
