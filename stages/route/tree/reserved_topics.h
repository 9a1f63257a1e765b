#ifndef WIREDESK_STAGES_ROUTE_TREE_RESERVED_TOPICS_H_
#define WIREDESK_STAGES_ROUTE_TREE_RESERVED_TOPICS_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "re2/re2.h"

namespace wiredesk {

// The topics that the program itself uses.
struct RouteTopics {
  std::vector<std::string> inputs;  // "^..." is a regular expression
  std::string sightings;
  std::string dead_letters;
  size_t templated_max = 200;  // different topics that templates may name
};

// Topics that no route may write to: what is read, where records would go round
// for ever, and what only the brokers and the program itself write. Immutable.
class ReservedTopics {
 public:
  ReservedTopics() = default;
  explicit ReservedTopics(const RouteTopics& topics);

  // Why `topic` must not be written to, "is read: records would go round for
  // ever"; empty if it may. The text is a literal.
  absl::string_view Forbidden(absl::string_view topic) const;

 private:
  RouteTopics topics_;
  std::vector<std::unique_ptr<RE2>> patterns_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_TREE_RESERVED_TOPICS_H_
