// Writes what the tables of record_fields.h declare, as JSON: the whole of an
// object, or the parts of it that a projection names.
//
// A walk over a table is resolved when this is compiled: a field costs what its
// value costs, with its name as a literal in front.

#ifndef WIREDESK_PIPELINE_RECORD_RECORD_WRITER_H_
#define WIREDESK_PIPELINE_RECORD_RECORD_WRITER_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "pipeline/record/event_names.h"
#include "pipeline/record/event_record.h"
#include "pipeline/record/field.h"
#include "pipeline/record/json_buffer.h"
#include "pipeline/record/json_text.h"
#include "pipeline/record/message_context.h"
#include "pipeline/record/record_fields.h"

namespace wiredesk {

// Paths below one object, of which a projection wants what they name.
using ProjectionPaths = absl::Span<const absl::string_view>;

// Writes one record. Lives for that one.
class RecordWriter {
 public:
  RecordWriter(const MessageContext& context, JsonBuffer& out)
      : context_(context), out_(out) {}

  template <typename Table, typename T>
  void Object(const T& object) {
    [&]<size_t... kIndex>(std::index_sequence<kIndex...>) {
      (Member<Table, kIndex>(object), ...);
    }
    (std::make_index_sequence<table::kSizeOf<Table>>());
    out_.Put('}');
  }

  // Only what `paths` name: "story", or "name" of each item of a list. Lists
  // keep their length; a path that goes on below a text or a number means that.
  template <typename Table, typename T>
  void Projected(const T& object, ProjectionPaths paths) {
    char before = '{';
    table::ForEach<Table>([&](auto index) {
      ProjectedMember<Table, index>(object, paths, before);
    });
    if (before == '{') out_.Put('{');
    out_.Put('}');
  }

  // The value of one field, without its name.
  template <typename Table, size_t kIndex, typename T>
  void FieldValue(const T& object) {
    constexpr const auto& kField = table::kFieldAt<Table, kIndex>;
    Value<Table, kIndex>(ValueOf(kField.access, object));
  }

 private:
  // `{"name":` or `,"name":`
  template <typename Table, size_t kIndex, char kBefore>
  static constexpr auto Opening() {
    constexpr const auto& kField = table::kFieldAt<Table, kIndex>;
    constexpr size_t kSize = kField.kNameSize;
    std::array<char, kSize + 4> opening{};
    opening[0] = kBefore;
    opening[1] = '"';
    for (size_t i = 0; i < kSize; ++i) opening[i + 2] = kField.letters[i];
    opening[kSize + 2] = '"';
    opening[kSize + 3] = ':';
    return opening;
  }

  template <typename Table, size_t kIndex, typename T>
  void Member(const T& object) {
    constexpr const auto& kField = table::kFieldAt<Table, kIndex>;
    constexpr char kBefore = kIndex == 0 ? '{' : ',';
    if constexpr (kField.kIsSpread) {
      SpanMembers(kBefore, table::Read(kField.access, object));
    } else {
      static constexpr auto kOpening = Opening<Table, kIndex, kBefore>();
      const auto& value = ValueOf(kField.access, object);
      // Most fields are texts.
      if constexpr (table::kIsText<std::remove_cvref_t<decltype(value)>> &&
                    !kField.rule.bytes) {
        if (!kField.rule.or_null || !value.empty()) {
          out_.PutString(kOpening, value);
          return;
        }
      }
      out_.PutFixed(kOpening);
      Value<Table, kIndex>(value);
    }
  }

  template <typename Table, size_t kIndex, typename T>
  void ProjectedMember(const T& object, ProjectionPaths paths, char& before) {
    constexpr const auto& kField = table::kFieldAt<Table, kIndex>;
    if constexpr (kField.kIsSpread) {
      const auto& member = table::Read(kField.access, object);
      using Inner = table::Of<std::remove_cvref_t<decltype(member)>>;
      table::ForEach<Inner>([&](auto index) {
        ProjectedMember<Inner, index>(member, paths, before);
      });
    } else {
      const Wanted wanted(kField.name(), paths);
      if (!wanted.whole && wanted.below.empty()) return;
      static constexpr auto kOpening = Opening<Table, kIndex, ','>();
      out_.Put(std::exchange(before, ','));
      out_.Put({kOpening.data() + 1, kOpening.size() - 1});
      if (wanted.whole) {
        FieldValue<Table, kIndex>(object);
      } else {
        Parts<Table, kIndex>(ValueOf(kField.access, object), wanted.below);
      }
    }
  }

  // What the paths want of the field `name`.
  struct Wanted {
    Wanted(absl::string_view name, ProjectionPaths paths) {
      for (absl::string_view path : paths) {
        if (!absl::ConsumePrefix(&path, name)) continue;
        if (path.empty()) {
          whole = true;
        } else if (path.front() == '.') {
          below.push_back(path.substr(1));
        }
      }
    }
    bool whole = false;
    absl::InlinedVector<absl::string_view, 8> below;
  };

  template <typename Access, typename T>
  decltype(auto) ValueOf(const Access& access, const T& object) const {
    if constexpr (table::kIsWritten<Access>) {
      return access.written(object, context_);
    } else if constexpr (table::ReachOf<Access, T>() ==
                         table::Reach::kMessage) {
      return access(object, context_);
    } else {
      return table::Read(access, object);
    }
  }

  template <typename Table, size_t kIndex, typename V>
  void Value(const V& value) {
    constexpr const table::Rule& kRule = table::kFieldAt<Table, kIndex>.rule;
    if constexpr (table::kIsOptional<V> &&
                  !std::is_same_v<V, std::optional<absl::Time>>) {
      value.has_value() ? Value<Table, kIndex>(*value) : Null();
    } else if constexpr (table::kIsList<V>) {
      ListOf(Fanned<Table, kIndex>(value));
    } else if constexpr (table::kIsText<V>) {
      if (kRule.or_null && value.empty()) {
        Null();
      } else {
        Text<kRule.bytes>(value);
      }
    } else if constexpr (std::is_same_v<V, RecordId>) {
      Id(value);
    } else if constexpr (kRule.or_null && std::is_integral_v<V>) {
      value != 0 ? out_.PutInteger(value) : Null();
    } else {
      Single(value);
    }
  }

  // A value that no rule changes.
  template <typename V>
  void Single(const V& value) {
    if constexpr (std::is_same_v<V, bool>) {
      out_.Put(value ? "true" : "false");
    } else if constexpr (std::is_integral_v<V>) {
      out_.PutInteger(value);
    } else if constexpr (std::is_floating_point_v<V>) {
      out_.PutNumber(value);
    } else if constexpr (std::is_enum_v<V>) {
      const absl::string_view name = NameOf(value);
      name.empty() ? Null() : out_.PutString(name);
    } else if constexpr (std::is_same_v<V, std::optional<absl::Time>>) {
      Time(value);
    } else if constexpr (std::is_same_v<V, table::TextOrId>) {
      value.text.empty() ? Id(value.id) : out_.PutString(value.text);
    } else {
      Item(value);
    }
  }

  // A text of a list, or an object.
  template <typename V>
  void Item(const V& value) {
    if constexpr (table::kIsText<V>) {
      out_.PutString(value);
    } else if constexpr (std::is_same_v<V, wiredesk::Mention>) {
      MentionObject(value);
    } else {
      WithTable(value, [this]<typename Table>(const auto& object) {
        this->template Object<Table>(object);
      });
    }
  }

  // fn.template operator()<Table>(object), or null where that is absent.
  template <typename V, typename Fn>
  void WithTable(const V& value, Fn&& fn) {
    if constexpr (table::kIsPartView<V>) {
      using Table = typename V::Table;
      if constexpr (requires { Table::IsAbsent(value.object); }) {
        if (Table::IsAbsent(value.object)) return Null();
      }
      fn.template operator()<Table>(value.object);
    } else {
      using Table = table::Of<V>;
      if constexpr (requires { Table::IsAbsent(value); }) {
        if (Table::IsAbsent(value)) return Null();
      }
      fn.template operator()<Table>(value);
    }
  }

  template <typename T>
  void ListOf(absl::Span<const T> items) {
    if constexpr (table::IsMapEntry<T>) {
      Map(items, [](absl::string_view /*key*/) { return true; });
    } else {
      List(items, [this](const T& item) { Item(item); });
    }
  }

  template <typename T, typename Fn>
  void List(absl::Span<const T> items, Fn&& write_item) {
    out_.Put('[');
    bool first = true;
    for (const T& item : items) {
      if constexpr (requires { table::Of<T>::IsLeftOut(item); }) {
        if (table::Of<T>::IsLeftOut(item)) continue;
      }
      if (!std::exchange(first, false)) out_.Put(',');
      write_item(item);
    }
    out_.Put(']');
  }

  template <typename T, typename Fn>
  void Map(absl::Span<const T> entries, Fn&& wanted) {
    out_.Put('{');
    bool first = true;
    for (const T& entry : entries) {
      const absl::string_view key = entry.*table::MapOf<T>::kKey;
      if (!wanted(key)) continue;
      if (!std::exchange(first, false)) out_.Put(',');
      out_.PutString(key);
      out_.Put(':');
      out_.PutString(entry.*table::MapOf<T>::kValue);
    }
    out_.Put('}');
  }

  // The parts of a value that `paths` name.
  template <typename Table, size_t kIndex, typename V>
  void Parts(const V& value, ProjectionPaths paths) {
    if constexpr (table::kIsOptional<V>) {
      if constexpr (table::HasTable<typename V::value_type>) {
        value.has_value() ? Parts<Table, kIndex>(*value, paths) : Null();
      } else {
        Value<Table, kIndex>(value);
      }
    } else if constexpr (table::kIsList<V>) {
      ListParts(Fanned<Table, kIndex>(value), paths);
    } else if constexpr (table::HasTable<V> || table::kIsPartView<V>) {
      ItemParts(value, paths);
    } else {
      Value<Table, kIndex>(value);
    }
  }

  template <typename T>
  void ListParts(absl::Span<const T> items, ProjectionPaths paths) {
    if constexpr (table::IsMapEntry<T>) {
      Map(items,
          [paths](absl::string_view key) { return Wanted(key, paths).whole; });
    } else if constexpr (table::HasTable<T>) {
      List(items, [&](const T& item) { ItemParts(item, paths); });
    } else {
      ListOf(items);
    }
  }

  template <typename V>
  void ItemParts(const V& value, ProjectionPaths paths) {
    WithTable(value, [&]<typename Table>(const auto& object) {
      this->template Projected<Table>(object, paths);
    });
  }

  // The list of the record, or the one item that a fan-out names.
  template <typename Table, size_t kIndex, typename T>
  absl::Span<const T> Fanned(absl::Span<const T> items) const {
    if constexpr (table::FansOut<Table, kIndex>()) {
      const Destination* const destination = context_.destination();
      if (destination != nullptr && !destination->fan_out.empty() &&
          destination->fan_out == table::kFieldAt<Table, kIndex>.name()) {
        return items.subspan(
            std::min<size_t>(destination->fan_out_item, items.size()), 1);
      }
    }
    return items;
  }

  void Null() { out_.PutLiteral("null"); }

  template <bool kBytes>
  void Text(absl::string_view text) {
    if constexpr (kBytes) {
      if (!IsUtf8(text)) {
        std::string json;
        AppendJsonBytes(text, json);
        out_.Put(json);
        return;
      }
    }
    out_.PutString(text);
  }

  void Id(RecordId id) {
    if (id.empty()) return Null();
    char* const out = out_.AppendBegin(kHexDigits + 2);
    out[0] = '"';
    WriteHex(id, out + 1);
    out[kHexDigits + 1] = '"';
    out_.EndAt(out + kHexDigits + 2);
  }

  void Time(const std::optional<absl::Time>& time) {
    const size_t begin = out_.size();
    out_.Put('"');
    if (time.has_value() && out_.PutRfc3339(*time)) {
      out_.Put('"');
      return;
    }
    out_.Truncate(begin);
    Null();
  }

  // All members of a mention, as its table has them, after `before`; without a
  // brace at the end.
  void SpanMembers(char before, const wiredesk::Mention& mention);

  void MentionObject(const wiredesk::Mention& mention) {
    if (table::Of<wiredesk::Mention>::IsAbsent(mention)) return Null();
    SpanMembers('{', mention);
    out_.Put('}');
  }

  const MessageContext& context_;
  JsonBuffer& out_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_RECORD_WRITER_H_
