// Addresses that only lead to another one: search results, links out of social
// networks, AMP caches, scanners of mail.

#ifndef WIREDESK_STAGES_PARSE_URL_REDIRECT_H_
#define WIREDESK_STAGES_PARSE_URL_REDIRECT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

// The address to which `url` leads, as far as its text tells; empty if it is
// no redirector. One step: what it leads to may be a redirector again.
std::string UnwrapRedirect(absl::string_view url);

// The value of a hexadecimal digit; -1 for another character.
int HexValue(char c);

// `text` with "%41" as 'A'. What is not an escape stays.
std::string DecodePercent(absl::string_view text);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_URL_REDIRECT_H_
