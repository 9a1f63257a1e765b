#include "stages/parse/time/weekday.h"

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_split.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

// Case folded, parted by spaces: English, German, French, Spanish, Italian,
// Portuguese, Dutch, Swedish, Danish and Norwegian, Polish, Czech, Russian,
// Ukrainian, Turkish, Indonesian, Japanese and Chinese, Korean. Short names that
// are names of months or common words elsewhere are left out.
// NOLINTNEXTLINE(bugprone-suspicious-missing-comma): each is a long text
constexpr absl::string_view kDaysByLanguage[7] = {
    "monday mon montag lundi lunes lunedì segunda maandag måndag mandag "
    "poniedziałek pondělí понедельник понеділок pazartesi senin 月曜日 星期一 "
    "周一 월요일",
    "tuesday tue tues dienstag mardi martes martedì terça dinsdag tisdag "
    "tirsdag wtorek úterý вторник вівторок salı selasa 火曜日 星期二 周二 "
    "화요일",
    "wednesday wed mittwoch mercredi miércoles mercoledì quarta woensdag "
    "onsdag "
    "środa středa среда середа çarşamba rabu 水曜日 星期三 周三 수요일",
    "thursday thu thur thurs donnerstag jeudi jueves giovedì quinta donderdag "
    "torsdag czwartek čtvrtek четверг четвер perşembe kamis 木曜日 星期四 周四 "
    "목요일",
    "friday fri freitag vendredi viernes venerdì sexta vrijdag fredag piątek "
    "pátek пятница п’ятниця cuma jumat 金曜日 星期五 周五 금요일",
    "saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag "
    "lørdag sobota суббота субота cumartesi sabtu 土曜日 星期六 周六 토요일",
    "sunday sun sonntag dimanche domingo domenica zondag söndag søndag "
    "niedziela neděle воскресенье неділя pazar minggu 日曜日 星期日 周日 "
    "일요일 chủ"};

}  // namespace

int FindWeekday(absl::string_view word) {
  static const auto& days = *[] {
    auto* made = new absl::flat_hash_map<std::string, int>;
    for (int day = 0; day < 7; ++day) {
      for (const absl::string_view name :
           absl::StrSplit(kDaysByLanguage[day], ' ')) {
        (*made)[FoldCase(name)] = day;
      }
    }
    return made;
  }();
  const auto found = days.find(FoldCase(word));
  return found == days.end() ? -1 : found->second;
}

}  // namespace wiredesk
