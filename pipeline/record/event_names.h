// The words that the contract has for our enumerations. Empty stands for null.

#ifndef WIREDESK_PIPELINE_RECORD_EVENT_NAMES_H_
#define WIREDESK_PIPELINE_RECORD_EVENT_NAMES_H_

#include "absl/strings/string_view.h"
#include "pipeline/record/event_record.h"

namespace wiredesk {

absl::string_view StatusName(PublicationStatus status);
absl::string_view PrecisionName(TimePrecision precision);
absl::string_view VerdictName(Verdict verdict);
absl::string_view ReasonName(MatchReason reason);
absl::string_view FieldName(Field field);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_EVENT_NAMES_H_
