// Goal: marked texts are read as they are meant, and wrong ones refused with
// their line.
// Method: short files of both formats; each name by its text and type.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stages/tag/training/corpus.h"

namespace wiredesk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<MarkedText> Read(absl::string_view content) {
  std::vector<MarkedText> texts;
  const absl::Status status = ParseNameCorpus("f", content, texts);
  EXPECT_TRUE(status.ok()) << status;
  return texts;
}

std::string Why(absl::string_view content) {
  std::vector<MarkedText> texts;
  return std::string(ParseNameCorpus("f", content, texts).message());
}

// "person: Ann Lee" for each name.
std::vector<std::string> NamesOf(const MarkedText& text) {
  std::vector<std::string> names;
  for (const MarkedName& name : text.names) {
    const std::string& whole = name.text == 0 ? text.headline : text.body;
    names.push_back(
        absl::StrCat(ModelTypeText(name.type), ": ",
                     whole.substr(name.begin, name.end - name.begin)));
  }
  return names;
}

TEST(NameCorpusTest, TokensBecomeRunningText) {
  const auto texts = Read(
      "\" O\nYes O\n, O\n\" O\nsaid O\nAnn B-PER\n's O\nman O\n( O\nhe O\n) "
      "O\n. O\n");
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_EQ(texts[0].body, "\"Yes,\" said Ann's man (he).");
}

TEST(NameCorpusTest, AFirstSentenceOfCapitalsIsTheHeadline) {
  const auto texts = Read(
      "-DOCSTART- -X- O\n\nNATO NNP I-ORG\nWINS NNP O\n\nIt PRP O\nwon VB "
      "O\n\nTwice RB O\n\n-DOCSTART- -X- O\n\nIn IN O\nUlm NNP I-LOC\n");
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_EQ(texts[0].headline, "NATO WINS");
  EXPECT_EQ(texts[0].body, "It won\nTwice");
  EXPECT_THAT(NamesOf(texts[0]), ElementsAre("organization: NATO"));
  EXPECT_EQ(texts[1].headline, "");
  EXPECT_THAT(NamesOf(texts[1]), ElementsAre("place: Ulm"));
}

TEST(NameCorpusTest, AllWaysToTagAreRead) {
  const char* const files[] = {
      // IOB1, BIO, BIOES, BILOU
      "Ann I-PER\nLee I-PER\nBo B-PER\nUlm I-LOC\nx O\n",
      "Ann B-PER\nLee I-PER\nBo B-PER\nUlm B-LOC\nx O\n",
      "Ann B-PER\nLee E-PER\nBo S-PER\nUlm S-LOC\nx O\n",
      "Ann B-PER\nLee L-PER\nBo U-PER\nUlm U-LOC\nx O\n",
  };
  for (const char* file : files) {
    EXPECT_THAT(NamesOf(Read(file)[0]),
                ElementsAre("person: Ann Lee", "person: Bo", "place: Ulm"))
        << file;
  }
}

TEST(NameCorpusTest, LabelsOfOtherCorporaAreKnown) {
  EXPECT_THAT(NamesOf(Read("# a comment\nAnn B-person\nGap B-ORGANIZATION\n"
                           "Ulm\tB-GPE\nCup B-MISC\n")[0]),
              ElementsAre("person: Ann", "organization: Gap", "place: Ulm",
                          "other: Cup"));
}

TEST(NameCorpusTest, WhereNothingPartsTextsManySentencesAreOne) {
  std::string file;
  for (int i = 0; i < 70; ++i) file += "word O\n\n";
  EXPECT_EQ(Read(file).size(), 3U);
}

TEST(NameCorpusTest, CorrectedRecordsAreRead) {
  const auto texts = Read(
      R"({"headline":"Ulm w\u00e4hlt","body":"\u00dcber Ann Lee in Ulm, )"
      R"(deutsch.","entities":[{"type":"person","mentions":[{"field":"body",)"
      R"("start":5,"end":12}]},{"type":"event","mentions":[{"field":"headline",)"
      R"("start":4,"end":9}]}],"places":[{"role":"mentioned","mentions":[)"
      R"({"field":"headline","start":0,"end":3},{"field":"body","start":16,)"
      R"("end":19}]},{"role":"demonym","mentions":[{"field":"body","start":21,)"
      R"("end":28}]}]})"
      "\n\n{}\n");
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_THAT(NamesOf(texts[0]),
              ElementsAre("person: Ann Lee", "other: w\xC3\xA4hlt",
                          "place: Ulm", "place: Ulm", "other: deutsch"));
}

TEST(NameCorpusTest, WrongLinesAreRefusedWithTheirNumber) {
  EXPECT_THAT(Why("Ann B-PER\nLee\n"), HasSubstr("f:2: a token without a tag"));
  EXPECT_THAT(Why("Ann O\nL\xE9 O\n"), HasSubstr("f:2: not valid UTF-8"));
  EXPECT_THAT(Why("Ann PER\n"), HasSubstr("f:1: no tag such as O or B-PER"));
  EXPECT_THAT(Why("Ann X-PER\n"), HasSubstr("f:1: no tag"));
  EXPECT_THAT(Why("{}\n{\n"), HasSubstr("f:2: no JSON object"));
  EXPECT_THAT(Why(R"({"body":"ab","entities":[{"mentions":[{"field":"body",)"
                  R"("start":1,"end":9}]}]})"),
              HasSubstr("f:1: a mention that is none of the text"));
  EXPECT_THAT(Why(R"({"body":"ab","entities":[{"mentions":[{"field":"body",)"
                  R"("start":1,"end":1}]}]})"),
              HasSubstr("none of the text"));
}

}  // namespace
}  // namespace wiredesk
