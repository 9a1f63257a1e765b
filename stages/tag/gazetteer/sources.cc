#include "stages/tag/gazetteer/sources.h"

#include <zlib.h>

#include <algorithm>
#include <cstdio>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "config/base/status_macros.h"
#include "stages/tag/gazetteer/entity_json.h"

namespace wiredesk {
namespace {

constexpr size_t kSourceBytesMax = size_t{4} << 30;

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

absl::StatusOr<std::string> ReadPacked(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) {
    return absl::NotFoundError(absl::StrCat(path, ": cannot be opened"));
  }
  gzbuffer(file, 1 << 18);
  std::string content;
  std::string buffer(1 << 20, '\0');
  int got = 0;
  while ((got = gzread(file, buffer.data(),
                       static_cast<unsigned>(buffer.size()))) > 0) {
    content.append(buffer, 0, static_cast<size_t>(got));
    if (content.size() > kSourceBytesMax) break;
  }
  int code = Z_OK;
  gzerror(file, &code);
  gzclose_r(file);
  if (got < 0 || code != Z_OK) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": cannot be read or unpacked"));
  }
  if (content.size() > kSourceBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": is larger than 4 GB"));
  }
  return content;
}

absl::Status AddGazetteerSource(const std::string& path,
                                GazetteerBuilder& builder,
                                SourceReport& report) {
  WD_ASSIGN_OR_RETURN(const std::string text, ReadPacked(path));
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
