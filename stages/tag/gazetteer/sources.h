// Sources of names: our own tables and the formats that others publish.
//
//  - our own: tab-separated, described in config/gazetteer/README.md
//  - GeoNames: a dump such as cities500.txt or allCountries.txt
//  - STIX 2.1 bundles (ATT&CK) and MISP galaxy clusters, both JSON
//  - Wikidata: a tab-separated export whose header names item, itemLabel ...
//  - PETRARCH and TABARI actor dictionaries
//
// A bad line is not a reason to refuse a dump of millions: it is skipped,
// counted, and the first ones are named. What is not of the format at all is
// refused.

#ifndef WIREDESK_STAGES_TAG_GAZETTEER_SOURCES_H_
#define WIREDESK_STAGES_TAG_GAZETTEER_SOURCES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "stages/tag/gazetteer/builder.h"

namespace wiredesk {

struct SourceReport {
  int64_t things = 0;   // read
  int64_t skipped = 0;  // lines or objects that could not be read
  // "FILE:LINE: what", the first ten.
  std::vector<std::string> complaints;
};

// Reads the file, unpacked where it is gzip, finds out its format and adds what
// it holds. NotFound, InvalidArgument.
absl::Status AddGazetteerSource(const std::string& path,
                                GazetteerBuilder& builder,
                                SourceReport& report);

// The same from text in memory; `name` stands in messages and tells the format
// where the text does not.
absl::Status AddGazetteerText(absl::string_view name, absl::string_view text,
                              GazetteerBuilder& builder, SourceReport& report);

// The formats one by one.
absl::Status AddOwnTable(absl::string_view name, absl::string_view text,
                         GazetteerBuilder& builder, SourceReport& report);
absl::Status AddGeoNames(absl::string_view name, absl::string_view text,
                         GazetteerBuilder& builder, SourceReport& report);
absl::Status AddWikidata(absl::string_view name, absl::string_view text,
                         GazetteerBuilder& builder, SourceReport& report);
absl::Status AddPetrarchActors(absl::string_view name, absl::string_view text,
                               GazetteerBuilder& builder, SourceReport& report);
// Other names of what GeoNames dumps before have given.
absl::Status AddGeoNamesAlternates(absl::string_view name,
                                   absl::string_view text,
                                   GazetteerBuilder& builder,
                                   SourceReport& report);
// STIX, MISP, ISO 3166 or CLDR, whichever the text is.
absl::Status AddLeiCsv(absl::string_view name, absl::string_view text,
                       GazetteerBuilder& builder, SourceReport& report);
absl::Status AddJson(absl::string_view name, absl::string_view text,
                     GazetteerBuilder& builder, SourceReport& report);

// Fills in what a Wikidata export says of a place; numbers that are broken are
// left out.
void SetPlace(absl::string_view lat, absl::string_view lon,
              absl::string_view population, NamedThing& thing);

// Counts a line that was skipped.
void Complain(absl::string_view name, int64_t line, absl::string_view what,
              SourceReport& report);

// "Yoon Suk-yeol" -> "yoon-suk-yeol": what ids are made of. Letters and digits
// outside ASCII stay as they are.
std::string Slug(absl::string_view text);
void AppendSlug(absl::string_view text, std::string& to);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_GAZETTEER_SOURCES_H_
