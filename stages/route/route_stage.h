// The stage that names destinations: walks the routing tree for each record.

#ifndef WIREDESK_STAGES_ROUTE_ROUTE_STAGE_H_
#define WIREDESK_STAGES_ROUTE_ROUTE_STAGE_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "config/config_node.h"
#include "config/diagnostics.h"
#include "config/schema.h"
#include "pipeline/stage.h"
#include "stages/route/cel_value.h"
#include "stages/route/route_tree.h"

namespace wiredesk {

// The event record as expressions see it: its fields by the names of the
// contract, with their types. Absent text is "", an absent list is [], an
// absent time or object is null; has(...) tells whether there is something.
// Objects of this kind are EventRecords. (In record_fields_stage.cc.)
const CelStruct& RecordStruct();

// As the file gives it. Without any routes and default: duplicates go to
// news.duplicates and everything else to news.events.
struct RouteOptions {
  ConfigNode routes;                         // a list; MakeRouteTree decodes it
  ConfigNode fallback;                       // `default`
  std::map<std::string, std::string> lists;  // name -> file, one item a line
};

// Compiles the tree. Errors and warnings go to `diagnostics` with their
// places; nullptr if there is an error. `inputs` are the source's topics.
std::shared_ptr<const RouteTree> MakeRouteTree(
    const RouteOptions& options, const std::vector<std::string>& inputs,
    Diagnostics& diagnostics);

// The tree in use, which a reload swaps. Thread-safe; outlives the stages.
class RouteTable {
 public:
  explicit RouteTable(std::shared_ptr<const RouteTree> tree)
      : tree_(std::move(tree)) {}

  std::shared_ptr<const RouteTree> tree() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return tree_;
  }
  void set_tree(std::shared_ptr<const RouteTree> tree) {
    const std::lock_guard<std::mutex> lock(mutex_);
    tree_ = std::move(tree);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const RouteTree> tree_;
};

// Takes the tree that is in use at the start of each batch: no batch is routed
// by a mixture. One for each worker.
class RouteStage : public Stage {
 public:
  static const Schema<RouteOptions>& GetSchema();

  // `table` must outlive the stage.
  explicit RouteStage(const RouteTable& table) : table_(table) {}

  absl::string_view name() const override { return "route"; }
  absl::Status Process(Batch& batch) override;

 private:
  void RouteRecord(EventRecord& record, Batch& batch);
  void Take(const Route& route, const EventRecord& record, Batch& batch);

  const RouteTable& table_;
  std::shared_ptr<const RouteTree> tree_;
  std::unique_ptr<CelEvaluator> evaluator_;
  // Scratch memory of one record.
  std::vector<Destination> destinations_;
  std::vector<Header> headers_;
  std::string text_;
  bool sampled_out_ = false;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_ROUTE_STAGE_H_
