#include "pipeline/command_line/flag.h"

#include <utility>

namespace wiredesk {

Flag& Flag::Letter(char c) {
  letter = c;
  return *this;
}

Flag& Flag::Help(absl::string_view text) {
  help = std::string(text);
  return *this;
}

Flag& Flag::Default(absl::string_view text) {
  default_text = std::string(text);
  return *this;
}

Flag& Flag::Choices(std::vector<std::string> names) {
  choices = std::move(names);
  return *this;
}

Flag& Flag::Between(double least, double most) {
  min = least;
  max = most;
  return *this;
}

Flag& Flag::AtLeast(double least) {
  min = least;
  return *this;
}

Flag& Flag::Values(size_t count) {
  values = count;
  repeated = false;
  return *this;
}

Flag& Flag::Files() {
  files = true;
  return *this;
}

Flag& Flag::Required() {
  required = true;
  return *this;
}

Flag& Flag::Plain() {
  plain = true;
  return *this;
}

Flag& Flag::ValueOptional(absl::string_view without) {
  value_optional = true;
  default_value = std::string(without);
  return *this;
}

Flag& Flag::Needs(absl::string_view flag) {
  needs = std::string(flag);
  return *this;
}

Flag& Flag::Excludes(std::vector<std::string> flags) {
  excludes = std::move(flags);
  return *this;
}

absl::Status Flag::NotANumber(absl::string_view text, bool whole) const {
  const bool low = min != std::numeric_limits<double>::lowest();
  const bool high = max != std::numeric_limits<double>::max();
  std::string expected = whole ? "a whole number" : "a number";
  if (low && high) {
    absl::StrAppend(&expected, " from ", min, " to ", max);
  } else if (low) {
    absl::StrAppend(&expected, ", ", min, " or more");
  } else if (high) {
    absl::StrAppend(&expected, ", ", max, " or less");
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--", name, ": \"", text, "\" is not valid; expected ", expected));
}

std::string FlagUsage(const Flag& flag) {
  std::string text;
  if (flag.letter != '\0') text = {'-', flag.letter, ',', ' '};
  absl::StrAppend(&text, "--", flag.name);
  if (flag.is_switch()) return text;
  if (flag.value_optional) return absl::StrCat(text, "[=", flag.value, "]");
  return absl::StrCat(text, " ", flag.value);
}

}  // namespace wiredesk
