#include "tests/tidy/tidy_rules.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

constexpr size_t kLinesMax = 500;
constexpr int kFilesMax = 30;

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

// "worker" of "pipeline/flow/worker.cc".
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

// Third parties, and the folders that may include them: a prefix of the path,
// or "*/" for what stands directly in a folder of stages/.
struct Fence {
  absl::string_view include;  // a prefix
  std::vector<absl::string_view> folders;
};

const std::vector<Fence>& Fences() {
  static const auto& fences = *new std::vector<Fence>{
      {"librdkafka/", {"pipeline/kafka/"}},
      {"yaml-cpp/", {"config/"}},
      {"zlib.h", {"config/base/"}},
      {"zstd.h", {"config/base/", "pipeline/file/", "pipeline/desk/"}},
      {"simdjson",
       {"pipeline/record/", "pipeline/observe/", "pipeline/file/",
        "pipeline/desk/", "stages/parse/", "stages/tag/", "stages/route/"}},
      {"httplib", {"pipeline/observe/"}},
      {"spdlog/", {"pipeline/observe/"}},
      {"cld2/", {"stages/tag/language/"}},
      {"unicode/", {"stages/text/", "stages/parse/"}},
      {"re2/", {"stages/route/"}},
      {"pugixml", {"stages/parse/"}},
      {"gtest/", {}},
      {"gmock/", {}},
      {"tests/", {}},
  };
  return fences;
}

// The rooms of pipeline/, from the ground floor up: a room may include those
// before it, and config/.
constexpr absl::string_view kPipelineRooms[] = {
    "pipeline/record",  "pipeline/command_line", "pipeline/observe",
    "pipeline/flow",    "pipeline/kafka",        "pipeline/file",
    "pipeline/service", "pipeline/replay",       "pipeline/desk",
    "pipeline/command"};

constexpr absl::string_view kBase = "config/base";
constexpr absl::string_view kRecord = "pipeline/record";
constexpr absl::string_view kText = "stages/text";

size_t FloorOf(absl::string_view room) {
  return std::find(std::begin(kPipelineRooms), std::end(kPipelineRooms), room) -
         std::begin(kPipelineRooms);
}

// "stages/tag" of a file anywhere in that folder; empty for other files.
absl::string_view StageOf(absl::string_view path) {
  if (!absl::ConsumePrefix(&path, "stages/")) return "";
  const size_t slash = path.find('/');
  if (slash == absl::string_view::npos) return "";
  return absl::string_view(path.data() - 7, 7 + slash);
}

// Whether a file stands directly in the folder of a stage, its border to the
// pipeline. What stands in a folder below is pure.
bool IsBorder(absl::string_view path) {
  return !StageOf(path).empty() && Folder(path) == StageOf(path) &&
         Folder(path) != kText;
}

bool MayInclude(const Fence& fence, absl::string_view path) {
  for (const absl::string_view folder : fence.folders) {
    if (folder == "*/" ? IsBorder(path) : absl::StartsWith(path, folder)) {
      return true;
    }
  }
  return false;
}

// For a file of pipeline/; empty if `include` is allowed.
absl::string_view WrongInPipeline(absl::string_view path,
                                  absl::string_view include) {
  if (path == "pipeline/main.cc") return "";
  if (absl::StartsWith(include, "stages/")) {
    return "pipeline/ knows no stage; only main.cc does";
  }
  const absl::string_view room = Folder(path);
  if (FloorOf(room) == std::size(kPipelineRooms)) {
    return "its folder is not a room of pipeline/; see kPipelineRooms";
  }
  if (absl::StartsWith(include, "config/")) {
    return room == kRecord && Folder(include) != kBase
               ? "pipeline/record/ stands on config/base/ alone"
               : "";
  }
  return absl::StartsWith(include, "pipeline/") &&
                 FloorOf(Folder(include)) > FloorOf(room)
             ? "a room includes only those below it; see kPipelineRooms"
             : "";
}

// For a file of a stage; empty if `include` is allowed.
absl::string_view WrongInStage(absl::string_view path,
                               absl::string_view include) {
  const absl::string_view stage = StageOf(path);
  if (absl::StartsWith(include, "stages/") && StageOf(include) != stage &&
      StageOf(include) != kText) {
    return "a stage includes no other stage";
  }
  if (IsBorder(path)) return "";
  if (absl::StartsWith(include, "stages/")) {
    return IsBorder(include) ? "a pure room does not know its stage's border"
                             : "";
  }
  const bool ours = absl::StartsWith(include, "pipeline/") ||
                    absl::StartsWith(include, "config/");
  return ours && Folder(include) != kBase && Folder(include) != kRecord
             ? "below the border of a stage, only config/base/ and "
               "pipeline/record/ are known"
             : "";
}

// config <- pipeline <- stages <- main; empty if `include` is allowed.
absl::string_view WrongDirection(absl::string_view path,
                                 absl::string_view include) {
  if (absl::StartsWith(path, "config/")) {
    if (absl::StartsWith(include, "pipeline/") ||
        absl::StartsWith(include, "stages/")) {
      return "config/ knows nothing of the rest";
    }
    return Folder(path) == kBase && absl::StartsWith(include, "config/") &&
                   Folder(include) != kBase
               ? "config/base/ stands on nothing of ours"
               : "";
  }
  if (absl::StartsWith(path, "pipeline/"))
    return WrongInPipeline(path, include);
  return StageOf(path).empty() ? "" : WrongInStage(path, include);
}

// Whether a program made the file, which it must say in its first line.
bool IsGenerated(const TidyFile& file) {
  return absl::StartsWith(file.text, "// Made by ") ||
         absl::StartsWith(file.text, "// Generated ");
}

// Parts of one area test one another: a stage, the pipeline, the configuration.
absl::string_view AreaOf(absl::string_view path) {
  return StageOf(path).empty() ? path.substr(0, path.find('/')) : StageOf(path);
}

// Whether a file declares a command, or is one's.
bool DeclaresCommand(absl::string_view path,
                     const std::vector<Include>& includes) {
  if (absl::StartsWith(path, "pipeline/command_line/")) return false;
  return std::any_of(
      includes.begin(), includes.end(), [](const Include& include) {
        return absl::StartsWith(include.path, "pipeline/command/") ||
               include.path == "pipeline/command_line/command.h";
      });
}

// The includes from folder to folder, each with one example.
using RoomGraph = std::map<std::string, std::map<std::string, std::string>>;

RoomGraph GraphOf(const std::vector<TidyFile>& files) {
  RoomGraph graph;
  for (const TidyFile& file : files) {
    if (!IsCode(file.path) || absl::StartsWith(file.path, "tests/")) continue;
    const std::string room(Folder(file.path));
    for (const Include& include : IncludesOf(file)) {
      const std::string other(Folder(include.path));
      if (other != room && absl::StrContains(include.path, "/")) {
        graph[room].emplace(
            other, absl::StrCat(file.path, " includes ", include.path));
      }
    }
  }
  return graph;
}

}  // namespace

std::vector<std::string> CheckIncludes(const TidyFile& file) {
  std::vector<std::string> found;
  if (!IsCode(file.path) || absl::StartsWith(file.path, "tests/")) return found;
  for (const Include& include : IncludesOf(file)) {
    for (const Fence& fence : Fences()) {
      if (absl::StartsWith(include.path, fence.include) &&
          !MayInclude(fence, file.path)) {
        found.push_back(
            Finding(file, include.line,
                    absl::StrCat(include.path, " is only for ",
                                 fence.folders.empty()
                                     ? "tests/"
                                     : absl::StrJoin(fence.folders, ", "))));
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

std::vector<std::string> CheckRooms(const std::vector<TidyFile>& files) {
  std::vector<std::string> found;
  std::map<std::string, int> sizes;
  for (const TidyFile& file : files) {
    if (IsCode(file.path) && !absl::StartsWith(file.path, "tests/")) {
      ++sizes[std::string(Folder(file.path))];
    }
  }
  for (const auto& [room, size] : sizes) {
    if (size > kFilesMax) {
      found.push_back(
          absl::StrCat(room, ": ", size, " files; at most ", kFilesMax));
    }
  }
  // What is left when rooms that include nothing of the rest are taken away,
  // again and again, includes itself in a circle.
  RoomGraph graph = GraphOf(files);
  for (bool taken = true; taken;) {
    taken = false;
    for (auto room = graph.begin(); room != graph.end();) {
      const bool leaf = std::none_of(
          room->second.begin(), room->second.end(),
          [&](const auto& edge) { return graph.count(edge.first) != 0; });
      taken |= leaf;
      room = leaf ? graph.erase(room) : std::next(room);
    }
  }
  for (const auto& [room, edges] : graph) {
    for (const auto& [other, example] : edges) {
      if (graph.count(other) != 0) {
        found.push_back(absl::StrCat("in a circle of rooms: ", example));
      }
    }
  }
  return found;
}

std::vector<std::string> CheckSize(const TidyFile& file) {
  const auto lines =
      static_cast<size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
  if (!IsCode(file.path) || IsGenerated(file) || lines <= kLinesMax) return {};
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
      if (part == word) {
        found.push_back(Finding(
            file, 1, absl::StrCat("\"", word, "\" says nothing in a name")));
      }
    }
  }
  return found;
}

std::vector<std::string> CheckWords(const TidyFile& file) {
  // In two parts, so that this file does not hold them.
  static const auto& words = *new std::vector<std::string>{
      absl::StrCat("TO", "DO"),       absl::StrCat("FIX", "ME"),
      absl::StrCat("/work", "/main"), absl::StrCat("/work", "/shared"),
      absl::StrCat("/home", "/"),     absl::StrCat("made a", "new"),
      absl::StrCat(" a", "new"),      absl::StrCat("under", " way"),
      absl::StrCat("so ", "many "),   absl::StrCat("put ", "right"),
      absl::StrCat("\" is no", " ")};
  std::vector<std::string> found;
  if (IsGenerated(file)) return found;
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
        if (AreaOf(include.path) == AreaOf(header)) reach(include.path);
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
    if (includes.count(header) == 0 ||
        DeclaresCommand(file.path, includes[file.path]) ||
        DeclaresCommand(header, includes[header])) {
      continue;
    }
    if (reached.count(header) == 0) {
      found.push_back(Finding(file, 1, "no test reaches it"));
    }
  }
  return found;
}

std::vector<std::string> CheckChain(const std::vector<TidyFile>& files) {
  std::set<std::string> stages;
  std::set<std::string> linked;
  for (const TidyFile& file : files) {
    if (!StageOf(file.path).empty()) {
      stages.insert(std::string(StageOf(file.path)));
    }
    if (file.path != "stages/chain.cc") continue;
    for (const Include& include : IncludesOf(file)) {
      linked.insert(std::string(StageOf(include.path)));
    }
  }
  stages.erase(std::string(kText));
  std::vector<std::string> found;
  for (const std::string& stage : stages) {
    if (linked.count(stage) == 0) {
      found.push_back(
          absl::StrCat(stage, ": stages/chain.cc does not include it"));
    }
  }
  return found;
}

}  // namespace wiredesk
