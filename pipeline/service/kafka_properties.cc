#include "pipeline/service/kafka_properties.h"

#include "pipeline/kafka/client.h"

namespace wiredesk {
namespace {

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

void CheckKafkaProperties(const Config& config, Diagnostics& diagnostics) {
  const ConfigNode kafka = config.Section("kafka");
  CheckMap(kafka.Find("consumer"), diagnostics);
  CheckMap(kafka.Find("producer"), diagnostics);
}

}  // namespace wiredesk
