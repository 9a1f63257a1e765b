// What each error of Kafka means for this program: one table for all of its
// clients.
//
//   retry    the library repeats it by itself, or the same call may be made
//            again; where a call gives up all the same, the worker is recreated
//   abort    a plain refusal, with nothing on its way: the batch is aborted and
//            read again, with the same clients
//   restart  the worker is recreated, with new clients and positions
//   stop     time does not heal it: the process ends, and somebody must act
//
//   KafkaRuleOf(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
//       -> stop, PermissionDenied, "the account lacks a right on a topic"
//
// What librdkafka itself says of a transaction (fatal, abort, retriable) comes
// first; sink.cc has that order. A code without a row asks for a restart: new
// clients are right after any surprise, and the supervisor's pauses keep them
// rare.
//
// The second table says why a broker's certificate was refused. The library's
// own words are the same for all causes.

#ifndef WIREDESK_PIPELINE_KAFKA_ERROR_RULES_H_
#define WIREDESK_PIPELINE_KAFKA_ERROR_RULES_H_

#include <librdkafka/rdkafka.h>

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace wiredesk {

enum class KafkaAction : uint8_t { kRetry, kAbort, kRestart, kStop };

struct KafkaErrorRule {
  rd_kafka_resp_err_t code;
  KafkaAction action;
  absl::StatusCode status;  // what KafkaStatus() gives
  absl::string_view why;
};

// The row of a code, or the default's. Constant time but for the search of some
// hundred rows, on errors only.
const KafkaErrorRule& KafkaRuleOf(rd_kafka_resp_err_t code);

// The topic, or the partition, is not there, as far as a broker knows.
bool MeansMissingTopic(rd_kafka_resp_err_t code);

// An account lacks a right.
bool MeansMissingRight(rd_kafka_resp_err_t code);

// Why a certificate was refused, by OpenSSL's X509_V_ERR_* number, with what to
// do; empty for numbers that the table does not have.
absl::string_view CertificateTrouble(int x509_error);

// What a broker has against this client's certificate, by the TLS alert that the
// library's words name; empty if they name none that the table has. Linear in
// the words.
absl::string_view AlertTrouble(absl::string_view words);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_ERROR_RULES_H_
