// What the checker knows of types and names.

#ifndef WIREDESK_STAGES_ROUTE_CEL_TYPES_H_
#define WIREDESK_STAGES_ROUTE_CEL_TYPES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/route/cel/parser.h"
#include "stages/route/cel/value.h"

namespace wiredesk {

constexpr CelType CelTypeOf(CelKind kind) {
  return {kind, nullptr, nullptr, nullptr};
}
inline constexpr CelType kCelDyn = CelTypeOf(CelKind::kDyn);

bool CelIsNumber(const CelType& type);
bool CelIsOrdered(const CelType& type);

// Of the items of a list or the values of a map; of the keys of a map.
const CelType& CelItemOf(const CelType& type);
const CelType& CelKeyOf(const CelType& type);

// Whether a value of one type may stand where the other is asked for. Numbers
// of different kinds compare in CEL.
bool CelFits(const CelType& a, const CelType& b);

// "==", "<", "+" ...
absl::string_view CelOperatorText(CelOp op);

// As a remedy: "did you mean x?", or empty where nothing is near.
std::string CelNearest(absl::string_view name,
                       const std::vector<absl::string_view>& known);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_TYPES_H_
