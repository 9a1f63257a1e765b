// Tells a ParseTrace where the fields of an object came from, as JSON Pointers
// (RFC 6901) below it, and what in it became no field.
//
// A pointer costs a walk from the object down, which only those pay who ask.
//
// Tested by parse_command_test.cc.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_TRACER_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_TRACER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/article_json/field_slots.h"
#include "stages/parse/draft/parse_trace.h"
#include "stages/parse/json/document.h"

namespace wiredesk {

// From `root` to a value in it; empty for the root itself and for what is not in
// it.
std::string PointerTo(JsonValue root, JsonValue value);

class JsonTracer {
 public:
  JsonTracer(JsonValue object, ParseTrace& trace)
      : object_(object), trace_(trace) {}

  // Nothing where the value is nowhere.
  void Field(absl::string_view field, JsonValue value);

  // All below the object that looks like news and stands in no field that was
  // told of; `counted` says what the metric counts.
  void Rest(const std::vector<FieldSlots::Unused>& counted);

 private:
  const JsonValue object_;
  ParseTrace& trace_;
  std::vector<JsonValue> used_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_TRACER_H_
