// JSON as bytes: the few things that writing it needs. All of them append to
// `out`, allocate nothing else, and give the same bytes on every machine.

#ifndef WIREDESK_PIPELINE_JSON_TEXT_H_
#define WIREDESK_PIPELINE_JSON_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wiredesk {

// A string with its quotes. `text` must be valid UTF-8.
void AppendJsonString(absl::string_view text, std::string& out);

// The same for bytes of unknown make, such as a file's name: each byte that is
// no UTF-8 becomes U+FFFD.
void AppendJsonBytes(absl::string_view bytes, std::string& out);

// At most four decimals, no trailing zeros, no exponent below 1e14; null for
// what JSON has no number for.
void AppendJsonNumber(double value, std::string& out);

void AppendInteger(int64_t value, std::string& out);

// "2024-07-11T05:30:00Z", with ".123" where there are milliseconds, without
// quotes. False, and nothing appended, outside of the years 0 to 9999.
bool AppendRfc3339(absl::Time time, std::string& out);

void AppendBase64(absl::string_view bytes, std::string& out);

// Turns byte offsets of a text into counts of code points. Costs one pass over
// the text, and nothing more where that finds ASCII alone.
class CodePointIndex {
 public:
  // `text` must outlive the calls of At().
  void Reset(absl::string_view text);

  // How many code points begin before `offset`. REQUIRES: offset <= size.
  uint32_t At(uint32_t offset) const;

 private:
  absl::string_view text_;
  bool ascii_ = true;
  std::vector<uint32_t> before_;  // code points before each block of 64 bytes
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_JSON_TEXT_H_
