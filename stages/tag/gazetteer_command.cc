#include "stages/tag/gazetteer_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "stages/tag/gazetteer/builder.h"
#include "stages/tag/gazetteer/compiled_file.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/gazetteer/sources.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

struct BuildArguments {
  std::vector<std::string> sources;
  std::string output;
  std::string file;
  std::string name;
};

// Folders stand for the tables in them, in the order of their names.
std::vector<std::string> ExpandFolders(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (const auto& item : std::filesystem::directory_iterator(path, error)) {
      const std::string name = item.path().filename().string();
      if (absl::EndsWith(name, ".tsv") || absl::EndsWith(name, ".tsv.gz") ||
          absl::EndsWith(name, ".txt.gz") || absl::EndsWith(name, ".json")) {
        found.push_back(item.path().string());
      }
    }
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

absl::Status Build(const BuildArguments& arguments) {
  GazetteerBuilder builder;
  SourceReport report;
  for (const std::string& source : ExpandFolders(arguments.sources)) {
    WD_RETURN_IF_ERROR(AddGazetteerSource(source, builder, report));
  }
  for (const std::string& complaint : report.complaints) {
    std::fprintf(stderr, "skipped %s\n", complaint.c_str());
  }
  WD_ASSIGN_OR_RETURN(std::string bytes, builder.Build());
  WD_RETURN_IF_ERROR(WriteCompiledFile(arguments.output, bytes));
  WD_ASSIGN_OR_RETURN(const std::shared_ptr<const Gazetteer> gazetteer,
                      Gazetteer::Open(arguments.output));
  std::printf(
      "%s: %zu things, %zu names, %lld lines skipped, %.1f MB, "
      "version %s\n",
      arguments.output.c_str(), builder.things(), builder.names(),
      static_cast<long long>(report.skipped),
      static_cast<double>(gazetteer->bytes()) / 1e6,
      gazetteer->version().c_str());
  return absl::OkStatus();
}

absl::Status FindName(const BuildArguments& arguments) {
  WD_ASSIGN_OR_RETURN(const std::shared_ptr<const Gazetteer> gazetteer,
                      Gazetteer::Open(arguments.file));
  std::vector<Word> words;
  SplitWords(arguments.name, words);
  uint64_t hash = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    const size_t gap = i == 0 ? 0 : words[i - 1].begin + words[i - 1].length;
    const bool comma =
        i > 0 && absl::StrContains(
                     arguments.name.substr(gap, words[i].begin - gap), ",");
    hash = i == 0 ? words[0].hash : ExtendNameHash(hash, words[i].hash, comma);
  }
  const GazetteerSlot* slot = words.empty() ? nullptr : gazetteer->Find(hash);
  if (slot == nullptr || slot->count == 0) {
    return absl::NotFoundError(
        absl::StrCat("no name \"", arguments.name, "\""));
  }
  for (const GazetteerSense& sense : gazetteer->senses(*slot)) {
    const GazetteerEntry& entry = gazetteer->entry(sense.entry);
    std::printf("%-28s %-13s %s",
                std::string(gazetteer->text(entry.id)).c_str(),
                std::string(NameKindText(entry.kind)).c_str(),
                std::string(gazetteer->text(entry.name)).c_str());
    std::printf("  %.2s %s prior %.1f%s%s\n", entry.country,
                std::string(gazetteer->text(entry.admin1)).c_str(),
                entry.prior / 10.0,
                (sense.flags & kSenseCommon) != 0 ? " ordinary-word" : "",
                (sense.flags & kSenseDemonym) != 0 ? " demonym" : "");
  }
  return absl::OkStatus();
}

void Finish(const absl::Status& status, int& exit_code) {
  exit_code = status.ok() ? 0 : 1;
  if (!status.ok()) {
    std::fprintf(stderr, "wiredesk gazetteer: %s\n",
                 std::string(status.message()).c_str());
  }
}

}  // namespace

void AddGazetteerCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "gazetteer", "Compiles tables of names, and looks names up");
  command->require_subcommand(1);
  auto arguments = std::make_shared<BuildArguments>();

  CLI::App* build = command->add_subcommand(
      "build", "Compiles sources into one file that the program maps");
  build
      ->add_option("sources", arguments->sources,
                   "Tables (.tsv, .gz), GeoNames dumps and their alternate "
                   "names, JSON of STIX, MISP, ISO 3166 or CLDR, Wikidata "
                   "exports, PETRARCH actors, or folders of them")
      ->required();
  build->add_option("--output", arguments->output, "The compiled file")
      ->required();
  build->footer(
      "Example:\n  wiredesk gazetteer build config/gazetteer mine.tsv "
      "enterprise-attack.json --output gazetteer.wdg");
  build->callback(
      [arguments, &exit_code] { Finish(Build(*arguments), exit_code); });

  CLI::App* find = command->add_subcommand(
      "find", "Prints what a name may mean in a compiled file");
  find->add_option("file", arguments->file, "A compiled file")->required();
  find->add_option("name", arguments->name, "The name")->required();
  find->footer("Example:\n  wiredesk gazetteer find gazetteer.wdg \"Paris\"");
  find->callback(
      [arguments, &exit_code] { Finish(FindName(*arguments), exit_code); });
}

}  // namespace wiredesk
