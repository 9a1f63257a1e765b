// How often records were begun and never delivered, so that one which ends the
// program, or hangs it, does not stop its partition for ever.
//
// The count stands in the group, as the metadata of the committed offset, so
// that restarts and other instances know of it. Before a worker begins the first
// batch of a partition it adds one to what stands there; what is delivered
// commits a new offset, and with that the count is gone. Where it comes back to
// an offset that was begun three times, one of the records of that batch may be
// to blame: they are taken one by one, so that the next count is of a single
// record. When that one has been begun attempts_max times, it is a dead letter
// before any stage has seen it.
//
//   offset 100 is committed; record 103 ends the program; attempts_max is 5
//   begun: 100..199     metadata of 100: 1 of 100
//   begun: 100..199                      2
//   begun: 100..199                      3
//   begun: 100, 101, 102, then 103       metadata of 103: 4 of 97
//   begun: 103                                            5
//   dead letter: 103, and on with 104 and the others at once
//
// Only what the stages do counts. Where a batch came through them and could not
// be delivered, since brokers were away, say, its records are not to blame: the
// process remembers that (AttemptMemory). The committed offset itself is never
// changed here, so nothing can be passed over.
//
// The same text names the owner's transactional id. Where it was killed within a
// transaction, the brokers hold the offsets back until that times out, 15 s and
// up to 10 s more by default; the next owner ends it at once, by taking the id
// (KafkaSource::EndOpenTransactions).

#ifndef WIREDESK_PIPELINE_KAFKA_ATTEMPTS_H_
#define WIREDESK_PIPELINE_KAFKA_ATTEMPTS_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace wiredesk {

// From this attempt on records are taken one by one.
inline constexpr int kCarefulFrom = 3;

// What the metadata of a committed offset say.
struct AttemptNote {
  int attempts = 0;
  // Records of the batch that was begun, of which one may be to blame.
  int64_t records = 0;
  // The transactional id of who began it, or delivered what is before it; empty
  // where there are no transactions.
  std::string owner;
};

// "wiredesk attempts 3 of 100 by news-desk-7-0", and back; nothing where it is
// none of ours.
std::string AttemptText(const AttemptNote& note);
AttemptNote AttemptOf(absl::string_view metadata);

// Of one partition that is assigned.
struct Attempts {
  int before = 0;            // of the batch at the committed offset
  bool noted = false;        // this attempt is written down
  int64_t careful_left = 0;  // records that are still taken one by one
};

// What came through the stages of this process. Thread-safe; outlives the
// workers.
class AttemptMemory {
 public:
  void Processed(absl::string_view topic, int32_t partition, int64_t offset);
  // Whether this record came through before.
  bool WasProcessed(absl::string_view topic, int32_t partition,
                    int64_t offset) const;

 private:
  mutable absl::Mutex mutex_;
  // The last record of each partition that came through.
  std::map<std::pair<std::string, int32_t>, int64_t> last_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_ATTEMPTS_H_
