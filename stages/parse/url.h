// The three faces of an article's address: as received, canonical (still leads
// to the page), and a key that is equal where the page is (may lead nowhere).
//
// Tested by url_test.cc, by url_fuzz.cc, and against collected cases of other
// projects where these are at hand.

#ifndef WIREDESK_STAGES_PARSE_URL_H_
#define WIREDESK_STAGES_PARSE_URL_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

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

// Names of query parameters that only track. Immutable; share freely.
class TrackingParameters;

// The shipped list, config/tracking_parameters.txt as it was when built.
const TrackingParameters& DefaultTrackingParameters();

// Without tracking parameters, fragment, default port, user, dot segments, AMP
// and mobile dressing, redirectors; host in lower case and punycode. Empty if
// `url` is no web URL.
std::string CanonicalUrl(absl::string_view url);
std::string CanonicalUrl(absl::string_view url,
                         const TrackingParameters& tracking);

// A key of the canonical form: without scheme, "www.", index pages, trailing
// slash; query sorted. Equal for two addresses of one page; never to be
// published. Empty if `url` is no web URL.
std::string DedupeUrl(absl::string_view url);
std::string DedupeUrl(absl::string_view url,
                      const TrackingParameters& tracking);

// The same of a URL that is canonical already.
std::string DedupeUrlOfCanonical(absl::string_view canonical);

// `reference` seen from `base`, by RFC 3986 section 5; browsers' leniency about
// white space and backslashes. `reference` as it is where it is absolute or the
// base is not.
std::string ResolveUrl(absl::string_view base, absl::string_view reference);

// The host without "www.", in lower case; empty if `url` is no web URL.
std::string DomainOfUrl(absl::string_view url);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_URL_H_
