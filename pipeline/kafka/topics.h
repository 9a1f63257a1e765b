#ifndef WIREDESK_PIPELINE_KAFKA_TOPICS_H_
#define WIREDESK_PIPELINE_KAFKA_TOPICS_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "pipeline/kafka/client.h"

namespace wiredesk {

// How a topic is made.
struct TopicSettings {
  int partitions = 6;
  int replication = -1;  // -1: the broker's default
  // "retention.ms" and the like.
  std::vector<std::pair<std::string, std::string>> config;
};

// Which topics there are, and the making of those that are missing.
//
// Thread-safe: one for the process, made by the command. What was found once is
// not asked for again, until somebody says that it is gone: Forget(), of a
// delivery that failed, or FindDeleted(), now and then. A topic that is gone is
// named by missing() until it is there again: Ensure() makes it, where that is
// allowed, or else somebody does.
class KafkaTopics {
 public:
  static absl::StatusOr<std::unique_ptr<KafkaTopics>> Make(
      const KafkaClientOptions& options, bool create_missing);

  // Whether a broker answers within `timeout`. Unauthenticated: it is there and
  // does not know us.
  absl::Status Ping(absl::Duration timeout);

  // Makes sure that `topic` is there, with any number of partitions, and makes
  // it if that is allowed. NotFound: it is not; the message gives the command.
  absl::Status Ensure(absl::string_view topic, const TopicSettings& settings);

  // NotFound: there is no such topic.
  absl::StatusOr<int> PartitionCount(absl::string_view topic);

  // Something about `topic` has failed: asks whether it is still there, and
  // forgets it if not.
  void Forget(absl::string_view topic);

  // Asks for each known topic whether it is still there, one request each.
  void FindDeleted();

  // Topics that were there and are gone.
  std::vector<std::string> missing() const;

 private:
  KafkaTopics(const KafkaClientOptions& options, bool create_missing);

  static void OnError(rd_kafka_t* client, int error, const char* reason,
                      void* self);

  bool IsGone(const std::string& topic);
  absl::Status Create(const std::string& topic, const TopicSettings& settings);
  absl::Status AwaitCreated(const std::string& topic);
  std::string CommandFor(const std::string& topic,
                         const TopicSettings& settings) const;

  const KafkaClientOptions options_;
  const bool create_missing_;
  absl::Mutex mutex_;
  absl::flat_hash_set<std::string> known_ ABSL_GUARDED_BY(mutex_);
  mutable absl::Mutex missing_mutex_;  // never held during a request
  absl::btree_set<std::string> missing_ ABSL_GUARDED_BY(missing_mutex_);
  absl::Mutex error_mutex_;
  absl::Status login_error_ ABSL_GUARDED_BY(error_mutex_);
  KafkaHandle client_;  // the last member: closing it calls OnError
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_TOPICS_H_
