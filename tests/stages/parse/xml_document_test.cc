// Goal: what is not XML becomes XML with all of its text in its place, and what
// a document may cost is seen before it is read. Method: tables of small
// documents; the repair is checked by pugixml, which takes no ill-formed ones.

#include <gtest/gtest.h>

#include <optional>
#include <pugixml.hpp>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "stages/parse/xml/document.h"
#include "stages/parse/xml/repair.h"

namespace wiredesk {
namespace {

TEST(XmlRepairTest, MendsWhatFeedsGetWrong) {
  const struct {
    const char* broken;
    const char* mended;
  } cases[] = {
      {"<a>x < y</a>", "<a>x &lt; y</a>"},
      {"<a><b>x</a>", "<a><b>x</b></a>"},
      {"<a>x</b></a>", "<a>x</a>"},
      {"<a b=c d>x</a>", "<a b=\"c\" d=\"\">x</a>"},
      {"<a b='\"<'>x</a>", "<a b=\"&quot;&lt;\">x</a>"},
      {"<a>x", "<a>x</a>"},
      {"<rss><item>x<item>y</rss>", "<rss><item>x</item><item>y</item></rss>"},
      {"<a><!-- c --><?p?>x</a>", "<a>x</a>"},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(RepairXml(test.broken).xml, test.mended) << test.broken;
  }
}

TEST(XmlRepairTest, ACutItemIsTold) {
  EXPECT_TRUE(RepairXml("<rss><item>x</item><item>y").cut_item);
  EXPECT_FALSE(RepairXml("<rss><item>x</item>").cut_item);
}

TEST(XmlRepairTest, WhatComesOutIsWellFormedAndNotMuchLonger) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  const char* const pieces[] = {
      "<a>", "</a>", "<item>",    "</item>",       "<b c='d'>", "<b c=d/>",
      "<",   ">",    "&",         "&amp;",         "&#0;",      "text",
      "'",   "\"",   "<![CDATA[", "]]>",           "<!--",      "-->",
      "<?x", "?>",   "</",        "<a b=\"c<d\">", "=",         " "};
  for (int i = 0; i < 20000; ++i) {
    std::string xml = "<r>";
    for (uint32_t n = random() % 20; n > 0; --n) {
      xml += pieces[random() % std::size(pieces)];
    }
    const std::string mended = RepairXml(xml).xml;
    pugi::xml_document document;
    const pugi::xml_parse_result result = document.load_buffer(
        mended.data(), mended.size(), pugi::parse_default | pugi::parse_cdata);
    ASSERT_TRUE(result) << xml << "\n"
                        << mended << "\n"
                        << result.description();
    ASSERT_LE(mended.size(), 6 * xml.size() + 64) << xml;
  }
}

TEST(XmlDocumentTest, TextAndMarkupOfANode) {
  XmlDocument document;
  ASSERT_TRUE(document.Parse(
      "<r><t>one <b>two</b><![CDATA[ & three]]></t><u>single</u></r>"));
  EXPECT_EQ(document.fault(), "");
  std::string storage;
  EXPECT_EQ(XmlText(XmlChild(document.root(), "t"), storage),
            "one two & three");
  EXPECT_EQ(XmlText(XmlChild(document.root(), "u"), storage), "single");
  EXPECT_EQ(storage, "");
  std::string markup;
  AppendXmlMarkup(XmlChild(document.root(), "t"), markup);
  EXPECT_EQ(markup, "one <b>two</b> &amp; three");
}

TEST(XmlDocumentTest, AFaultIsToldWithItsPlace) {
  XmlDocument document;
  ASSERT_TRUE(document.Parse("<r><a>x</r>"));
  EXPECT_NE(document.fault().find("at byte "), std::string::npos);
  EXPECT_FALSE(document.Parse("no markup"));
}

TEST(XmlDocumentTest, ExcessIsSeenAtTheLimitsAndNotBefore) {
  ParseLimits limits;
  limits.depth_max = 4;
  limits.attributes_max = 2;
  const struct {
    const char* xml;
    std::optional<ParseReason> excess;
  } cases[] = {
      {"<a><b><c>x</c></b></a>", std::nullopt},
      {"<a><b><c><d>x</d></c></b></a>", ParseReason::kTooDeep},
      {"<a><b><c/></b><b><c><d/></c></b></a>", std::nullopt},
      {"<a><b><c/></b><b><c><d><e/></d></c></b></a>", ParseReason::kTooDeep},
      {"<a x='1' y='2'/>", std::nullopt},
      {"<a><b/><b x='1' y='2' z='3'/></a>", ParseReason::kTooMany},
  };
  for (const auto& test : cases) {
    XmlDocument document;
    ASSERT_TRUE(document.Parse(test.xml));
    EXPECT_EQ(XmlExcess(document.root(), limits), test.excess) << test.xml;
  }
}

}  // namespace
}  // namespace wiredesk
