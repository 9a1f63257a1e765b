// Where in a JSON document the articles are, told by what the objects hold and
// not by what they are called.
//
// An object looks like an article where it has a text (a headline, a body, a
// summary, or prose under any name) and something that goes with one: a time, an
// address, an author, a second text. Such objects are looked for below the root.
// Those of one list, or the children of one object ({"81": {…}, "82": {…}}),
// stand and fall together, and the group whose members have the most signs wins;
// others are read too where they have nearly as many. The root, or a box around
// a single object, is the article itself where its own signs are stronger than
// those of any list in it, so the comments and pictures of an article do not
// take its place. The known names of lists break ties, no more.
//
// Linear in the nodes of the document times the depth of boxes (kBoxesMax).
//
// Tested by json_shape_test.cc and json_article_test.cc.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_SHAPE_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_SHAPE_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/json/document.h"

namespace wiredesk {

// What an object's own members tell.
struct ArticleSigns {
  bool title = false;
  bool name = false;  // a weak title
  bool body = false;
  bool summary = false;
  bool message = false;  // text that may be an answer of the interface
  bool prose = false;    // sentences under a name that tells nothing
  bool time = false;
  bool url = false;
  bool person = false;
  bool failure = false;  // says that it is an error

  bool text() const { return title || body || summary || prose || message; }
  // Whether this is an article by itself.
  bool IsArticle() const;
  // The more, the likelier; 0..20.
  int strength() const;
};

ArticleSigns SignsOf(JsonValue object);

// The object itself, or the one in the box that it is, at any depth up to
// kBoxesMax; nowhere if neither looks like an article. `outer`, where given,
// gets the boxes, the outermost first.
JsonValue ArticleIn(JsonValue object, std::vector<JsonValue>* outer = nullptr);

// The same for a member of an object: nowhere too where its name says that it is
// a person, a publisher, a picture.
JsonValue ArticleAmong(JsonValue member);

// The lists of articles (arrays, or objects whose members are articles) below
// `object`, in order; empty where it is an article itself, or where there are
// none.
std::vector<JsonValue> FindArticleLists(JsonValue object);

// Whether a value has been left out by words instead of by null: "None",
// "[Removed]", "n/a".
bool IsPlaceholder(absl::string_view text);

// Whether `text` is sentences, not a name, a code or an address.
bool IsProse(absl::string_view text);

// Whether `text` is a JSON object or list by its first and last character.
bool IsJsonText(absl::string_view text);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_SHAPE_H_
