#ifndef WIREDESK_STAGES_TAG_GAZETTEER_ISO_JSON_H_
#define WIREDESK_STAGES_TAG_GAZETTEER_ISO_JSON_H_

#include <simdjson.h>

#include "stages/tag/gazetteer_builder.h"
#include "stages/tag/gazetteer_sources.h"

namespace wiredesk {

// Adds what a document of ISO 3166 or CLDR holds; false where it is neither.
bool AddIsoJson(const simdjson::dom::object& root, GazetteerBuilder& builder,
                SourceReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_GAZETTEER_ISO_JSON_H_
