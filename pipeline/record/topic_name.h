// What Kafka allows as the name of a topic. Whoever makes up a name, from an
// option, a template or a dead letter's header, asks here first:
//
//   if (!IsTopicName("news raw")) ...   // a blank is not allowed

#ifndef WIREDESK_PIPELINE_RECORD_TOPIC_NAME_H_
#define WIREDESK_PIPELINE_RECORD_TOPIC_NAME_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace wiredesk {

// Kafka's limit, in bytes.
inline constexpr size_t kTopicNameMax = 249;

// Whether `c` may stand in a name: an ASCII letter or digit, '.', '_' or '-'.
bool IsTopicNameCharacter(char c);

// Whether Kafka takes `name`: 1 to kTopicNameMax such characters, and neither
// "." nor "..".
bool IsTopicName(absl::string_view name);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_TOPIC_NAME_H_
