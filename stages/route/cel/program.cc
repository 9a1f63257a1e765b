#include "stages/route/cel/program.h"

#include <cstdint>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "stages/route/cel/evaluator.h"
#include "stages/route/cel/time.h"
#include "stages/route/cel/types.h"

namespace wiredesk {
namespace {

template <typename T>
void AppendRaw(const T& value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

void AppendAddress(const void* address, std::string& out) {
  AppendRaw(reinterpret_cast<uintptr_t>(address), out);
}

// Equal for equal nodes. Constants go by what they hold, not by where.
std::string KeyOf(const CelNode& node, absl::Span<const CelNodeId> args) {
  std::string key;
  AppendRaw(node.op, key);
  AppendRaw(node.function, key);
  AppendRaw(node.slot, key);
  AppendAddress(node.field, key);
  AppendAddress(node.bound, key);
  AppendRaw(node.constant.kind, key);
  if (node.constant.is_text()) {
    key.append(node.constant.text().data(), node.constant.size);
  } else if (node.constant.kind == CelKind::kBool) {
    AppendRaw(node.constant.boolean, key);
  } else if (node.constant.kind != CelKind::kNull) {
    AppendRaw(node.constant.natural, key);
    AppendRaw(node.constant.size, key);
  }
  for (const CelNodeId arg : args) {
    AppendRaw(arg, key);
  }
  return key;
}

// What can be kept beyond the evaluation that gave it.
bool IsScalar(const CelValue& value) {
  return value.kind != CelKind::kError && value.kind != CelKind::kList &&
         value.kind != CelKind::kMap && value.kind != CelKind::kObject;
}

int TimePartOf(absl::string_view name) {
  constexpr absl::string_view kNames[] = {
      "getFullYear",  "getMonth",       "getDate",  "getDayOfMonth",
      "getDayOfWeek", "getDayOfYear",   "getHours", "getMinutes",
      "getSeconds",   "getMilliseconds"};
  int part = 0;
  for (const absl::string_view each : kNames) {
    if (each == name) {
      break;
    }
    ++part;
  }
  return part;
}

// The text of an argument that is a literal; null if it is none.
const std::string* TextLiteral(const CelExpression& call, size_t i) {
  const CelExpression& arg = *call.args[i];
  return arg.op == CelOp::kConstant && arg.constant.kind == CelKind::kString
             ? &arg.text
             : nullptr;
}

bool Fail(const CelExpression& node, absl::string_view what,
          absl::string_view remedy, CelFault& fault) {
  fault = {node.begin, node.end, std::string(what), std::string(remedy)};
  return false;
}

bool BindRegex(const CelExpression& call, CelBound& bound, CelFault& fault) {
  const std::string* pattern = TextLiteral(call, 1);
  if (pattern == nullptr) {
    return true;
  }
  bound.regex = std::make_unique<RE2>(*pattern, RE2::Quiet);
  return bound.regex->ok() ||
         Fail(*call.args[1],
              absl::StrCat("not a regular expression: ", bound.regex->error()),
              "the syntax is RE2's", fault);
}

bool BindZone(const CelExpression& call, CelBound& bound, CelFault& fault) {
  const std::string* name =
      call.args.size() == 2 ? TextLiteral(call, 1) : nullptr;
  if (name == nullptr) {
    return true;
  }
  bound.zone = CelTimeZone(*name);
  return bound.zone.has_value() ||
         Fail(*call.args[1], absl::StrCat("unknown time zone \"", *name, "\""),
              "write it as Europe/Berlin or +02:00", fault);
}

bool BindNear(const CelExpression& call, CelBound& bound, CelFault& fault) {
  const std::string* first = TextLiteral(call, 1);
  const std::string* second = TextLiteral(call, 2);
  const CelExpression& distance = *call.args[3];
  if (first == nullptr || second == nullptr ||
      distance.op != CelOp::kConstant ||
      distance.constant.kind != CelKind::kInt ||
      distance.constant.integer < 1) {
    return Fail(call, "near() needs two phrases and a distance as literals",
                "write near(body, \"interest\", \"rate\", 3)", fault);
  }
  bound.near = MakeNearPattern(*first, *second,
                               static_cast<size_t>(distance.constant.integer));
  return (!bound.near->first.empty() && !bound.near->second.empty()) ||
         Fail(call, "near() needs words to look for", "", fault);
}

bool BindPlace(const CelExpression& call, CelBound& bound, CelFault& fault) {
  const CelStruct* object = call.args[0]->type.object;
  if (object != nullptr) {
    bound.latitude = object->Find("lat");
    bound.longitude = object->Find("lon");
  }
  return (bound.latitude != nullptr && bound.longitude != nullptr) ||
         Fail(*call.args[0], "within_km() needs a place",
              "write places.exists(p, within_km(p, 48.2, 16.4, 50))", fault);
}

bool BindNames(const CelEnvironment& environment, const CelExpression& call,
               CelBound& bound, CelFault& fault) {
  const std::string* name = TextLiteral(call, 1);
  if (name == nullptr) {
    return Fail(*call.args[1], "in_list() needs the name of a list", "", fault);
  }
  const auto found = environment.lists.find(*name);
  if (found == environment.lists.end()) {
    std::vector<absl::string_view> known;
    for (const auto& [each, list] : environment.lists) {
      known.push_back(each);
    }
    const std::string nearest = CelNearest(*name, known);
    return Fail(*call.args[1], absl::StrCat("there is no list \"", *name, "\""),
                nearest.empty() ? "declare it under lists:" : nearest, fault);
  }
  bound.names = found->second;
  return true;
}

}  // namespace

CelNodeId CelProgram::Add(const CelEnvironment& environment,
                          absl::string_view source, CelKind result,
                          CelFault& fault, std::vector<CelSpan>* spans) {
  const std::unique_ptr<CelExpression> root = CelParse(source, fault);
  if (root == nullptr || !CelCheck(environment, *root, fault)) {
    return kCelNone;
  }
  const CelKind kind = root->type.kind;
  const bool scalar = kind == CelKind::kBool || kind == CelKind::kInt ||
                      kind == CelKind::kUint || kind == CelKind::kDouble ||
                      kind == CelKind::kString || kind == CelKind::kTimestamp;
  if (environment.strict && kind != CelKind::kDyn &&
      (result == CelKind::kDyn ? !scalar : kind != result)) {
    Fail(*root,
         absl::StrCat("this gives ", ToString(root->type),
                      result == CelKind::kBool
                          ? ", where a test is needed"
                          : ", where a text or a number is needed"),
         kind == CelKind::kList ? "ask for one item, or for its size"
         : kind == CelKind::kObject
             ? absl::StrCat(
                   "ask for one of its fields, such as .",
                   root->type.object == nullptr || root->type.object->size == 0
                       ? "id"
                       : root->type.object->fields[0].name)
             : "",
         fault);
    return kCelNone;
  }
  const CelNodeId id = Compile(environment, *root, fault, spans);
  if (id != kCelNone && nodes_.size() > kCelNodesMax) {
    Fail(*root, "there are too many expressions", "", fault);
    return kCelNone;
  }
  return id;
}

CelNodeId CelProgram::Compile(const CelEnvironment& environment,
                              const CelExpression& expression, CelFault& fault,
                              std::vector<CelSpan>* spans) {
  const size_t place = spans == nullptr ? 0 : spans->size();
  if (spans != nullptr) {
    spans->push_back({expression.begin, expression.end, 0});
  }
  CelNode node;
  node.op = expression.op;
  node.slot = expression.op == CelOp::kFunction ? 0 : expression.slot;
  node.field = expression.field;
  node.constant = expression.constant;
  if (expression.op == CelOp::kLocal) {
    node.locals = static_cast<uint16_t>(1u << expression.slot);
  }
  if (expression.op == CelOp::kSelect || expression.op == CelOp::kHas) {
    node.constant = CelValue::String(expression.name);
  }
  const bool macro = expression.op >= CelOp::kAll;
  std::vector<CelNodeId> args;
  for (const auto& arg : expression.args) {
    // A macro's body has one value for each item: nothing to show.
    const bool body = macro && !args.empty();
    const CelNodeId id =
        Compile(environment, *arg, fault, body ? nullptr : spans);
    if (id == kCelNone) {
      return kCelNone;
    }
    args.push_back(id);
    // A macro's own variable is bound within it.
    const unsigned bound = body ? 1u << expression.slot : 0;
    node.locals |= static_cast<uint16_t>(nodes_[id].locals & ~bound);
  }
  if (expression.op == CelOp::kFunction &&
      !Bind(environment, expression, node, fault)) {
    return kCelNone;
  }
  const CelNodeId id = Fold(Intern(node, args));
  Shorten(id);
  if (spans != nullptr) {
    (*spans)[place].node = id;
  }
  return id;
}

bool CelProgram::Bind(const CelEnvironment& environment,
                      const CelExpression& expression, CelNode& node,
                      CelFault& fault) {
  node.function = CelOverloads()[expression.slot].function;
  CelBound bound;
  // What tells one binding from another of the same function.
  std::string key = absl::StrCat(static_cast<int>(node.function), "|");
  bool good = true;
  switch (node.function) {
    case CelFunction::kMatches:
      good = BindRegex(expression, bound, fault);
      break;
    case CelFunction::kTimePart:
      bound.time_part = TimePartOf(expression.name);
      good = BindZone(expression, bound, fault);
      break;
    case CelFunction::kNear:
      good = BindNear(expression, bound, fault);
      break;
    case CelFunction::kWithinKm:
      good = BindPlace(expression, bound, fault);
      break;
    case CelFunction::kInList:
      good = BindNames(environment, expression, bound, fault);
      break;
    default:
      break;
  }
  if (!good) {
    return false;
  }
  absl::StrAppend(&key, expression.name);
  for (const auto& arg : expression.args) {
    absl::StrAppend(
        &key, "|",
        arg->op == CelOp::kConstant ? CelToText(arg->constant, 4096) : "");
  }
  AppendAddress(bound.latitude, key);
  const auto [entry, added] = known_bounds_.try_emplace(key, nullptr);
  if (added) {
    bounds_.push_back(std::move(bound));
    entry->second = &bounds_.back();
  }
  node.bound = entry->second;
  return true;
}

CelNodeId CelProgram::Intern(CelNode node, absl::Span<const CelNodeId> args) {
  const auto [entry, added] = known_.try_emplace(
      KeyOf(node, args), static_cast<CelNodeId>(nodes_.size()));
  if (!added) {
    // Used a second time: worth a memo, unless it is as cheap as one.
    CelNode& known = nodes_[entry->second];
    if (known.memo == kCelNone && known.locals == 0 && known.size > 0) {
      known.memo = static_cast<uint32_t>(memos_++);
    }
    return entry->second;
  }
  node.constant = Own(node.constant);
  node.args = static_cast<uint32_t>(args_.size());
  node.size = static_cast<uint32_t>(args.size());
  args_.insert(args_.end(), args.begin(), args.end());
  nodes_.push_back(node);
  return static_cast<CelNodeId>(nodes_.size() - 1);
}

CelValue CelProgram::Own(const CelValue& value) {
  if (!value.is_text()) {
    return value;
  }
  texts_.emplace_back(value.text());
  return value.kind == CelKind::kString ? CelValue::String(texts_.back())
                                        : CelValue::Bytes(texts_.back());
}

// A node whose arguments are constants becomes one, if its value can be kept.
CelNodeId CelProgram::Fold(CelNodeId id) {
  const CelNode& node = nodes_[id];
  if (node.op == CelOp::kConstant || node.op >= CelOp::kAll ||
      node.op == CelOp::kVariable || node.op == CelOp::kLocal ||
      node.op == CelOp::kField || node.op == CelOp::kHas) {
    return id;
  }
  bool decided = false;
  bool constant = true;
  for (const CelNodeId arg : args(node)) {
    const CelNode& each = nodes_[arg];
    constant = constant && each.op == CelOp::kConstant;
    decided = decided || (each.op == CelOp::kConstant &&
                          (node.op == CelOp::kAnd  ? each.constant.is_false()
                           : node.op == CelOp::kOr ? each.constant.is_true()
                                                   : false));
  }
  if (decided) {
    return InternConstant(CelValue::Bool(node.op == CelOp::kOr));
  }
  if (!constant || node.op == CelOp::kMap) {
    return id;
  }
  if (node.op == CelOp::kList) {
    std::vector<CelValue>& items = lists_.emplace_back();
    for (const CelNodeId arg : args(node)) {
      items.push_back(nodes_[arg].constant);
    }
    nodes_[id].constant =
        CelValue::List(items.data(), items.size(), &kCelValueList);
    nodes_[id].op = CelOp::kConstant;
    return id;
  }
  CelEvaluator evaluator(*this);
  evaluator.Begin(nullptr);
  const CelValue value = evaluator.Evaluate(id);
  return IsScalar(value) ? InternConstant(value) : id;
}

// Marks `list.exists(e, e.field == "text")`, the most frequent test of all, by
// the field and the text in the node itself: see CelEvaluator::Quantify.
void CelProgram::Shorten(CelNodeId id) {
  CelNode& node = nodes_[id];
  if (node.op != CelOp::kExists) return;
  const CelNode& body = nodes_[args(node)[1]];
  if (body.op != CelOp::kEqual) return;
  const CelNode& item = nodes_[args(body)[0]];
  const CelNode& text = nodes_[args(body)[1]];
  if (item.op != CelOp::kSelect || item.field == nullptr ||
      text.op != CelOp::kConstant || text.constant.kind != CelKind::kString) {
    return;
  }
  const CelNode& local = nodes_[args(item)[0]];
  if (local.op != CelOp::kLocal || local.slot != node.slot) return;
  node.field = item.field;
  node.constant = text.constant;
}

CelNodeId CelProgram::InternConstant(const CelValue& value) {
  CelNode node;
  node.constant = value;
  return Intern(node, {});
}

}  // namespace wiredesk
