#include "stages/tag/events/event_tables.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stages/tag/events/word_forms.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;

absl::StatusOr<std::shared_ptr<const EventTables>> Parse(std::string content) {
  const EventTableFile file = {"own.tsv", std::move(content)};
  return EventTables::Parse({&file, 1});
}

TEST(WordForms, OfVerbs) {
  struct {
    const char* verb;
    const char* third;
    const char* past;
    const char* ing;
  } const rows[] = {
      {"attack", "attacks", "attacked", "attacking"},
      {"stop", "stops", "stopped", "stopping"},
      {"accuse", "accuses", "accused", "accusing"},
      {"agree", "agrees", "agreed", "agreeing"},
      {"deny", "denies", "denied", "denying"},
      {"destroy", "destroys", "destroyed", "destroying"},
      {"clash", "clashes", "clashed", "clashing"},
      {"visit", "visits", "visited", "visiting"},
      {"expel", "expels", "expelled", "expelling"},
      {"kidnap", "kidnaps", "kidnapped", "kidnapping"},
      {"free", "frees", "freed", "freeing"},
  };
  for (const auto& row : rows) {
    const VerbForms forms = RegularVerbForms(row.verb);
    EXPECT_EQ(forms.third, row.third);
    EXPECT_EQ(forms.past, row.past);
    EXPECT_EQ(forms.ing, row.ing);
  }
}

TEST(WordForms, OfNouns) {
  EXPECT_EQ(PluralOf("soldier"), "soldiers");
  EXPECT_EQ(PluralOf("army"), "armies");
  EXPECT_EQ(PluralOf("ally"), "allies");
  EXPECT_EQ(PluralOf("boy"), "boys");
  EXPECT_EQ(PluralOf("policeman"), "policemen");
  EXPECT_EQ(PluralOf("coach"), "coaches");
}

TEST(EventTables, KnowsAVerbInAllItsForms) {
  const auto tables = Parse(
      "irregular\tstrike\tstruck struck\n"
      "verb\tstrike\tparty\tASSAULT\t-\t190\tsubject\tobject\n");
  ASSERT_TRUE(tables.ok()) << tables.status();
  const EventTables& known = **tables;
  const auto form = [&](const char* word) {
    const EventWord* found = known.Find(HashWord(word));
    return found == nullptr || found->verb == 0 ? 0 : found->forms;
  };
  EXPECT_EQ(form("strike"), kFormBase);
  EXPECT_EQ(form("strikes"), kFormThird);
  EXPECT_EQ(form("struck"), kFormPast | kFormParticiple);
  EXPECT_EQ(form("striking"), kFormIng);
  EXPECT_EQ(form("striked"), 0);
  const EventVerb& verb = known.verb(known.Find(HashWord("struck"))->verb);
  ASSERT_EQ(verb.last - verb.first, 1u);
  EXPECT_EQ(known.pattern(verb.first).event_class, "ASSAULT");
  EXPECT_TRUE(known.pattern(verb.first).party_object);
}

TEST(EventTables, TheFirstFileComesFirst) {
  const EventTableFile files[] = {
      {"own.tsv", "verb\tmeet\t-\tAID\t-\t070\tsubject\tobject\n"},
      {"verbs.tsv", "verb\tmeet\t-\tCONSULT\t-\t040\tsubject\tobject\n"}};
  const auto tables = EventTables::Parse(files);
  ASSERT_TRUE(tables.ok()) << tables.status();
  const EventTables& known = **tables;
  const EventWord* const word = known.Find(HashWord("meets"));
  ASSERT_NE(word, nullptr);
  const EventVerb& verb = known.verb(word->verb);
  EXPECT_EQ(known.pattern(verb.first).event_class, "AID");
  EXPECT_EQ(known.pattern(verb.first + 1).event_class, "CONSULT");
}

TEST(EventTables, SaysWhereALineIsWrong) {
  struct {
    const char* content;
    const char* message;
  } const rows[] = {
      {"set\ttalks\ttalk", "own.tsv:1: the name of a set begins with &"},
      {"# fine\n\nnothing\ta\tb", "own.tsv:3: \"nothing\" is not a kind"},
      {"party\tmilitary", "own.tsv:1: expected 3 cells"},
      {"verb\tmeet\t-\tCONSULT\t-\t040\tsubject", "own.tsv:1: a verb has 8"},
      {"verb\tmeet\t-\tTALK\t-\t040\tsubject\tobject", "not a PLOVER class"},
      {"verb\tmeet\t&none\tAID\t-\t040\tsubject\tobject", "no set \"&none\""},
      {"verb\tmeet\twith:*  to:*\tAID\t-\t040\tsubject\tobject",
       "one preposition at most"},
      {"verb\tmeet\tthrough-out:*\tAID\t-\t040\tsubject\tobject",
       "\"through-out\" is not a preposition"},
      {"verb\tmeet\t-\tAID\t-\t040\tsubjects\tobject",
       "\"subjects\" is not a place of a party"},
      {"verb\tmeet\t-\tAID\t-\t040\tsubject:tall\tobject",
       "\"tall\" is not a kind of party"},
      {"verb\ta b c\t-\tAID\t-\t040\tsubject\tobject", "is not a word"},
      {"context\tcooking\tpan", "\"cooking\" is not a context"},
      {"irregular\tgo\twent", "past and its participle"},
      {"organization\tigo\torg:x", "not the sector of a party line"},
      {"party\tmilitary\tcease-fire", "\"cease-fire\" is not one word"},
  };
  for (const auto& row : rows) {
    const auto tables = Parse(row.content);
    EXPECT_FALSE(tables.ok()) << row.content;
    EXPECT_THAT(std::string(tables.status().message()), HasSubstr(row.message));
  }
}

}  // namespace
}  // namespace wiredesk
