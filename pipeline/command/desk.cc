#include "pipeline/command/desk.h"

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

}  // namespace wiredesk
