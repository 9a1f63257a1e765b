// A place among the tokens of a date, from which its readers look ahead.

#ifndef WIREDESK_STAGES_PARSE_TIME_CURSOR_H_
#define WIREDESK_STAGES_PARSE_TIME_CURSOR_H_

#include <cstddef>
#include <vector>

#include "stages/parse/time/lexer.h"

namespace wiredesk {

class TimeCursor {
 public:
  // `tokens` outlive this object.
  explicit TimeCursor(const std::vector<TimeToken>& tokens) : tokens_(tokens) {}

  bool done() const { return at_ >= tokens_.size(); }
  // REQUIRES: not done().
  const TimeToken& token() const { return tokens_[at_]; }
  void Skip(size_t count) { at_ += count; }

  // The token `ahead` of the place, or `back` before it; nullptr beyond the
  // ends. The others ask for one of a type as well.
  const TimeToken* Peek(size_t ahead) const {
    return at_ + ahead < tokens_.size() ? &tokens_[at_ + ahead] : nullptr;
  }
  const TimeToken* Before(size_t back) const {
    return back <= at_ ? &tokens_[at_ - back] : nullptr;
  }
  bool IsSign(size_t ahead, char sign) const {
    const TimeToken* token = Peek(ahead);
    return token != nullptr && token->type == TimeToken::Type::kSign &&
           token->sign == sign;
  }
  const TimeToken* Number(size_t ahead) const {
    const TimeToken* token = Peek(ahead);
    return token != nullptr && token->type == TimeToken::Type::kNumber
               ? token
               : nullptr;
  }
  const TimeToken* Word(size_t ahead) const {
    const TimeToken* token = Peek(ahead);
    return token != nullptr && token->type == TimeToken::Type::kWord ? token
                                                                     : nullptr;
  }

 private:
  const std::vector<TimeToken>& tokens_;
  size_t at_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_TIME_CURSOR_H_
