// Options are declared once, next to the code that uses them.
//
//   struct DedupeOptions {
//     int64_t shingle_size = 5;  // initializers are the defaults
//     absl::Duration window = absl::Hours(72);
//   };
//
//   const Schema<DedupeOptions>& DedupeStage::GetSchema() {
//     static const auto* const schema = new Schema<DedupeOptions>(
//         Schema<DedupeOptions>("dedupe", "Finds what was seen before.")
//             .Field(&DedupeOptions::shingle_size, "shingle_size",
//                    "Words per shingle.", {1, 16})
//             .Field(&DedupeOptions::window, "window", "How long back."));
//     return *schema;
//   }
//
// From the declaration come: decoding with bounds and positions in every
// message, unknown keys refused with the nearest known one, the reference, the
// JSON Schema, the commented example and the print of what is in effect.
//
// Schema<Options> is a thin shell; the work is done on void* by SchemaCore, so
// that it is compiled once.

#ifndef WIREDESK_CONFIG_SCHEMA_H_
#define WIREDESK_CONFIG_SCHEMA_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "config/config_node.h"
#include "config/diagnostics.h"
#include "config/value_codec.h"

namespace wiredesk {

// What a value must meet besides its type. Bounds are inclusive; those of a
// duration are in seconds, of a size in bytes, of each item for a list.
struct FieldRules {
  std::optional<double> min = std::nullopt;
  std::optional<double> max = std::nullopt;
  bool required = false;
  std::string pattern = "";  // POSIX extended, must match the whole text
  std::vector<std::string> choices = {};
  std::string example = "";    // shown instead of the default, as YAML
  size_t items_max = 100'000;  // of a list or a pass-through map
};

class SchemaCore;

// One declared field, without its type. `member` leads from the options struct
// to the field.
struct FieldSpec {
  enum class Shape {
    kScalar,      // codec
    kScalarList,  // codec, list operations
    kRecord,      // record
    kRecordList,  // record, list operations
    kStringMap,   // std::map<std::string, std::string>
    kRaw          // ConfigNode: someone else decodes it
  };

  std::string key;
  std::string help;
  FieldRules rules;
  Shape shape = Shape::kScalar;
  std::function<void*(void*)> member;
  std::shared_ptr<const ValueCodec> codec;
  std::shared_ptr<const SchemaCore> record;
  std::function<void*(void*)> append;  // list -> its new last element
  std::function<void(void*)> clear;
  std::function<size_t(const void*)> size;
  std::function<const void*(const void*, size_t)> at;
  // For a kRaw field: the JSON Schema of what stands there, if known.
  std::string raw_json_schema;
};

// A schema without its type. Immutable once its Schema is built.
class SchemaCore {
 public:
  using ErasedCheck =
      std::function<void(const void*, const ConfigNode&, Diagnostics&)>;

  SchemaCore(absl::string_view name, absl::string_view help,
             std::function<std::shared_ptr<void>()> new_options);

  const std::string& name() const { return name_; }
  const std::string& help() const { return help_; }
  const std::vector<FieldSpec>& fields() const { return fields_; }
  // An options struct as its initializers leave it.
  const void* defaults() const { return defaults_.get(); }
  std::shared_ptr<void> NewOptions() const { return new_options_(); }

  // nullptr if there is none.
  const FieldSpec* FindField(absl::string_view key) const;
  std::vector<std::string> keys() const;

  // Sets in `*options` what `node` gives; null is an empty mapping. Goes on
  // after an error. `foreign_keys` leaves unknown keys alone: the top level of
  // a file is shared by several schemas.
  void Decode(const ConfigNode& node, bool foreign_keys, void* options,
              Diagnostics& diagnostics) const;

  void AddField(FieldSpec field);
  void AddCheck(ErasedCheck check);

 private:
  std::string name_;
  std::string help_;
  std::function<std::shared_ptr<void>()> new_options_;
  std::shared_ptr<const void> defaults_;
  std::vector<FieldSpec> fields_;
  std::vector<ErasedCheck> checks_;
};

// The value of `field` in `*options` as one line of text, secrets left out:
// equal for equal values, for the configuration's version.
std::string CanonicalValue(const FieldSpec& field, const void* options);

// `name` is the section's key in the configuration file.
template <typename Options>
class Schema {
 public:
  Schema(absl::string_view name, absl::string_view help)
      : core_(std::make_shared<SchemaCore>(
            name, help, [] { return std::make_shared<Options>(); })) {}

  // bool, any integer, double, std::string, absl::Duration, Secret, or
  // std::optional of one of these.
  template <typename T>
  Schema& Field(T Options::*member, absl::string_view key,
                absl::string_view help, FieldRules rules = {}) {
    FieldSpec field = Spec(member, key, help, std::move(rules));
    field.codec = CodecFor<T>();
    return Add(std::move(field));
  }

  // A list of scalars. A single value in the file is a list of one.
  template <typename T>
  Schema& Field(std::vector<T> Options::*member, absl::string_view key,
                absl::string_view help, FieldRules rules = {}) {
    FieldSpec field = Spec(member, key, help, std::move(rules));
    field.codec = CodecFor<T>();
    SetList<T>(FieldSpec::Shape::kScalarList, field);
    return Add(std::move(field));
  }

  // Keys and values that are passed through as they are.
  Schema& Field(std::map<std::string, std::string> Options::*member,
                absl::string_view key, absl::string_view help,
                FieldRules rules = {}) {
    FieldSpec field = Spec(member, key, help, std::move(rules));
    field.shape = FieldSpec::Shape::kStringMap;
    return Add(std::move(field));
  }

  // A part that its owner decodes, from the node that it finds there; null if
  // it is not given. `json_schema` describes it to editors.
  Schema& Field(ConfigNode Options::*member, absl::string_view key,
                absl::string_view help, FieldRules rules = {},
                absl::string_view json_schema = "") {
    FieldSpec field = Spec(member, key, help, std::move(rules));
    field.shape = FieldSpec::Shape::kRaw;
    field.raw_json_schema = std::string(json_schema);
    return Add(std::move(field));
  }

  // A size in bytes: 4096, 64KiB, 512MiB, 2GiB.
  template <typename T>
  Schema& Bytes(T Options::*member, absl::string_view key,
                absl::string_view help, FieldRules rules = {}) {
    FieldSpec field = Spec(member, key, help, std::move(rules));
    field.codec = std::make_shared<IntegerCodec<T>>(ValueType::kBytes);
    return Add(std::move(field));
  }

  // One of a few names: {{"exactly_once", Delivery::kExactlyOnce}, ...}.
  template <typename E>
  Schema& Choice(E Options::*member, absl::string_view key,
                 absl::string_view help,
                 std::vector<std::pair<std::string, E>> names,
                 FieldRules rules = {}) {
    FieldSpec field = Spec(member, key, help, std::move(rules));
    field.codec = std::make_shared<ChoiceCodec<E>>(std::move(names));
    return Add(std::move(field));
  }

  // A mapping with a schema of its own; its help is that schema's.
  template <typename Record>
  Schema& Nested(Record Options::*member, absl::string_view key,
                 const Schema<Record>& schema, FieldRules rules = {}) {
    FieldSpec field = Spec(member, key, schema.core().help(), std::move(rules));
    field.shape = FieldSpec::Shape::kRecord;
    field.record = schema.shared_core();
    return Add(std::move(field));
  }

  // A list of such mappings.
  template <typename Record>
  Schema& List(std::vector<Record> Options::*member, absl::string_view key,
               absl::string_view help, const Schema<Record>& schema,
               FieldRules rules = {}) {
    FieldSpec field = Spec(member, key, help, std::move(rules));
    field.record = schema.shared_core();
    SetList<Record>(FieldSpec::Shape::kRecordList, field);
    return Add(std::move(field));
  }

  // Looks at the decoded whole. Called even after errors in single fields, so
  // a value may be out of its bounds.
  Schema& Check(
      std::function<void(const Options&, const ConfigNode&, Diagnostics&)>
          check) {
    core_->AddCheck([check = std::move(check)](const void* options,
                                               const ConfigNode& node,
                                               Diagnostics& diagnostics) {
      check(*static_cast<const Options*>(options), node, diagnostics);
    });
    return *this;
  }

  // Options from `node`; nullptr or null gives the defaults, checked.
  Options Decode(const ConfigNode* node, Diagnostics& diagnostics) const {
    Options options;
    core_->Decode(node == nullptr ? ConfigNode() : *node, false, &options,
                  diagnostics);
    return options;
  }

  const SchemaCore& core() const { return *core_; }
  std::shared_ptr<const SchemaCore> shared_core() const { return core_; }

 private:
  template <typename T>
  static FieldSpec Spec(T Options::*member, absl::string_view key,
                        absl::string_view help, FieldRules rules) {
    FieldSpec field;
    field.key = std::string(key);
    field.help = std::string(help);
    field.rules = std::move(rules);
    field.member = [member](void* options) -> void* {
      return &(static_cast<Options*>(options)->*member);
    };
    return field;
  }

  template <typename T>
  static void SetList(FieldSpec::Shape shape, FieldSpec& field) {
    field.shape = shape;
    field.append = [](void* list) -> void* {
      return &static_cast<std::vector<T>*>(list)->emplace_back();
    };
    field.clear = [](void* list) {
      static_cast<std::vector<T>*>(list)->clear();
    };
    field.size = [](const void* list) {
      return static_cast<const std::vector<T>*>(list)->size();
    };
    field.at = [](const void* list, size_t i) -> const void* {
      return &(*static_cast<const std::vector<T>*>(list))[i];
    };
  }

  Schema& Add(FieldSpec field) {
    core_->AddField(std::move(field));
    return *this;
  }

  std::shared_ptr<SchemaCore> core_;
};

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_SCHEMA_H_
