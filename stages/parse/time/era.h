// Years that are counted from elsewhere: the eras of Japan, the Buddhist era of
// Thailand, the Republic of China.

#ifndef WIREDESK_STAGES_PARSE_TIME_ERA_H_
#define WIREDESK_STAGES_PARSE_TIME_ERA_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

// `text` with such a year as one of the common era: "令和3年3月7日" becomes
// "2021年3月7日", "7 มีนาคม 2564" becomes "7 มีนาคม 2021". Linear.
std::string WithoutEra(absl::string_view text);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_TIME_ERA_H_
