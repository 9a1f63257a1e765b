#include "pipeline/kafka/client.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/base/thread_annotations.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "pipeline/kafka/error_rules.h"
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

// The library says it of a socket that it cannot open.
bool IsOutOfDescriptors(absl::string_view reason) {
  return absl::StrContains(reason, std::strerror(EMFILE)) ||
         absl::StrContains(reason, std::strerror(ENFILE));
}

// One broker away is told by what follows from it, all of them away at once.
bool IsWorthTelling(int error, absl::string_view reason) {
  return (error != RD_KAFKA_RESP_ERR__TRANSPORT &&
          error != RD_KAFKA_RESP_ERR__RESOLVE) ||
         IsOutOfDescriptors(reason);
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

struct CertificateTroubles {
  absl::Mutex mutex;
  std::string last ABSL_GUARDED_BY(mutex);
  std::string told ABSL_GUARDED_BY(mutex);
  absl::Time quiet_until ABSL_GUARDED_BY(mutex) = absl::InfinitePast();
};

CertificateTroubles& Troubles() {
  static auto* const troubles = new CertificateTroubles;
  return *troubles;
}

void NoteCertificateTrouble(const std::string& trouble) {
  CertificateTroubles& troubles = Troubles();
  absl::MutexLock lock(&troubles.mutex);
  troubles.last = trouble;
  const absl::Time now = absl::Now();
  if (troubles.told == trouble && now < troubles.quiet_until) return;
  LogError("certificate_refused", {{"reason", trouble}});
  troubles.told = trouble;
  troubles.quiet_until = now + absl::Minutes(5);
}

// OpenSSL has judged already; this only keeps why.
int OnCertificate(rd_kafka_t* /*client*/, const char* broker, int32_t /*id*/,
                  int* x509_error, int /*depth*/, const char* /*certificate*/,
                  size_t /*size*/, char* words, size_t words_size,
                  void* /*opaque*/) {
  if (*x509_error == 0) return 1;
  std::string trouble(CertificateTrouble(*x509_error));
  if (trouble.empty()) {
    trouble = absl::StrCat(
        "the broker's certificate is refused, for OpenSSL's reason ",
        *x509_error);
  }
  absl::SNPrintF(words, words_size, "%s", trouble);
  NoteCertificateTrouble(absl::StrCat(broker, ": ", trouble));
  return 0;
}

// "nosuch:9092" of "nosuch:9092/bootstrap: Failed to resolve 'nosuch:9092':
// Name or service not known".
absl::string_view QuotedIn(absl::string_view reason) {
  const size_t begin = reason.find('\'');
  if (begin == absl::string_view::npos) return reason;
  const size_t end = std::min(reason.find('\'', begin + 1), reason.size());
  return reason.substr(begin + 1, end - begin - 1);
}

// "what: words (NAME)", with the right that is missing, if one is.
absl::Status StatusOf(rd_kafka_resp_err_t error, absl::string_view what,
                      absl::string_view words, absl::string_view right) {
  const bool denied = !right.empty() && MeansMissingRight(error);
  return WithCause(
      absl::Status(
          KafkaRuleOf(error).status,
          absl::StrCat(what, ": ", words, " (", rd_kafka_err2name(error), ")",
                       denied ? "; the account needs the right " : "",
                       denied ? right : "")),
      KafkaCauseOf(error));
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
  const absl::string_view refused = AlertTrouble(reason);
  if (!refused.empty()) NoteCertificateTrouble(std::string(refused));
  if (!IsWorthTelling(error, reason) || !gate->Admit(code)) {
    LogDebug("kafka_error",
             {{"client", rd_kafka_name(client)}, {"reason", reason}});
    return;
  }
  const std::string told = absl::StrCat(
      reason, IsOutOfDescriptors(reason)
                  ? "; raise the limit of open files (ulimit -n, LimitNOFILE)"
                  : "");
  LogWarning("kafka_error", {{"client", rd_kafka_name(client)},
                             {"error", rd_kafka_err2name(code)},
                             {"reason", told}});
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

absl::Status KafkaStatus(rd_kafka_resp_err_t error, absl::string_view what,
                         absl::string_view right) {
  return StatusOf(error, what, rd_kafka_err2str(error), right);
}

std::string TakeCertificateTrouble() {
  CertificateTroubles& troubles = Troubles();
  absl::MutexLock lock(&troubles.mutex);
  return std::exchange(troubles.last, "");
}

absl::Status KafkaError::ToStatus(absl::string_view what,
                                  absl::string_view right) const {
  if (ok()) return absl::OkStatus();
  return StatusOf(code(), what, rd_kafka_error_string(error_.get()), right);
}

absl::StatusOr<KafkaConf> KafkaConf::Make(const KafkaClientOptions& options) {
  KafkaConf conf(rd_kafka_conf_new());
  rd_kafka_conf_set_error_cb(conf.get(), OnError);
  rd_kafka_conf_set_log_cb(conf.get(), OnLog);
  // Fails only where the library was built without TLS; then none is spoken.
  (void)rd_kafka_conf_set_ssl_cert_verify_cb(conf.get(), OnCertificate);
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
