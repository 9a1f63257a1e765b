// Legal entities of GLEIF's golden copy, a CSV file with a header: LEI, legal
// name, other names, country and status. An entity that has ceased is left out.
// Names in capitals get small letters; without the legal form at its end
// ("GmbH"), a name of two words and more is another name.

#include <array>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "stages/tag/gazetteer/sources.h"

namespace wiredesk {
namespace {

// The cells of the row that begins at `at`, which moves behind it. Quoted cells
// may hold commas and lines; two quotes are one.
std::vector<std::string> ReadRow(absl::string_view text, size_t& at) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      if (c != '"') {
        cells.back() += c;
      } else if (at + 1 < text.size() && text[at + 1] == '"') {
        cells.back() += '"';
        ++at;
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      cells.emplace_back();
    } else if (c == '\n') {
      ++at;
      break;
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

// "SIEMENS AKTIENGESELLSCHAFT" as a text writes it.
std::string Readable(std::string name) {
  for (const char c : name) {
    if (absl::ascii_islower(c)) return name;
  }
  bool begin = true;
  for (char& c : name) {
    if (!begin) c = absl::ascii_tolower(c);
    begin = !absl::ascii_isalpha(c) && c != '\'' && (c & 0x80) == 0;
  }
  return name;
}

absl::string_view WithoutForm(absl::string_view name) {
  static constexpr std::array<absl::string_view, 24> kForms = {
      "Inc",  "Inc.", "Incorporated", "Corp", "Corp.",  "Corporation",
      "Ltd",  "Ltd.", "Limited",      "PLC",  "Plc",    "LLC",
      "LLP",  "L.P.", "AG",           "SE",   "S.A.",   "SA",
      "GmbH", "N.V.", "B.V.",         "AB",   "S.p.A.", "Aktiengesellschaft"};
  const size_t space = name.rfind(' ');
  if (space == absl::string_view::npos) return name;
  for (const absl::string_view form : kForms) {
    if (absl::EqualsIgnoreCase(name.substr(space + 1), form)) {
      name = name.substr(0, space);
      return name.substr(0, name.find_last_not_of(", ") + 1);
    }
  }
  return name;
}

}  // namespace

absl::Status AddLeiCsv(absl::string_view name, absl::string_view text,
                       GazetteerBuilder& builder, SourceReport& report) {
  constexpr size_t kLei = 20;
  size_t at = 0;
  absl::flat_hash_map<std::string, size_t> columns;
  const std::vector<std::string> head = ReadRow(text, at);
  for (size_t i = 0; i < head.size(); ++i) columns[head[i]] = i;
  for (int64_t number = 2; at < text.size(); ++number) {
    const std::vector<std::string> cells = ReadRow(text, at);
    if (cells.size() == 1 && cells[0].empty()) continue;
    const auto cell = [&](absl::string_view column) {
      const auto found = columns.find(column);
      return found == columns.end() || found->second >= cells.size()
                 ? std::string()
                 : cells[found->second];
    };
    NamedThing thing;
    thing.kind = NameKind::kOrganization;
    thing.name = Readable(cell("Entity.LegalName"));
    const std::string lei = cell("LEI");
    if (lei.size() != kLei || thing.name.empty()) {
      Complain(name, number, "expected an LEI of 20 characters and a name",
               report);
      continue;
    }
    if (cell("Entity.EntityStatus") == "INACTIVE") {
      ++report.skipped;
      continue;
    }
    thing.id = absl::StrCat("lei:", lei);
    thing.links = absl::StrCat("lei=", lei);
    thing.country = cell("Entity.LegalAddress.Country");
    const absl::string_view plain = WithoutForm(thing.name);
    if (plain != thing.name && absl::StrContains(plain, " ")) {
      thing.aliases.push_back({std::string(plain), kSenseAlias});
    }
    const std::string other =
        Readable(cell("Entity.OtherEntityNames.OtherEntityName.1"));
    if (!other.empty()) thing.aliases.push_back({other, kSenseAlias});
    ++report.things;
    builder.Add(std::move(thing));
  }
  return absl::OkStatus();
}

}  // namespace wiredesk
