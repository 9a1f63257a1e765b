// A flag of a command, declared once beside the variable that receives it.
//
//   Flag("workers", &arguments->workers, "N", "Workers of the replay")
//       .Between(1, 256)
//
// From the declaration come: parsing with bounds, the line of the help page
// with the default, the shells' completions and the man page. What the variable
// holds when its flag is declared is the default.

#ifndef WIREDESK_PIPELINE_COMMAND_LINE_FLAG_H_
#define WIREDESK_PIPELINE_COMMAND_LINE_FLAG_H_

#include <functional>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace wiredesk {

struct Flag {
  std::string name;                  // "input": typed as --input
  char letter = '\0';                // 'i': typed as -i; 0: none
  std::string value;                 // "FILE" on the help page; empty: a switch
  std::string help;                  // one phrase without a full stop
  std::string default_text;          // shown on the help page; empty: not shown
  std::vector<std::string> choices;  // the only values; empty: any
  size_t values = 1;                 // how many values follow it at once
  bool files = false;                // its values are names of files
  bool repeated = false;
  bool required = false;
  bool plain = false;           // plain arguments are values of it, too
  bool value_optional = false;  // --name alone is --name=default_value
  std::string default_value;
  std::string needs;                  // a flag that must be there as well
  std::vector<std::string> excludes;  // flags that must not
  double min = std::numeric_limits<double>::lowest();
  double max = std::numeric_limits<double>::max();

  // Puts a value into the variable. InvalidArgument: it is not one.
  std::function<absl::Status(const Flag& flag, absl::string_view value)> set;

  // `to` is a bool (a switch), text, a list of texts (repeated), or a number;
  // it must outlive the flag.
  template <typename T>
  Flag(absl::string_view name, T* to, absl::string_view value,
       absl::string_view help);

  // Modifiers, for use in a declaration.
  Flag& Letter(char c);
  Flag& Help(absl::string_view text);
  Flag& Default(absl::string_view text);
  Flag& Choices(std::vector<std::string> names);
  Flag& Between(double least, double most);
  Flag& AtLeast(double least);
  Flag& Values(size_t count);
  Flag& Files();
  Flag& Required();
  Flag& Plain();
  Flag& ValueOptional(absl::string_view without);
  Flag& Needs(absl::string_view flag);
  Flag& Excludes(std::vector<std::string> flags);

  bool is_switch() const { return value.empty(); }

  // "--workers: "x" is not a whole number from 1 to 256".
  absl::Status NotANumber(absl::string_view text, bool whole) const;
};

namespace flag_internal {

template <typename T>
absl::Status SetNumber(const Flag& flag, absl::string_view text, T* to) {
  T parsed = 0;
  bool good = false;
  if constexpr (std::is_floating_point_v<T>) {
    good = absl::SimpleAtod(text, &parsed);
  } else {
    good = absl::SimpleAtoi(text, &parsed);
  }
  const auto number = static_cast<double>(parsed);
  if (!good || !(number >= flag.min && number <= flag.max)) {
    return flag.NotANumber(text, !std::is_floating_point_v<T>);
  }
  *to = parsed;
  return absl::OkStatus();
}

}  // namespace flag_internal

template <typename T>
Flag::Flag(absl::string_view name, T* to, absl::string_view value,
           absl::string_view help)
    : name(name), value(value), help(help) {
  if constexpr (std::is_same_v<T, bool>) {
    set = [to](const Flag& /*flag*/, absl::string_view /*value*/) {
      *to = true;
      return absl::OkStatus();
    };
  } else if constexpr (std::is_same_v<T, std::string>) {
    default_text = *to;
    set = [to](const Flag& /*flag*/, absl::string_view text) {
      *to = std::string(text);
      return absl::OkStatus();
    };
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    repeated = true;
    set = [to](const Flag& /*flag*/, absl::string_view text) {
      to->emplace_back(text);
      return absl::OkStatus();
    };
  } else {
    static_assert(std::is_arithmetic_v<T>,
                  "text, a list, a switch or a number");
    if (*to != std::numeric_limits<T>::max()) default_text = absl::StrCat(*to);
    if constexpr (std::is_unsigned_v<T>) min = 0;
    set = [to](const Flag& flag, absl::string_view text) {
      return flag_internal::SetNumber(flag, text, to);
    };
  }
}

// "-i, --input FILE", as it is typed.
std::string FlagUsage(const Flag& flag);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_LINE_FLAG_H_
