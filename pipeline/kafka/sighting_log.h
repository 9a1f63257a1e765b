// The sighting log in Kafka: a topic with one partition, which every instance
// reads all of.
//
// An appender produces its sightings and waits; the reader thread applies what
// comes back from the topic, in offset order, to the replica, and hands each
// waiter the decisions of its own entries. Which they are is told by a ticket,
// the Kafka key of the entry: a number drawn at start, and a counter. The
// value is the sighting and nothing else.
//
// Appends go through an idempotent producer outside of every transaction. An
// entry may thus be in the log though its batch is never delivered, or be there
// twice; the replica knows it again, so both are harmless.
//
// Replicas tell one another in the same topic what they run with: entries under
// another key, which are no sightings (pipeline/flow/replica_settings.h).
//
// A restart reads the last part of the log. The broker's clock stamps entries
// (LogAppendTime), so what is read is a stretch of its time; it is chosen twice
// as long as the window of the index, in case that the feed was catching up.

#ifndef WIREDESK_PIPELINE_KAFKA_SIGHTING_LOG_H_
#define WIREDESK_PIPELINE_KAFKA_SIGHTING_LOG_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "pipeline/flow/replica_settings.h"
#include "pipeline/flow/sighting_log.h"
#include "pipeline/kafka/client.h"
#include "pipeline/observe/metrics.h"

namespace wiredesk {

struct KafkaSightingLogOptions {
  std::string topic;  // must exist, with one partition
  // How much of the log a restart reads, back from its last entry.
  absl::Duration restore = absl::Hours(144);
  // How long an appender waits for its decisions.
  absl::Duration append_timeout = absl::Seconds(30);
  Metrics* metrics = nullptr;  // may be null; outlives the log
  // What this replica announces to the others: its name, and what it runs with
  // now. Empty: nothing is announced.
  std::string instance;
  std::function<Processing()> running;
};

// Thread-safe. Made by the command, shared by its workers; has one thread of
// its own, on which the replica is called.
class KafkaSightingLog : public SightingLog {
 public:
  struct Progress {
    int64_t applied = 0;    // entries, since the start
    int64_t remaining = 0;  // entries until the log is restored
  };

  // What it counts, before it is open.
  static Counter* AppliedCounter(Metrics& metrics);
  static Gauge* RemainingGauge(Metrics& metrics);

  // Finds where to begin and starts to read. `replica` must outlive this.
  // FailedPrecondition: the topic has more than one partition.
  static absl::StatusOr<std::unique_ptr<KafkaSightingLog>> Open(
      const KafkaClientOptions& client, const KafkaSightingLogOptions& options,
      SightingReplica* replica);
  ~KafkaSightingLog() override;

  // `sequence` is not used: the log itself gives the order. Unavailable: no
  // decision within append_timeout; the entries may be in the log or come
  // later. DataLoss: the log has failed for good, see status().
  absl::Status Append(int64_t sequence, absl::Span<const std::string> sightings,
                      std::vector<std::string>& decisions) override;

  // Whether everything is applied that was in the log at the start.
  bool restored() const { return restored_; }
  Progress progress() const;

  // OK, or why the log has failed for good (DataLoss): an entry could not be
  // applied, or entries that were not read yet are gone. To go on would be to
  // decide unlike the other instances.
  absl::Status status() const;

  // The topic was deleted, as somebody else has found out: the reader of 2.0.2
  // is not told.
  void Lose();

 private:
  // An appender that waits; lives on its stack.
  struct Waiter {
    uint64_t first = 0;  // its counters are first .. first + decisions->size()
    size_t applied = 0;
    std::vector<std::string>* decisions = nullptr;
    absl::Status failure;
  };

  KafkaSightingLog(const KafkaClientOptions& client,
                   const KafkaSightingLogOptions& options,
                   SightingReplica* replica);

  static void OnDelivered(rd_kafka_t* client, const rd_kafka_message_t* message,
                          void* self);

  absl::Status MakeProducer() ABSL_EXCLUSIVE_LOCKS_REQUIRED(produce_mutex_);
  absl::Status StartReader();
  absl::StatusOr<int64_t> FindStart(int64_t low, int64_t high);
  absl::StatusOr<absl::Time> TimeOfEntry(int64_t offset);
  absl::Status Produce(uint64_t first, absl::Span<const std::string> sightings);

  void Read();
  void Announce() ABSL_EXCLUSIVE_LOCKS_REQUIRED(produce_mutex_);
  absl::Status ApplyAll(absl::Span<rd_kafka_message_t* const> messages);
  absl::Status Apply(const rd_kafka_message_t& message);
  absl::Status OnError(const rd_kafka_message_t& message);
  void Resolve(uint64_t counter, std::string decision);
  void Fail(const absl::Status& status);
  void NoteProgress(int64_t next_offset);

  const KafkaClientOptions client_;
  const KafkaSightingLogOptions options_;
  SightingReplica* const replica_;
  const uint64_t nonce_;

  // One appender at a time, so that its entries lie together.
  absl::Mutex produce_mutex_;
  KafkaHandle producer_ ABSL_GUARDED_BY(produce_mutex_);
  KafkaTopicHandle producer_topic_ ABSL_GUARDED_BY(produce_mutex_);
  uint64_t next_counter_ ABSL_GUARDED_BY(produce_mutex_) = 0;

  // Used by the reader's thread only, once it runs.
  KafkaHandle reader_;
  KafkaTopicHandle reader_topic_;
  std::string decision_;
  SettingsBoard board_;
  Processing announced_;
  bool has_announced_ = false;
  bool answers_ = false;  // another replica has joined
  int64_t restore_end_ = 0;
  absl::Time start_ = absl::InfinitePast();
  absl::Time next_report_ = absl::InfinitePast();
  Counter* entries_ = nullptr;
  Gauge* remaining_gauge_ = nullptr;

  std::atomic<bool> stop_ = false;
  std::atomic<bool> restored_ = false;
  std::atomic<int64_t> applied_ = 0;
  std::atomic<int64_t> remaining_ = 0;

  mutable absl::Mutex mutex_;
  std::map<uint64_t, Waiter*> waiters_ ABSL_GUARDED_BY(mutex_);  // by `first`
  absl::Status status_ ABSL_GUARDED_BY(mutex_);

  std::thread thread_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_SIGHTING_LOG_H_
