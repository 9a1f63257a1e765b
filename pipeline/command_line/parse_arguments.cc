#include "pipeline/command_line/parse_arguments.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "config/base/nearest_name.h"
#include "config/base/status_macros.h"

namespace wiredesk {
namespace {

class Parser {
 public:
  Parser(const Command& command, absl::string_view words,
         absl::Span<const std::string> arguments)
      : command_(command),
        words_(words),
        arguments_(arguments),
        given_(command.flags.size(), 0) {}

  absl::StatusOr<ParsedArguments> Parse() {
    std::vector<absl::string_view> plain;
    bool only_plain = false;
    while (next_ < arguments_.size()) {
      const absl::string_view word = arguments_[next_++];
      // A single dash is standard input, a plain argument.
      if (only_plain || word.size() < 2 || word[0] != '-') {
        plain.push_back(word);
      } else if (word == "--") {
        only_plain = true;
      } else if (word == "--help" || word == "-h") {
        return ParsedArguments{.help = true};
      } else if (absl::StartsWith(word, "--")) {
        WD_RETURN_IF_ERROR(Long(word));
      } else {
        WD_RETURN_IF_ERROR(Short(word));
      }
    }
    for (const absl::string_view word : plain) {
      WD_RETURN_IF_ERROR(Plain(word));
    }
    WD_RETURN_IF_ERROR(CheckTogether());
    return ParsedArguments{};
  }

 private:
  // --name, --name=value
  absl::Status Long(absl::string_view word) {
    const size_t equals = word.find('=');
    const absl::string_view typed = word.substr(0, equals);
    const Flag* const flag = FindFlag(command_, typed);
    if (flag == nullptr) return Unknown(typed);
    if (equals == absl::string_view::npos) return Take(*flag);
    if (flag->is_switch()) {
      return Wrong(*flag, "is a switch and takes no value");
    }
    if (flag->values > 1) return Take(*flag);
    return Set(*flag, word.substr(equals + 1));
  }

  // -n, -nVALUE, -qj
  absl::Status Short(absl::string_view word) {
    for (size_t i = 1; i < word.size(); ++i) {
      const std::string typed = absl::StrCat("-", word.substr(i, 1));
      const Flag* const flag = FindFlag(command_, typed);
      if (flag == nullptr) return Unknown(i == 1 ? word : typed);
      if (flag->is_switch()) {
        WD_RETURN_IF_ERROR(Set(*flag, ""));
        continue;
      }
      if (i + 1 == word.size()) return Take(*flag);
      return Set(*flag, word.substr(i + 1));
    }
    return absl::OkStatus();
  }

  // The values of `flag` are the next words.
  absl::Status Take(const Flag& flag) {
    if (flag.is_switch()) return Set(flag, "");
    if (flag.value_optional) {
      const bool follows = next_ < arguments_.size() &&
                           !absl::StartsWith(arguments_[next_], "-");
      return Set(flag, follows ? arguments_[next_++] : flag.default_value);
    }
    WD_RETURN_IF_ERROR(Count(flag));
    for (size_t i = 0; i < flag.values; ++i) {
      // A value may begin with a dash (-1h), but is not another flag.
      if (next_ == arguments_.size() ||
          FindFlag(command_, arguments_[next_]) != nullptr) {
        return Wrong(flag, absl::StrCat("needs a value: ", FlagUsage(flag)));
      }
      WD_RETURN_IF_ERROR(SetValue(flag, arguments_[next_++]));
    }
    return absl::OkStatus();
  }

  absl::Status Set(const Flag& flag, absl::string_view value) {
    WD_RETURN_IF_ERROR(Count(flag));
    return SetValue(flag, value);
  }

  absl::Status Count(const Flag& flag) {
    int& given = given_[static_cast<size_t>(&flag - command_.flags.data())];
    if (++given > 1 && !flag.repeated && !flag.is_switch()) {
      return Wrong(flag, "is given twice; it takes one value");
    }
    return absl::OkStatus();
  }

  static absl::Status SetValue(const Flag& flag, absl::string_view value) {
    if (!flag.choices.empty() &&
        std::find(flag.choices.begin(), flag.choices.end(), value) ==
            flag.choices.end()) {
      const std::string* const near = NearestName(value, flag.choices);
      return Wrong(
          flag,
          absl::StrCat("\"", value, "\" is not valid; ",
                       near == nullptr
                           ? absl::StrCat("expected one of ",
                                          absl::StrJoin(flag.choices, ", "))
                           : absl::StrCat("did you mean \"", *near, "\"?")));
    }
    return flag.set(flag, value);
  }

  absl::Status Plain(absl::string_view word) {
    for (const Flag& flag : command_.flags) {
      const int given =
          given_[static_cast<size_t>(&flag - command_.flags.data())];
      if (flag.plain && (flag.repeated || given == 0)) return Set(flag, word);
    }
    return absl::InvalidArgumentError(
        absl::StrCat("\"", word, "\" is not expected here; see `wiredesk ",
                     words_, " --help`"));
  }

  absl::Status CheckTogether() const {
    for (size_t i = 0; i < given_.size(); ++i) {
      const Flag& flag = command_.flags[i];
      if (given_[i] == 0) {
        if (!flag.required) continue;
        return absl::InvalidArgumentError(absl::StrCat(
            flag.plain ? flag.value : absl::StrCat("--", flag.name),
            " is missing: ", flag.help));
      }
      if (!flag.needs.empty() && !IsGiven(flag.needs)) {
        return Wrong(flag, absl::StrCat("needs --", flag.needs));
      }
      for (const std::string& other : flag.excludes) {
        if (IsGiven(other)) {
          return Wrong(flag, absl::StrCat("does not go with --", other));
        }
      }
    }
    return absl::OkStatus();
  }

  bool IsGiven(absl::string_view name) const {
    for (size_t i = 0; i < given_.size(); ++i) {
      if (command_.flags[i].name == name) return given_[i] > 0;
    }
    return false;
  }

  static absl::Status Wrong(const Flag& flag, absl::string_view what) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--", flag.name, absl::StartsWith(what, "\"") ? ": " : " ", what));
  }

  absl::Status Unknown(absl::string_view typed) const {
    std::vector<std::string> names = {"--help"};
    for (const Flag& flag : command_.flags) {
      names.push_back(absl::StrCat("--", flag.name));
    }
    const std::string* const near = NearestName(typed, names);
    return absl::InvalidArgumentError(absl::StrCat(
        typed, " is not a flag of `wiredesk ", words_, "`; ",
        near != nullptr ? absl::StrCat("did you mean ", *near, "?")
                        : absl::StrCat("see `wiredesk ", words_, " --help`")));
  }

  const Command& command_;
  const absl::string_view words_;
  const absl::Span<const std::string> arguments_;
  size_t next_ = 0;
  std::vector<int> given_;  // how often, by the place of the flag
};

}  // namespace

absl::StatusOr<ParsedArguments> ParseArguments(
    const Command& command, absl::string_view words,
    absl::Span<const std::string> arguments) {
  return Parser(command, words, arguments).Parse();
}

}  // namespace wiredesk
