// Writes what a person has written into a record, by its tables: a mapping into
// an object, a list into a list, a text into what the member holds.
//
// Set are members only: what is computed, or known only when a message is
// written, cannot be, and neither can ids and stretches of text.

#ifndef WIREDESK_STAGES_ROUTE_RECORD_SETTER_H_
#define WIREDESK_STAGES_ROUTE_RECORD_SETTER_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "config/config_node.h"
#include "config/diagnostics.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/event_names.h"
#include "pipeline/record/field.h"
#include "pipeline/record/record_fields.h"

namespace wiredesk {

// What does not fit goes to the diagnostics, and the member stays as it is.
class RecordSetter {
 public:
  // Texts and lists then live in `batch`.
  RecordSetter(Batch& batch, Diagnostics& diagnostics)
      : batch_(batch), diagnostics_(diagnostics) {}

  // `node` is a mapping of the table's fields.
  template <typename Table, typename T>
  void Object(const ConfigNode& node, T& object) {
    if (!node.is_mapping()) WrongKind(node);
    for (const ConfigEntry& entry : node.entries) {
      bool found = false;
      std::vector<std::string> known;
      table::ForEach<Table>([&](auto index) {
        if constexpr (CanSet<Table, T, index>()) {
          constexpr const auto& kField = table::kFieldAt<Table, index>;
          if (found) return;
          found = kField.name() == entry.key;
          if (found) {
            Field<Table, index>(entry.value, object);
          } else {
            known.emplace_back(kField.name());
          }
        }
      });
      if (!found) Unknown(entry, known);
    }
  }

 private:
  template <typename V>
  static constexpr bool CanHold() {
    if constexpr (table::kIsOptional<V>) {
      return CanHold<typename V::value_type>();
    } else if constexpr (table::kIsList<V>) {
      return CanHold<std::remove_const_t<typename V::value_type>>();
    } else {
      return !std::is_same_v<V, Mention> && !std::is_same_v<V, RecordId> &&
             !std::is_same_v<V, Destination>;
    }
  }

  template <typename Table, typename T, size_t kIndex>
  static constexpr bool CanSet() {
    using Entry = std::remove_cvref_t<decltype(table::kFieldAt<Table, kIndex>)>;
    using Access = typename Entry::Access;
    // NOLINTNEXTLINE(bugprone-branch-clone): in one branch, more would compile
    if constexpr (Entry::kIsSpread) {
      return false;
    } else if constexpr (table::kIsPart<Access>) {
      return HasMembers(typename Entry::Access());
    } else if constexpr (table::ReachOf<Access, T>() == table::Reach::kMember) {
      return CanHold<std::remove_cvref_t<decltype(table::Read(
          std::declval<const Access&>(), std::declval<T&>()))>>();
    } else {
      return false;
    }
  }

  // Whether a part has members, and is not only computed.
  template <typename PartTable>
  static constexpr bool HasMembers(table::Part<PartTable> /*part*/) {
    bool has = false;
    table::ForEach<PartTable>([&](auto index) {
      using Access = typename std::remove_cvref_t<
          decltype(table::kFieldAt<PartTable, index>)>::Access;
      has = has || std::is_member_object_pointer_v<Access> ||
            table::kIsPath<Access>;
    });
    return has;
  }

  template <typename Table, size_t kIndex, typename T>
  void Field(const ConfigNode& node, T& object) {
    constexpr const auto& kField = table::kFieldAt<Table, kIndex>;
    if constexpr (table::kIsPart<decltype(kField.access)>) {
      Part(kField.access, node, object);
    } else {
      Value(node, kField.rule, table::Read(kField.access, object));
    }
  }

  template <typename PartTable, typename T>
  void Part(table::Part<PartTable> /*part*/, const ConfigNode& node,
            T& object) {
    Object<PartTable>(node, object);
  }

  template <typename V>
  void Value(const ConfigNode& node, const table::Rule& rule, V& value) {
    if constexpr (table::kIsOptional<V>) {
      if (node.is_null()) return value.reset();
      typename V::value_type inner{};
      Value(node, rule, inner);
      value = inner;
    } else if constexpr (table::kIsList<V>) {
      value = List<std::remove_const_t<typename V::value_type>>(node);
    } else if constexpr (table::kIsText<V>) {
      value = Text(node, rule);
    } else if constexpr (std::is_enum_v<V>) {
      value = static_cast<V>(Choice(node, EnumWords<V>::kWords));
    } else if constexpr (std::is_same_v<V, bool>) {
      value = Flag(node);
    } else if constexpr (std::is_integral_v<V>) {
      value = static_cast<V>(Integer(node, std::numeric_limits<V>::min(),
                                     std::numeric_limits<V>::max()));
    } else if constexpr (std::is_floating_point_v<V>) {
      value = Number(node);
    } else if constexpr (std::is_same_v<V, absl::Time>) {
      value = Time(node);
    } else {
      Object<table::Of<V>>(node, value);
    }
  }

  template <typename T>
  absl::Span<const T> List(const ConfigNode& node) {
    std::vector<T> items;
    if constexpr (table::IsMapEntry<T>) {
      for (const ConfigEntry& entry : node.entries) {
        T& item = items.emplace_back();
        item.*table::MapOf<T>::kKey = batch_.Copy(entry.key);
        item.*table::MapOf<T>::kValue = Text(entry.value, {});
      }
    } else {
      for (const ConfigNode& item : Items(node)) {
        Value(item, {}, items.emplace_back());
      }
    }
    return batch_.Copy(items);
  }

  // The items of a list; a value alone is a list of one.
  static absl::Span<const ConfigNode> Items(const ConfigNode& node);

  absl::string_view Text(const ConfigNode& node, const table::Rule& rule);
  int64_t Integer(const ConfigNode& node, int64_t min, int64_t max);
  double Number(const ConfigNode& node);
  bool Flag(const ConfigNode& node);
  absl::Time Time(const ConfigNode& node);
  // The index of the word; 0 where it is not one of them.
  size_t Choice(const ConfigNode& node,
                absl::Span<const absl::string_view> words);

  void Wrong(const ConfigNode& node, absl::string_view wanted);
  void WrongKind(const ConfigNode& node);
  void Unknown(const ConfigEntry& entry, const std::vector<std::string>& known);

  Batch& batch_;
  Diagnostics& diagnostics_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_RECORD_SETTER_H_
