#include <array>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "stages/parse/time/names.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

constexpr int32_t kHour = 3600;
constexpr int32_t kHalf = 1800;

// Where an abbreviation has several meanings, the one with more news in it.
constexpr NamedZone kZones[] = {
    {"gmt", 0},
    {"utc", 0},
    {"ut", 0},
    {"z", 0},
    {"wet", 0},
    {"west", kHour},
    {"bst", kHour},
    {"cet", kHour},
    {"cest", 2 * kHour},
    {"mez", kHour},
    {"mesz", 2 * kHour},
    {"met", kHour},
    {"mest", 2 * kHour},
    {"eet", 2 * kHour},
    {"eest", 3 * kHour},
    {"msk", 3 * kHour},
    {"msd", 4 * kHour},
    {"trt", 3 * kHour},
    {"idt", 3 * kHour},
    {"ast", -4 * kHour},
    {"adt", -3 * kHour},
    {"nst", -3 * kHour - kHalf},
    {"ndt", -2 * kHour - kHalf},
    {"est", -5 * kHour},
    {"edt", -4 * kHour},
    {"cst", -6 * kHour},
    {"cdt", -5 * kHour},
    {"mst", -7 * kHour},
    {"mdt", -6 * kHour},
    {"pst", -8 * kHour},
    {"pdt", -7 * kHour},
    {"akst", -9 * kHour},
    {"akdt", -8 * kHour},
    {"hst", -10 * kHour},
    {"at", -4 * kHour, "America/Halifax"},
    {"et", -5 * kHour, "America/New_York"},
    {"ct", -6 * kHour, "America/Chicago"},
    {"mt", -7 * kHour, "America/Denver"},
    {"pt", -8 * kHour, "America/Los_Angeles"},
    {"brt", -3 * kHour},
    {"art", -3 * kHour},
    {"clt", -4 * kHour},
    {"clst", -3 * kHour},
    {"cot", -5 * kHour},
    {"pet", -5 * kHour},
    {"vet", -4 * kHour},
    {"uyt", -3 * kHour},
    {"wat", kHour},
    {"cat", 2 * kHour},
    {"sast", 2 * kHour},
    {"eat", 3 * kHour},
    {"irst", 3 * kHour + kHalf},
    {"gst", 4 * kHour},
    {"pkt", 5 * kHour},
    {"uzt", 5 * kHour},
    {"ist", 5 * kHour + kHalf},
    {"npt", 5 * kHour + kHalf + kHalf / 2},
    {"ict", 7 * kHour},
    {"wib", 7 * kHour},
    {"wita", 8 * kHour},
    {"wit", 9 * kHour},
    {"hkt", 8 * kHour},
    {"sgt", 8 * kHour},
    {"myt", 8 * kHour},
    {"pht", 8 * kHour},
    {"awst", 8 * kHour},
    {"jst", 9 * kHour},
    {"kst", 9 * kHour},
    {"acst", 9 * kHour + kHalf},
    {"acdt", 10 * kHour + kHalf},
    {"aest", 10 * kHour},
    {"aedt", 11 * kHour},
    {"nzst", 12 * kHour},
    {"nzdt", 13 * kHour},
    // RFC 822: A is -1, M is -12, N is +1, Y is +12; J is not used.
    {"a", -1 * kHour},
    {"b", -2 * kHour},
    {"c", -3 * kHour},
    {"d", -4 * kHour},
    {"e", -5 * kHour},
    {"f", -6 * kHour},
    {"g", -7 * kHour},
    {"h", -8 * kHour},
    {"i", -9 * kHour},
    {"k", -10 * kHour},
    {"l", -11 * kHour},
    {"m", -12 * kHour},
    {"n", 1 * kHour},
    {"o", 2 * kHour},
    {"p", 3 * kHour},
    {"q", 4 * kHour},
    {"r", 5 * kHour},
    {"s", 6 * kHour},
    {"t", 7 * kHour},
    {"u", 8 * kHour},
    {"v", 9 * kHour},
    {"w", 10 * kHour},
    {"x", 11 * kHour},
    {"y", 12 * kHour},
};

using MonthMap = absl::flat_hash_map<absl::string_view, int>;

const MonthMap& Months() {
  static const MonthMap& months = []() -> const MonthMap& {
    auto& map = *new MonthMap;
    int month = 0;
    for (const absl::string_view line : absl::StrSplit(kMonthNames, '\n')) {
      ++month;
      if (line.empty()) continue;
      for (const absl::string_view name : absl::StrSplit(line, '|')) {
        map.emplace(name, month);
      }
    }
    return map;
  }();
  return months;
}

// The month of all names that begin as `word` does, or of which `word` is an
// inflection; 0 if they disagree.
int FindMonthByBeginning(absl::string_view word) {
  constexpr size_t kShortest = 5;
  if (word.size() < kShortest) return 0;
  int month = 0;
  for (const auto& [name, number] : Months()) {
    const bool begins =
        name.substr(0, word.size()) == word ||
        (name.size() >= kShortest && word.substr(0, name.size()) == name);
    if (!begins || number == month) continue;
    if (month != 0) return 0;
    month = number;
  }
  return month;
}

}  // namespace

int FindMonth(absl::string_view word) {
  static constexpr std::array<absl::string_view, 12> kEnglish = {
      "jan", "feb", "mar", "apr", "may", "jun",
      "jul", "aug", "sep", "oct", "nov", "dec"};
  if (word.size() == 3) {
    for (size_t i = 0; i < kEnglish.size(); ++i) {
      if (absl::EqualsIgnoreCase(word, kEnglish[i])) {
        return static_cast<int>(i) + 1;
      }
    }
  }
  const std::string folded = FoldCase(word);
  const auto found = Months().find(folded);
  return found != Months().end() ? found->second : FindMonthByBeginning(folded);
}

const NamedZone* FindZone(absl::string_view word) {
  if (word.size() > 4) return nullptr;
  for (const NamedZone& zone : kZones) {
    if (absl::EqualsIgnoreCase(word, zone.name)) return &zone;
  }
  return nullptr;
}

}  // namespace wiredesk
