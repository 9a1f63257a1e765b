// What main.cc hands to every command: the parts of the program that pipeline/
// cannot see.

#ifndef WIREDESK_PIPELINE_SERVICE_PROGRAM_H_
#define WIREDESK_PIPELINE_SERVICE_PROGRAM_H_

#include "config/config.h"
#include "pipeline/flow/chain.h"
#include "pipeline/observe/tap.h"

namespace wiredesk {

struct Program {
  SectionSet sections;  // all that a configuration may hold
  ChainFactory make_chain;
  RecordFilterFactory make_filter;  // may be empty
};

// The exit codes of every command.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitWrongUse = 2;

// Loads the configuration at `path`, or the built-in defaults where it is
// empty, checks all of it, and makes the chain. nullptr, with the reasons in
// `diagnostics`, if anything is wrong. `config` receives what was loaded.
std::unique_ptr<Chain> LoadChain(const Program& program,
                                 const std::string& path,
                                 const std::vector<std::string>& overlays,
                                 Config& config, Diagnostics& diagnostics);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_SERVICE_PROGRAM_H_
