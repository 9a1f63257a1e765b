// A reader of the text format of protocol buffers, as far as the conformance
// cases of CEL use it: a tree of names and values, without a schema.

#ifndef WIREDESK_TESTS_STAGES_ROUTE_TEXT_PROTO_H_
#define WIREDESK_TESTS_STAGES_ROUTE_TEXT_PROTO_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace wiredesk {

struct ProtoNode {
  std::string text;  // of a scalar; strings without their escapes
  std::vector<std::pair<std::string, std::unique_ptr<ProtoNode>>> fields;

  const ProtoNode* Find(const std::string& name) const {
    for (const auto& [each, node] : fields) {
      if (each == name) {
        return node.get();
      }
    }
    return nullptr;
  }
  std::string Text(const std::string& name) const {
    const ProtoNode* node = Find(name);
    return node == nullptr ? "" : node->text;
  }
};

class ProtoReader {
 public:
  explicit ProtoReader(std::string source) : source_(std::move(source)) {}

  ProtoNode Read() {
    ProtoNode node;
    Fields(node);
    return node;
  }

 private:
  char Peek() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (c == '#') {
        at_ = source_.find('\n', at_);
      } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == ',' ||
                 c == ';') {
        ++at_;
      } else {
        return c;
      }
    }
    return '\0';
  }

  std::string Word() {
    const size_t begin = at_;
    if (source_[at_] == '[') {
      at_ = source_.find(']', at_) + 1;
      return source_.substr(begin, at_ - begin);
    }
    at_ = source_.find_first_of(" \n\t\r,;:{}<>[]#\"'", at_);
    return source_.substr(begin, at_ - begin);
  }

  void Fields(ProtoNode& node) {
    for (char c = Peek(); c != '\0' && c != '}'; c = Peek()) {
      const std::string name = Word();
      if (Peek() == ':') {
        ++at_;
      }
      if (Peek() == '[') {
        ++at_;
        while (Peek() != ']') {
          node.fields.emplace_back(name, Value());
        }
        ++at_;
      } else {
        node.fields.emplace_back(name, Value());
      }
    }
    at_ += at_ < source_.size() ? 1 : 0;
  }

  std::unique_ptr<ProtoNode> Value() {
    auto node = std::make_unique<ProtoNode>();
    const char c = Peek();
    if (c == '{') {
      ++at_;
      Fields(*node);
    } else if (c == '"' || c == '\'') {
      while (Peek() == '"' || Peek() == '\'') {
        String(node->text);
      }
    } else {
      node->text = Word();
    }
    return node;
  }

  void AppendUtf8(uint32_t point, std::string& out) {
    if (point < 0x80) {
      out += static_cast<char>(point);
      return;
    }
    const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    out += static_cast<char>((0xFF << (7 - more)) | (point >> (6 * more)));
    for (int i = more; i-- > 0;) {
      out += static_cast<char>(0x80 | ((point >> (6 * i)) & 63));
    }
  }

  void String(std::string& out) {
    const char quote = source_[at_++];
    while (source_[at_] != quote) {
      if (source_[at_] != '\\') {
        out += source_[at_++];
        continue;
      }
      ++at_;
      const char c = source_[at_++];
      const std::string names = "abfnrtv";
      const size_t name = names.find(c);
      if (name != std::string::npos) {
        out += "\a\b\f\n\r\t\v"[name];
      } else if (c == 'x' || c == 'u' || c == 'U') {
        const size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : 8;
        size_t used = 0;
        const uint32_t value = static_cast<uint32_t>(
            std::stoul(source_.substr(at_, digits), &used, 16));
        at_ += used;
        if (c == 'x') {
          out += static_cast<char>(value);
        } else {
          AppendUtf8(value, out);
        }
      } else if (c >= '0' && c <= '7') {
        size_t end = at_;
        while (end < at_ + 2 && source_[end] >= '0' && source_[end] <= '7') {
          ++end;
        }
        out += static_cast<char>(
            std::stoul(source_.substr(at_ - 1, end - at_ + 1), nullptr, 8));
        at_ = end;
      } else {
        out += c;
      }
    }
    ++at_;
  }

  const std::string source_;
  size_t at_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_STAGES_ROUTE_TEXT_PROTO_H_
