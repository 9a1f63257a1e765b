#include "stages/tag/gazetteer_command.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "pipeline/command/shared_flags.h"
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

Command BuildCommand() {
  const auto arguments = std::make_shared<BuildArguments>();
  Command command;
  command.name = "build";
  command.help = "Compile sources into one file that the program maps";
  command.examples = {
      "wiredesk gazetteer build config/gazetteer mine.tsv "
      "enterprise-attack.json -o gazetteer.wdg"};
  command.flags = {
      SharedFlag("input", &arguments->sources)
          .Plain()
          .Required()
          .Help(
              "Table (.tsv, .gz), GeoNames dump and its alternate names, JSON "
              "of STIX, MISP, ISO 3166 or CLDR, Wikidata export, PETRARCH "
              "actors, or a folder of them"),
      SharedFlag("output", &arguments->output).Required()};
  command.run = [arguments]() -> absl::StatusOr<int> {
    WD_RETURN_IF_ERROR(Build(*arguments));
    return kExitOk;
  };
  return command;
}

Command FindCommand() {
  const auto arguments = std::make_shared<BuildArguments>();
  Command command;
  command.name = "find";
  command.help = "Print what a name may mean in a compiled file";
  command.examples = {"wiredesk gazetteer find gazetteer.wdg Paris"};
  command.flags = {
      SharedFlag("input", &arguments->file)
          .Plain()
          .Required()
          .Help("Compiled file"),
      Flag("name", &arguments->name, "NAME", "The name").Plain().Required()};
  command.run = [arguments]() -> absl::StatusOr<int> {
    WD_RETURN_IF_ERROR(FindName(*arguments));
    return kExitOk;
  };
  return command;
}

}  // namespace

Command GazetteerCommand() {
  Command command;
  command.name = "gazetteer";
  command.help = "Compile tables of names and look names up";
  command.examples = {
      "wiredesk gazetteer build config/gazetteer mine.tsv -o gazetteer.wdg",
      "wiredesk gazetteer find gazetteer.wdg Paris"};
  command.commands = {BuildCommand(), FindCommand()};
  return command;
}

}  // namespace wiredesk
