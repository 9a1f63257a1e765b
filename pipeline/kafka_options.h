// From the options of the configuration to those of the Kafka clients.

#ifndef WIREDESK_PIPELINE_KAFKA_OPTIONS_H_
#define WIREDESK_PIPELINE_KAFKA_OPTIONS_H_

#include <string>

#include "config/config.h"
#include "pipeline/kafka_client.h"
#include "pipeline/kafka_sink.h"
#include "pipeline/kafka_source.h"
#include "pipeline/kafka_topics.h"
#include "pipeline/options.h"

namespace wiredesk {

// Brokers, TLS, SASL and the properties that are passed through.
KafkaClientOptions ClientOptionsOf(const PipelineOptions& options);

// For the worker with this index. The caller adds the metrics.
KafkaSourceOptions SourceOptionsOf(const PipelineOptions& options, int worker);
KafkaSinkOptions SinkOptionsOf(const PipelineOptions& options, int worker);

// A name for the transactions of one worker: the same after a restart where
// group_instance_id names the instance, else after one in the same container.
// `instance` stands for the host and process where there is no name.
std::string TransactionalId(const PipelineOptions& options,
                            absl::string_view instance, int worker);

// How missing topics are made: those of records, and that of sightings.
TopicSettings NewTopicSettings(const PipelineOptions& options);
TopicSettings SightingTopicSettings(const PipelineOptions& options);

// Asks librdkafka about each property that is passed through, without
// connecting.
void CheckProperties(const Config& config, Diagnostics& diagnostics);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_OPTIONS_H_
