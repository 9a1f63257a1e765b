#include "stages/route/cel/value.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "stages/route/cel/time.h"

namespace wiredesk {
namespace {

int Sign(bool less, bool greater) { return less ? -1 : greater ? 1 : 0; }

int CompareIntUint(int64_t a, uint64_t b) {
  if (a < 0) {
    return -1;
  }
  return Sign(static_cast<uint64_t>(a) < b, static_cast<uint64_t>(a) > b);
}

// Exact, unlike a comparison after conversion to double.
int CompareIntDouble(int64_t a, double b) {
  if (b >= 9223372036854775808.0) {
    return -1;
  }
  if (b < -9223372036854775808.0) {
    return 1;
  }
  const int64_t whole = static_cast<int64_t>(b);
  if (a != whole) {
    return a < whole ? -1 : 1;
  }
  const double fraction = b - std::trunc(b);
  return Sign(fraction > 0, fraction < 0);
}

int CompareUintDouble(uint64_t a, double b) {
  if (b >= 18446744073709551616.0) {
    return -1;
  }
  if (b < 0) {
    return 1;
  }
  const uint64_t whole = static_cast<uint64_t>(b);
  if (a != whole) {
    return a < whole ? -1 : 1;
  }
  return b > std::trunc(b) ? -1 : 0;
}

// REQUIRES: both are numbers, neither is NaN.
int CompareNumbers(const CelValue& a, const CelValue& b) {
  if (a.kind == b.kind) {
    switch (a.kind) {
      case CelKind::kInt:
        return Sign(a.integer<b.integer, a.integer> b.integer);
      case CelKind::kUint:
        return Sign(a.natural<b.natural, a.natural> b.natural);
      default:
        return Sign(a.real<b.real, a.real> b.real);
    }
  }
  if (a.kind == CelKind::kInt) {
    return b.kind == CelKind::kUint ? CompareIntUint(a.integer, b.natural)
                                    : CompareIntDouble(a.integer, b.real);
  }
  if (a.kind == CelKind::kUint && b.kind == CelKind::kDouble) {
    return CompareUintDouble(a.natural, b.real);
  }
  return -CompareNumbers(b, a);
}

bool IsNan(const CelValue& value) {
  return value.kind == CelKind::kDouble && std::isnan(value.real);
}

bool ListsEqual(const CelValue& a, const CelValue& b) {
  if (a.size != b.size) {
    return false;
  }
  for (size_t i = 0; i < a.size; ++i) {
    if (!CelEquals(a.item(i), b.item(i))) {
      return false;
    }
  }
  return true;
}

bool MapsEqual(const CelValue& a, const CelValue& b) {
  if (a.size != b.size) {
    return false;
  }
  for (size_t i = 0; i < a.size; ++i) {
    const CelValue other = CelLookUp(b, a.key(i));
    if (other.is_error() || !CelEquals(a.value(i), other)) {
      return false;
    }
  }
  return true;
}

bool ObjectsEqual(const CelValue& a, const CelValue& b) {
  if (a.object != b.object) {
    return false;
  }
  for (size_t i = 0; i < a.object->size; ++i) {
    const CelField& field = a.object->fields[i];
    if (!CelEquals(field.get(a.data), field.get(b.data))) {
      return false;
    }
  }
  return true;
}

int CompareText(absl::string_view a, absl::string_view b) {
  return a.compare(b);
}

void AppendText(const CelValue& value, size_t limit, std::string& out);

// Of a list, a map or an object: "[1, 2]", "{...: 1, ...: 2}".
void AppendItems(const CelValue& value, size_t limit, std::string& out) {
  const bool list = value.kind == CelKind::kList;
  const bool object = value.kind == CelKind::kObject;
  const size_t size = object ? value.object->size : value.size;
  out += list ? '[' : '{';
  for (size_t i = 0; i < size && out.size() <= limit; ++i) {
    out += i == 0 ? "" : ", ";
    if (list) {
      AppendText(value.item(i), limit, out);
    } else if (object) {
      const CelField& field = value.object->fields[i];
      absl::StrAppend(&out, field.name, ": ");
      AppendText(field.get(value.data), limit, out);
    } else {
      AppendText(value.key(i), limit, out);
      out += ": ";
      AppendText(value.value(i), limit, out);
    }
  }
  out += list ? ']' : '}';
}

void AppendText(const CelValue& value, size_t limit, std::string& out) {
  if (out.size() > limit) {
    return;
  }
  switch (value.kind) {
    case CelKind::kString:
      absl::StrAppend(&out, "\"",
                      absl::Utf8SafeCEscape(value.text().substr(0, limit)),
                      "\"");
      return;
    case CelKind::kBytes:
      absl::StrAppend(&out, "b\"",
                      absl::CHexEscape(value.text().substr(0, limit)), "\"");
      return;
    case CelKind::kList:
    case CelKind::kMap:
    case CelKind::kObject:
      AppendItems(value, limit, out);
      return;
    case CelKind::kNull:
      out += "null";
      return;
    case CelKind::kBool:
      out += value.boolean ? "true" : "false";
      return;
    case CelKind::kInt:
      absl::StrAppend(&out, value.integer);
      return;
    case CelKind::kUint:
      absl::StrAppend(&out, value.natural, "u");
      return;
    case CelKind::kDouble:
      absl::StrAppend(&out, value.real);
      return;
    case CelKind::kDuration:
    case CelKind::kTimestamp:
      out += CelTimeToText(value);
      return;
    case CelKind::kType:
      absl::StrAppend(&out, CelKindName(value.type));
      return;
    case CelKind::kError:
    case CelKind::kDyn:
      absl::StrAppend(&out, "error: ", value.text());
      return;
  }
}

}  // namespace

const CelListType kCelValueList = {sizeof(CelValue), [](const void* item) {
                                     return *static_cast<const CelValue*>(item);
                                   }};

const CelMapType kCelEntryMap = {
    sizeof(CelEntry),
    [](const void* entry) { return static_cast<const CelEntry*>(entry)->key; },
    [](const void* entry) {
      return static_cast<const CelEntry*>(entry)->value;
    }};

absl::string_view CelKindName(CelKind kind) {
  constexpr absl::string_view kNames[] = {"error",
                                          "null_type",
                                          "bool",
                                          "int",
                                          "uint",
                                          "double",
                                          "string",
                                          "bytes",
                                          "google.protobuf.Duration",
                                          "google.protobuf.Timestamp",
                                          "list",
                                          "map",
                                          "object",
                                          "type",
                                          "dyn"};
  return kNames[static_cast<size_t>(kind)];
}

std::string ToString(const CelType& type) {
  const std::string item = type.item == nullptr ? "dyn" : ToString(*type.item);
  switch (type.kind) {
    case CelKind::kList:
      return absl::StrCat("list(", item, ")");
    case CelKind::kMap:
      return absl::StrCat("map(",
                          type.key == nullptr ? "dyn" : ToString(*type.key),
                          ", ", item, ")");
    case CelKind::kObject:
      return std::string(type.object == nullptr ? "object" : type.object->name);
    case CelKind::kDuration:
      return "duration";
    case CelKind::kTimestamp:
      return "timestamp";
    case CelKind::kNull:
      return "null";
    default:
      return std::string(CelKindName(type.kind));
  }
}

const CelField* CelStruct::Find(absl::string_view field) const {
  for (size_t i = 0; i < size; ++i) {
    if (fields[i].name == field) {
      return &fields[i];
    }
  }
  return nullptr;
}

bool CelEquals(const CelValue& a, const CelValue& b) {
  if (a.is_number() && b.is_number()) {
    return !IsNan(a) && !IsNan(b) && CompareNumbers(a, b) == 0;
  }
  if (a.kind != b.kind) {
    return false;
  }
  switch (a.kind) {
    case CelKind::kNull:
      return true;
    case CelKind::kBool:
      return a.boolean == b.boolean;
    case CelKind::kString:
    case CelKind::kBytes:
      return a.size == b.size && std::memcmp(a.data, b.data, a.size) == 0;
    case CelKind::kDuration:
    case CelKind::kTimestamp:
      return a.integer == b.integer && a.size == b.size;
    case CelKind::kList:
      return ListsEqual(a, b);
    case CelKind::kMap:
      return MapsEqual(a, b);
    case CelKind::kObject:
      return ObjectsEqual(a, b);
    case CelKind::kType:
      return a.type == b.type;
    default:
      return false;
  }
}

std::optional<int> CelCompare(const CelValue& a, const CelValue& b,
                              bool& unordered) {
  unordered = false;
  if (a.is_number() && b.is_number()) {
    unordered = IsNan(a) || IsNan(b);
    if (unordered) {
      return std::nullopt;
    }
    return CompareNumbers(a, b);
  }
  if (a.kind != b.kind) {
    return std::nullopt;
  }
  switch (a.kind) {
    case CelKind::kBool:
      return Sign(a.boolean<b.boolean, a.boolean> b.boolean);
    case CelKind::kString:
    case CelKind::kBytes:
      return CompareText(a.text(), b.text());
    case CelKind::kDuration:
    case CelKind::kTimestamp:
      return a.integer != b.integer ? Sign(a.integer < b.integer, true)
                                    : Sign(a.size<b.size, a.size> b.size);
    default:
      return std::nullopt;
  }
}

CelValue CelLookUp(const CelValue& map, const CelValue& key) {
  for (size_t i = 0; i < map.size; ++i) {
    if (CelEquals(map.key(i), key)) {
      return map.value(i);
    }
  }
  return CelValue::Error(kCelNoKey);
}

std::string CelToText(const CelValue& value, size_t limit) {
  std::string out;
  AppendText(value, limit, out);
  if (out.size() > limit) {
    size_t end = limit;
    while (end > 0 && (out[end] & 0xC0) == 0x80) {
      --end;
    }
    out.resize(end);
    out += "...";
  }
  return out;
}

}  // namespace wiredesk
