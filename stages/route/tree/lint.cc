#include "stages/route/tree/lint.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "stages/route/cel/types.h"

namespace wiredesk {
namespace {

bool Has(const std::vector<CelValue>& values, const CelValue& value) {
  return std::any_of(values.begin(), values.end(), [&](const CelValue& each) {
    return CelEquals(each, value);
  });
}

// As a double; nothing where digits would be lost.
std::optional<double> Number(const CelValue& value) {
  constexpr int64_t kExact = int64_t{1} << 53;
  switch (value.kind) {
    case CelKind::kInt:
      if (value.integer < -kExact || value.integer > kExact) break;
      return static_cast<double>(value.integer);
    case CelKind::kUint:
      if (value.natural > static_cast<uint64_t>(kExact)) break;
      return static_cast<double>(value.natural);
    case CelKind::kDouble:
      if (std::isnan(value.real)) break;
      return value.real;
    default:
      break;
  }
  return std::nullopt;
}

bool IsLiteral(const CelValue& value) {
  return value.kind == CelKind::kString || value.kind == CelKind::kBool ||
         Number(value).has_value();
}

// The items of a constant list, if all of them are literals.
std::optional<std::vector<CelValue>> Literals(const CelNode& node) {
  if (node.op != CelOp::kConstant || node.constant.kind != CelKind::kList) {
    return std::nullopt;
  }
  std::vector<CelValue> values;
  for (size_t i = 0; i < node.constant.size; ++i) {
    values.push_back(node.constant.item(i));
    if (!IsLiteral(values.back())) return std::nullopt;
  }
  return values;
}

// `a < 5` said from the other side.
CelOp Mirror(CelOp op) {
  switch (op) {
    case CelOp::kLess:
      return CelOp::kGreater;
    case CelOp::kLessEqual:
      return CelOp::kGreaterEqual;
    case CelOp::kGreater:
      return CelOp::kLess;
    case CelOp::kGreaterEqual:
      return CelOp::kLessEqual;
    default:
      return op;
  }
}

bool SetBound(CelOp op, const CelValue& value, CelDomain& domain) {
  const std::optional<double> number = Number(value);
  if (!number.has_value()) return false;
  switch (op) {
    case CelOp::kLess:
    case CelOp::kLessEqual:
      domain.high = number;
      domain.below = op == CelOp::kLess;
      return true;
    case CelOp::kGreater:
    case CelOp::kGreaterEqual:
      domain.low = number;
      domain.above = op == CelOp::kGreater;
      return true;
    default:
      return false;
  }
}

// Both hold.
CelDomain Intersect(CelDomain a, const CelDomain& b) {
  if (b.allowed.has_value()) {
    std::vector<CelValue> both;
    for (const CelValue& value : *b.allowed) {
      if (a.Contains(value)) both.push_back(value);
    }
    a.allowed = std::move(both);
  }
  a.excluded.insert(a.excluded.end(), b.excluded.begin(), b.excluded.end());
  if (b.low.has_value() && (!a.low.has_value() || *b.low >= *a.low)) {
    a.above = b.above || (a.above && a.low == b.low);
    a.low = b.low;
  }
  if (b.high.has_value() && (!a.high.has_value() || *b.high <= *a.high)) {
    a.below = b.below || (a.below && a.high == b.high);
    a.high = b.high;
  }
  return a;
}

}  // namespace

bool CelDomain::Contains(const CelValue& value) const {
  if (allowed.has_value() && !Has(*allowed, value)) return false;
  if (Has(excluded, value)) return false;
  if (!low.has_value() && !high.has_value()) return true;
  const std::optional<double> number = Number(value);
  if (!number.has_value()) return false;
  if (low.has_value() && (above ? *number <= *low : *number < *low)) {
    return false;
  }
  return !high.has_value() || (below ? *number < *high : *number <= *high);
}

bool CelDomain::empty() const {
  if (allowed.has_value()) {
    return std::none_of(
        allowed->begin(), allowed->end(),
        [this](const CelValue& value) { return Contains(value); });
  }
  if (!low.has_value() || !high.has_value()) return false;
  return *low > *high || (*low == *high && (above || below));
}

bool CelDomain::Within(const CelDomain& other) const {
  if (allowed.has_value()) {
    return std::all_of(allowed->begin(), allowed->end(),
                       [&](const CelValue& value) {
                         return !Contains(value) || other.Contains(value);
                       });
  }
  if (other.allowed.has_value()) return false;
  for (const CelValue& value : other.excluded) {
    if (Contains(value)) return false;
  }
  if (other.low.has_value() &&
      (!low.has_value() || *low < *other.low ||
       (*low == *other.low && other.above && !above))) {
    return false;
  }
  return !other.high.has_value() ||
         (high.has_value() &&
          (*high < *other.high ||
           (*high == *other.high && (below || !other.below))));
}

void RouteFacts::Add(CelNodeId test) {
  if (test == kCelNone) return;
  const CelNode& node = program_->node(test);
  if (node.op == CelOp::kAnd) {
    for (const CelNodeId part : program_->args(node)) Add(part);
    return;
  }
  holds_.insert(test);
  CelDomain domain;
  const std::optional<CelNodeId> about = Read(test, domain);
  if (!about.has_value()) return;
  const auto [known, added] = domains_.try_emplace(*about, domain);
  if (!added) known->second = Intersect(known->second, domain);
}

std::optional<CelNodeId> RouteFacts::Read(CelNodeId id,
                                          CelDomain& domain) const {
  const CelNode& node = program_->node(id);
  if (node.op == CelOp::kNot) {
    CelDomain inner;
    const CelNodeId arg = program_->args(node)[0];
    const std::optional<CelNodeId> about = Read(arg, inner);
    if (!about.has_value()) return std::nullopt;
    if (inner.allowed.has_value() && inner.excluded.empty()) {
      domain.excluded = *inner.allowed;
    } else if (!inner.allowed.has_value() && !inner.excluded.empty()) {
      domain.allowed = inner.excluded;
    } else {
      return std::nullopt;
    }
    return about;
  }
  std::optional<CelNodeId> about;
  if (node.op >= CelOp::kEqual && node.op <= CelOp::kIn) {
    about = ReadComparison(node, domain);
  }
  if (about.has_value()) return about;
  // Anything else is an expression that is true.
  domain.allowed = {CelValue::Bool(true)};
  return id;
}

std::optional<CelNodeId> RouteFacts::ReadComparison(const CelNode& node,
                                                    CelDomain& domain) const {
  const CelNodeId left = program_->args(node)[0];
  const CelNodeId right = program_->args(node)[1];
  if (node.op == CelOp::kIn) {
    domain.allowed = Literals(program_->node(right));
    return domain.allowed.has_value() ? std::optional(left) : std::nullopt;
  }
  const bool mirrored = program_->node(left).op == CelOp::kConstant;
  const CelNode& constant = program_->node(mirrored ? left : right);
  if (constant.op != CelOp::kConstant || !IsLiteral(constant.constant)) {
    return std::nullopt;
  }
  if (node.op == CelOp::kEqual) {
    domain.allowed = {constant.constant};
  } else if (node.op == CelOp::kNotEqual) {
    domain.excluded = {constant.constant};
  } else if (!SetBound(mirrored ? Mirror(node.op) : node.op, constant.constant,
                       domain)) {
    return std::nullopt;
  }
  return mirrored ? right : left;
}

bool RouteFacts::Impossible() const {
  for (const CelNodeId id : holds_) {
    const CelNode& node = program_->node(id);
    if (node.op == CelOp::kConstant && !node.constant.is_true()) return true;
  }
  return std::any_of(domains_.begin(), domains_.end(),
                     [](const auto& each) { return each.second.empty(); });
}

bool RouteFacts::Imply(CelNodeId test) const {
  if (test == kCelNone || holds_.contains(test)) return true;
  const CelNode& node = program_->node(test);
  const absl::Span<const CelNodeId> args = program_->args(node);
  const auto implied = [this](CelNodeId arg) { return Imply(arg); };
  if (node.op == CelOp::kConstant) return node.constant.is_true();
  if (node.op == CelOp::kAnd) {
    return std::all_of(args.begin(), args.end(), implied);
  }
  if (node.op == CelOp::kOr) {
    return std::any_of(args.begin(), args.end(), implied);
  }
  CelDomain domain;
  const std::optional<CelNodeId> about = Read(test, domain);
  if (!about.has_value()) return false;
  const auto known = domains_.find(*about);
  return known != domains_.end() && known->second.Within(domain);
}

namespace {

// The first of the constants in `constant` that `field` never has.
std::string ValueBeyond(const CelField& field, const CelValue& constant,
                        std::string& remedy) {
  const absl::Span<const absl::string_view> choices = field.type.choices;
  const bool list = constant.kind == CelKind::kList;
  for (size_t i = 0; i < (list ? constant.size : 1); ++i) {
    const CelValue item = list ? constant.item(i) : constant;
    // "" asks whether there is a value.
    if (item.kind != CelKind::kString || item.size == 0 ||
        std::find(choices.begin(), choices.end(), item.text()) !=
            choices.end()) {
      continue;
    }
    remedy = CelNearest(item.text(), {choices.begin(), choices.end()});
    if (remedy.empty()) {
      remedy = absl::StrCat("it is one of ", absl::StrJoin(choices, ", "));
    }
    return absl::StrCat(field.name, " is never ", CelToText(item));
  }
  return "";
}

}  // namespace

std::string FindImpossibleValue(const CelProgram& program, CelNodeId test,
                                std::string& remedy) {
  if (test == kCelNone) return "";
  const CelNode& node = program.node(test);
  const absl::Span<const CelNodeId> args = program.args(node);
  std::string found;
  if (node.op == CelOp::kEqual || node.op == CelOp::kNotEqual ||
      node.op == CelOp::kIn) {
    const CelNode& left = program.node(args[0]);
    const CelNode& right = program.node(args[1]);
    const bool field =
        (left.op == CelOp::kField || left.op == CelOp::kSelect) &&
        left.field != nullptr && !left.field->type.choices.empty();
    if (field && right.op == CelOp::kConstant) {
      found = ValueBeyond(*left.field, right.constant, remedy);
    }
  }
  for (size_t i = 0; i < args.size() && found.empty(); ++i) {
    found = FindImpossibleValue(program, args[i], remedy);
  }
  return found;
}

}  // namespace wiredesk
