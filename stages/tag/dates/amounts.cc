// Amounts are read from their number: a word that begins with a digit, or a
// number word before a unit. To its left may stand a currency sign, to its
// right "million", a currency's name, "percent", or the noun that is counted.
//
// Examples: "$3.5 million" is 3,500,000 USD, "32-member" is 32 of "member",
// "11 sectors" 11 of "sectors". A number without any of these is none, nor is one
// that names what stands before it: "magnitude 6.4 shakes".
//
// Tested by amounts_test.cc.

#include "stages/tag/dates/amounts.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "stages/tag/marks/word_map.h"

namespace wiredesk {
namespace {

enum class AmountClass : uint8_t {
  kNone,
  kNumber,  // value
  kScale,   // value
  kPercent,
  kCurrency,  // unit
  kDollar,
  kNoNoun  // a word that is not counted: "of", "in", "were"
};

struct AmountWord {
  AmountClass kind = AmountClass::kNone;
  double value = 0;
  absl::string_view unit;
};

void AddWords(WordMap<AmountWord>& map, AmountClass kind, double value,
              absl::string_view unit, absl::string_view list) {
  for (const absl::string_view word :
       absl::StrSplit(list, ' ', absl::SkipEmpty())) {
    map[HashWord(word)] = {kind, value, unit};
  }
}

struct CurrencyWords {
  absl::string_view code;
  absl::string_view words;
};

constexpr CurrencyWords kCurrencies[] = {
    {"EUR", "euro euros eur"},
    {"GBP", "pound pounds sterling gbp"},
    {"JPY", "yen jpy"},
    {"CNY", "yuan renminbi cny rmb"},
    {"KRW", "won krw"},
    {"RUB", "ruble rubles rouble roubles rub"},
    {"INR", "rupee rupees inr"},
    {"CHF", "franc francs chf"},
    {"BRL", "real reais brl"},
    {"UAH", "hryvnia hryvnias uah"},
    {"TRY", "lira liras"},
    {"ILS", "shekel shekels ils"},
    {"SEK", "krona kronor sek"},
    {"PLN", "zloty zlotys pln"},
    {"MXN", "mxn"},
    {"ZAR", "rand zar"},
    {"SAR", "riyal riyals sar"},
    {"AED", "dirham dirhams aed"},
    {"USD", "usd"},
    {"CAD", "cad"},
    {"AUD", "aud"}};

constexpr absl::string_view kNumbers[] = {
    "two",       "three",    "four",     "five",    "six",
    "seven",     "eight",    "nine",     "ten",     "eleven",
    "twelve",    "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen", "twenty"};

constexpr absl::string_view kTens[] = {"thirty",  "forty",  "fifty", "sixty",
                                       "seventy", "eighty", "ninety"};
constexpr double kTensMin = 20;
constexpr absl::string_view kDigitWords[] = {
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};

constexpr absl::string_view kOrdinalWords[] = {"first",   "second", "third",
                                               "fourth",  "fifth",  "sixth",
                                               "seventh", "eighth", "ninth"};

// "magnitude 6.4": nouns that a number tells apart. It counts nothing then.
constexpr absl::string_view kNumberedNouns[] = {
    "magnitude", "number",  "version", "phase",     "stage", "category",
    "grade",     "type",    "size",    "level",     "tier",  "page",
    "chapter",   "section", "article", "paragraph", "room",  "flight",
    "route",     "highway", "channel", "round"};

const WordMap<AmountWord>& Table() {
  static const auto* table = [] {
    auto* map = new WordMap<AmountWord>();
    double value = 2;
    for (const absl::string_view word : kNumbers) {
      AddWords(*map, AmountClass::kNumber, value++, "", word);
    }
    value = kTensMin;
    for (const absl::string_view word : kTens) {
      AddWords(*map, AmountClass::kNumber, value += 10, "", word);
    }
    AddWords(*map, AmountClass::kScale, 100, "", "hundred");
    AddWords(*map, AmountClass::kScale, 1e3, "", "thousand tausend mil mille");
    AddWords(*map, AmountClass::kScale, 1e6, "",
             "million millions millionen mio millones milioni m");
    AddWords(*map, AmountClass::kScale, 1e9, "",
             "billion billions bn milliarden milliards miliardi mrd");
    AddWords(*map, AmountClass::kScale, 1e12, "", "trillion trillions");
    AddWords(*map, AmountClass::kPercent, 0, "percent",
             "percent pct percentage prozent");
    for (const CurrencyWords& one : kCurrencies) {
      AddWords(*map, AmountClass::kCurrency, 0, one.code, one.words);
    }
    AddWords(*map, AmountClass::kDollar, 0, "USD", "dollar dollars");
    AddWords(*map, AmountClass::kNoNoun, 0, "",
             "of in on at to by from and or a an the were was are is have has "
             "had that who which for with as than after before since until "
             "through but so if when while where not will would can could may "
             "said says told it he she they we you i this these those am pm "
             "et gmt to nd rd st th per versus vs");
    return map;
  }();
  return *table;
}

// "$" and its kin right before a byte offset: the code, and where it begins.
struct Sign {
  absl::string_view code;
  size_t length = 0;
};

// The code of the dollar in countries that have one of their own.
absl::string_view DollarOf(absl::string_view country) {
  constexpr absl::string_view kDollars[][2] = {{"CA", "CAD"}, {"AU", "AUD"},
                                               {"NZ", "NZD"}, {"SG", "SGD"},
                                               {"HK", "HKD"}, {"TW", "TWD"}};
  for (const auto& one : kDollars) {
    if (absl::EqualsIgnoreCase(one[0], country)) return one[1];
  }
  return "USD";
}

Sign SignBefore(absl::string_view text, absl::string_view country) {
  constexpr Sign kSigns[] = {{"USD", 3}, {"CAD", 2}, {"AUD", 2}, {"HKD", 3}};
  constexpr absl::string_view kWritten[] = {"US$", "C$", "A$", "HK$"};
  for (size_t i = 0; i < 4; ++i) {
    if (absl::EndsWith(text, kWritten[i])) return kSigns[i];
  }
  if (absl::EndsWith(text, "$")) return {DollarOf(country), 1};
  if (absl::EndsWith(text, "\xE2\x82\xAC")) return {"EUR", 3};
  if (absl::EndsWith(text, "\xC2\xA3")) return {"GBP", 2};
  if (absl::EndsWith(text, "\xC2\xA5")) return {"JPY", 2};
  if (absl::EndsWith(text, "\xE2\x82\xA9")) return {"KRW", 3};
  if (absl::EndsWith(text, "\xE2\x82\xB9")) return {"INR", 3};
  if (absl::EndsWith(text, "\xE2\x82\xBD")) return {"RUB", 3};
  if (absl::EndsWith(text, "\xE2\x82\xB4")) return {"UAH", 3};
  return {};
}

class AmountReader {
 public:
  AmountReader(Field field, absl::string_view text,
               absl::Span<const Word> words, absl::Span<const FoundDate> dates,
               absl::string_view language, absl::string_view country,
               std::vector<Amount>& amounts)
      : field_(field),
        text_(text),
        words_(words),
        dates_(dates),
        country_(country),
        amounts_(amounts) {
    // A comma marks the fraction in most of Europe.
    const absl::string_view primary = language.substr(0, language.find('-'));
    comma_is_point_ = primary != "en" && primary != "ko" && primary != "ja" &&
                      primary != "zh" && primary != "und" && primary != "th";
  }

  void Read() {
    ForEachWithout(words_, kWordNoAmount,
                   [this](size_t i) { return ReadAt(i); });
  }

 private:
  // Reads the amount that begins with word `i`, and returns the word behind.
  size_t ReadAt(size_t i) {
    const bool digits = (words_[i].flags & kWordDigits) != 0;
    const AmountWord* word = digits ? nullptr : Table().Find(words_[i].hash);
    if (!digits && (word == nullptr || word->kind != AmountClass::kNumber)) {
      return i + 1;
    }
    if (InDate(words_[i].begin)) return i + 1;
    size_t last = i;
    double value = digits ? 0 : word->value;
    if (!digits && i > 0 && Gap(i - 1) == "-") return i + 1;
    if (!digits && !ReadDigitWord(last, value)) return last + 1;
    if (digits && !ReadDigits(i, last, value)) return i + 1;
    return std::max(i, ReadUnit(i, last, value, digits)) + 1;
  }

  uint32_t end(size_t i) const { return words_[i].begin + words_[i].length; }
  absl::string_view text(size_t i) const {
    return text_.substr(words_[i].begin, words_[i].length);
  }
  absl::string_view Gap(size_t i) const {
    return i + 1 < words_.size()
               ? text_.substr(end(i), words_[i + 1].begin - end(i))
               : absl::string_view("\n");
  }
  bool Joined(size_t i) const {
    const absl::string_view gap = Gap(i);
    return gap == " " || gap == "-" || gap == "\xC2\xA0";
  }
  AmountWord At(size_t i) const {
    if (i >= words_.size()) return {};
    const AmountWord* word = Table().Find(words_[i].hash);
    return word == nullptr ? AmountWord() : *word;
  }

  // Whether byte `at` lies in a date that is not a duration. Asked in order.
  bool InDate(uint32_t at) {
    while (date_ < dates_.size() && dates_[date_].end <= at) ++date_;
    return date_ < dates_.size() && dates_[date_].begin <= at &&
           dates_[date_].type != DateType::kDuration &&
           dates_[date_].type != DateType::kSet;
  }

  // "sixty-three"; false for "twenty-first", which counts nothing.
  bool ReadDigitWord(size_t& last, double& value) const {
    if (value < kTensMin || Gap(last) != "-" || last + 1 >= words_.size()) {
      return true;
    }
    const std::string next = absl::AsciiStrToLower(text(last + 1));
    const auto is_next = [&next](absl::string_view word) {
      return word == next;
    };
    if (absl::c_any_of(kOrdinalWords, is_next)) return false;
    const auto* const found = absl::c_find_if(kDigitWords, is_next);
    if (found == std::end(kDigitWords)) return true;
    value += static_cast<double>(found - std::begin(kDigitWords) + 1);
    ++last;
    return true;
  }

  // "1,234.5" is three words; `last` is moved to the final one.
  bool ReadDigits(size_t i, size_t& last, double& value) const {
    const char group = comma_is_point_ ? '.' : ',';
    const char point = comma_is_point_ ? ',' : '.';
    double scale = 0;
    size_t at = i;
    for (;;) {
      size_t digits = 0;
      for (const char c : text(at)) {
        if (!absl::ascii_isdigit(c)) break;
        ++digits;
        if (scale != 0) {
          value += (c - '0') * scale;
          scale /= 10;
        } else {
          value = 10 * value + (c - '0');
        }
      }
      if (digits > 15) return false;
      if (digits != text(at).size()) {
        suffix_ = text(at).substr(digits);
        last = at;
        return at > i || digits > 0;
      }
      suffix_ = {};
      last = at;
      const absl::string_view gap = Gap(at);
      if (at + 1 >= words_.size() || gap.size() != 1 || scale != 0 ||
          (words_[at + 1].flags & kWordDigits) == 0) {
        return true;
      }
      if (gap[0] == point) {
        scale = 0.1;
      } else if (gap[0] != group || text(at + 1).size() < 3 ||
                 !absl::ascii_isdigit(text(at + 1)[2])) {
        // "1999-2003", "10:30", "1/2" are not amounts.
        return gap[0] != ':' && gap[0] != '/' && gap[0] != '-';
      }
      ++at;
    }
  }

  // Reads what the number counts; returns the last word used.
  size_t ReadUnit(size_t first, size_t last, double value, bool digits) {
    const Sign sign =
        digits ? SignBefore(text_.substr(0, words_[first].begin), country_)
               : Sign();
    if (!ReadScale(last, value, digits)) return last;
    Amount found;
    found.value = value;
    found.mention = {field_,
                     words_[first].begin - static_cast<uint32_t>(sign.length),
                     end(last)};
    if (sign.length != 0) {
      found.unit = sign.code;
      amounts_.push_back(found);
      return last;
    }
    if (digits && text_.substr(found.mention.end, 1) == "%") {
      found.mention.end += 1;
      found.unit = "percent";
      amounts_.push_back(found);
      return last;
    }
    if (digits && text_.substr(found.mention.end, 4) == "\xC2\xA0%") {
      found.mention.end += 3;
      found.unit = "percent";
      amounts_.push_back(found);
      return last;
    }
    if (digits && text_.substr(found.mention.end, 4) == " \xE2\x82\xAC") {
      found.mention.end += 4;
      found.unit = "EUR";
      amounts_.push_back(found);
      return last;
    }
    if (!Joined(last) || last + 1 >= words_.size()) return last;
    const AmountWord unit = At(last + 1);
    if (unit.kind == AmountClass::kPercent ||
        unit.kind == AmountClass::kCurrency) {
      found.unit = unit.unit;
    } else if (unit.kind == AmountClass::kDollar) {
      found.unit = DollarOf(country_);
    } else if (!IsNoun(first, last)) {
      return last;
    } else {
      found.unit = text(last + 1);
    }
    found.mention.end = end(last + 1);
    amounts_.push_back(found);
    return last + 1;
  }

  // "million" behind the number or as its suffix ("3m", "2bn").
  bool ReadScale(size_t& last, double& value, bool digits) const {
    if (digits && !suffix_.empty()) {
      const AmountWord* scale = Table().Find(HashWord(suffix_));
      if (scale == nullptr || scale->kind != AmountClass::kScale) return false;
      value *= scale->value;
      return true;
    }
    for (int k = 0; k < 2 && Joined(last); ++k) {
      const AmountWord scale = At(last + 1);
      if (scale.kind != AmountClass::kScale) break;
      value *= scale.value;
      ++last;
    }
    return true;
  }

  // Whether the word behind is a noun that is counted: lower case, plural, or
  // joined by a hyphen ("32-member").
  bool IsNoun(size_t first, size_t last) const {
    const Word& noun = words_[last + 1];
    if ((noun.flags & (kWordCapital | kWordDigits | kWordCodePoint)) != 0 ||
        noun.length < 3 || At(last + 1).kind != AmountClass::kNone) {
      return false;
    }
    // "Section 5 offers": a number that follows a capital is its name.
    if (first > 0 && Gap(first - 1) == " " &&
        (words_[first - 1].flags & kWordCapital) != 0 &&
        words_[first].begin > 0 && first > 1 && Gap(first - 2) == " ") {
      return false;
    }
    if (first > 0 && Gap(first - 1) == " " &&
        absl::c_linear_search(kNumberedNouns,
                              absl::AsciiStrToLower(text(first - 1)))) {
      return false;
    }
    const absl::string_view word = text(last + 1);
    if (Gap(last) == "-") return true;
    return word.back() == 's' || word == "people" || word == "men" ||
           word == "women" || word == "children";
  }

  Field field_;
  absl::string_view text_;
  absl::Span<const Word> words_;
  absl::Span<const FoundDate> dates_;
  absl::string_view country_;
  std::vector<Amount>& amounts_;
  bool comma_is_point_ = false;
  size_t date_ = 0;
  mutable absl::string_view suffix_;  // letters behind the digits, "bn"
};

}  // namespace

void MarkAmountWords(WordMarker& marker) {
  for (const absl::string_view word : kNumbers) {
    marker.Add(HashWord(word), kWordNoAmount);
  }
  for (const absl::string_view word : kTens) {
    marker.Add(HashWord(word), kWordNoAmount);
  }
}

void FindAmounts(Field field, absl::string_view text,
                 absl::Span<const Word> words,
                 absl::Span<const FoundDate> dates, absl::string_view language,
                 absl::string_view country, std::vector<Amount>& amounts) {
  AmountReader(field, text, words, dates, language, country, amounts).Read();
}

}  // namespace wiredesk
