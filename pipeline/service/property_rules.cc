#include "pipeline/service/property_rules.h"

#include <regex.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "pipeline/kafka/client.h"
#include "pipeline/record/topic_name.h"
#include "pipeline/service/options.h"

namespace wiredesk {
namespace {

struct RefusedRule {
  absl::string_view name;  // with a '.' at its end: all that begin so
  absl::string_view why;   // "what; remedy"
};

constexpr RefusedRule kRefused[] = {
    // Whom to talk to, and as whom: options of their own.
    {"bootstrap.servers", "has an option of its own; set kafka.brokers"},
    {"metadata.broker.list", "has an option of its own; set kafka.brokers"},
    {"client.id", "has an option of its own; set kafka.client_id"},
    {"group.id", "has an option of its own; set kafka.group"},
    {"group.instance.id",
     "has an option of its own; set kafka.group_instance_id"},
    {"security.protocol",
     "follows from other options; set kafka.tls and kafka.sasl"},
    {"sasl.mechanism", "has an option of its own; set kafka.sasl.mechanism"},
    {"sasl.mechanisms", "has an option of its own; set kafka.sasl.mechanism"},
    {"sasl.username", "has an option of its own; set kafka.sasl.username"},
    {"sasl.password", "has an option of its own; set kafka.sasl.password_file"},
    {"ssl.ca.location", "has an option of its own; set kafka.tls.ca_file"},
    {"ssl.certificate.location",
     "has an option of its own; set kafka.tls.certificate_file"},
    {"ssl.key.location", "has an option of its own; set kafka.tls.key_file"},
    {"ssl.key.password",
     "has an option of its own; set kafka.tls.key_password_file"},
    // What is read, and how far it is dealt with.
    {"enable.auto.commit",
     "would commit records that are not delivered, and lose them; remove it"},
    {"auto.commit.",
     "would commit records that are not delivered, and lose them; remove it"},
    {"enable.auto.offset.store",
     "would commit records that are not delivered, and lose them; remove it"},
    {"offset.store.",
     "positions are kept in Kafka, in the transaction; remove it"},
    {"isolation.level",
     "must be read_committed, or a new owner of a partition reads records "
     "twice; remove it"},
    {"auto.offset.reset",
     "would jump over records in silence; set source.start and "
     "source.on_lost_offsets"},
    {"partition.assignment.strategy",
     "must be range: cooperative-sticky has bugs in librdkafka before 2.6.1 "
     "that stop reading; remove it"},
    {"group.protocol",
     "must be classic: assignment is done by the client here; remove it"},
    {"enable.partition.eof", "is used by the program; remove it"},
    {"allow.auto.create.topics",
     "would make topics with the wrong settings; set create_topics"},
    {"consume.callback.max.messages", "is not used here; remove it"},
    // What is written.
    {"transactional.id",
     "must be one for each worker and stay the same across restarts, or an "
     "old life is not fenced off; set application"},
    {"transaction.timeout.ms",
     "has an option of its own; set kafka.transaction_timeout"},
    {"enable.idempotence",
     "must be true, or a retry writes a record twice; remove it"},
    {"acks", "must be all, or a broker's failure loses records; remove it"},
    {"request.required.acks",
     "must be all, or a broker's failure loses records; remove it"},
    {"max.in.flight",
     "follows from idempotence, or a retry changes the order; remove it"},
    {"max.in.flight.requests.per.connection",
     "follows from idempotence, or a retry changes the order; remove it"},
    {"retries", "must be without limit, or records are lost; remove it"},
    {"message.send.max.retries",
     "must be without limit, or records are lost; remove it"},
    {"message.timeout.ms",
     "follows from the transaction's timeout; set kafka.transaction_timeout"},
    {"delivery.timeout.ms",
     "follows from the transaction's timeout; set kafka.transaction_timeout"},
    {"queuing.strategy", "lifo would change the order; remove it"},
    {"delivery.report.only.error", "is used by the program; remove it"},
    {"dr_cb", "is used by the program; remove it"},
    {"dr_msg_cb", "is used by the program; remove it"},
    {"compression.codec", "has an option of its own; set kafka.compression"},
    {"compression.type", "has an option of its own; set kafka.compression"},
    {"message.max.bytes",
     "has an option of its own; set kafka.message_bytes_max"},
};

void CheckProperties(const ConfigNode* map, Diagnostics& diagnostics) {
  if (map == nullptr) return;
  for (const ConfigEntry& entry : map->entries) {
    const absl::string_view why = RefusedProperty(entry.key);
    if (why.empty()) continue;
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(why, absl::MaxSplits("; ", 1));
    diagnostics.Error(entry.location, entry.value.path, parts.first,
                      parts.second);
  }
}

// max.poll.interval.ms must leave time for a batch and its transaction.
void CheckPollInterval(const KafkaOptions& options, const ConfigNode* consumer,
                       Diagnostics& diagnostics) {
  const ConfigNode* const interval =
      consumer == nullptr ? nullptr : consumer->Find("max.poll.interval.ms");
  int64_t milliseconds = 0;
  if (interval == nullptr ||
      !absl::SimpleAtoi(interval->scalar, &milliseconds)) {
    return;
  }
  if (absl::Milliseconds(milliseconds) < 2 * options.transaction_timeout) {
    diagnostics.Error(
        *interval, "leaves no time for a batch and its transaction",
        absl::StrCat(
            "must be at least twice "
            "kafka.transaction_timeout, ",
            absl::ToInt64Milliseconds(2 * options.transaction_timeout)));
  }
}

void CheckTls(const TlsOptions& tls, const ConfigNode* node,
              Diagnostics& diagnostics) {
  if (node == nullptr) return;
  const bool files = !tls.ca_file.empty() || !tls.certificate_file.empty() ||
                     !tls.key_file.empty();
  if (files && !tls.enabled) {
    diagnostics.Warning(*node, "names files but is not enabled",
                        "set enabled: true");
  }
  if (tls.certificate_file.empty() != tls.key_file.empty()) {
    diagnostics.Error(*node, "has a certificate or a key without the other",
                      "give certificate_file and key_file");
    return;
  }
  if (!tls.enabled) return;
  const std::pair<absl::string_view, const std::string&> named[] = {
      {"ca_file", tls.ca_file},
      {"certificate_file", tls.certificate_file},
      {"key_file", tls.key_file}};
  for (const auto& [key, path] : named) {
    const ConfigNode* const at = node->Find(key);
    if (path.empty() || path == "probe" || at == nullptr) continue;
    if (access(path.c_str(), R_OK) != 0) {
      diagnostics.Error(*at, absl::StrCat(path, ": ", std::strerror(errno)),
                        "name a file that can be read");
    }
  }
}

void CheckSasl(const KafkaOptions& options, const ConfigNode* node,
               Diagnostics& diagnostics) {
  if (node == nullptr) return;
  const SaslOptions& sasl = options.sasl;
  const bool by_password = sasl.mechanism == SaslMechanism::kPlain ||
                           sasl.mechanism == SaslMechanism::kScramSha256 ||
                           sasl.mechanism == SaslMechanism::kScramSha512;
  if (by_password && sasl.username.empty()) {
    diagnostics.Error(*node, "has no username", "give username");
  }
  if (by_password && sasl.password.empty() && sasl.password_file.empty()) {
    diagnostics.Error(*node, "has no password",
                      "give password_file, or password: ${...}");
  }
  const bool scram = sasl.mechanism == SaslMechanism::kScramSha256 ||
                     sasl.mechanism == SaslMechanism::kScramSha512;
  if (scram && !sasl.username.empty() && !KafkaLibrarySpeaksScram()) {
    diagnostics.Warning(
        *node,
        absl::StrCat("cannot log in to Kafka 4 with SCRAM: this program has "
                     "librdkafka ",
                     KafkaLibraryVersion(),
                     ", and before 2.6.1 it sends a wrong nonce, which the "
                     "brokers call invalid credentials"),
        "use plain over TLS, a broker of the line 3.9 or before, or build with "
        "a later library, such as Debian 13's");
  }
  if (sasl.mechanism == SaslMechanism::kNone && !sasl.username.empty()) {
    diagnostics.Error(*node, "has a username but no mechanism",
                      "give mechanism, such as scram-sha-512");
  }
  if (sasl.mechanism == SaslMechanism::kPlain && !options.tls.enabled) {
    diagnostics.Warning(*node, "sends the password without encryption",
                        "set kafka.tls.enabled: true");
  }
  const ConfigNode* const password = node->Find("password");
  if (password != nullptr && !password->from_environment) {
    diagnostics.Warning(*password, "is written in the file",
                        "use password_file or ${ENV}");
  }
}

// Where a topic of the source stands, for messages.
const ConfigNode& TopicNode(const ConfigNode& source, size_t i) {
  const ConfigNode* const topics = source.Find("topics");
  if (topics == nullptr) return source;
  return i < topics->items.size() ? topics->items[i] : *topics;
}

// Whether the pattern `source`, as in source.topics, takes in `topic`.
bool Reads(const std::string& source, const std::string& topic) {
  if (!absl::StartsWith(source, "^")) return source == topic;
  regex_t compiled;
  if (regcomp(&compiled, source.c_str(), REG_EXTENDED | REG_NOSUB) != 0) {
    return false;
  }
  const bool matches = regexec(&compiled, topic.c_str(), 0, nullptr, 0) == 0;
  regfree(&compiled);
  return matches;
}

}  // namespace

absl::string_view RefusedProperty(absl::string_view name) {
  for (const RefusedRule& rule : kRefused) {
    const bool matches = absl::EndsWith(rule.name, ".")
                             ? absl::StartsWith(name, rule.name)
                             : name == rule.name;
    if (matches) return rule.why;
  }
  return "";
}

bool IsBroker(absl::string_view text) {
  const size_t colon = text.rfind(':');
  int port = 0;
  if (colon == absl::string_view::npos || colon == 0 ||
      !absl::SimpleAtoi(text.substr(colon + 1), &port) || port < 1 ||
      port > 65535) {
    return false;
  }
  const absl::string_view host = text.substr(0, colon);
  const bool bracketed = host.front() == '[' && host.back() == ']';
  return host.find_first_of(bracketed ? " ," : " ,:") ==
         absl::string_view::npos;
}

std::vector<std::string> SplitBrokers(const std::vector<std::string>& texts) {
  std::vector<std::string> brokers;
  for (const std::string& text : texts) {
    for (const absl::string_view part : absl::StrSplit(text, ',')) {
      brokers.emplace_back(absl::StripAsciiWhitespace(part));
    }
  }
  return brokers;
}

void CheckKafkaOptions(const KafkaOptions& options, const ConfigNode& node,
                       Diagnostics& diagnostics) {
  if (options.brokers.empty()) {
    diagnostics.Error(node, "names no brokers", "give brokers: [host:9092]");
  }
  const ConfigNode* const list = node.Find("brokers");
  for (size_t i = 0; i < options.brokers.size() && list != nullptr; ++i) {
    for (const std::string& broker : SplitBrokers({options.brokers[i]})) {
      if (IsBroker(broker)) continue;
      diagnostics.Error(list->is_sequence() ? list->items[i] : *list,
                        absl::StrCat("\"", broker, "\" is not a broker"),
                        "expected host:port, such as kafka-1:9092");
    }
  }
  CheckProperties(node.Find("consumer"), diagnostics);
  CheckProperties(node.Find("producer"), diagnostics);
  CheckPollInterval(options, node.Find("consumer"), diagnostics);
  CheckTls(options.tls, node.Find("tls"), diagnostics);
  CheckSasl(options, node.Find("sasl"), diagnostics);
}

void CheckInputOptions(const InputOptions& options, const ConfigNode& node,
                       Diagnostics& diagnostics) {
  if (options.topics.empty()) {
    diagnostics.Error(node, "names no topics", "give topics: [news.raw]");
  }
  for (size_t i = 0; i < options.topics.size(); ++i) {
    const std::string& topic = options.topics[i];
    const ConfigNode& at = TopicNode(node, i);
    if (absl::StartsWith(topic, "^")) {
      regex_t compiled;
      if (regcomp(&compiled, topic.c_str(), REG_EXTENDED | REG_NOSUB) != 0) {
        diagnostics.Error(
            at, absl::StrCat("\"", topic, "\" is not a regular expression"),
            "check its brackets");
      } else {
        regfree(&compiled);
      }
    } else if (!IsTopicName(topic)) {
      diagnostics.Error(
          at, absl::StrCat("\"", topic, "\" is not a topic's name"),
          "use letters, digits, '.', '_' and '-'; a pattern begins with ^");
    }
    if (std::count(options.topics.begin(), options.topics.end(), topic) > 1) {
      diagnostics.Warning(at, absl::StrCat(topic, " is named twice"),
                          "name it once");
    }
  }
}

void CheckPipelineOptions(const PipelineOptions& options,
                          const ConfigNode& node, Diagnostics& diagnostics) {
  const ConfigNode* const source = node.Find("source");
  for (size_t i = 0; i < options.source.topics.size(); ++i) {
    const std::string& topic = options.source.topics[i];
    const ConfigNode& at = source == nullptr ? node : TopicNode(*source, i);
    for (const std::string& own :
         {options.dead_letter.topic, options.sightings_topic()}) {
      if (!Reads(topic, own)) continue;
      diagnostics.Error(at, absl::StrCat("takes in ", own),
                        "wiredesk writes that topic; do not read it");
    }
  }
  if (options.dead_letter.topic == options.sightings_topic()) {
    diagnostics.Error(node.location, "dead_letter.topic",
                      "is the topic of sightings", "choose another name");
  }
  // Checks run even where a value is out of its bounds.
  const auto batches =
      static_cast<size_t>(std::max(options.workers, 1)) *
      static_cast<size_t>(std::max(options.batch.in_flight, 1));
  if (options.batch.bytes_max > (size_t{1} << 30) / batches) {
    diagnostics.Warning(
        node.location, "batch.bytes_max",
        "times workers and batch.in_flight is more than 1 GiB of memory",
        "use smaller batches, fewer of them, or fewer workers");
  }
  const ConfigNode* const admin = node.Find("admin");
  if (admin != nullptr && options.admin.enabled &&
      options.admin.address.empty()) {
    diagnostics.Error(*admin, "has an empty address",
                      "give address: 127.0.0.1, or enabled: false");
  }
  const std::string& address = options.admin.address;
  const bool loopback = address == "localhost" || address == "::1" ||
                        absl::StartsWith(address, "127.");
  if (admin != nullptr && options.admin.enabled && !loopback &&
      !address.empty() && options.admin.token_file.empty()) {
    diagnostics.Warning(*admin,
                        absl::StrCat("serves /metrics, /healthz and /readyz to "
                                     "all who reach ",
                                     address, ", and /tap to nobody"),
                        "set admin.token_file to use /tap");
  }
}

}  // namespace wiredesk
