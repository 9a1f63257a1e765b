// Goal: no text costs the tag stage more than n log n. Method: hostile patterns
// as the body, and as the headline; the CPU time of the stage over three
// doublings. A small gazetteer does: what is asked of it is bounded by a word.

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "stages/tag/gazetteer/builder.h"
#include "stages/tag/gazetteer/sources.h"
#include "stages/tag/tag_stage.h"
#include "stages/text/words.h"
#include "tests/growth.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kTable =
    "#columns\tid\ttype\tname\taliases\tcountry\tadmin1\tlat\tlon\tpopulation\n"
    "geonames:1\tcity\tParis\t\tFR\tFR-75\t48.9\t2.4\t2100000\n"
    "geonames:2\tcity\tParis\t\tUS\tUS-TX\t33.7\t-95.6\t25000\n"
    "org:who\torganization\tWorld Health Organization\tWHO\n"
    "#lexicon\n"
    "given-name\tAnn John\n"
    "person-name\tLee Smith\n"
    "place-cue\tin\n"
    "function\tthe in a of on and she he\n";

// Text number i of a pattern.
struct Pattern {
  const char* name;
  std::function<std::string(int)> unit;
};

std::vector<Pattern> Patterns() {
  const auto always = [](std::string text) {
    return [text = std::move(text)](int) { return text; };
  };
  return {
      {"indicators that differ",
       [](int i) {
         return absl::StrFormat("%d.%d.%d.7 ", i >> 16 & 255, i >> 8 & 255,
                                i & 255);
       }},
      {"an indicator again and again", always("evil[.]bad[.]com ")},
      {"acronyms with their long forms",
       [](int i) { return absl::StrFormat("Aa%d Bb%d (AB) ", i, i); }},
      {"one acronym", always("World Health Organization (WHO) ")},
      {"capitals without end", always("Aa ")},
      {"names",
       [](int i) { return absl::StrFormat("John Smith%d said. ", i); }},
      {"places", always("Paris, Paris, ")},
      {"quotes that open", always("\xE2\x80\x9C"
                                  "Abc ")},
      {"quotations on one line",
       always("\xE2\x80\x9CIt is so,\xE2\x80\x9D he said. ")},
      {"quotations in paragraphs", always("\"Abc is here.\n\n")},
      {"cues", always("said ")},
      {"dates", always("5 May 2024 and Monday ")},
      {"numbers", always("1,000 million ")},
      {"digits", always("1")},
      {"hyphens", always("A-")},
      {"brackets", always("(")},
      {"lines", always("a\n\n")},
  };
}

class TagGrowthTest : public testing::Test {
 protected:
  TagGrowthTest() {
    GazetteerBuilder builder;
    SourceReport report;
    EXPECT_TRUE(AddGazetteerText("t.tsv", kTable, builder, report).ok());
    TagOptions options;
    options.gazetteer = testing::TempDir() + "/tag_growth.wdg";
    std::ofstream(options.gazetteer, std::ios::binary)
        << builder.Build().value();
    data_ = TagData::Open(options).value();
  }

  double GrowthOf(const Pattern& pattern, bool headline) {
    TagStage stage(data_);
    return GrowthPerDoubling(
        32 << 10,
        [&](size_t bytes) {
          std::string text = "x ";
          for (int i = 0; text.size() < bytes; ++i) text += pattern.unit(i);
          return text;
        },
        [&](const std::string& text) {
          Batch batch({});
          batch.Append({"raw", 0, 1}, "", "", {}, std::nullopt);
          EventRecord& record = batch.AddArticle(0, 0);
          std::vector<Word> words;
          SplitWords(text, words);
          if (headline) {
            record.article.headline = text;
            record.headline_words = words;
          } else {
            record.article.body = text;
            record.body_words = words;
          }
          ASSERT_TRUE(stage.Process(batch).ok());
        });
  }

  std::shared_ptr<const TagData> data_;
};

TEST_F(TagGrowthTest, NoBodyIsWorseThanNLogN) {
  for (const Pattern& pattern : Patterns()) {
    EXPECT_LE(GrowthOf(pattern, false), kGrowthMax) << pattern.name;
  }
}

TEST_F(TagGrowthTest, NoHeadlineIsWorseThanNLogN) {
  for (const Pattern& pattern : Patterns()) {
    EXPECT_LE(GrowthOf(pattern, true), kGrowthMax) << pattern.name;
  }
}

}  // namespace
}  // namespace wiredesk
