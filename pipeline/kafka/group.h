// Who is in a consumer group, as its coordinator sees it.

#ifndef WIREDESK_PIPELINE_KAFKA_GROUP_H_
#define WIREDESK_PIPELINE_KAFKA_GROUP_H_

#include <string>

#include "absl/status/statusor.h"
#include "pipeline/kafka/client.h"

namespace wiredesk {

// Whether the group has a static member of this name. A dead one is there until
// its session is over.
absl::StatusOr<bool> HasStaticMember(const KafkaClientOptions& client,
                                     const std::string& group,
                                     const std::string& instance_id);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_GROUP_H_
