#include "pipeline/kafka/error_rules.h"

#include <algorithm>

#include "absl/strings/numbers.h"

namespace wiredesk {
namespace {

using Code = absl::StatusCode;

constexpr KafkaAction kRetry = KafkaAction::kRetry;
constexpr KafkaAction kAbort = KafkaAction::kAbort;
constexpr KafkaAction kRestart = KafkaAction::kRestart;
constexpr KafkaAction kStop = KafkaAction::kStop;

constexpr KafkaErrorRule kRules[] = {
    // --- The way to a broker, which the library finds again.
    {RD_KAFKA_RESP_ERR__TRANSPORT, kRetry, Code::kUnavailable,
     "a connection has broken"},
    {RD_KAFKA_RESP_ERR__RESOLVE, kRetry, Code::kUnavailable,
     "a broker's name is not found"},
    {RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, kRetry, Code::kUnavailable,
     "no broker answers"},
    {RD_KAFKA_RESP_ERR__TIMED_OUT, kRetry, Code::kUnavailable,
     "a broker has not answered in time"},
    {RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, kRetry, Code::kUnavailable,
     "a request was not sent in time"},
    {RD_KAFKA_RESP_ERR__WAIT_COORD, kRetry, Code::kUnavailable,
     "the coordinator is looked for"},
    {RD_KAFKA_RESP_ERR__WAIT_CACHE, kRetry, Code::kUnavailable,
     "the metadata are asked for"},
    {RD_KAFKA_RESP_ERR__SSL, kRetry, Code::kUnavailable,
     "a handshake has failed; where the cause is a certificate, it is told"},
    {RD_KAFKA_RESP_ERR__QUEUE_FULL, kRetry, Code::kUnavailable,
     "the local queue is full for the moment"},
    {RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, kRetry, Code::kUnavailable,
     "the replicas have not answered in time"},
    {RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION, kRetry, Code::kUnavailable,
     "a broker has lost its connection"},
    {RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, kRetry, Code::kUnavailable,
     "a broker is down"},
    {RD_KAFKA_RESP_ERR_THROTTLING_QUOTA_EXCEEDED, kRetry, Code::kUnavailable,
     "a quota makes requests wait"},
    // --- Who leads and who coordinates, which changes.
    {RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, kRetry, Code::kUnavailable,
     "the partition has no leader for the moment"},
    {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, kRetry, Code::kUnavailable,
     "the partition has another leader"},
    {RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE, kRetry, Code::kUnavailable,
     "a replica is not there for the moment"},
    {RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH, kRetry, Code::kUnavailable,
     "the partition has another leader"},
    {RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH, kRetry, Code::kUnavailable,
     "a broker does not know of the new leader yet"},
    {RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE, kRetry, Code::kUnavailable,
     "the new leader does not know the end of the log yet"},
    {RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, kRetry, Code::kUnavailable,
     "too few replicas are in sync for the moment"},
    {RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND, kRetry,
     Code::kUnavailable, "too few replicas are in sync for the moment"},
    {RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR, kRetry, Code::kUnavailable,
     "a broker's disk has failed; another replica takes over"},
    {RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, kRetry, Code::kUnavailable,
     "the coordinator reads its log"},
    {RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, kRetry, Code::kUnavailable,
     "there is no coordinator for the moment"},
    {RD_KAFKA_RESP_ERR_NOT_COORDINATOR, kRetry, Code::kUnavailable,
     "the coordinator has moved"},
    {RD_KAFKA_RESP_ERR_NOT_CONTROLLER, kRetry, Code::kUnavailable,
     "the controller has moved"},
    {RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, kRetry, Code::kUnavailable,
     "the transaction before is still being ended"},
    {RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT, kRetry, Code::kUnavailable,
     "an open transaction holds offsets of these partitions"},
    {RD_KAFKA_RESP_ERR_FETCH_SESSION_ID_NOT_FOUND, kRetry, Code::kUnavailable,
     "a broker has dropped a fetch session"},
    {RD_KAFKA_RESP_ERR_INVALID_FETCH_SESSION_EPOCH, kRetry, Code::kUnavailable,
     "a broker has dropped a fetch session"},
    {RD_KAFKA_RESP_ERR_REASSIGNMENT_IN_PROGRESS, kRetry, Code::kUnavailable,
     "partitions are moved between brokers"},
    {RD_KAFKA_RESP_ERR__PARTITION_EOF, kRetry, Code::kUnavailable,
     "not an error: the end of a partition"},
    // --- The group goes on without this member, for now.
    {RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, kAbort, Code::kUnavailable,
     "the group has rebalanced"},
    {RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, kAbort, Code::kUnavailable,
     "the group has put this member out"},
    {RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, kAbort, Code::kUnavailable,
     "the group rebalances"},
    {RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST, kAbort, Code::kUnavailable,
     "the partitions belong to others"},
    {RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED, kAbort, Code::kUnavailable,
     "a batch took longer than max.poll.interval.ms"},
    {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, kAbort, Code::kUnavailable,
     "a message is larger than the topic takes; it becomes a dead letter"},
    // --- New clients are needed.
    {RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, kRestart, Code::kUnavailable,
     "the topic was deleted, or was made a moment ago"},
    {RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, kRestart, Code::kUnavailable,
     "the topic was deleted, or was made a moment ago"},
    {RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, kRestart, Code::kUnavailable,
     "the topic was recreated with fewer partitions"},
    {RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, kRestart, Code::kUnavailable,
     "the position is no longer in the log; source.on_lost_offsets decides"},
    {RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE, kRestart, Code::kUnavailable,
     "the position is no longer in the log; source.on_lost_offsets decides"},
    {RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, kRestart, Code::kUnavailable,
     "a message was not taken in time, and may still arrive"},
    {RD_KAFKA_RESP_ERR__PURGE_QUEUE, kRestart, Code::kUnavailable,
     "an abort took a message with it"},
    {RD_KAFKA_RESP_ERR__PURGE_INFLIGHT, kRestart, Code::kUnavailable,
     "an abort took a message with it that may still arrive"},
    {RD_KAFKA_RESP_ERR__FENCED, kRestart, Code::kUnavailable,
     "another producer has this one's transactional id, or it timed out"},
    {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, kRestart, Code::kUnavailable,
     "another producer has this one's transactional id, or it timed out"},
    {RD_KAFKA_RESP_ERR_PRODUCER_FENCED, kRestart, Code::kUnavailable,
     "another producer has this one's transactional id, or it timed out"},
    {RD_KAFKA_RESP_ERR_TRANSACTION_COORDINATOR_FENCED, kRestart,
     Code::kUnavailable, "the transaction's coordinator has moved"},
    {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING, kRestart,
     Code::kUnavailable, "the brokers have forgotten the transactional id"},
    {RD_KAFKA_RESP_ERR_INVALID_TXN_STATE, kRestart, Code::kUnavailable,
     "the transaction was ended by the brokers"},
    {RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID, kRestart, Code::kUnavailable,
     "retention took what the brokers knew of the producer"},
    {RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, kRestart,
     Code::kUnavailable, "a message before this one is missing"},
    {RD_KAFKA_RESP_ERR_DUPLICATE_SEQUENCE_NUMBER, kRestart, Code::kUnavailable,
     "a message has arrived before"},
    {RD_KAFKA_RESP_ERR__INCONSISTENT, kRestart, Code::kUnavailable,
     "the client's count of messages is not the broker's"},
    {RD_KAFKA_RESP_ERR__GAPLESS_GUARANTEE, kRestart, Code::kUnavailable,
     "a message before this one was given up"},
    {RD_KAFKA_RESP_ERR__FATAL, kRestart, Code::kUnavailable,
     "the client is of no use any more"},
    {RD_KAFKA_RESP_ERR__STATE, kRestart, Code::kUnavailable,
     "the client is not in the state for this call"},
    {RD_KAFKA_RESP_ERR_INVALID_MSG, kRestart, Code::kUnavailable,
     "bytes were damaged on their way or on a disk"},
    {RD_KAFKA_RESP_ERR__BAD_MSG, kRestart, Code::kUnavailable,
     "bytes were damaged on their way or on a disk"},
    {RD_KAFKA_RESP_ERR__BAD_COMPRESSION, kRestart, Code::kUnavailable,
     "bytes were damaged on their way or on a disk"},
    {RD_KAFKA_RESP_ERR_UNKNOWN, kRestart, Code::kUnavailable,
     "a broker has met an error of its own; its log says which"},
    {RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, kRestart, Code::kFailedPrecondition,
     "another process has this member's name; the service waits whether it "
     "lives"},
    // --- Somebody must act.
    {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, kStop,
     Code::kPermissionDenied, "the account lacks a right on a topic"},
    {RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, kStop,
     Code::kPermissionDenied, "the account lacks a right on a group"},
    {RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, kStop,
     Code::kPermissionDenied, "the account lacks a right on the cluster"},
    {RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, kStop,
     Code::kPermissionDenied, "the account lacks a right on transactions"},
    {RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, kStop,
     Code::kUnauthenticated, "the brokers refuse the user or the password"},
    {RD_KAFKA_RESP_ERR__AUTHENTICATION, kStop, Code::kUnauthenticated,
     "the brokers refuse the user or the password"},
    {RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM, kStop,
     Code::kUnauthenticated, "the listener has no such SASL mechanism"},
    {RD_KAFKA_RESP_ERR_ILLEGAL_SASL_STATE, kStop, Code::kUnauthenticated,
     "the listener speaks another security protocol"},
    {RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION, kStop, Code::kInvalidArgument,
     "the brokers refuse the topic's name"},
    {RD_KAFKA_RESP_ERR_INVALID_PARTITIONS, kStop, Code::kInvalidArgument,
     "the brokers refuse new_topics.partitions"},
    {RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR, kStop,
     Code::kInvalidArgument,
     "the cluster has fewer brokers than new_topics.replication says"},
    {RD_KAFKA_RESP_ERR_INVALID_CONFIG, kStop, Code::kInvalidArgument,
     "the brokers refuse a property of new_topics.config"},
    {RD_KAFKA_RESP_ERR_POLICY_VIOLATION, kStop, Code::kFailedPrecondition,
     "a policy of the cluster refuses the topic"},
    {RD_KAFKA_RESP_ERR_INVALID_SESSION_TIMEOUT, kStop, Code::kInvalidArgument,
     "session.timeout.ms is out of the brokers' bounds"},
    {RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT, kStop,
     Code::kInvalidArgument,
     "kafka.transaction_timeout is more than the brokers' "
     "transaction.max.timeout.ms"},
    {RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL, kStop,
     Code::kFailedPrecondition,
     "the group has members of another kind; kafka.group names a group of its "
     "own"},
    {RD_KAFKA_RESP_ERR_GROUP_MAX_SIZE_REACHED, kStop, Code::kFailedPrecondition,
     "the group has as many members as group.max.size allows"},
    {RD_KAFKA_RESP_ERR_INVALID_GROUP_ID, kStop, Code::kInvalidArgument,
     "the brokers refuse the group's name"},
    {RD_KAFKA_RESP_ERR_OFFSET_METADATA_TOO_LARGE, kStop,
     Code::kFailedPrecondition,
     "offset.metadata.max.bytes of the brokers is less than 64"},
    {RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION, kStop, Code::kFailedPrecondition,
     "the brokers are older than 2.5, or newer than the client knows"},
    {RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, kStop, Code::kFailedPrecondition,
     "the brokers are older than 2.5, or newer than the client knows"},
    {RD_KAFKA_RESP_ERR_UNSUPPORTED_COMPRESSION_TYPE, kStop,
     Code::kFailedPrecondition,
     "the topic does not take what kafka.compression says"},
    {RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP, kStop, Code::kFailedPrecondition,
     "the topic refuses the records' times; see its message.timestamp "
     "properties"},
    {RD_KAFKA_RESP_ERR_INVALID_RECORD, kStop, Code::kFailedPrecondition,
     "the topic refuses the records, such as those without key where it is "
     "compacted"},
    {RD_KAFKA_RESP_ERR_SECURITY_DISABLED, kStop, Code::kFailedPrecondition,
     "the cluster has no authorizer"},
};

constexpr KafkaErrorRule kDefault = {
    RD_KAFKA_RESP_ERR_UNKNOWN, kRestart, Code::kUnavailable,
    "not an error that is expected of the requests that are made"};

// Numbers of OpenSSL's x509_vfy.h, part of its ABI, so that a build needs no
// more headers than librdkafka's.
enum CertificateError : int {
  kNoIssuer = 2,
  kBadSignature = 7,
  kNotYetValid = 9,
  kExpired = 10,
  kSelfSigned = 18,
  kSelfSignedInChain = 19,
  kNoIssuerHere = 20,
  kNoLeafSignature = 21,
  kRevoked = 23,
  kWrongPurpose = 26,
  kWrongHost = 62,
  kWrongAddress = 64,
  kShortKey = 66,
  kWeakDigest = 68,
  kNotAnAuthority = 79,
};

constexpr absl::string_view kUnknownAuthority =
    "the broker's certificate was issued by an authority that "
    "kafka.tls.ca_file does not hold";

struct CertificateRule {
  int x509_error;
  absl::string_view trouble;
};

constexpr CertificateRule kCertificates[] = {
    {kExpired,
     "the broker's certificate has expired; renew it, or check this host's "
     "clock"},
    {kNotYetValid,
     "the broker's certificate is not valid yet; check this host's clock"},
    {kWrongHost,
     "the broker's certificate is for another host name; use the name that "
     "stands in it, or have it reissued with this one"},
    {kWrongAddress,
     "the broker's certificate is for another address; use the name that "
     "stands in it, or have it reissued with this one"},
    {kNoIssuer, kUnknownAuthority},
    {kNoIssuerHere, kUnknownAuthority},
    {kNoLeafSignature, kUnknownAuthority},
    {kSelfSignedInChain, kUnknownAuthority},
    {kSelfSigned,
     "the broker's certificate is self-signed and not in kafka.tls.ca_file"},
    {kBadSignature,
     "the signature of the broker's certificate is not that of the authority "
     "in kafka.tls.ca_file"},
    {kRevoked, "the broker's certificate was revoked"},
    {kNotAnAuthority,
     "a certificate in the broker's chain may not issue others"},
    {kWrongPurpose, "the broker's certificate is not one for servers"},
    {kShortKey,
     "the key of the broker's certificate is too short for this host's "
     "OpenSSL"},
    {kWeakDigest,
     "the broker's certificate is signed with a digest that is too weak for "
     "this host's OpenSSL"},
};

constexpr absl::string_view kAlert = "SSL alert number ";

constexpr absl::string_view kNoCertificate =
    "the brokers ask for a certificate of this client, and got none or one "
    "that "
    "they refuse; see kafka.tls.certificate_file";

struct AlertRule {
  int number;  // of RFC 8446, 6.2
  absl::string_view trouble;
};

constexpr AlertRule kAlerts[] = {
    {40,
     "the broker and this host's OpenSSL have no version or cipher of TLS in "
     "common, or the broker asks for a certificate of this client"},
    {42, kNoCertificate},
    {43, "the brokers refuse the kind of this client's certificate"},
    {44, "this client's certificate was revoked"},
    {45, "this client's certificate has expired"},
    {46, kNoCertificate},
    {48,
     "the brokers do not trust the authority that issued this client's "
     "certificate"},
    {70, "the broker does not speak this host's versions of TLS"},
    {116, kNoCertificate},
};

}  // namespace

const KafkaErrorRule& KafkaRuleOf(rd_kafka_resp_err_t code) {
  for (const KafkaErrorRule& rule : kRules) {
    if (rule.code == code) return rule;
  }
  return kDefault;
}

bool MeansMissingTopic(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART ||
         code == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC ||
         code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION;
}

bool MeansMissingRight(rd_kafka_resp_err_t code) {
  return KafkaRuleOf(code).status == absl::StatusCode::kPermissionDenied;
}

absl::string_view CertificateTrouble(int x509_error) {
  for (const CertificateRule& rule : kCertificates) {
    if (rule.x509_error == x509_error) return rule.trouble;
  }
  return "";
}

absl::string_view AlertTrouble(absl::string_view words) {
  const size_t found = words.find(kAlert);
  if (found == absl::string_view::npos) return "";
  words.remove_prefix(found + kAlert.size());
  const size_t digits =
      std::min(words.find_first_not_of("0123456789"), words.size());
  int number = 0;
  if (!absl::SimpleAtoi(words.substr(0, digits), &number)) return "";
  for (const AlertRule& rule : kAlerts) {
    if (rule.number == number) return rule.trouble;
  }
  return "";
}

}  // namespace wiredesk
