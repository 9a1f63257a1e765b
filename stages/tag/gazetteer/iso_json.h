#ifndef WIREDESK_STAGES_TAG_GAZETTEER_ISO_JSON_H_
#define WIREDESK_STAGES_TAG_GAZETTEER_ISO_JSON_H_

#include <simdjson.h>

#include <string>
#include <string_view>

#include "stages/tag/gazetteer/builder.h"
#include "stages/tag/gazetteer/sources.h"

namespace wiredesk {

// The member that is a string; empty where it is none.
inline std::string JsonText(const simdjson::dom::object& object,
                            const char* key) {
  std::string_view value;
  if (object[key].get_string().get(value) != simdjson::SUCCESS) return {};
  return std::string(value);
}

// Adds what a document of ISO 3166 or CLDR holds; false where it is neither.
bool AddIsoJson(const simdjson::dom::object& root, GazetteerBuilder& builder,
                SourceReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_GAZETTEER_ISO_JSON_H_
