// What the commands know of the chain: pipeline/ cannot see the stages, so
// main.cc hands them a factory (stages/chain.cc makes the real one).

#ifndef WIREDESK_PIPELINE_CHAIN_H_
#define WIREDESK_PIPELINE_CHAIN_H_

#include <functional>
#include <memory>
#include <vector>

#include "absl/time/time.h"
#include "pipeline/event_json.h"
#include "pipeline/sighting_log.h"
#include "pipeline/stage.h"

namespace wiredesk {

class Config;       // config/config.h
class Diagnostics;  // config/diagnostics.h

// The parts of the chain that all workers of a process share: the story index,
// the gazetteer, the routing tree. Made once; outlives the workers.
class Chain {
 public:
  virtual ~Chain() = default;

  // The stages of one worker, in flow order. `log` must deliver to replica()
  // and outlive them. Called once for each worker, and again for a worker that
  // is made anew.
  virtual std::vector<std::unique_ptr<Stage>> MakeStages(SightingLog* log) = 0;

  // The story index, which the sighting log delivers to.
  virtual SightingReplica* replica() = 0;

  // How far back, in event time, the log must be read for a restart.
  virtual absl::Duration restore_window() const = 0;

  virtual Processing processing() const = 0;
};

// Compiles everything that `config` names (gazetteers, routes). Errors go to
// `diagnostics` with their places; nullptr if there is any.
using ChainFactory = std::function<std::unique_ptr<Chain>(
    const Config& config, Diagnostics& diagnostics)>;

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_CHAIN_H_
