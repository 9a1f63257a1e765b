// The options of the pipeline itself: Kafka, topics, delivery, batches, limits,
// admin server, log. They stand at the top level of the configuration; each
// stage has a section of its own next to them.

#ifndef WIREDESK_PIPELINE_SERVICE_OPTIONS_H_
#define WIREDESK_PIPELINE_SERVICE_OPTIONS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "config/config.h"
#include "config/schema.h"
#include "config/secret.h"
#include "pipeline/observe/log.h"

namespace wiredesk {

using PropertyMap = std::map<std::string, std::string>;

struct TlsOptions {
  bool enabled = false;
  std::string ca_file;
  std::string certificate_file;
  std::string key_file;
  Secret key_password;
  std::string key_password_file;
  bool verify_hostname = true;
};

enum class SaslMechanism {
  kNone,
  kPlain,
  kScramSha256,
  kScramSha512,
  kOauthBearer,
  kGssapi
};

struct SaslOptions {
  SaslMechanism mechanism = SaslMechanism::kNone;
  std::string username;
  Secret password;
  std::string password_file;
};

struct KafkaOptions {
  std::vector<std::string> brokers = {"localhost:9092"};
  std::string group;  // empty: the application
  std::string group_instance_id;
  bool static_membership = true;
  std::string client_id;  // empty: the application
  std::string compression = "lz4";
  size_t message_bytes_max = 1'000'000;
  absl::Duration request_timeout = absl::Seconds(30);
  absl::Duration transaction_timeout = absl::Seconds(15);
  TlsOptions tls;
  SaslOptions sasl;
  PropertyMap consumer;
  PropertyMap producer;
};

enum class StartPolicy { kEarliest, kLatest };
enum class LostOffsetsPolicy { kStop, kEarliest, kLatest };

struct InputOptions {
  std::vector<std::string> topics = {"news.raw"};
  StartPolicy start = StartPolicy::kEarliest;
  LostOffsetsPolicy on_lost_offsets = LostOffsetsPolicy::kStop;
  // Set by the demo alone: the only reader takes all partitions at once,
  // without the three seconds for which an embedded broker lets a new group
  // wait.
  bool alone = false;
};

enum class Delivery { kExactlyOnce, kAtLeastOnce };

struct BatchOptions {
  size_t records_max = 1024;
  size_t bytes_max = 8 << 20;
  absl::Duration time_max = absl::Milliseconds(5);
  int in_flight = 2;
};

enum class OversizedLetter { kCut, kStop };

struct DeadLetterOptions {
  std::string topic = "news.dead-letters";
  OversizedLetter oversized = OversizedLetter::kCut;
};

struct LimitOptions {
  size_t record_bytes_max = 32 << 20;
  absl::Duration record_cpu_max = absl::Seconds(20);
};

struct PoisonOptions {
  int attempts_max = 5;
};

struct NewTopicOptions {
  int partitions = 6;
  int replication = -1;
  absl::Duration retention = absl::ZeroDuration();
  PropertyMap config;
};

struct SightingOptions {
  std::string topic;  // empty: "<application>.sightings"
  int replication = -1;
  absl::Duration retention = absl::Hours(24 * 14);
};

struct AdminOptions {
  bool enabled = true;
  std::string address = "127.0.0.1";
  int port = 9464;
  std::string token_file;
  Secret token;  // what token_file holds
  std::vector<std::string> hosts;
};

// Traces of batches for a collector of OpenTelemetry.
struct TracingOptions {
  std::string endpoint;  // empty: none
  double sample = 0.05;
};

// The desk in the browser, on the admin port.
struct DeskOptions {
  bool enabled = true;
  int64_t history = 5000;
  int64_t history_bytes = 64 << 20;
  double rate = 50;
};

struct ReloadOptions {
  absl::Duration interval = absl::Seconds(2);
};

struct LogOptions {
  LogLevel level = LogLevel::kInfo;
  LogFormat format = LogFormat::kAuto;
};

struct PipelineOptions {
  std::string application = "wiredesk";
  KafkaOptions kafka;
  InputOptions source;
  Delivery delivery = Delivery::kExactlyOnce;
  int workers = 1;
  BatchOptions batch;
  DeadLetterOptions dead_letter;
  LimitOptions limits;
  PoisonOptions poison;
  bool create_topics = true;
  NewTopicOptions new_topics;
  SightingOptions sightings;
  AdminOptions admin;
  TracingOptions tracing;
  DeskOptions desk;
  ReloadOptions reload;
  LogOptions log;
  absl::Duration drain_timeout = absl::Seconds(30);

  // What an empty option stands for.
  std::string group() const;
  std::string client_id() const;
  std::string sightings_topic() const;
};

// To be added to a SectionSet with AddTop().
const Schema<PipelineOptions>& PipelineSchema();

// Decodes the top level, reads the files of secrets (relative to the file that
// names them), and checks what concerns several options.
PipelineOptions DecodePipelineOptions(const Config& config,
                                      Diagnostics& diagnostics);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_SERVICE_OPTIONS_H_
