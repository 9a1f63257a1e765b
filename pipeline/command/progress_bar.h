// One line on a terminal that shows how far a long work is:
//
//   [=========>          ]  48 %  12,345 records  10,432/s  0:07 left
//
// Shows nothing where stderr is not a terminal. Calls must not overlap.

#ifndef WIREDESK_PIPELINE_COMMAND_PROGRESS_BAR_H_
#define WIREDESK_PIPELINE_COMMAND_PROGRESS_BAR_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace wiredesk {

class ProgressBar {
 public:
  ProgressBar();   // starts the clock
  ~ProgressBar();  // clears the line

  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // `total` is 0 where the end is not known; `done` and `total` are of the same
  // unit, whatever it is.
  void Show(int64_t records, int64_t done, int64_t total);

 private:
  const bool terminal_;
  const absl::Time start_;
  bool shown_ = false;
};

// The line, without the clock and the terminal.
std::string ProgressLine(int64_t records, int64_t done, int64_t total,
                         absl::Duration elapsed);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_PROGRESS_BAR_H_
