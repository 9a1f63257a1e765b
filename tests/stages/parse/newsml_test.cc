// Goal: what agencies send in NewsML and NITF keeps its status, version,
// urgency, embargo, codes and text.
// Method: one small document for each format, field by field.

#include "stages/parse/newsml/newsml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory_resource>
#include <vector>

#include "stages/parse/newsml/nitf.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;

class NewsMlTest : public ::testing::Test {
 protected:
  std::vector<ArticleDraft> Read(ParseFunction parse, absl::string_view xml) {
    context_.arena = &arena_;
    std::vector<ArticleDraft> drafts;
    parse(xml, context_, drafts, report_);
    return drafts;
  }

  std::pmr::monotonic_buffer_resource arena_;
  ParseContext context_;
  ParseReport report_;
};

TEST_F(NewsMlTest, ReadsANewsItem) {
  const auto drafts = Read(ParseNewsMl, R"(<newsItem guid="urn:n:1" version="4"
    xml:lang="en"><itemMeta><provider literal="ACME"/>
    <versionCreated>2024-07-11T10:00:00Z</versionCreated>
    <firstCreated>2024-07-11T09:30:00Z</firstCreated>
    <embargoed>2024-07-12T00:00:00Z</embargoed>
    <pubStatus qcode="stat:withheld"/></itemMeta>
    <contentMeta><urgency>3</urgency><headline>Ferry runs</headline>
    <by>By Ann Lee</by><dateline>PORTSMOUTH, July 11</dateline>
    <subject qcode="medtop:04000000"><name>economy</name></subject>
    <subject type="cpnat:organisation" qcode="o:1"><name>Blue Line</name>
    </subject></contentMeta>
    <contentSet><inlineXML contenttype="application/xhtml+xml"><html><head>
    <title>t</title></head><body><p>One.</p><p>Two <b>and</b> <i>three</i>.</p>
    </body></html></inlineXML></contentSet></newsItem>)");
  ASSERT_EQ(drafts.size(), 1u);
  const ArticleDraft& draft = drafts[0];
  EXPECT_EQ(draft.guid, "urn:n:1");
  EXPECT_EQ(draft.version, 4);
  EXPECT_EQ(draft.provider.name, "ACME");
  EXPECT_EQ(draft.status, PublicationStatus::kWithheld);
  EXPECT_EQ(draft.urgency, 3);
  EXPECT_EQ(draft.headline, "Ferry runs");
  EXPECT_EQ(draft.dateline, "PORTSMOUTH, July 11");
  EXPECT_THAT(draft.byline, ElementsAre("Ann Lee"));
  EXPECT_EQ(draft.body, "One.\n\nTwo and three.");
  EXPECT_EQ(draft.declared_language, "en");
  ASSERT_TRUE(draft.published && draft.updated && draft.embargoed);
  EXPECT_EQ(draft.updated->instant - draft.published->instant,
            absl::Minutes(30));
  ASSERT_EQ(draft.topics.size(), 1u);
  EXPECT_EQ(draft.topics[0].id, "medtop:04000000");
  ASSERT_EQ(draft.entities.size(), 1u);
  EXPECT_EQ(draft.entities[0].name, "Blue Line");
}

TEST_F(NewsMlTest, AMessageGivesItsItemsAndAPackageNone) {
  const auto drafts = Read(ParseNewsMl, R"(<newsMessage><header/><itemSet>
    <packageItem guid="p"/><newsItem guid="a"/><newsItem guid="b"><itemMeta>
    <pubStatus qcode="stat:canceled"/></itemMeta></newsItem></itemSet>
    </newsMessage>)");
  ASSERT_EQ(drafts.size(), 2u);
  EXPECT_EQ(drafts[0].guid, "a");
  EXPECT_EQ(drafts[1].status, PublicationStatus::kCanceled);
  EXPECT_EQ(drafts[1].item, 1u);
}

TEST_F(NewsMlTest, ReadsNitf) {
  const auto drafts = Read(ParseNitf, R"(<nitf><head><tobject>
    <tobject.subject tobject.subject.refnum="04000000"/></tobject>
    <docdata management-status="canceled"><doc-id id-string="d1"/>
    <urgency ed-urg="2"/><date.issue norm="20240711T093000Z"/></docdata></head>
    <body><body.head><hedline><hl1>Ferry runs</hl1></hedline>
    <byline>By <person>Ann Lee</person></byline></body.head>
    <body.content><block><p>One.</p><media><media-caption>no</media-caption>
    </media><hl2>Sub</hl2><p>Two.</p></block></body.content></body></nitf>)");
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_EQ(drafts[0].guid, "d1");
  EXPECT_EQ(drafts[0].status, PublicationStatus::kCanceled);
  EXPECT_EQ(drafts[0].urgency, 2);
  EXPECT_EQ(drafts[0].headline, "Ferry runs");
  EXPECT_THAT(drafts[0].byline, ElementsAre("Ann Lee"));
  EXPECT_EQ(drafts[0].body, "One.\n\nSub\n\nTwo.");
  EXPECT_TRUE(drafts[0].published.has_value());
  ASSERT_EQ(drafts[0].topics.size(), 1u);
  EXPECT_EQ(drafts[0].topics[0].id, "subj:04000000");
}

TEST_F(NewsMlTest, ReadsNewsMl1) {
  const auto drafts = Read(ParseNewsMl, R"(<NewsML><NewsItem><Identification>
    <NewsIdentifier><ProviderId>example.org</ProviderId>
    <NewsItemId>7</NewsItemId><RevisionId>2</RevisionId></NewsIdentifier>
    </Identification><NewsManagement><FirstCreated>20240711T093000Z
    </FirstCreated><Status FormalName="Canceled"/></NewsManagement>
    <NewsComponent><NewsLines><HeadLine>Ferry runs</HeadLine></NewsLines>
    <NewsComponent><Role FormalName="StyleSheet"/><ContentItem><DataContent>p {}
    </DataContent></ContentItem></NewsComponent><NewsComponent>
    <Role FormalName="Main"/><ContentItem><DataContent><p>One.</p></DataContent>
    </ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>)");
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_EQ(drafts[0].guid, "example.org:7");
  EXPECT_EQ(drafts[0].version, 2);
  EXPECT_EQ(drafts[0].status, PublicationStatus::kCanceled);
  EXPECT_EQ(drafts[0].headline, "Ferry runs");
  EXPECT_EQ(drafts[0].body, "One.");
}

}  // namespace
}  // namespace wiredesk
