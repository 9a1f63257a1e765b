// What main.cc hands to every command: the parts of the program that pipeline/
// cannot see.

#ifndef WIREDESK_PIPELINE_SERVICE_PROGRAM_H_
#define WIREDESK_PIPELINE_SERVICE_PROGRAM_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "config/config.h"
#include "pipeline/flow/chain.h"
#include "pipeline/observe/tap.h"

namespace wiredesk {

struct Program {
  SectionSet sections;              // all that a configuration may hold
  std::vector<std::string> stages;  // their names, in flow order
  ChainFactory make_chain;
  // What records of this configuration carry as processing.config.
  std::function<std::string(const Config&)> config_version;
  RecordFilterFactory make_filter;  // may be empty
  std::string commit = "unknown";   // that the program was built from
};

// The configuration at `path` with `overlays` laid over it, or over the
// built-in defaults where `path` is empty. Not checked yet.
Config LoadFiles(const std::string& path,
                 const std::vector<std::string>& overlays,
                 Diagnostics& diagnostics);

// Loads the configuration at `path`, or the built-in defaults where it is
// empty, checks all of it, and makes the chain. nullptr, with the reasons in
// `diagnostics`, if anything is wrong. `config` receives what was loaded.
std::unique_ptr<Chain> LoadChain(const Program& program,
                                 const std::string& path,
                                 const std::vector<std::string>& overlays,
                                 Config& config, Diagnostics& diagnostics);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_SERVICE_PROGRAM_H_
