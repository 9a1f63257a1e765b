#ifndef WIREDESK_PIPELINE_SERVICE_SERVICE_H_
#define WIREDESK_PIPELINE_SERVICE_SERVICE_H_

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "pipeline/flow/accounting.h"
#include "pipeline/flow/chain.h"
#include "pipeline/flow/supervisor.h"
#include "pipeline/observe/admin_server.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/observe/tap.h"
#include "pipeline/observe/tracer.h"
#include "pipeline/service/instance_name.h"
#include "pipeline/service/kafka_settings.h"
#include "pipeline/service/options.h"

namespace wiredesk {

// The chain between Kafka topics: what `wiredesk run` runs, and the demo on its
// own broker.
//
// Made and run by a command's thread. Stop(), ready() and healthy() may come
// from any thread.
class Service {
 public:
  // All must outlive this; `tap` may be null.
  Service(const PipelineOptions& options, Chain* chain, Metrics* metrics,
          Accounting* accounting, Tap* tap = nullptr);
  ~Service();

  // Waits for the brokers, makes or checks the topics, restores the sighting
  // log, and runs the workers until Stop(). Other errors than of
  // Supervisor::Run: NotFound (a topic, with the command that makes it),
  // PermissionDenied, FailedPrecondition (what is there does not fit).
  absl::Status Run();

  // Lets the batches in flight finish, and no more.
  void Stop();

  // The conditions of being ready: "brokers", "topics", "restored",
  // "assigned".
  std::vector<ReadyCondition> ready() const;
  // Whether the process still does its work.
  absl::Status healthy() const;

 private:
  class BrokerWatch;

  // A worker as a member of the group.
  struct Member {
    std::atomic<bool> assigned = false;
    std::atomic<bool> fenced = false;
    // Since when; used by the worker's thread only.
    absl::Time fenced_since = absl::InfiniteFuture();
  };

  absl::Status Prepare();
  absl::Status AwaitBrokers();
  absl::Status RecreateTopics();
  void FindDeletedTopics();
  void TellWhatIsAwaited();
  absl::Status EnsureTopics();
  absl::Status RestoreLog();
  absl::StatusOr<std::unique_ptr<Worker>> MakeWorker(int index);
  absl::Status AwaitName(const std::string& name, Member& member) const;
  // Repeats a step while the brokers are away. Cancelled: Stop() was called.
  template <typename Step>
  absl::Status Persist(Step step);
  bool PauseOrStop(absl::Duration time) const;

  const InstanceName name_;        // where the configuration gives none
  const PipelineOptions options_;  // with the name
  const KafkaClientOptions client_;
  const std::string instance_;
  Chain* const chain_;
  Metrics* const metrics_;
  Accounting* const accounting_;
  Tap* const tap_;

  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool restored_ ABSL_GUARDED_BY(mutex_) = false;
  const KafkaSightingLog* watched_log_ ABSL_GUARDED_BY(mutex_) = nullptr;

  std::vector<Member> members_;  // by worker
  // Of the thread that watches the brokers.
  absl::Time unassigned_since_ = absl::InfiniteFuture();
  std::string awaited_;
  std::string missing_told_;
  std::unique_ptr<Tracer> tracer_;  // null: no traces
  RecordWatch record_watch_;
  AttemptMemory attempt_memory_;
  std::unique_ptr<KafkaTopics> topics_;
  std::unique_ptr<BrokerWatch> watch_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<KafkaSightingLog> log_;
  Supervisor supervisor_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_SERVICE_SERVICE_H_
