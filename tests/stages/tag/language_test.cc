// Goal: the language of a text is told where it can be, and not invented where
// it cannot. Method: sentences written for the test, one for each script and
// for neighbours that are easily taken for one another.

#include "stages/tag/language/language.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "stages/tag/language/language_words.h"

namespace wiredesk {
namespace {

DetectedLanguage Detect(absl::string_view text,
                        absl::string_view declared = "") {
  std::vector<Word> words;
  SplitWords(text, words);
  return DetectLanguage(text, words, declared);
}

struct Sentence {
  absl::string_view language;
  absl::string_view text;
};

constexpr Sentence kSentences[] = {
    {"en", "The minister said that the vote would be held on Sunday."},
    {"de",
     "Der Minister sagte, dass die Wahl am Sonntag ist und nicht später."},
    {"fr", "Le ministre a dit que les élections sont prévues pour dimanche."},
    {"es", "El ministro dijo que las elecciones son el domingo y no antes."},
    {"it", "Il ministro ha detto che le elezioni sono previste per domenica."},
    {"pt", "O ministro disse que as eleições não são no domingo, mas antes."},
    {"nl", "De minister zei dat het een goede dag is voor de verkiezingen."},
    {"sv", "Ministern sade att det är en bra dag för valet och inte för oss."},
    {"pl",
     "Minister powiedział, że to nie jest dobry dzień na wybory w kraju."},
    {"tr",
     "Bakan seçimin pazar günü olduğunu ve bu kararın çok önemli "
     "olduğunu söyledi."},
    {"ru", "Министр сказал, что выборы пройдут в воскресенье и не раньше."},
    {"uk", "Міністр сказав, що вибори відбудуться у неділю, але не раніше."},
    {"ar", "قال الوزير إن الانتخابات في هذا اليوم من العام على كل حال"},
    {"he", "השר אמר שהבחירות יתקיימו ביום ראשון"},
    {"el", "Ο υπουργός είπε ότι οι εκλογές θα γίνουν την Κυριακή"},
    {"ko", "장관은 선거가 일요일에 열린다고 말했다"},
    {"ja", "大臣は選挙が日曜日に行われると述べた"},
    {"zh", "部长说选举将于星期日举行"},
    {"th", "รัฐมนตรีกล่าวว่าการเลือกตั้งจะมีขึ้นในวันอาทิตย์"},
    {"hi", "मंत्री ने कहा कि चुनाव रविवार को होंगे और यह अच्छा है"}};

TEST(LanguageTest, SentencesAreTold) {
  for (const Sentence& sentence : kSentences) {
    EXPECT_EQ(Detect(sentence.text).tag, sentence.language) << sentence.text;
    EXPECT_GT(Detect(sentence.text).confidence, 0.5) << sentence.text;
  }
}

// Those that CLD2's own tables lack, and neighbours that it confuses.
constexpr Sentence kRarer[] = {
    {"mn", "Сайд сонгууль ням гарагт болно гэж сэтгүүлчдэд мэдэгдэв."},
    {"so",
     "Wasiirku wuxuu sheegay in doorashadu dhici doonto maalinta Axadda."},
    {"am", "ሚኒስትሩ ምርጫው እሁድ ቀን እንደሚካሄድ ተናግረዋል።"},
    {"ha", "Ministan ya ce za a gudanar da zaben a ranar Lahadi mai zuwa."},
    {"yo", "Mínísítà náà sọ pé ìdìbò yóò wáyé ní ọjọ́ Àìkú tó ń bọ̀."},
    {"lb",
     "De Minister huet gesot, datt d'Wale sonndes sinn an net méi spéit."},
    {"nn",
     "Statsråden sa at valet ikkje vert halde før sundag, og at eg må "
     "vente."},
    {"no",
     "Statsråden sa at valget ikke blir holdt før søndag, etter det noen "
     "skriver."},
    {"da",
     "Ministeren sagde, at valget ikke bliver afholdt før søndag efter en "
     "uge."},
    {"id",
     "Menteri mengatakan bahwa pemilihan bisa ditunda karena kantor "
     "polisi rusak."},
    {"ms",
     "Menteri berkata bahawa pilihan raya ditangguhkan kerana pejabat "
     "polis rosak."},
    {"sr",
     "Ministar je rekao da će glasanje biti posle nedelje, gde god ljudi "
     "živeli na svetu."},
    {"hr",
     "Ministar je rekao da će glasanje biti poslije tjedna, gdje god "
     "ljudi živjeli na svijetu."},
    {"zu", "Ungqongqoshe uthe ukhetho luzoba ngeSonto elizayo ezweni lonke."}};

TEST(LanguageTest, RarerLanguagesAndNeighboursAreTold) {
  for (const Sentence& sentence : kRarer) {
    EXPECT_EQ(Detect(sentence.text).tag, sentence.language) << sentence.text;
  }
}

TEST(LanguageTest, AForeignNameDoesNotDecide) {
  EXPECT_EQ(
      Detect("The head of the company, 김철수, said that it was not so.").tag,
      "en");
}

TEST(LanguageTest, NothingIsUndetermined) {
  EXPECT_EQ(Detect("").tag, "und");
  EXPECT_EQ(Detect("12 345 - 67").tag, "und");
  EXPECT_EQ(Detect("").confidence, 0);
}

TEST(LanguageTest, WhatIsDeclaredIsNotBelievedAgainstTheText) {
  EXPECT_EQ(Detect(kSentences[0].text, "fr").tag, "en");
}

TEST(LanguageTest, WhatIsDeclaredStandsWhereTheTextIsShort) {
  for (const char* text :
       {"Quay bids due", "Nurse pay row", "Fed to halt QE"}) {
    EXPECT_EQ(Detect(text, "en-US").tag, "en") << text;
    EXPECT_EQ(Detect(text, "English").via, "declared") << text;
  }
  EXPECT_EQ(Detect("東京株式市場大幅続落", "ja").tag, "ja");
  EXPECT_EQ(Detect("привет мир", "en").tag, "und");
}

TEST(LanguageTest, DeclarationsAreReadInAnyForm) {
  for (const char* name : {"de", "DE_at", "deu", "ger", "German", "deutsch"}) {
    EXPECT_EQ(DeclaredLanguage(name), "de") << name;
  }
  EXPECT_EQ(DeclaredLanguage("zh-Hant-TW"), "zh");
  EXPECT_EQ(DeclaredLanguage("iw"), "he");
  EXPECT_EQ(DeclaredLanguage("klingon"), "und");
  EXPECT_EQ(DeclaredLanguage(""), "und");
}

TEST(LanguageTest, AtLeastThirtyLanguagesHaveWords) {
  std::set<std::string> tags;
  for (const LanguageWords& one : FrequentWords()) {
    tags.insert(std::string(one.tag));
  }
  EXPECT_GE(tags.size(), 30U);
}

}  // namespace
}  // namespace wiredesk
