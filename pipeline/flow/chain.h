// What the commands know of the chain: pipeline/ cannot see the stages, so
// main.cc hands them a factory (stages/chain.cc makes the real one).

#ifndef WIREDESK_PIPELINE_FLOW_CHAIN_H_
#define WIREDESK_PIPELINE_FLOW_CHAIN_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "pipeline/flow/sighting_log.h"
#include "pipeline/flow/stage.h"
#include "pipeline/record/event_json.h"

namespace wiredesk {

class Config;       // config/config.h
class Diagnostics;  // config/diagnostics.h

// What ForkWith() calls the text that it is given.
inline constexpr absl::string_view kRehearsedFile = "rehearsed.yaml";

// The stages of one worker, all of one revision of the configuration, and what
// the records that they make say of it.
struct StageSet {
  std::vector<std::unique_ptr<Stage>> stages;  // in flow order
  Processing processing;
  int64_t revision = 0;
};

// The parts of the chain that all workers of a process share: the story index,
// the gazetteer, the routing tree. Made once; outlives the workers. MakeStages,
// Reload, revision, processing and data_files are thread-safe.
class Chain {
 public:
  virtual ~Chain() = default;

  // The stages of one worker. `log` must deliver to replica() and outlive them.
  // Called once for each worker, again for a worker that is recreated, and
  // between two batches when revision() has grown.
  virtual StageSet MakeStages(SightingLog* log) = 0;

  // Grows by one with each configuration that Reload() has taken.
  virtual int64_t revision() const = 0;

  // Puts `config` in the place of the configuration in use: compiled and
  // checked whole, or refused whole, with the reasons in `diagnostics` and the
  // old one left in use. False: it was refused, or means what is in use.
  virtual bool Reload(const Config& config, Diagnostics& diagnostics) = 0;

  // The files, other than those of the configuration itself, that what is in
  // use was made of: lists, rules, gazetteers.
  virtual std::vector<std::string> data_files() const = 0;

  // The versions of the data that the stages work with.
  virtual std::vector<DataVersion> data_versions() const = 0;

  // The names of the routes that what is in use has.
  virtual std::vector<std::string> route_names() const = 0;

  // A chain of the same configuration that has seen nothing yet.
  virtual std::unique_ptr<Chain> Fork() const = 0;

  // The same with the sections that `yaml` has in the place of those in use, for
  // a rehearsal. It may have what Reload() takes, and names no file that is not
  // in use; positions in `diagnostics` are of kRehearsedFile. nullptr if anything
  // is wrong.
  virtual std::unique_ptr<Chain> ForkWith(absl::string_view yaml,
                                          Diagnostics& diagnostics) const = 0;

  // The sections that ForkWith() may change, as they are written, to begin with.
  virtual std::string RehearsableText() const = 0;

  // The routes as a JSON list in the order of the tree, and what each of them
  // says to `record`, an event record as JSON, unless that is empty;
  // docs/api/openapi.yaml has the members. Empty: `record` is not one.
  virtual std::string ExplainRoutes(absl::string_view record) const = 0;

  // The story index, which the sighting log delivers to.
  virtual SightingReplica* replica() = 0;

  // How far back, in event time, the log must be read for a restart.
  virtual absl::Duration restore_window() const = 0;

  virtual Processing processing() const = 0;

  // A worker has failed for good: wakes those who wait for the turn of its
  // batch (replays only).
  virtual void Abandon() {}
};

// Compiles everything that `config` names (gazetteers, routes). Errors go to
// `diagnostics` with their places; nullptr if there is any.
using ChainFactory = std::function<std::unique_ptr<Chain>(
    const Config& config, Diagnostics& diagnostics)>;

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_CHAIN_H_
