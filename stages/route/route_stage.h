// The stage that names destinations: walks the routing tree for each record.
//
// The border of route. The section of the configuration becomes a tree of
// routes, each with its condition compiled (tree/, cel/). The stage walks it
// for each live record and names destinations; which of them a rate or a sample
// holds back, and how many topics templates may name, is counted in the ledger
// that all workers share.
//
// Example, compiled in tests/examples/stage_examples.cc:
//
//   absl::Status RouteNews(Batch& batch, Diagnostics& diagnostics) {
//     constexpr absl::string_view kYaml =
//         "route:\n"
//         "  routes:\n"
//         "    - name: korea\n"
//         "      when: places.exists(p, p.country == 'KR')\n"
//         "      to: news.kr\n"
//         "  default: {to: news.rest}\n";
//     const Config config = ParseConfig(kYaml, "desk.yaml", {}, diagnostics);
//     const std::shared_ptr<const RouteTree> tree = MakeRouteTree(
//         DecodeRouteOptions(config, diagnostics),
//         {{"news.raw"}, "desk.sightings", "news.dead-letters"}, diagnostics);
//     if (tree == nullptr) return absl::InvalidArgumentError("see above");
//     RouteLedger ledger;  // one for the process
//     RouteStage stage(tree, &ledger);
//     return stage.Process(batch);  // fills EventRecord::destinations
//   }

#ifndef WIREDESK_STAGES_ROUTE_ROUTE_STAGE_H_
#define WIREDESK_STAGES_ROUTE_ROUTE_STAGE_H_

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "config/config.h"
#include "config/config_node.h"
#include "config/diagnostics.h"
#include "config/schema.h"
#include "pipeline/flow/stage.h"
#include "pipeline/flow/stage_kind.h"
#include "pipeline/flow/turnstile.h"
#include "pipeline/observe/tap.h"
#include "stages/route/cel/value.h"
#include "stages/route/tree/rate_limits.h"
#include "stages/route/tree/route_tree.h"
#include "stages/route/tree/topic_cap.h"

namespace wiredesk {

// The event record as expressions see it; record_values.h tells how. Objects of
// this kind are EventRecords.
const CelStruct& RecordStruct();

// A condition as of a route, without lists. InvalidArgument says where it is
// wrong.
absl::StatusOr<std::unique_ptr<RecordFilter>> MakeRecordFilter(
    absl::string_view expression);

// As the file gives it. Without any routes and default: duplicates go to
// news.duplicates and everything else to news.events.
struct RouteOptions {
  ConfigNode routes;                         // a list; MakeRouteTree decodes it
  ConfigNode fallback;                       // `default`
  std::map<std::string, std::string> lists;  // name -> file, one item a line
  int64_t topics_max = 200;
  bool written = false;  // the section is there, be it empty
  Location location;     // of the section
};

// The section, with the paths of lists resolved against the file that names
// them.
RouteOptions DecodeRouteOptions(const Config& config, Diagnostics& diagnostics);

// Compiles the tree. Errors and warnings go to `diagnostics` with their
// places; nullptr if there is an error.
std::shared_ptr<const RouteTree> MakeRouteTree(const RouteOptions& options,
                                               const RouteTopics& topics,
                                               Diagnostics& diagnostics);

// What the route stages of all workers share, whatever the configuration.
struct RouteLedger {
  RateLimits limits;
  TopicCap topics;
  // In a replay batches are counted in their order.
  Turnstile turnstile;
};

// Routes by one tree, which it shares with the other workers. One for each
// worker.
class RouteStage : public Stage {
 public:
  static const Schema<RouteOptions>& GetSchema();

  // `ledger` must outlive the stage.
  RouteStage(std::shared_ptr<const RouteTree> tree, RouteLedger* ledger)
      : tree_(std::move(tree)), ledger_(ledger), evaluator_(tree_->program()) {}

  absl::string_view name() const override { return "route"; }
  absl::Status Process(Batch& batch) override;

 private:
  void RouteRecord(EventRecord& record, Batch& batch);
  void Take(const Route& route, EventRecord& record, Batch& batch);
  Destination Describe(const Route& route, Batch& batch);
  absl::string_view Render(const TopicTemplate& text, Batch& batch);
  absl::Status Limit(Batch& batch);
  void LimitRecord(EventRecord& record, Batch& batch);
  // Where a destination goes whose topic is one too many. False: nowhere.
  bool WithinCap(const Route& route, Destination& destination, Batch& batch);

  const std::shared_ptr<const RouteTree> tree_;
  RouteLedger* const ledger_;
  CelEvaluator evaluator_;
  // Scratch memory of one record.
  std::vector<Destination> destinations_;
  std::vector<Header> headers_;
  std::string text_;
  bool sampled_out_ = false;
};

extern const StageKind kRoute;

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_ROUTE_STAGE_H_
