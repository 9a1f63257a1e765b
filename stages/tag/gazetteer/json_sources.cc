// Threat actors, malware and tools from STIX 2.1 bundles and MISP galaxy
// clusters.

#include <simdjson.h>

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "stages/tag/gazetteer/entity_json.h"
#include "stages/tag/gazetteer/iso_json.h"
#include "stages/tag/gazetteer/sources.h"

namespace wiredesk {
namespace {

using Object = simdjson::dom::object;

void AddThreatAlias(absl::string_view text, NamedThing& thing) {
  // A name of one or two letters is too often something else, and a name with
  // a comma, as "Lazarus, Hidden Cobra", a list.
  if (text.size() < 3 || text == thing.name) return;
  uint16_t flags = kSenseAlias;
  // "njRAT" is written as it is written.
  if (absl::ascii_islower(text[0])) flags |= kSenseExactCase;
  thing.aliases.push_back({std::string(text), flags});
}

void AddAliases(const Object& object, const char* key, NamedThing& thing) {
  simdjson::dom::array values;
  if (object[key].get_array().get(values) != simdjson::SUCCESS) return;
  for (const simdjson::dom::element value : values) {
    std::string_view text;
    if (value.get_string().get(text) == simdjson::SUCCESS) {
      AddThreatAlias({text.data(), text.size()}, thing);
    }
  }
}

// "G0032" of ATT&CK among the external references of a STIX object.
std::string AttackId(const Object& object) {
  simdjson::dom::array references;
  if (object["external_references"].get_array().get(references) !=
      simdjson::SUCCESS) {
    return {};
  }
  for (const simdjson::dom::element item : references) {
    Object reference;
    if (item.get_object().get(reference) == simdjson::SUCCESS &&
        absl::StartsWith(JsonText(reference, "source_name"), "mitre-")) {
      return JsonText(reference, "external_id");
    }
  }
  return {};
}

bool AddStixObject(const Object& object, GazetteerBuilder& builder) {
  const std::string type = JsonText(object, "type");
  NamedThing thing;
  if (type == "intrusion-set" || type == "threat-actor") {
    thing.kind = NameKind::kThreatActor;
  } else if (type == "malware" || type == "tool") {
    thing.kind = NameKind::kMalware;
  } else if (type == "campaign") {
    thing.kind = NameKind::kEvent;
  } else {
    return false;
  }
  bool revoked = false;
  if (object["revoked"].get_bool().get(revoked) != simdjson::SUCCESS) {
    revoked = false;
  }
  thing.name = JsonText(object, "name");
  thing.id = JsonText(object, "id");
  if (revoked || thing.name.empty() || thing.id.empty()) return false;
  thing.links = absl::StrCat("stix=", thing.id);
  const std::string attack = AttackId(object);
  if (!attack.empty()) {
    thing.id = absl::StrCat("attack:", attack);
    absl::StrAppend(&thing.links, "|attack=", attack);
  }
  AddAliases(object, "aliases", thing);
  AddAliases(object, "x_mitre_aliases", thing);
  builder.Add(std::move(thing));
  return true;
}

bool AddMispValue(const Object& object, NameKind kind,
                  GazetteerBuilder& builder) {
  NamedThing thing;
  thing.kind = kind;
  thing.name = JsonText(object, "value");
  // "APT28 - G0007", as the clusters made from ATT&CK have it.
  const size_t dash = thing.name.rfind(" - ");
  if (dash != std::string::npos && dash + 8 == thing.name.size()) {
    thing.links = absl::StrCat("attack=", thing.name.substr(dash + 3), "|");
    thing.name.resize(dash);
  }
  const std::string uuid = JsonText(object, "uuid");
  if (thing.name.size() < 3 || uuid.empty()) return false;
  thing.id = absl::StrCat("misp:", uuid);
  absl::StrAppend(&thing.links, "misp=", uuid);
  Object meta;
  if (object["meta"].get_object().get(meta) == simdjson::SUCCESS) {
    AddAliases(meta, "synonyms", thing);
    const std::string country = JsonText(meta, "country");
    if (country.size() == 2) thing.country = country;
  }
  builder.Add(std::move(thing));
  return true;
}

NameKind KindOfCluster(absl::string_view type) {
  if (absl::StrContains(type, "actor") ||
      absl::StrContains(type, "intrusion-set")) {
    return NameKind::kThreatActor;
  }
  if (absl::StrContains(type, "group")) return NameKind::kOrganization;
  return NameKind::kMalware;
}

}  // namespace

absl::Status AddJson(absl::string_view name, absl::string_view text,
                     GazetteerBuilder& builder, SourceReport& report) {
  simdjson::dom::parser parser;
  Object root;
  const auto error =
      parser.parse(text.data(), text.size()).get_object().get(root);
  if (error != simdjson::SUCCESS) {
    return absl::InvalidArgumentError(absl::StrCat(
        name, ": no JSON object: ", simdjson::error_message(error)));
  }
  if (AddIsoJson(root, builder, report) ||
      AddSparqlJson(root, builder, report)) {
    return absl::OkStatus();
  }
  simdjson::dom::array items;
  const bool stix = root["objects"].get_array().get(items) == simdjson::SUCCESS;
  if (!stix && root["values"].get_array().get(items) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError(absl::StrCat(
        name,
        ": none of a STIX bundle (objects), a MISP galaxy cluster (values), "
        "ISO 3166 (3166-1, 3166-2), names of CLDR (main) and an answer of "
        "Wikidata (results)"));
  }
  const NameKind kind = KindOfCluster(JsonText(root, "type"));
  for (const simdjson::dom::element item : items) {
    Object object;
    if (item.get_object().get(object) != simdjson::SUCCESS) {
      ++report.skipped;
    } else if (stix ? AddStixObject(object, builder)
                    : AddMispValue(object, kind, builder)) {
      ++report.things;
    }
  }
  return absl::OkStatus();
}

}  // namespace wiredesk
