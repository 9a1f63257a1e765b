// How many members a struct has, counted by the compiler: so that a table of
// its fields that forgets one does not compile.
//
//   struct Link { absl::string_view scheme; absl::string_view id; };
//   static_assert(kMemberCount<Link> == 2);
//
// Only for aggregates without base classes.

#ifndef WIREDESK_PIPELINE_RECORD_MEMBER_COUNT_H_
#define WIREDESK_PIPELINE_RECORD_MEMBER_COUNT_H_

#include <cstddef>
#include <optional>

namespace wiredesk {
namespace member_count {

template <typename T>
inline constexpr bool kIsOptional = false;
template <typename T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

// Stand for the initializer of one member. An optional would take both the
// value and the optional that a single one of them converts to.
struct Anything {
  template <typename T>
  operator T() const;  // NOLINT(google-explicit-constructor)
};
struct AnyOptional {
  template <typename T>
  requires kIsOptional<T>
  operator T() const;  // NOLINT(google-explicit-constructor)
};

template <typename T, typename... Initializers>
constexpr size_t Count() {
  if constexpr (requires { T{Initializers()..., Anything()}; }) {
    return Count<T, Initializers..., Anything>();
  } else if constexpr (requires { T{Initializers()..., AnyOptional()}; }) {
    return Count<T, Initializers..., AnyOptional>();
  } else {
    return sizeof...(Initializers);
  }
}

}  // namespace member_count

template <typename T>
inline constexpr size_t kMemberCount = member_count::Count<T>();

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_MEMBER_COUNT_H_
