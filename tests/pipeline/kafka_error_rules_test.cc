// What each error of Kafka means: rows by what an operator would expect to
// happen, and what must hold of every code that the library knows.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/flow/permanent_error.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/error_rules.h"

namespace wiredesk {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr KafkaAction kRetry = KafkaAction::kRetry;
constexpr KafkaAction kAbort = KafkaAction::kAbort;
constexpr KafkaAction kRestart = KafkaAction::kRestart;
constexpr KafkaAction kStop = KafkaAction::kStop;

struct Row {
  rd_kafka_resp_err_t code;
  KafkaAction action;
};

constexpr Row kRows[] = {
    // A broker restarts, a leader changes.
    {RD_KAFKA_RESP_ERR__TRANSPORT, kRetry},
    {RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, kRetry},
    {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, kRetry},
    {RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, kRetry},
    {RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, kRetry},
    {RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, kRetry},
    {RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, kRetry},
    // The group moves on; nothing has been written.
    {RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, kAbort},
    {RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, kAbort},
    {RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, kAbort},
    {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, kAbort},
    // Something may be in flight, or the client is of no use.
    {RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, kRestart},
    {RD_KAFKA_RESP_ERR__FENCED, kRestart},
    {RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, kRestart},
    {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING, kRestart},
    {RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, kRestart},
    // A topic was deleted, or is a moment old.
    {RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, kRestart},
    {RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, kRestart},
    {RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE, kRestart},
    // Somebody must act.
    {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, kStop},
    {RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, kStop},
    {RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, kStop},
    {RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, kStop},
    {RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR, kStop},
    {RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT, kStop},
    {RD_KAFKA_RESP_ERR_POLICY_VIOLATION, kStop},
    // Nothing that the program asks for is answered so.
    {RD_KAFKA_RESP_ERR_DELEGATION_TOKEN_EXPIRED, kRestart},
    {RD_KAFKA_RESP_ERR_RESOURCE_NOT_FOUND, kRestart},
};

TEST(KafkaErrorRulesTest, EachCodeHasItsAction) {
  for (const Row& row : kRows) {
    EXPECT_EQ(KafkaRuleOf(row.code).action, row.action)
        << rd_kafka_err2name(row.code);
  }
}

// The supervisor and the start go by the status alone, so it must agree.
TEST(KafkaErrorRulesTest, WhatStopsIsPermanentAndNothingElseIs) {
  const struct rd_kafka_err_desc* codes = nullptr;
  size_t count = 0;
  rd_kafka_get_err_descs(&codes, &count);
  ASSERT_GT(count, 100U);
  for (size_t i = 0; i < count; ++i) {
    if (codes[i].desc == nullptr || codes[i].code == 0 ||
        codes[i].code == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID) {
      continue;
    }
    const KafkaErrorRule& rule = KafkaRuleOf(codes[i].code);
    EXPECT_EQ(IsPermanent(KafkaStatus(codes[i].code, "asks")),
              rule.action == kStop)
        << codes[i].name;
    EXPECT_FALSE(rule.why.empty()) << codes[i].name;
  }
}

TEST(KafkaErrorRulesTest, AMissingRightIsNamed) {
  EXPECT_THAT(
      KafkaStatus(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
                  "cannot deliver", "Write on topic news.events")
          .message(),
      HasSubstr("the account needs the right Write on topic news.events"));
  EXPECT_THAT(KafkaStatus(RD_KAFKA_RESP_ERR__TRANSPORT, "cannot deliver",
                          "Write on topic news.events")
                  .message(),
              Not(HasSubstr("right")));
}

TEST(KafkaErrorRulesTest, ACertificateSTroubleIsToldByItsCause) {
  EXPECT_THAT(std::string(CertificateTrouble(10)), HasSubstr("has expired"));
  EXPECT_THAT(std::string(CertificateTrouble(20)), HasSubstr("authority"));
  EXPECT_THAT(std::string(CertificateTrouble(62)), HasSubstr("host name"));
  EXPECT_EQ(CertificateTrouble(0), "");
  EXPECT_EQ(CertificateTrouble(4711), "");
}

TEST(KafkaErrorRulesTest, AnAlertIsReadFromTheLibrarysWords) {
  EXPECT_THAT(std::string(AlertTrouble(
                  "ssl://a:1/1: Receive failed: error:0A000412:SSL "
                  "routines::sslv3 alert bad certificate: SSL "
                  "alert number 42 (after 9ms)")),
              HasSubstr("ask for a certificate of this client"));
  EXPECT_THAT(std::string(AlertTrouble("SSL alert number 45")),
              HasSubstr("this client's certificate has expired"));
  for (const char* other :
       {"", "SSL alert number ", "SSL alert number x",
        "SSL alert number 99999999999999999999", "SSL alert number 255"}) {
    EXPECT_EQ(AlertTrouble(other), "") << other;
  }
}

}  // namespace
}  // namespace wiredesk
