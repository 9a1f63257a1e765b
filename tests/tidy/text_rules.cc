// The rules for what people read: documents, and the examples in headers.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/tidy/tidy_rules.h"

namespace wiredesk {
namespace {

constexpr size_t kColumnsMax = 100;
constexpr size_t kCellMax = 200;

// Characters of valid UTF-8.
size_t LengthOf(absl::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

size_t LongestCell(absl::string_view row) {
  size_t longest = 0;
  for (const absl::string_view cell : absl::StrSplit(row, " | ")) {
    longest = std::max(longest, LengthOf(cell));
  }
  return longest;
}

// The examples of a file under tests/examples/, by their header: the lines as a
// comment has them.
std::map<std::string, std::string> ExamplesOf(const TidyFile& file) {
  std::map<std::string, std::string> examples;
  std::string* example = nullptr;
  for (absl::string_view line : absl::StrSplit(file.text, '\n')) {
    if (absl::ConsumePrefix(&line, "// Example of ")) {
      example = &examples[std::string(line)];
    } else if (line == "// End") {
      example = nullptr;
    } else if (example != nullptr) {
      absl::StrAppend(example, line.empty() ? "//" : "//   ", line, "\n");
    }
  }
  return examples;
}

}  // namespace

std::vector<std::string> CheckProse(const TidyFile& file) {
  std::vector<std::string> found;
  if (!absl::EndsWith(file.path, ".md")) return found;
  int number = 0;
  bool code = false;
  for (const absl::string_view line : absl::StrSplit(file.text, '\n')) {
    ++number;
    const bool fence = absl::StartsWith(line, "```");
    code ^= fence;
    if (code || fence) continue;
    const bool row = absl::StartsWith(line, "|");
    if (row && LongestCell(line) > kCellMax) {
      found.push_back(absl::StrCat(file.path, ":", number, ": a cell of over ",
                                   kCellMax, " characters; say it below"));
    } else if (!row && LengthOf(line) > kColumnsMax) {
      found.push_back(absl::StrCat(file.path, ":", number, ": more than ",
                                   kColumnsMax, " columns"));
    }
  }
  return found;
}

std::vector<std::string> CheckExamples(const std::vector<TidyFile>& files) {
  std::vector<std::string> found;
  std::map<std::string, int> held;  // headers, by how many examples are theirs
  for (const TidyFile& file : files) {
    if (!absl::StartsWith(file.path, "tests/examples/")) continue;
    for (const auto& [header, example] : ExamplesOf(file)) {
      const std::string comment = absl::StrCat("// Example, compiled in ",
                                               file.path, ":\n//\n", example);
      const auto shown =
          std::find_if(files.begin(), files.end(), [&](const TidyFile& one) {
            return one.path == header && absl::StrContains(one.text, comment);
          });
      ++held[header];
      if (shown == files.end()) {
        found.push_back(absl::StrCat(
            header, ": does not show its example as it is in ", file.path));
      }
    }
  }
  for (const TidyFile& file : files) {
    if (absl::EndsWith(file.path, ".h") && held.count(file.path) == 0 &&
        absl::StrContains(file.text, "// Example, compiled in ")) {
      found.push_back(
          absl::StrCat(file.path, ": its example is not in tests/examples/"));
    }
  }
  return found;
}

}  // namespace wiredesk
