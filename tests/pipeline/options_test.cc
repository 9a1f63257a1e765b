// From the configuration file to the options of the Kafka clients. Method: one
// file that sets everything, and the properties that come of it.

#include "pipeline/service/options.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "config/schema_print.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/record/topic_name.h"
#include "pipeline/service/kafka_settings.h"
#include "pipeline/service/property_rules.h"

namespace wiredesk {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

PipelineOptions Decode(absl::string_view text,
                       const std::string& file = "a.yaml") {
  Diagnostics diagnostics;
  const Config config = ParseConfig(text, file, {}, diagnostics);
  PipelineOptions options = DecodePipelineOptions(config, diagnostics);
  // A warning, of SCRAM with an old library, say, is not an error.
  EXPECT_TRUE(diagnostics.ok()) << diagnostics.Text();
  return options;
}

TEST(OptionsTest, EmptyNamesStandForTheApplications) {
  const PipelineOptions options = Decode("application: desk\n");
  EXPECT_EQ(options.group(), "desk");
  EXPECT_EQ(options.client_id(), "desk");
  EXPECT_EQ(options.sightings_topic(), "desk.sightings");
  EXPECT_EQ(Decode("kafka: {group: g}\n").group(), "g");
}

TEST(OptionsTest, SecurityBecomesPropertiesOfTheClients) {
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) /
      absl::StrCat("options_test_", getpid());
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "password.txt") << "sesame\n";
  const std::string ca_file = (folder / "ca.pem").string();
  std::ofstream(ca_file) << "a certificate\n";
  const PipelineOptions options = Decode(
      "kafka:\n"
      "  brokers: [\"a:1,b:2\", c:3]\n"
      "  tls: {enabled: true, ca_file: " +
          ca_file +
          ", verify_hostname: false}\n"
          "  sasl: {mechanism: scram-sha-512, username: desk,\n"
          "         password_file: password.txt}\n"
          "  consumer: {fetch.min.bytes: 1}\n",
      (folder / "a.yaml").string());
  std::filesystem::remove_all(folder);
  const KafkaClientOptions client = ClientOptionsOf(options);
  EXPECT_EQ(client.brokers, "a:1,b:2,c:3");
  EXPECT_THAT(client.common,
              ElementsAre(Pair("security.protocol", "SASL_SSL"),
                          Pair("ssl.ca.location", ca_file),
                          Pair("ssl.endpoint.identification.algorithm", "none"),
                          Pair("sasl.mechanism", "SCRAM-SHA-512"),
                          Pair("sasl.username", "desk"),
                          Pair("sasl.password", "sesame")));
  EXPECT_THAT(client.consumer, ElementsAre(Pair("fetch.min.bytes", "1")));
}

TEST(OptionsTest, WithoutSecurityTheWireIsPlain) {
  EXPECT_THAT(ClientOptionsOf(Decode("")).common,
              ElementsAre(Pair("security.protocol", "PLAINTEXT")));
}

TEST(OptionsTest, ATransactionalIdIsOneWorkers) {
  PipelineOptions options;
  EXPECT_EQ(SinkOptionsOf(options, "pod-1", 0).transactional_id,
            "wiredesk-pod-1-0");
  EXPECT_EQ(SinkOptionsOf(options, "pod-1", 1).transactional_id,
            "wiredesk-pod-1-1");
  options.kafka.group_instance_id = "desk-7";
  EXPECT_EQ(SourceOptionsOf(options, 3).group_instance_id, "desk-7-3");
}

TEST(OptionsTest, TopicsAreMadeAsConfigured) {
  const PipelineOptions options = Decode(
      "new_topics:\n"
      "  partitions: 3\n"
      "  retention: 7d\n"
      "  config: {cleanup.policy: compact}\n");
  const TopicSettings settings = NewTopicsOf(options);
  EXPECT_EQ(settings.partitions, 3);
  EXPECT_EQ(settings.replication, -1);
  EXPECT_THAT(settings.config,
              UnorderedElementsAre(Pair("retention.ms", "604800000"),
                                   Pair("cleanup.policy", "compact")));
  EXPECT_EQ(SightingsTopicOf(options).partitions, 1);
  EXPECT_THAT(SightingsTopicOf(options).config,
              Contains(Pair("message.timestamp.type", "LogAppendTime")));
}

TEST(OptionsTest, WhatTheGuaranteeRestsOnIsRefused) {
  for (absl::string_view name :
       {"enable.auto.commit", "auto.commit.interval.ms",
        "enable.auto.offset.store", "offset.store.method", "isolation.level",
        "auto.offset.reset", "partition.assignment.strategy", "group.id",
        "bootstrap.servers", "metadata.broker.list", "transactional.id",
        "enable.idempotence", "acks", "request.required.acks", "retries",
        "max.in.flight.requests.per.connection", "message.timeout.ms"}) {
    EXPECT_NE(RefusedProperty(name), "") << name;
  }
  for (absl::string_view name :
       {"fetch.min.bytes", "linger.ms", "queued.min.messages", "debug",
        "socket.keepalive.enable", "max.poll.interval.ms"}) {
    EXPECT_EQ(RefusedProperty(name), "") << name;
  }
}

TEST(OptionsTest, TopicNamesAreKafkas) {
  EXPECT_TRUE(IsTopicName("news.raw_1-A"));
  EXPECT_TRUE(IsTopicName(std::string(249, 'a')));
  for (const std::string& name :
       {std::string(), std::string("."), std::string(".."), std::string("a b"),
        std::string("\xc3\xa9"), std::string(250, 'a')}) {
    EXPECT_FALSE(IsTopicName(name)) << name;
  }
}

TEST(OptionsTest, TheEffectivePrintShowsNoPassword) {
  setenv("WIREDESK_TEST_SECRET", "sesame", 1);
  Diagnostics diagnostics;
  const Config config = ParseConfig(
      "kafka:\n"
      "  sasl: {mechanism: scram-sha-256, username: u,\n"
      "         password: '${WIREDESK_TEST_SECRET}'}\n"
      "  consumer: {ssl.keystore.password: sesame}\n",
      "a.yaml", {}, diagnostics);
  const std::string text =
      EffectiveYaml(SectionSet().AddTop(PipelineSchema()), config);
  EXPECT_THAT(text, Not(HasSubstr("sesame")));
  EXPECT_THAT(text, HasSubstr("password: \"[secret]\"  # a.yaml:3, "
                              "environment\n"));
}

}  // namespace
}  // namespace wiredesk
