// Goal: unknown names of attackers and malicious programs are told by the words
// beside them, and nothing else is. Method: small texts; names are given as the
// name rules would give them.

#include "stages/tag/names/threats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Known {
  absl::string_view name;
  uint32_t entry = kNoEntry;
  NameKind kind = NameKind::kOrganization;
};

// "kind name count" of what is found in `body`.
std::vector<std::string> Find(absl::string_view body,
                              const std::vector<Known>& known = {}) {
  std::vector<Word> words;
  SplitWords(body, words);
  NameInput input;
  input.body = body;
  input.body_words = words;
  std::vector<std::vector<Mention>> spans(known.size());
  std::vector<FoundName> names;
  for (size_t i = 0; i < known.size(); ++i) {
    const size_t at = body.find(known[i].name);
    spans[i].push_back({Field::kBody, static_cast<uint32_t>(at),
                        static_cast<uint32_t>(at + known[i].name.size())});
    FoundName& name = names.emplace_back();
    name.name = known[i].name;
    name.entry = known[i].entry;
    name.kind = known[i].kind;
    name.via = "capitals";
    name.spans = spans[i];
  }
  ThreatNames threats;
  std::vector<std::string> found;
  for (const FoundName& name : threats.Refine(input, names)) {
    found.push_back(absl::StrCat(NameKindText(name.kind), " ", name.name, " ",
                                 name.spans.size()));
  }
  return found;
}

TEST(ThreatNamesTest, TheNounBehindTells) {
  EXPECT_THAT(Find("It spread the Okrum backdoor. Later Okrum was gone."),
              ElementsAre("malware Okrum 2"));
  EXPECT_THAT(Find("They saw the Zarvot banking trojan in May."),
              ElementsAre("malware Zarvot 1"));
  EXPECT_THAT(Find("Police arrested the Velmor ransomware gang."),
              ElementsAre("threat-actor Velmor 1"));
  EXPECT_THAT(Find("It is the work of the Grey Heron hacking group."),
              ElementsAre("threat-actor Grey Heron 1"));
}

TEST(ThreatNamesTest, TheNounBeforeTells) {
  EXPECT_THAT(Find("They used a backdoor called Okrum."),
              ElementsAre("malware Okrum 1"));
  EXPECT_THAT(Find("They used malware dubbed “Okrum” there."),
              ElementsAre("malware Okrum 1"));
  EXPECT_THAT(Find("It was a threat actor known as Velmor."),
              ElementsAre("threat-actor Velmor 1"));
}

TEST(ThreatNamesTest, NumbersOfThoseWhoCountAttackers) {
  EXPECT_THAT(Find("It is UNC2452 or TG-3390."),
              ElementsAre("threat-actor UNC2452 1", "threat-actor TG-3390 1"));
}

TEST(ThreatNamesTest, WhatIsNoNameStaysOut) {
  for (const absl::string_view text :
       {"New malware was found.", "The Android malware spread.",
        "Russian hackers did it.", "Several ransomware gangs left.",
        "A group called the police.", "Advanced Persistent Threat groups"}) {
    EXPECT_THAT(Find(text), IsEmpty()) << text;
  }
}

TEST(ThreatNamesTest, WhatTheGazetteerKnowsStays) {
  EXPECT_THAT(Find("The Acme malware team of Acme.", {{"Acme", 7}}),
              ElementsAre("organization Acme 1"));
  EXPECT_THAT(Find("The Okrum malware.", {{"Okrum"}}),
              ElementsAre("malware Okrum 1"));
}

TEST(ThreatNamesTest, TermsOfTheTradeAreNotOrganizations) {
  EXPECT_THAT(Find("It loads a DLL and checks the MD5 of it by HTTP.",
                   {{"DLL"}, {"MD5"}, {"HTTP"}}),
              IsEmpty());
  EXPECT_THAT(Find("It hit Tamboli.", {{"Tamboli"}}),
              ElementsAre("organization Tamboli 1"));
}

}  // namespace
}  // namespace wiredesk
