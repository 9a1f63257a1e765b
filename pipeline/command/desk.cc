#include "pipeline/command/desk.h"

#include <unistd.h>

#include <cstdio>
#include <string>
#include <utility>

#include "absl/memory/memory.h"
#include "config/base/status_macros.h"

namespace wiredesk {

Desk::Desk(const DeskOptions& options, const Program& program,
           const Chain& chain, Tap& tap)
    : program_(program), chain_(chain), tap_(tap) {
  if (!options.enabled) return;
  history_.emplace(
      &tap, DeskHistory::Options{static_cast<size_t>(options.history),
                                 static_cast<size_t>(options.history_bytes),
                                 options.rate});
}

std::vector<AdminPage> Desk::pages() const {
  if (!history_) return {};
  DeskParts parts;
  parts.history = &*history_;
  parts.tap = &tap_;
  parts.make_filter = program_.make_filter;
  parts.chain = &chain_;
  return DeskPages(parts);
}

ReplayDesk::ReplayDesk(const DeskOptions& options, const Program& program,
                       const Chain& chain)
    : tap_(program.make_filter,
           {program.stages, [&chain] { return chain.route_names(); }}),
      desk_(options, program, chain, tap_) {}

absl::StatusOr<std::unique_ptr<ReplayDesk>> ReplayDesk::Start(
    const DeskOptions& options, const Program& program, const Chain& chain,
    int port) {
  auto desk = absl::WrapUnique(new ReplayDesk(options, program, chain));
  AdminServer::Pages pages;
  pages.metrics_text = [&metrics = desk->metrics_] {
    return metrics.PrometheusText();
  };
  pages.ready = [] { return std::vector<ReadyCondition>{}; };
  pages.healthy = [] { return absl::OkStatus(); };
  pages.tap = &desk->tap_;
  pages.more = desk->desk_.pages();
  WD_ASSIGN_OR_RETURN(desk->server_,
                      AdminServer::Start({.port = port}, std::move(pages)));
  std::fprintf(stderr, "the desk is at http://127.0.0.1:%d/\n",
               desk->server_->port());
  return desk;
}

void ReplayDesk::Serve() const {
  std::fprintf(stderr,
               "The replay is through. The desk stays open at "
               "http://127.0.0.1:%d/ until Ctrl+C.\n",
               server_->port());
  while (true) pause();
}

}  // namespace wiredesk
