// Countries as publishers give them: codes of two or three letters, English
// names.
//
// Tested by json_article_test.cc.

#ifndef WIREDESK_STAGES_PARSE_DRAFT_COUNTRY_H_
#define WIREDESK_STAGES_PARSE_DRAFT_COUNTRY_H_

#include "absl/strings/string_view.h"

namespace wiredesk {

// ISO 3166-1 alpha-2 of "us", "USA" or "United States"; a literal. Empty for
// what is not a country.
absl::string_view CountryCode(absl::string_view text);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_DRAFT_COUNTRY_H_
