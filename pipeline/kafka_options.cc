#include "pipeline/kafka_options.h"

#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace wiredesk {
namespace {

using Properties = KafkaClientOptions::Properties;

absl::string_view MechanismName(SaslMechanism mechanism) {
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
  if (!value.empty()) properties.emplace_back(std::string(name), value);
}

Properties SecurityProperties(const KafkaOptions& kafka) {
  const bool sasl = kafka.sasl.mechanism != SaslMechanism::kNone;
  Properties properties;
  if (sasl || kafka.tls.enabled) {
    properties.emplace_back(
        "security.protocol",
        absl::StrCat(sasl ? "sasl_" : "",
                     kafka.tls.enabled ? "ssl" : "plaintext"));
  }
  if (kafka.tls.enabled) {
    AddIfGiven("ssl.ca.location", kafka.tls.ca_file, properties);
    AddIfGiven("ssl.certificate.location", kafka.tls.certificate_file,
               properties);
    AddIfGiven("ssl.key.location", kafka.tls.key_file, properties);
    AddIfGiven("ssl.key.password", kafka.tls.key_password.Reveal(), properties);
    properties.emplace_back("ssl.endpoint.identification.algorithm",
                            kafka.tls.verify_hostname ? "https" : "none");
  }
  if (sasl) {
    properties.emplace_back("sasl.mechanism",
                            std::string(MechanismName(kafka.sasl.mechanism)));
    AddIfGiven("sasl.username", kafka.sasl.username, properties);
    AddIfGiven("sasl.password", kafka.sasl.password.Reveal(), properties);
  }
  return properties;
}

StartAt StartOf(StartPolicy policy) {
  return policy == StartPolicy::kLatest ? StartAt::kLatest : StartAt::kEarliest;
}

LostOffsets LostOf(LostOffsetsPolicy policy) {
  switch (policy) {
    case LostOffsetsPolicy::kStop:
      return LostOffsets::kStop;
    case LostOffsetsPolicy::kEarliest:
      return LostOffsets::kEarliest;
    case LostOffsetsPolicy::kLatest:
      return LostOffsets::kLatest;
  }
  return LostOffsets::kStop;
}

std::string ThisProcess() {
  char host[256] = {};
  if (gethostname(host, sizeof(host) - 1) != 0) host[0] = '\0';
  return absl::StrCat(host, "-", getpid());
}

void CheckMap(const ConfigNode* map, Diagnostics& diagnostics) {
  if (map == nullptr) return;
  for (const ConfigEntry& entry : map->entries) {
    if (!entry.value.is_scalar()) continue;
    absl::StatusOr<KafkaConf> conf = KafkaConf::Make({});
    if (!conf.ok()) return;
    const absl::Status status = conf->Set(entry.key, entry.value.scalar);
    if (!status.ok()) {
      diagnostics.Error(entry.value, status.message(),
                        "see CONFIGURATION.md of librdkafka");
    }
  }
}

}  // namespace

KafkaClientOptions ClientOptionsOf(const PipelineOptions& options) {
  const KafkaOptions& kafka = options.kafka;
  KafkaClientOptions client;
  client.brokers = absl::StrJoin(kafka.brokers, ",");
  client.client_id = options.client_id();
  client.common = SecurityProperties(kafka);
  client.consumer.assign(kafka.consumer.begin(), kafka.consumer.end());
  client.producer.assign(kafka.producer.begin(), kafka.producer.end());
  client.request_timeout = kafka.request_timeout;
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
  source.start_at = StartOf(options.source.start);
  source.lost_offsets = LostOf(options.source.on_lost_offsets);
  return source;
}

KafkaSinkOptions SinkOptionsOf(const PipelineOptions& options, int worker) {
  KafkaSinkOptions sink;
  sink.exactly_once = options.delivery == Delivery::kExactlyOnce;
  sink.transactional_id = TransactionalId(options, ThisProcess(), worker);
  sink.transaction_timeout = options.kafka.transaction_timeout;
  sink.dead_letter_topic = options.dead_letter.topic;
  sink.compression = options.kafka.compression;
  sink.message_bytes_max = options.kafka.message_bytes_max;
  sink.new_topics = NewTopicSettings(options);
  return sink;
}

std::string TransactionalId(const PipelineOptions& options,
                            absl::string_view instance, int worker) {
  const std::string& named = options.kafka.group_instance_id;
  return absl::StrCat(options.application, "-",
                      named.empty() ? instance : absl::string_view(named), "-",
                      worker);
}

TopicSettings NewTopicSettings(const PipelineOptions& options) {
  TopicSettings settings;
  settings.partitions = options.new_topics.partitions;
  settings.replication = options.new_topics.replication;
  if (options.new_topics.retention > absl::ZeroDuration()) {
    settings.config.emplace_back(
        "retention.ms",
        absl::StrCat(absl::ToInt64Milliseconds(options.new_topics.retention)));
  }
  for (const auto& [name, value] : options.new_topics.config) {
    settings.config.emplace_back(name, value);
  }
  return settings;
}

TopicSettings SightingTopicSettings(const PipelineOptions& options) {
  TopicSettings settings;
  settings.partitions = 1;
  settings.replication = options.sightings.replication;
  settings.config = {
      {"retention.ms",
       absl::StrCat(absl::ToInt64Milliseconds(options.sightings.retention))},
      // A restart asks where in the log a moment of the broker's time lies.
      {"message.timestamp.type", "LogAppendTime"},
      {"cleanup.policy", "delete"}};
  return settings;
}

void CheckProperties(const Config& config, Diagnostics& diagnostics) {
  const ConfigNode kafka = config.Section("kafka");
  CheckMap(kafka.Find("consumer"), diagnostics);
  CheckMap(kafka.Find("producer"), diagnostics);
}

}  // namespace wiredesk
