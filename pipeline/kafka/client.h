// Kafka's clients as C++ objects: handles that free themselves, and errors that
// are absl::Status.
//
// librdkafka says of an error whether it is fatal, whether the transaction must
// be aborted, and whether the same call may be repeated; whoever runs a
// transaction asks a KafkaError in this order (sink.cc). Everybody else
// turns it into a Status and is done; what the code means stands in
// error_rules.h.
//
// This folder is the only one that knows librdkafka.

#ifndef WIREDESK_PIPELINE_KAFKA_CLIENT_H_
#define WIREDESK_PIPELINE_KAFKA_CLIENT_H_

#include <librdkafka/rdkafka.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "pipeline/flow/abort_cause.h"
#include "pipeline/record/event_record.h"

namespace wiredesk {

// How to reach the brokers: the same for every client of a process.
struct KafkaClientOptions {
  using Properties = std::vector<std::pair<std::string, std::string>>;

  std::string brokers = "localhost:9092";
  std::string client_id = "wiredesk";
  Properties common;    // librdkafka's names: TLS, SASL
  Properties consumer;  // passed through to consumers
  Properties producer;  // passed through to producers
  // For what the brokers answer at once: metadata, committed offsets.
  absl::Duration request_timeout = absl::Seconds(30);
};

// --- Handles ----------------------------------------------------------------

struct KafkaDeleter {
  void operator()(rd_kafka_t* client) const;  // closes a consumer first
  void operator()(rd_kafka_topic_t* topic) const {
    rd_kafka_topic_destroy(topic);
  }
  void operator()(rd_kafka_message_t* message) const {
    rd_kafka_message_destroy(message);
  }
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
  void operator()(rd_kafka_consumer_group_metadata_t* group) const {
    rd_kafka_consumer_group_metadata_destroy(group);
  }
  void operator()(rd_kafka_queue_t* queue) const {
    rd_kafka_queue_destroy(queue);
  }
  void operator()(rd_kafka_event_t* event) const {
    rd_kafka_event_destroy(event);
  }
  void operator()(const struct rd_kafka_metadata* metadata) const {
    rd_kafka_metadata_destroy(metadata);
  }
  void operator()(rd_kafka_conf_t* conf) const { rd_kafka_conf_destroy(conf); }
  void operator()(rd_kafka_error_t* error) const {
    rd_kafka_error_destroy(error);
  }
};

using KafkaHandle = std::unique_ptr<rd_kafka_t, KafkaDeleter>;
using KafkaTopicHandle = std::unique_ptr<rd_kafka_topic_t, KafkaDeleter>;
using KafkaMessage = std::unique_ptr<rd_kafka_message_t, KafkaDeleter>;
using KafkaPartitions =
    std::unique_ptr<rd_kafka_topic_partition_list_t, KafkaDeleter>;
inline KafkaPartitions NewPartitions(size_t size) {
  return KafkaPartitions(
      rd_kafka_topic_partition_list_new(static_cast<int>(size)));
}
using KafkaGroupMetadata =
    std::unique_ptr<rd_kafka_consumer_group_metadata_t, KafkaDeleter>;
using KafkaQueue = std::unique_ptr<rd_kafka_queue_t, KafkaDeleter>;
using KafkaEvent = std::unique_ptr<rd_kafka_event_t, KafkaDeleter>;
using KafkaMetadata =
    std::unique_ptr<const struct rd_kafka_metadata, KafkaDeleter>;

// --- The library ------------------------------------------------------------

// "2.0.2".
std::string KafkaLibraryVersion();

// Whether SCRAM works with every broker: before 2.6.1 the library sends a nonce
// that Kafka 4 refuses.
bool KafkaLibrarySpeaksScram();

// --- Errors -----------------------------------------------------------------

// "what: the broker's words". Never OK. The code is that of error_rules.h.
// `right` is the one that the call needs, such as "Write on topic news.events";
// it is told where the brokers miss a right.
absl::Status KafkaStatus(rd_kafka_resp_err_t error, absl::string_view what,
                         absl::string_view right = "");

// Why a broker's certificate was refused, or this client's by a broker, since
// this was asked last; empty if none was. Of all clients of the process.
std::string TakeCertificateTrouble();

// What a call that may return an rd_kafka_error_t has returned.
class KafkaError {
 public:
  // Takes `error`; null is success.
  explicit KafkaError(rd_kafka_error_t* error) : error_(error) {}

  bool ok() const { return error_ == nullptr; }
  bool fatal() const { return !ok() && rd_kafka_error_is_fatal(error_.get()); }
  bool requires_abort() const {
    return !ok() && rd_kafka_error_txn_requires_abort(error_.get());
  }
  bool retriable() const {
    return !ok() && rd_kafka_error_is_retriable(error_.get());
  }
  rd_kafka_resp_err_t code() const {
    return ok() ? RD_KAFKA_RESP_ERR_NO_ERROR
                : rd_kafka_error_code(error_.get());
  }
  absl::Status ToStatus(absl::string_view what,
                        absl::string_view right = "") const;

 private:
  std::unique_ptr<rd_kafka_error_t, KafkaDeleter> error_;
};

// --- Making clients ---------------------------------------------------------

// Collects properties, then makes one client of them.
class KafkaConf {
 public:
  // The common properties, and logging.
  static absl::StatusOr<KafkaConf> Make(const KafkaClientOptions& options);

  // InvalidArgument names the property. The last one set wins.
  absl::Status Set(absl::string_view name, absl::string_view value);
  absl::Status SetAll(const KafkaClientOptions::Properties& properties);

  // For callbacks. Errors are logged; who sets a callback of its own for them
  // calls LogKafkaError in there.
  rd_kafka_conf_t* get() { return conf_.get(); }

  // Makes the client. FailedPrecondition: properties do not go together.
  absl::StatusOr<KafkaHandle> NewClient(rd_kafka_type_t type) &&;

 private:
  explicit KafkaConf(rd_kafka_conf_t* conf) : conf_(conf) {}

  std::unique_ptr<rd_kafka_conf_t, KafkaDeleter> conf_;
};

// How often the clients of this process have told of an error, by librdkafka's
// name of it, since its start (error_tally.cc).
struct KafkaErrorCount {
  std::string error;
  int64_t count = 0;
};
void CountKafkaError(rd_kafka_resp_err_t error);
std::vector<KafkaErrorCount> KafkaErrorCounts();

// What it is as the cause of an abort.
AbortCause KafkaCauseOf(rd_kafka_resp_err_t error);

// An error that a client tells of itself: counted, and logged once in a while.
void LogKafkaError(rd_kafka_t* client, int error, const char* reason);

// Appends the headers of a message, in its memory.
void AppendKafkaHeaders(const rd_kafka_message_t& message,
                        std::vector<Header>& headers);
// The time that a producer or a broker gave it, if any.
std::optional<absl::Time> KafkaTimestamp(const rd_kafka_message_t& message);

// Milliseconds for librdkafka, at least 0.
int KafkaMillis(absl::Duration duration);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_CLIENT_H_
