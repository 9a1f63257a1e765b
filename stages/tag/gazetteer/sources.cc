#include "stages/tag/gazetteer/sources.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "config/base/read_file.h"
#include "config/base/status_macros.h"
#include "stages/tag/gazetteer/entity_json.h"

namespace wiredesk {
namespace {

// The first line that says something, for telling the format.
absl::string_view FirstLine(absl::string_view text) {
  for (absl::string_view line : absl::StrSplit(text.substr(0, 65536), '\n')) {
    line = absl::StripTrailingAsciiWhitespace(line);
    if (!line.empty() &&
        !(absl::StartsWith(line, "#") && !absl::StartsWith(line, "#columns") &&
          !absl::StartsWith(line, "#lexicon"))) {
      return line;
    }
  }
  return {};
}

// A line of alternate names begins with two numbers and a language; empty cells
// at its end are gone.
bool IsAlternates(const std::vector<absl::string_view>& columns) {
  int64_t number = 0;
  return columns.size() >= 4 && columns.size() <= 10 &&
         absl::SimpleAtoi(columns[0], &number) &&
         absl::SimpleAtoi(columns[1], &number) && columns[2].size() <= 7;
}

}  // namespace

absl::Status AddGazetteerSource(const std::string& path,
                                GazetteerBuilder& builder,
                                SourceReport& report) {
  WD_ASSIGN_OR_RETURN(const std::string text, ReadPackedFile(path));
  return AddGazetteerText(path, text, builder, report);
}

absl::Status AddGazetteerText(absl::string_view name, absl::string_view text,
                              GazetteerBuilder& builder, SourceReport& report) {
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  const absl::string_view first = FirstLine(text);
  if (absl::StartsWith(first, "LEI,") || absl::StartsWith(first, "\"LEI\",")) {
    return AddLeiCsv(name, text, builder, report);
  }
  if (first == "[" || IsEntityLine(first)) {
    return AddEntityLines(name, text, builder, report);
  }
  if (absl::StartsWith(first, "{")) {
    return AddJson(name, text, builder, report);
  }
  const std::vector<absl::string_view> columns = absl::StrSplit(first, '\t');
  if (absl::StartsWith(first, "#columns") ||
      absl::StartsWith(first, "#lexicon")) {
    return AddOwnTable(name, text, builder, report);
  }
  if (IsAlternates(columns)) {
    return AddGeoNamesAlternates(name, text, builder, report);
  }
  if (columns.size() == 19) return AddGeoNames(name, text, builder, report);
  if (columns.size() > 1 && (columns[0] == "item" || columns[0] == "?item")) {
    return AddWikidata(name, text, builder, report);
  }
  if (absl::StrContains(name, "actors") || absl::StrContains(name, "MilNon")) {
    return AddPetrarchActors(name, text, builder, report);
  }
  return absl::InvalidArgumentError(absl::StrCat(
      name,
      ": unknown format; expected a #columns or #lexicon line, a GeoNames "
      "dump or its alternate names, JSON of STIX, MISP, ISO 3166 or CLDR, a "
      "Wikidata export (TSV, SPARQL JSON or a line an item), FollowTheMoney, "
      "GLEIF's CSV, or *actors*.txt"));
}

void SetPlace(absl::string_view lat, absl::string_view lon,
              absl::string_view population, NamedThing& thing) {
  double north = 0;
  double east = 0;
  if (absl::SimpleAtod(lat, &north) && absl::SimpleAtod(lon, &east)) {
    thing.lat = north;
    thing.lon = east;
  }
  (void)absl::SimpleAtoi(population, &thing.population);
}

void Complain(absl::string_view name, int64_t line, absl::string_view what,
              SourceReport& report) {
  ++report.skipped;
  if (report.complaints.size() < 10) {
    report.complaints.push_back(absl::StrCat(name, ":", line, ": ", what));
  }
}

void AppendSlug(absl::string_view text, std::string& to) {
  constexpr absl::string_view kApostrophe = "\xE2\x80\x99";  // U+2019
  const size_t begin = to.size();
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (absl::StartsWith(text.substr(i), kApostrophe)) {
      i += kApostrophe.size() - 1;
    } else if (absl::ascii_isalnum(c) ||
               static_cast<unsigned char>(c) >= 0x80) {
      to += absl::ascii_tolower(c);
    } else if (c != '\'' && c != '.' && to.size() > begin && to.back() != '-') {
      to += '-';
    }
  }
  while (to.size() > begin && to.back() == '-') to.pop_back();
}

std::string Slug(absl::string_view text) {
  std::string slug;
  AppendSlug(text, slug);
  return slug;
}

}  // namespace wiredesk
