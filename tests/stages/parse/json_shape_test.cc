// Goal: articles are found and read in shapes of JSON that nobody told the
// program of, by the kind of what stands where. Method: one small document for
// each way in which interfaces, exports and queues wrap and name things, with
// invented text, and the fields that a reader would take from it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory_resource>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "stages/parse/article_json/article.h"
#include "stages/parse/article_json/key_words.h"
#include "tests/stages/parse/parse_fixture.h"

namespace wiredesk {
namespace {

constexpr char kTitle[] = "Ferry line to the islands is back";
constexpr char kText[] =
    "The ferry line to the islands runs again since Monday, the harbour office "
    "said. Tickets cost four crowns, and bicycles ride for nothing.";
constexpr char kLead[] = "Tickets cost four crowns, as before.";

// What a reader would take from a document; nullptr is not compared. Times are
// 2024-07-09T06:30:00Z where they are wanted.
struct Shape {
  const char* name;
  const char* json;  // $T, $B, $L stand for the three texts
  bool title = true;
  bool body = true;
  bool time = true;
  const char* url = nullptr;
  const char* byline = nullptr;  // joined by '|'
  const char* provider = nullptr;
  const char* guid = nullptr;
  const char* categories = nullptr;  // joined by '|'
  const char* updated = nullptr;
  size_t articles = 1;
};

constexpr char kUrl[] = "https://post.example/ferry";

const Shape kShapes[] = {
    {"a list under an unknown name",
     R"({"rc":0,"payloadOfDay":{"n":1,"zeilen":[{"title":"$T","text":"$B",
         "url":"https://post.example/ferry","date":"2024-07-09T06:30:00Z"}]}})",
     true, true, true, kUrl},
    {"names in Spanish",
     R"({"noticias":[{"titulo":"$T","texto":"$B","fecha":
         "2024-07-09T06:30:00Z","autor":"Ann Lee",
         "enlace":"https://post.example/ferry"}]})",
     true, true, true, kUrl, "Ann Lee"},
    {"names that tell nothing",
     R"([{"k1":"$T","k2":"$B","k3":"2024-07-09T06:30:00Z",
          "k4":"https://post.example/ferry"}])",
     true, true, true, kUrl},
    {"sections that hold lists",
     R"({"sections":[{"name":"Sea","articles":[{"title":"$T","body":"$B",
         "published":"2024-07-09T06:30:00Z"}]},{"name":"Land","articles":[
         {"title":"x","body":"$B","published":"2024-07-09T06:30:00Z"}]}]})",
     true, true, true, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, 2},
    {"edges and nodes",
     R"({"data":{"posts":{"edges":[{"node":{"title":"$T","content":"<p>$B</p>",
         "date":"2024-07-09T06:30:00Z","author":{"node":{"name":"Ann Lee"}},
         "uri":"/ferry","databaseId":7}}],"pageInfo":{"hasNextPage":false}}}})",
     true, true, true, nullptr, "Ann Lee"},
    {"articles by their ids",
     R"({"articles":{"a81":{"title":"$T","body":"$B","ts":1720506600},
         "a82":{"title":"x","body":"$B","ts":1720506601}}})",
     true, true, true, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, 2},
    {"a queue's batch of texts",
     R"({"Records":[{"messageId":"m1","body":"{\"title\":\"$T\",)"
     R"(\"body\":\"$B\",\"published_at\":\"2024-07-09T06:30:00Z\"}"}]})"},
    {"an envelope with a subject and a time of its own",
     R"({"Type":"Notification","Subject":"new article","Timestamp":
         "2024-07-12T00:00:00Z","Message":"{\"headline\":\"$T\",)"
     R"(\"body\":\"$B\",\"link\":\"https://post.example/ferry\",)"
     R"(\"pubDate\":\"2024-07-09T06:30:00Z\"}"})",
     true, true, true, kUrl},
    {"names that end in a type",
     R"({"response":{"docs":[{"id":"81","title_txt_en":["$T"],"body_txt_en":
         ["$B"],"published_dt":"2024-07-09T06:30:00Z","author_ss":["Ann Lee"],
         "url_s":"https://post.example/ferry"}]}})",
     true, true, true, kUrl, "Ann Lee", nullptr, "81"},
    {"each value in a box of its language",
     R"({"items":[{"fields":{"title":{"de":"$T"},"body":{"de":"$B"},
         "publishDate":{"de":"2024-07-09T06:30:00Z"},
         "canonicalUrl":{"de":"https://post.example/ferry"}}}]})",
     true, true, true, kUrl},
    {"paragraphs in a list of an unknown name",
     R"({"ding":{"titel":"$T","stuecke":["$B"],"datum":"2024-07-09T06:30:00Z",
         "autor":"Ann Lee"}})",
     true, true, true, nullptr, "Ann Lee"},
    {"blocks of an editor next to a lead",
     R"({"title":"$T","teaser":"$L","bausteine":[{"type":"paragraph","data":
         {"text":"$B"}},{"type":"image","data":{"caption":"A ship"}}],
         "date":"2024-07-09T06:30:00Z"})"},
    {"writers by their halves",
     R"({"stories":[{"story_id":81,"heading":"$T","copy":"$B","live_at":
         "2024-07-09T06:30:00Z","writers":[{"first":"Ann","last":"Lee"}]}]})",
     true, true, true, nullptr, "Ann Lee", nullptr, "81"},
    {"posts in a list that is named as a publisher is",
     R"({"feed":[{"post":{"author":{"handle":"ann.example","displayName":
         "Ann Lee"},"record":{"text":"$B","createdAt":"2024-07-09T06:30:00Z"},
         "indexedAt":"2024-07-12T00:00:00Z"}}]})",
     false, true, true, nullptr, "Ann Lee"},
    {"a push with base64",  // {"title":"Ferry line to the islands is back", …
     R"({"message":{"data":"eyJ0aXRsZSI6IkZlcnJ5IGxpbmUgdG8gdGhlIGlzbGFuZHMgaXMgYmFjayIsImRhdGUiOiIyMDI0LTA3LTA5VDA2OjMwOjAwWiJ9",
         "messageId":"1","publishTime":"2024-07-10T00:00:00Z"},
         "subscription":"s"})",
     true, false},
    {"a change of a database",
     R"({"payload":{"before":null,"after":{"id":5,"headline":"$T","body":"$B",
         "created":"2024-07-09T06:30:00Z"},"source":{"db":"cms","ts_ms":1},
         "op":"c","ts_ms":1720509999000}})",
     true, true, true, nullptr, nullptr, nullptr, "5"},
    {"typed values of a store",
     R"({"fields":{"title":{"stringValue":"$T"},"text":{"stringValue":"$B"},
         "published":{"timestampValue":"2024-07-09T06:30:00Z"}}})"},
    {"an export of a database",
     R"({"_id":{"$oid":"66a1"},"title":"$T","body":"$B",
         "date":{"$date":{"$numberLong":"1720506600000"}}})",
     true, true, true, nullptr, nullptr, nullptr, "66a1"},
    {"a feed as JSON of XML",
     R"({"rss":{"channel":{"title":"Post","link":"https://post.example/",
         "item":[{"title":"$T","link":"https://post.example/ferry",
         "dc:creator":"Ann Lee","content:encoded":"<p>$B</p>",
         "pubDate":"Tue, 09 Jul 2024 06:30:00 GMT",
         "guid":{"#text":"post-7","@isPermaLink":"false"}}]}}})",
     true, true, true, kUrl, "Ann Lee", nullptr, "post-7"},
    {"a reader of feeds",
     R"({"id":"feed/x","title":"Post","updated":1720509999000,"items":[{
         "id":"tag:1","title":"$T","published":1720506600000,
         "content":{"content":"<p>$B</p>","direction":"ltr"},
         "canonical":[{"href":"https://post.example/ferry","type":"text/html"}],
         "origin":{"title":"Harbour Post","htmlUrl":"https://post.example/"},
         "author":"Ann Lee"}]})",
     true, true, true, kUrl, "Ann Lee", "Harbour Post", "tag:1"},
    {"results of a search",
     R"({"_type":"News","value":[{"name":"$T","url":"https://post.example/ferry",
         "description":"$B","provider":[{"_type":"Organization",
         "name":"Harbour Post"}],"datePublished":"2024-07-09T06:30:00Z",
         "category":"Sea"}]})",
     true, true, true, kUrl, nullptr, "Harbour Post", nullptr, "Sea"},
    {"two summaries of which one is the text",
     R"({"articles":[{"title":"$T","excerpt":"$L","summary":"$B",
         "link":"https://post.example/ferry","published_date":
         "2024-07-09 06:30:00","clean_url":"post.example"}]})",
     true, true, true, kUrl},
    {"an editor's blocks",
     R"({"title":"$T","published_at":"2024-07-09T06:30:00Z","body":{"blocks":[
         {"type":"paragraph","data":{"text":"$B"}},
         {"type":"image","data":{"caption":"A ferry"}}]}})"},
    {"portable text",
     R"({"title":"$T","publishedAt":"2024-07-09T06:30:00Z","body":[
         {"_type":"block","children":[{"_type":"span","text":"$B"}]}]})"},
    {"rich text of a content service",
     R"({"items":[{"sys":{"id":"e1","createdAt":"2024-07-08T00:00:00Z"},
         "fields":{"title":"$T","publishDate":"2024-07-09T06:30:00Z","body":{
         "nodeType":"document","content":[{"nodeType":"paragraph","content":[
         {"nodeType":"text","value":"$B","marks":[]}]}]}}}]})",
     true, true, true, nullptr, nullptr, nullptr, "e1"},
    {"attributes with a body in forms",
     R"({"data":[{"type":"node--article","id":"u-1","attributes":{"title":"$T",
         "created":"2024-07-09T06:30:00Z","changed":"2024-07-09T07:00:00Z",
         "body":{"value":"<p>$B</p>","format":"full_html"}}}]})",
     true, true, true, nullptr, nullptr, nullptr, "u-1", nullptr,
     "2024-07-09T07:00:00Z"},
    {"an activity",
     R"({"@context":"https://www.w3.org/ns/activitystreams",
         "type":"OrderedCollection","orderedItems":[{"type":"Create",
         "published":"2024-07-09T06:30:00Z","object":{"type":"Article",
         "name":"$T","content":"<p>$B</p>","url":"https://post.example/ferry",
         "published":"2024-07-09T06:30:00Z","tag":[{"type":"Hashtag",
         "name":"#ferry"}]}}]})",
     true, true, true, kUrl, nullptr, nullptr, nullptr, "ferry"},
    {"a post of a network",
     R"({"data":[{"id":"9_7","message":"$B","created_time":
         "2024-07-09T06:30:00+0000","permalink_url":"https://post.example/ferry",
         "from":{"name":"Harbour Post","id":"9"}}]})",
     false, true, true, kUrl, "Harbour Post", nullptr, "9_7"},
    {"messages of a chat",
     R"({"ok":true,"messages":[{"type":"message","user":"U7","text":"$B",
         "ts":"1720506600.000200"}]})",
     false},
    {"an export of a channel",
     R"({"guild":{"id":"1","name":"G"},"channel":{"id":"2","name":"news"},
         "messages":[{"id":"3","timestamp":"2024-07-09T06:30:00Z",
         "content":"$B","author":{"id":"4","name":"harbour","nickname":
         "Harbour Post"}}]})",
     false, true, true, nullptr, "harbour", nullptr, "3"},
    {"an answer of a wall",
     R"({"response":{"count":1,"items":[{"id":44,"from_id":-2,
         "date":1720506600,"text":"$B"}]}})",
     false, true, true, nullptr, nullptr, nullptr, "44"},
    {"stories whose names begin alike",
     R"({"stories":[{"story_hash":"1:ab","story_title":"$T","story_content":
         "<p>$B</p>","story_permalink":"https://post.example/ferry",
         "story_date":"2024-07-09 06:30:00","story_authors":"Ann Lee",
         "story_tags":["sea"]}]})",
     true, true, true, kUrl, "Ann Lee", nullptr, nullptr, "sea"},
    {"an entry with its feed",
     R"({"total":1,"entries":[{"id":3,"title":"$T","url":
         "https://post.example/ferry","content":"<p>$B</p>",
         "published_at":"2024-07-09T06:30:00Z","author":"Ann Lee",
         "feed":{"title":"Harbour Post","site_url":"https://post.example/",
         "feed_url":"https://post.example/feed","category":{"title":"All"}}}]})",
     true, true, true, kUrl, "Ann Lee", "Harbour Post", "3"},
    {"short names of times",
     R"({"result":{"status":{"code":0},"data":[{"docid":"d1","title":"$T",
         "url":"https://post.example/ferry","intro":"$B","ctime":"1720506600",
         "mtime":"1720508400","media_name":"Harbour Post"}]}})",
     true, true, true, kUrl, nullptr, "Harbour Post", nullptr, nullptr,
     "2024-07-09T07:00:00Z"},
    {"an answer with everything in objects",
     R"({"data":[{"id":"DJ1","type":"articles","attributes":{"headline":{"main":
         {"text":"$T"}},"publication_datetime":"2024-07-09T06:30:00Z",
         "byline":{"text":"By Ann Lee"},"body":[{"type":"Paragraph","content":[
         {"text":"$B"}]}],"publisher":{"name":"Harbour Post"}}}]})",
     true, true, true, nullptr, "Ann Lee", "Harbour Post", "DJ1"},
    {"a script of a page",
     R"({"@context":"https://schema.org","@graph":[{"@type":"WebSite",
         "name":"Post","url":"https://post.example/"},{"@type":["NewsArticle"],
         "headline":"$T","articleBody":"$B","datePublished":
         "2024-07-09T06:30:00Z","author":{"@type":"Person","givenName":"Ann",
         "familyName":"Lee"},"mainEntityOfPage":"https://post.example/ferry"}]})",
     true, true, true, kUrl, "Ann Lee"},
    {"what stands in an embedded box, and a source with its authors",
     R"([{"title":{"rendered":"$T"},"content":{"rendered":"<p>$B</p>"},
         "date_gmt":"2024-07-09T06:30:00","author":3,"media":
         "https://post.example/i","_embedded":{"author":[{"id":3,"name":
         "Ann Lee"}],"wp:term":[[{"id":4,"name":"Sea","taxonomy":"category"}]]},
         "tags":["user/1/state/read"],"source":{"name":"Harbour Post",
         "authors":["Bob Ray"]}}])",
     true, true, true, nullptr, "Bob Ray", "Harbour Post", nullptr, "Sea"},
    {"a list and the tags, images and comments of an article",
     R"({"article":{"title":"$T","body":"$B","date":"2024-07-09T06:30:00Z",
         "images":[{"title":"A","url":"https://post.example/a.jpg"}],
         "comments":[{"author":"Bob","text":"$B","date":"2024-07-09"}],
         "tags":[{"name":"sea","url":"https://post.example/t"}],
         "moreLikeThis":[{"title":"x","url":"https://post.example/x"}]}})"},
};

class JsonShapeTest : public ParseFixture {
 protected:
  void Parse(absl::string_view text) { ParseWith(&ParseJson, text); }
};

TEST_F(JsonShapeTest, ReadsWhatAReaderWould) {
  for (const Shape& shape : kShapes) {
    SCOPED_TRACE(shape.name);
    Parse(absl::StrReplaceAll(shape.json,
                              {{"$T", kTitle}, {"$B", kText}, {"$L", kLead}}));
    EXPECT_EQ(drafts_.size(), shape.articles);
    if (drafts_.empty()) continue;
    const ArticleDraft& draft = drafts_[0];
    EXPECT_EQ(draft.headline, shape.title ? kTitle : "");
    if (shape.body) {
      EXPECT_EQ(draft.body, kText);
    }
    if (shape.time) {
      EXPECT_EQ(Iso(draft.published), "2024-07-09T06:30:00Z");
    }
    if (shape.url != nullptr) {
      EXPECT_EQ(draft.url.empty() ? draft.canonical_link : draft.url,
                shape.url);
    }
    if (shape.byline != nullptr) {
      EXPECT_EQ(absl::StrJoin(draft.byline, "|"), shape.byline);
    }
    if (shape.provider != nullptr) {
      EXPECT_EQ(draft.provider.name, shape.provider);
    }
    if (shape.guid != nullptr) {
      EXPECT_EQ(draft.guid, shape.guid);
    }
    if (shape.categories != nullptr) {
      EXPECT_EQ(absl::StrJoin(draft.categories, "|"), shape.categories);
    }
    if (shape.updated != nullptr) {
      EXPECT_EQ(Iso(draft.updated), shape.updated);
    }
  }
}

TEST_F(JsonShapeTest, WhatIsNoArticleIsNone) {
  for (const char* json :
       {R"({"status":"error","code":"keyInvalid","message":"Your key is not
           valid. Check it, or write to the people who gave it to you."})",
        R"({"sources":[{"id":"p","name":"Post","description":"News of the sea
           and of those who live by it, every day.","url":
           "https://post.example/","category":"general"}]})",
        R"({"status":"ok","totalResults":0,"articles":[]})",
        R"({"users":[{"id":"1","name":"Ann","description":"I write about the
           sea, and about boats, since nineteen ninety-nine.","created_at":
           "2020-01-01T00:00:00Z"}]})"}) {
    Parse(json);
    for (const ArticleDraft& draft : drafts_) {
      EXPECT_TRUE(draft.headline.empty() && draft.body.empty()) << json;
    }
  }
}

TEST_F(JsonShapeTest, TheTwinThatTellsItsZoneComesFirst) {
  Parse(R"({"title":"T","date":"2024-07-09T08:30:00","date_gmt":
      "2024-07-09T06:30:00","modified":"2024-07-09T09:00:00","modified_gmt":
      "2024-07-09T07:00:00"})");
  ASSERT_EQ(drafts_.size(), 1u);
  EXPECT_EQ(Iso(drafts_[0].published), "2024-07-09T06:30:00Z");
  EXPECT_EQ(Iso(drafts_[0].updated), "2024-07-09T07:00:00Z");
}

TEST_F(JsonShapeTest, AnAddressIsNoId) {
  Parse(R"([{"title":"T","url":"https://post.example/ferry?utm_source=x"},
      {"title":"T","link":"https://post.example/ferry"},
      {"title":"T","uri":"urn:post:7"}])");
  ASSERT_EQ(drafts_.size(), 3u);
  EXPECT_EQ(drafts_[0].guid, "");
  EXPECT_EQ(drafts_[1].guid, "");
  EXPECT_EQ(drafts_[2].guid, "urn:post:7");
}

TEST_F(JsonShapeTest, PlaceholdersAndCutMarksAreNoText) {
  Parse(R"-([{"title":"Ferry","description":"null","content":
      "The ferry is back. ... [1402 chars]","author":"None","id":0,
      "category":"n/a"},{"title":"Boat","text":"It is in the har… (+3 words)"}])-");
  ASSERT_EQ(drafts_.size(), 2u);
  EXPECT_EQ(drafts_[0].body, "The ferry is back.");
  EXPECT_EQ(drafts_[0].summary, "");
  EXPECT_TRUE(drafts_[0].byline.empty());
  EXPECT_EQ(drafts_[0].guid, "");
  EXPECT_TRUE(drafts_[0].categories.empty());
  EXPECT_EQ(drafts_[1].body, "It is in the har…");
}

struct KeyRow {
  const char* key;
  JsonField field;
};

TEST(KeyWordsTest, NamesAreReadByTheirWords) {
  const KeyRow rows[] = {
      {"published_utc", JsonField::kPublished},
      {"time_published", JsonField::kPublished},
      {"datePublish", JsonField::kPublished},
      {"first_publish_date", JsonField::kPublished},
      {"pubdate", JsonField::kPublished},
      {"versioncreated", JsonField::kUpdated},
      {"lastModifiedDate", JsonField::kUpdated},
      {"last_updated_at", JsonField::kUpdated},
      {"maintext", JsonField::kBody},
      {"body_html", JsonField::kBody},
      {"selftext", JsonField::kBody},
      {"description_text", JsonField::kSummary},
      {"subheadlines", JsonField::kSummary},
      {"webTitle", JsonField::kHeadline},
      {"article_title", JsonField::kHeadline},
      {"channelTitle", JsonField::kProvider},
      {"source_name", JsonField::kProvider},
      {"source_url", JsonField::kDomain},
      {"article_url", JsonField::kUrl},
      {"author_name", JsonField::kByline},
      {"article_id", JsonField::kGuid},
      {"sectionName", JsonField::kCategories},
      {"news_desk", JsonField::kCategories},
      {"sourcecountry", JsonField::kCountry},
      // Of something else, or of nothing that is read.
      {"author_id", JsonField::kCount},
      {"image_url", JsonField::kCount},
      {"indexedAt", JsonField::kCount},
      {"word_count", JsonField::kCount},
      {"channelId", JsonField::kCount},
      {"source_description", JsonField::kCount},
      {"isPublished", JsonField::kCount},
      {"readTime", JsonField::kCount},
      {"thumbnail_title", JsonField::kCount},
      {"pubDateTZ", JsonField::kCount},
      {"", JsonField::kCount},
      {"____", JsonField::kCount},
  };
  for (const KeyRow& row : rows) {
    EXPECT_EQ(RoleOfKey(row.key).field, row.field) << row.key;
  }
  EXPECT_EQ(RoleOfKey(std::string(100'000, 'a')).field, JsonField::kCount);
}

}  // namespace
}  // namespace wiredesk
