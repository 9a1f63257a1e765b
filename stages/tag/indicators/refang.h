// Defanging, undone: "hxxps://evil[.]com" is "https://evil.com". Who writes of
// an attack spoils its addresses so that nobody follows them by mistake.

#ifndef WIREDESK_STAGES_TAG_INDICATORS_REFANG_H_
#define WIREDESK_STAGES_TAG_INDICATORS_REFANG_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace wiredesk {

// Longer pieces are not an indicator that a person wrote.
inline constexpr size_t kPieceMax = 512;

// A piece of the text with the disguise taken off.
struct Refanged {
  char text[kPieceMax];
  uint32_t from[kPieceMax + 1];  // where each byte stands in the document
  size_t size = 0;
  bool defanged = false;

  absl::string_view view() const { return {text, size}; }
};

// Whether a piece may hold an address or a domain: it is defanged, or has what
// a URL, an e-mail, IPv6 or the three dots of IPv4 need.
bool HasHostSigns(absl::string_view piece);

// Refangs `piece`, which begins at byte `at` of the document. REQUIRES: it is
// not longer than kPieceMax.
void Refang(absl::string_view piece, uint32_t at, Refanged& out);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_INDICATORS_REFANG_H_
