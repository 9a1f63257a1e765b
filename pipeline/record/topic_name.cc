#include "pipeline/record/topic_name.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace wiredesk {

bool IsTopicNameCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' ||
         c == '_' || c == '-';
}

bool IsTopicName(absl::string_view name) {
  return !name.empty() && name.size() <= kTopicNameMax && name != "." &&
         name != ".." &&
         std::all_of(name.begin(), name.end(), IsTopicNameCharacter);
}

}  // namespace wiredesk
