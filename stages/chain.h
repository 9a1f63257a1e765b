// The chain: a table of stages, in flow order, and what is made of it.

#ifndef WIREDESK_STAGES_CHAIN_H_
#define WIREDESK_STAGES_CHAIN_H_

#include <memory>
#include <string>

#include "absl/types/span.h"
#include "config/config.h"
#include "config/diagnostics.h"
#include "pipeline/flow/chain.h"
#include "pipeline/flow/stage_kind.h"
#include "pipeline/service/program.h"

namespace wiredesk {

using StageTable = absl::Span<const StageKind* const>;

// parse, dedupe, tag, route.
StageTable NewsStages();

// What the commands know of a chain of these stages: its sections, the names of
// the stages, how it is made and how its configuration is named. The table must
// outlive the program.
Program MakeProgram(StageTable stages = NewsStages());

// Compiles what `config` names for `stages`. nullptr, with the reasons in
// `diagnostics`, if anything is wrong.
std::unique_ptr<Chain> MakeChain(StageTable stages, const Config& config,
                                 Diagnostics& diagnostics);

// 16 hex digits that records carry as processing.config: equal for
// configurations that make the same records of the same input. Of the stages'
// options, whatever the layout of the file, and of what stands in the files
// that they name.
std::string ConfigVersion(StageTable stages, const Config& config);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_CHAIN_H_
