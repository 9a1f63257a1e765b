// The fixture itself: a real broker that keeps what it has acknowledged, and
// whose read_committed readers see no open or aborted transaction. All other
// tests of this folder rest on this.

#include "tests/kafka/kafka_broker.h"

#include "gtest/gtest.h"
#include "tests/kafka/kafka_line.h"

namespace wiredesk {
namespace {

KafkaRecord Record(const std::string& value) {
  KafkaRecord record;
  record.value = value;
  record.partition = 0;
  return record;
}

// A transaction with one record, in the state before its end.
KafkaHandle OpenTransaction(const std::string& topic, const std::string& id) {
  absl::StatusOr<KafkaConf> conf =
      KafkaConf::Make(SharedBroker().client_options());
  EXPECT_TRUE(conf->Set("transactional.id", id).ok());
  absl::StatusOr<KafkaHandle> client =
      (*std::move(conf)).NewClient(RD_KAFKA_PRODUCER);
  EXPECT_TRUE(
      KafkaError(rd_kafka_init_transactions(client->get(), 20'000)).ok());
  EXPECT_TRUE(KafkaError(rd_kafka_begin_transaction(client->get())).ok());
  EXPECT_EQ(rd_kafka_producev(
                client->get(), RD_KAFKA_V_TOPIC(topic.c_str()),
                RD_KAFKA_V_PARTITION(0),
                RD_KAFKA_V_VALUE(const_cast<char*>(id.data()), id.size()),
                RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END),
            RD_KAFKA_RESP_ERR_NO_ERROR);
  EXPECT_EQ(rd_kafka_flush(client->get(), 20'000), RD_KAFKA_RESP_ERR_NO_ERROR);
  return *std::move(client);
}

TEST(KafkaBrokerTest, KeepsWhatItAcknowledgedWhenItIsKilled) {
  KafkaBroker& broker = SharedBroker();
  const std::string topic = FreshName("keeps");
  broker.CreateTopic(topic, 1);
  broker.Produce(topic, {Record("a"), Record("b")});
  broker.Kill();
  broker.Start();
  const std::vector<KafkaRecord> records = broker.ReadAll(topic);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].value, "a");
  EXPECT_EQ(records[1].value, "b");
}

TEST(KafkaBrokerTest, HidesAbortedTransactions) {
  KafkaBroker& broker = SharedBroker();
  const std::string topic = FreshName("aborted");
  broker.CreateTopic(topic, 1);
  const KafkaHandle aborted = OpenTransaction(topic, FreshName("aborted-id"));
  EXPECT_TRUE(KafkaError(rd_kafka_abort_transaction(aborted.get(), -1)).ok());
  const KafkaHandle committed =
      OpenTransaction(topic, FreshName("committed-id"));
  EXPECT_TRUE(
      KafkaError(rd_kafka_commit_transaction(committed.get(), -1)).ok());
  const std::vector<KafkaRecord> records = broker.ReadAll(topic);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].value.rfind("committed-id", 0), 0U);
}

}  // namespace
}  // namespace wiredesk
