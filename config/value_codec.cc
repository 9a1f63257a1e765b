#include "config/value_codec.h"

#include <array>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "config/base/status_macros.h"
#include "config/diagnostics.h"

namespace wiredesk {
namespace {

struct ByteUnit {
  absl::string_view suffix;
  int64_t bytes;
};
// Largest first: BytesToText takes the first that divides.
constexpr std::array<ByteUnit, 4> kBinaryUnits = {{{"TiB", int64_t{1} << 40},
                                                   {"GiB", int64_t{1} << 30},
                                                   {"MiB", int64_t{1} << 20},
                                                   {"KiB", int64_t{1} << 10}}};
constexpr std::array<ByteUnit, 5> kDecimalUnits = {{{"TB", 1'000'000'000'000},
                                                    {"GB", 1'000'000'000},
                                                    {"MB", 1'000'000},
                                                    {"kB", 1'000},
                                                    {"KB", 1'000}}};

absl::Status Wrong(absl::string_view text, absl::string_view what,
                   absl::string_view remedy) {
  return absl::InvalidArgumentError(
      absl::StrCat("\"", text, "\" is ", what, "; ", remedy));
}

class BoolCodecImpl final : public ValueCodec {
 public:
  ValueType type() const override { return ValueType::kBool; }
  absl::Status Parse(absl::string_view text, void* value) const override {
    WD_ASSIGN_OR_RETURN(*static_cast<bool*>(value), BoolFromText(text));
    return absl::OkStatus();
  }
  std::string Format(const void* value) const override {
    return *static_cast<const bool*>(value) ? "true" : "false";
  }
};

class NumberCodecImpl final : public ValueCodec {
 public:
  ValueType type() const override { return ValueType::kNumber; }
  absl::Status Parse(absl::string_view text, void* value) const override {
    WD_ASSIGN_OR_RETURN(*static_cast<double*>(value), NumberFromText(text));
    return absl::OkStatus();
  }
  std::string Format(const void* value) const override {
    return NumberToText(*static_cast<const double*>(value));
  }
  std::optional<double> Measure(const void* value) const override {
    return *static_cast<const double*>(value);
  }
};

class StringCodecImpl final : public ValueCodec {
 public:
  ValueType type() const override { return ValueType::kString; }
  absl::Status Parse(absl::string_view text, void* value) const override {
    *static_cast<std::string*>(value) = std::string(text);
    return absl::OkStatus();
  }
  std::string Format(const void* value) const override {
    return *static_cast<const std::string*>(value);
  }
};

class DurationCodecImpl final : public ValueCodec {
 public:
  ValueType type() const override { return ValueType::kDuration; }
  absl::Status Parse(absl::string_view text, void* value) const override {
    WD_ASSIGN_OR_RETURN(*static_cast<absl::Duration*>(value),
                        DurationFromText(text));
    return absl::OkStatus();
  }
  std::string Format(const void* value) const override {
    return absl::FormatDuration(*static_cast<const absl::Duration*>(value));
  }
  std::optional<double> Measure(const void* value) const override {
    return absl::ToDoubleSeconds(*static_cast<const absl::Duration*>(value));
  }
};

class SecretCodecImpl final : public ValueCodec {
 public:
  ValueType type() const override { return ValueType::kSecret; }
  absl::Status Parse(absl::string_view text, void* value) const override {
    *static_cast<Secret*>(value) = Secret(std::string(text));
    return absl::OkStatus();
  }
  std::string Format(const void* value) const override {
    return static_cast<const Secret*>(value)->empty() ? "" : "[secret]";
  }
};

}  // namespace

absl::StatusOr<bool> BoolFromText(absl::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return Wrong(text, "neither true nor false", "write true or false");
}

absl::StatusOr<int64_t> IntegerFromText(absl::string_view text, int64_t min,
                                        int64_t max) {
  int64_t value = 0;
  if (text.empty() || absl::ascii_isspace(text.front()) ||
      absl::ascii_isspace(text.back()) || !absl::SimpleAtoi(text, &value)) {
    return Wrong(text, "not a whole number", "write it in digits, such as 16");
  }
  if (value < min || value > max) {
    return Wrong(text, "out of range",
                 absl::StrCat("must be ", min, " to ", max));
  }
  return value;
}

absl::StatusOr<double> NumberFromText(absl::string_view text) {
  double value = 0;
  if (!absl::SimpleAtod(text, &value) || !std::isfinite(value)) {
    return Wrong(text, "not a number", "write it such as 0.8");
  }
  return value;
}

absl::StatusOr<absl::Duration> DurationFromText(absl::string_view text) {
  absl::Duration value;
  double days = 0;
  absl::string_view number = text;
  if (absl::ConsumeSuffix(&number, "d") && absl::SimpleAtod(number, &days) &&
      std::isfinite(days)) {
    return absl::Hours(24) * days;
  }
  if (!absl::ParseDuration(text, &value) || value == absl::InfiniteDuration() ||
      value == -absl::InfiniteDuration()) {
    return Wrong(text, "not a duration",
                 "write it with a unit, such as 500ms, 30s, 5m, 72h or 7d");
  }
  return value;
}

absl::StatusOr<int64_t> BytesFromText(absl::string_view text) {
  absl::string_view number = text;
  int64_t unit = 1;
  const auto consume = [&](const auto& units) {
    for (const ByteUnit& candidate : units) {
      if (unit == 1 && absl::ConsumeSuffix(&number, candidate.suffix)) {
        unit = candidate.bytes;
      }
    }
  };
  consume(kBinaryUnits);
  consume(kDecimalUnits);
  int64_t count = 0;
  number = absl::StripAsciiWhitespace(number);
  if (!absl::SimpleAtoi(number, &count) || count < 0) {
    return Wrong(text, "not a size in bytes",
                 "write it such as 4096, 64KiB, 512MiB or 2GiB");
  }
  int64_t bytes = 0;
  if (__builtin_mul_overflow(count, unit, &bytes)) {
    return Wrong(text, "too large", "write it such as 512MiB");
  }
  return bytes;
}

std::string BytesToText(int64_t bytes) {
  for (const ByteUnit& unit : kBinaryUnits) {
    if (bytes != 0 && bytes % unit.bytes == 0) {
      return absl::StrCat(bytes / unit.bytes, unit.suffix);
    }
  }
  return absl::StrCat(bytes);
}

std::string NumberToText(double number) {
  constexpr double kExact = 9e15;
  if (std::floor(number) == number && std::abs(number) < kExact) {
    return absl::StrCat(static_cast<int64_t>(number));
  }
  return absl::StrCat(number);
}

absl::Status UnknownChoiceError(absl::string_view text,
                                const std::vector<std::string>& choices) {
  return Wrong(text, "unknown",
               absl::StrCat("must be ", absl::StrJoin(choices, ", ")));
}

std::shared_ptr<const ValueCodec> BoolCodec() {
  return std::make_shared<BoolCodecImpl>();
}
std::shared_ptr<const ValueCodec> NumberCodec() {
  return std::make_shared<NumberCodecImpl>();
}
std::shared_ptr<const ValueCodec> StringCodec() {
  return std::make_shared<StringCodecImpl>();
}
std::shared_ptr<const ValueCodec> DurationCodec() {
  return std::make_shared<DurationCodecImpl>();
}
std::shared_ptr<const ValueCodec> SecretCodec() {
  return std::make_shared<SecretCodecImpl>();
}

}  // namespace wiredesk
