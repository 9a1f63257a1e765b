#ifndef WIREDESK_TESTS_KAFKA_PROCESS_H_
#define WIREDESK_TESTS_KAFKA_PROCESS_H_

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace wiredesk {

// A child process, which dies with the test.
class Process {
 public:
  // What it prints is appended to `log`. `environment` is added to ours.
  Process(const std::vector<std::string>& arguments, const std::string& log,
          const std::map<std::string, std::string>& environment = {});
  ~Process();  // kills it

  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void Signal(int signal);
  // Waits for its end. Returns false if it still runs after `timeout`.
  bool Wait(absl::Duration timeout);
  void Kill();  // SIGKILL, and waits

  bool running() { return !Wait(absl::ZeroDuration()); }
  // As the shell tells it: the exit code, or 128 + the signal. After its end.
  int exit_code() const { return exit_code_; }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
  bool ended_ = false;
  int exit_code_ = -1;
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_KAFKA_PROCESS_H_
