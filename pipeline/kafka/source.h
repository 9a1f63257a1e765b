// Raw records from Kafka, for one worker.
//
// The group assigns partitions, and takes them away again, inside of Poll
// alone: what is in flight is delivered before it is given up, if the group
// leaves time for that (set_drain), and a batch that is late finds its
// assignment gone (GroupMetadata) and is aborted. The positions go into the
// sink's transaction.
//
// Example, compiled in tests/examples/pipeline_examples.cc:
//
//   absl::StatusOr<std::unique_ptr<KafkaSource>> ReadNews(
//       const std::string& brokers) {
//     KafkaClientOptions client;
//     client.brokers = brokers;
//     KafkaSourceOptions options;
//     options.group = "desk";
//     options.topics = {"news.raw"};
//     options.lost_offsets = LostOffsets::kEarliest;
//     return KafkaSource::Make(client, options);
//   }

#ifndef WIREDESK_PIPELINE_KAFKA_SOURCE_H_
#define WIREDESK_PIPELINE_KAFKA_SOURCE_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "pipeline/flow/io.h"
#include "pipeline/kafka/attempts.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/lag.h"
#include "pipeline/kafka/topics.h"
#include "pipeline/observe/metrics.h"

namespace wiredesk {

// Where a partition without a committed offset begins.
enum class StartAt : uint8_t { kEarliest, kLatest };

// What to do when the committed offset is no longer in the log, because
// retention was faster than this program or the topic was recreated.
enum class LostOffsets : uint8_t { kStop, kEarliest, kLatest };

struct KafkaSourceOptions {
  std::string group;
  // Static membership: a worker that is back within the session timeout takes
  // its partitions again without a rebalance. Empty: none.
  std::string group_instance_id;
  std::vector<std::string> topics;  // names, and patterns that begin with '^'
  // Takes all partitions of `topics` at once, which are names, without joining
  // the group: nobody else may read for it.
  bool alone = false;
  StartAt start_at = StartAt::kEarliest;
  LostOffsets lost_offsets = LostOffsets::kStop;
  // A record that was begun this often and never delivered is a dead letter; 0:
  // none is. See attempts.h.
  int attempts_max = 0;
  AttemptMemory* memory = nullptr;  // may be null; outlives the source
  // Of the sink that commits this source's positions; empty: no transactions.
  std::string transactional_id;
  // Is told of topics that are gone. May be null; outlives the source.
  KafkaTopics* topic_watch = nullptr;
  // How long Poll waits for a first record.
  absl::Duration idle_wait = absl::Milliseconds(100);
  Metrics* metrics = nullptr;  // may be null; outlives the source
  // Whether the group has given this worker its share, which may be empty. May
  // be null; outlives the source.
  std::atomic<bool>* assigned = nullptr;
  // Set when the group says that another one has taken this member's place. May
  // be null; outlives the source.
  std::atomic<bool>* fenced = nullptr;
};

// Raw records from the partitions that the group assigns to this worker.
//
// Owned by one worker. One of its lanes at a time polls or rewinds; the
// callbacks of librdkafka run inside Poll, on the same thread. Meanwhile
// another lane may deliver an earlier batch: what that calls is thread-safe.
// What Poll appends is copied, so no message of librdkafka outlives the call.
//
// Positions are ours: librdkafka commits and stores nothing by itself, and it
// never chooses an offset by itself either, so nothing is skipped in silence.
class KafkaSource : public Source {
 public:
  // Connects and joins the group in the background. InvalidArgument: a property
  // is wrong.
  static absl::StatusOr<std::unique_ptr<KafkaSource>> Make(
      const KafkaClientOptions& client, const KafkaSourceOptions& options);

  absl::Status Poll(absl::Duration timeout, Batch& batch) override;
  absl::Status Rewind() override;
  void OnProcessed(const Batch& batch) override;
  void set_drain(const std::function<void()>& drain) override {
    drain_ = drain;
  }

  // For the transaction that delivers a batch with this assignment(). Aborted:
  // its partitions have been taken away since, so it is no longer this
  // worker's, even if they have come back. Thread-safe, as all below.
  absl::StatusOr<KafkaGroupMetadata> GroupMetadata(int64_t assignment) const;

  // Waits whether the group says that another process has taken this member's
  // place: Fenced(). OK if it says nothing of the kind for a while.
  absl::Status AwaitReplacement() const;

  // Unavailable: the group has another member of our name by now. Whether that
  // one lives is for the maker of the next worker to find out.
  absl::Status Fenced() const;

  // Commits outside of a transaction. Aborted: as above.
  absl::Status Commit(int64_t assignment,
                      absl::Span<const Position> positions) const;

 private:
  using Partition = KafkaLag::Partition;

  KafkaSource(const KafkaClientOptions& client,
              const KafkaSourceOptions& options);

  static void OnRebalance(rd_kafka_t* client, rd_kafka_resp_err_t event,
                          rd_kafka_topic_partition_list_t* partitions,
                          void* self);
  absl::Status Assign(const rd_kafka_topic_partition_list_t* partitions);
  void Revoke(rd_kafka_t* client);
  void SetAssigned(bool assigned);

  // Fills in the committed offsets, RD_KAFKA_OFFSET_INVALID where there is
  // none.
  absl::Status ReadCommitted(rd_kafka_topic_partition_list_t* partitions) const;
  // The offset to begin with. `committed` as from ReadCommitted.
  absl::StatusOr<int64_t> StartOf(const std::string& topic, int32_t partition,
                                  int64_t committed) const;
  absl::StatusOr<KafkaGroupMetadata> GroupMetadataLocked(
      int64_t assignment) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status OnError(const rd_kafka_message_t& message);
  void NoteMissing(absl::string_view topic) const;
  // What ended the consumer for good; OK if nothing has.
  absl::Status FatalStatus() const;
  void Append(const rd_kafka_message_t& message, Batch& batch);
  absl::Status TakeAll(absl::Duration timeout);
  absl::Status CommitList(int64_t assignment,
                          const rd_kafka_topic_partition_list_t& list) const;
  // Ends the transactions that the last owners of `partitions` have left open.
  void EndOpenTransactions(
      const rd_kafka_topic_partition_list_t& partitions) const;
  // Whether records are taken one by one, since one of them may be to blame.
  bool OneByOne() const;
  void ReadAttempts(const rd_kafka_topic_partition_list_t& committed);
  // Writes down that the batch is begun, and makes dead letters of what was
  // begun too often.
  absl::Status NoteAttempts(Batch& batch);
  absl::Status NoteAttempt(Batch& batch, uint32_t raw, Attempts& attempts);
  absl::Status WriteAttempt(int64_t assignment, const Origin& origin,
                            const AttemptNote& note) const;

  const KafkaClientOptions client_options_;
  const KafkaSourceOptions options_;
  std::vector<Header> headers_;  // scratch
  std::function<void()> drain_;

  // Written by the callbacks, inside Poll.
  absl::Status failure_;                    // for Poll to return
  bool revoked_ = false;                    // since the last message
  std::map<Partition, int64_t> starts_;     // what is assigned, from where
  std::map<Partition, Attempts> attempts_;  // of those, where there were some

  KafkaLag lag_;

  mutable absl::Mutex mutex_;
  // Counts the assignments.
  int64_t assignment_ ABSL_GUARDED_BY(mutex_) = 0;
  // Of the group, under which we were assigned; empty: nothing is assigned.
  std::string generation_ ABSL_GUARDED_BY(mutex_);

  // The last member: closing it calls OnRebalance.
  KafkaHandle client_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_SOURCE_H_
