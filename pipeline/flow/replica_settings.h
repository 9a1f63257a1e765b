// What the replicas of a deployment run with, as each announces it to the others
// in the sighting log.
//
// Entries of that log which were made by another format, or with other limits of
// dedupe, are refused (stages/dedupe): they would be decided unlike. All else
// that may differ, such as the routes or the gazetteer in the middle of a
// rollout, changes what is published and not what is decided, so it is told: a
// line in the log for each replica that differs, and a metric.
//
//   SettingsBoard board("desk-7", metrics);
//   board.Text(running, true)   -> what to append, under kAnnouncementKey
//   board.Apply(text, running)  -> of an entry under that key; linear in it
//
// Whoever starts announces that it joins, and all others answer with their own,
// so what the board holds is of those that live. No clock is needed for that.

#ifndef WIREDESK_PIPELINE_FLOW_REPLICA_SETTINGS_H_
#define WIREDESK_PIPELINE_FLOW_REPLICA_SETTINGS_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/record/message_context.h"

namespace wiredesk {

// The key of an announcement; sightings have one of another length.
inline constexpr absl::string_view kAnnouncementKey = "settings";

// Used by one thread.
class SettingsBoard {
 public:
  // `metrics` may be null, else it outlives this.
  SettingsBoard(const std::string& instance, Metrics* metrics);

  // An announcement of this replica's.
  std::string Text(const Processing& running, bool joins) const;

  // Takes in an announcement, of this replica or another. `running` is what this
  // one runs with. Returns whether it is to be answered with one's own. What is
  // not an announcement is passed over.
  bool Apply(absl::string_view text, const Processing& running);

  // Replicas that announced other settings than `running`.
  int Differing(const Processing& running) const;

 private:
  void Tell(const std::string& instance, const Processing& other,
            const Processing& running) const;

  const std::string instance_;
  Gauge* differing_ = nullptr;
  std::map<std::string, Processing> others_;  // by instance
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_REPLICA_SETTINGS_H_
