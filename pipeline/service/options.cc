#include "pipeline/service/options.h"

#include <filesystem>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "config/base/read_file.h"
#include "pipeline/service/property_rules.h"

namespace wiredesk {
namespace {

constexpr double kMinute = 60;
constexpr double kHour = 60 * kMinute;
constexpr size_t kSecretFileBytesMax = 64 << 10;

const Schema<TlsOptions>& TlsSchema() {
  static const auto* const schema = new Schema<TlsOptions>(
      Schema<TlsOptions>("tls", "Encryption between wiredesk and the brokers.")
          .Field(&TlsOptions::enabled, "enabled", "Whether to use TLS.")
          .Field(&TlsOptions::ca_file, "ca_file",
                 "PEM file of the authorities to trust; empty: the system's.")
          .Field(&TlsOptions::certificate_file, "certificate_file",
                 "PEM file of this client's certificate, if brokers ask for "
                 "one.")
          .Field(&TlsOptions::key_file, "key_file",
                 "PEM file of this client's private key.")
          .Field(&TlsOptions::key_password, "key_password",
                 "Opens the private key. Better from a file or ${ENV}.")
          .Field(&TlsOptions::key_password_file, "key_password_file",
                 "File that holds the key's password.")
          .Field(&TlsOptions::verify_hostname, "verify_hostname",
                 "Whether a broker's certificate must name its host."));
  return *schema;
}

const Schema<SaslOptions>& SaslSchema() {
  static const auto* const schema = new Schema<SaslOptions>(
      Schema<SaslOptions>("sasl", "Who wiredesk is to the brokers.")
          .Choice(&SaslOptions::mechanism, "mechanism",
                  "How to authenticate. More for gssapi and oauthbearer is set "
                  "by librdkafka's properties.",
                  {{"none", SaslMechanism::kNone},
                   {"plain", SaslMechanism::kPlain},
                   {"scram-sha-256", SaslMechanism::kScramSha256},
                   {"scram-sha-512", SaslMechanism::kScramSha512},
                   {"oauthbearer", SaslMechanism::kOauthBearer},
                   {"gssapi", SaslMechanism::kGssapi}})
          .Field(&SaslOptions::username, "username", "The user's name.")
          .Field(&SaslOptions::password, "password",
                 "The user's password. Better from a file or ${ENV}.")
          .Field(&SaslOptions::password_file, "password_file",
                 "File that holds the password; a newline at its end does not "
                 "count."));
  return *schema;
}

const Schema<KafkaOptions>& KafkaSchema() {
  static const auto* const schema = new Schema<KafkaOptions>(
      Schema<KafkaOptions>("kafka", "How to reach Kafka.")
          .Field(&KafkaOptions::brokers, "brokers",
                 "Brokers to ask first, as host:port; one text may hold "
                 "several with commas between them.")
          .Field(&KafkaOptions::group, "group",
                 "Consumer group; empty: the application's name.")
          .Field(&KafkaOptions::group_instance_id, "group_instance_id",
                 "Name of this instance in the group, unlike all others', such "
                 "as the pod's. Empty: that of the host, with a number where "
                 "one host has several.")
          .Field(&KafkaOptions::static_membership, "static_membership",
                 "Whether the group knows this instance by its name: a restart "
                 "within the session timeout (6 s, or the consumer's "
                 "session.timeout.ms) moves no partition; what has ended for "
                 "good is missed after it.")
          .Field(&KafkaOptions::client_id, "client_id",
                 "Name in the brokers' logs; empty: the application's name.")
          .Field(&KafkaOptions::compression, "compression",
                 "How records are compressed. lz4 costs about 25 µs for a "
                 "record of 3 KB here, zstd about 60.",
                 {.choices = {"none", "lz4", "snappy", "gzip", "zstd"}})
          .Bytes(&KafkaOptions::message_bytes_max, "message_bytes_max",
                 "Largest message, with key and headers. A larger record "
                 "becomes a dead letter. Not more than the brokers' "
                 "message.max.bytes.",
                 {1000, 1'000'000'000})
          .Field(&KafkaOptions::request_timeout, "request_timeout",
                 "Patience with questions that brokers answer at once.",
                 {1, 10 * kMinute})
          .Field(&KafkaOptions::transaction_timeout, "transaction_timeout",
                 "After this time brokers end the transaction of an instance "
                 "that is gone; until then readers wait.",
                 {1, 15 * kMinute})
          .Nested(&KafkaOptions::tls, "tls", TlsSchema())
          .Nested(&KafkaOptions::sasl, "sasl", SaslSchema())
          .Field(&KafkaOptions::consumer, "consumer",
                 "Any property of librdkafka for the consumers. Those on which "
                 "the delivery guarantee rests are refused.")
          .Field(&KafkaOptions::producer, "producer",
                 "The same for the producers.")
          .Check(CheckKafkaOptions));
  return *schema;
}

const Schema<InputOptions>& SourceSchema() {
  static const auto* const schema = new Schema<InputOptions>(
      Schema<InputOptions>("source", "What is read.")
          .Field(&InputOptions::topics, "topics",
                 "Topics of raw records. One that begins with ^ is a regular "
                 "expression for the names of topics.",
                 {.required = false, .example = "[news.raw, '^feeds\\..*']"})
          .Choice(&InputOptions::start, "start",
                  "Where a partition begins that this group has never read.",
                  {{"earliest", StartPolicy::kEarliest},
                   {"latest", StartPolicy::kLatest}})
          .Choice(&InputOptions::on_lost_offsets, "on_lost_offsets",
                  "What to do when the position of the group is no longer in "
                  "the topic, because retention was faster: stop with an "
                  "error, or go on from the earliest or latest record, with a "
                  "warning.",
                  {{"stop", LostOffsetsPolicy::kStop},
                   {"earliest", LostOffsetsPolicy::kEarliest},
                   {"latest", LostOffsetsPolicy::kLatest}})
          .Check(CheckInputOptions));
  return *schema;
}

const Schema<BatchOptions>& BatchSchema() {
  static const auto* const schema = new Schema<BatchOptions>(
      Schema<BatchOptions>("batch",
                           "A batch is what one transaction delivers. Larger "
                           "ones cost latency and memory, smaller ones speed.")
          .Field(&BatchOptions::records_max, "records_max",
                 "Raw records of a batch.", {1, 100'000})
          .Bytes(&BatchOptions::bytes_max, "bytes_max",
                 "Bytes of raw records of a batch. A record that is larger "
                 "makes a batch of its own.",
                 {1024, 1 << 30})
          .Field(&BatchOptions::time_max, "time_max",
                 "How long a batch waits for more records after its first "
                 "one.",
                 {0, 10})
          .Field(&BatchOptions::in_flight, "in_flight",
                 "Batches that a worker has in flight at once, each on a "
                 "thread of its own: one is parsed and tagged while another "
                 "waits for the brokers. They are delivered in the order in "
                 "which they were read.",
                 {1, 16}));
  return *schema;
}

const Schema<DeadLetterOptions>& DeadLetterSchema() {
  static const auto* const schema = new Schema<DeadLetterOptions>(
      Schema<DeadLetterOptions>("dead_letter",
                                "Where records go that cannot be processed: "
                                "their bytes as they came, with the reason in "
                                "headers.")
          .Field(&DeadLetterOptions::topic, "topic", "The topic.",
                 {.pattern = "[a-zA-Z0-9._-]{1,249}"})
          .Choice(&DeadLetterOptions::oversized, "oversized",
                  "What becomes of a dead letter that the topic does not take "
                  "because it is too large: cut publishes its beginning, and "
                  "the header wd_cut_from says how long it was; stop ends the "
                  "program.",
                  {{"cut", OversizedLetter::kCut},
                   {"stop", OversizedLetter::kStop}}));
  return *schema;
}

const Schema<LimitOptions>& LimitSchema() {
  static const auto* const schema = new Schema<LimitOptions>(
      Schema<LimitOptions>("limits",
                           "What is refused. The limits of parsing are in the "
                           "section parse.")
          .Bytes(&LimitOptions::record_bytes_max, "record_bytes_max",
                 "Largest raw record that is read from a file; a larger one "
                 "becomes a dead letter that holds its beginning.",
                 {1024, 1 << 30})
          .Field(&LimitOptions::record_cpu_max, "record_cpu_max",
                 "CPU time that a stage may spend on one record. One that "
                 "takes longer becomes a dead letter, too_costly.",
                 {0.01, kHour}));
  return *schema;
}

const Schema<PoisonOptions>& PoisonSchema() {
  static const auto* const schema = new Schema<PoisonOptions>(
      Schema<PoisonOptions>("poison",
                            "Records that end the program, or hang it.")
          .Field(&PoisonOptions::attempts_max, "attempts_max",
                 "A record that was begun this often, by any instance, and "
                 "never delivered becomes a dead letter, poison. After three "
                 "attempts records are taken one by one, to know which it "
                 "is.",
                 {4, 1000}));
  return *schema;
}

const Schema<NewTopicOptions>& NewTopicSchema() {
  static const auto* const schema = new Schema<NewTopicOptions>(
      Schema<NewTopicOptions>("new_topics", "How missing topics are made.")
          .Field(&NewTopicOptions::partitions, "partitions",
                 "Partitions of a topic. At most as many workers can share the "
                 "reading of one.",
                 {1, 10'000})
          .Field(&NewTopicOptions::replication, "replication",
                 "Copies of each partition; -1 is the brokers' default.",
                 {-1, 32})
          .Field(&NewTopicOptions::retention, "retention",
                 "How long records are kept; 0s is the brokers' default.",
                 {0, 1000 * 24 * kHour})
          .Field(&NewTopicOptions::config, "config",
                 "Any other property of a topic, by Kafka's name.",
                 {.example = "{cleanup.policy: delete}"}));
  return *schema;
}

const Schema<SightingOptions>& SightingSchema() {
  static const auto* const schema = new Schema<SightingOptions>(
      Schema<SightingOptions>(
          "sightings",
          "The log of all sightings, by which every instance finds duplicates "
          "alike. A topic with one partition, made and read by wiredesk.")
          .Field(&SightingOptions::topic, "topic",
                 "Its name; empty: <application>.sightings.",
                 {.pattern = "[a-zA-Z0-9._-]{0,249}"})
          .Field(&SightingOptions::replication, "replication",
                 "Copies of its partition; -1 is the brokers' default.",
                 {-1, 32})
          .Field(&SightingOptions::retention, "retention",
                 "How long it is kept. Must be longer than the windows of "
                 "dedupe, in the time of the records.",
                 {kHour, 1000 * 24 * kHour}));
  return *schema;
}

const Schema<AdminOptions>& AdminSchema() {
  static const auto* const schema = new Schema<AdminOptions>(
      Schema<AdminOptions>("admin",
                           "HTTP for operators: /metrics, /healthz, /readyz.")
          .Field(&AdminOptions::enabled, "enabled", "Whether to serve it.")
          .Field(&AdminOptions::address, "address",
                 "Address to listen at; 0.0.0.0 is every network.")
          .Field(&AdminOptions::port, "port", "Port; 0 is any free one.",
                 {0, 65535})
          .Field(&AdminOptions::token_file, "token_file",
                 "File that holds a token. What shows articles or settings, "
                 "such as /tap, asks for it (Authorization: Bearer ...), or "
                 "is for loopback only. /metrics, /healthz and /readyz are "
                 "open.")
          .Field(&AdminOptions::hosts, "hosts",
                 "More names that a browser may call this host by (the Host "
                 "header), besides the address and localhost; none: any name "
                 "where the address is not loopback."));
  return *schema;
}

void CheckTracingOptions(const TracingOptions& options, const ConfigNode& node,
                         Diagnostics& diagnostics) {
  if (options.endpoint.empty() ||
      absl::StartsWith(options.endpoint, "http://") ||
      absl::StartsWith(options.endpoint, "https://")) {
    return;
  }
  diagnostics.Error(node.location, "tracing.endpoint", "not an address of HTTP",
                    "write http://localhost:4318");
}

const Schema<TracingOptions>& TracingSchema() {
  static const auto* const schema = new Schema<TracingOptions>(
      Schema<TracingOptions>(
          "tracing",
          "Traces of batches for a collector of OpenTelemetry, with links to "
          "the traces that records come with. Never in the way of records.")
          .Field(&TracingOptions::endpoint, "endpoint",
                 "Address of the collector, OTLP over HTTP; empty: no traces.",
                 {.example = "http://localhost:4318"})
          .Field(&TracingOptions::sample, "sample",
                 "Share of the batches that are traced.", {0, 1})
          .Check(CheckTracingOptions));
  return *schema;
}

const Schema<DeskOptions>& DeskSchema() {
  static const auto* const schema = new Schema<DeskOptions>(
      Schema<DeskOptions>("desk",
                          "The desk in the browser, on the admin port: what "
                          "flows, what was found in it, and why.")
          .Field(&DeskOptions::enabled, "enabled",
                 "Whether to serve it, and to keep records for it.")
          .Field(&DeskOptions::history, "history",
                 "How many of the newest records are kept in memory.",
                 {1, 100'000})
          .Field(&DeskOptions::history_bytes, "history_bytes",
                 "How much memory they may take.", {1 << 20, int64_t{4} << 30})
          .Field(&DeskOptions::rate, "rate",
                 "Records a second at most; of more a sample is kept.",
                 {0.1, 10'000}));
  return *schema;
}

const Schema<ReloadOptions>& ReloadSchema() {
  static const auto* const schema = new Schema<ReloadOptions>(
      Schema<ReloadOptions>(
          "reload",
          "Changes of the stages' sections, and of the files that they name, "
          "are taken while records flow, or refused whole.")
          .Field(&ReloadOptions::interval, "interval",
                 "How often the files are looked at; 0s: only SIGHUP counts.",
                 {0, kHour}));
  return *schema;
}

const Schema<LogOptions>& LogSchema() {
  static const auto* const schema = new Schema<LogOptions>(
      Schema<LogOptions>("log", "The program's own log, on standard error.")
          .Choice(&LogOptions::level, "level", "What is logged.",
                  {{"debug", LogLevel::kDebug},
                   {"info", LogLevel::kInfo},
                   {"warning", LogLevel::kWarning},
                   {"error", LogLevel::kError},
                   {"off", LogLevel::kOff}})
          .Choice(&LogOptions::format, "format",
                  "auto is text on a terminal and JSON elsewhere.",
                  {{"auto", LogFormat::kAuto},
                   {"text", LogFormat::kText},
                   {"json", LogFormat::kJson}}));
  return *schema;
}

// Reads a secret from `file`, which the key `<key>_file` of `section` named.
void ReadSecret(const ConfigNode* section, absl::string_view key,
                const std::string& file, Secret& secret,
                Diagnostics& diagnostics) {
  if (file.empty() || section == nullptr) return;
  const ConfigNode* const node = section->Find(absl::StrCat(key, "_file"));
  if (node == nullptr) return;
  if (!secret.empty()) {
    diagnostics.Error(*node, absl::StrCat("is given together with ", key),
                      "keep one of the two");
    return;
  }
  const std::filesystem::path base =
      std::filesystem::path(node->location.file).parent_path();
  const absl::StatusOr<std::string> text =
      ReadFile((base / file).string(), kSecretFileBytesMax);
  if (!text.ok()) {
    diagnostics.Error(*node, text.status().message(),
                      "name a file that can be read");
    return;
  }
  secret = Secret(std::string(absl::StripTrailingAsciiWhitespace(*text)));
  if (secret.empty()) {
    diagnostics.Error(*node, absl::StrCat(file, " is empty"),
                      "put the password in it");
  }
}

}  // namespace

const Schema<PipelineOptions>& PipelineSchema() {
  using Options = PipelineOptions;
  static const auto* const schema = new Schema<Options>(
      Schema<Options>("pipeline",
                      "What stands at the top level of the file, next to the "
                      "sections of the stages.")
          .Field(&Options::application, "application",
                 "Name of this deployment. It names the consumer group, the "
                 "transactions and the topic of sightings, so two deployments "
                 "on one cluster need two names.",
                 {.pattern = "[a-zA-Z0-9._-]{1,100}"})
          .Nested(&Options::kafka, "kafka", KafkaSchema())
          .Nested(&Options::source, "source", SourceSchema())
          .Choice(&Options::delivery, "delivery",
                  "exactly_once: each record's results are published once, "
                  "whatever fails. at_least_once: nothing is lost, but after a "
                  "failure some may be published twice.",
                  {{"exactly_once", Delivery::kExactlyOnce},
                   {"at_least_once", Delivery::kAtLeastOnce}})
          .Field(&Options::workers, "workers",
                 "Consumers of the group, each with a producer of its own. "
                 "More than the source has partitions are idle.",
                 {1, 256})
          .Nested(&Options::batch, "batch", BatchSchema())
          .Nested(&Options::dead_letter, "dead_letter", DeadLetterSchema())
          .Nested(&Options::limits, "limits", LimitSchema())
          .Nested(&Options::poison, "poison", PoisonSchema())
          .Field(&Options::create_topics, "create_topics",
                 "Whether to make topics that are missing. If not, a missing "
                 "topic is an error that says the command.")
          .Nested(&Options::new_topics, "new_topics", NewTopicSchema())
          .Nested(&Options::sightings, "sightings", SightingSchema())
          .Nested(&Options::admin, "admin", AdminSchema())
          .Nested(&Options::tracing, "tracing", TracingSchema())
          .Nested(&Options::desk, "desk", DeskSchema())
          .Nested(&Options::reload, "reload", ReloadSchema())
          .Nested(&Options::log, "log", LogSchema())
          .Field(&Options::drain_timeout, "drain_timeout",
                 "Time for the batches in flight when the program is asked to "
                 "stop.",
                 {1, kHour})
          .Check(CheckPipelineOptions));
  return *schema;
}

PipelineOptions DecodePipelineOptions(const Config& config,
                                      Diagnostics& diagnostics) {
  PipelineOptions options = config.DecodeTop(PipelineSchema(), diagnostics);
  options.kafka.brokers = SplitBrokers(options.kafka.brokers);
  const ConfigNode kafka = config.Section("kafka");
  ReadSecret(kafka.Find("tls"), "key_password",
             options.kafka.tls.key_password_file,
             options.kafka.tls.key_password, diagnostics);
  ReadSecret(kafka.Find("sasl"), "password", options.kafka.sasl.password_file,
             options.kafka.sasl.password, diagnostics);
  const ConfigNode admin = config.Section("admin");
  ReadSecret(&admin, "token", options.admin.token_file, options.admin.token,
             diagnostics);
  return options;
}

std::string PipelineOptions::group() const {
  return kafka.group.empty() ? application : kafka.group;
}

std::string PipelineOptions::client_id() const {
  return kafka.client_id.empty() ? application : kafka.client_id;
}

std::string PipelineOptions::sightings_topic() const {
  return sightings.topic.empty() ? absl::StrCat(application, ".sightings")
                                 : sightings.topic;
}

}  // namespace wiredesk
