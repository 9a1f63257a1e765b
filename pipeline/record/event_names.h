// The words that the contract has for our enumerations, in the order of their
// values, where an empty word stands for null; and ids as text.

#ifndef WIREDESK_PIPELINE_RECORD_EVENT_NAMES_H_
#define WIREDESK_PIPELINE_RECORD_EVENT_NAMES_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "pipeline/record/event_record.h"

namespace wiredesk {

// kWords of an enumeration whose values count from 0.
template <typename Enum>
struct EnumWords;

template <>
struct EnumWords<Field> {
  static constexpr absl::string_view kWords[] = {"headline", "body"};
};
template <>
struct EnumWords<PublicationStatus> {
  static constexpr absl::string_view kWords[] = {"usable", "withheld",
                                                 "canceled"};
};
template <>
struct EnumWords<TimePrecision> {
  static constexpr absl::string_view kWords[] = {"", "second", "minute", "day",
                                                 "month"};
};
template <>
struct EnumWords<Verdict> {
  static constexpr absl::string_view kWords[] = {"new", "exact", "near",
                                                 "excerpt", "revision"};
};
template <>
struct EnumWords<MatchReason> {
  static constexpr absl::string_view kWords[] = {
      "", "guid", "url", "text", "similarity", "containment"};
};
template <>
struct EnumWords<DateType> {
  static constexpr absl::string_view kWords[] = {"date", "time", "duration",
                                                 "set"};
};
template <>
struct EnumWords<QuoteKind> {
  static constexpr absl::string_view kWords[] = {"direct", "mixed"};
};
template <>
struct EnumWords<IndicatorType> {
  static constexpr absl::string_view kWords[] = {
      "cve", "cwe",   "attack", "ipv4", "ipv6",  "domain",
      "url", "email", "md5",    "sha1", "sha256"};
};

// The word for `value`; empty for a value that the enumeration does not have.
template <typename Enum>
constexpr absl::string_view NameOf(Enum value) {
  constexpr absl::Span<const absl::string_view> kWords =
      EnumWords<Enum>::kWords;
  const auto index = static_cast<size_t>(value);
  return index < kWords.size() ? kWords[index] : absl::string_view();
}

// All words of an enumeration but the one for null.
template <typename Enum>
constexpr absl::Span<const absl::string_view> Choices() {
  constexpr absl::Span<const absl::string_view> kWords =
      EnumWords<Enum>::kWords;
  return kWords[0].empty() ? kWords.subspan(1) : kWords;
}

constexpr absl::string_view VerdictName(Verdict verdict) {
  return NameOf(verdict);
}
constexpr absl::string_view ReasonName(MatchReason reason) {
  return NameOf(reason);
}

// A RecordId is 32 hex digits, also where it is empty.
inline constexpr size_t kHexDigits = 32;

// Into kHexDigits bytes.
inline void WriteHex(RecordId id, char* out) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (const uint64_t half : {id.high, id.low}) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      *out++ = kDigits[(half >> shift) & 15];
    }
  }
}

inline void AppendHex(RecordId id, std::string& out) {
  char digits[kHexDigits];
  WriteHex(id, digits);
  out.append(digits, kHexDigits);
}

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_EVENT_NAMES_H_
