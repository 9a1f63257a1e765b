#include "stages/parse/time/era.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

struct Era {
  absl::string_view name;
  int first;  // the year before its first one
};

constexpr Era kEras[] = {{"令和", 2018}, {"平成", 1988},     {"昭和", 1925},
                         {"大正", 1911}, {"中華民國", 1911}, {"民國", 1911},
                         {"พ.ศ.", -543}, {"พุทธศักราช", -543}};
constexpr absl::string_view kFirstYear = "元";
// Thai letters begin with these two bytes.
constexpr char kThaiLead = '\xE0';
constexpr int kBuddhist = 543;
constexpr int kBuddhistMin = 2443;  // 1900
constexpr int kBuddhistMax = 2643;

size_t CountDigits(absl::string_view text) {
  size_t count = 0;
  while (count < text.size() &&
         absl::ascii_isdigit(static_cast<unsigned char>(text[count]))) {
    ++count;
  }
  return count;
}

// The year behind the name of an era; false where there is none.
bool ReplaceEra(absl::string_view text, const Era& era, std::string& out) {
  const size_t at = text.find(era.name);
  if (at == absl::string_view::npos) return false;
  absl::string_view rest =
      absl::StripLeadingAsciiWhitespace(text.substr(at + era.name.size()));
  int year = 1;
  if (!absl::ConsumePrefix(&rest, kFirstYear)) {
    const size_t digits = CountDigits(rest);
    if (digits == 0 || digits > 4 ||
        !absl::SimpleAtoi(rest.substr(0, digits), &year)) {
      return false;
    }
    rest.remove_prefix(digits);
  }
  out = absl::StrCat(text.substr(0, at), " ", year + era.first, rest);
  return true;
}

bool IsThai(absl::string_view text) {
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    const auto next = static_cast<unsigned char>(text[i + 1]);
    if (text[i] == kThaiLead && (next == 0xB8 || next == 0xB9)) return true;
  }
  return false;
}

// A year of the Buddhist era in a Thai date that does not say so.
std::string WithoutBuddhistYear(absl::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t digits = CountDigits(text.substr(i));
    int year = 0;
    if (digits == 4 && absl::SimpleAtoi(text.substr(i, 4), &year) &&
        year >= kBuddhistMin && year <= kBuddhistMax) {
      return absl::StrCat(text.substr(0, i), year - kBuddhist,
                          text.substr(i + 4));
    }
    if (digits > 0) i += digits - 1;
  }
  return std::string(text);
}

}  // namespace

std::string WithoutEra(absl::string_view text) {
  std::string out;
  for (const Era& era : kEras) {
    if (ReplaceEra(text, era, out)) return out;
  }
  return IsThai(text) ? WithoutBuddhistYear(text) : std::string(text);
}

}  // namespace wiredesk
