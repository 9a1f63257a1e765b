// Errors of Kafka for the metrics: how often the clients have told of each, and
// what each is as the cause of an abort.

#include <map>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "pipeline/kafka/client.h"

namespace wiredesk {
namespace {

// What the clients of the process have told.
class ErrorTally {
 public:
  static ErrorTally& Get() {
    static ErrorTally& tally = *new ErrorTally;
    return tally;
  }
  void Add(rd_kafka_resp_err_t error) {
    absl::MutexLock lock(&mutex_);
    ++counts_[error];
  }
  std::vector<KafkaErrorCount> Read() const {
    std::vector<KafkaErrorCount> counts;
    absl::MutexLock lock(&mutex_);
    for (const auto& [error, count] : counts_) {
      counts.push_back({rd_kafka_err2name(error), count});
    }
    return counts;
  }

 private:
  mutable absl::Mutex mutex_;
  // As many as librdkafka has codes.
  std::map<rd_kafka_resp_err_t, int64_t> counts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

void CountKafkaError(rd_kafka_resp_err_t error) {
  ErrorTally::Get().Add(error);
}

std::vector<KafkaErrorCount> KafkaErrorCounts() {
  return ErrorTally::Get().Read();
}

AbortCause KafkaCauseOf(rd_kafka_resp_err_t error) {
  switch (error) {
    case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
    case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST:
      return AbortCause::kRebalanced;
    case RD_KAFKA_RESP_ERR__FENCED:
    case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
    case RD_KAFKA_RESP_ERR_PRODUCER_FENCED:
    case RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
      return AbortCause::kFenced;
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
      return AbortCause::kTimedOut;
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
    case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_COORDINATOR:
    case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS:
    case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND:
      return AbortCause::kUnreachable;
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
      return AbortCause::kRefused;
    default:
      return AbortCause::kOther;
  }
}

}  // namespace wiredesk
