// Who is in a consumer group, as its coordinator sees it.

#ifndef WIREDESK_PIPELINE_KAFKA_GROUP_H_
#define WIREDESK_PIPELINE_KAFKA_GROUP_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "pipeline/kafka/client.h"

namespace wiredesk {

struct GroupView {
  struct Member {
    std::string instance_id;  // empty: a dynamic member
    std::string client_id;
    std::string host;  // as the coordinator sees it, "/10.0.0.7"
  };
  std::string state;  // Kafka's name, "PreparingRebalance"
  std::vector<Member> members;
};

// A dead member is there until its session is over. One request, with a client
// of its own.
absl::StatusOr<GroupView> DescribeGroup(const KafkaClientOptions& client,
                                        const std::string& group);

// Whether the group has a static member of this name.
bool HasStaticMember(const GroupView& group, const std::string& instance_id);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_GROUP_H_
