// Text that is not simply a string: a list of paragraphs, the blocks of an
// editor, text between links, several renditions of one text, a value in a box.
//
// Tested by json_shape_test.cc and json_article_test.cc.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_RICH_TEXT_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_RICH_TEXT_H_

#include <string>

#include "stages/parse/json/document.h"

namespace wiredesk {

// The string or number that a value is, or that is alone in it: the only element
// of a list, the only member of an object, the one of several renditions that is
// the main one ("rendered", "main", {"role": "main", "value": …}), the English
// one of several languages. Nowhere if there is none.
JsonValue ScalarOf(JsonValue value);

// All text below a value in its order, at most about `bytes_max`. Paragraphs are
// parted by an empty line; a list that mixes strings and objects is one
// paragraph. Pictures and their captions are left out.
std::string TextBelow(JsonValue value, size_t bytes_max);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_RICH_TEXT_H_
