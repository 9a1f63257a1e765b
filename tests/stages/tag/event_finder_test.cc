#include "stages/tag/events/event_finder.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/stages/tag/event_text.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Row {
  const char* text;
  const char* event;  // empty: none
};

void CheckRows(absl::Span<const Row> rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(absl::StrJoin(Text("", row.text).Events(), "; "), row.event)
        << row.text;
  }
}

constexpr Row kWhoDidWhat[] = {
    {"France said on Tuesday it was ready to hold talks with Algeria.",
     "AGREE FR>DZ actual"},
    {"Egypt and Sudan agreed on Monday to share electricity.",
     "AGREE EG,SD> actual"},
    {"Japan promised to give Kenya 30 million dollars for new roads.",
     "AGREE JP>KE actual"},
    {"The Bolivian government pledged to hold early elections.",
     "AGREE BO> actual"},
    {"Norwegian Foreign Minister Ole Dahl met his Finnish counterpart in Oslo "
     "on Friday.",
     "CONSULT NO>FI actual"},
    {"Israeli and Palestinian negotiators held talks in Cairo.",
     "CONSULT IL,PS> actual"},
    {"The Turkish prime minister spoke by telephone with the Greek president.",
     "CONSULT TR>GR actual"},
    {"An Iraqi delegation arrived in Jordan on Sunday for talks on water.",
     "CONSULT IQ>JO actual"},
    {"Kenya hosted ministers from Uganda and Rwanda.",
     "CONSULT KE>UG,RW actual"},
    {"Algeria is mediating between Ethiopia and Eritrea.",
     "CONSULT DZ>ET,ER actual"},
    {"Mexico has recognized the new government of Peru.",
     "SUPPORT MX>PE actual"},
    {"Germany apologized to Namibia for the killings.", "SUPPORT DE>NA actual"},
    {"Syria and Lebanon restored diplomatic relations.",
     "SUPPORT SY,LB> actual"},
    {"Iran defended Syria at the meeting.", "SUPPORT IR>SY actual"},
    {"Brazil signed a trade agreement with Argentina on Thursday.",
     "AGREE BR>AR actual"},
    {"India and Nepal signed an accord on water.", "AGREE IN,NP> actual"},
    {"The treaty between Russia and Belarus was signed in Minsk.",
     "AGREE RU,BY> actual"},
    {"American and Philippine troops began joint military exercises.",
     "COOPERATE US,PH> actual"},
    {"Spain extradited two suspects to Belgium.", "COOPERATE ES>BE actual"},
    {"Italy is cooperating with Tunisia on migration.",
     "COOPERATE IT>TN actual"},
    {"China provided 10,000 tonnes of rice to Cambodia.", "AID CN>KH actual"},
    {"Russia is supplying Syria with missiles.", "AID RU>SY actual"},
    {"Sweden granted asylum to three Iraqi officers.", "AID SE>IQ actual"},
    {"Canada sent food and medicine to Haiti after the flood.",
     "AID CA>HT actual"},
    {"Nigeria sent peacekeepers to Liberia.", "AID NG>LR actual"},
    {"Myanmar released 200 political prisoners on Friday.",
     "RETREAT MM>200 political prisoners actual"},
    {"Libya lifted the state of emergency.", "RETREAT LY> actual"},
    {"Israel withdrew its troops from Gaza.", "RETREAT IL>Gaza actual"},
    {"Rebels in Chad declared a ceasefire.", "RETREAT TD> actual"},
    {"The Thai prime minister resigned after weeks of unrest.",
     "CONCEDE TH> actual"},
    {"Iran allowed inspectors from the IAEA to enter the site.",
     "RETREAT IR>IAEA actual"},
    {"Nepal's king bowed to the protesters and gave up power.",
     "CONCEDE NP>protesters actual"},
    {"Pakistan accepted the resignation of its envoy.",
     "CONCEDE PK>envoy actual"},
    {"Prosecutors in Peru are investigating former ministers.",
     "ACCUSE PE>former ministers actual"},
    {"Turkey opened an investigation into the crash.", "ACCUSE TR> actual"},
    {"Ethiopia called on Sudan to close the camps.", "REQUEST ET>SD actual"},
    {"Japan urged North Korea to return to the talks.",
     "REQUEST JP>North Korea actual"},
    {"Armenia demanded the withdrawal of Azerbaijani troops.",
     "REQUEST AM>AZ actual"},
    {"Bolivia demanded that Chile grant it access to the sea.",
     "REQUEST BO>CL actual"},
    {"The EU called for the release of the Belarusian activists.",
     "REQUEST EU>BY actual"},
    {"Russia accused Ukraine of shelling the border town.",
     "ACCUSE RU>UA actual"},
    {"China condemned the visit by the Japanese prime minister to the shrine.",
     "ACCUSE CN>JP actual"},
    {"Georgia lodged a protest with Russia over the overflight.",
     "ACCUSE GE>RU actual"},
    {"Syria refused to allow inspectors into the base.", "REJECT SY> actual"},
    {"Iran said it would not negotiate with the United States.",
     "REJECT IR>United States actual"},
    {"Russia vetoed the resolution on Syria.", "REJECT RU>SY actual"},
    {"Turkey threatened to invade northern Syria.", "THREATEN TR>SY actual"},
    {"France threatened Turkey with sanctions.", "THREATEN FR>TR actual"},
    {"Pakistan said it would retaliate against India.",
     "THREATEN PK>IN actual"},
    {"Thousands of students protested against the government in Chile.",
     "PROTEST students>CL actual"},
    {"Workers in Greece went on strike over pensions.", "PROTEST GR> actual"},
    {"Protesters marched through Hong Kong.",
     "PROTEST Protesters>Hong Kong actual"},
    {"Kurdish prisoners began a hunger strike in Turkey.",
     "PROTEST Kurdish prisoners>TR actual"},
    {"Demonstrators in Sudan clashed with police.", "ASSAULT SD>police actual"},
    {"Opposition parties boycotted the election in Gabon.",
     "PROTEST Opposition parties>GA actual"},
    {"India moved troops to the border with Pakistan.",
     "MOBILIZE IN>PK actual"},
    {"Egypt put its army on alert.", "MOBILIZE EG> actual"},
    {"Ukraine called up 50,000 reservists.", "MOBILIZE UA> actual"},
    {"Britain suspended aid to Rwanda.", "SANCTION GB>RW actual"},
    {"Germany recalled its ambassador from Turkey.", "SANCTION DE>TR actual"},
    {"Russia expelled four Polish diplomats.", "SANCTION RU>PL actual"},
    {"Israel broke off talks with Hamas.", "SANCTION IL>Hamas actual"},
    {"Kenyan police detained two Somali journalists.", "COERCE KE>SO actual"},
    {"Malaysia deported 50 Indonesian workers.", "COERCE MY>ID actual"},
    {"Turkey banned the pro-Kurdish party.",
     "COERCE TR>pro-Kurdish party actual"},
    {"Israel blockaded the Lebanese coast.", "COERCE IL>LB actual"},
    {"Israeli warplanes bombed Lebanese villages.", "ASSAULT IL>LB actual"},
    {"Gunmen kidnapped an Italian engineer in Yemen.",
     "ASSAULT Gunmen>IT actual"},
    {"A suicide bomber attacked a police station in Iraq.",
     "ASSAULT suicide bomber>IQ actual"},
    {"Three Turkish soldiers were killed by Kurdish rebels.",
     "ASSAULT Kurdish rebels>TR actual"},
    {"Armenian and Azerbaijani forces exchanged fire.",
     "ASSAULT AM,AZ> actual"},
    {"Police in Kenya shot two protesters.",
     "ASSAULT KE>two protesters actual"},
    {"Rebels attacked the town of Bunia in Congo.",
     "ASSAULT Rebels>Bunia actual"},
    {"Russian troops invaded Georgia.", "ASSAULT RU>GE actual"},
    {"Militants in Pakistan beheaded a Polish hostage.",
     "ASSAULT PK>PL actual"},
    {"Iran denied attacking Saudi Arabia.", ""},
    {"If Turkey attacks Syria, prices will rise.",
     "ASSAULT TR>SY hypothetical"},
    {"Iraq could attack Kuwait, analysts say.", "ASSAULT IQ>KW hypothetical"},
    {"Greece to host talks with Turkey", "CONSULT GR>TR planned"},
    {"Libya, which borders Chad, attacked Tunisia on Monday.",
     "ASSAULT LY>TN actual"},
    {"Sudan's army, accused by Chad of crimes, retreated.",
     "ACCUSE TD>SD actual; RETREAT SD> actual"},
    {"Turkey and Greece, old rivals, agreed to meet in Geneva.",
     "AGREE TR,GR> actual"},
    {"Cuba said that Mexico had rejected its proposal.", "REJECT MX> actual"},
    {"Poland's foreign minister, Jan Nowak, accused Belarus of smuggling.",
     "ACCUSE PL>BY actual"},
    {"Talks between Iran and Iraq began on Monday.", "CONSULT IR,IQ> actual"},
    {"Argentina beat Brazil in the final.", ""},
    {"Five years after Iraq invaded Kuwait, the wells still burn.", ""},
    {"Russia has been accused of meddling by Moldova.", "ACCUSE MD>RU actual"},
};

TEST(EventFinder, WhoDidWhatToWhom) { CheckRows(kWhoDidWhat); }

// The subject is not the nearest noun, nor the recipient the deepest.
constexpr Row kHeads[] = {
    {"A film, made in Spain, that mocked Peru was shown on Sunday.", ""},
    {"Soldiers living in Spain attacked a village in Syria.",
     "ASSAULT Soldiers>SY actual"},
    {"Those who live in Spain praised Peru.", ""},
    {"The police entered villages in Syria, killing two protesters.",
     "ASSAULT police>two protesters actual"},
    {"Turkish troops, who Spain says have attacked Iraq, are near.",
     "ASSAULT TR>IQ actual"},
    {"Peru endorsed the plan after the fire in Spain.", ""},
    {"Japan launched a missile into the sea.", "MOBILIZE JP> actual"},
    {"The ambassador of Japan told him of efforts to help Peru.", ""},
    {"Japan asked Peru in a letter to free the engineers.",
     "REQUEST JP>PE actual"},
};

TEST(EventFinder, HeadsOfGroups) { CheckRows(kHeads); }

constexpr Row kRealis[] = {
    {"Turkey attacked Syria on Monday.", "ASSAULT TR>SY actual"},
    {"Turkey has attacked Syria.", "ASSAULT TR>SY actual"},
    {"Turkey is attacking Syria.", "ASSAULT TR>SY actual"},
    {"Syria was attacked by Turkey.", "ASSAULT TR>SY actual"},
    {"Turkey began bombing Syria on Tuesday.", "ASSAULT TR>SY actual"},
    {"Turkey will attack Syria.", "ASSAULT TR>SY planned"},
    {"Turkey won't attack Syria.", "ASSAULT TR>SY denied"},
    {"Turkey did not attack Syria.", "ASSAULT TR>SY denied"},
    {"Turkey didn't attack Syria.", "ASSAULT TR>SY denied"},
    {"Turkey never attacked Syria.", "ASSAULT TR>SY denied"},
    {"Turkey has not attacked Syria.", "ASSAULT TR>SY denied"},
    {"Syria was not attacked by Turkey.", "ASSAULT TR>SY denied"},
    {"Turkey could attack Syria.", "ASSAULT TR>SY hypothetical"},
    {"Turkey may attack Syria.", "ASSAULT TR>SY hypothetical"},
    {"Turkey might attack Syria, officials fear.",
     "ASSAULT TR>SY hypothetical"},
    {"Turkey should attack Syria.", "ASSAULT TR>SY hypothetical"},
    {"Turkey would attack Syria.", "ASSAULT TR>SY hypothetical"},
    {"If Turkey attacks Syria, oil will rise.", "ASSAULT TR>SY hypothetical"},
    {"Unless Turkey attacks Syria, talks will go on.",
     "ASSAULT TR>SY hypothetical"},
    {"It is not clear whether Turkey attacked Syria.",
     "ASSAULT TR>SY hypothetical"},
    {"Turkey is expected to attack Syria.", "ASSAULT TR>SY planned"},
    {"Turkey plans to attack Syria.", "ASSAULT TR>SY planned"},
    {"Turkey is about to attack Syria.", "ASSAULT TR>SY planned"},
    {"Turkey is set to attack Syria.", "ASSAULT TR>SY planned"},
    {"Turkey wants to attack Syria.", "ASSAULT TR>SY hypothetical"},
    {"Turkey failed to attack Syria.", "ASSAULT TR>SY denied"},
    {"Turkey stopped attacking Syria.", "ASSAULT TR>SY denied"},
    {"Turkish troops continued to shell Syria.", "ASSAULT TR>SY actual"},
    {"The president of France will visit Poland on Friday.",
     "CONSULT FR>PL planned"},
    {"The president of France is to visit Poland on Friday.",
     "CONSULT FR>PL planned"},
    {"The president of France is due to visit Poland on Friday.",
     "CONSULT FR>PL planned"},
    {"The president of France visited Poland on Friday.",
     "CONSULT FR>PL actual"},
    {"The president of France did not visit Poland on Friday.",
     "CONSULT FR>PL denied"},
    {"The president of France may visit Poland on Friday.",
     "CONSULT FR>PL hypothetical"},
    {"French and Polish ministers will hold talks on Friday.",
     "CONSULT FR,PL> planned"},
    {"French and Polish ministers held no talks on Friday.",
     "CONSULT FR,PL> denied"},
    {"Poland was praised by France.", "SUPPORT FR>PL actual"},
    {"Poland has never been praised by France.", "SUPPORT FR>PL denied"},
    {"Poland might be praised by France.", "SUPPORT FR>PL hypothetical"},
    {"Poland is likely to be praised by France.", "SUPPORT FR>PL planned"},
    {"Kenyan police have arrested a Somali journalist.", "COERCE KE>SO actual"},
    {"Kenyan police have not arrested a Somali journalist.",
     "COERCE KE>SO denied"},
    {"Kenyan police could arrest a Somali journalist.",
     "COERCE KE>SO hypothetical"},
    {"Kenyan police will arrest a Somali journalist.", "COERCE KE>SO planned"},
    {"A Somali journalist was arrested by Kenyan police.",
     "COERCE KE>SO actual"},
    {"A Somali journalist will be arrested by Kenyan police.",
     "COERCE KE>SO planned"},
    {"A Somali journalist could be arrested by Kenyan police.",
     "COERCE KE>SO hypothetical"},
    {"Japan accused China of spying.", "ACCUSE JP>CN actual"},
    {"Japan will accuse China of spying.", "ACCUSE JP>CN planned"},
    {"Japan did not accuse China of spying.", "ACCUSE JP>CN denied"},
    {"Officials said that Japan accused China of spying.",
     "ACCUSE JP>CN actual"},
    {"Officials said that Japan would accuse China of spying.",
     "ACCUSE JP>CN planned"},
    {"Russia has started to withdraw its troops from Georgia.",
     "RETREAT RU>GE actual"},
    {"Russia will withdraw its troops from Georgia.", "RETREAT RU>GE planned"},
    {"Russia intends to withdraw its troops from Georgia.",
     "AGREE RU>GE actual"},
    {"Russia cannot withdraw its troops from Georgia.", "RETREAT RU>GE denied"},
    {"Sweden sent food to Haiti.", "AID SE>HT actual"},
    {"Sweden is preparing to send food to Haiti.", "AGREE SE>HT actual"},
    {"Sweden hopes to send food to Haiti.", "AID SE>HT hypothetical"},
    {"Sweden sends food to Haiti.", "AID SE>HT actual"},
    {"Turkey will win the war by attacking Syria.", "ASSAULT TR>SY planned"},
    {"Turkey could win the war by attacking Syria.",
     "ASSAULT TR>SY hypothetical"},
    {"Turkey won the war by attacking Syria.", "ASSAULT TR>SY actual"},
    {"Turkey will cross the border, attacking Syria.", "ASSAULT TR>SY planned"},
    {"Turkish troops crossed the border, attacking Syria.",
     "ASSAULT TR>SY actual"},
    {"Turkey wants money before visiting Syria.", "CONSULT TR>SY hypothetical"},
    {"Turkey could cross the border and attack Syria.",
     "ASSAULT TR>SY hypothetical"},
};

TEST(EventFinder, WhetherItHappened) { CheckRows(kRealis); }

constexpr Row kNothing[] = {
    {"How many countries has Turkey attacked with its troops in Syria?", ""},
    {"Did Turkey attack Syria?", ""},
    {"The paper asked readers on Monday, \"Did Turkey attack Syria?\"", ""},
    {"Japan flew two bombers from the base to Peru.", ""},
    {"The speech was met with anger by Iranian officials.", ""},
    {"Iran's minister pleaded guilty to lying with the help of China.", ""},
    {"The president of France held a campaign rally in Lyon.", ""},
    {"The mayor saw him banned from Syria.", ""},
    {"A long march through Spain met with rain.", ""},
    {"Turkey won the match against Syria.", ""},
    {"The French striker attacked from the left.", ""},
    {"Japan met its target for exports.", ""},
    {"Ann Lowell met her husband in school.", ""},
    {"The mayor killed time in a cafe.", ""},
    {"Russia fights inflation.", ""},
    {"The minister declined to comment on Syria.", ""},
    {"Kenyan runners broke the record.", ""},
    {"Polish police requested anonymity.", ""},
    {"The rebels who hold the town are Kurdish.", ""},
    {"The law, which bans guns, is old.", ""},
};

TEST(EventFinder, NoEventFromFiguresOfSpeech) { CheckRows(kNothing); }

TEST(EventFinder, WhatIsPromisedHasADayAndAPlaceOfItsOwn) {
  const struct {
    const char* text;
    const char* when_and_where;
  } kRows[] = {
      {"Egypt and Sudan agreed on Monday to open a crossing in Kenya on "
       "Friday.",
       "Monday "},
      {"Egypt agreed to open a crossing on Friday.", " "},
      {"On Monday Egypt and Sudan signed a treaty in Kenya.", "Monday KE"},
      {"Libya will release 200 prisoners in Kenya on Friday.", "Friday KE"}};
  for (const auto& row : kRows) {
    EXPECT_EQ(Text("", row.text).WhenAndWhere(), row.when_and_where)
        << row.text;
  }
}

TEST(EventFinder, APartyIsNotWhatAThingHas) {
  CheckRows({{"Poland agreed to turn the yard into a firm with 4,200 workers.",
              "AGREE PL> actual"},
             {"Poland agreed to sell ships to Norway.", "AGREE PL>NO actual"}});
}

TEST(EventFinder, ToldTwiceIsOne) {
  Text text("Turkey attacks Syria",
            "Turkey attacked Syria on Monday. The dead were many. Turkish "
            "troops attacked Syria at dawn.");
  EXPECT_THAT(text.Events(), ElementsAre("ASSAULT TR>SY actual"));
  EXPECT_THAT(text.evidences(), ElementsAre(3));
}

TEST(EventFinder, HeadlineAndBodyAreOne) {
  Text text("France to host talks with Poland",
            "France will host talks with Poland on Friday, officials said.");
  EXPECT_THAT(text.Events(), ElementsAre("CONSULT FR>PL planned"));
  EXPECT_THAT(text.evidences(), ElementsAre(2));
}

TEST(EventFinder, APronounIsThePersonOfTheSentenceBefore) {
  Text text("", "Ann Lowell spoke in the hall. She accused Belarus of lies.");
  EXPECT_THAT(text.Events(), ElementsAre("ACCUSE Ann Lowell>BY actual"));
  // Who of the two is not said.
  Text two("", "Ann Lowell and Jan Nowak came. They accused Belarus of lies.");
  EXPECT_THAT(two.Events(), IsEmpty());
}

TEST(EventFinder, AMatchHasNoWar) {
  Text text("Argentina attack, Brazil defend",
            "Argentina attacked Brazil in the match. The coach praised the "
            "striker and the goalkeeper. The fans saw a goal in the league.");
  EXPECT_THAT(text.Events(), IsEmpty());
}

// Any words in any order must cost no more than in proportion.
TEST(EventFinder, TwiceTheTextTakesTwiceTheTime) {
  const std::string once =
      "Turkey attacked Syria and France, Poland, Iran and Iraq said that they "
      "would not meet talks between Russia and Belarus, who had accused. ";
  const auto seconds = [&](int times) {
    std::string body;
    for (int i = 0; i < times; ++i) body += once;
    Text text("", body);
    double least = 1e9;
    for (int i = 0; i < 5; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      text.Events();
      const std::chrono::duration<double> took =
          std::chrono::steady_clock::now() - begin;
      least = std::min(least, took.count());
    }
    return least;
  };
  const double single = seconds(200);
  EXPECT_LT(seconds(400), 4 * single);
}

}  // namespace
}  // namespace wiredesk
