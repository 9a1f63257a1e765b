// Values of the expression language of routes, a subset of CEL (the Common
// Expression Language). docs/routing.md tells which.
//
// A value is 24 bytes that own nothing: text, lists and objects are views into
// the record, the compiled program or the arena of an evaluation. A list or a
// map is read through two or three functions, so that the lists of a record
// need no copy.

#ifndef WIREDESK_STAGES_ROUTE_CEL_VALUE_H_
#define WIREDESK_STAGES_ROUTE_CEL_VALUE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wiredesk {

enum class CelKind : uint8_t {
  kError,
  kNull,
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kDuration,
  kTimestamp,
  kList,
  kMap,
  kObject,
  kType,  // a type as a value
  kDyn    // only as a type: any of the above
};

// "int", "list", "google.protobuf.Timestamp": as CEL calls it.
absl::string_view CelKindName(CelKind kind);

struct CelValue;
struct CelStruct;

// How the items of a list are read, one `stride` bytes after the other.
struct CelListType {
  size_t stride;
  CelValue (*at)(const void* item);
};

struct CelMapType {
  size_t stride;
  CelValue (*key)(const void* entry);
  CelValue (*value)(const void* entry);
};

struct CelValue {
  CelKind kind = CelKind::kNull;
  // Bytes of a text, items of a list or map, nanoseconds of a time.
  uint32_t size = 0;
  union {
    bool boolean;
    int64_t integer = 0;  // also the seconds of a time
    uint64_t natural;
    double real;
    CelKind type;
    const void* data;
  };
  union {
    const CelListType* list = nullptr;
    const CelMapType* map;
    const CelStruct* object;
  };

  static CelValue Null() { return {}; }
  static CelValue Bool(bool value);
  static CelValue Int(int64_t value);
  static CelValue Uint(uint64_t value);
  static CelValue Double(double value);
  static CelValue String(absl::string_view value);
  static CelValue Bytes(absl::string_view value);
  // Nanoseconds in [0, 1e9).
  static CelValue Time(CelKind kind, int64_t seconds, uint32_t nanoseconds);
  static CelValue List(const void* items, size_t size, const CelListType* type);
  static CelValue Map(const void* entries, size_t size, const CelMapType* type);
  static CelValue Object(const void* object, const CelStruct* type);
  static CelValue Type(CelKind value);
  // `message` must outlive the value; a literal, as a rule.
  static CelValue Error(absl::string_view message);

  bool is_error() const { return kind == CelKind::kError; }
  bool is_true() const { return kind == CelKind::kBool && boolean; }
  bool is_false() const { return kind == CelKind::kBool && !boolean; }
  bool is_number() const {
    return kind == CelKind::kInt || kind == CelKind::kUint ||
           kind == CelKind::kDouble;
  }
  bool is_text() const {
    return kind == CelKind::kString || kind == CelKind::kBytes;
  }
  // Of a string, bytes, or an error's message.
  absl::string_view text() const {
    return {static_cast<const char*>(data), size};
  }
  // REQUIRES: kList or kMap, index < size
  CelValue item(size_t index) const {
    return list->at(static_cast<const char*>(data) + index * list->stride);
  }
  CelValue key(size_t index) const {
    return map->key(static_cast<const char*>(data) + index * map->stride);
  }
  CelValue value(size_t index) const {
    return map->value(static_cast<const char*>(data) + index * map->stride);
  }
};
static_assert(sizeof(CelValue) == 24);

// Lists and maps that an expression builds: arrays of values, and of pairs.
struct CelEntry {
  CelValue key;
  CelValue value;
};
// clang-tidy takes them for variables.
// NOLINTBEGIN(readability-identifier-naming)
extern const CelListType kCelValueList;
extern const CelMapType kCelEntryMap;
// NOLINTEND(readability-identifier-naming)

// A type as the checker sees it.
struct CelType {
  CelKind kind = CelKind::kDyn;
  const CelType* key = nullptr;   // of a map
  const CelType* item = nullptr;  // of a list or map; null means dyn
  const CelStruct* object = nullptr;
  bool nullable = false;  // the value is null where the input gives none
  // Of a string: all that it can be, besides "".
  absl::Span<const absl::string_view> choices = {};
};

// "list(string)"
std::string ToString(const CelType& type);

// A field of an object. `get` gives null where the record has no value.
struct CelField {
  absl::string_view name;
  CelType type;
  CelValue (*get)(const void* object);
};

// What the objects of one kind look like. Lives as long as the program.
struct CelStruct {
  absl::string_view name;
  const CelField* fields;
  size_t size;

  const CelField* Find(absl::string_view field) const;
};

inline constexpr absl::string_view kCelNoOverload = "no such overload";
inline constexpr absl::string_view kCelNoKey = "no such key";

// Equality as CEL defines it: numbers across their kinds, everything else only
// within its own; NaN equals nothing.
bool CelEquals(const CelValue& a, const CelValue& b);

// Negative, zero or positive; nothing where the two cannot be ordered (kinds
// that do not compare). NaN gives nothing too, with `unordered` set.
std::optional<int> CelCompare(const CelValue& a, const CelValue& b,
                              bool& unordered);

// The value of `key` in a map; an error if there is none.
CelValue CelLookUp(const CelValue& map, const CelValue& key);

// As a reader would write it: "abc" with quotes, [1, 2], {...}. At most `limit`
// bytes and an ellipsis.
std::string CelToText(const CelValue& value, size_t limit = 200);

inline CelValue CelValue::Bool(bool value) {
  CelValue result;
  result.kind = CelKind::kBool;
  result.boolean = value;
  return result;
}

inline CelValue CelValue::Int(int64_t value) {
  CelValue result;
  result.kind = CelKind::kInt;
  result.integer = value;
  return result;
}

inline CelValue CelValue::Uint(uint64_t value) {
  CelValue result;
  result.kind = CelKind::kUint;
  result.natural = value;
  return result;
}

inline CelValue CelValue::Double(double value) {
  CelValue result;
  result.kind = CelKind::kDouble;
  result.real = value;
  return result;
}

inline CelValue CelValue::String(absl::string_view value) {
  CelValue result;
  result.kind = CelKind::kString;
  result.data = value.data();
  result.size = static_cast<uint32_t>(value.size());
  return result;
}

inline CelValue CelValue::Bytes(absl::string_view value) {
  CelValue result = String(value);
  result.kind = CelKind::kBytes;
  return result;
}

inline CelValue CelValue::Time(CelKind kind, int64_t seconds,
                               uint32_t nanoseconds) {
  CelValue result;
  result.kind = kind;
  result.integer = seconds;
  result.size = nanoseconds;
  return result;
}

inline CelValue CelValue::List(const void* items, size_t size,
                               const CelListType* type) {
  CelValue result;
  result.kind = CelKind::kList;
  result.data = items;
  result.size = static_cast<uint32_t>(size);
  result.list = type;
  return result;
}

inline CelValue CelValue::Map(const void* entries, size_t size,
                              const CelMapType* type) {
  CelValue result;
  result.kind = CelKind::kMap;
  result.data = entries;
  result.size = static_cast<uint32_t>(size);
  result.map = type;
  return result;
}

inline CelValue CelValue::Object(const void* object, const CelStruct* type) {
  CelValue result;
  result.kind = CelKind::kObject;
  result.data = object;
  result.object = type;
  return result;
}

inline CelValue CelValue::Type(CelKind value) {
  CelValue result;
  result.kind = CelKind::kType;
  result.type = value;
  return result;
}

inline CelValue CelValue::Error(absl::string_view message) {
  CelValue result = String(message);
  result.kind = CelKind::kError;
  return result;
}

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_VALUE_H_
