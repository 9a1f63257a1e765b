#include "stages/tag/dates_korean.h"
namespace wiredesk {
void FindKoreanDates(absl::string_view, absl::Span<const Word>,
                     const DateReference&, std::vector<FoundDate>&) {}
}  // namespace wiredesk
