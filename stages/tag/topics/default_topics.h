// The topic table that is compiled into the program.

#ifndef WIREDESK_STAGES_TAG_TOPICS_DEFAULT_TOPICS_H_
#define WIREDESK_STAGES_TAG_TOPICS_DEFAULT_TOPICS_H_

#include "absl/strings/string_view.h"

namespace wiredesk {

// The content of config/topics/topics.tsv when the program was made.
absl::string_view DefaultTopicTable();

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_TOPICS_DEFAULT_TOPICS_H_
