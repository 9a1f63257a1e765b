// Addresses by RFC 3986: their parts, and what a reference in a page leads to.
//
// Tested by url_test.cc and by url_fuzz.cc.

#ifndef WIREDESK_STAGES_PARSE_URL_URL_H_
#define WIREDESK_STAGES_PARSE_URL_URL_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

// The parts of a URL, as views into it. Nothing is decoded.
struct UrlParts {
  absl::string_view scheme;    // without ':'
  absl::string_view userinfo;  // without '@'
  absl::string_view host;      // with brackets where IPv6
  absl::string_view port;      // digits
  absl::string_view path;      // with its leading '/'
  absl::string_view query;     // without '?'
  absl::string_view fragment;  // without '#'
  bool has_authority = false;
  bool has_query = false;
  bool has_fragment = false;
};

// Splits by RFC 3986; white space around is left out. Never fails.
UrlParts SplitUrl(absl::string_view url);

// Whether it is an http or https URL with a host.
bool IsWebUrl(absl::string_view url);

// An absolute path without its "." and "..", by RFC 3986 section 5.2.4.
std::string RemoveDotSegments(absl::string_view path);

// `reference` seen from `base`, by RFC 3986 section 5; browsers' leniency about
// white space and backslashes. `reference` as it is where it is absolute or the
// base is not.
std::string ResolveUrl(absl::string_view base, absl::string_view reference);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_URL_URL_H_
