// What people call the objects in a list of the record, by the kLabel of their
// table: "{name|id} ({role})" gives "Seoul (mentioned)".

#ifndef WIREDESK_PIPELINE_REPLAY_RECORD_LABEL_H_
#define WIREDESK_PIPELINE_REPLAY_RECORD_LABEL_H_

#include <cstddef>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "pipeline/record/event_names.h"
#include "pipeline/record/field.h"
#include "pipeline/record/record_fields.h"

namespace wiredesk {

// A member's value in words; empty for what is not a text or a number.
template <typename V>
std::string ValueInWords(const V& value) {
  if constexpr (table::kIsText<V>) {
    return std::string(value);
  } else if constexpr (std::is_enum_v<V>) {
    return std::string(NameOf(value));
  } else if constexpr (std::is_floating_point_v<V>) {
    return absl::StrFormat("%g", value);
  } else if constexpr (std::is_integral_v<V>) {
    return absl::StrCat(value);
  } else {
    return "";
  }
}

// The value of the member that is published as `name`.
template <typename T>
std::string MemberInWords(const T& object, absl::string_view name) {
  using Table = table::Of<T>;
  std::string words;
  table::ForEach<Table>([&](auto index) {
    constexpr const auto& kField = table::kFieldAt<Table, index>;
    using Entry = std::remove_cvref_t<decltype(kField)>;
    if constexpr (!Entry::kIsSpread) {
      if constexpr (table::ReachOf<typename Entry::Access, T>() ==
                    table::Reach::kMember) {
        if (kField.name() == name) {
          words = ValueInWords(table::Read(kField.access, object));
        }
      }
    }
  });
  return words;
}

template <typename T>
std::string LabelOf(const T& object) {
  std::string label;
  // "{name|id} ({role})" → "", "name|id", " (", "role", ")"
  const std::vector<absl::string_view> parts =
      absl::StrSplit(table::Of<T>::kLabel, absl::ByAnyChar("{}"));
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i % 2 == 0) {
      absl::StrAppend(&label, parts[i]);
      continue;
    }
    for (const absl::string_view name : absl::StrSplit(parts[i], '|')) {
      const std::string words = MemberInWords(object, name);
      label += words;
      if (!words.empty()) break;
    }
  }
  return label;
}

// Of the items of a list: what their table calls them, or the texts themselves.
// Empty for other fields, and for objects without a kLabel.
template <typename V>
std::vector<std::string> LabelsOf(const V& value) {
  std::vector<std::string> labels;
  if constexpr (table::kIsList<V>) {
    using Item = std::remove_const_t<typename V::value_type>;
    if constexpr (table::kIsText<Item>) {
      for (const Item& item : value) labels.emplace_back(item);
    } else if constexpr (requires { table::Of<Item>::kLabel; }) {
      for (const Item& item : value) labels.push_back(LabelOf(item));
    }
  }
  return labels;
}

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_REPLAY_RECORD_LABEL_H_
