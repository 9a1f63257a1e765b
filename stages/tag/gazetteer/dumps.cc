// Names from tables that others publish: GeoNames, Wikidata, PETRARCH.

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "stages/tag/gazetteer/sources.h"

namespace wiredesk {
namespace {

// What a GeoNames feature is to us; false where it is nothing that news speaks
// of by name alone.
bool KindOfFeature(char feature_class, absl::string_view code, NameKind& kind) {
  switch (feature_class) {
    case 'P':
      kind = NameKind::kCity;
      return true;
    case 'A':
      kind = absl::StartsWith(code, "PCL") ? NameKind::kCountry
             : code == "ADM1"              ? NameKind::kAdmin1
                                           : NameKind::kAdmin2;
      return absl::StartsWith(code, "PCL") || code == "ADM1" || code == "ADM2";
    case 'L':
      kind = NameKind::kRegion;
      return code == "RGN" || code == "CONT" || code == "PRK";
    case 'H':
    case 'T':
    case 'U':
    case 'V':
      kind = NameKind::kFeature;
      return true;
    default:
      return false;
  }
}

// Alternate names have no language in the dump: codes and numbers are not
// names.
bool IsUsableAlternate(absl::string_view name) {
  return name.size() > 3 && name.size() < 80 &&
         std::none_of(name.begin(), name.end(), absl::ascii_isdigit) &&
         !(absl::ascii_islower(name[0]));
}

void SplitLines(absl::string_view text,
                const std::function<void(int64_t, absl::string_view)>& line) {
  int64_t number = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    line(++number, absl::StripTrailingAsciiWhitespace(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

absl::Status AddGeoNames(absl::string_view name, absl::string_view text,
                         GazetteerBuilder& builder, SourceReport& report) {
  SplitLines(text, [&](int64_t number, absl::string_view line) {
    const std::vector<absl::string_view> cells = absl::StrSplit(line, '\t');
    NamedThing thing;
    double lat = 0;
    double lon = 0;
    if (cells.size() < 15 || cells[1].empty() ||
        !absl::SimpleAtod(cells[4], &lat) ||
        !absl::SimpleAtod(cells[5], &lon)) {
      if (!line.empty()) Complain(name, number, "no GeoNames line", report);
      return;
    }
    if (!KindOfFeature(cells[6].empty() ? ' ' : cells[6][0], cells[7],
                       thing.kind)) {
      return;
    }
    thing.id = thing.kind == NameKind::kCountry
                   ? absl::StrCat("iso3166:", cells[8])
                   : absl::StrCat("geonames:", cells[0]);
    thing.name = std::string(cells[1]);
    if (cells[2] != cells[1] && !cells[2].empty()) {
      thing.aliases.push_back({std::string(cells[2]), kSenseAlias});
    }
    for (const absl::string_view other :
         absl::StrSplit(cells[3], ',', absl::SkipEmpty())) {
      if (IsUsableAlternate(other)) {
        thing.aliases.push_back({std::string(other), kSenseAlias});
      }
    }
    thing.lat = lat;
    thing.lon = lon;
    thing.feature = std::string(cells[7]);
    thing.country = std::string(cells[8]);
    thing.admin1 = cells[10].empty() ? std::string()
                                     : absl::StrCat(cells[8], ".", cells[10]);
    (void)absl::SimpleAtoi(cells[14], &thing.population);
    ++report.things;
    builder.Add(std::move(thing));
  });
  return absl::OkStatus();
}

// alternateNameId, geonameid, language, name, and flags: preferred, short,
// colloquial, historic. Codes stand where the language would ("iata"); of those
// only Wikidata's are kept.
absl::Status AddGeoNamesAlternates(absl::string_view name,
                                   absl::string_view text,
                                   GazetteerBuilder& builder,
                                   SourceReport& report) {
  SplitLines(text, [&](int64_t number, absl::string_view line) {
    if (line.empty()) return;
    const std::vector<absl::string_view> cells = absl::StrSplit(line, '\t');
    if (cells.size() < 4 || cells[3].empty()) {
      Complain(name, number, "no line of alternate names", report);
      return;
    }
    const auto flag = [&](size_t cell) {
      return cell < cells.size() && cells[cell] == "1";
    };
    const absl::string_view language = cells[2];
    NamedThing thing;
    thing.id = absl::StrCat("geonames:", cells[1]);
    if (!builder.Knows(thing.id) || flag(6) || flag(7)) return;
    if (language == "wkdt") {
      thing.links = absl::StrCat("wikidata=", cells[3]);
    } else if (language.size() > 3 || !IsUsableAlternate(cells[3])) {
      return;  // "link", "post", "iata", "unlc"
    } else {
      thing.aliases.push_back({std::string(cells[3]), kSenseAlias});
    }
    ++report.things;
    builder.Add(std::move(thing));
  });
  return absl::OkStatus();
}

// Columns by their names in the header: item, itemLabel, and any of type,
// itemAltLabel (separated by "|"), country, lat, lon, population.
absl::Status AddWikidata(absl::string_view name, absl::string_view text,
                         GazetteerBuilder& builder, SourceReport& report) {
  absl::flat_hash_map<std::string, size_t> columns;
  absl::Status status;
  SplitLines(text, [&](int64_t number, absl::string_view line) {
    const std::vector<absl::string_view> cells = absl::StrSplit(line, '\t');
    if (number == 1) {
      for (size_t i = 0; i < cells.size(); ++i) {
        columns[absl::StripPrefix(cells[i], "?")] = i;
      }
      return;
    }
    const auto cell = [&](absl::string_view column) {
      const auto found = columns.find(column);
      return found == columns.end() || found->second >= cells.size()
                 ? absl::string_view()
                 : absl::StripSuffix(
                       absl::StripPrefix(cells[found->second], "\""), "\"");
    };
    if (line.empty()) return;
    absl::string_view item = cell("item");
    item = absl::StripSuffix(item, ">");
    const size_t slash = item.rfind('/');
    if (slash != absl::string_view::npos) item.remove_prefix(slash + 1);
    NamedThing thing;
    absl::string_view label = cell("itemLabel");
    label = label.substr(0, label.find("\"@"));
    int64_t item_number = 0;
    if (item.empty() || item[0] != 'Q' || label.empty() ||
        !absl::SimpleAtoi(item.substr(1), &item_number)) {
      Complain(name, number, "no item or no label", report);
      return;
    }
    if (!ParseNameKind(cell("type"), thing.kind)) thing.kind = NameKind::kOther;
    thing.id = absl::StrCat("wikidata:", item);
    thing.links = absl::StrCat("wikidata=", item);
    thing.name = std::string(label);
    for (const absl::string_view other :
         absl::StrSplit(cell("itemAltLabel"), '|', absl::SkipEmpty())) {
      thing.aliases.push_back({std::string(other), kSenseAlias});
    }
    thing.country = std::string(cell("country"));
    SetPlace(cell("lat"), cell("lon"), cell("population"), thing);
    ++report.things;
    builder.Add(std::move(thing));
  });
  return status;
}

namespace {

// Names are upper case in PETRARCH's files: words get a capital each.
std::string ReadableName(absl::string_view raw) {
  std::string result;
  bool begin = true;
  for (const char c : raw) {
    if (c == '_' || c == ' ') {
      begin = true;
      if (!result.empty()) result += ' ';
      continue;
    }
    result += begin ? absl::ascii_toupper(c) : absl::ascii_tolower(c);
    begin = false;
  }
  absl::StripTrailingAsciiWhitespace(&result);
  return result;
}

void SetActorCode(absl::string_view code, NamedThing& thing) {
  thing.links = absl::StrCat("cameo=", code);
  if (absl::StrContains(code, "GOV")) thing.kind = NameKind::kPerson;
  for (const absl::string_view group : {"IGO", "NGO", "IMG", "MNC"}) {
    if (absl::StartsWith(code, group)) thing.kind = NameKind::kOrganization;
  }
}

}  // namespace

// "BARACK_OBAMA_ [USAGOV 090120-170120]" with "+SYNONYM_" lines below, and the
// dates of a code on lines of their own.
absl::Status AddPetrarchActors(absl::string_view name, absl::string_view text,
                               GazetteerBuilder& builder,
                               SourceReport& report) {
  NamedThing thing;
  const auto flush = [&] {
    if (thing.name.empty()) return;
    thing.id = absl::StrCat("petrarch:", Slug(thing.name));
    ++report.things;
    builder.Add(std::move(thing));
    thing = NamedThing();
  };
  SplitLines(text, [&](int64_t number, absl::string_view line) {
    line = absl::StripAsciiWhitespace(line.substr(0, line.find('#')));
    if (line.empty() || absl::StartsWith(line, "<!--")) return;
    const size_t bracket = std::min(line.find('['), line.size());
    const std::string label =
        ReadableName(absl::StripPrefix(line.substr(0, bracket), "+"));
    absl::string_view code = line.substr(std::min(bracket + 1, line.size()));
    code = code.substr(0, code.find_first_of(" ]"));
    if (line[0] == '+') {
      if (!label.empty()) thing.aliases.push_back({label, kSenseAlias});
    } else if (!label.empty()) {
      flush();
      thing.name = label;
      thing.kind = NameKind::kOther;
    } else if (bracket != 0) {
      Complain(name, number, "neither a name nor a code", report);
      return;
    }
    if (!code.empty() && thing.links.empty()) SetActorCode(code, thing);
  });
  flush();
  return absl::OkStatus();
}

}  // namespace wiredesk
