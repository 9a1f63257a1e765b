// Goal: days, months, years and relative forms of seven languages besides
// English have the values that a reader gives them. Method: a table for each
// language, published on Friday, 2024-07-12.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stages/tag/dates/dates.h"

namespace wiredesk {
namespace {

struct Case {
  absl::string_view language;
  absl::string_view text;
  std::vector<std::string> found;  // "expression=value"
};

std::vector<std::string> Find(absl::string_view text,
                              absl::string_view language) {
  std::vector<Word> words;
  SplitWords(text, words);
  const DateReference reference = {true, absl::CivilSecond(2024, 7, 12)};
  std::vector<FoundDate> dates;
  FindDates(text, words, reference, language, dates);
  std::vector<std::string> found;
  for (const FoundDate& date : dates) {
    found.push_back(absl::StrCat(text.substr(date.begin, date.end - date.begin),
                                 "=", date.value()));
  }
  return found;
}

const Case kCases[] = {
    // German
    {"de", "Am Donnerstag sagte er es.", {"Donnerstag=2024-07-11"}},
    {"de", "Bis Mittwoch könne es dauern.", {"Mittwoch=2024-07-17"}},
    {"de",
     "Für die Nacht zum Montag werden Stürme erwartet.",
     {"Montag=2024-07-15"}},
    {"fr", "Un train sur trois circulera lundi.", {"lundi=2024-07-15"}},
    {"fr", "Il n'est pas attendu avant lundi.", {"lundi=2024-07-15"}},
    {"ko", "오는 3월에 열린다.", {"3월=2025-03"}},
    {"de", "Ab nächsten Montag gilt es.", {"nächsten Montag=2024-07-15"}},
    {"de", "Freitag, den 5. Juli", {"Freitag, den 5. Juli=2024-07-05"}},
    {"de",
     "am 11.07.2024 und im Mai 2023",
     {"11.07.2024=2024-07-11", "Mai 2023=2023-05"}},
    {"de", "Im März begann es.", {"März=2024-03"}},
    {"de", "seit 2019", {"2019=2019"}},
    {"de",
     "Im Jahr 2022 und vor zwei Wochen",
     {"2022=2022", "vor zwei Wochen=2024-W26"}},
    {"de", "im vergangenen Jahr", {"vergangenen Jahr=2023"}},
    {"de",
     "nächste Woche und heute",
     {"nächste Woche=2024-W29", "heute=2024-07-12"}},
    {"de", "drei Tage lang", {"drei Tage=P3D"}},
    {"de", "Das heute bekannte Werk am Morgen.", {"heute=2024-07-12"}},
    // French
    {"fr", "Jeudi, le ministre a parlé.", {"Jeudi=2024-07-11"}},
    {"fr", "lundi prochain", {"lundi prochain=2024-07-15"}},
    {"fr",
     "le vendredi 5 juillet 2024",
     {"vendredi 5 juillet 2024=2024-07-05"}},
    {"fr", "le 1er mai", {"1er mai=2024-05-01"}},
    {"fr", "en mars", {"mars=2024-03"}},
    {"fr", "en 2019", {"2019=2019"}},
    {"fr", "il y a deux ans", {"il y a deux ans=2022"}},
    {"fr", "l'année dernière", {"année dernière=2023"}},
    {"fr",
     "cette semaine, aujourd'hui et demain",
     {"cette semaine=2024-W28", "aujourd'hui=2024-07-12", "demain=2024-07-13"}},
    {"fr", "pendant trois mois", {"trois mois=P3M"}},
    // Spanish
    {"es", "El jueves dijo que no.", {"jueves=2024-07-11"}},
    {"es", "el próximo lunes", {"próximo lunes=2024-07-15"}},
    {"es", "el viernes 5 de julio", {"viernes 5 de julio=2024-07-05"}},
    {"es", "en marzo de 2023", {"marzo de 2023=2023-03"}},
    {"es", "desde 2019", {"2019=2019"}},
    {"es", "el año pasado", {"año pasado=2023"}},
    {"es",
     "la próxima semana y ayer",
     {"próxima semana=2024-W29", "ayer=2024-07-11"}},
    {"es", "hace dos semanas", {"hace dos semanas=2024-W26"}},
    {"es", "durante tres días", {"tres días=P3D"}},
    {"es", "el 11/07/2024", {"11/07/2024=2024-07-11"}},
    // Italian
    {"it", "Giovedì il ministro ha parlato.", {"Giovedì=2024-07-11"}},
    {"it", "lunedì prossimo", {"lunedì prossimo=2024-07-15"}},
    {"it", "venerdì 5 luglio", {"venerdì 5 luglio=2024-07-05"}},
    {"it", "a marzo", {"marzo=2024-03"}},
    {"it", "dal 2019", {"2019=2019"}},
    {"it", "l'anno scorso", {"anno scorso=2023"}},
    {"it",
     "la prossima settimana e oggi",
     {"prossima settimana=2024-W29", "oggi=2024-07-12"}},
    {"it", "due settimane fa", {"due settimane fa=2024-W26"}},
    // Portuguese
    {"pt", "Na quinta-feira o ministro falou.", {"quinta-feira=2024-07-11"}},
    {"pt", "na próxima segunda-feira", {"próxima segunda-feira=2024-07-15"}},
    {"pt", "sexta-feira, 5 de julho", {"sexta-feira, 5 de julho=2024-07-05"}},
    {"pt", "em março", {"março=2024-03"}},
    {"pt", "desde 2019", {"2019=2019"}},
    {"pt", "no ano passado", {"ano passado=2023"}},
    {"pt", "há dois anos", {"há dois anos=2022"}},
    {"pt", "duas semanas atrás", {"duas semanas atrás=2024-W26"}},
    {"pt", "hoje e amanhã", {"hoje=2024-07-12", "amanhã=2024-07-13"}},
    // Dutch
    {"nl", "Donderdag zei hij het.", {"Donderdag=2024-07-11"}},
    {"nl", "volgende maandag", {"volgende maandag=2024-07-15"}},
    {"nl", "vrijdag 5 juli", {"vrijdag 5 juli=2024-07-05"}},
    {"nl", "in maart", {"maart=2024-03"}},
    {"nl", "sinds 2019", {"2019=2019"}},
    {"nl", "vorig jaar", {"vorig jaar=2023"}},
    {"nl", "twee weken geleden", {"twee weken geleden=2024-W26"}},
    {"nl",
     "volgende week en vandaag",
     {"volgende week=2024-W29", "vandaag=2024-07-12"}},
    // Korean
    {"ko", "지난 11일 발표했다.", {"11일=2024-07-11"}},
    {"ko", "목요일 회의에서", {"목요일=2024-07-11"}},
    {"ko", "다음 주 월요일", {"다음 주 월요일=2024-07-15"}},
    {"ko", "오는 9월에", {"9월=2024-09"}},
    {"ko", "2023년부터", {"2023년=2023"}},
    {"ko", "지난달 어제", {"지난달=2024-06", "어제=2024-07-11"}},
    {"ko", "작년 3월", {"작년 3월=2023-03"}},
    {"ko", "내년에는", {"내년=2025"}},
    {"ko", "3년간 10일째", {}},
    {"ko", "지난주 이번 달", {"지난주=2024-W27", "이번 달=2024-07"}},
};

TEST(ForeignDatesTest, ExpressionsHaveTheirValues) {
  for (const Case& one : kCases) {
    EXPECT_EQ(Find(one.text, one.language), one.found)
        << one.language << ": " << one.text;
  }
}

struct Nothing {
  absl::string_view language;
  absl::string_view text;
};

TEST(ForeignDatesTest, WhatIsNoDateIsNotFound) {
  for (const Nothing& one :
       {Nothing{"de", "Sie mag den Mai nicht."},
        Nothing{"de", "Der Morgen graut."}, Nothing{"es", "Habló con marzo."},
        Nothing{"pt", "a segunda vez"}, Nothing{"fr", "Il marche avec Juin."},
        Nothing{"nl", "de mei is groen"}, Nothing{"it", "2000 lire"}}) {
    EXPECT_TRUE(Find(one.text, one.language).empty())
        << one.language << ": " << one.text;
  }
}

}  // namespace
}  // namespace wiredesk
