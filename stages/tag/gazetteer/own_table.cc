// Our own tables of names; the format is described in
// config/gazetteer/README.md.

#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "stages/tag/gazetteer/sources.h"

namespace wiredesk {
namespace {

enum Column {
  kId,
  kType,
  kName,
  kAliases,
  kCountry,
  kAdmin1,
  kLat,
  kLon,
  kPopulation,
  kFeature,
  kLinks,
  kOffices,
  kSource,  // where a line comes from; for readers of the table
  kColumns
};
constexpr std::array<absl::string_view, kColumns> kColumnNames = {
    "id",  "type",       "name",    "aliases", "country", "admin1", "lat",
    "lon", "population", "feature", "links",   "offices", "source"};

// The flags of "US{c}": one letter each.
uint16_t FlagOf(char letter) {
  switch (letter) {
    case 'c':
      return kSenseExactCase;
    case 'w':
      return kSenseCommon;
    case 'a':
      return kSenseAcronym;
    case 'd':
      return kSenseDemonym;
    case 'p':
      return kSenseAfterComma;
    case 'x':
      return kSenseAnyCase;
    default:
      return 0;
  }
}

bool ParseAlias(absl::string_view text, NameAlias& alias) {
  alias.flags = kSenseAlias;
  if (absl::EndsWith(text, "}")) {
    const size_t open = text.rfind('{');
    if (open == absl::string_view::npos) return false;
    for (const char letter : text.substr(open + 1, text.size() - open - 2)) {
      const uint16_t flag = FlagOf(letter);
      if (flag == 0) return false;
      alias.flags |= flag;
    }
    text = text.substr(0, open);
  }
  alias.text = std::string(text);
  return !text.empty();
}

class TableReader {
 public:
  TableReader(absl::string_view name, GazetteerBuilder& builder,
              SourceReport& report)
      : name_(name), builder_(builder), report_(report) {}

  // False where the line names columns that do not exist.
  absl::Status Line(int64_t number, absl::string_view line) {
    number_ = number;
    if (absl::ConsumePrefix(&line, "#columns")) return SetColumns(line);
    if (absl::ConsumePrefix(&line, "#lexicon")) return SetLexicon(line);
    if (line.empty() || line[0] == '#') return absl::OkStatus();
    if (lexicon_) {
      AddWords(line);
    } else {
      AddThing(line);
    }
    return absl::OkStatus();
  }

 private:
  absl::Status SetColumns(absl::string_view line) {
    lexicon_ = false;
    columns_.clear();
    for (absl::string_view column :
         absl::StrSplit(line, '\t', absl::SkipEmpty())) {
      column = absl::StripAsciiWhitespace(column);
      int index = 0;
      while (index < kColumns && kColumnNames[index] != column) ++index;
      if (index == kColumns) {
        return absl::InvalidArgumentError(
            absl::StrCat(name_, ":", number_, ": no column \"", column,
                         "\"; there are id, type, name, aliases, country, "
                         "admin1, lat, lon, population, feature, links, "
                         "offices, source"));
      }
      columns_.push_back(static_cast<Column>(index));
    }
    return absl::OkStatus();
  }

  absl::Status SetLexicon(absl::string_view line) {
    lexicon_ = true;
    line = absl::StripAsciiWhitespace(line);
    word_class_ = line.empty() ? 0 : ParseWordClass(line);
    if (!line.empty() && word_class_ == 0) {
      return absl::InvalidArgumentError(
          absl::StrCat(name_, ":", number_, ": no word class \"", line, "\""));
    }
    return absl::OkStatus();
  }

  void AddWords(absl::string_view line) {
    uint32_t word_class = word_class_;
    if (word_class == 0) {
      const size_t tab = line.find('\t');
      word_class = ParseWordClass(line.substr(0, tab));
      if (word_class == 0 || tab == absl::string_view::npos) {
        Complain(name_, number_, "no word class before a tab", report_);
        return;
      }
      line = line.substr(tab + 1);
    }
    for (const absl::string_view word :
         absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty())) {
      builder_.AddWord(word, word_class);
    }
    ++report_.things;
  }

  void AddThing(absl::string_view line) {
    NamedThing thing;
    std::array<absl::string_view, kColumns> cells = {};
    size_t index = 0;
    for (const absl::string_view cell : absl::StrSplit(line, '\t')) {
      if (index < columns_.size()) {
        cells[columns_[index++]] = absl::StripAsciiWhitespace(cell);
      }
    }
    thing.name = std::string(cells[kName]);
    if (!ParseNameKind(cells[kType], thing.kind) || thing.name.empty()) {
      Complain(name_, number_, "no known type, or no name", report_);
      return;
    }
    for (const absl::string_view text :
         absl::StrSplit(cells[kAliases], '|', absl::SkipEmpty())) {
      NameAlias alias;
      if (!ParseAlias(absl::StripAsciiWhitespace(text), alias)) {
        Complain(name_, number_, "an alias with unknown flags", report_);
        return;
      }
      thing.aliases.push_back(std::move(alias));
    }
    thing.country = std::string(cells[kCountry]);
    thing.admin1 = std::string(cells[kAdmin1]);
    double lat = 0;
    double lon = 0;
    if (absl::SimpleAtod(cells[kLat], &lat) &&
        absl::SimpleAtod(cells[kLon], &lon)) {
      thing.lat = lat;
      thing.lon = lon;
    }
    if (!cells[kPopulation].empty() &&
        !absl::SimpleAtoi(cells[kPopulation], &thing.population)) {
      Complain(name_, number_, "population is not a number", report_);
      return;
    }
    thing.feature = std::string(cells[kFeature]);
    thing.links = std::string(cells[kLinks]);
    thing.offices = std::string(cells[kOffices]);
    thing.id = cells[kId].empty() || cells[kId] == "-"
                   ? OwnId(thing)
                   : std::string(cells[kId]);
    ++report_.things;
    builder_.Add(std::move(thing));
  }

  // An id of our own: "org:world-bank", "person:yoon-suk-yeol".
  static std::string OwnId(const NamedThing& thing) {
    absl::string_view scheme = NameKindText(thing.kind);
    if (thing.kind == NameKind::kOrganization) scheme = "org";
    return absl::StrCat(scheme, ":", Slug(thing.name));
  }

  absl::string_view name_;
  GazetteerBuilder& builder_;
  SourceReport& report_;
  std::vector<Column> columns_;
  int64_t number_ = 0;
  bool lexicon_ = false;
  uint32_t word_class_ = 0;
};

}  // namespace

absl::Status AddOwnTable(absl::string_view name, absl::string_view text,
                         GazetteerBuilder& builder, SourceReport& report) {
  TableReader reader(name, builder, report);
  int64_t number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    absl::ConsumeSuffix(&line, "\r");
    const absl::Status status = reader.Line(++number, line);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace wiredesk
