#include "stages/route/tree/topic_template.h"

#include "absl/strings/str_cat.h"

namespace wiredesk {
namespace {

// Where the brace that opens at `begin` closes; braces in texts and maps of
// the expression do not count.
size_t ClosingBrace(absl::string_view source, size_t begin) {
  int depth = 0;
  char quote = '\0';
  for (size_t i = begin; i < source.size(); ++i) {
    const char c = source[i];
    if (quote != '\0') {
      i += c == '\\' ? 1 : 0;
      quote = c == quote ? '\0' : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return i;
    }
  }
  return absl::string_view::npos;
}

void AppendValue(const CelValue& value, std::string& out) {
  if (value.kind == CelKind::kString) {
    out.append(value.text().data(), value.size);
  } else if (!value.is_error() && value.kind != CelKind::kNull) {
    out += CelToText(value);
  }
}

// Fields that nearly every article has a value of its own for: one topic for
// each value is one for each article.
constexpr absl::string_view kFreeText[] = {
    "id",   "uri",    "url",      "canonical_url", "headline",   "summary",
    "body", "byline", "slugline", "published_at",  "updated_at", "received_at"};

// The first such field whose text `id` gives on, whole or as a part.
absl::string_view FreeTextOf(const CelProgram& program, CelNodeId id) {
  const CelNode& node = program.node(id);
  const absl::Span<const CelNodeId> args = program.args(node);
  switch (node.op) {
    case CelOp::kField:
      for (const absl::string_view name : kFreeText) {
        if (node.field != nullptr && node.field->name == name) return name;
      }
      return "";
    case CelOp::kConditional: {
      const absl::string_view first = FreeTextOf(program, args[1]);
      return first.empty() ? FreeTextOf(program, args[2]) : first;
    }
    case CelOp::kAdd: {
      const absl::string_view first = FreeTextOf(program, args[0]);
      return first.empty() ? FreeTextOf(program, args[1]) : first;
    }
    case CelOp::kFunction:
      switch (node.function) {
        case CelFunction::kLowerAscii:
        case CelFunction::kUpperAscii:
        case CelFunction::kToString:
        case CelFunction::kDyn:
          return FreeTextOf(program, args[0]);
        default:
          return "";
      }
    default:
      return "";
  }
}

}  // namespace

absl::string_view TopicTemplate::FreeTextField(
    const CelProgram& program) const {
  for (const Part& part : parts_) {
    if (part.node == kCelNone) continue;
    const absl::string_view field = FreeTextOf(program, part.node);
    if (!field.empty()) return field;
  }
  return "";
}

bool TopicTemplate::Compile(const CelEnvironment& environment,
                            absl::string_view source, Use use,
                            CelProgram& program, CelFault& fault) {
  source_ = std::string(source);
  use_ = use;
  parts_.clear();
  size_t at = 0;
  while (at < source.size()) {
    const size_t brace = std::min(source.find('{', at), source.size());
    if (brace > at) {
      parts_.push_back({std::string(source.substr(at, brace - at)), kCelNone});
    }
    for (size_t i = at; use == Use::kTopic && i < brace; ++i) {
      if (!IsTopicNameCharacter(source[i])) {
        fault = {i, i + 1, "this is not legal in the name of a topic",
                 "take letters, digits, '.', '_' and '-'"};
        return false;
      }
    }
    if (brace == source.size()) {
      break;
    }
    const size_t end = ClosingBrace(source, brace);
    if (end == absl::string_view::npos) {
      fault = {brace, brace + 1, "this brace does not close", "add a }"};
      return false;
    }
    const CelNodeId node =
        program.Add(environment, source.substr(brace + 1, end - brace - 1),
                    CelKind::kDyn, fault);
    if (node == kCelNone) {
      fault.begin += brace + 1;
      fault.end += brace + 1;
      return false;
    }
    parts_.push_back({"", node});
    at = end + 1;
  }
  if (parts_.empty()) {
    parts_.emplace_back();
  }
  if (use == Use::kTopic && is_literal() && !IsTopicName(literal())) {
    fault = {0, source.size(), "this is not a valid topic name",
             absl::StrCat("it needs 1 to ", kTopicNameMax, " characters")};
    return false;
  }
  return true;
}

bool TopicTemplate::is_literal() const {
  return parts_.size() == 1 && parts_.front().node == kCelNone;
}

void TopicTemplate::Render(CelEvaluator& evaluator, std::string& out) const {
  const size_t begin = out.size();
  for (const Part& part : parts_) {
    if (part.node == kCelNone) {
      out += part.literal;
      continue;
    }
    const size_t value = out.size();
    AppendValue(evaluator.Evaluate(part.node), out);
    if (out.size() == value) {
      out += "unknown";
    }
    for (size_t i = value; use_ == Use::kTopic && i < out.size(); ++i) {
      out[i] = IsTopicNameCharacter(out[i]) ? out[i] : '-';
    }
  }
  if (use_ == Use::kTopic) {
    out.resize(std::min(out.size(), begin + kTopicNameMax));
    const absl::string_view name = absl::string_view(out).substr(begin);
    if (name == "." || name == "..") {
      out[begin] = '-';
    }
  }
}

}  // namespace wiredesk
