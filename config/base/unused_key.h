// A member of a document that looks like news and was not used: how a provider
// whose shape is not understood is noticed before its readers notice.

#ifndef WIREDESK_CONFIG_BASE_UNUSED_KEY_H_
#define WIREDESK_CONFIG_BASE_UNUSED_KEY_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace wiredesk {

struct UnusedKey {
  // Longer names are cut; what a list of keys may hold of one record.
  static constexpr size_t kNameBytesMax = 48;
  static constexpr size_t kOfRecordMax = 32;

  absl::string_view key;    // its name, as the document has it
  absl::string_view looks;  // a literal: "text", "time" or "address"

  bool operator==(const UnusedKey& other) const {
    return key == other.key && looks == other.looks;
  }
};

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_BASE_UNUSED_KEY_H_
