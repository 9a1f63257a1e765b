// Names from exports of entities: Wikidata's answers to a query (SPARQL JSON),
// its dump a line an item (as wikibase-dump-filter gives it, simplified or not),
// and FollowTheMoney (OpenSanctions), a line an entity. What they hold of an
// entity beyond its type, names, country, position and ids is passed over.

#ifndef WIREDESK_STAGES_TAG_GAZETTEER_ENTITY_JSON_H_
#define WIREDESK_STAGES_TAG_GAZETTEER_ENTITY_JSON_H_

#include <simdjson.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "stages/tag/gazetteer/sources.h"

namespace wiredesk {

// False where `root` has no bindings, as an answer to a query has them. Variables
// are those of the Wikidata table: item, itemLabel, itemAltLabel, type, country,
// lat, lon, population.
bool AddSparqlJson(const simdjson::dom::object& root, GazetteerBuilder& builder,
                   SourceReport& report);

// Whether a line begins an export of a line an entity.
bool IsEntityLine(absl::string_view line);

// Reads each line by itself; what cannot be read is skipped and complained of.
absl::Status AddEntityLines(absl::string_view name, absl::string_view text,
                            GazetteerBuilder& builder, SourceReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_GAZETTEER_ENTITY_JSON_H_
