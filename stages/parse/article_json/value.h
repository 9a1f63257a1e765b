// Reading JSON values leniently: a string, a number or an object in the place
// of the other, as providers mix them.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_VALUE_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_VALUE_H_

#include <initializer_list>
#include <optional>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"
#include "stages/parse/json/document.h"

namespace wiredesk {

// A string without white space around; empty for all else.
absl::string_view JsonText(JsonValue value);

// A string, or a whole number as it is written; empty for all else.
absl::string_view JsonScalar(JsonValue value);

// The first of these members that is a string with something in it.
absl::string_view JsonMember(JsonValue object,
                             std::initializer_list<absl::string_view> keys);

// The member of an object that has no other; nowhere for all else.
JsonValue OnlyMember(JsonValue object);

// What a value is called: a string, or an object with a "name", "label"
// ({"eng": ...} too), "title", "text" or "value".
absl::string_view JsonName(JsonValue value);

// A time: text, a number since 1970, or either in a box: {"$date": ...}. nullopt
// too for numbers that are no count of seconds: 2024, 0, -1.
std::optional<ParsedTime> JsonTime(JsonValue value, const absl::TimeZone& zone);

// Text that may hold markup, as plain text. Clean text without markup is what
// was given, all other is in the arena.
absl::string_view JsonLine(absl::string_view text, const ParseContext& context);
absl::string_view JsonParagraphs(absl::string_view text,
                                 const ParseContext& context);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_VALUE_H_
