#include "stages/tag/rules/rules_parse.h"

#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "config/base/status_macros.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

using Node = TagRuleNode;
using NodeOr = absl::StatusOr<std::unique_ptr<Node>>;

constexpr size_t kMaxRules = 100000;
constexpr int kMaxDepth = 64;
constexpr uint32_t kMaxDistance = 1000;

constexpr absl::string_view kIdPrefixes[] = {
    "entity:", "place:", "topic:", "language:", "domain:"};

// Reads one line by recursive descent: or > and > not > near > operand.
class RuleLine {
 public:
  explicit RuleLine(absl::string_view line) : line_(line) {}

  absl::StatusOr<ParsedTagRule> Read() {
    ParsedTagRule rule;
    WD_RETURN_IF_ERROR(ReadHead(rule));
    WD_ASSIGN_OR_RETURN(rule.root, ReadOr(0));
    SkipSpace();
    if (!AtEnd()) return Error("expected an operator or the end of the line");
    return rule;
  }

  size_t column() const { return at_ + 1; }

 private:
  absl::Status Error(absl::string_view message) const {
    return absl::InvalidArgumentError(message);
  }

  // "name:" or "name >= 3:".
  absl::Status ReadHead(ParsedTagRule& rule) {
    SkipSpace();
    const size_t begin = at_;
    while (!AtEnd() && (absl::ascii_isalnum(Byte()) || Byte() == '-' ||
                        Byte() == '_' || Byte() == '.' || Byte() == '/')) {
      ++at_;
    }
    rule.name = std::string(line_.substr(begin, at_ - begin));
    if (rule.name.empty()) return Error("a rule begins with a name and ':'");
    SkipSpace();
    if (absl::StartsWith(line_.substr(at_), ">=")) {
      at_ += 2;
      SkipSpace();
      WD_ASSIGN_OR_RETURN(rule.threshold, ReadNumber());
      if (rule.threshold <= 0) return Error("a threshold is above 0");
      SkipSpace();
    }
    if (AtEnd() || Byte() != ':') return Error("expected ':' behind the name");
    ++at_;
    return absl::OkStatus();
  }

  NodeOr ReadOr(int depth) {
    if (depth > kMaxDepth) return Error("parentheses nest too deep");
    WD_ASSIGN_OR_RETURN(std::unique_ptr<Node> first, ReadAnd(depth));
    if (!TakeOperator("OR")) return first;
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::kOr;
    node->children.push_back(std::move(first));
    do {
      WD_ASSIGN_OR_RETURN(std::unique_ptr<Node> next, ReadAnd(depth));
      node->children.push_back(std::move(next));
    } while (TakeOperator("OR"));
    return node;
  }

  NodeOr ReadAnd(int depth) {
    WD_ASSIGN_OR_RETURN(std::unique_ptr<Node> first, ReadNot(depth));
    if (!AnotherFollows()) return first;
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::kAnd;
    node->children.push_back(std::move(first));
    while (AnotherFollows()) {
      TakeOperator("AND");
      WD_ASSIGN_OR_RETURN(std::unique_ptr<Node> next, ReadNot(depth));
      node->children.push_back(std::move(next));
    }
    return node;
  }

  NodeOr ReadNot(int depth) {
    if (!TakeOperator("NOT")) return ReadNear(depth);
    if (depth > kMaxDepth) return Error("NOT nests too deep");
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::kNot;
    WD_ASSIGN_OR_RETURN(std::unique_ptr<Node> child, ReadNot(depth + 1));
    node->children.push_back(std::move(child));
    return node;
  }

  NodeOr ReadNear(int depth) {
    WD_ASSIGN_OR_RETURN(std::unique_ptr<Node> first, ReadOperand(depth));
    SkipSpace();
    if (!absl::StartsWith(line_.substr(at_), "NEAR/")) return first;
    if (first->kind != Node::Kind::kWords) {
      return Error("NEAR stands between words or phrases");
    }
    at_ += 5;
    WD_ASSIGN_OR_RETURN(const double distance, ReadNumber());
    if (distance < 0 || distance > kMaxDistance) {
      return Error("NEAR reaches from 0 to 1000 words");
    }
    WD_ASSIGN_OR_RETURN(std::unique_ptr<Node> second, ReadOperand(depth));
    if (second->kind != Node::Kind::kWords) {
      return Error("NEAR stands between words or phrases");
    }
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::kNear;
    node->distance = static_cast<uint32_t>(distance);
    node->weight = second->weight;
    node->children.push_back(std::move(first));
    node->children.push_back(std::move(second));
    return node;
  }

  NodeOr ReadOperand(int depth) {
    SkipSpace();
    if (AtEnd()) return Error("expected a word, a phrase or '('");
    std::unique_ptr<Node> node;
    if (Take("title:")) {
      WD_ASSIGN_OR_RETURN(node, ReadOperand(depth + 1));
      WD_RETURN_IF_ERROR(RestrictToTitle(*node));
    } else if (Byte() == '(') {
      ++at_;
      WD_ASSIGN_OR_RETURN(node, ReadOr(depth + 1));
      SkipSpace();
      if (AtEnd() || Byte() != ')') return Error("expected ')'");
      ++at_;
    } else {
      WD_ASSIGN_OR_RETURN(node, ReadLeaf());
    }
    if (!AtEnd() && Byte() == '*') {
      ++at_;
      WD_ASSIGN_OR_RETURN(node->weight, ReadNumber());
    }
    return node;
  }

  NodeOr ReadLeaf() {
    auto node = std::make_unique<Node>();
    for (const absl::string_view prefix : kIdPrefixes) {
      if (!absl::StartsWith(line_.substr(at_), prefix)) continue;
      node->kind = Node::Kind::kId;
      const size_t begin = at_;
      while (!AtEnd() && !absl::ascii_isspace(Byte()) && Byte() != ')' &&
             Byte() != '(' && Byte() != '*') {
        ++at_;
      }
      node->id = absl::AsciiStrToLower(line_.substr(begin, at_ - begin));
      if (node->id.size() == prefix.size()) return Error("an id is missing");
      return node;
    }
    const size_t start = at_;
    absl::string_view text;
    if (Byte() == '"') {
      const size_t end = line_.find('"', at_ + 1);
      if (end == absl::string_view::npos) return Error("no closing '\"'");
      text = line_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
    } else {
      while (!AtEnd() && !absl::ascii_isspace(Byte()) && Byte() != ')' &&
             Byte() != '(' && Byte() != '*' && Byte() != '"') {
        ++at_;
      }
      text = line_.substr(start, at_ - start);
    }
    std::vector<Word> words;
    SplitWords(text, words);
    if (words.empty()) {
      at_ = start;
      return Error("expected a word, a phrase or '('");
    }
    for (const Word& word : words) node->words.push_back(word.hash);
    return node;
  }

  absl::Status RestrictToTitle(Node& node) const {
    if (node.kind == Node::Kind::kId) {
      return Error("title: goes with words and phrases");
    }
    node.title = true;
    for (const std::unique_ptr<Node>& child : node.children) {
      WD_RETURN_IF_ERROR(RestrictToTitle(*child));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<double> ReadNumber() {
    const size_t begin = at_;
    while (!AtEnd() && (absl::ascii_isdigit(Byte()) || Byte() == '.')) ++at_;
    double number = 0;
    if (!absl::SimpleAtod(line_.substr(begin, at_ - begin), &number)) {
      return Error("expected a number");
    }
    return number;
  }

  bool AnotherFollows() {
    SkipSpace();
    return !AtEnd() && Byte() != ')' && !IsOperator("OR");
  }

  bool IsOperator(absl::string_view name) const {
    const absl::string_view rest = line_.substr(at_);
    return absl::StartsWith(rest, name) &&
           (rest.size() == name.size() ||
            absl::ascii_isspace(rest[name.size()]) || rest[name.size()] == '(');
  }

  bool TakeOperator(absl::string_view name) {
    SkipSpace();
    if (!IsOperator(name)) return false;
    at_ += name.size();
    return true;
  }

  bool Take(absl::string_view text) {
    if (!absl::StartsWith(line_.substr(at_), text)) return false;
    at_ += text.size();
    return true;
  }

  void SkipSpace() {
    while (!AtEnd() && absl::ascii_isspace(Byte())) ++at_;
  }
  bool AtEnd() const { return at_ >= line_.size(); }
  char Byte() const { return line_[at_]; }

  absl::string_view line_;
  size_t at_ = 0;
};

// Without the comment: '#' at the start or behind white space, outside marks.
absl::string_view WithoutComment(absl::string_view line) {
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == '#' && !quoted &&
        (i == 0 || absl::ascii_isspace(line[i - 1]))) {
      return line.substr(0, i);
    }
  }
  return line;
}

}  // namespace

absl::StatusOr<std::vector<ParsedTagRule>> ParseTagRules(
    absl::string_view file, absl::string_view content) {
  std::vector<ParsedTagRule> rules;
  size_t number = 0;
  for (const absl::string_view raw : absl::StrSplit(content, '\n')) {
    ++number;
    const absl::string_view line = WithoutComment(raw);
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    RuleLine reader(line);
    absl::StatusOr<ParsedTagRule> rule = reader.Read();
    if (rule.ok() && rules.size() >= kMaxRules) {
      rule = absl::InvalidArgumentError("more than 100000 rules");
    }
    if (!rule.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(file, ":", number, ":",
                                                     reader.column(), ": ",
                                                     rule.status().message()));
    }
    rules.push_back(*std::move(rule));
  }
  return rules;
}

}  // namespace wiredesk
