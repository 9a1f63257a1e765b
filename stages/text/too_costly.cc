#include "stages/text/too_costly.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace wiredesk {

bool IsTooCostly(absl::string_view stage, absl::string_view after, Batch& batch,
                 const EventRecord& record) {
  if (!batch.meter().Exceeded()) return false;
  const RawRecord& raw = batch.raw_of(record);
  batch.DeadLetter(
      record.raw, stage, "too_costly",
      absl::StrCat("more than limits.record_cpu_max (",
                   absl::FormatDuration(batch.meter().cpu_max()), ") by the ",
                   after, " of ", record.article.body.size(), " bytes"),
      raw.articles > 1 ? int64_t{record.item} : -1);
  return true;
}

}  // namespace wiredesk
