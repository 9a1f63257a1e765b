// The chain over files, without a broker.
//
// The same workers and stages as in `wiredesk run`, between files and with the
// sighting log in memory. The same input gives the same bytes, whatever the
// number of workers.

#ifndef WIREDESK_PIPELINE_REPLAY_H_
#define WIREDESK_PIPELINE_REPLAY_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "pipeline/accounting.h"
#include "pipeline/batch.h"
#include "pipeline/chain.h"
#include "pipeline/file_source.h"

namespace wiredesk {

struct ReplayOptions {
  std::vector<std::string> inputs;  // files, folders, "-"
  std::string output;               // folder, "-" is standard output
  int workers = 1;
  double speed = 0;  // event seconds a second; 0 is as fast as it goes
  Batch::Limits batch;
  FileReader::Options reader;
  std::string dead_letter_topic = "news.dead-letters";
  // Called every now and then from a thread of its own, and once at the end.
  std::function<void(const FileReader::Progress&, const Totals&)> on_progress;
};

struct ReplayResult {
  Totals totals;
  double seconds = 0;
};

// Blocks until all is through. An error leaves the output incomplete.
absl::StatusOr<ReplayResult> Replay(const ReplayOptions& options, Chain& chain);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_REPLAY_H_
