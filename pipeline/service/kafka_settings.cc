#include "pipeline/service/kafka_settings.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace wiredesk {
namespace {

using Properties = KafkaClientOptions::Properties;

std::string Protocol(const KafkaOptions& kafka) {
  const bool sasl = kafka.sasl.mechanism != SaslMechanism::kNone;
  if (kafka.tls.enabled) return sasl ? "SASL_SSL" : "SSL";
  return sasl ? "SASL_PLAINTEXT" : "PLAINTEXT";
}

std::string MechanismName(SaslMechanism mechanism) {
  switch (mechanism) {
    case SaslMechanism::kNone:
      return "";
    case SaslMechanism::kPlain:
      return "PLAIN";
    case SaslMechanism::kScramSha256:
      return "SCRAM-SHA-256";
    case SaslMechanism::kScramSha512:
      return "SCRAM-SHA-512";
    case SaslMechanism::kOauthBearer:
      return "OAUTHBEARER";
    case SaslMechanism::kGssapi:
      return "GSSAPI";
  }
  return "";
}

void AddIfGiven(absl::string_view name, const std::string& value,
                Properties& properties) {
  if (!value.empty()) properties.emplace_back(name, value);
}

void AddSecurity(const KafkaOptions& kafka, Properties& properties) {
  properties.emplace_back("security.protocol", Protocol(kafka));
  if (kafka.tls.enabled) {
    AddIfGiven("ssl.ca.location", kafka.tls.ca_file, properties);
    AddIfGiven("ssl.certificate.location", kafka.tls.certificate_file,
               properties);
    AddIfGiven("ssl.key.location", kafka.tls.key_file, properties);
    AddIfGiven("ssl.key.password", kafka.tls.key_password.Reveal(), properties);
    properties.emplace_back("ssl.endpoint.identification.algorithm",
                            kafka.tls.verify_hostname ? "https" : "none");
  }
  if (kafka.sasl.mechanism == SaslMechanism::kNone) return;
  properties.emplace_back("sasl.mechanism",
                          MechanismName(kafka.sasl.mechanism));
  AddIfGiven("sasl.username", kafka.sasl.username, properties);
  AddIfGiven("sasl.password", kafka.sasl.password.Reveal(), properties);
}

std::string Millis(absl::Duration duration) {
  return absl::StrCat(absl::ToInt64Milliseconds(duration));
}

}  // namespace

KafkaClientOptions ClientOptionsOf(const PipelineOptions& options) {
  const KafkaOptions& kafka = options.kafka;
  KafkaClientOptions client;
  client.brokers = absl::StrJoin(kafka.brokers, ",");
  client.client_id = options.client_id();
  client.request_timeout = kafka.request_timeout;
  AddSecurity(kafka, client.common);
  client.consumer.assign(kafka.consumer.begin(), kafka.consumer.end());
  client.producer.assign(kafka.producer.begin(), kafka.producer.end());
  return client;
}

KafkaSourceOptions SourceOptionsOf(const PipelineOptions& options, int worker) {
  KafkaSourceOptions source;
  source.group = options.group();
  if (!options.kafka.group_instance_id.empty()) {
    source.group_instance_id =
        absl::StrCat(options.kafka.group_instance_id, "-", worker);
  }
  source.topics = options.source.topics;
  source.alone = options.source.alone;
  source.attempts_max = options.poison.attempts_max;
  source.start_at = options.source.start == StartPolicy::kLatest
                        ? StartAt::kLatest
                        : StartAt::kEarliest;
  switch (options.source.on_lost_offsets) {
    case LostOffsetsPolicy::kStop:
      source.lost_offsets = LostOffsets::kStop;
      break;
    case LostOffsetsPolicy::kEarliest:
      source.lost_offsets = LostOffsets::kEarliest;
      break;
    case LostOffsetsPolicy::kLatest:
      source.lost_offsets = LostOffsets::kLatest;
      break;
  }
  return source;
}

KafkaSinkOptions SinkOptionsOf(const PipelineOptions& options,
                               const std::string& instance, int worker) {
  KafkaSinkOptions sink;
  sink.exactly_once = options.delivery == Delivery::kExactlyOnce;
  sink.transactional_id =
      absl::StrCat(options.application, "-", instance, "-", worker);
  sink.transaction_timeout = options.kafka.transaction_timeout;
  sink.dead_letter_topic = options.dead_letter.topic;
  sink.compression = options.kafka.compression;
  sink.message_bytes_max = options.kafka.message_bytes_max;
  sink.cut_dead_letters =
      options.dead_letter.oversized == OversizedLetter::kCut;
  sink.new_topics = NewTopicsOf(options);
  return sink;
}

KafkaSightingLogOptions SightingLogOptionsOf(const PipelineOptions& options,
                                             absl::Duration window) {
  KafkaSightingLogOptions log;
  log.topic = options.sightings_topic();
  log.restore = window * 2;
  return log;
}

TopicSettings NewTopicsOf(const PipelineOptions& options) {
  TopicSettings settings;
  settings.partitions = options.new_topics.partitions;
  settings.replication = options.new_topics.replication;
  settings.config.assign(options.new_topics.config.begin(),
                         options.new_topics.config.end());
  if (options.new_topics.retention > absl::ZeroDuration()) {
    settings.config.emplace_back("retention.ms",
                                 Millis(options.new_topics.retention));
  }
  return settings;
}

// The broker's clock, since event times may lie anywhere: it would delete old
// ones at once, and refuse those of tomorrow.
TopicSettings SightingsTopicOf(const PipelineOptions& options) {
  TopicSettings settings;
  settings.partitions = 1;
  settings.replication = options.sightings.replication;
  settings.config = {{"cleanup.policy", "delete"},
                     {"message.timestamp.type", "LogAppendTime"},
                     {"retention.ms", Millis(options.sightings.retention)}};
  return settings;
}

}  // namespace wiredesk
