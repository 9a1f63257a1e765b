#include "stages/tag/gazetteer/entity_json.h"

#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "stages/tag/gazetteer/iso_json.h"

namespace wiredesk {
namespace {

using Array = simdjson::dom::array;
using Element = simdjson::dom::element;
using Object = simdjson::dom::object;

// What a class of Wikidata (P31) makes of an item.
constexpr std::pair<absl::string_view, NameKind> kClasses[] = {
    {"Q5", NameKind::kPerson},
    {"Q43229", NameKind::kOrganization},
    {"Q4830453", NameKind::kOrganization},
    {"Q783794", NameKind::kOrganization},
    {"Q891723", NameKind::kOrganization},
    {"Q6881511", NameKind::kOrganization},
    {"Q7278", NameKind::kOrganization},
    {"Q327333", NameKind::kOrganization},
    {"Q484652", NameKind::kOrganization},
    {"Q79913", NameKind::kOrganization},
    {"Q3918", NameKind::kOrganization},
    {"Q11032", NameKind::kOrganization},
    {"Q476028", NameKind::kOrganization},
    {"Q192350", NameKind::kOrganization},
    {"Q1248784", NameKind::kFacility},
    {"Q483110", NameKind::kFacility},
    {"Q134447", NameKind::kFacility},
    {"Q245016", NameKind::kFacility},
    {"Q6256", NameKind::kCountry},
    {"Q3624078", NameKind::kCountry},
    {"Q515", NameKind::kCity},
    {"Q486972", NameKind::kCity},
    {"Q1549591", NameKind::kCity},
    {"Q4022", NameKind::kFeature},
    {"Q8502", NameKind::kFeature},
    {"Q23442", NameKind::kFeature},
    {"Q131569", NameKind::kAgreement},
    {"Q1656682", NameKind::kEvent}};

bool IsItem(absl::string_view id) {
  int64_t number = 0;
  return id.size() > 1 && id[0] == 'Q' &&
         absl::SimpleAtoi(id.substr(1), &number);
}

void AddAlias(std::string_view text, NamedThing& thing) {
  const absl::string_view name =
      absl::StripAsciiWhitespace(absl::string_view(text.data(), text.size()));
  if (name.empty() || name == thing.name) return;
  thing.aliases.push_back({std::string(name), kSenseAlias});
}

void SetItem(absl::string_view item, NamedThing& thing) {
  thing.id = absl::StrCat("wikidata:", item);
  thing.links = absl::StrCat("wikidata=", item);
}

// The text of a label: as it is where the dump was simplified, else its value.
std::string LabelOf(const Element& label) {
  std::string_view text;
  if (label.get_string().get(text) == simdjson::SUCCESS) {
    return std::string(text);
  }
  Object object;
  return label.get_object().get(object) == simdjson::SUCCESS
             ? JsonText(object, "value")
             : std::string();
}

// Calls `call` with each value of a property, whether simplified or not.
template <typename Call>
void ForEachClaim(const Object& claims, const char* property, Call call) {
  Array values;
  if (claims[property].get_array().get(values) != simdjson::SUCCESS) return;
  for (const Element value : values) {
    Object object;
    Element inner;
    if (value.get_object().get(object) == simdjson::SUCCESS &&
        object["mainsnak"]["datavalue"]["value"].get(inner) ==
            simdjson::SUCCESS) {
      call(inner);
    } else {
      call(value);
    }
  }
}

std::string IdOf(const Element& value) {
  std::string_view text;
  if (value.get_string().get(text) == simdjson::SUCCESS) {
    return std::string(text);
  }
  Object object;
  return value.get_object().get(object) == simdjson::SUCCESS
             ? JsonText(object, "id")
             : std::string();
}

void ReadPosition(const Element& value, NamedThing& thing) {
  double lat = 0;
  double lon = 0;
  Array pair;
  Object object;
  if (value.get_array().get(pair) == simdjson::SUCCESS) {
    if (pair.at(0).get_double().get(lat) != simdjson::SUCCESS ||
        pair.at(1).get_double().get(lon) != simdjson::SUCCESS) {
      return;
    }
  } else if (value.get_object().get(object) != simdjson::SUCCESS ||
             object["latitude"].get_double().get(lat) != simdjson::SUCCESS ||
             object["longitude"].get_double().get(lon) != simdjson::SUCCESS) {
    return;
  }
  thing.lat = lat;
  thing.lon = lon;
}

bool AddWikibaseItem(const Object& item, GazetteerBuilder& builder) {
  const std::string id = JsonText(item, "id");
  Element label;
  if (!IsItem(id) || item["labels"]["en"].get(label) != simdjson::SUCCESS) {
    return false;
  }
  NamedThing thing;
  SetItem(id, thing);
  thing.name = LabelOf(label);
  if (thing.name.empty()) return false;
  Array aliases;
  if (item["aliases"]["en"].get_array().get(aliases) == simdjson::SUCCESS) {
    for (const Element alias : aliases) AddAlias(LabelOf(alias), thing);
  }
  Object claims;
  bool known = false;
  if (item["claims"].get_object().get(claims) == simdjson::SUCCESS) {
    ForEachClaim(claims, "P31", [&](const Element& value) {
      const std::string type = IdOf(value);
      for (const auto& [wikidata, kind] : kClasses) {
        if (!known && type == wikidata) {
          thing.kind = kind;
          known = true;
        }
      }
    });
    ForEachClaim(claims, "P625",
                 [&](const Element& value) { ReadPosition(value, thing); });
    ForEachClaim(claims, "P297", [&](const Element& value) {
      const std::string code = IdOf(value);
      if (code.size() == 2) thing.country = code;
    });
  }
  builder.Add(std::move(thing));
  return true;
}

// The first value of a FollowTheMoney property.
std::string FirstOf(const Object& properties, const char* name) {
  Array values;
  std::string_view text;
  if (properties[name].get_array().get(values) != simdjson::SUCCESS ||
      values.size() == 0 ||
      values.at(0).get_string().get(text) != simdjson::SUCCESS) {
    return {};
  }
  return std::string(text);
}

bool AddMoneyEntity(const Object& entity, GazetteerBuilder& builder) {
  const std::string schema = JsonText(entity, "schema");
  NamedThing thing;
  if (schema == "Person") {
    thing.kind = NameKind::kPerson;
  } else if (schema == "Organization" || schema == "Company" ||
             schema == "PublicBody" || schema == "LegalEntity") {
    thing.kind = NameKind::kOrganization;
  } else if (schema == "Vessel" || schema == "Airplane") {
    thing.kind = NameKind::kProduct;
  } else {
    return false;
  }
  Object properties;
  if (entity["properties"].get_object().get(properties) != simdjson::SUCCESS) {
    return false;
  }
  thing.name = FirstOf(properties, "name");
  const std::string id = JsonText(entity, "id");
  if (thing.name.empty() || id.empty()) return false;
  for (const char* key : {"name", "alias", "weakAlias"}) {
    Array names;
    if (properties[key].get_array().get(names) != simdjson::SUCCESS) continue;
    for (const Element name : names) AddAlias(LabelOf(name), thing);
  }
  const std::string country = FirstOf(
      properties, thing.kind == NameKind::kPerson ? "nationality" : "country");
  if (country.size() == 2) {
    thing.country = absl::AsciiStrToUpper(country);
  }
  const std::string item = FirstOf(properties, "wikidataId");
  if (IsItem(item)) {
    SetItem(item, thing);
  } else {
    thing.id = absl::StrCat("ftm:", id);
  }
  const std::string lei = FirstOf(properties, "leiCode");
  absl::StrAppend(&thing.links, thing.links.empty() ? "" : "|", "ftm=", id);
  if (!lei.empty()) absl::StrAppend(&thing.links, "|lei=", lei);
  builder.Add(std::move(thing));
  return true;
}

}  // namespace

bool AddSparqlJson(const Object& root, GazetteerBuilder& builder,
                   SourceReport& report) {
  Array bindings;
  if (root["results"]["bindings"].get_array().get(bindings) !=
      simdjson::SUCCESS) {
    return false;
  }
  for (const Element row : bindings) {
    Object cells;
    const auto cell = [&](const char* name) {
      std::string_view text;
      return cells[name]["value"].get_string().get(text) == simdjson::SUCCESS
                 ? std::string(text)
                 : std::string();
    };
    if (row.get_object().get(cells) != simdjson::SUCCESS) {
      ++report.skipped;
      continue;
    }
    std::string item = cell("item");
    item = item.substr(item.rfind('/') + 1);
    NamedThing thing;
    thing.name = cell("itemLabel");
    // An item without a label has its own id for one.
    if (!IsItem(item) || thing.name.empty() || thing.name == item) {
      ++report.skipped;
      continue;
    }
    SetItem(item, thing);
    if (!ParseNameKind(cell("type"), thing.kind)) thing.kind = NameKind::kOther;
    const std::string others = cell("itemAltLabel");
    for (const absl::string_view other :
         absl::StrSplit(others, absl::ByAnyChar("|,"), absl::SkipEmpty())) {
      AddAlias({other.data(), other.size()}, thing);
    }
    const std::string country = cell("country");
    if (country.size() == 2) thing.country = country;
    SetPlace(cell("lat"), cell("lon"), cell("population"), thing);
    ++report.things;
    builder.Add(std::move(thing));
  }
  return true;
}

bool IsEntityLine(absl::string_view line) {
  return absl::StartsWith(line, "{") &&
         ((absl::StrContains(line, "\"schema\"") &&
           absl::StrContains(line, "\"properties\"")) ||
          (absl::StrContains(line, "\"labels\"") &&
           absl::StrContains(line, "\"id\"")));
}

absl::Status AddEntityLines(absl::string_view name, absl::string_view text,
                            GazetteerBuilder& builder, SourceReport& report) {
  simdjson::dom::parser parser;
  int64_t number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    absl::ConsumeSuffix(&line, ",");
    // The brackets of a dump stand on lines of their own.
    if (line.empty() || line == "[" || line == "]") continue;
    Object object;
    if (parser.parse(line.data(), line.size()).get_object().get(object) !=
        simdjson::SUCCESS) {
      Complain(name, number, "expected a JSON object", report);
    } else if (AddMoneyEntity(object, builder) ||
               AddWikibaseItem(object, builder)) {
      ++report.things;
    } else {
      ++report.skipped;
    }
  }
  return absl::OkStatus();
}

}  // namespace wiredesk
