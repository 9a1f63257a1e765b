#ifndef WIREDESK_STAGES_CHAIN_H_
#define WIREDESK_STAGES_CHAIN_H_

#include <memory>

#include "config/config.h"
#include "config/diagnostics.h"
#include "pipeline/flow/chain.h"

namespace wiredesk {

// Adds the stages' sections, in flow order.
void AddStageSections(SectionSet& sections);

// The real ChainFactory (pipeline/flow/chain.h): compiles what `config` names.
std::unique_ptr<Chain> MakeChain(const Config& config,
                                 Diagnostics& diagnostics);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_CHAIN_H_
