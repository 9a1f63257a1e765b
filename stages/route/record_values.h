// The record as expressions see it, out of its tables: types for the checker,
// values for the evaluator. Absent text is "", an absent list is [], an absent
// time, number or object is null; has(...) tells whether there is something.
//
// Left out is what an expression has no use for: ids as numbers, stretches of
// text, and what is known only when a message is written.

#ifndef WIREDESK_STAGES_ROUTE_RECORD_VALUES_H_
#define WIREDESK_STAGES_ROUTE_RECORD_VALUES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "pipeline/record/event_names.h"
#include "pipeline/record/field.h"
#include "pipeline/record/record_fields.h"
#include "stages/route/cel/time.h"
#include "stages/route/cel/value.h"

namespace wiredesk {
namespace record_values {

template <typename Table, typename T>
constexpr size_t VisibleFields();

// Whether an expression sees values of type V.
template <typename V>
constexpr bool IsVisible() {
  if constexpr (table::kIsOptional<V>) {
    return IsVisible<typename V::value_type>();
  } else if constexpr (table::kIsList<V>) {
    return IsVisible<std::remove_const_t<typename V::value_type>>();
  } else if constexpr (table::kIsPartView<V>) {
    return VisibleFields<typename V::Table, typename V::Object>() > 0;
  } else if constexpr (std::is_same_v<V, Mention>) {
    return false;
  } else {
    return table::kIsText<V> || std::is_arithmetic_v<V> || std::is_enum_v<V> ||
           std::is_same_v<V, absl::Time> || table::IsMapEntry<V> ||
           table::HasTable<V>;
  }
}

// What is read by the field, and whether an expression sees it.
template <typename Table, typename T, size_t kIndex>
constexpr bool IsVisibleField() {
  using Entry = std::remove_cvref_t<decltype(table::kFieldAt<Table, kIndex>)>;
  using Access = typename Entry::Access;
  // NOLINTNEXTLINE(bugprone-branch-clone): in one branch, more would compile
  if constexpr (Entry::kIsSpread) {
    return false;
  } else if constexpr (constexpr table::Reach kReach =
                           table::ReachOf<Access, T>();
                       kReach == table::Reach::kMessage ||
                       kReach == table::Reach::kConstant) {
    return false;
  } else {
    return IsVisible<std::remove_cvref_t<decltype(table::Read(
        std::declval<const Access&>(), std::declval<const T&>()))>>();
  }
}

template <typename Table, typename T>
constexpr size_t VisibleFields() {
  size_t count = 0;
  table::ForEach<Table>(
      [&](auto index) { count += IsVisibleField<Table, T, index>() ? 1 : 0; });
  return count;
}

// --- Types -------------------------------------------------------------------

inline constexpr CelType kTextType{CelKind::kString, nullptr, nullptr, nullptr};

template <typename Table, typename T>
constexpr std::array<CelField, VisibleFields<Table, T>()> FieldsOf();

template <typename Table, typename T>
inline constexpr auto kFields = FieldsOf<Table, T>();

// The objects of type T that `Table` is of.
template <typename Table, typename T>
inline constexpr CelStruct kStruct = {Table::kName, kFields<Table, T>.data(),
                                      kFields<Table, T>.size()};

template <typename V>
constexpr CelType TypeOf(absl::Span<const absl::string_view> choices);

// Of the items of a list.
template <typename V>
inline constexpr CelType kItemType = TypeOf<V>({});

template <typename V>
constexpr CelType TypeOf(absl::Span<const absl::string_view> choices) {
  CelType type{CelKind::kString, nullptr, nullptr, nullptr, false, choices};
  if constexpr (table::kIsOptional<V>) {
    type = TypeOf<typename V::value_type>(choices);
    type.nullable = true;
  } else if constexpr (table::kIsList<V>) {
    using Item = std::remove_const_t<typename V::value_type>;
    if constexpr (table::IsMapEntry<Item>) {
      return {CelKind::kMap, &kTextType, &kTextType, nullptr};
    } else {
      return {CelKind::kList, nullptr, &kItemType<Item>, nullptr};
    }
  } else if constexpr (table::kIsPartView<V>) {
    using Table = typename V::Table;
    type = {CelKind::kObject, nullptr, nullptr,
            &kStruct<Table, typename V::Object>};
    type.nullable = requires(const V& view) { Table::IsAbsent(view.object); }
    &&!requires { Table::kOpenInExpressions; };
  } else if constexpr (table::HasTable<V>) {
    return {CelKind::kObject, nullptr, nullptr, &kStruct<table::Of<V>, V>};
  } else if constexpr (std::is_enum_v<V>) {
    type.choices = Choices<V>();
  } else if constexpr (std::is_same_v<V, bool>) {
    type.kind = CelKind::kBool;
  } else if constexpr (std::is_integral_v<V>) {
    type.kind = CelKind::kInt;
  } else if constexpr (std::is_floating_point_v<V>) {
    type.kind = CelKind::kDouble;
  } else if constexpr (std::is_same_v<V, absl::Time>) {
    type.kind = CelKind::kTimestamp;
  }
  return type;
}

// --- Values ------------------------------------------------------------------

template <typename V>
CelValue ValueOf(const V& value);

// How the items of a list are read.
template <typename Item>
inline constexpr CelListType kListType = {
    sizeof(Item),
    [](const void* item) { return ValueOf(*static_cast<const Item*>(item)); }};

template <typename Entry>
inline constexpr CelMapType kMapType = {
    sizeof(Entry),
    [](const void* entry) {
      return CelValue::String(
          static_cast<const Entry*>(entry)->*table::MapOf<Entry>::kKey);
    },
    [](const void* entry) {
      return CelValue::String(
          static_cast<const Entry*>(entry)->*table::MapOf<Entry>::kValue);
    }};

template <typename V>
CelValue ValueOf(const V& value) {
  if constexpr (table::kIsOptional<V>) {
    return value.has_value() ? ValueOf(*value) : CelValue::Null();
  } else if constexpr (table::kIsList<V>) {
    using Item = std::remove_const_t<typename V::value_type>;
    if constexpr (table::IsMapEntry<Item>) {
      return CelValue::Map(value.data(), value.size(), &kMapType<Item>);
    } else {
      return CelValue::List(value.data(), value.size(), &kListType<Item>);
    }
  } else if constexpr (table::kIsPartView<V>) {
    using Table = typename V::Table;
    if constexpr (TypeOf<V>({}).nullable) {
      if (Table::IsAbsent(value.object)) return CelValue::Null();
    }
    return CelValue::Object(&value.object, &kStruct<Table, typename V::Object>);
  } else if constexpr (table::HasTable<V>) {
    return CelValue::Object(&value, &kStruct<table::Of<V>, V>);
  } else if constexpr (std::is_enum_v<V>) {
    return CelValue::String(NameOf(value));
  } else if constexpr (std::is_same_v<V, bool>) {
    return CelValue::Bool(value);
  } else if constexpr (std::is_integral_v<V>) {
    return CelValue::Int(value);
  } else if constexpr (std::is_floating_point_v<V>) {
    return CelValue::Double(value);
  } else if constexpr (std::is_same_v<V, absl::Time>) {
    return CelTimestamp(value);
  } else {
    return CelValue::String(value);
  }
}

template <typename Table, typename T, size_t kIndex>
CelValue ReadField(const void* object) {
  return ValueOf(table::Read(table::kFieldAt<Table, kIndex>.access,
                             *static_cast<const T*>(object)));
}

template <typename Table, typename T>
constexpr std::array<CelField, VisibleFields<Table, T>()> FieldsOf() {
  std::array<CelField, VisibleFields<Table, T>()> fields{};
  size_t next = 0;
  table::ForEach<Table>([&](auto index) {
    if constexpr (IsVisibleField<Table, T, index>()) {
      constexpr const auto& kField = table::kFieldAt<Table, index>;
      using V = std::remove_cvref_t<decltype(table::Read(
          kField.access, std::declval<const T&>()))>;
      fields[next++] = {kField.name(), TypeOf<V>(kField.rule.choices),
                        ReadField<Table, T, index>};
    }
  });
  return fields;
}

}  // namespace record_values

// Of a struct of the record, by default the record itself.
template <typename T = EventRecord>
constexpr const CelStruct& CelStructOf() {
  return record_values::kStruct<table::Of<T>, T>;
}

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_RECORD_VALUES_H_
