#ifndef WIREDESK_PIPELINE_SERVICE_KAFKA_PROPERTIES_H_
#define WIREDESK_PIPELINE_SERVICE_KAFKA_PROPERTIES_H_

#include "config/config.h"
#include "config/diagnostics.h"

namespace wiredesk {

// Asks librdkafka about each property that the configuration passes through
// under kafka.consumer and kafka.producer. Connects to nothing.
void CheckKafkaProperties(const Config& config, Diagnostics& diagnostics);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_SERVICE_KAFKA_PROPERTIES_H_
