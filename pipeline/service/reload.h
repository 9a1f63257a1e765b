#ifndef WIREDESK_PIPELINE_SERVICE_RELOAD_H_
#define WIREDESK_PIPELINE_SERVICE_RELOAD_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "pipeline/observe/admin_server.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/service/program.h"

namespace wiredesk {

// Takes a changed configuration while records flow: when it is asked to (by
// SIGHUP), and when one of its files changes.
//
// What is wrong is refused as a whole: the reason goes to the log, to the
// metrics and to /readyz, and the old configuration stays in use, so the
// program stays ready. The files are looked at by their time, size and inode,
// which works on every file system and with links that are swapped (as
// Kubernetes does); one that is being written is left alone until it rests.
//
// Made by a command; the reloads happen on a thread of its own. Thread-safe.
class Reloader {
 public:
  struct Options {
    std::string path;
    std::vector<std::string> overlays;
    // How often the files are looked at; 0: only Request() counts.
    absl::Duration interval = absl::Seconds(2);
  };

  // `files` are those that the configuration in use was read from. The rest
  // must outlive this.
  Reloader(Options options, std::vector<std::string> files,
           const Program& program, Chain* chain, Metrics* metrics);
  ~Reloader();
  Reloader(const Reloader&) = delete;
  Reloader& operator=(const Reloader&) = delete;

  // Starts to look at the files and to serve requests.
  void Start();

  // Asks for a reload, whether the files have changed or not; returns at once.
  void Request();

  // Loads and takes the files as they are now, on the caller's thread. False:
  // they were refused, or mean what is in use.
  bool Reload(absl::string_view cause);

  // Always holds; the detail says what is in use, or what was refused and why.
  ReadyCondition condition() const;

 private:
  // What tells one state of the files from another.
  using Signature = std::map<std::string, std::array<int64_t, 4>>;

  void Run();
  bool Await(absl::Duration interval) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Signature Look() const ABSL_LOCKS_EXCLUDED(mutex_);
  void Book(bool taken, const Diagnostics& diagnostics,
            absl::string_view cause);

  const Options options_;
  const Program& program_;
  Chain* const chain_;
  Counter* const taken_;
  Counter* const refused_;
  Gauge* const stale_;
  Signature first_look_;  // of the files when this was made

  absl::Mutex reload_mutex_;  // one reload at a time
  mutable absl::Mutex mutex_;
  std::vector<std::string> files_ ABSL_GUARDED_BY(mutex_);
  std::string detail_ ABSL_GUARDED_BY(mutex_);
  bool requested_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_SERVICE_RELOAD_H_
