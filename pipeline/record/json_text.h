// JSON as bytes: the few things that writing it needs. They allocate nothing
// but `out`, and give the same bytes on every machine.

#ifndef WIREDESK_PIPELINE_RECORD_JSON_TEXT_H_
#define WIREDESK_PIPELINE_RECORD_JSON_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wiredesk {

// --- Into memory that has capacity; each returns the end of what it wrote

// Upper bounds on the encoded size of a string, a number or a time.
constexpr size_t EscapedSizeMax(size_t bytes) { return 6 * bytes + 16; }
constexpr size_t kNumberSizeMax = 40;

// What stands between the quotes of a string. `text` must be valid UTF-8.
char* WriteEscaped(absl::string_view text, char* out);

char* WriteInteger(int64_t value, char* out);

// At most four decimals, no trailing zeros, no exponent below 1e14; null for
// what JSON has no number for.
char* WriteJsonNumber(double value, char* out);

// "2024-07-11T05:30:00Z", with ".123" where there are milliseconds, without
// quotes. nullptr outside of the years 0 to 9999.
char* WriteRfc3339(absl::Time time, char* out);

// --- The same, appended to a string. -----------------------------------------

// With quotes.
void AppendJsonString(absl::string_view text, std::string& out);
void AppendInteger(int64_t value, std::string& out);
void AppendJsonNumber(double value, std::string& out);
// False, and nothing appended, outside of those years.
bool AppendRfc3339(absl::Time time, std::string& out);

bool IsUtf8(absl::string_view bytes);

// A string of bytes of unknown make, such as a file's name: each byte that is
// no UTF-8 becomes U+FFFD.
void AppendJsonBytes(absl::string_view bytes, std::string& out);

void AppendBase64(absl::string_view bytes, std::string& out);

// A member of an object that loses no byte: "name":"text", or
// "name_base64":"..." where the bytes are not UTF-8.
void AppendJsonMember(absl::string_view name, absl::string_view bytes,
                      std::string& out);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_JSON_TEXT_H_
