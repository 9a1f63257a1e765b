// Goal: articles come out of every JSON shape in which providers send them, and
// broken JSON never does. Method: one small document of our own per shape; the
// files of JSONTestSuite and the examples of ninjs where these are at hand.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory_resource>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "stages/parse/article_json/article.h"
#include "stages/parse/article_json/mapping.h"
#include "stages/parse/input_format.h"
#include "tests/stages/parse/parse_fixture.h"

namespace wiredesk {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class JsonArticleTest : public ParseFixture {
 protected:
  JsonArticleTest() {
    context_.arena = &arena_;
    context_.parse_nested = &ParseUnlessJson;
  }

  void Parse(absl::string_view text) { ParseWith(&ParseJson, text); }

  const ArticleDraft& Only(absl::string_view text) {
    static const ArticleDraft& none = *new ArticleDraft;
    Parse(text);
    EXPECT_THAT(drafts_, SizeIs(1)) << text;
    return drafts_.size() == 1 ? drafts_[0] : none;
  }
};

TEST_F(JsonArticleTest, ReadsAPlainArticle) {
  const ArticleDraft& draft = Only(R"({
    "id": 17, "url": "https://example.org/a?utm_source=x", "title": "A &amp; B",
    "source": "Example Wire", "published_at": "2024-07-11T09:30:00+09:00",
    "author": "By Ann Lee and Bob Ray", "body": "One.\n\nTwo.", "lang": null})");
  EXPECT_EQ(draft.guid, "17");
  EXPECT_EQ(draft.url, "https://example.org/a?utm_source=x");
  EXPECT_EQ(draft.headline, "A & B");
  EXPECT_EQ(draft.provider.name, "Example Wire");
  EXPECT_EQ(Iso(draft.published), "2024-07-11T00:30:00Z");
  EXPECT_THAT(draft.byline, ElementsAre("Ann Lee", "Bob Ray"));
  EXPECT_EQ(draft.body, "One.\n\nTwo.");
  EXPECT_EQ(draft.declared_language, "");
}

TEST_F(JsonArticleTest, NullMissingAndEmptyAreAlike) {
  for (const char* author : {"null", "\"\"", "[]", "[null]", "{}", "\"  \""}) {
    const ArticleDraft& draft =
        Only(std::string("{\"title\":\"T\",\"headline\":\"\",\"author\":") +
             author + "}");
    EXPECT_EQ(draft.headline, "T");
    EXPECT_TRUE(draft.byline.empty()) << author;
  }
}

TEST_F(JsonArticleTest, ReadsAuthorsInAnyForm) {
  for (const char* author :
       {R"("Ann Lee and Bob Ray")", R"(["Ann Lee", "Bob Ray"])",
        R"([{"name": "Ann Lee"}, {"name": "Bob Ray"}])",
        R"([{"firstname": "Ann", "lastname": "Lee"}, "By Bob Ray"])"}) {
    EXPECT_THAT(
        Only(std::string("{\"title\":\"T\",\"authors\":") + author + "}")
            .byline,
        ElementsAre("Ann Lee", "Bob Ray"))
        << author;
  }
}

TEST_F(JsonArticleTest, OpensEnvelopes) {
  const std::string one = R"({"title":"First"})";
  const std::string two = R"({"title":"Second"})";
  const std::string list = "[" + one + "," + two + "]";
  for (const std::string& text : {
           list,
           "{\"status\":\"ok\",\"articles\":" + list + "}",
           "{\"articles\":{\"results\":" + list + ",\"page\":1}}",
           "{\"response\":{\"docs\":" + list + "}}",
           "{\"hits\":{\"hits\":[{\"_source\":" + one +
               "},{\"_source\":" + two + "}]}}",
           "{\"data\":[{\"type\":\"a\",\"attributes\":" + one +
               "},{\"attributes\":" + two + "}]}",
           one + "\n" + two + "\n",
           "{\"specversion\":\"1.0\",\"type\":\"x\",\"source\":\"s\",\"id\":"
           "\"1\",\"data\":" +
               list + "}",
       }) {
    Parse(text);
    ASSERT_THAT(drafts_, SizeIs(2)) << text;
    EXPECT_EQ(drafts_[0].headline, "First");
    EXPECT_EQ(drafts_[1].headline, "Second");
    EXPECT_EQ(drafts_[1].item, 1u);
  }
}

TEST_F(JsonArticleTest, ReadsNinjs) {
  const ArticleDraft& old = Only(R"({"uri": "urn:x:1", "type": "text",
    "version": "3", "versioncreated": "2024-07-11T09:30:00Z",
    "pubstatus": "canceled", "urgency": 2, "headline": "Old shape",
    "body_xhtml": "<p>One.</p><p>Two.</p>", "byline": "Ann Lee",
    "person": [{"name": "Bob Ray", "scheme": "http://e.org/", "code": "b"}],
    "subject": [{"name": "Politics", "code": "11000000"}]})");
  EXPECT_EQ(old.guid, "urn:x:1");
  EXPECT_EQ(old.version, 3);
  EXPECT_EQ(old.status, PublicationStatus::kCanceled);
  EXPECT_EQ(old.urgency, 2);
  EXPECT_EQ(old.body, "One.\n\nTwo.");
  ASSERT_THAT(old.entities, SizeIs(1));
  EXPECT_EQ(old.entities[0].id, "http://e.org/b");
  ASSERT_THAT(old.topics, SizeIs(1));

  const ArticleDraft& now = Only(R"({"uri": "urn:x:2",
    "versionCreated": "2024-07-11T09:30:00Z", "pubStatus": "withheld",
    "embargoed": "2024-07-12T00:00:00Z",
    "headlines": [{"role": "short", "value": "Short"},
                  {"role": "main", "value": "Main"}],
    "bodies": [{"role": "text", "value": "Body."}],
    "descriptions": [{"role": "x", "value": "About."}]})");
  EXPECT_EQ(now.headline, "Main");
  EXPECT_EQ(now.body, "Body.");
  EXPECT_EQ(now.summary, "About.");
  EXPECT_EQ(now.status, PublicationStatus::kWithheld);
  EXPECT_EQ(Iso(now.embargoed), "2024-07-12T00:00:00Z");
}

TEST_F(JsonArticleTest, ReadsJsonFeed) {
  Parse(R"({"version": "https://jsonfeed.org/version/1.1", "title": "A feed",
    "language": "en", "items": [{"id": "1", "url": "https://e.org/1",
    "title": "T", "content_html": "<p>Hi <b>there</b></p>",
    "date_published": "2024-07-11T09:30:00Z", "authors": [{"name": "Ann Lee"}],
    "tags": ["a", "b"]}]})");
  ASSERT_THAT(drafts_, SizeIs(1));
  EXPECT_EQ(drafts_[0].provider.feed, "A feed");
  EXPECT_EQ(drafts_[0].body, "Hi there");
  EXPECT_EQ(drafts_[0].declared_language, "en");
  EXPECT_THAT(drafts_[0].categories, ElementsAre("a", "b"));
}

TEST_F(JsonArticleTest, AFeedOfAnyVersionIsKnownByItsAddresses) {
  Parse(R"({"version": "1.0", "title": "A feed",
    "feed_url": "https://e.org/feed.json", "items": [
    {"id": "1", "url": "https://e.org/1", "content_text": "Hi."}]})");
  ASSERT_THAT(drafts_, SizeIs(1));
  EXPECT_EQ(drafts_[0].guid, "1");
  EXPECT_EQ(drafts_[0].body, "Hi.");
  EXPECT_EQ(drafts_[0].provider.feed, "A feed");
  Parse(R"({"version": "https://jsonfeed.org/version/1", "title": "Empty",
    "home_page_url": "https://e.org/", "items": []})");
  EXPECT_THAT(drafts_, SizeIs(0));
}

TEST_F(JsonArticleTest, CloudEventsCarryAnyFormat) {
  const std::string head =
      R"({"specversion":"1.0","type":"x","source":"/s","id":"1",)";
  EXPECT_EQ(Only(head + R"("data":{"title":"as an object"}})").headline,
            "as an object");
  EXPECT_EQ(Only(head + R"("data":"{\"title\":\"as text\"}"})").headline,
            "as text");
  // {"title":"in base64"}
  EXPECT_EQ(
      Only(head + R"("data_base64":"eyJ0aXRsZSI6ImluIGJhc2U2NCJ9"})").headline,
      "in base64");
  EXPECT_EQ(Only(head + R"("datacontenttype":"application/rss+xml","data":
          "<rss><channel><item><title>a feed</title></item></channel></rss>"})")
                .headline,
            "a feed");
  Parse(head + R"("data":"{broken"})");
  EXPECT_THAT(drafts_, SizeIs(0));
  ASSERT_THAT(report_.errors, SizeIs(1));
  EXPECT_EQ(report_.errors[0].reason, ParseReason::kNotJson);
}

TEST_F(JsonArticleTest, ReadsTheShapesOfNewsInterfaces) {
  // NewsAPI.
  const ArticleDraft newsapi = Only(R"({"status":"ok","articles":[{
    "source":{"id":null,"name":"Example Wire"},"author":"","title":"T",
    "description":"About.","url":"https://e.org/1",
    "publishedAt":"2020-10-01T09:00:28Z","content":"Cut… [+7812 chars]"}]})");
  EXPECT_EQ(newsapi.provider.name, "Example Wire");
  EXPECT_EQ(newsapi.summary, "About.");
  EXPECT_EQ(Iso(newsapi.published), "2020-10-01T09:00:28Z");
  EXPECT_TRUE(newsapi.byline.empty());
  // Event Registry.
  const ArticleDraft registry = Only(R"({"articles":{"results":[{
    "uri":"75","lang":"eng","date":"2023-05-16","time":"10:35:00",
    "dateTime":"2023-05-16T10:35:00Z","dateTimePub":"2023-05-16T10:34:00Z",
    "url":"https://e.org/2","title":"T","body":"B",
    "source":{"uri":"e.org","title":"E"},"authors":[{"name":"Ann Lee"}],
    "concepts":[{"uri":"http://x/Acme","type":"org","label":{"eng":"Acme"}},
                {"uri":"http://x/Ulm","type":"loc","label":{"eng":"Ulm"}}]}]}})");
  EXPECT_EQ(registry.guid, "75");
  EXPECT_EQ(Iso(registry.published), "2023-05-16T10:34:00Z");
  EXPECT_THAT(registry.byline, ElementsAre("Ann Lee"));
  ASSERT_THAT(registry.entities, SizeIs(1));
  EXPECT_EQ(registry.entities[0].id, "http://x/Acme");
  ASSERT_THAT(registry.places, SizeIs(1));
  EXPECT_EQ(registry.places[0].name, "Ulm");
  // Webhose.
  const ArticleDraft webhose = Only(R"({"uuid":"c5","thread":{
    "site_full":"www.e.org","site":"e.org","country":"US",
    "url":"https://e.org/3","title":"Thread","published":
    "2015-09-22T21:23:00.000+03:00"},"author":"Ann Lee","title":"T",
    "text":"B","entities":{"persons":[{"name":"bob ray"}]}})");
  EXPECT_EQ(webhose.headline, "T");
  EXPECT_EQ(webhose.url, "https://e.org/3");
  EXPECT_EQ(webhose.provider.country, "US");
  EXPECT_EQ(Iso(webhose.published), "2015-09-22T18:23:00Z");
  // news-please.
  const ArticleDraft please = Only(R"({"authors":["Ann Lee"],
    "date_modify":"2025-07-01T00:30:27Z","date_publish":"2025-07-01 00:08:56",
    "description":"","language":"en","localpath":null,"maintext":"B",
    "source_domain":"www.e.org","title":"T","url":"https://e.org/4"})");
  EXPECT_EQ(please.body, "B");
  EXPECT_EQ(please.provider.domain, "e.org");
  EXPECT_EQ(Iso(please.published), "2025-07-01T00:08:56Z");
  EXPECT_FALSE(please.published->has_zone);
  // GDELT DOC.
  const ArticleDraft gdelt = Only(R"({"articles":[{"url":"https://e.org/5",
    "url_mobile":"","title":"T","seendate":"20250510T120000Z",
    "domain":"e.org","language":"English","sourcecountry":"Japan"}]})");
  EXPECT_EQ(Iso(gdelt.published), "2025-05-10T12:00:00Z");
  EXPECT_EQ(gdelt.provider.domain, "e.org");
}

TEST_F(JsonArticleTest, CutsTheMarkOfATruncatedText) {
  EXPECT_EQ(Only(R"({"title":"T","content":"Some text… [+7812 chars]"})").body,
            "Some text\xE2\x80\xA6");
}

TEST_F(JsonArticleTest, PlainTextKeepsItsAngleBrackets) {
  EXPECT_EQ(Only(R"({"title": "vector<int> & Co", "body":
                "$ cat <<EOF\nquay = 2\nEOF\n\nBy Ann <ann@example.org>."})")
                .body,
            "$ cat <<EOF\nquay = 2\nEOF\n\nBy Ann <ann@example.org>.");
  EXPECT_EQ(drafts_[0].headline, "vector<int> & Co");
  // References are decoded nevertheless.
  EXPECT_EQ(Only(R"({"title": "Map<A, B> &amp; Co", "body": "x"})").headline,
            "Map<A, B> & Co");
  EXPECT_EQ(Only(R"({"body": "<p>Two <b>ships</b><p>came"})").body,
            "Two ships\n\ncame");
}

TEST_F(JsonArticleTest, EscapesOfLongTextsAreReadWhereverTheyStand) {
  // One escape at each place of a piece that is copied sixteen bytes at once.
  for (int before = 0; before < 40; ++before) {
    for (int after = 0; after < 40; after += 3) {
      const std::string head(static_cast<size_t>(before), 'a');
      const std::string tail(static_cast<size_t>(after), 'z');
      Parse("{\"body\": \"x\\n" + head + "\\\"\\u00e9\\\\" + tail + "\"}");
      ASSERT_THAT(drafts_, SizeIs(1));
      EXPECT_EQ(drafts_[0].body, "x\n" + head + "\"\u00e9\\" + tail);
    }
  }
}

TEST_F(JsonArticleTest, ConfiguredPointersComeFirst) {
  const absl::StatusOr<JsonMapping> mapping =
      JsonMapping::Create({{"headline", "/doc/heads/1 /doc/alt"}});
  ASSERT_TRUE(mapping.ok());
  context_.json_mapping = &*mapping;
  EXPECT_EQ(
      Only(R"({"doc":{"heads":["zero","one"]},"title":"shipped"})").headline,
      "one");
  EXPECT_EQ(Only(R"({"doc":{"alt":"two"},"title":"shipped"})").headline, "two");
  EXPECT_EQ(Only(R"({"title":"shipped"})").headline, "shipped");
  EXPECT_FALSE(JsonMapping::Create({{"headlin", "/a"}}).ok());
  EXPECT_FALSE(JsonMapping::Create({{"headline", "a"}}).ok());
}

TEST_F(JsonArticleTest, MendsLoneSurrogatesAndBadBytes) {
  EXPECT_EQ(Only("{\"title\":\"cut \\ud83d\"}").headline, "cut \xEF\xBF\xBD");
  EXPECT_TRUE(report_.malformed);
  EXPECT_EQ(Only("{\"title\":\"whole \\ud83d\\ude00\"}").headline,
            "whole \xF0\x9F\x98\x80");
  EXPECT_FALSE(report_.malformed);
  EXPECT_EQ(Only("{\"title\":\"caf\xE9 noir\"}").headline, "caf\xC3\xA9 noir");
  EXPECT_TRUE(report_.malformed);
}

TEST_F(JsonArticleTest, ChecksValuesThatNobodyReads) {
  Parse(R"({"title":"T","unused":{"a":[1,2,tru]}})");
  EXPECT_TRUE(drafts_.empty());
  ASSERT_THAT(report_.errors, SizeIs(1));
  EXPECT_EQ(report_.errors[0].reason, ParseReason::kNotJson);
}

TEST_F(JsonArticleTest, BadLinesLeaveTheOthers) {
  Parse("{\"title\":\"a\"}\n{broken\n{\"title\":\"b\"}\n");
  EXPECT_THAT(drafts_, SizeIs(2));
  ASSERT_THAT(report_.errors, SizeIs(1));
  EXPECT_EQ(report_.errors[0].item, 1);
}

TEST_F(JsonArticleTest, KeepsItsLimits) {
  context_.limits.depth_max = 8;
  Parse("{\"title\":\"T\",\"x\":" + std::string(20, '[') +
        std::string(20, ']') + "}");
  ASSERT_THAT(report_.errors, SizeIs(1));
  EXPECT_EQ(report_.errors[0].reason, ParseReason::kTooDeep);
  context_.limits.articles_max = 2;
  Parse(R"([{"title":"a"},{"title":"b"},{"title":"c"}])");
  EXPECT_THAT(drafts_, SizeIs(2));
  EXPECT_EQ(report_.errors[0].reason, ParseReason::kTooMany);
  Parse("{\"title\":\"a\"}\nx\n{\"title\":\"c\"}\n");
  EXPECT_THAT(drafts_, SizeIs(1));
  ASSERT_THAT(report_.errors, SizeIs(2));
  EXPECT_EQ(report_.errors[1].reason, ParseReason::kTooMany);
  context_.limits.body_bytes_max = 8;
  EXPECT_EQ(Only(R"({"title":"a","body":"one two three"})").body, "one two");
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST_F(JsonArticleTest, JudgesJsonTestSuite) {
  const std::filesystem::path folder =
      std::string(WIREDESK_SOURCE_DIR) +
      "/../shared/data/feeds/jsontestsuite/test_parsing";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "not here";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    Parse(ReadFile(entry.path()));
    if (name[0] == 'n') {
      EXPECT_TRUE(drafts_.empty() && !report_.errors.empty()) << name;
    } else if (name[0] == 'y') {
      EXPECT_TRUE(report_.errors.empty()) << name;
    }
  }
}

TEST_F(JsonArticleTest, TakesTheExamplesOfNinjs) {
  const std::filesystem::path folder =
      std::string(WIREDESK_SOURCE_DIR) + "/../shared/data/feeds/ninjs";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "not here";
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    const std::string path = entry.path().string();
    if (entry.path().extension() != ".json") continue;
    Parse(ReadFile(entry.path()));
    if (!absl::StrContains(path, "should_pass")) continue;
    EXPECT_TRUE(report_.errors.empty()) << path;
    EXPECT_FALSE(drafts_.empty()) << path;
  }
}

}  // namespace
}  // namespace wiredesk
