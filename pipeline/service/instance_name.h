// The name of this instance in the group and in its transactions.
//
// A name that stays the same across restarts makes a worker a static member of
// its group: whoever is back within the session timeout takes its partitions
// again without a rebalance, and ends at once what its last life has left open.
// Where the configuration gives no name, it is that of the host and a number,
// the lowest that no other instance of the group on this host has:
//
//   InstanceName::Claim("news")  ->  "desk-7"      first process of the group
//                                    "desk-7.2"    second one, meanwhile
//
// The number is held by an abstract Unix socket, which goes with the process
// however it ends. It belongs to the network namespace: containers that share
// their host's network, and with it its name, share its numbers, too.

#ifndef WIREDESK_PIPELINE_SERVICE_INSTANCE_NAME_H_
#define WIREDESK_PIPELINE_SERVICE_INSTANCE_NAME_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

class InstanceName {
 public:
  // None: as if nothing were claimed.
  InstanceName() = default;
  // Holds a name in `group` until this goes. text() is empty where the host has
  // no name of its own (localhost) or no number is free.
  static InstanceName Claim(absl::string_view group);
  ~InstanceName();

  InstanceName(InstanceName&& other) noexcept;
  InstanceName& operator=(InstanceName&& other) noexcept;

  const std::string& text() const { return text_; }

 private:
  std::string text_;
  int socket_ = -1;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_SERVICE_INSTANCE_NAME_H_
