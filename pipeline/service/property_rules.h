// Checks of the pipeline's options that look at more than one value, and the
// properties of librdkafka that an operator may not set, with the reasons.

#ifndef WIREDESK_PIPELINE_SERVICE_PROPERTY_RULES_H_
#define WIREDESK_PIPELINE_SERVICE_PROPERTY_RULES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "config/config_node.h"
#include "config/diagnostics.h"

namespace wiredesk {

struct KafkaOptions;
struct InputOptions;
struct PipelineOptions;

// "kafka-1:9092", "[::1]:9092".
bool IsBroker(absl::string_view text);

// One broker a text, of texts that may hold several with commas between them,
// as one environment variable does.
std::vector<std::string> SplitBrokers(const std::vector<std::string>& texts);

// Checks for Schema::Check(), each with the node of its section.
void CheckKafkaOptions(const KafkaOptions& options, const ConfigNode& node,
                       Diagnostics& diagnostics);
void CheckInputOptions(const InputOptions& options, const ConfigNode& node,
                       Diagnostics& diagnostics);
void CheckPipelineOptions(const PipelineOptions& options,
                          const ConfigNode& node, Diagnostics& diagnostics);

// Why a consumer's or producer's property may not be set, with what to do;
// empty if it may.
absl::string_view RefusedProperty(absl::string_view name);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_SERVICE_PROPERTY_RULES_H_
