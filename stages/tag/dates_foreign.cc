#include "stages/tag/dates_foreign.h"
namespace wiredesk {
void FindForeignDates(absl::string_view, absl::Span<const Word>,
                      const DateReference&, absl::string_view,
                      std::vector<FoundDate>&) {}
}  // namespace wiredesk
