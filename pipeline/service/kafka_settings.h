// From the options of the configuration to those of the Kafka classes.

#ifndef WIREDESK_PIPELINE_SERVICE_KAFKA_SETTINGS_H_
#define WIREDESK_PIPELINE_SERVICE_KAFKA_SETTINGS_H_

#include <string>

#include "pipeline/kafka/client.h"
#include "pipeline/kafka/sighting_log.h"
#include "pipeline/kafka/sink.h"
#include "pipeline/kafka/source.h"
#include "pipeline/kafka/topics.h"
#include "pipeline/service/options.h"

namespace wiredesk {

KafkaClientOptions ClientOptionsOf(const PipelineOptions& options);

// Those of the worker with this index. `instance` tells this process from the
// other instances, in the transactional id.
KafkaSourceOptions SourceOptionsOf(const PipelineOptions& options, int worker);
KafkaSinkOptions SinkOptionsOf(const PipelineOptions& options,
                               const std::string& instance, int worker);

// `window` is how far back the index looks, in event time.
KafkaSightingLogOptions SightingLogOptionsOf(const PipelineOptions& options,
                                             absl::Duration window);

TopicSettings NewTopicsOf(const PipelineOptions& options);
TopicSettings SightingsTopicOf(const PipelineOptions& options);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_SERVICE_KAFKA_SETTINGS_H_
