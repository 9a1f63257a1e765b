#include "stages/parse/html/tag.h"

#include <array>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace wiredesk {
namespace {

constexpr size_t kTags = static_cast<size_t>(HtmlTag::kCount);

constexpr std::array<uint16_t, kTags> kFlags = {0,
#define WD_HTML_FLAGS(enumerator, name, flags) static_cast<uint16_t>(flags),
                                                WD_HTML_TAGS(WD_HTML_FLAGS)
#undef WD_HTML_FLAGS
};

const std::array<absl::string_view, kTags> kNames = {"",
#define WD_HTML_NAME(enumerator, name, flags) name,
                                                     WD_HTML_TAGS(WD_HTML_NAME)
#undef WD_HTML_NAME
};

constexpr uint32_t kSlots = 1024;
constexpr size_t kLongestName = 10;

uint32_t HashName(absl::string_view name) {
  uint32_t hash = static_cast<uint32_t>(name.size()) * 0x9E3779B1u;
  for (const char c : name) {
    hash = (hash ^ (static_cast<uint8_t>(c) | 0x20u)) * 0x01000193u;
  }
  return (hash ^ (hash >> 13)) % kSlots;
}

// An open hash table from names to tags; 0 is free.
std::array<uint8_t, kSlots> MakeTable() {
  std::array<uint8_t, kSlots> table = {};
  for (size_t tag = 1; tag < kTags; ++tag) {
    uint32_t slot = HashName(kNames[tag]);
    while (table[slot] != 0) slot = (slot + 1) % kSlots;
    table[slot] = static_cast<uint8_t>(tag);
  }
  return table;
}

}  // namespace

HtmlTag FindHtmlTag(absl::string_view name) {
  static const std::array<uint8_t, kSlots> table = MakeTable();
  if (name.empty() || name.size() > kLongestName) return HtmlTag::kUnknown;
  for (uint32_t slot = HashName(name);; slot = (slot + 1) % kSlots) {
    const uint8_t tag = table[slot];
    if (tag == 0) return HtmlTag::kUnknown;
    if (absl::EqualsIgnoreCase(kNames[tag], name)) {
      return static_cast<HtmlTag>(tag);
    }
  }
}

uint16_t HtmlFlags(HtmlTag tag) { return kFlags[static_cast<size_t>(tag)]; }

absl::string_view HtmlTagName(HtmlTag tag) {
  return kNames[static_cast<size_t>(tag)];
}

}  // namespace wiredesk
