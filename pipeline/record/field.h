// The language in which the fields of the record are declared: once, and all
// that needs them (JSON, projections, schema, expressions, tests, comparisons)
// walks the declaration. The declarations are in record_fields.h; it also tells
// how to add one.
//
//   template <>
//   struct Of<Link> {
//     static constexpr absl::string_view kName = "link";
//     static constexpr absl::string_view kHelp = "An id in another scheme.";
//     static constexpr auto kFields = std::tuple(
//         Field("scheme", &Link::scheme, "Whose ids they are."),
//         Field("id", &Link::id, OrNull(), "The id."));
//   };
//
// What a field holds follows from the type of its member; a rule says what that
// cannot: its choices, its bounds, whether an empty value is null. All of it is
// known to the compiler, so that a walk is straight-line code.
//
// A table may also have
//   kInternal   a tuple of the members that are not published
//   kLabel      what people call an object: "{slug|id}": its slug, else its id
//   IsAbsent    whether an object is written as null
//   IsLeftOut   whether an object is left out of a list
//   kOpenInExpressions  expressions may reach into it even where it is absent

#ifndef WIREDESK_PIPELINE_RECORD_FIELD_H_
#define WIREDESK_PIPELINE_RECORD_FIELD_H_

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "pipeline/record/event_record.h"
#include "pipeline/record/member_count.h"

namespace wiredesk {

class MessageContext;

namespace table {

// The table of a struct's fields; declared for each struct of the record.
template <typename T>
struct Of;

template <typename T>
concept HasTable = requires {
  Of<T>::kFields;
};

// A struct whose items make up a JSON object when they stand in a list: has
// kKey and kValue, its members.
template <typename T>
struct MapOf;

template <typename T>
concept IsMapEntry = requires {
  MapOf<T>::kKey;
};

// --- Rules -------------------------------------------------------------------

// What a value may be, where its type does not say it.
struct Rule {
  absl::Span<const absl::string_view> choices;  // of a text; none: any text
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  bool or_null = false;  // an empty text or id, or 0, is written as null
  bool bytes = false;    // what is not UTF-8 in a text is written as U+FFFD

  constexpr Rule OrNull() const {
    Rule rule = *this;
    rule.or_null = true;
    return rule;
  }
};

constexpr Rule Any() { return {}; }
constexpr Rule OrNull() { return Rule().OrNull(); }
constexpr Rule Bytes() { return {.bytes = true}; }
constexpr Rule OneOf(absl::Span<const absl::string_view> choices) {
  return {.choices = choices};
}
constexpr Rule Within(double min, double max) {
  return {.min = min, .max = max};
}
constexpr Rule AtLeast(double min) { return {.min = min}; }

// --- Where a value stands ----------------------------------------------------

// A member of a member.
template <typename Outer, typename Inner>
struct Path {
  Outer outer;
  Inner inner;
};

template <typename Owner, typename Middle, typename Value>
constexpr auto In(Middle Owner::*outer, Value Middle::*inner) {
  return Path<Middle Owner::*, Value Middle::*>{outer, inner};
}

// An object of its own in the JSON, whose members stand in the struct itself:
// PartTable is the table of the same struct that describes it.
template <typename PartTable>
struct Part {};

// A member that the JSON holds in another form: what `written`, a function of
// the object and the message, makes of it.
template <typename Member, typename Function>
struct WrittenAs {
  Member access;
  Function written;
};

template <typename Member, typename Function>
constexpr auto Written(Member access, Function written) {
  return WrittenAs<Member, Function>{access, written};
}

// A text, or an id where it is empty.
struct TextOrId {
  absl::string_view text;
  RecordId id;
};

// The same text in every record.
struct Always {
  absl::string_view text;
};

// What Part<> gives to those who read it.
template <typename PartTable, typename T>
struct PartView {
  using Table = PartTable;
  using Object = T;
  const T& object;
};

template <typename T>
inline constexpr bool kIsPartView = false;
template <typename PartTable, typename T>
inline constexpr bool kIsPartView<PartView<PartTable, T>> = true;

// How a value is come by. A member can also be written.
enum class Reach {
  kMember,    // of the struct, or of a member of it
  kPart,      // Part<>
  kConstant,  // Always
  kComputed,  // a function of the object
  kMessage    // a function of the object and of the message it is written for
};

template <typename Access>
inline constexpr bool kIsPath = false;
template <typename Outer, typename Inner>
inline constexpr bool kIsPath<Path<Outer, Inner>> = true;

template <typename Access>
inline constexpr bool kIsPart = false;
template <typename PartTable>
inline constexpr bool kIsPart<Part<PartTable>> = true;

template <typename Access>
inline constexpr bool kIsWritten = false;
template <typename Member, typename Function>
inline constexpr bool kIsWritten<WrittenAs<Member, Function>> = true;

template <typename Access, typename T>
constexpr Reach ReachOf() {
  if constexpr (std::is_member_object_pointer_v<Access> || kIsPath<Access> ||
                kIsWritten<Access>) {
    return Reach::kMember;
  } else if constexpr (kIsPart<Access>) {
    return Reach::kPart;
  } else if constexpr (std::is_same_v<Access, Always>) {
    return Reach::kConstant;
  } else if constexpr (std::is_invocable_v<Access, const T&>) {
    return Reach::kComputed;
  } else {
    static_assert(std::is_invocable_v<Access, const T&, const MessageContext&>);
    return Reach::kMessage;
  }
}

template <typename PartTable, typename T>
constexpr PartView<PartTable, T> ViewOf(const Part<PartTable>& /*part*/,
                                        const T& object) {
  return {object};
}

// The value, or a reference to it. Not for kMessage.
template <typename Access, typename T>
constexpr decltype(auto) Read(const Access& access, T& object) {
  if constexpr (std::is_member_object_pointer_v<Access>) {
    return (object.*access);
  } else if constexpr (kIsPath<Access>) {
    return ((object.*access.outer).*access.inner);
  } else if constexpr (kIsWritten<Access>) {
    return Read(access.access, object);
  } else if constexpr (kIsPart<Access>) {
    return ViewOf(access, std::as_const(object));
  } else if constexpr (std::is_same_v<Access, Always>) {
    return (access.text);
  } else {
    return access(object);
  }
}

// --- Fields ------------------------------------------------------------------

// kSize counts the zero at the name's end.
template <size_t kSize, typename AccessType>
struct FieldOf {
  using Access = AccessType;
  static constexpr bool kIsSpread = false;
  static constexpr size_t kNameSize = kSize - 1;

  constexpr absl::string_view name() const {
    return {letters.data(), kSize - 1};
  }

  std::array<char, kSize> letters;
  Access access;
  Rule rule;
  absl::string_view help;
};

template <size_t kSize, typename Access>
constexpr auto Field(const char (&name)[kSize], Access access, Rule rule,
                     absl::string_view help) {
  FieldOf<kSize, Access> field{{}, access, rule, help};
  for (size_t i = 0; i < kSize; ++i) field.letters[i] = name[i];
  return field;
}

template <size_t kSize, typename Access>
constexpr auto Field(const char (&name)[kSize], Access access,
                     absl::string_view help) {
  return Field(name, access, Rule(), help);
}

// The fields of a member as if they were the struct's own.
template <typename Member>
struct SpreadOf {
  using Access = Member;
  static constexpr bool kIsSpread = true;
  Access access;
};

template <typename Access>
constexpr auto Spread(Access access) {
  return SpreadOf<Access>{access};
}

// --- Walks -------------------------------------------------------------------

template <typename Table>
inline constexpr size_t kSizeOf =
    std::tuple_size_v<std::remove_cvref_t<decltype(Table::kFields)>>;

template <typename Table, size_t kIndex>
inline constexpr const auto& kFieldAt = std::get<kIndex>(Table::kFields);

// Calls fn(std::integral_constant<size_t, 0>()) and so on for each field.
template <typename Table, typename Fn>
constexpr void ForEach(Fn&& fn) {
  [&]<size_t... kIndex>(std::index_sequence<kIndex...>) {
    (fn(std::integral_constant<size_t, kIndex>()), ...);
  }
  (std::make_index_sequence<kSizeOf<Table>>());
}

template <typename T>
inline constexpr bool kIsList = false;
template <typename T>
inline constexpr bool kIsList<absl::Span<T>> = true;

template <typename T>
inline constexpr bool kIsOptional = false;
template <typename T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <typename T>
inline constexpr bool kIsText =
    std::is_same_v<T, absl::string_view> || std::is_same_v<T, std::string>;

// Whether that is a list of objects, each of which is written.
template <typename Access>
inline constexpr bool kIsListOfObjects = false;
template <typename Owner, HasTable T>
inline constexpr bool kIsListOfObjects<absl::Span<const T> Owner::*> =
    !requires(const T& item) {
  Of<T>::IsLeftOut(item);
};

// How many of the tuple's entries stand for members of Owner itself.
template <typename Owner, typename... Entries>
constexpr size_t CountMembers(const std::tuple<Entries...>& entries);

template <typename Owner, typename Access>
constexpr size_t CountMember(const Access& access) {
  if constexpr (std::is_member_object_pointer_v<Access>) {
    return std::is_invocable_v<Access, const Owner&> ? 1 : 0;
  } else if constexpr (kIsPath<Access>) {
    return CountMember<Owner>(access.inner);
  } else if constexpr (requires { access.access; }) {
    return CountMember<Owner>(access.access);
  } else {
    return 0;
  }
}

template <typename Owner, typename PartTable>
constexpr size_t CountMember(const Part<PartTable>& /*part*/) {
  return CountMembers<Owner>(PartTable::kFields);
}

template <typename Owner, typename... Entries>
constexpr size_t CountMembers(const std::tuple<Entries...>& entries) {
  return std::apply(
      [](const auto&... entry) {
        return (size_t{0} + ... + CountMember<Owner>(entry));
      },
      entries);
}

// Of the table and of its kInternal.
template <typename Owner, typename Table>
constexpr size_t CountIn() {
  size_t count = CountMembers<Owner>(Table::kFields);
  if constexpr (requires { Table::kInternal; }) {
    count += CountMembers<Owner>(Table::kInternal);
  }
  return count;
}

// Whether each member of T is in its table or in kInternal.
template <typename T>
inline constexpr bool kIsComplete = CountIn<T, Of<T>>() == kMemberCount<T>;

}  // namespace table
}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_FIELD_H_
