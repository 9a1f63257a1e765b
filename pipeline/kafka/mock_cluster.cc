#include "pipeline/kafka/mock_cluster.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"

namespace wiredesk {

// The cluster lives in a client that does nothing else.
struct KafkaMockCluster::Impl {
  rd_kafka_t* client = nullptr;
  rd_kafka_mock_cluster_t* cluster = nullptr;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    if (cluster != nullptr) rd_kafka_mock_cluster_destroy(cluster);
    if (client != nullptr) rd_kafka_destroy(client);
  }
};

absl::StatusOr<std::unique_ptr<KafkaMockCluster>> KafkaMockCluster::Start() {
  auto impl = std::make_unique<Impl>();
  char error[256];
  // It connects to nothing, and would warn that it is told no broker.
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  rd_kafka_conf_set(conf, "log_level", "3", nullptr, 0);
  impl->client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof error);
  if (impl->client == nullptr) {
    return absl::InternalError(absl::StrCat("embedded broker: ", error));
  }
  impl->cluster = rd_kafka_mock_cluster_new(impl->client, 1);
  if (impl->cluster == nullptr) {
    return absl::InternalError("embedded broker: it does not start");
  }
  return absl::WrapUnique(new KafkaMockCluster(std::move(impl)));
}

KafkaMockCluster::KafkaMockCluster(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}

KafkaMockCluster::~KafkaMockCluster() = default;

std::string KafkaMockCluster::brokers() const {
  return rd_kafka_mock_cluster_bootstraps(impl_->cluster);
}

absl::Status KafkaMockCluster::CreateTopic(const std::string& topic,
                                           int partitions) {
  const rd_kafka_resp_err_t error =
      rd_kafka_mock_topic_create(impl_->cluster, topic.c_str(), partitions, 1);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("embedded broker: topic ", topic,
                                          ": ", rd_kafka_err2str(error)));
}

}  // namespace wiredesk
