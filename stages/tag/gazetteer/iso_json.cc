// Names of countries, their divisions and regions from two publishers of JSON:
// ISO 3166 as Debian's iso-codes has it (`iso_3166-1.json`, `iso_3166-2.json`),
// and the names of CLDR (`territories.json` and `subdivisions.json` of a
// language), which add to what is known or stand for themselves.

#include "stages/tag/gazetteer/iso_json.h"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "stages/tag/gazetteer/sources.h"

namespace wiredesk {
namespace {

using Object = simdjson::dom::object;

// "Bolivia, Plurinational State of" is written so in lists alone.
void AddName(const std::string& name, NamedThing& thing) {
  if (name.empty() || absl::StrContains(name, ", ")) return;
  if (thing.name.empty()) {
    thing.name = name;
  } else if (name != thing.name) {
    thing.aliases.push_back({name, kSenseAlias});
  }
}

bool AddCountry(const Object& object, GazetteerBuilder& builder) {
  NamedThing thing;
  thing.kind = NameKind::kCountry;
  thing.country = JsonText(object, "alpha_2");
  if (thing.country.size() != 2) return false;
  thing.id = absl::StrCat("iso3166:", thing.country);
  for (const char* key : {"common_name", "name", "official_name"}) {
    AddName(JsonText(object, key), thing);
  }
  if (thing.name.empty()) {
    const std::string name = JsonText(object, "name");
    thing.name = name.substr(0, name.find(", "));
  }
  if (thing.name.empty()) return false;
  builder.Add(std::move(thing));
  return true;
}

bool AddDivision(const Object& object, GazetteerBuilder& builder) {
  NamedThing thing;
  const std::string code = JsonText(object, "code");
  if (code.size() < 4 || code[2] != '-') return false;
  thing.kind = JsonText(object, "parent").empty() ? NameKind::kAdmin1
                                                  : NameKind::kAdmin2;
  thing.id = absl::StrCat("iso3166:", code);
  thing.country = code.substr(0, 2);
  thing.admin1 = code;
  const std::string name = JsonText(object, "name");
  thing.name = name.substr(0, name.find(", "));
  if (thing.name.empty()) return false;
  builder.Add(std::move(thing));
  return true;
}

// "FR", "150", "usca" -> our id and kind; false for codes of no place ("EU",
// "XA", "ZZ") and of the world.
bool PlaceOfKey(absl::string_view key, bool division, NamedThing& thing) {
  const auto upper = [](absl::string_view text) {
    return absl::AsciiStrToUpper(text);
  };
  if (division) {
    if (key.size() < 3 || key.size() > 5) return false;
    thing.country = upper(key.substr(0, 2));
    thing.admin1 = absl::StrCat(thing.country, "-", upper(key.substr(2)));
    thing.id = absl::StrCat("iso3166:", thing.admin1);
    thing.kind = NameKind::kAdmin1;
    return std::all_of(key.begin(), key.end(), [](char c) {
      return absl::ascii_isalnum(static_cast<unsigned char>(c));
    });
  }
  if (key.size() == 3) {
    thing.id = absl::StrCat("m49:", key);
    thing.kind = NameKind::kRegion;
    return key != "001" && std::all_of(key.begin(), key.end(), [](char c) {
             return absl::ascii_isdigit(static_cast<unsigned char>(c));
           });
  }
  if (key.size() != 2 || key[0] == 'X' || key == "ZZ" || key == "QO" ||
      key == "EU" || key == "EZ" || key == "UN") {
    return false;
  }
  thing.country = std::string(key);
  thing.id = absl::StrCat("iso3166:", key);
  thing.kind = NameKind::kCountry;
  return true;
}

void AddDisplayNames(const Object& names, bool division,
                     GazetteerBuilder& builder, SourceReport& report) {
  for (const auto& field : names) {
    // "US-alt-short"
    absl::string_view key(field.key.data(), field.key.size());
    key = key.substr(0, key.find("-alt-"));
    std::string_view name;
    NamedThing thing;
    if (field.value.get_string().get(name) != simdjson::SUCCESS ||
        name.empty() || !PlaceOfKey(key, division, thing)) {
      continue;
    }
    thing.name = std::string(name);
    builder.Add(std::move(thing));
    ++report.things;
  }
}

template <typename Add>
void AddEach(const simdjson::dom::array& items, Add add,
             GazetteerBuilder& builder, SourceReport& report) {
  for (const simdjson::dom::element item : items) {
    Object object;
    if (item.get_object().get(object) == simdjson::SUCCESS &&
        add(object, builder)) {
      ++report.things;
    } else {
      ++report.skipped;
    }
  }
}

}  // namespace

bool AddIsoJson(const simdjson::dom::object& root, GazetteerBuilder& builder,
                SourceReport& report) {
  simdjson::dom::array items;
  if (root["3166-1"].get_array().get(items) == simdjson::SUCCESS) {
    AddEach(items, AddCountry, builder, report);
    return true;
  }
  if (root["3166-2"].get_array().get(items) == simdjson::SUCCESS) {
    AddEach(items, AddDivision, builder, report);
    return true;
  }
  Object languages;
  if (root["main"].get_object().get(languages) != simdjson::SUCCESS) {
    return false;
  }
  bool found = false;
  for (const auto& language : languages) {
    for (const bool division : {false, true}) {
      Object names;
      if (language
              .value["localeDisplayNames"]
                    [division ? "subdivisions" : "territories"]
              .get_object()
              .get(names) == simdjson::SUCCESS) {
        AddDisplayNames(names, division, builder, report);
        found = true;
      }
    }
  }
  return found;
}

}  // namespace wiredesk
