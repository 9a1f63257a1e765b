#ifndef WIREDESK_CONFIG_BASE_COUNTED_H_
#define WIREDESK_CONFIG_BASE_COUNTED_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace wiredesk {

// "1 error", "2 errors". For nouns whose plural ends in -s.
template <typename Number>
std::string Counted(Number count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_BASE_COUNTED_H_
