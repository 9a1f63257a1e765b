#include "pipeline/kafka/group.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"

namespace wiredesk {
namespace {

std::string TextOf(const char* text) { return text == nullptr ? "" : text; }

GroupView ViewOf(const rd_kafka_ConsumerGroupDescription_t* group) {
  GroupView view;
  view.state = rd_kafka_consumer_group_state_name(
      rd_kafka_ConsumerGroupDescription_state(group));
  const size_t count = rd_kafka_ConsumerGroupDescription_member_count(group);
  for (size_t i = 0; i < count; ++i) {
    const rd_kafka_MemberDescription_t* const member =
        rd_kafka_ConsumerGroupDescription_member(group, i);
    view.members.push_back(
        {TextOf(rd_kafka_MemberDescription_group_instance_id(member)),
         TextOf(rd_kafka_MemberDescription_client_id(member)),
         TextOf(rd_kafka_MemberDescription_host(member))});
  }
  return view;
}

}  // namespace

absl::StatusOr<GroupView> DescribeGroup(const KafkaClientOptions& client,
                                        const std::string& group) {
  WD_ASSIGN_OR_RETURN(KafkaConf conf, KafkaConf::Make(client));
  WD_ASSIGN_OR_RETURN(const KafkaHandle handle,
                      std::move(conf).NewClient(RD_KAFKA_PRODUCER));
  const KafkaQueue queue(rd_kafka_queue_new(handle.get()));
  const char* groups[] = {group.c_str()};
  rd_kafka_DescribeConsumerGroups(handle.get(), groups, 1, nullptr,
                                  queue.get());
  const KafkaEvent event(
      rd_kafka_queue_poll(queue.get(), KafkaMillis(client.request_timeout)));
  const std::string what = absl::StrCat("cannot look up group ", group);
  const std::string right = absl::StrCat("Describe on group ", group);
  if (event == nullptr) return absl::UnavailableError(what);
  if (rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(rd_kafka_event_error(event.get()), what, right);
  }
  size_t count = 0;
  const rd_kafka_ConsumerGroupDescription_t** const found =
      rd_kafka_DescribeConsumerGroups_result_groups(
          rd_kafka_event_DescribeConsumerGroups_result(event.get()), &count);
  if (count != 1) return absl::UnavailableError(what);
  const rd_kafka_error_t* const error =
      rd_kafka_ConsumerGroupDescription_error(found[0]);
  if (error != nullptr) {
    return KafkaStatus(rd_kafka_error_code(error), what, right);
  }
  return ViewOf(found[0]);
}

bool HasStaticMember(const GroupView& group, const std::string& instance_id) {
  return std::any_of(group.members.begin(), group.members.end(),
                     [&](const GroupView::Member& member) {
                       return member.instance_id == instance_id;
                     });
}

}  // namespace wiredesk
