// German, French, Spanish, Italian, Portuguese and Dutch write a date in one
// order, day, month, year, with small words between ("9 de julio de 2024"), so
// one set of rules reads them all; a language is a table of words. Only what is
// unmistakable is read: a month alone needs a preposition, a weekday is the
// last one unless a word says that it is the next.
//
// Example: "am 11. Juli", "la semaine dernière", "hace tres años".
//
// The words are those of CLDR's calendars. Tested by dates_test.cc.

#include "stages/tag/dates/foreign.h"

#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "stages/tag/dates/text.h"
#include "stages/tag/dates/value.h"
#include "stages/tag/dates/words.h"

namespace wiredesk {
namespace {

// The words of a language. Units in the order day, week, month, year, "/"
// between forms of one; relative days from two days ago to two days ahead, "-"
// where there is no single word.
struct LanguageTable {
  absl::string_view language;
  absl::string_view months;
  absl::string_view weekdays;
  absl::string_view relative;
  absl::string_view units;
  absl::string_view last;
  absl::string_view next;
  absl::string_view here;
  absl::string_view in;
  absl::string_view of;
  absl::string_view ago;
  absl::string_view numbers;  // from one
};

constexpr LanguageTable kLanguages[] = {
    {"de",
     "januar/janner februar marz april mai juni juli august september oktober "
     "november dezember",
     "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
     "vorgestern gestern heute morgen ubermorgen",
     "tag/tage/tagen woche/wochen monat/monate/monaten jahr/jahre/jahren",
     "letzte letzten letzter letztes vergangene vergangenen vergangenes "
     "vorigen vorige voriges",
     "nachste nachsten nachster nachstes kommende kommenden kommendes",
     "diese diesen dieser dieses diesem",
     "im in seit bis ab von anfang ende "
     "mitte",
     "", "vor",
     "ein/einem/einer zwei drei vier funf sechs sieben acht neun zehn"},
    {"fr",
     "janvier fevrier mars avril mai juin juillet aout septembre octobre "
     "novembre decembre",
     "lundi mardi mercredi jeudi vendredi samedi dimanche",
     "avant_hier hier aujourd demain -",
     "jour/jours semaine/semaines mois an/ans/annee/annees",
     "dernier derniere passe passee", "prochain prochaine", "cette ce cet",
     "en fin debut depuis des mi", "de du", "",
     "un/une deux trois quatre cinq six sept huit neuf dix"},
    {"es",
     "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre "
     "octubre noviembre diciembre",
     "lunes martes miercoles jueves viernes sabado domingo",
     "anteayer ayer hoy - -", "dia/dias semana/semanas mes/meses ano/anos",
     "pasado pasada ultimo ultima", "proximo proxima", "este esta",
     "en desde hasta a", "de del", "hace atras",
     "un/una dos tres cuatro cinco seis siete ocho nueve diez"},
    {"it",
     "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre "
     "ottobre novembre dicembre",
     "lunedi martedi mercoledi giovedi venerdi sabato domenica",
     "- ieri oggi domani dopodomani",
     "giorno/giorni settimana/settimane mese/mesi anno/anni",
     "scorso scorsa passato passata", "prossimo prossima", "questo questa",
     "a in nel dal da di fine", "di del", "fa",
     "un/una/uno due tre quattro cinque sei sette otto nove dieci"},
    {"pt",
     "janeiro fevereiro marco abril maio junho julho agosto setembro outubro "
     "novembro dezembro",
     "segunda terca quarta quinta sexta sabado domingo",
     "anteontem ontem hoje amanha -",
     "dia/dias semana/semanas mes/meses ano/anos",
     "passado passada ultimo ultima", "proximo proxima",
     "este esta neste nesta", "em desde ate no", "de do", "ha atras",
     "um/uma dois/duas tres quatro cinco seis sete oito nove dez"},
    {"nl",
     "januari februari maart april mei juni juli augustus september oktober "
     "november december",
     "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
     "eergisteren gisteren vandaag morgen overmorgen",
     "dag/dagen week/weken maand/maanden jaar/jaren", "vorige vorig afgelopen",
     "volgende volgend komende", "deze dit",
     "in sinds vanaf tot eind begin medio", "van", "geleden",
     "een twee drie vier vijf zes zeven acht negen tien"}};

constexpr TimeUnit kUnits[] = {TimeUnit::kDay, TimeUnit::kWeek,
                               TimeUnit::kMonth, TimeUnit::kYear};

const DateVocabulary* Build(const LanguageTable& table) {
  auto* words = new DateVocabulary();
  // Weaker meanings first: a later one replaces them.
  AddSameDateWords(*words, DateClass::kOf, 0, table.of);
  AddSameDateWords(*words, DateClass::kIn, 0, table.in);
  AddSameDateWords(*words, DateClass::kAgo, 0, table.ago);
  AddDateWords(*words, DateClass::kNumber, 1, table.numbers);
  AddSameDateWords(*words, DateClass::kLast, 0, table.last);
  AddSameDateWords(*words, DateClass::kNext, 0, table.next);
  AddSameDateWords(*words, DateClass::kThis, 0, table.here);
  AddDateWords(*words, DateClass::kUnit, 0, table.units);
  AddDateWords(*words, DateClass::kRelativeDay, -2, table.relative);
  AddDateWords(*words, DateClass::kMonth, 1, table.months);
  AddDateWords(*words, DateClass::kWeekday, 1, table.weekdays);
  return words;
}

// In the order of kLanguages.
absl::Span<const DateVocabulary* const> Vocabularies() {
  static const auto* const all = [] {
    auto* built = new std::vector<const DateVocabulary*>();
    for (const LanguageTable& table : kLanguages) {
      built->push_back(Build(table));
    }
    return built;
  }();
  return *all;
}

const DateVocabulary& VocabularyOf(absl::string_view language) {
  static const auto* none = new DateVocabulary();
  const absl::Span<const DateVocabulary* const> all = Vocabularies();
  for (size_t i = 0; i < all.size(); ++i) {
    if (kLanguages[i].language == language) return *all[i];
  }
  return *none;
}

// How far a verb that looks ahead may stand from a weekday, in words.
constexpr size_t kForeignTenseReach = 5;

// What looks ahead in a language: words right before the day, verbs, endings of
// verbs; and words that tell of the past.
struct FutureTable {
  absl::string_view language;
  absl::string_view before;
  absl::string_view verbs;
  absl::string_view endings;
  absl::string_view past;
};
constexpr FutureTable kFutures[] = {
    {"de", "bis ab", "wird werden soll sollen will wollen", "",
     "hat haben war waren hatte hatten wurde wurden"},
    {"fr", "avant jusqu d ici", "va vont doit doivent", "era eront ira iront",
     "a ont est etait"},
    {"es", "hasta", "va van debe deben", "ará arán erá erán irá irán",
     "ha han fue era informo"},
    {"it", "entro fino", "deve devono", "erà eranno irà iranno",
     "ha hanno era"},
    {"pt", "até ate", "vai vão devem deve", "ará arão erá erão irá irão",
     "foi era"},
    {"nl", "tot", "zal zullen gaat gaan", "", "heeft had was werd"}};

const FutureTable* FutureOf(absl::string_view language) {
  for (const FutureTable& table : kFutures) {
    if (table.language == language) return &table;
  }
  return nullptr;
}

class ForeignDates {
 public:
  ForeignDates(const DateText& text, const DateReference& reference,
               absl::string_view language, std::vector<FoundDate>& dates)
      : text_(text),
        reference_(reference),
        language_(language),
        dates_(dates) {}

  void Find() {
    text_.ForEachStart([this](size_t i, const DateWord& word) {
      const size_t last = Parse(i, word);
      return last == kNothing ? i : last;
    });
  }

 private:
  static constexpr size_t kNothing = static_cast<size_t>(-1);

  // Each returns the last word used, or kNothing.
  size_t Parse(size_t i, const DateWord& word) {
    switch (word.kind) {
      case DateClass::kNumber:
      case DateClass::kOrdinal:
        return ParseNumber(i, word);
      case DateClass::kMonth:
        return ParseMonth(i, word);
      case DateClass::kWeekday:
        return ParseWeekday(i, word, i);
      case DateClass::kRelativeDay:
        return ParseRelativeDay(i, word);
      case DateClass::kUnit:
        return ParseUnit(i, word);
      case DateClass::kLast:
      case DateClass::kNext:
      case DateClass::kThis:
        return ParseModifier(i, word);
      default:
        return kNothing;
    }
  }

  size_t ParseNumber(size_t i, const DateWord& number) {
    const size_t numeric = ParseNumeric(i, number);
    if (numeric != kNothing) return numeric;
    const size_t day = ParseDay(i, number, i);
    if (day != kNothing) return day;
    const size_t count = ParseCount(i, number);
    if (count != kNothing) return count;
    // A bare year needs a preposition, "2024" alone may count something.
    const DateClass before = text_.At(i - 1).kind;
    const bool led =
        before == DateClass::kIn || before == DateClass::kOf ||
        (text_.At(i - 1).is(DateClass::kUnit) && text_.SpaceAfter(i - 1));
    if (led && YearAt(i) != 0 && text_.At(i + 1).kind != DateClass::kUnit) {
      return Emit(TimexValue::Year(YearAt(i)), DateType::kDate, i, i);
    }
    return kNothing;
  }

  // "11.07.2024", "11/07/2024", "2024-07-11".
  size_t ParseNumeric(size_t i, const DateWord& number) {
    const Gap gap = text_.After(i);
    const DateWord second = text_.At(i + 1);
    const DateWord third = text_.At(i + 2);
    if ((gap != Gap::kDot && gap != Gap::kSlash && gap != Gap::kHyphen) ||
        text_.After(i + 1) != gap || !number.has(kDateDigits) ||
        !second.has(kDateDigits) || !third.has(kDateDigits)) {
      return kNothing;
    }
    const bool iso = number.digits == 4;
    const int year = iso ? number.value : third.value;
    const int day = iso ? third.value : number.value;
    if ((!iso && third.digits != 4) || year < 1000 ||
        !IsCalendarDay(year, second.value, day)) {
      return kNothing;
    }
    return Emit(TimexValue::Day(absl::CivilDay(year, second.value, day)),
                DateType::kDate, i, i + 2);
  }

  // "9. Juli 2024", "9 de julio de 2024", "1er juillet".
  size_t ParseDay(size_t i, const DateWord& number, size_t first) {
    if (number.value < 1 || number.value > 31 || number.digits > 2 ||
        (!number.has(kDateDigits) && number.kind != DateClass::kOrdinal)) {
      return kNothing;
    }
    size_t at = i + 1;
    if (text_.At(at).is(DateClass::kOf)) ++at;
    const DateWord month = text_.At(at);
    const Gap gap = text_.After(i);
    if (!month.is(DateClass::kMonth) ||
        (gap != Gap::kSpace && gap != Gap::kStop)) {
      return kNothing;
    }
    size_t year_at = at + 1;
    if (text_.At(year_at).is(DateClass::kOf)) ++year_at;
    int64_t year = YearAt(year_at);
    size_t last = year_at;
    if (year == 0) {
      if (!reference_.known) return kNothing;
      last = at;
      year = YearNear(month.value);
    }
    if (!IsCalendarDay(year, month.value, number.value)) return kNothing;
    return Emit(
        TimexValue::Day(absl::CivilDay(year, month.value, number.value)),
        DateType::kDate, first, last);
  }

  size_t ParseMonth(size_t i, const DateWord& month) {
    size_t year_at = i + 1;
    if (text_.At(year_at).is(DateClass::kOf)) ++year_at;
    if (YearAt(year_at) != 0 && text_.After(i) != Gap::kBreak) {
      return Emit(
          TimexValue::Month(absl::CivilMonth(YearAt(year_at), month.value)),
          DateType::kDate, i, year_at);
    }
    if (!reference_.known || !text_.At(i - 1).is(DateClass::kIn)) {
      return kNothing;
    }
    return Emit(
        TimexValue::Month(absl::CivilMonth(YearNear(month.value), month.value)),
        DateType::kDate, i, i);
  }

  // Whether the words before word `at` look ahead: "bis Mittwoch", "circulera
  // jeudi", "zum Donnerstag werden".
  bool Ahead(size_t at) const {
    const FutureTable* const table = FutureOf(language_);
    if (table == nullptr) return false;
    if (at > 0 && IsListed(table->before, at - 1)) return true;
    for (size_t d = 1; d <= kForeignTenseReach; ++d) {
      if (d > at || text_.SentenceEndsAfter(at - d)) break;
      if (IsFuture(*table, at - d)) return true;
      if (IsListed(table->past, at - d)) return false;
    }
    for (size_t i = at + 1; i < text_.size() && i <= at + 2; ++i) {
      if (text_.SentenceEndsAfter(i - 1)) break;
      if (IsFuture(*table, i)) return true;
    }
    return false;
  }
  bool IsListed(absl::string_view list, size_t i) const {
    for (const absl::string_view word : absl::StrSplit(list, ' ')) {
      if (HashWord(word) == text_.word(i).hash) return true;
    }
    return false;
  }
  bool IsFuture(const FutureTable& table, size_t i) const {
    if (IsListed(table.verbs, i)) return true;
    const absl::string_view word = text_.text(i);
    for (const absl::string_view end :
         absl::StrSplit(table.endings, ' ', absl::SkipEmpty())) {
      if (word.size() > end.size() + 2 && absl::EndsWith(word, end) &&
          !text_.Capital(i)) {
        return true;
      }
    }
    return false;
  }

  // `first` is the modifier before it ("nächsten Montag"), or `i`.
  size_t ParseWeekday(size_t i, const DateWord& weekday, size_t first) {
    size_t last = i;
    // Portuguese "segunda", "sexta" are ordinals without "-feira".
    if (language_ == "pt" && weekday.value <= 5) {
      if (text_.After(i) != Gap::kHyphen || text_.text(i + 1) != "feira") {
        return kNothing;
      }
      last = i + 1;
    }
    const size_t day = ParseDayBehind(i, last);
    if (day != kNothing) return day;
    if (!reference_.known) return kNothing;
    DateClass side = text_.At(last + 1).kind;
    if (side == DateClass::kNext || side == DateClass::kLast) {
      ++last;
    } else {
      side = first == i ? DateClass::kNone : text_.At(first).kind;
    }
    const absl::CivilDay today(reference_.local);
    absl::CivilDay on = WeekdayBefore(today, weekday.value, true);
    if (side == DateClass::kNone && Ahead(first)) {
      on = WeekdayAfter(today, weekday.value, true);
    } else if (side == DateClass::kNext) {
      on = WeekdayAfter(today, weekday.value, false);
    } else if (side == DateClass::kThis) {
      on = MondayOf(today) + (weekday.value - 1);
    }
    return Emit(TimexValue::Day(on), DateType::kDate, first, last);
  }

  // "Freitag, 13. Oktober", "jeudi 11 juillet": the day behind a weekday of
  // words [first, last].
  size_t ParseDayBehind(size_t first, size_t last) {
    size_t at = last + 1;
    if (at + 1 < text_.size() && text_.text(at).size() <= 3 &&
        text_.At(at).kind == DateClass::kNone) {
      ++at;  // "den", "le", "el"
    }
    const DateWord number = text_.At(at);
    const Gap gap = text_.After(last);
    if (!number.is(DateClass::kNumber) ||
        (gap != Gap::kSpace && gap != Gap::kComma)) {
      return kNothing;
    }
    return ParseDay(at, number, first);
  }

  size_t ParseRelativeDay(size_t i, const DateWord& day) {
    if (!reference_.known) return kNothing;
    size_t last = i;
    // "aujourd'hui" is two words.
    if (text_.After(i) == Gap::kApostrophe) last = i + 1;
    // "am Morgen", "der Morgen": the noun is the morning.
    if (language_ == "de" && day.value == 1 && text_.Capital(i)) {
      return kNothing;
    }
    return Emit(TimexValue::Day(absl::CivilDay(reference_.local) + day.value),
                DateType::kDate, i, last);
  }

  // "semaine dernière", "mes pasado".
  size_t ParseUnit(size_t i, const DateWord& unit) {
    const DateWord after = text_.At(i + 1);
    if (!reference_.known || !text_.SpaceAfter(i) || unit.value == 0) {
      return kNothing;
    }
    if (!after.is(DateClass::kLast) && !after.is(DateClass::kNext)) {
      return kNothing;
    }
    return Emit(TimexValue::Shifted(reference_.local, kUnits[unit.value],
                                    after.is(DateClass::kLast) ? -1 : 1),
                DateType::kDate, i, i + 1);
  }

  // "letzte Woche", "la próxima semana", "cette année".
  size_t ParseModifier(size_t i, const DateWord& modifier) {
    const DateWord unit = text_.At(i + 1);
    if (unit.is(DateClass::kWeekday) && text_.SpaceAfter(i)) {
      return ParseWeekday(i + 1, unit, i);
    }
    if (!reference_.known || !text_.SpaceAfter(i) ||
        !unit.is(DateClass::kUnit) || unit.value == 0) {
      return kNothing;
    }
    int count = 0;
    if (modifier.is(DateClass::kLast)) count = -1;
    if (modifier.is(DateClass::kNext)) count = 1;
    return Emit(
        TimexValue::Shifted(reference_.local, kUnits[unit.value], count),
        DateType::kDate, i, i + 1);
  }

  // "drei Jahre", "vor drei Jahren", "tre anni fa", "il y a deux ans".
  size_t ParseCount(size_t i, const DateWord& number) {
    const DateWord unit = text_.At(i + 1);
    if (!unit.is(DateClass::kUnit) || !text_.SpaceAfter(i)) return kNothing;
    const TimeUnit kind = kUnits[unit.value];
    const bool french =
        i >= 2 && text_.text(i - 1) == "a" && text_.text(i - 2) == "y";
    const bool before = text_.At(i - 1).is(DateClass::kAgo) || french;
    const bool after =
        text_.At(i + 2).is(DateClass::kAgo) && text_.SpaceAfter(i + 1);
    if (before || after) {
      if (!reference_.known) return kNothing;
      size_t first = before ? i - 1 : i;
      if (french) first = i >= 3 && text_.text(i - 3) == "il" ? i - 3 : i - 2;
      return Emit(TimexValue::Shifted(reference_.local, kind, -number.value),
                  DateType::kDate, first, after ? i + 2 : i + 1);
    }
    // "un an", "eine Woche" in running text are seldom a time that was meant.
    if (number.value < 2) return kNothing;
    return Emit(TimexValue::Duration(number.value, kind), DateType::kDuration,
                i, i + 1);
  }

  int64_t YearAt(size_t i) const {
    const DateWord word = text_.At(i);
    const bool year = word.is(DateClass::kNumber) && word.digits == 4 &&
                      word.value >= 1000 && word.value <= 2199;
    return year ? word.value : 0;
  }

  // The year that puts `month` between eight months ago and three ahead.
  int64_t YearNear(int month) const {
    const int ahead = month - reference_.local.month();
    if (ahead > 3) return reference_.local.year() - 1;
    if (ahead < -8) return reference_.local.year() + 1;
    return reference_.local.year();
  }

  size_t Emit(const TimexValue& value, DateType type, size_t first,
              size_t last) {
    FoundDate date;
    date.begin = text_.begin(first);
    date.end = text_.end(last);
    date.type = type;
    value.CopyTo(date);
    dates_.push_back(date);
    return last;
  }

  const DateText& text_;
  const DateReference& reference_;
  absl::string_view language_;
  std::vector<FoundDate>& dates_;
};

}  // namespace

void MarkForeignDateWords(WordMarker& marker) {
  for (const DateVocabulary* words : Vocabularies()) words->MarkWords(marker);
}

void FindForeignDates(absl::string_view text, absl::Span<const Word> words,
                      const DateReference& reference,
                      absl::string_view language,
                      std::vector<FoundDate>& dates) {
  const DateText seen(text, words, VocabularyOf(language));
  ForeignDates(seen, reference, language, dates).Find();
}

}  // namespace wiredesk
