// How one value of an options struct is read from text and written as text.
//
// A ValueCodec works on a void* so that all of decoding, printing and the JSON
// Schema can be compiled once (schema.cc), not once per options struct. Only
// CodecFor<T>() is a template, and it does no more than choose one.

#ifndef WIREDESK_CONFIG_VALUE_CODEC_H_
#define WIREDESK_CONFIG_VALUE_CODEC_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "config/secret.h"

namespace wiredesk {

enum class ValueType {
  kBool,
  kInteger,
  kNumber,
  kString,
  kDuration,
  kBytes,
  kSecret,
  kChoice
};

class ValueCodec {
 public:
  virtual ~ValueCodec() = default;
  virtual ValueType type() const = 0;

  // Sets `*value`; on an error leaves it and says "what; remedy" without
  // naming the key.
  virtual absl::Status Parse(absl::string_view text, void* value) const = 0;

  // Text that Parse() understands; a secret as "[secret]".
  virtual std::string Format(const void* value) const = 0;

  // What bounds are compared with: the number, bytes, or seconds.
  virtual std::optional<double> Measure(const void* /*value*/) const {
    return std::nullopt;
  }

  // The names of a kChoice.
  virtual std::vector<std::string> choices() const { return {}; }
};

// Text to value, with messages fit for an operator.
absl::StatusOr<bool> BoolFromText(absl::string_view text);
absl::StatusOr<int64_t> IntegerFromText(absl::string_view text, int64_t min,
                                        int64_t max);
absl::StatusOr<double> NumberFromText(absl::string_view text);
absl::StatusOr<absl::Duration> DurationFromText(absl::string_view text);
absl::StatusOr<int64_t> BytesFromText(absl::string_view text);

// "512MiB", "1000"
std::string BytesToText(int64_t bytes);
std::string NumberToText(double number);

// An integer of any width, as a count or as a size in bytes.
template <typename T>
class IntegerCodec final : public ValueCodec {
 public:
  explicit IntegerCodec(ValueType type) : type_(type) {}
  ValueType type() const override { return type_; }
  absl::Status Parse(absl::string_view text, void* value) const override {
    const absl::StatusOr<int64_t> parsed =
        type_ == ValueType::kBytes ? BytesFromText(text)
                                   : IntegerFromText(text, Min(), Max());
    if (!parsed.ok()) return parsed.status();
    *static_cast<T*>(value) = static_cast<T>(*parsed);
    return absl::OkStatus();
  }
  std::string Format(const void* value) const override {
    const int64_t number = Get(value);
    return type_ == ValueType::kBytes ? BytesToText(number)
                                      : std::to_string(number);
  }
  std::optional<double> Measure(const void* value) const override {
    return static_cast<double>(Get(value));
  }

 private:
  static int64_t Get(const void* value) {
    return static_cast<int64_t>(*static_cast<const T*>(value));
  }
  static int64_t Min() {
    return std::is_signed_v<T>
               ? static_cast<int64_t>(std::numeric_limits<T>::min())
               : 0;
  }
  static int64_t Max() {
    if (sizeof(T) >= sizeof(int64_t)) {
      return std::numeric_limits<int64_t>::max();
    }
    return static_cast<int64_t>(std::numeric_limits<T>::max());
  }
  ValueType type_;
};

// One of a few names, as an enum.
template <typename E>
class ChoiceCodec final : public ValueCodec {
 public:
  explicit ChoiceCodec(std::vector<std::pair<std::string, E>> names)
      : names_(std::move(names)) {}
  ValueType type() const override { return ValueType::kChoice; }
  absl::Status Parse(absl::string_view text, void* value) const override {
    for (const auto& [name, choice] : names_) {
      if (name != text) continue;
      *static_cast<E*>(value) = choice;
      return absl::OkStatus();
    }
    return UnknownChoice(text);
  }
  std::string Format(const void* value) const override {
    for (const auto& [name, choice] : names_) {
      if (*static_cast<const E*>(value) == choice) return name;
    }
    return "";
  }
  std::vector<std::string> choices() const override {
    std::vector<std::string> names;
    for (const auto& [name, choice] : names_) names.push_back(name);
    return names;
  }

 private:
  absl::Status UnknownChoice(absl::string_view text) const;
  std::vector<std::pair<std::string, E>> names_;
};

absl::Status UnknownChoiceError(absl::string_view text,
                                const std::vector<std::string>& choices);
template <typename E>
absl::Status ChoiceCodec<E>::UnknownChoice(absl::string_view text) const {
  return UnknownChoiceError(text, choices());
}

// Codecs of single types, made once.
std::shared_ptr<const ValueCodec> BoolCodec();
std::shared_ptr<const ValueCodec> NumberCodec();
std::shared_ptr<const ValueCodec> StringCodec();
std::shared_ptr<const ValueCodec> DurationCodec();
std::shared_ptr<const ValueCodec> SecretCodec();

// An optional value: absent prints as "", and any text makes it present.
template <typename T>
class OptionalCodec final : public ValueCodec {
 public:
  explicit OptionalCodec(std::shared_ptr<const ValueCodec> inner)
      : inner_(std::move(inner)) {}
  ValueType type() const override { return inner_->type(); }
  absl::Status Parse(absl::string_view text, void* value) const override {
    T parsed{};
    absl::Status status = inner_->Parse(text, &parsed);
    if (status.ok()) *static_cast<std::optional<T>*>(value) = std::move(parsed);
    return status;
  }
  std::string Format(const void* value) const override {
    const auto& held = *static_cast<const std::optional<T>*>(value);
    return held.has_value() ? inner_->Format(&*held) : "";
  }
  std::optional<double> Measure(const void* value) const override {
    const auto& held = *static_cast<const std::optional<T>*>(value);
    if (!held.has_value()) return std::nullopt;
    return inner_->Measure(&*held);
  }

 private:
  std::shared_ptr<const ValueCodec> inner_;
};

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

// The codec for a member of type T. There is none for an enum: that needs its
// table of names (Schema::Choice).
template <typename T>
std::shared_ptr<const ValueCodec> CodecFor() {
  if constexpr (IsOptional<T>::value) {
    using Inner = typename T::value_type;
    return std::make_shared<OptionalCodec<Inner>>(CodecFor<Inner>());
  } else if constexpr (std::is_same_v<T, bool>) {
    return BoolCodec();
  } else if constexpr (std::is_integral_v<T>) {
    return std::make_shared<IntegerCodec<T>>(ValueType::kInteger);
  } else if constexpr (std::is_same_v<T, double>) {
    return NumberCodec();
  } else if constexpr (std::is_same_v<T, absl::Duration>) {
    return DurationCodec();
  } else if constexpr (std::is_same_v<T, Secret>) {
    return SecretCodec();
  } else {
    static_assert(std::is_same_v<T, std::string>, "a type without a codec");
    return StringCodec();
  }
}

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_VALUE_CODEC_H_
