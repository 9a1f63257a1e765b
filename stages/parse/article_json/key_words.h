// What the name of a member says about its value: "published_utc", "pubDate",
// "time_published" and "datePublish" all speak of when something was published.
//
// A name is split into words (at case, at what is neither letter nor digit, and
// where two known words are glued together, as in "maintext"), and each word has
// classes: a kind of thing ("title", "url", "date") or what qualifies it
// ("published", "image", "source"). The last word says what the value is, the
// others whose it is: source_url is an address of the source, url_source a
// source. Words, not names: a provider that nobody has heard of calls its fields
// by the same words. What no word tells is left to the value itself (shape.h).
//
// The answers for a few hundred names are kept for the thread, since names repeat
// with every article. Linear in the length of a name, which is cut at 64 bytes.
//
// Tested by json_shape_test.cc.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_KEY_WORDS_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_KEY_WORDS_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "stages/parse/article_json/mapping.h"

namespace wiredesk {

// What may stand below a member that is an object or a list.
enum class KeyScope : uint8_t {
  kUnknown,  // the name tells nothing
  kOpen,     // more fields of the same thing: "attributes", "fields"
  kField,    // the value of a field, in more detail
  kAside     // something else: images, comments, counts
};

struct KeyRole {
  JsonField field = JsonField::kCount;  // kCount: none
  JsonField also = JsonField::kCount;   // what it is where it cannot be `field`
  uint8_t rank = 0;                     // the least is the best
  uint8_t also_rank = 0;
  KeyScope scope = KeyScope::kUnknown;
  bool names_list = false;  // "articles", "items": a list of what is wanted
  bool weak = false;        // says little alone: "name", "message"
  bool own_name = false;    // "name", "original": how a person or a thing is
                            // called, in an object about it
  bool handle = false;      // "username": so only where there is no name
  bool given = false;       // a given name, a family name
  bool family = false;

  bool is(JsonField wanted) const { return field == wanted; }
};

// Of any name, by its words. Valid until the next call on this thread.
const KeyRole& RoleOfKey(absl::string_view key);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_KEY_WORDS_H_
