#include "tests/tidy/tidy_rules.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

constexpr size_t kLinesMax = 500;

struct Include {
  std::string path;
  int line = 0;
};

std::vector<Include> IncludesOf(const TidyFile& file) {
  std::vector<Include> includes;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(file.text, '\n')) {
    ++number;
    if (!absl::ConsumePrefix(&line, "#include ")) continue;
    line = absl::StripAsciiWhitespace(line);
    const size_t end = line.find_first_of("\">", 1);
    if (end == absl::string_view::npos) continue;
    includes.push_back({std::string(line.substr(1, end - 1)), number});
  }
  return includes;
}

std::string Finding(const TidyFile& file, int line, absl::string_view what) {
  return absl::StrCat(file.path, ":", line, ": ", what);
}

absl::string_view BaseName(absl::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// "x_stage" of "stages/x/x_stage.cc".
absl::string_view Stem(absl::string_view path) {
  absl::string_view base = BaseName(path);
  return base.substr(0, base.rfind('.'));
}

absl::string_view Folder(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? "" : path.substr(0, slash);
}

bool IsCode(absl::string_view path) {
  return absl::EndsWith(path, ".h") || absl::EndsWith(path, ".cc");
}

// Whether a file of a stage is its border to the pipeline.
bool IsBorder(absl::string_view path) {
  return absl::EndsWith(Stem(path), "_stage") ||
         absl::EndsWith(Stem(path), "_command");
}

// Third parties, and who may include them.
struct Fence {
  absl::string_view include;  // a prefix
  bool (*may)(absl::string_view path);
  absl::string_view only_in;
};

constexpr Fence kFences[] = {
    {"librdkafka/",
     [](absl::string_view path) {
       return absl::StartsWith(path, "pipeline/kafka_");
     },
     "pipeline/kafka_*"},
    {"yaml-cpp/",
     [](absl::string_view path) { return path == "config/yaml.cc"; },
     "config/yaml.cc"},
    {"simdjson",
     [](absl::string_view path) {
       return absl::StartsWith(path, "stages/parse/") ||
              absl::StrContains(BaseName(path), "json");
     },
     "stages/parse/ and files named json"},
    {"httplib",
     [](absl::string_view path) {
       return absl::StartsWith(path, "pipeline/admin_");
     },
     "pipeline/admin_*"},
    {"spdlog/",
     [](absl::string_view path) {
       return absl::StartsWith(path, "pipeline/log.");
     },
     "pipeline/log.cc"},
    {"CLI/",
     [](absl::string_view path) {
       return absl::EndsWith(Stem(path), "_command") ||
              path == "pipeline/main.cc" ||
              absl::StartsWith(path, "stages/commands.");
     },
     "commands and main.cc"},
    {"cld2/",
     [](absl::string_view path) { return path == "stages/tag/language.cc"; },
     "stages/tag/language.cc"},
    {"unicode/",
     [](absl::string_view path) {
       return absl::StartsWith(path, "stages/text/") ||
              absl::StartsWith(path, "stages/parse/");
     },
     "stages/text/ and stages/parse/"},
    {"re2/",
     [](absl::string_view path) {
       return absl::StartsWith(path, "stages/route/");
     },
     "stages/route/"},
    {"pugixml",
     [](absl::string_view path) {
       return absl::StartsWith(path, "stages/parse/");
     },
     "stages/parse/"},
    {"gtest/", [](absl::string_view) { return false; }, "tests/"},
    {"gmock/", [](absl::string_view) { return false; }, "tests/"},
    {"tests/", [](absl::string_view) { return false; }, "tests/"},
};

// config <- pipeline <- stages <- main; empty if `include` is allowed.
absl::string_view WrongDirection(absl::string_view path,
                                 absl::string_view include) {
  if (include == "config/status_macros.h") return "";
  if (absl::StartsWith(path, "config/")) {
    return absl::StartsWith(include, "pipeline/") ||
                   absl::StartsWith(include, "stages/")
               ? "config/ knows nothing of the rest"
               : "";
  }
  if (absl::StartsWith(path, "pipeline/")) {
    return absl::StartsWith(include, "stages/") && path != "pipeline/main.cc"
               ? "pipeline/ knows no stage; only main.cc does"
               : "";
  }
  const absl::string_view folder = Folder(path);
  if (!absl::StartsWith(folder, "stages/")) return "";
  const bool outer = absl::StartsWith(include, "pipeline/") ||
                     absl::StartsWith(include, "config/");
  if (outer && !IsBorder(path)) {
    return "an algorithm knows neither pipeline/ nor config/; only "
           "*_stage and *_command do";
  }
  if (absl::StartsWith(include, "stages/") && Folder(include) != folder &&
      Folder(include) != "stages/text") {
    return "a stage includes no other stage";
  }
  return "";
}

}  // namespace

std::vector<std::string> CheckIncludes(const TidyFile& file) {
  std::vector<std::string> found;
  if (!IsCode(file.path) || absl::StartsWith(file.path, "tests/")) return found;
  for (const Include& include : IncludesOf(file)) {
    for (const Fence& fence : kFences) {
      if (absl::StartsWith(include.path, fence.include) &&
          !fence.may(file.path)) {
        found.push_back(Finding(
            file, include.line,
            absl::StrCat(include.path, " is only for ", fence.only_in)));
      }
    }
    const absl::string_view wrong = WrongDirection(file.path, include.path);
    if (!wrong.empty()) {
      found.push_back(
          Finding(file, include.line, absl::StrCat(include.path, ": ", wrong)));
    }
  }
  return found;
}

std::vector<std::string> CheckSize(const TidyFile& file) {
  const auto lines =
      static_cast<size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
  const bool generated = absl::StrContains(BaseName(file.path), "generated") ||
                         absl::StrContains(BaseName(file.path), "table") ||
                         absl::StartsWith(file.text, "// Made by ");
  if (!IsCode(file.path) || generated || lines <= kLinesMax) return {};
  return {Finding(file, static_cast<int>(lines),
                  absl::StrCat("more than ", kLinesMax, " lines"))};
}

std::vector<std::string> CheckGuard(const TidyFile& file) {
  if (!absl::EndsWith(file.path, ".h")) return {};
  std::string guard = "WIREDESK_";
  for (const char c : file.path) {
    guard += absl::ascii_isalnum(c) ? absl::ascii_toupper(c) : '_';
  }
  guard += '_';
  if (absl::StrContains(file.text, absl::StrCat("#ifndef ", guard, "\n")) &&
      absl::StrContains(file.text, absl::StrCat("#define ", guard, "\n"))) {
    return {};
  }
  return {Finding(file, 1, absl::StrCat("the header guard must be ", guard))};
}

std::vector<std::string> CheckName(const TidyFile& file) {
  std::vector<std::string> found;
  for (absl::string_view word : {"util", "utils", "helper", "helpers",
                                 "manager", "handler", "common", "misc"}) {
    for (absl::string_view part :
         absl::StrSplit(Stem(file.path), absl::ByAnyChar("_-."))) {
      if (part == word && Stem(file.path) != "common_words" &&
          Stem(file.path) != "common_words_test") {
        found.push_back(Finding(
            file, 1, absl::StrCat("\"", word, "\" says nothing in a name")));
      }
    }
  }
  return found;
}

std::vector<std::string> CheckWords(const TidyFile& file) {
  // In two parts, so that this file does not hold them.
  const std::string words[] = {
      absl::StrCat("TO", "DO"), absl::StrCat("FIX", "ME"),
      absl::StrCat("/work", "/main"), absl::StrCat("/work", "/shared"),
      absl::StrCat("/home", "/")};
  std::vector<std::string> found;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(file.text, '\n')) {
    ++number;
    for (const std::string& word : words) {
      if (absl::StrContains(line, word)) {
        found.push_back(Finding(file, number, absl::StrCat("holds ", word)));
      }
    }
  }
  return found;
}

std::vector<std::string> CheckTested(const std::vector<TidyFile>& files) {
  std::map<std::string, std::vector<Include>> includes;
  for (const TidyFile& file : files) includes[file.path] = IncludesOf(file);
  // From the headers that tests include, to what those parts are made of.
  std::set<std::string> reached;
  std::vector<std::string> open;
  const auto reach = [&](const std::string& header) {
    if (reached.insert(header).second) open.push_back(header);
  };
  for (const auto& [path, list] : includes) {
    if (!absl::StartsWith(path, "tests/")) continue;
    for (const Include& include : list) reach(include.path);
  }
  while (!open.empty()) {
    const std::string header = open.back();
    open.pop_back();
    const std::string source =
        absl::StrCat(absl::StripSuffix(header, ".h"), ".cc");
    for (const std::string& part : {header, source}) {
      for (const Include& include : includes[part]) {
        if (Folder(include.path) == Folder(header)) reach(include.path);
      }
    }
  }
  std::vector<std::string> found;
  for (const TidyFile& file : files) {
    absl::string_view stem = file.path;
    const bool product = absl::StartsWith(stem, "config/") ||
                         absl::StartsWith(stem, "pipeline/") ||
                         absl::StartsWith(stem, "stages/");
    if (!product || !absl::ConsumeSuffix(&stem, ".cc")) continue;
    const std::string header = absl::StrCat(stem, ".h");
    // Commands are tested as a user would, by running the program.
    if (includes.count(header) == 0 || absl::EndsWith(stem, "_command")) {
      continue;
    }
    if (reached.count(header) == 0) {
      found.push_back(Finding(file, 1, "no test reaches it"));
    }
  }
  return found;
}

std::vector<std::string> CheckChain(const std::vector<TidyFile>& files) {
  std::set<std::string> linked;
  for (const TidyFile& file : files) {
    if (file.path != "stages/chain.cc") continue;
    for (const Include& include : IncludesOf(file)) linked.insert(include.path);
  }
  std::vector<std::string> found;
  for (const TidyFile& file : files) {
    if (absl::StartsWith(file.path, "stages/") &&
        absl::EndsWith(file.path, "_stage.h") && linked.count(file.path) == 0) {
      found.push_back(Finding(file, 1, "stages/chain.cc does not include it"));
    }
  }
  return found;
}

}  // namespace wiredesk
