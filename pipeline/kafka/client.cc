#include "pipeline/kafka/client.h"

#include <algorithm>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "pipeline/observe/log.h"

namespace wiredesk {
namespace {

// A broker that is away makes every client of the process complain several
// times a second. The operator wants to hear it once, and again now and then.
class ErrorGate {
 public:
  bool Admit(rd_kafka_resp_err_t error) {
    absl::MutexLock lock(&mutex_);
    const absl::Time now = absl::Now();
    if (error == last_ && now < quiet_until_) return false;
    last_ = error;
    quiet_until_ = now + absl::Minutes(5);
    return true;
  }

 private:
  absl::Mutex mutex_;
  rd_kafka_resp_err_t last_ ABSL_GUARDED_BY(mutex_) =
      RD_KAFKA_RESP_ERR_NO_ERROR;
  absl::Time quiet_until_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

// One broker away is told by what follows from it, all of them away at once.
bool IsWorthTelling(int error) {
  return error != RD_KAFKA_RESP_ERR__TRANSPORT &&
         error != RD_KAFKA_RESP_ERR__RESOLVE;
}

void OnError(rd_kafka_t* client, int error, const char* reason,
             void* /*opaque*/) {
  LogKafkaError(client, error, reason);
}

// librdkafka's own lines tell of every reconnect; what matters comes as an
// error too.
void OnLog(const rd_kafka_t* client, int /*level*/, const char* facility,
           const char* text) {
  LogDebug("librdkafka", {{"client", rd_kafka_name(client)},
                          {"facility", facility},
                          {"text", text}});
}

absl::StatusCode CodeOf(rd_kafka_resp_err_t error) {
  switch (error) {
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
      return absl::StatusCode::kPermissionDenied;
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
      return absl::StatusCode::kUnauthenticated;
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      return absl::StatusCode::kNotFound;
    case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
      return absl::StatusCode::kFailedPrecondition;
    default:
      return absl::StatusCode::kUnavailable;
  }
}

// "nosuch:9092" of "nosuch:9092/bootstrap: Failed to resolve 'nosuch:9092':
// Name or service not known".
absl::string_view QuotedIn(absl::string_view reason) {
  const size_t begin = reason.find('\'');
  if (begin == absl::string_view::npos) return reason;
  const size_t end = std::min(reason.find('\'', begin + 1), reason.size());
  return reason.substr(begin + 1, end - begin - 1);
}

// A wrong name is for the operator to correct; a broker that is away is not.
void LogUnknownHost(rd_kafka_t* client, absl::string_view reason) {
  static ErrorGate* const gate = new ErrorGate;
  if (!gate->Admit(RD_KAFKA_RESP_ERR__RESOLVE)) return;
  LogWarning("unknown_host", {{"host", QuotedIn(reason)},
                              {"client", rd_kafka_name(client)},
                              {"remedy",
                               "see kafka.brokers, and the names that the "
                               "brokers advertise"}});
}

}  // namespace

void LogKafkaError(rd_kafka_t* client, int error, const char* reason) {
  static ErrorGate* const gate = new ErrorGate;
  const auto code = static_cast<rd_kafka_resp_err_t>(error);
  CountKafkaError(code);
  if (code == RD_KAFKA_RESP_ERR__RESOLVE) LogUnknownHost(client, reason);
  if (!IsWorthTelling(error) || !gate->Admit(code)) {
    LogDebug("kafka_error",
             {{"client", rd_kafka_name(client)}, {"reason", reason}});
    return;
  }
  LogWarning("kafka_error", {{"client", rd_kafka_name(client)},
                             {"error", rd_kafka_err2name(code)},
                             {"reason", reason}});
}

void KafkaDeleter::operator()(rd_kafka_t* client) const {
  if (rd_kafka_type(client) == RD_KAFKA_CONSUMER) {
    rd_kafka_consumer_close(client);
  } else {
    // What is still queued belongs to a batch that was not delivered.
    rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  }
  rd_kafka_destroy(client);
}

std::string KafkaLibraryVersion() { return rd_kafka_version_str(); }

bool KafkaLibrarySpeaksScram() { return rd_kafka_version() >= 0x020601ff; }

absl::Status KafkaStatus(rd_kafka_resp_err_t error, absl::string_view what) {
  return WithCause(
      absl::Status(CodeOf(error),
                   absl::StrCat(what, ": ", rd_kafka_err2str(error), " (",
                                rd_kafka_err2name(error), ")")),
      KafkaCauseOf(error));
}

absl::Status KafkaError::ToStatus(absl::string_view what) const {
  if (ok()) return absl::OkStatus();
  return WithCause(
      absl::Status(CodeOf(code()),
                   absl::StrCat(what, ": ", rd_kafka_error_string(error_.get()),
                                " (", rd_kafka_error_name(error_.get()), ")")),
      KafkaCauseOf(code()));
}

absl::StatusOr<KafkaConf> KafkaConf::Make(const KafkaClientOptions& options) {
  KafkaConf conf(rd_kafka_conf_new());
  rd_kafka_conf_set_error_cb(conf.get(), OnError);
  rd_kafka_conf_set_log_cb(conf.get(), OnLog);
  WD_RETURN_IF_ERROR(conf.Set("bootstrap.servers", options.brokers));
  WD_RETURN_IF_ERROR(conf.Set("client.id", options.client_id));
  // Off by default until 2.10; costs 40 ms now and then.
  WD_RETURN_IF_ERROR(conf.Set("socket.nagle.disable", "true"));
  WD_RETURN_IF_ERROR(conf.Set("log.connection.close", "false"));
  WD_RETURN_IF_ERROR(conf.Set("reconnect.backoff.max.ms", "2000"));
  WD_RETURN_IF_ERROR(conf.SetAll(options.common));
  return conf;
}

absl::Status KafkaConf::Set(absl::string_view name, absl::string_view value) {
  char why[512];
  if (rd_kafka_conf_set(conf_.get(), std::string(name).c_str(),
                        std::string(value).c_str(), why,
                        sizeof(why)) != RD_KAFKA_CONF_OK) {
    return absl::InvalidArgumentError(
        absl::StrCat("kafka property ", name, ": ", why));
  }
  return absl::OkStatus();
}

absl::Status KafkaConf::SetAll(
    const KafkaClientOptions::Properties& properties) {
  for (const auto& [name, value] : properties) {
    WD_RETURN_IF_ERROR(Set(name, value));
  }
  return absl::OkStatus();
}

absl::StatusOr<KafkaHandle> KafkaConf::NewClient(rd_kafka_type_t type) && {
  char why[512];
  KafkaHandle client(rd_kafka_new(type, conf_.get(), why, sizeof(why)));
  if (client == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot make a Kafka client: ", why));
  }
  (void)conf_.release();  // the client has it now
  return client;
}

void AppendKafkaHeaders(const rd_kafka_message_t& message,
                        std::vector<Header>& headers) {
  rd_kafka_headers_t* list = nullptr;
  if (rd_kafka_message_headers(&message, &list) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return;
  }
  const char* name = nullptr;
  const void* value = nullptr;
  size_t size = 0;
  for (size_t i = 0; rd_kafka_header_get_all(list, i, &name, &value, &size) ==
                     RD_KAFKA_RESP_ERR_NO_ERROR;
       ++i) {
    headers.push_back({name, {static_cast<const char*>(value), size}});
  }
}

std::optional<absl::Time> KafkaTimestamp(const rd_kafka_message_t& message) {
  rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  const int64_t millis = rd_kafka_message_timestamp(&message, &type);
  if (type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE || millis < 0) {
    return std::nullopt;
  }
  return absl::FromUnixMillis(millis);
}

int KafkaMillis(absl::Duration duration) {
  return static_cast<int>(
      std::max<int64_t>(0, absl::ToInt64Milliseconds(duration)));
}

}  // namespace wiredesk
