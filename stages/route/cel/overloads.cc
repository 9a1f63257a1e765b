// The table of all ways to call a function; CelOverloads() of functions.h.

#include "stages/route/cel/functions.h"

namespace wiredesk {
namespace {

constexpr CelKind kAny = CelKind::kDyn;
constexpr CelKind kBool = CelKind::kBool;
constexpr CelKind kInt = CelKind::kInt;
constexpr CelKind kUint = CelKind::kUint;
constexpr CelKind kDouble = CelKind::kDouble;
constexpr CelKind kString = CelKind::kString;
constexpr CelKind kBytes = CelKind::kBytes;
constexpr CelKind kDuration = CelKind::kDuration;
constexpr CelKind kTimestamp = CelKind::kTimestamp;
constexpr CelKind kList = CelKind::kList;
constexpr CelKind kMap = CelKind::kMap;
constexpr CelKind kObject = CelKind::kObject;

constexpr CelOverload Both(absl::string_view name, CelFunction function,
                           CelKind result, size_t size, CelKind a,
                           CelKind b = kAny, CelKind c = kAny,
                           CelKind d = kAny) {
  return {name, function, true, true, result, size, {a, b, c, d}};
}

constexpr CelOverload Member(absl::string_view name, CelFunction function,
                             CelKind result, size_t size, CelKind a,
                             CelKind b = kAny) {
  return {name, function, true, false, result, size, {a, b, kAny, kAny}};
}

constexpr CelOverload Global(absl::string_view name, CelFunction function,
                             CelKind result, size_t size, CelKind a,
                             CelKind b = kAny, CelKind c = kAny,
                             CelKind d = kAny) {
  return {name, function, false, true, result, size, {a, b, c, d}};
}

constexpr CelOverload Convert(absl::string_view name, CelFunction function,
                              CelKind result, CelKind from) {
  return Global(name, function, result, 1, from);
}

using F = CelFunction;

constexpr CelOverload kOverloads[] = {
    Both("size", F::kSize, kInt, 1, kString),
    Both("size", F::kSize, kInt, 1, kBytes),
    Both("size", F::kSize, kInt, 1, kList),
    Both("size", F::kSize, kInt, 1, kMap),
    Member("startsWith", F::kStartsWith, kBool, 2, kString, kString),
    Member("endsWith", F::kEndsWith, kBool, 2, kString, kString),
    Member("contains", F::kContains, kBool, 2, kString, kString),
    Both("matches", F::kMatches, kBool, 2, kString, kString),
    Member("lowerAscii", F::kLowerAscii, kString, 1, kString),
    Member("upperAscii", F::kUpperAscii, kString, 1, kString),
    Convert("int", F::kToInt, kInt, kInt),
    Convert("int", F::kToInt, kInt, kUint),
    Convert("int", F::kToInt, kInt, kDouble),
    Convert("int", F::kToInt, kInt, kString),
    Convert("int", F::kToInt, kInt, kTimestamp),
    Convert("uint", F::kToUint, kUint, kInt),
    Convert("uint", F::kToUint, kUint, kUint),
    Convert("uint", F::kToUint, kUint, kDouble),
    Convert("uint", F::kToUint, kUint, kString),
    Convert("double", F::kToDouble, kDouble, kInt),
    Convert("double", F::kToDouble, kDouble, kUint),
    Convert("double", F::kToDouble, kDouble, kDouble),
    Convert("double", F::kToDouble, kDouble, kString),
    Convert("string", F::kToString, kString, kBool),
    Convert("string", F::kToString, kString, kInt),
    Convert("string", F::kToString, kString, kUint),
    Convert("string", F::kToString, kString, kDouble),
    Convert("string", F::kToString, kString, kString),
    Convert("string", F::kToString, kString, kBytes),
    Convert("string", F::kToString, kString, kTimestamp),
    Convert("string", F::kToString, kString, kDuration),
    Convert("bytes", F::kToBytes, kBytes, kString),
    Convert("bytes", F::kToBytes, kBytes, kBytes),
    Convert("bool", F::kToBool, kBool, kBool),
    Convert("bool", F::kToBool, kBool, kString),
    Convert("timestamp", F::kToTimestamp, kTimestamp, kString),
    Convert("timestamp", F::kToTimestamp, kTimestamp, kInt),
    Convert("timestamp", F::kToTimestamp, kTimestamp, kTimestamp),
    Convert("duration", F::kToDuration, kDuration, kString),
    Convert("duration", F::kToDuration, kDuration, kDuration),
    Convert("type", F::kType, CelKind::kType, kAny),
    Convert("dyn", F::kDyn, kAny, kAny),
    Member("getFullYear", F::kTimePart, kInt, 1, kTimestamp),
    Member("getFullYear", F::kTimePart, kInt, 2, kTimestamp, kString),
    Member("getMonth", F::kTimePart, kInt, 1, kTimestamp),
    Member("getMonth", F::kTimePart, kInt, 2, kTimestamp, kString),
    Member("getDate", F::kTimePart, kInt, 1, kTimestamp),
    Member("getDate", F::kTimePart, kInt, 2, kTimestamp, kString),
    Member("getDayOfMonth", F::kTimePart, kInt, 1, kTimestamp),
    Member("getDayOfMonth", F::kTimePart, kInt, 2, kTimestamp, kString),
    Member("getDayOfWeek", F::kTimePart, kInt, 1, kTimestamp),
    Member("getDayOfWeek", F::kTimePart, kInt, 2, kTimestamp, kString),
    Member("getDayOfYear", F::kTimePart, kInt, 1, kTimestamp),
    Member("getDayOfYear", F::kTimePart, kInt, 2, kTimestamp, kString),
    Member("getHours", F::kTimePart, kInt, 1, kTimestamp),
    Member("getHours", F::kTimePart, kInt, 2, kTimestamp, kString),
    Member("getHours", F::kTimePart, kInt, 1, kDuration),
    Member("getMinutes", F::kTimePart, kInt, 1, kTimestamp),
    Member("getMinutes", F::kTimePart, kInt, 2, kTimestamp, kString),
    Member("getMinutes", F::kTimePart, kInt, 1, kDuration),
    Member("getSeconds", F::kTimePart, kInt, 1, kTimestamp),
    Member("getSeconds", F::kTimePart, kInt, 2, kTimestamp, kString),
    Member("getSeconds", F::kTimePart, kInt, 1, kDuration),
    Member("getMilliseconds", F::kTimePart, kInt, 1, kTimestamp),
    Member("getMilliseconds", F::kTimePart, kInt, 2, kTimestamp, kString),
    Member("getMilliseconds", F::kTimePart, kInt, 1, kDuration),
    Both("near", F::kNear, kBool, 4, kString, kString, kString, kInt),
    Both("within_km", F::kWithinKm, kBool, 4, kObject, kDouble, kDouble,
         kDouble),
    Both("in_list", F::kInList, kBool, 2, kString, kString),
    Both("in_list", F::kInList, kBool, 2, kList, kString),
};

}  // namespace

absl::Span<const CelOverload> CelOverloads() { return kOverloads; }

}  // namespace wiredesk
