#include "stages/route/cel/types.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace wiredesk {
namespace {

// Letters to add, drop, change or swap, of which more than `limit` do not
// matter.
size_t EditDistance(absl::string_view a, absl::string_view b) {
  std::vector<std::vector<size_t>> cost(a.size() + 1,
                                        std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      cost[i][j] =
          std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1,
                    cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

bool CelIsNumber(const CelType& type) {
  return type.kind == CelKind::kInt || type.kind == CelKind::kUint ||
         type.kind == CelKind::kDouble;
}

bool CelIsOrdered(const CelType& type) {
  switch (type.kind) {
    case CelKind::kBool:
    case CelKind::kString:
    case CelKind::kBytes:
    case CelKind::kDuration:
    case CelKind::kTimestamp:
    case CelKind::kDyn:
      return true;
    default:
      return CelIsNumber(type);
  }
}

const CelType& CelItemOf(const CelType& type) {
  return type.item == nullptr ? kCelDyn : *type.item;
}

const CelType& CelKeyOf(const CelType& type) {
  return type.key == nullptr ? kCelDyn : *type.key;
}

bool CelFits(const CelType& a, const CelType& b) {
  if (a.kind == CelKind::kDyn || b.kind == CelKind::kDyn ||
      (CelIsNumber(a) && CelIsNumber(b))) {
    return true;
  }
  if (a.kind == CelKind::kNull || b.kind == CelKind::kNull) {
    return a.kind == b.kind || a.nullable || b.nullable;
  }
  if (a.kind != b.kind) {
    return false;
  }
  switch (a.kind) {
    case CelKind::kList:
      return CelFits(CelItemOf(a), CelItemOf(b));
    case CelKind::kMap:
      return CelFits(CelKeyOf(a), CelKeyOf(b)) &&
             CelFits(CelItemOf(a), CelItemOf(b));
    case CelKind::kObject:
      return a.object == nullptr || b.object == nullptr || a.object == b.object;
    default:
      return true;
  }
}

absl::string_view CelOperatorText(CelOp op) {
  switch (op) {
    case CelOp::kEqual:
      return "==";
    case CelOp::kNotEqual:
      return "!=";
    case CelOp::kLess:
      return "<";
    case CelOp::kLessEqual:
      return "<=";
    case CelOp::kGreater:
      return ">";
    case CelOp::kGreaterEqual:
      return ">=";
    case CelOp::kAdd:
      return "+";
    case CelOp::kSubtract:
      return "-";
    case CelOp::kMultiply:
      return "*";
    case CelOp::kDivide:
      return "/";
    case CelOp::kModulo:
      return "%";
    default:
      return "";
  }
}

std::string CelNearest(absl::string_view name,
                       const std::vector<absl::string_view>& known) {
  absl::string_view best;
  size_t best_distance = std::max<size_t>(2, name.size() / 3) + 1;
  const std::string lower = absl::AsciiStrToLower(name.substr(0, 64));
  for (const absl::string_view each : known) {
    const size_t distance = EditDistance(lower, absl::AsciiStrToLower(each));
    if (distance < best_distance) {
      best = each;
      best_distance = distance;
    }
  }
  return best.empty() ? "" : absl::StrCat("did you mean \"", best, "\"?");
}

}  // namespace wiredesk
