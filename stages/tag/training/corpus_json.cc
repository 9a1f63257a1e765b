// Records of our own, one a line, as `wiredesk replay` writes them: what a
// person has corrected in `entities` and `places` is what shall be learned. Of
// a record are read `headline`, `body`, and of each thing its `type` and
// `mentions`, in code points; a place whose `role` is "demonym" is not a name
// of a place. Tested by name_corpus_test.cc.

#include <simdjson.h>

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "stages/tag/training/corpus.h"

namespace wiredesk {
namespace {

using Object = simdjson::dom::object;

absl::string_view Text(const Object& object, const char* key) {
  std::string_view value;
  if (object[key].get_string().get(value) != simdjson::SUCCESS) return {};
  return {value.data(), value.size()};
}

// The byte at which code point `index` begins, or npos behind the end.
size_t ByteOf(absl::string_view text, uint64_t index) {
  size_t at = 0;
  for (; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (begins && index-- == 0) return at;
  }
  return index == 0 ? at : absl::string_view::npos;
}

// False where a mention is none of the text.
bool AddMentions(const Object& thing, ModelType type, MarkedText& text) {
  simdjson::dom::array mentions;
  if (thing["mentions"].get_array().get(mentions) != simdjson::SUCCESS) {
    return true;
  }
  for (const simdjson::dom::element item : mentions) {
    Object mention;
    uint64_t start = 0;
    uint64_t end = 0;
    if (item.get_object().get(mention) != simdjson::SUCCESS ||
        mention["start"].get_uint64().get(start) != simdjson::SUCCESS ||
        mention["end"].get_uint64().get(end) != simdjson::SUCCESS) {
      return false;
    }
    const bool headline = Text(mention, "field") == "headline";
    const absl::string_view whole = headline ? text.headline : text.body;
    const size_t first = ByteOf(whole, start);
    const size_t last = ByteOf(whole, end);
    if (first >= last || last == absl::string_view::npos) return false;
    text.names.push_back({static_cast<uint8_t>(headline ? 0 : 1),
                          static_cast<uint32_t>(first),
                          static_cast<uint32_t>(last), type});
  }
  return true;
}

bool AddThings(const Object& record, const char* key, MarkedText& text) {
  simdjson::dom::array things;
  if (record[key].get_array().get(things) != simdjson::SUCCESS) return true;
  const bool places = absl::string_view(key) == "places";
  for (const simdjson::dom::element item : things) {
    Object thing;
    if (item.get_object().get(thing) != simdjson::SUCCESS) return false;
    const absl::string_view kind = Text(thing, "type");
    ModelType type = ModelType::kOther;
    if (places) {
      if (Text(thing, "role") != "demonym") type = ModelType::kPlace;
    } else if (kind == "person") {
      type = ModelType::kPerson;
    } else if (kind == "organization") {
      type = ModelType::kOrganization;
    } else if (kind == "facility") {
      type = ModelType::kPlace;
    }
    if (!AddMentions(thing, type, text)) return false;
  }
  return true;
}

}  // namespace

absl::Status ParseNameRecords(absl::string_view name, absl::string_view content,
                              std::vector<MarkedText>& texts) {
  simdjson::dom::parser parser;
  int64_t number = 0;
  for (const absl::string_view line : absl::StrSplit(content, '\n')) {
    ++number;
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    const auto wrong = [&](absl::string_view what) {
      return absl::InvalidArgumentError(
          absl::StrCat(name, ":", number, ": ", what));
    };
    Object record;
    if (parser.parse(line.data(), line.size()).get_object().get(record) !=
        simdjson::SUCCESS) {
      return wrong("no JSON object");
    }
    MarkedText& text = texts.emplace_back();
    text.headline = std::string(Text(record, "headline"));
    text.body = std::string(Text(record, "body"));
    if (!AddThings(record, "entities", text) ||
        !AddThings(record, "places", text)) {
      return wrong("a mention that is none of the text");
    }
  }
  return absl::OkStatus();
}

}  // namespace wiredesk
