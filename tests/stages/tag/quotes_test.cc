// Goal: what somebody said is found with its speaker, and what only stands
// between marks is not. Method: small texts; mentions are given as the name
// rules would give them.

#include "stages/tag/quotes/quotes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stages/tag/marks/text_spots.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Person {
  absl::string_view name;
  Gender gender = Gender::kUnknown;
  absl::string_view full_name = "";
};

// "quotation|speaker's span|entity" of each; the entity is the person's number.
std::vector<std::string> Find(absl::string_view text,
                              const std::vector<Person>& persons) {
  std::vector<Word> words;
  SplitWords(text, words);
  std::vector<SpeakerMention> mentions;
  for (size_t at = 0; at < text.size(); ++at) {
    for (size_t i = 0; i < persons.size(); ++i) {
      if (text.substr(at, persons[i].name.size()) != persons[i].name) continue;
      SpeakerMention mention;
      mention.begin = static_cast<uint32_t>(at);
      mention.end = static_cast<uint32_t>(at + persons[i].name.size());
      mention.entity = static_cast<int32_t>(i);
      mention.is_person = true;
      mention.gender = persons[i].gender;
      mention.full_name =
          persons[i].full_name.empty() ? persons[i].name : persons[i].full_name;
      mentions.push_back(mention);
      break;
    }
  }
  std::vector<FoundQuote> quotes;
  TextSpots spots;
  FindSpots(text, words, spots);
  FindQuotes(text, words, spots, mentions, "en", quotes);
  std::vector<std::string> found;
  for (const auto& [quote, speaker] : quotes) {
    const Mention& at = quote.mention;
    found.push_back(absl::StrCat(text.substr(at.begin, at.end - at.begin), "|",
                                 quote.speaker_name, "|", speaker));
  }
  return found;
}

TEST(QuotesTest, CueBehindWithTheSubjectAfterIt) {
  EXPECT_THAT(Find("\"We are ready to go,\" said Ann Lee.", {{"Ann Lee"}}),
              ElementsAre("We are ready to go,|Ann Lee|0"));
}

TEST(QuotesTest, ANameIsBetterThanTheDescriptionBesideIt) {
  EXPECT_THAT(Find("\"We are ready to go,\" said the institute's Ann Lee.",
                   {{"Ann Lee"}}),
              ElementsAre("We are ready to go,|Ann Lee|0"));
  EXPECT_THAT(Find("\"We are ready to go,\" the mayor of Camana, Ann Lee, told "
                   "a local radio station.",
                   {{"Ann Lee"}}),
              ElementsAre("We are ready to go,|Ann Lee|0"));
  EXPECT_THAT(Find("\"We are ready to go,\" Bo Ray, who hired Ann Lee, said.",
                   {{"Ann Lee"}, {"Bo Ray"}}),
              ElementsAre("We are ready to go,|Bo Ray|1"));
}

TEST(QuotesTest, CueBeforeTheMarks) {
  EXPECT_THAT(Find("Ann Lee said: \"We are ready to go.\"", {{"Ann Lee"}}),
              ElementsAre("We are ready to go.|Ann Lee|0"));
}

TEST(QuotesTest, TheSecondPartGoesOnWithTheSpeaker) {
  EXPECT_THAT(
      Find("“We are ready,” said Ann Lee. “Nobody can stop us from it.”",
           {{"Ann Lee"}}),
      ElementsAre("We are ready,|Ann Lee|0",
                  "Nobody can stop us from it.|Ann Lee|0"));
}

TEST(QuotesTest, APronounIsThePersonWhoFits) {
  EXPECT_THAT(Find("Bob Roe met Ann Lee. “It was a good day,” he said.",
                   {{"Bob Roe", Gender::kMale}, {"Ann Lee", Gender::kFemale}}),
              ElementsAre("It was a good day,|he|0"));
}

TEST(QuotesTest, NamesTitlesAndRolesTellHeFromShe) {
  struct Case {
    absl::string_view before;  // the quotation, in which two people stand
    std::vector<Person> people;
    int he;  // the number of the person, or -1
    int she;
  };
  const Case kCases[] = {
      // given names
      {"Robert Roe met Susan Lee.", {{"Robert Roe"}, {"Susan Lee"}}, 0, 1},
      {"Susan Lee met Robert Roe.", {{"Robert Roe"}, {"Susan Lee"}}, 0, 1},
      {"Roe met Lee.",
       {{"Roe", Gender::kUnknown, "Robert Roe"},
        {"Lee", Gender::kUnknown, "Susan Lee"}},
       0,
       1},
      // titles
      {"Mr. Roe met Mrs. Lee.", {{"Roe"}, {"Lee"}}, 0, 1},
      {"Sir Roe met Lady Lee.", {{"Roe"}, {"Lee"}}, 0, 1},
      {"King Roe met Queen Lee.", {{"Roe"}, {"Lee"}}, 0, 1},
      // roles
      {"Spokesman Roe met spokeswoman Lee.", {{"Roe"}, {"Lee"}}, 0, 1},
      {"Roe met his wife Lee.", {{"Roe"}, {"Lee"}}, 0, 1},
      // a title says more than a name, and one mention is enough
      {"Ms. Robert Lee met Susan Ray.", {{"Robert Lee"}, {"Susan Ray"}}, -1, 0},
      {"Roe met Ms. Lee. Roe left Lee.", {{"Roe"}, {"Lee"}}, 0, 1},
      // nobody where two might be meant
      {"Morgan Roe met Taylor Lee.", {{"Morgan Roe"}, {"Taylor Lee"}}, -1, -1},
      {"Morgan Roe met Susan Lee.", {{"Morgan Roe"}, {"Susan Lee"}}, 0, 1},
      {"Susan Lee met Morgan Roe.", {{"Morgan Roe"}, {"Susan Lee"}}, 0, 1},
      // the only one there is, though nothing tells
      {"Morgan Roe came. Morgan Roe left.", {{"Morgan Roe"}}, 0, 0},
      // what contradicts itself
      {"Mr. Roe came. Mrs. Roe left.", {{"Roe"}}, 0, 0},
  };
  for (const Case& one : kCases) {
    for (const char* pronoun : {"he", "she"}) {
      const int entity = pronoun[0] == 'h' ? one.he : one.she;
      EXPECT_THAT(Find(absl::StrCat(one.before, " “It was a good day,” ",
                                    pronoun, " said."),
                       one.people),
                  ElementsAre(absl::StrCat("It was a good day,|", pronoun, "|",
                                           entity)))
          << one.before;
    }
  }
}

TEST(QuotesTest, WhoHasSpokenGoesOn) {
  EXPECT_THAT(
      Find("Morgan Roe met Taylor Lee. “We are ready to go,” Roe "
           "said. “It was a good day,” he said.",
           {{"Morgan Roe"}, {"Taylor Lee"}, {"Roe"}}),
      ElementsAre("We are ready to go,|Roe|2", "It was a good day,|he|2"));
}

TEST(QuotesTest, AFarPersonIsNoRival) {
  const std::string between(1200, 'x');
  EXPECT_THAT(Find(absl::StrCat("Morgan Roe came. ", between,
                                ". Taylor Lee left. “It was a good day,” she "
                                "said."),
                   {{"Morgan Roe"}, {"Taylor Lee"}}),
              ElementsAre("It was a good day,|she|1"));
}

TEST(QuotesTest, ATitleIsThePersonWhoBearsIt) {
  EXPECT_THAT(Find("President Roe met Ann Lee. “We are facing a new "
                   "challenge,” said the President.",
                   {{"Roe"}, {"Ann Lee"}}),
              ElementsAre("We are facing a new challenge,|the President|0"));
}

TEST(QuotesTest, AnUnclosedParagraphGoesOnInTheNext) {
  EXPECT_THAT(Find("“We tried all that we could,” said Ann Lee. “It was hard "
                   "to see.\n\n“Then we went home again.”",
                   {{"Ann Lee"}}),
              ElementsAre("We tried all that we could,|Ann Lee|0",
                          "It was hard to see.|Ann Lee|0",
                          "Then we went home again.|Ann Lee|0"));
}

TEST(QuotesTest, GuillemetsAndLowMarks) {
  EXPECT_THAT(Find("« Nous sommes prêts à partir », a-t-il dit.", {}).size(),
              1U);
  EXPECT_THAT(Find("„Wir sind alle bereit“, sagte Ann Lee.", {{"Ann Lee"}}),
              ElementsAre("Wir sind alle bereit|Ann Lee|0"));
}

TEST(QuotesTest, NestedMarksAreText) {
  EXPECT_THAT(
      Find("“He told me “go away” and left,” said Ann Lee.", {{"Ann Lee"}}),
      ElementsAre("He told me “go away” and left,|Ann Lee|0"));
}

TEST(QuotesTest, ScareQuotesAndTitlesAreNone) {
  EXPECT_THAT(Find("The exercise, referred to by local news outlets as the "
                   "“Allied Power Exercise” (APEX), is held in Seoul.",
                   {}),
              IsEmpty());
  EXPECT_THAT(Find("The so-called \"experts\" went home.", {}), IsEmpty());
  EXPECT_THAT(Find("Her novel titled \"The Long Way Home\" sold well.", {}),
              IsEmpty());
}

TEST(QuotesTest, WhatIsCalledSoIsNone) {
  EXPECT_THAT(Find("Many worry about what is now called \"fake quays.\"", {}),
              IsEmpty());
  EXPECT_THAT(Find("The bill is the \"Keep Your Quay Act of 2013\".", {}),
              IsEmpty());
}

TEST(QuotesTest, ATitleOfAWorkInASentenceIsNone) {
  EXPECT_THAT(Find("Ann Lee said on NBC's “The Harbour with Bo Hill” that "
                   "it was late.",
                   {{"Ann Lee"}}),
              IsEmpty());
  EXPECT_THAT(Find("On CNN's “State of the Union,” Ann Lee was asked twice.",
                   {{"Ann Lee"}}),
              IsEmpty());
}

struct SubjectCase {
  absl::string_view text;
  absl::string_view speaker;  // of the first quotation
};

// Nobody is known to the caller but Ann Lee.
TEST(QuotesTest, SubjectsOfAllKinds) {
  constexpr SubjectCase kCases[] = {
      {"“It is good news,” one user wrote.", "one user"},
      {"“It is good news,” Viguerie notes.", "Viguerie"},
      {"“It is good news,” said the 46-year-old.", "the 46-year-old"},
      {"“It is good news,” says a narrator.", "a narrator"},
      {"“It is good news,” said Carla Sanchez.", "Carla Sanchez"},
      {"“It is good news,” a spokesman for the ministry said.", "a spokesman"},
      {"“It is good news,” officials in the capital also said.", "officials"},
      {"“It is good news,” Ann Lee, who leads the party, said.", "Ann Lee"},
      {"“It is good news,” reacted Ann Lee.", "Ann Lee"},
      {"Ann Lee praised the court and said, “It is good news.”", "Ann Lee"},
      {"In a statement, Ann Lee praised the court, calling it “good news.”",
       "Ann Lee"},
      {"When asked, the mayor told reporters: “It is good news.”", "the mayor"},
      {"The editorial board wrote:\n\n“It is good news.”",
       "The editorial board"},
      {"Ann Lee: “It is good news.”", "Ann Lee"},
      {"“It is good news.” Ann Lee said.", "Ann Lee"},
      {"“It is good news,” according to a local official.",
       "a local official"}};
  for (const SubjectCase& one : kCases) {
    const std::vector<std::string> found = Find(one.text, {{"Ann Lee"}});
    ASSERT_EQ(found.size(), 1U) << one.text;
    EXPECT_EQ(found[0].substr(found[0].find('|') + 1,
                              found[0].rfind('|') - found[0].find('|') - 1),
              std::string(one.speaker))
        << one.text;
  }
}

// As agencies write it: titles with a stop, brackets, appositions, the verb
// before or behind. Ann Lee and Bob Roe are known to the caller.
TEST(QuotesTest, SubjectsAsNewsroomsWriteThem) {
  constexpr SubjectCase kCases[] = {
      // titles
      {"“It is good news,” said Sen. Ann Lee.", "Ann Lee"},
      {"“It is good news,” added former Rep. Ann Lee (D-Ohio).", "Ann Lee"},
      {"“It is good news,” said Sen. Carla Dorn, a lawyer.", "Carla Dorn"},
      {"“It is good news,” said the Rev. Carla Dorn.", "Carla Dorn"},
      {"“It is good news,” Gov. Ann Lee (Tex.) said on Monday.", "Ann Lee"},
      {"“It is good news,” said the senator. Ann Lee left.", "the senator"},
      // behind a stop inside of the marks
      {"“It is good news.” said Ann Lee, a baker.", "Ann Lee"},
      {"“It is good news.” Ann Lee told reporters in Camana on Friday.",
       "Ann Lee"},
      // roles and owners
      {"“It is good news,” said GOP campaign strategist Ann Lee.", "Ann Lee"},
      {"“It is good news,” Roe's former strategist said.",
       "Roe's former strategist"},
      {"“It is good news,” said Marcia “Cia” Prune.", "Marcia “Cia” Prune"},
      // appositions
      {"“It is good news,” Ann Lee, the attorney general of a state, one of "
       "those who sued, said at a meeting.",
       "Ann Lee"},
      {"Ann Lee, the foreign minister, a member of the council, said “it is "
       "good news.”",
       "Ann Lee"},
      {"Ann Lee (D-Md.), chair of the board, said that it was “good news.”",
       "Ann Lee"},
      // participles
      {"Bob Roe left early, Ann Lee said, adding, “It is good news.”",
       "Ann Lee"},
      {"The film has footage of Ann Lee asking, “Is it good news?”", "Ann Lee"},
      {"“We go,” said Ann Lee, urging those who wait to “wait longer.”",
       "Ann Lee"},
      // colons, dashes, sentences before
      {"Ann Lee, R-Ky., sent a blunt message to Bob Roe: “It is good news.”",
       "Ann Lee"},
      {"Rep. Ann Lee (R-S.C.):“It is good news.”", "Ann Lee"},
      {"“It is good news for us all.” -Commissioner Ann Lee", "Ann Lee"},
      {"“It is good news for us all.” ― Ann Lee\nThe end.", "Ann Lee"},
      {"Ann Lee told Bob Roe that she was glad. “It is good news.”", "Ann Lee"},
      {"But, said Ann Lee, “it is good news.”", "Ann Lee"},
      // nouns that look like verbs of speech
      {"“It is good news,” Ann Lee, one of the states' lawyers, said.",
       "Ann Lee"},
      {"At one point, Ann Lee told them: “It is good news.”", "Ann Lee"}};
  for (const SubjectCase& one : kCases) {
    const std::vector<std::string> found =
        Find(one.text, {{"Ann Lee"}, {"Bob Roe"}});
    ASSERT_FALSE(found.empty()) << one.text;
    const std::string& last = found.back();
    EXPECT_EQ(
        last.substr(last.find('|') + 1, last.rfind('|') - last.find('|') - 1),
        std::string(one.speaker))
        << one.text;
  }
}

TEST(QuotesTest, SubjectsBeyondTheClause) {
  constexpr SubjectCase kCases[] = {
      {"Ann Lee (Tex.) has said that she would “wait for good news.”",
       "Ann Lee"},
      {"Said Ann Lee: “It is good news.”", "Ann Lee"},
      {"As Ann Lee, the second in rank, put it: “It is good news.”", "Ann Lee"},
      {"It pleases adviser Ann Lee: “It is good news.”", "Ann Lee"},
      {"“It is good news,” said 9/11 widow Ann Lee.", "Ann Lee"},
      {"Ann Lee cheered them by warning that “it is no news.”", "Ann Lee"},
      {"Ann Lee, a lawyer who came late, said Bob Roe “had good news.”",
       "Ann Lee"},
      {"Even as Ann Lee claimed that “it is good news,” Bob Roe said no.",
       "Ann Lee"}};
  for (const SubjectCase& one : kCases) {
    const std::vector<std::string> found =
        Find(one.text, {{"Ann Lee"}, {"Bob Roe"}});
    ASSERT_FALSE(found.empty()) << one.text;
    EXPECT_EQ(found[0].substr(found[0].find('|') + 1,
                              found[0].rfind('|') - found[0].find('|') - 1),
              std::string(one.speaker))
        << one.text;
  }
}

TEST(QuotesTest, ATitleWithItsPlaceIsThePersonWhoBearsIt) {
  const std::vector<Person> people = {{"Ted Roe"}, {"Ann Lee"}};
  const std::string before =
      "Texas Sen. Ted Roe met Ohio Gov. Ann Lee. The rain fell on all of them "
      "there.\n\n";
  EXPECT_THAT(Find(before + "“I wait,” the Ohio governor said.", people),
              ElementsAre("I wait,|the Ohio governor|1"));
  EXPECT_THAT(Find(before + "“I wait,” the Texas senator said.", people),
              ElementsAre("I wait,|the Texas senator|0"));
  EXPECT_THAT(Find(before + "“I wait,” the Iowa senator said.", people),
              ElementsAre("I wait,|the Iowa senator|-1"));
  EXPECT_THAT(Find(before + "“I wait,” a Texas senator said.", people),
              ElementsAre("I wait,|a Texas senator|-1"));
}

TEST(QuotesTest, ANameBeforeANounIsNotThePerson) {
  EXPECT_THAT(
      Find("“It is good news,” the Lee administration said.", {{"Lee"}}),
      ElementsAre("It is good news,|the Lee administration|-1"));
  EXPECT_THAT(Find("When the Lee administration went, Roe stayed. “It is good "
                   "news,” he said.",
                   {{"Lee", Gender::kMale}, {"Roe", Gender::kMale}}),
              ElementsAre("It is good news,|he|1"));
}

TEST(QuotesTest, NoTitleAndNoFunctionWordSpeaks) {
  EXPECT_THAT(Find("“It is good news,” said Gov.", {}),
              ElementsAre("It is good news,||-1"));
  EXPECT_THAT(Find("It was one of the claims that “it is very good news.”", {}),
              ElementsAre("it is very good news.||-1"));
  EXPECT_THAT(Find("As for “Hamas,” Ann Lee found it odd.", {{"Ann Lee"}}),
              IsEmpty());
}

TEST(QuotesTest, WhatTellsNobodyIsNoSpeaker) {
  EXPECT_THAT(Find("“It is good news,” you said.", {}),
              ElementsAre("It is good news,||-1"));
  EXPECT_THAT(Find("“It is good news,” said one.", {}),
              ElementsAre("It is good news,||-1"));
  // "States" is not a verb.
  EXPECT_THAT(
      Find("In the United States “it is good news so far” is rare.", {}),
      ElementsAre("it is good news so far||-1"));
  EXPECT_THAT(Find("“It is good news,” a source close to the mayor said.", {}),
              ElementsAre("It is good news,|a source|-1"));
}

TEST(QuotesTest, APronounIsTheSubjectOfTheSentenceBefore) {
  const std::vector<Person> people = {{"John Hill", Gender::kMale},
                                      {"Peter Roe", Gender::kMale}};
  EXPECT_THAT(Find("John Hill said that Peter Roe might come. “I wait,” he "
                   "said.",
                   people),
              ElementsAre("I wait,|he|0"));
  EXPECT_THAT(
      Find("John Hill was late. Peter Roe came. “I wait,” he said.", people),
      ElementsAre("I wait,|he|1"));
  // Who is named in a quotation does not speak beside it.
  EXPECT_THAT(Find("John Hill came. “Peter Roe must wait,” he said.", people),
              ElementsAre("Peter Roe must wait,|he|0"));
}

TEST(QuotesTest, ASurnameIsThePersonOfTheRecord) {
  EXPECT_THAT(Find("“I wait,” King said.",
                   {{"Steve Hall", Gender::kUnknown, "Steve King"}}),
              ElementsAre("I wait,||-1"));
  EXPECT_THAT(Find("Steve King came. “I wait,” Marsh said. “I wait,” said King",
                   {{"Steve King"}}),
              ElementsAre("I wait,|Marsh|-1", "I wait,|King|0"));
  EXPECT_THAT(Find("Steve King met Ann King. “I wait,” said Mr. King",
                   {{"Steve King"}, {"Ann King"}}),
              ElementsAre("I wait,||-1"));
}

TEST(QuotesTest, SingleMarks) {
  EXPECT_THAT(Find("‘It is good news,’ said Ann Lee. ‘We waited,’ she added.",
                   {{"Ann Lee"}}),
              ElementsAre("It is good news,|Ann Lee|0", "We waited,|she|0"));
  EXPECT_THAT(Find("'It isn't good news,' said Ann Lee. 'We saw the captains' "
                   "wives,' she added.",
                   {{"Ann Lee"}}),
              ElementsAre("It isn't good news,|Ann Lee|0",
                          "We saw the captains' wives,|she|0"));
  EXPECT_THAT(Find("The fishermen’s boats weren’t safe in the ’90s, and the "
                   "captains’ wives knew it, Ann Lee said.",
                   {{"Ann Lee"}}),
              IsEmpty());
  EXPECT_THAT(Find("The captains' wives and the 'old' quay were gone.", {}),
              IsEmpty());
  EXPECT_THAT(Find("“He said ‘no’ to me,” Ann Lee said.", {{"Ann Lee"}}),
              ElementsAre("He said ‘no’ to me,|Ann Lee|0"));
}

TEST(QuotesTest, ANicknameIsNoQuotation) {
  EXPECT_THAT(Find("“We slept badly,” said a baker who goes by the name "
                   "“Crusty.”",
                   {}),
              ElementsAre("We slept badly,|a baker|-1"));
}

TEST(QuotesTest, AStopInsideTheMarksEndsTheAttribution) {
  EXPECT_THAT(Find("“It is good news.” Ann Lee said the mayor would resign.",
                   {{"Ann Lee"}}),
              ElementsAre("It is good news.||-1"));
}

TEST(QuotesTest, AParagraphOfWordsGoesOnWithTheSpeaker) {
  EXPECT_THAT(
      Find("“It is good news,” Ann Lee said.\n\n“We waited for it.”\n\nThe "
           "rain went on.\n\n“Nobody knows whose words these are.”",
           {{"Ann Lee"}}),
      ElementsAre("It is good news,|Ann Lee|0", "We waited for it.|Ann Lee|0",
                  "Nobody knows whose words these are.||-1"));
}

TEST(QuotesTest, MarksOfTwoKindsMakeAPair) {
  EXPECT_THAT(Find("\"It is good news,” she said. “We go.\"", {}).size(), 2U);
}

TEST(QuotesTest, MarksWithoutAnythingInThem) {
  EXPECT_THAT(Find("\"\" “” « »", {}), IsEmpty());
  EXPECT_THAT(Find("\"", {}), IsEmpty());
}

TEST(QuotesTest, MarksWithoutWordsAfterAQuotation) {
  EXPECT_THAT(Find("“It is good news,” Ann Lee said. “...”", {{"Ann Lee"}}),
              ElementsAre("It is good news,|Ann Lee|0"));
}

// Every index lies in the text, whatever stands next to what.
TEST(QuotesTest, AnyOrderOfWordsAndMarksIsRead) {
  constexpr unsigned kSeed = 11;
  std::mt19937 random(kSeed);
  constexpr absl::string_view kPieces[] = {
      "“", "”",  "\"",   "said", "Ann",    "Lee",  "the",  "of",  ",",
      ".", "\n", "\n\n", " ",    " ",      " ",    "-",    ":",   "he",
      "«", "»",  "...",  "also", "saying", "news", "told", "and", "according"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      text += std::string(kPieces[random() % std::size(kPieces)]);
      if (random() % 2 == 0) text += ' ';
    }
    SCOPED_TRACE(absl::StrCat("seed ", kSeed, ": ", text));
    for (const std::string& found : Find(text, {{"Ann"}, {"Lee"}})) {
      ASSERT_FALSE(found.empty());
    }
  }
}

}  // namespace
}  // namespace wiredesk
