#include "stages/route/record_entry.h"

#include <cstdint>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "config/yaml.h"
#include "pipeline/record/record_description.h"
#include "pipeline/record/record_fields.h"
#include "stages/route/record_setter.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

// A list in an assignment has at most this many items.
constexpr uint32_t kIndexMax = 1000;
constexpr uint32_t kWordCountMax = 1'000'000;

absl::Span<const Word> Words(absl::string_view text, Batch& batch) {
  std::vector<Word> words;
  SplitWords(text, words);
  return batch.Copy(words);
}

// A body of this many words, without text.
absl::Span<const Word> BlankWords(const ConfigNode& node, Batch& batch,
                                  Diagnostics& diagnostics) {
  uint32_t count = 0;
  if (!absl::SimpleAtoi(node.scalar, &count) || count > kWordCountMax) {
    diagnostics.Error(
        node, absl::StrCat("\"", node.scalar, "\" does not fit"),
        absl::StrCat("write a whole number up to ", kWordCountMax));
    return {};
  }
  return batch.Copy(std::vector<Word>(count));
}

// The value of `key` in a mapping, made if it is not there.
ConfigNode& Child(ConfigNode& node, absl::string_view key) {
  node.kind = ConfigNode::Kind::kMapping;
  for (ConfigEntry& entry : node.entries) {
    if (entry.key == key) return entry.value;
  }
  node.entries.push_back({std::string(key), node.location, {}});
  return node.entries.back().value;
}

}  // namespace

absl::Status AddAssignment(absl::string_view assignment, ConfigNode& fields) {
  const auto wrong = [&](absl::string_view why) {
    return absl::InvalidArgumentError(
        absl::StrCat("--set ", assignment, ": ", why));
  };
  const size_t equals = assignment.find('=');
  if (equals == 0 || equals == absl::string_view::npos) {
    return wrong("write field=value, such as language=de");
  }
  Diagnostics diagnostics;
  std::optional<ConfigNode> value = ParseYaml(
      assignment.substr(equals + 1), "--set", {}, nullptr, diagnostics);
  if (!value.has_value()) return wrong(diagnostics.Text());
  ConfigNode* node = &fields;
  const TableDescription* object = &Describe();
  const std::vector<absl::string_view> parts =
      absl::StrSplit(assignment.substr(0, equals), '.');
  for (size_t i = 0; i < parts.size(); ++i) {
    absl::string_view name = parts[i];
    uint32_t index = 0;
    const size_t bracket = name.find('[');
    const bool indexed = bracket != absl::string_view::npos;
    if (indexed) {
      absl::string_view number = name.substr(bracket + 1);
      if (!absl::ConsumeSuffix(&number, "]") ||
          !absl::SimpleAtoi(number, &index) || index >= kIndexMax) {
        return wrong("an item is named by its number, as topics[0].slug");
      }
      name = name.substr(0, bracket);
    }
    node = &Child(*node, name);
    const FieldDescription* const field =
        object == nullptr ? nullptr : object->Find(name);
    object = field == nullptr ? nullptr : field->object;
    // The name of a list of objects means its first where it is not the end.
    const bool first = object != nullptr && field->list && i + 1 < parts.size();
    if (!indexed && !first) continue;
    node->kind = ConfigNode::Kind::kSequence;
    if (node->items.size() <= index) node->items.resize(index + 1);
    node = &node->items[index];
    if (node->is_null()) node->kind = ConfigNode::Kind::kMapping;
  }
  *node = *std::move(value);
  AssignPaths(fields);
  return absl::OkStatus();
}

void FillRecord(const ConfigNode& fields, Batch& batch, EventRecord& record,
                Diagnostics& diagnostics) {
  ConfigNode members = fields;
  const ConfigNode* const word_count = fields.Find("word_count");
  if (word_count != nullptr) {
    std::erase_if(members.entries, [](const ConfigEntry& entry) {
      return entry.key == "word_count";
    });
  }
  RecordSetter(batch, diagnostics)
      .Object<table::Of<EventRecord>>(members, record);
  if (fields.Find("headline") != nullptr) {
    record.headline_words = Words(record.article.headline, batch);
  }
  if (word_count != nullptr) {
    record.body_words = BlankWords(*word_count, batch, diagnostics);
  } else if (fields.Find("body") != nullptr) {
    record.body_words = Words(record.article.body, batch);
  }
}

}  // namespace wiredesk
