#include "stages/parse/bytes/ascii_search.h"

#include <cstdint>

#include "absl/strings/ascii.h"

namespace wiredesk {

size_t FindIgnoreCase(absl::string_view text, absl::string_view part,
                      size_t from) {
  if (part.empty()) return from;
  const auto lower = [text](size_t i) {
    return absl::ascii_tolower(static_cast<uint8_t>(text[i]));
  };
  for (size_t i = from; i + part.size() <= text.size(); ++i) {
    size_t matched = 0;
    while (matched < part.size() && lower(i + matched) == part[matched]) {
      ++matched;
    }
    if (matched == part.size()) return i;
  }
  return absl::string_view::npos;
}

bool ContainsIgnoreCase(absl::string_view text, absl::string_view part) {
  return FindIgnoreCase(text, part) != absl::string_view::npos;
}

}  // namespace wiredesk
