#include "stages/parse/article_json/mapping.h"

#include <array>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "config/base/status_macros.h"

namespace wiredesk {
namespace {

// In the order of JsonField.
constexpr std::array<absl::string_view, kJsonFieldCount> kNames = {
    "guid",          "version",      "provider",      "domain",
    "country",       "url",          "canonical_url", "headline",
    "summary",       "body",         "byline",        "dateline",
    "language",      "published_at", "updated_at",    "embargoed_until",
    "status",        "urgency",      "priority",      "slugline",
    "take",          "categories",   "keywords",      "persons",
    "organizations", "places",       "concepts",      "topics"};

}  // namespace

absl::string_view JsonFieldName(JsonField field) {
  return kNames[static_cast<size_t>(field)];
}

absl::StatusOr<JsonMapping> JsonMapping::Create(
    const std::map<std::string, std::string>& given) {
  JsonMapping mapping;
  for (const auto& [name, pointers] : given) {
    size_t field = 0;
    while (field < kJsonFieldCount && kNames[field] != name) ++field;
    if (field == kJsonFieldCount) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", name, "\" is not a field of an article"));
    }
    WD_RETURN_IF_ERROR(
        mapping.AddPointers(static_cast<JsonField>(field), pointers));
  }
  return mapping;
}

const JsonMapping& JsonMapping::Default() {
  static const auto& mapping = *new JsonMapping(*Create({}));
  return mapping;
}

absl::Status JsonMapping::AddPointers(JsonField field,
                                      absl::string_view pointers) {
  for (const absl::string_view pointer :
       absl::StrSplit(pointers, absl::ByAnyChar(" \t\n"), absl::SkipEmpty())) {
    if (pointer.front() != '/') {
      return absl::InvalidArgumentError(
          absl::StrCat("the JSON Pointer \"", pointer, "\" begins without /"));
    }
    uint32_t at = 0;
    for (const absl::string_view raw : absl::StrSplit(pointer.substr(1), '/')) {
      const std::string key =
          absl::StrReplaceAll(raw, {{"~1", "/"}, {"~0", "~"}});
      const auto [found, added] = nodes_[at].children.emplace(
          key, static_cast<uint32_t>(nodes_.size()));
      at = found->second;
      if (added) nodes_.emplace_back();
    }
    nodes_[at].ends.emplace_back(field, ranks_[static_cast<size_t>(field)]++);
  }
  return absl::OkStatus();
}

}  // namespace wiredesk
