#include "pipeline/record/event_names.h"

namespace wiredesk {

absl::string_view StatusName(PublicationStatus status) {
  switch (status) {
    case PublicationStatus::kUsable:
      return "usable";
    case PublicationStatus::kWithheld:
      return "withheld";
    case PublicationStatus::kCanceled:
      return "canceled";
  }
  return "";
}

absl::string_view PrecisionName(TimePrecision precision) {
  switch (precision) {
    case TimePrecision::kNone:
      return "";
    case TimePrecision::kSecond:
      return "second";
    case TimePrecision::kMinute:
      return "minute";
    case TimePrecision::kDay:
      return "day";
    case TimePrecision::kMonth:
      return "month";
  }
  return "";
}

absl::string_view VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kNew:
      return "new";
    case Verdict::kExact:
      return "exact";
    case Verdict::kNear:
      return "near";
    case Verdict::kExcerpt:
      return "excerpt";
    case Verdict::kRevision:
      return "revision";
  }
  return "";
}

absl::string_view ReasonName(MatchReason reason) {
  switch (reason) {
    case MatchReason::kNone:
      return "";
    case MatchReason::kGuid:
      return "guid";
    case MatchReason::kUrl:
      return "url";
    case MatchReason::kText:
      return "text";
    case MatchReason::kSimilarity:
      return "similarity";
    case MatchReason::kContainment:
      return "containment";
  }
  return "";
}

absl::string_view FieldName(Field field) {
  return field == Field::kHeadline ? "headline" : "body";
}

}  // namespace wiredesk
