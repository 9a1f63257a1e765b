#include "pipeline/service/program.h"

namespace wiredesk {

Config LoadFiles(const std::string& path,
                 const std::vector<std::string>& overlays,
                 Diagnostics& diagnostics) {
  std::vector<std::string> files = overlays;
  if (!path.empty()) files.insert(files.begin(), path);
  return files.empty() ? ParseConfig("{}", "built-in defaults", {}, diagnostics)
                       : LoadConfig(files[0], {files.begin() + 1, files.end()},
                                    {}, diagnostics);
}

std::unique_ptr<Chain> LoadChain(const Program& program,
                                 const std::string& path,
                                 const std::vector<std::string>& overlays,
                                 Config& config, Diagnostics& diagnostics) {
  config = LoadFiles(path, overlays, diagnostics);
  if (!config.complete()) return nullptr;
  program.sections.Check(config, diagnostics);
  if (!diagnostics.ok()) return nullptr;
  std::unique_ptr<Chain> chain = program.make_chain(config, diagnostics);
  return diagnostics.ok() ? std::move(chain) : nullptr;
}

}  // namespace wiredesk
