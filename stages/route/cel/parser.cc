#include "stages/route/cel/parser.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "absl/strings/str_cat.h"
#include "stages/route/cel/macros.h"

namespace wiredesk {
namespace {

using Node = std::unique_ptr<CelExpression>;

constexpr absl::string_view kReserved[] = {
    "as",        "break",  "const",  "continue", "else", "for",
    "function",  "if",     "import", "let",      "loop", "package",
    "namespace", "return", "var",    "void",     "while"};

struct BinaryOperator {
  absl::string_view text;
  CelOp op;
};

// Recursive descent. A failed function returns nullptr with the fault set.
class Parser {
 public:
  Parser(std::vector<CelToken> tokens, CelFault& fault)
      : tokens_(std::move(tokens)), fault_(fault) {}

  Node Run() {
    Node node = Expression();
    if (node != nullptr && token().kind != CelTokenKind::kEnd) {
      return Fail("the expression should end here", "join tests with && or ||");
    }
    return node;
  }

 private:
  const CelToken& token() const { return tokens_[at_]; }

  bool Is(absl::string_view text) const {
    return token().kind == CelTokenKind::kPunctuation && token().text == text;
  }

  bool Take(absl::string_view text) {
    if (!Is(text)) {
      return false;
    }
    ++at_;
    return true;
  }

  Node Fail(absl::string_view what, absl::string_view remedy = "") {
    return FailAt(token().begin, token().end, what, remedy);
  }

  Node FailAt(size_t begin, size_t end, absl::string_view what,
              absl::string_view remedy = "") {
    fault_ = {begin, end, std::string(what), std::string(remedy)};
    return nullptr;
  }

  bool Expect(absl::string_view text) {
    if (Take(text)) {
      return true;
    }
    Fail(absl::StrCat("expected ", text));
    return false;
  }

  static Node New(CelOp op, size_t begin) {
    auto node = std::make_unique<CelExpression>();
    node->op = op;
    node->begin = begin;
    return node;
  }

  Node End(Node node) {
    node->end = tokens_[at_ == 0 ? 0 : at_ - 1].end;
    for (const Node& arg : node->args) {
      node->height = std::max(node->height, arg->height + 1);
    }
    if (node->height > kCelHeightMax) {
      return Fail("the expression nests too deeply");
    }
    return node;
  }

  // Counts how deep the calls are, down to the end of the block.
  struct Depth {
    explicit Depth(int& depth) : value(depth) { ++value; }
    ~Depth() { --value; }
    int& value;
  };

  Node Expression() {
    const Depth depth(depth_);
    if (depth_ > kCelDepthMax) {
      return Fail("the expression nests too deeply");
    }
    Node condition = Chain(CelOp::kOr);
    if (condition == nullptr || !Take("?")) {
      return condition;
    }
    Node node = New(CelOp::kConditional, condition->begin);
    Node yes = Chain(CelOp::kOr);
    if (yes == nullptr || !Expect(":")) {
      return nullptr;
    }
    Node no = Expression();
    if (no == nullptr) {
      return nullptr;
    }
    node->args.push_back(std::move(condition));
    node->args.push_back(std::move(yes));
    node->args.push_back(std::move(no));
    return End(std::move(node));
  }

  // a || b || c, and within it a && b && c, as one node each.
  Node Chain(CelOp op) {
    const absl::string_view text = op == CelOp::kOr ? "||" : "&&";
    Node first = op == CelOp::kOr ? Chain(CelOp::kAnd) : Relation();
    if (first == nullptr || !Is(text)) {
      return first;
    }
    Node node = New(op, first->begin);
    node->args.push_back(std::move(first));
    while (Take(text)) {
      Node next = op == CelOp::kOr ? Chain(CelOp::kAnd) : Relation();
      if (next == nullptr) {
        return nullptr;
      }
      node->args.push_back(std::move(next));
    }
    return End(std::move(node));
  }

  Node Relation() {
    return LeftToRight({{"==", CelOp::kEqual},
                        {"!=", CelOp::kNotEqual},
                        {"<=", CelOp::kLessEqual},
                        {">=", CelOp::kGreaterEqual},
                        {"<", CelOp::kLess},
                        {">", CelOp::kGreater},
                        {"in", CelOp::kIn}},
                       [this] { return Addition(); });
  }

  Node Addition() {
    return LeftToRight({{"+", CelOp::kAdd}, {"-", CelOp::kSubtract}},
                       [this] { return Multiplication(); });
  }

  Node Multiplication() {
    return LeftToRight(
        {{"*", CelOp::kMultiply}, {"/", CelOp::kDivide}, {"%", CelOp::kModulo}},
        [this] { return Unary(); });
  }

  template <typename Operand>
  Node LeftToRight(std::initializer_list<BinaryOperator> operators,
                   Operand operand) {
    Node left = operand();
    while (left != nullptr) {
      const BinaryOperator* found = nullptr;
      for (const BinaryOperator& each : operators) {
        if (Is(each.text)) {
          found = &each;
          break;
        }
      }
      if (found == nullptr) {
        return left;
      }
      ++at_;
      Node right = operand();
      if (right == nullptr) {
        return nullptr;
      }
      Node node = New(found->op, left->begin);
      node->args.push_back(std::move(left));
      node->args.push_back(std::move(right));
      left = End(std::move(node));
    }
    return nullptr;
  }

  Node Unary() {
    if (!Is("!") && !Is("-")) {
      return Postfix();
    }
    const Depth depth(depth_);
    if (depth_ > kCelDepthMax) {
      return Fail("the expression nests too deeply");
    }
    const size_t begin = token().begin;
    const bool negate = Take("-");
    if (negate && (token().kind == CelTokenKind::kInt ||
                   token().kind == CelTokenKind::kDouble)) {
      negative_ = true;
      Node node = Postfix();
      if (node != nullptr) {
        node->begin = begin;
      }
      return node;
    }
    if (!negate) {
      ++at_;
    }
    Node operand = Unary();
    if (operand == nullptr) {
      return nullptr;
    }
    Node node = New(negate ? CelOp::kNegate : CelOp::kNot, begin);
    node->args.push_back(std::move(operand));
    return End(std::move(node));
  }

  Node Postfix() {
    Node node = Primary();
    while (node != nullptr) {
      if (Take(".")) {
        node = Member(std::move(node));
      } else if (Take("[")) {
        Node index = New(CelOp::kIndex, node->begin);
        Node key = Expression();
        if (key == nullptr || !Expect("]")) {
          return nullptr;
        }
        index->args.push_back(std::move(node));
        index->args.push_back(std::move(key));
        node = End(std::move(index));
      } else {
        return node;
      }
    }
    return nullptr;
  }

  Node Member(Node operand) {
    if (token().kind != CelTokenKind::kIdentifier &&
        token().kind != CelTokenKind::kQuotedIdentifier) {
      return Fail("expected the name of a field or function after the dot");
    }
    const CelToken name = token();
    ++at_;
    if (name.kind == CelTokenKind::kIdentifier && Take("(")) {
      return MemberCall(std::move(operand), name);
    }
    Node node = New(CelOp::kSelect, operand->begin);
    node->name = name.text;
    node->args.push_back(std::move(operand));
    return End(std::move(node));
  }

  Node MemberCall(Node operand, const CelToken& name) {
    Node node = New(CelOp::kFunction, operand->begin);
    node->name = name.text;
    node->member = true;
    node->args.push_back(std::move(operand));
    if (!Arguments(")", node->args)) {
      return nullptr;
    }
    return EndCall(std::move(node));
  }

  Node EndCall(Node call) {
    call = End(std::move(call));
    const bool good = call != nullptr && CelExpandMacro(*call, fault_);
    return good ? std::move(call) : nullptr;
  }

  // The list up to `close`; a trailing comma is allowed in [ ] and { }.
  bool Arguments(absl::string_view close, std::vector<Node>& args) {
    while (!Take(close)) {
      Node arg = Expression();
      if (arg == nullptr) {
        return false;
      }
      args.push_back(std::move(arg));
      if (!Take(",")) {
        return Expect(close);
      }
      if (close == ")" && Is(close)) {
        Fail("expected another argument");
        return false;
      }
    }
    return true;
  }

  Node Primary() {
    const CelToken& first = token();
    switch (first.kind) {
      case CelTokenKind::kIdentifier:
        return Name();
      case CelTokenKind::kQuotedIdentifier:
        return Fail("back quotes are for fields, after a dot");
      case CelTokenKind::kEnd:
        return Fail("the expression ends too early");
      case CelTokenKind::kPunctuation:
        break;
      default:
        return Literal();
    }
    if (Take("(")) {
      Node node = Expression();
      return node != nullptr && Expect(")") ? std::move(node) : nullptr;
    }
    if (Take("[")) {
      Node node = New(CelOp::kList, first.begin);
      return Arguments("]", node->args) ? End(std::move(node)) : nullptr;
    }
    if (Take("{")) {
      return Map(first.begin);
    }
    if (Is(".")) {
      return Name();
    }
    return Fail(absl::StrCat("unexpected ", first.text));
  }

  Node Map(size_t begin) {
    Node node = New(CelOp::kMap, begin);
    while (!Take("}")) {
      Node key = Expression();
      if (key == nullptr || !Expect(":")) {
        return nullptr;
      }
      Node value = Expression();
      if (value == nullptr) {
        return nullptr;
      }
      node->args.push_back(std::move(key));
      node->args.push_back(std::move(value));
      if (!Take(",")) {
        return Expect("}") ? End(std::move(node)) : nullptr;
      }
    }
    return End(std::move(node));
  }

  Node Literal() {
    const CelToken& literal = token();
    Node node = New(CelOp::kConstant, literal.begin);
    const bool negative = std::exchange(negative_, false);
    switch (literal.kind) {
      case CelTokenKind::kInt:
        if (!negative && literal.natural == uint64_t{1} << 63) {
          return Fail("the number is too large");
        }
        node->constant = CelValue::Int(static_cast<int64_t>(
            negative ? uint64_t{0} - literal.natural : literal.natural));
        break;
      case CelTokenKind::kUint:
        node->constant = CelValue::Uint(literal.natural);
        break;
      case CelTokenKind::kDouble:
        node->constant =
            CelValue::Double(negative ? -literal.real : literal.real);
        break;
      default:
        node->text = literal.text;
        node->constant = literal.kind == CelTokenKind::kBytes
                             ? CelValue::Bytes(node->text)
                             : CelValue::String(node->text);
    }
    ++at_;
    return End(std::move(node));
  }

  Node Name() {
    const size_t begin = token().begin;
    const bool global = Take(".");
    if (token().kind != CelTokenKind::kIdentifier) {
      return Fail("expected a name");
    }
    const std::string name = token().text;
    for (const absl::string_view reserved : kReserved) {
      if (name == reserved) {
        return Fail(absl::StrCat(name, " is a reserved word"));
      }
    }
    ++at_;
    if (!global && (name == "true" || name == "false" || name == "null")) {
      Node node = New(CelOp::kConstant, begin);
      node->constant =
          name == "null" ? CelValue::Null() : CelValue::Bool(name == "true");
      return End(std::move(node));
    }
    Node node = New(CelOp::kName, begin);
    node->name = name;
    node->global = global;
    if (Is("{")) {
      return Fail("messages cannot be built here",
                  "this subset of CEL has no protobuf messages");
    }
    if (!Take("(")) {
      return End(std::move(node));
    }
    node->op = CelOp::kFunction;
    if (!Arguments(")", node->args)) {
      return nullptr;
    }
    return EndCall(std::move(node));
  }

  const std::vector<CelToken> tokens_;
  CelFault& fault_;
  size_t at_ = 0;
  int depth_ = 0;
  bool negative_ = false;  // a minus sign stood before the next literal
};

}  // namespace

std::unique_ptr<CelExpression> CelParse(absl::string_view source,
                                        CelFault& fault) {
  if (source.size() > kCelSourceMax) {
    fault = {0, 0, "the expression is too long", ""};
    return nullptr;
  }
  std::vector<CelToken> tokens;
  if (!CelLex(source, tokens, fault)) {
    return nullptr;
  }
  return Parser(std::move(tokens), fault).Run();
}

}  // namespace wiredesk
