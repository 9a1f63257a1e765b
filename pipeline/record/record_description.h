// The tables of record_fields.h as data: for what prints them, checks names
// against them or explains them, and is not in a hurry.
//
//   const TableDescription& record = Describe<EventRecord>();
//   record.Find("places")->object->Find("lat")->help  // "Degrees north."

#ifndef WIREDESK_PIPELINE_RECORD_RECORD_DESCRIPTION_H_
#define WIREDESK_PIPELINE_RECORD_RECORD_DESCRIPTION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "pipeline/record/event_names.h"
#include "pipeline/record/field.h"
#include "pipeline/record/record_fields.h"

namespace wiredesk {

enum class ValueKind : uint8_t {
  kText,
  kInteger,
  kNumber,
  kFlag,
  kTime,
  kId,
  kObject,
  kMap,      // of texts to texts
  kConstant  // a text that is always the same
};

struct TableDescription;

struct FieldDescription {
  absl::string_view name;
  ValueKind kind = ValueKind::kText;
  bool list = false;      // of such values
  bool nullable = false;  // null where there is none
  bool fans_out = false;  // a route may send a message for each item
  // How the value is come by. Tests and `--set` write members only.
  table::Reach reach = table::Reach::kMember;
  table::Rule rule;
  absl::string_view help;
  absl::string_view constant;                // of kConstant
  const TableDescription* object = nullptr;  // of kObject

  // As a path in `fields:` or `--set` means it: an object, or a list of them.
  bool has_fields() const { return object != nullptr; }
};

struct TableDescription {
  // The field with that name, or null.
  const FieldDescription* Find(absl::string_view field) const;

  absl::string_view name;
  absl::string_view help;
  absl::string_view label;
  absl::Span<const FieldDescription> fields;  // a spread member's in its place
};

// Whether `path` ("dedupe.story", "entities.links.wikidata") names something
// below the table. A path may go on below a text.
bool HasPath(const TableDescription& table, absl::string_view path);

namespace table {

template <typename V>
constexpr ValueKind KindOf() {
  if constexpr (std::is_same_v<V, bool>) {
    return ValueKind::kFlag;
  } else if constexpr (std::is_integral_v<V>) {
    return ValueKind::kInteger;
  } else if constexpr (std::is_floating_point_v<V>) {
    return ValueKind::kNumber;
  } else if constexpr (std::is_same_v<V, absl::Time>) {
    return ValueKind::kTime;
  } else if constexpr (std::is_same_v<V, RecordId>) {
    return ValueKind::kId;
  } else if constexpr (IsMapEntry<V>) {
    return ValueKind::kMap;
  } else if constexpr (HasTable<V> || kIsPartView<V>) {
    return ValueKind::kObject;
  } else {
    static_assert(kIsText<V> || std::is_enum_v<V> ||
                  std::is_same_v<V, TextOrId>);
    return ValueKind::kText;
  }
}

// What is read by `Access` of an object of type T.
template <typename T, typename Access>
struct ValueRead {
  using Type =
      decltype(Read(std::declval<const Access&>(), std::declval<const T&>()));
};
template <typename T, typename Access>
requires(ReachOf<Access, T>() == Reach::kMessage) struct ValueRead<T, Access> {
  using Type = std::invoke_result_t<Access, const T&, const MessageContext&>;
};

// A list's item, an optional's value, else the type itself.
template <typename V>
struct Inner {
  using Type = V;
};
template <typename V>
struct Inner<absl::Span<const V>> {
  using Type = V;
};
template <typename V>
struct Inner<std::optional<V>> {
  using Type = V;
};

}  // namespace table

namespace table {

template <typename Table, typename T>
constexpr auto DescribeFields();

template <typename Table, typename T>
inline constexpr auto kDescribedFields = DescribeFields<Table, T>();

template <typename Table>
constexpr absl::string_view LabelOf() {
  if constexpr (requires { Table::kLabel; }) return Table::kLabel;
  return "";
}

// Of the objects of type T that `Table` is of.
template <typename Table, typename T>
inline constexpr TableDescription kDescription = {
    Table::kName, Table::kHelp, LabelOf<Table>(), kDescribedFields<Table, T>};

// Of an object of type V, and whether it can be absent.
template <typename V>
constexpr void DescribeObject(FieldDescription& field) {
  if constexpr (kIsPartView<V>) {
    using Table = typename V::Table;
    field.object = &kDescription<Table, typename V::Object>;
    field.nullable = requires(const V& view) { Table::IsAbsent(view.object); };
  } else {
    field.object = &kDescription<Of<V>, V>;
    field.nullable = requires(const V& object) { Of<V>::IsAbsent(object); };
  }
}

template <typename V>
constexpr void DescribeValue(FieldDescription& field) {
  if constexpr (kIsOptional<V>) {
    DescribeValue<typename V::value_type>(field);
    field.nullable = true;
    return;
  } else if constexpr (kIsList<V>) {
    DescribeValue<std::remove_const_t<typename V::value_type>>(field);
    field.list = field.kind != ValueKind::kMap;
    field.nullable = false;
    return;
  } else {
    field.kind = KindOf<V>();
    field.nullable = field.rule.or_null;
    if constexpr (std::is_enum_v<V>) {
      field.rule.choices = Choices<V>();
      field.nullable = EnumWords<V>::kWords[0].empty();
    } else if constexpr (KindOf<V>() == ValueKind::kObject) {
      DescribeObject<V>(field);
    }
  }
}

template <typename Table, typename T, size_t kIndex>
constexpr FieldDescription DescribeField() {
  constexpr const auto& kField = kFieldAt<Table, kIndex>;
  using Access = typename std::remove_cvref_t<decltype(kField)>::Access;
  FieldDescription field;
  field.name = kField.name();
  field.rule = kField.rule;
  field.help = kField.help;
  field.reach = ReachOf<Access, T>();
  field.fans_out = FansOut<Table, kIndex>();
  if constexpr (ReachOf<Access, T>() == Reach::kConstant) {
    field.kind = ValueKind::kConstant;
    field.constant = kField.access.text;
  } else {
    DescribeValue<std::remove_cvref_t<typename ValueRead<T, Access>::Type>>(
        field);
  }
  return field;
}

// The fields of one entry of a table: one, or those of the member that it
// spreads.
template <typename Table, typename T, size_t kIndex>
constexpr auto DescribeEntry() {
  constexpr const auto& kField = kFieldAt<Table, kIndex>;
  using Entry = std::remove_cvref_t<decltype(kField)>;
  if constexpr (Entry::kIsSpread) {
    using V = std::remove_cvref_t<
        typename ValueRead<T, typename Entry::Access>::Type>;
    return kDescribedFields<Of<V>, V>;
  } else {
    return std::array<FieldDescription, 1>{DescribeField<Table, T, kIndex>()};
  }
}

template <size_t... kSizes>
constexpr auto Joined(const std::array<FieldDescription, kSizes>&... parts) {
  std::array<FieldDescription, (kSizes + ...)> all;
  auto* next = all.data();
  const auto add = [&next](const auto& part) {
    for (const FieldDescription& field : part) *next++ = field;
  };
  (add(parts), ...);
  return all;
}

template <typename Table, typename T>
constexpr auto DescribeFields() {
  return []<size_t... kIndex>(std::index_sequence<kIndex...>) {
    return Joined(DescribeEntry<Table, T, kIndex>()...);
  }
  (std::make_index_sequence<kSizeOf<Table>>());
}

}  // namespace table

// Of a struct of the record, by default the record itself.
template <typename T = EventRecord>
constexpr const TableDescription& Describe() {
  return table::kDescription<table::Of<T>, T>;
}

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_RECORD_DESCRIPTION_H_
