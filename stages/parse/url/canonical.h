// The three faces of an article's address: as received, canonical (still leads
// to the page), and a key that is equal where the page is (may lead nowhere).
//
// Tested by url_test.cc, by url_fuzz.cc, and against collected cases of other
// projects where these are at hand.

#ifndef WIREDESK_STAGES_PARSE_URL_CANONICAL_H_
#define WIREDESK_STAGES_PARSE_URL_CANONICAL_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

class TrackingParameters;

// Without tracking parameters, fragment, default port, user, dot segments, AMP
// and mobile dressing, redirectors; host in lower case and punycode. Empty if
// `url` is not a web URL.
std::string CanonicalUrl(absl::string_view url);
std::string CanonicalUrl(absl::string_view url,
                         const TrackingParameters& tracking);

// A key of the canonical form: without scheme, "www.", index pages, trailing
// slash; query sorted. Equal for two addresses of one page; never to be
// published. Empty if `url` is not a web URL.
std::string DedupeUrl(absl::string_view url);
std::string DedupeUrl(absl::string_view url,
                      const TrackingParameters& tracking);

// The same of a URL that is canonical already.
std::string DedupeUrlOfCanonical(absl::string_view canonical);

// The host without "www.", in lower case; empty if `url` is not a web URL.
std::string DomainOfUrl(absl::string_view url);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_URL_CANONICAL_H_
