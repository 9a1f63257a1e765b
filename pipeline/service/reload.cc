#include "pipeline/service/reload.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "pipeline/observe/log.h"
#include "pipeline/service/options.h"

namespace wiredesk {
namespace {

// So much of what is wrong is shown; `wiredesk check` shows all of it.
constexpr size_t kReasonLinesMax = 5;

Counter* ResultCounter(Metrics* metrics, absl::string_view result) {
  return metrics->GetCounter("wiredesk_reloads_total",
                             "Changed configurations, by what became of them.",
                             {{"result", result}});
}

std::string Reason(const Diagnostics& diagnostics) {
  std::vector<std::string> lines;
  for (const Diagnostic& each : diagnostics.Sorted()) {
    if (each.severity == Diagnostic::Severity::kWarning) continue;
    if (lines.size() == kReasonLinesMax) {
      lines.push_back("...");
      break;
    }
    const std::string text = ToString(each);
    lines.push_back(text.substr(0, text.find('\n')));
  }
  return absl::StrJoin(lines, " | ");
}

}  // namespace

Reloader::Reloader(Options options, std::vector<std::string> files,
                   const Program& program, Chain* chain, Metrics* metrics)
    : options_(std::move(options)),
      program_(program),
      chain_(chain),
      taken_(ResultCounter(metrics, "taken")),
      refused_(ResultCounter(metrics, "refused")),
      stale_(metrics->GetGauge(
          "wiredesk_configuration_refused",
          "1 while the files hold a configuration that was refused.")),
      files_(std::move(files)),
      detail_(absl::StrCat("version ", chain->processing().config)) {
  first_look_ = Look();
}

Reloader::~Reloader() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void Reloader::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Reloader::Request() {
  absl::MutexLock lock(&mutex_);
  requested_ = true;
}

ReadyCondition Reloader::condition() const {
  absl::MutexLock lock(&mutex_);
  return {"configuration", true, detail_};
}

bool Reloader::Reload(absl::string_view cause) {
  absl::MutexLock one_at_a_time(&reload_mutex_);
  Diagnostics diagnostics;
  const Config config =
      LoadConfig(options_.path, options_.overlays, {}, diagnostics);
  bool taken = false;
  if (config.complete()) {
    program_.sections.Check(config, diagnostics);
    if (diagnostics.ok()) taken = chain_->Reload(config, diagnostics);
  }
  {
    absl::MutexLock lock(&mutex_);
    // A file that is missing now may come back: it stays watched.
    if (diagnostics.ok()) files_.clear();
    for (const std::string& file : config.files()) {
      if (std::find(files_.begin(), files_.end(), file) == files_.end()) {
        files_.push_back(file);
      }
    }
  }
  Book(taken, diagnostics, cause);
  return taken;
}

void Reloader::Book(bool taken, const Diagnostics& diagnostics,
                    absl::string_view cause) {
  const std::string version = chain_->processing().config;
  stale_->Set(diagnostics.ok() ? 0 : 1);
  std::string detail = absl::StrCat("version ", version);
  if (!diagnostics.ok()) {
    refused_->Add();
    const std::string reason = Reason(diagnostics);
    absl::StrAppend(&detail,
                    " stays in use; what is in the files is refused: ", reason);
    LogError("configuration_refused",
             {{"cause", cause}, {"version", version}, {"reason", reason}});
  } else if (taken) {
    taken_->Add();
    LogInfo("configuration_taken", {{"cause", cause}, {"version", version}});
  } else {
    LogInfo("configuration_unchanged",
            {{"cause", cause}, {"version", version}});
  }
  absl::MutexLock lock(&mutex_);
  detail_ = std::move(detail);
}

Reloader::Signature Reloader::Look() const {
  std::vector<std::string> files = chain_->data_files();
  {
    absl::MutexLock lock(&mutex_);
    files.insert(files.end(), files_.begin(), files_.end());
  }
  Signature signature;
  for (const std::string& file : files) {
    struct stat status = {};
    // A file that is missing is a state too.
    if (stat(file.c_str(), &status) != 0) status = {};
    signature[file] = {static_cast<int64_t>(status.st_ino),
                       static_cast<int64_t>(status.st_size),
                       static_cast<int64_t>(status.st_mtim.tv_sec),
                       static_cast<int64_t>(status.st_mtim.tv_nsec)};
  }
  return signature;
}

// Waits for a request, the end, or the time. True: there was a request.
bool Reloader::Await(absl::Duration interval) {
  const auto wanted = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return requested_ || stopping_;
  };
  mutex_.AwaitWithTimeout(absl::Condition(&wanted), interval);
  const bool requested = requested_;
  requested_ = false;
  return requested;
}

void Reloader::Run() {
  const bool watches = options_.interval > absl::ZeroDuration();
  const absl::Duration interval =
      watches ? options_.interval : absl::InfiniteDuration();
  Signature taken = first_look_;
  Signature last = taken;
  while (true) {
    bool requested = false;
    {
      absl::MutexLock lock(&mutex_);
      requested = Await(interval);
      if (stopping_) return;
    }
    Signature now = Look();
    // Whoever writes a file is given the time of one look to end it.
    const bool rests = now == last;
    last = now;
    if (!requested && (now == taken || !rests)) continue;
    Reload(requested ? "signal" : "file");
    // Other files may be watched from now on. Those that were watched count as
    // they were before they were read: what changed since is seen next time.
    taken = last = Look();
    for (auto& [file, state] : taken) {
      const auto before = now.find(file);
      if (before != now.end()) state = before->second;
    }
  }
}

}  // namespace wiredesk
