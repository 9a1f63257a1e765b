// What addresses, domains and the ids of vulnerabilities and techniques look
// like.

#ifndef WIREDESK_STAGES_TAG_INDICATORS_SYNTAX_H_
#define WIREDESK_STAGES_TAG_INDICATORS_SYNTAX_H_

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "stages/tag/indicators/indicators.h"

namespace wiredesk {

// The length of the hyphen at byte `at`: of "-", or of those that a page has
// put in its place, U+2010 and U+2011; else 0. A range's dash makes no id.
inline size_t DashAt(absl::string_view text, size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '-') return 1;
  const absl::string_view rest = text.substr(at, 3);
  return rest == "\xE2\x80\x90" || rest == "\xE2\x80\x91" ? 3 : 0;
}

// What a domain or an IPv4 address is made of.
inline bool IsHostByte(char c) {
  return absl::ascii_isalnum(c) || c == '-' || c == '.' || c == '_';
}

// Four numbers up to 255, without leading zeros.
bool IsIpv4(absl::string_view host);

// Full or with one "::"; eight groups at most.
bool IsIpv6(absl::string_view host);

// A name of labels that ends with a top-level domain.
bool IsDomain(absl::string_view host);

// Whether a domain that is not defanged is surely one: "update-check.net", but
// not "setup.py", "com.example.app", "Node.js", "Booking.com", or the missing
// space of "it.is". `cued`: a word beside it says that it is one.
bool IsPlainDomain(absl::string_view host, bool cued);

// The length of "CVE-2024-3400" or "CWE-79" at the beginning of `text`, or 0.
size_t NumberedIdLength(absl::string_view text, IndicatorType& type);

// That of "T1059", "T1059.001", and "T0886" of industrial systems. REQUIRES:
// `text` is not empty.
size_t TechniqueLength(absl::string_view text);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_INDICATORS_SYNTAX_H_
