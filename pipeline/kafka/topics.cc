#include "pipeline/kafka/topics.h"

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "pipeline/kafka/error_rules.h"
#include "pipeline/observe/log.h"

namespace wiredesk {
namespace {

constexpr int kGoneAnswers = 3;
constexpr absl::Duration kGonePause = absl::Milliseconds(300);

struct NewTopicDeleter {
  void operator()(rd_kafka_NewTopic_t* topic) const {
    rd_kafka_NewTopic_destroy(topic);
  }
  void operator()(rd_kafka_AdminOptions_t* options) const {
    rd_kafka_AdminOptions_destroy(options);
  }
};
using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, NewTopicDeleter>;
using AdminOptions = std::unique_ptr<rd_kafka_AdminOptions_t, NewTopicDeleter>;

absl::StatusOr<NewTopic> DescribeNewTopic(const std::string& topic,
                                          const TopicSettings& settings) {
  char why[512];
  NewTopic result(rd_kafka_NewTopic_new(topic.c_str(), settings.partitions,
                                        settings.replication, why,
                                        sizeof(why)));
  if (result == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot create topic ", topic, ": ", why));
  }
  for (const auto& [name, value] : settings.config) {
    rd_kafka_NewTopic_set_config(result.get(), name.c_str(), value.c_str());
  }
  return result;
}

// What became of the one topic of a CreateTopics request.
absl::Status ResultOf(rd_kafka_event_t* event, const std::string& topic) {
  const std::string what = absl::StrCat("cannot create topic ", topic);
  const std::string right = absl::StrCat("Create on topic ", topic);
  if (event == nullptr) {
    return absl::UnavailableError(absl::StrCat(what, ": no answer"));
  }
  if (rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(rd_kafka_event_error(event), what, right);
  }
  const auto* result = rd_kafka_event_CreateTopics_result(event);
  size_t count = 0;
  const auto* topics = rd_kafka_CreateTopics_result_topics(result, &count);
  if (count != 1) return absl::InternalError(what);
  const rd_kafka_resp_err_t error = rd_kafka_topic_result_error(topics[0]);
  // Another worker or instance may have been faster.
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR ||
      error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
    return absl::OkStatus();
  }
  const char* words = rd_kafka_topic_result_error_string(topics[0]);
  absl::Status status = KafkaStatus(error, what, right);
  if (words == nullptr) return status;
  return absl::Status(status.code(),
                      absl::StrCat(status.message(), ": ", words));
}

}  // namespace

KafkaTopics::KafkaTopics(const KafkaClientOptions& options, bool create_missing)
    : options_(options), create_missing_(create_missing) {}

absl::StatusOr<std::unique_ptr<KafkaTopics>> KafkaTopics::Make(
    const KafkaClientOptions& options, bool create_missing) {
  auto topics = absl::WrapUnique(new KafkaTopics(options, create_missing));
  WD_ASSIGN_OR_RETURN(KafkaConf conf, KafkaConf::Make(options));
  rd_kafka_conf_set_opaque(conf.get(), topics.get());
  rd_kafka_conf_set_error_cb(conf.get(), &KafkaTopics::OnError);
  // A consumer without a group: a producer that asks for a topic makes it.
  WD_ASSIGN_OR_RETURN(topics->client_,
                      std::move(conf).NewClient(RD_KAFKA_CONSUMER));
  return topics;
}

// A login that fails is told here only: to the request it is one more broker
// that does not answer.
void KafkaTopics::OnError(rd_kafka_t* client, int error, const char* reason,
                          void* self) {
  LogKafkaError(client, error, reason);
  const auto code = static_cast<rd_kafka_resp_err_t>(error);
  const absl::Status status = KafkaStatus(code, reason);
  if (!absl::IsUnauthenticated(status)) return;
  auto* topics = static_cast<KafkaTopics*>(self);
  absl::MutexLock lock(&topics->error_mutex_);
  topics->login_error_ = status;
}

absl::Status KafkaTopics::Ping(absl::Duration timeout) {
  const struct rd_kafka_metadata* answer = nullptr;
  rd_kafka_poll(client_.get(), 0);  // serves the error callback
  const rd_kafka_resp_err_t error = rd_kafka_metadata(
      client_.get(), 0, nullptr, &answer, KafkaMillis(timeout));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    rd_kafka_poll(client_.get(), 0);
    absl::MutexLock lock(&error_mutex_);
    WD_RETURN_IF_ERROR(login_error_);
    const std::string trouble = TakeCertificateTrouble();
    if (!trouble.empty()) return absl::UnauthenticatedError(trouble);
    return KafkaStatus(
        error, absl::StrCat("no broker of ", options_.brokers, " answers"));
  }
  const KafkaMetadata metadata(answer);
  absl::MutexLock lock(&error_mutex_);
  login_error_ = absl::OkStatus();
  return absl::OkStatus();
}

absl::StatusOr<int> KafkaTopics::PartitionCount(absl::string_view topic) {
  const std::string name(topic);
  const KafkaTopicHandle handle(
      rd_kafka_topic_new(client_.get(), name.c_str(), nullptr));
  if (handle == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", name, "\" is not a valid topic name"));
  }
  const struct rd_kafka_metadata* answer = nullptr;
  const rd_kafka_resp_err_t error =
      rd_kafka_metadata(client_.get(), 0, handle.get(), &answer,
                        KafkaMillis(options_.request_timeout));
  const std::string what = absl::StrCat("topic ", name);
  const std::string right = absl::StrCat("Describe on topic ", name);
  const auto status_of = [&](rd_kafka_resp_err_t code) {
    return MeansMissingTopic(code)
               ? absl::NotFoundError(absl::StrCat(what, " does not exist"))
               : KafkaStatus(code, what, right);
  };
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return status_of(error);
  const KafkaMetadata metadata(answer);
  for (int i = 0; i < metadata->topic_cnt; ++i) {
    const struct rd_kafka_metadata_topic& found = metadata->topics[i];
    if (name != found.topic) continue;
    if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return status_of(found.err);
    }
    return found.partition_cnt;
  }
  return absl::NotFoundError(absl::StrCat(what, " does not exist"));
}

absl::Status KafkaTopics::Ensure(absl::string_view topic,
                                 const TopicSettings& settings) {
  const std::string name(topic);
  absl::MutexLock lock(&mutex_);
  if (known_.contains(name)) return absl::OkStatus();
  const absl::StatusOr<int> partitions = PartitionCount(name);
  if (!partitions.ok()) {
    if (!absl::IsNotFound(partitions.status())) return partitions.status();
    if (!create_missing_) {
      return absl::NotFoundError(absl::StrCat(
          "topic ", name, " does not exist; create it (",
          CommandFor(name, settings), ") or set kafka.create_topics: true"));
    }
    WD_RETURN_IF_ERROR(Create(name, settings));
  }
  known_.insert(name);
  absl::MutexLock missing_lock(&missing_mutex_);
  missing_.erase(name);
  return absl::OkStatus();
}

// A broker of a cluster may not know yet of a topic made a moment ago, so one
// answer proves nothing.
bool KafkaTopics::IsGone(const std::string& topic) {
  for (int asked = 0; asked < kGoneAnswers; ++asked) {
    if (asked > 0) absl::SleepFor(kGonePause);
    if (!absl::IsNotFound(PartitionCount(topic).status())) return false;
  }
  return true;
}

void KafkaTopics::Forget(absl::string_view topic) {
  const std::string name(topic);
  if (!IsGone(name)) return;
  {
    absl::MutexLock lock(&mutex_);
    known_.erase(name);
  }
  absl::MutexLock lock(&missing_mutex_);
  if (!missing_.insert(name).second) return;
  LogError("topic_deleted", {{"topic", name}, {"recreates", create_missing_}});
}

void KafkaTopics::FindDeleted() {
  std::vector<std::string> names;
  {
    absl::MutexLock lock(&mutex_);
    names.assign(known_.begin(), known_.end());
  }
  for (const std::string& name : names) Forget(name);
  for (const std::string& name : missing()) {
    if (!PartitionCount(name).ok()) continue;
    LogInfo("topic_found", {{"topic", name}});
    absl::MutexLock lock(&missing_mutex_);
    missing_.erase(name);
  }
}

std::vector<std::string> KafkaTopics::missing() const {
  absl::MutexLock lock(&missing_mutex_);
  return {missing_.begin(), missing_.end()};
}

absl::Status KafkaTopics::Create(const std::string& topic,
                                 const TopicSettings& settings) {
  WD_ASSIGN_OR_RETURN(const NewTopic wanted, DescribeNewTopic(topic, settings));
  const AdminOptions options(
      rd_kafka_AdminOptions_new(client_.get(), RD_KAFKA_ADMIN_OP_CREATETOPICS));
  char why[512];
  const int timeout = KafkaMillis(options_.request_timeout);
  rd_kafka_AdminOptions_set_request_timeout(options.get(), timeout, why,
                                            sizeof(why));
  rd_kafka_AdminOptions_set_operation_timeout(options.get(), timeout, why,
                                              sizeof(why));
  const KafkaQueue queue(rd_kafka_queue_new(client_.get()));
  rd_kafka_NewTopic_t* topics[] = {wanted.get()};
  rd_kafka_CreateTopics(client_.get(), topics, 1, options.get(), queue.get());
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), timeout));
  WD_RETURN_IF_ERROR(ResultOf(event.get(), topic));
  LogInfo("topic_created",
          {{"topic", topic}, {"partitions", settings.partitions}});
  return AwaitCreated(topic);
}

// The controller has made it; the brokers learn of it a little later.
absl::Status KafkaTopics::AwaitCreated(const std::string& topic) {
  const absl::Time deadline = absl::Now() + options_.request_timeout;
  absl::StatusOr<int> partitions = PartitionCount(topic);
  while (absl::IsNotFound(partitions.status()) ||
         absl::IsUnavailable(partitions.status())) {
    if (absl::Now() > deadline) break;
    absl::SleepFor(absl::Milliseconds(20));
    partitions = PartitionCount(topic);
  }
  return partitions.status();
}

std::string KafkaTopics::CommandFor(const std::string& topic,
                                    const TopicSettings& settings) const {
  std::string command = absl::StrCat(
      "kafka-topics.sh --bootstrap-server ", options_.brokers,
      " --create --topic ", topic, " --partitions ", settings.partitions);
  if (settings.replication > 0) {
    absl::StrAppend(&command, " --replication-factor ", settings.replication);
  }
  for (const auto& [name, value] : settings.config) {
    absl::StrAppend(&command, " --config ", name, "=", value);
  }
  return command;
}

}  // namespace wiredesk
