#include "pipeline/command/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

namespace wiredesk {
namespace {

constexpr int kBarWidth = 24;

}  // namespace

std::string ProgressLine(int64_t records, int64_t done, int64_t total,
                         absl::Duration elapsed) {
  const double seconds = std::max(absl::ToDoubleSeconds(elapsed), 1e-3);
  const std::string rate = absl::StrFormat(
      "%d records  %.0f/s", records, static_cast<double>(records) / seconds);
  if (total <= 0) return rate;
  const double share = std::clamp(
      static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
  const int filled = static_cast<int>(share * kBarWidth);
  std::string line = absl::StrCat("[", std::string(filled, '='),
                                  std::string(kBarWidth - filled, ' '), "]");
  absl::StrAppendFormat(&line, " %3.0f %%  %s", share * 100, rate);
  if (share > 0) {
    const auto left = static_cast<int64_t>(seconds / share * (1 - share));
    absl::StrAppendFormat(&line, "  %d:%02d left", left / 60, left % 60);
  }
  return line;
}

ProgressBar::ProgressBar()
    : terminal_(isatty(STDERR_FILENO) != 0), start_(absl::Now()) {}

ProgressBar::~ProgressBar() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void ProgressBar::Show(int64_t records, int64_t done, int64_t total) {
  if (!terminal_) return;
  shown_ = true;
  const std::string line =
      ProgressLine(records, done, total, absl::Now() - start_);
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
}

}  // namespace wiredesk
