// Goal: what is shown of an article is all of its text, each decision once with
// its reason, and nothing that a text could smuggle into a page. Method: one
// small explanation in every form.

#include "stages/tag/explain/explanation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "stages/tag/explain/page.h"
#include "stages/tag/explain/text.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Explanation Sample() {
  Explanation sample;
  sample.headline = "Rain in <Rome>";
  sample.body = "“Ann Lee & I go,” he said.\n\nRome waits.";
  sample.facts = {{"language", "en, 0.99"}};
  sample.decisions = {
      {DecisionKind::kPlace, "Rome", "geonames:1", "gazetteer", {"Rome, NY"}},
      {DecisionKind::kPerson, "Ann Lee", "person:ann-lee", "given-name", {}},
      {DecisionKind::kQuote, "he: Ann Lee & I go,", "direct", "the cue", {}},
      {DecisionKind::kSubject, "weather", "topic:weather", "terms", {}}};
  const auto mark = [&](absl::string_view text, uint32_t decision) {
    const bool headline = decision == 0 && sample.marks.empty();
    const std::string& in = headline ? sample.headline : sample.body;
    const auto at = static_cast<uint32_t>(in.find(std::string(text)));
    sample.marks.push_back(
        {headline, at, at + static_cast<uint32_t>(text.size()), decision});
  };
  mark("Rome", 0);
  mark("Rome", 0);
  mark("Ann Lee", 1);
  mark("Ann Lee & I go,", 2);
  mark("Ann", 3);
  return sample;
}

TEST(ExplanationTest, PiecesAreTheWholeTextWithTheNarrowestMark) {
  const Explanation sample = Sample();
  std::string text;
  std::vector<std::string> marked;
  for (const TextPiece& piece : CutIntoPieces(sample, /*headline=*/false)) {
    text += std::string(piece.text);
    EXPECT_NE(piece.decision, 3) << "a subject hides nothing else";
    if (piece.decision != 1) continue;
    marked.push_back(std::string(piece.text));
    EXPECT_EQ(piece.quote, 2);
  }
  EXPECT_EQ(text, sample.body);
  EXPECT_THAT(marked, ElementsAre("Ann", " Lee"));
}

TEST(ExplanationTest, MarkTextsAreGivenOnceAndNoMoreThanAskedFor) {
  const Explanation sample = Sample();
  EXPECT_THAT(MarkTexts(sample, 0, 5), ElementsAre("Rome"));
  EXPECT_THAT(MarkTexts(sample, 0, 0), ElementsAre());
}

TEST(ExplainTextTest, EachDecisionHasALineAndItsReason) {
  const std::string text = ExplainAsText(Sample(), /*color=*/false);
  EXPECT_THAT(text, HasSubstr("place        Rome  geonames:1  because "
                              "gazetteer; at \"Rome\"\n             rather "
                              "than Rome, NY\n"));
  EXPECT_THAT(text, HasSubstr("person       Ann Lee"));
  EXPECT_THAT(text, HasSubstr("language: en, 0.99\n"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(ExplainTextTest, ColourAddsNothingButColour) {
  std::string text = ExplainAsText(Sample(), /*color=*/true);
  EXPECT_THAT(text, HasSubstr("\x1b[32mRome\x1b[0m"));
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      i = text.find('m', i);
    } else {
      plain += text[i];
    }
  }
  EXPECT_EQ(plain, ExplainAsText(Sample(), /*color=*/false));
}

TEST(ExplainPageTest, TextIsEscapedAndNothingIsFetched) {
  const std::string page = ExplainAsPage(Sample());
  EXPECT_THAT(page, HasSubstr("Rain in &lt;"));
  EXPECT_THAT(page, HasSubstr("&amp; I go,"));
  EXPECT_THAT(page, Not(HasSubstr("<Rome>")));
  EXPECT_THAT(page, Not(HasSubstr("http")));
  EXPECT_THAT(page, HasSubstr("id=\"d0\""));
  EXPECT_THAT(page, HasSubstr("href=\"#d0\""));
}

TEST(ExplainPageTest, ParagraphsOfTheBodyAreParagraphs) {
  EXPECT_THAT(ExplainAsPage(Sample()), HasSubstr("he said.</p>\n<p>"));
}

}  // namespace
}  // namespace wiredesk
