#include "stages/tag/quotes/quotation_marks.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "stages/tag/marks/text_spots.h"

namespace wiredesk {
namespace {

enum class Mark : uint8_t {
  kNone,
  kStraight,
  kCurlyOpen,  // also closes what a low mark opened
  kCurlyClose,
  kLow,
  kGuillemetLeft,  // opens in French, closes in German
  kGuillemetRight,
  kCornerOpen,
  kCornerClose,
  kSingleStraight,
  kSingleOpen,
  kSingleClose
};

// A quotation in single marks is at most so long, so that the search for its
// end costs no more.
constexpr size_t kSingleMax = 2000;

// The mark at byte `i`, and its length.
Mark MarkAt(absl::string_view text, size_t i, size_t& length) {
  const auto byte = [&](size_t at) {
    return at < text.size() ? static_cast<uint8_t>(text[at]) : 0;
  };
  length = 1;
  switch (byte(i)) {
    case '"':
      return Mark::kStraight;
    case '\'':
      return Mark::kSingleStraight;
    case 0xC2:
      length = 2;
      if (byte(i + 1) == 0xAB) return Mark::kGuillemetLeft;
      if (byte(i + 1) == 0xBB) return Mark::kGuillemetRight;
      return Mark::kNone;
    case 0xE2:
      length = 3;
      if (byte(i + 1) != 0x80) return Mark::kNone;
      if (byte(i + 2) == 0x98) return Mark::kSingleOpen;
      if (byte(i + 2) == 0x99) return Mark::kSingleClose;
      if (byte(i + 2) == 0x9C) return Mark::kCurlyOpen;
      if (byte(i + 2) == 0x9D) return Mark::kCurlyClose;
      if (byte(i + 2) == 0x9E) return Mark::kLow;
      return Mark::kNone;
    case 0xE3:
      length = 3;
      if (byte(i + 1) != 0x80) return Mark::kNone;
      if (byte(i + 2) == 0x8C) return Mark::kCornerOpen;
      if (byte(i + 2) == 0x8D) return Mark::kCornerClose;
      return Mark::kNone;
    default:
      return Mark::kNone;
  }
}

bool IsSingle(Mark mark) {
  return mark == Mark::kSingleStraight || mark == Mark::kSingleOpen ||
         mark == Mark::kSingleClose;
}

bool IsWordByte(char c) {
  return absl::ascii_isalnum(c) || static_cast<uint8_t>(c) >= 0xC3;
}

// Whether a single mark of `length` bytes at byte `i` may open: behind a space
// or a bracket and before a word, and not as in "the '90s".
bool MayOpenSingle(absl::string_view text, size_t i, size_t length) {
  const size_t next = i + length;
  if (next >= text.size() || !IsWordByte(text[next])) return false;
  if (absl::ascii_isdigit(text[next]) && next + 2 < text.size() &&
      text[next + 2] == 's') {
    return false;
  }
  if (i == 0) return true;
  const char before = text[i - 1];
  return absl::ascii_isspace(before) || before == '(' || before == '[' ||
         absl::EndsWith(text.substr(0, i), "\xE2\x80\x94") ||
         absl::EndsWith(text.substr(0, i), "\xE2\x80\x93");
}

// Where what opens at byte `i` in single marks ends: at a mark behind a stop,
// else at the first behind a word, which may only be the apostrophe of
// "captains'". npos where the paragraph or the next opening mark comes first.
size_t SingleEnd(absl::string_view text, size_t i, size_t length) {
  size_t weak = absl::string_view::npos;
  const size_t end = std::min(text.size(), i + kSingleMax);
  size_t size = length;
  for (size_t at = i + length; at < end && text[at] != '\n'; at += size) {
    const Mark mark = MarkAt(text, at, size);
    if (!IsSingle(mark)) continue;
    if (mark != Mark::kSingleClose && MayOpenSingle(text, at, size)) break;
    const bool inside = at + size < text.size() && IsWordByte(text[at + size]);
    const char before = text[at - 1];
    if (inside || mark == Mark::kSingleOpen || before == ' ') continue;
    if (absl::string_view(".,!?").find(before) != absl::string_view::npos) {
      return at;
    }
    if (weak == absl::string_view::npos) weak = at;
  }
  return weak;
}

// The state between two bytes: which mark opened, and how deep we are.
class Pairing {
 public:
  Pairing(absl::string_view text, QuotedStretches& stretches)
      : text_(text), stretches_(stretches) {}

  // `word` is the word behind byte `i`.
  void Take(Mark mark, size_t i, size_t length, uint32_t word) {
    if (IsSingle(opened_by_) && depth_ > 0) {
      if (i == single_end_) EndParagraph(i, word, true);
    } else if (depth_ == 0) {
      if (IsSingle(mark) ? OpensSingle(mark, i, length) : Opens(mark, i)) {
        Open(mark, i + length, word);
      }
    } else if (opened_by_ == Mark::kStraight && mark == Mark::kCurlyOpen) {
      ++inner_;
    } else if (opened_by_ == Mark::kStraight && mark == Mark::kCurlyClose &&
               inner_ > 0) {
      --inner_;
    } else if (Closes(mark)) {
      if (--depth_ == 0) Close(i, word, true);
    } else if (mark == opened_by_ && mark != Mark::kStraight) {
      ++depth_;
    }
  }

  void EndParagraph(size_t i, uint32_t word, bool closed = false) {
    if (depth_ > 0) Close(i, word, closed);
    depth_ = 0;
  }

 private:
  bool Opens(Mark mark, size_t i) const {
    switch (mark) {
      case Mark::kStraight:
        // 5'10" and a mark that closes nothing
        return !(i > 0 && absl::ascii_isdigit(text_[i - 1]) &&
                 (i + 1 >= text_.size() || !absl::ascii_isalpha(text_[i + 1])));
      case Mark::kCurlyOpen:
      case Mark::kLow:
      case Mark::kGuillemetLeft:
      case Mark::kGuillemetRight:
      case Mark::kCornerOpen:
        return true;
      default:
        return false;
    }
  }

  bool OpensSingle(Mark mark, size_t i, size_t length) {
    if (mark == Mark::kSingleClose || !MayOpenSingle(text_, i, length)) {
      return false;
    }
    single_end_ = SingleEnd(text_, i, length);
    // What goes on in the next paragraph is not closed.
    return single_end_ != absl::string_view::npos ||
           (mark == Mark::kSingleOpen && (i == 0 || text_[i - 1] == '\n'));
  }

  bool Closes(Mark mark) const {
    switch (opened_by_) {
      case Mark::kStraight:
        // Some editors mix them.
        return mark == Mark::kStraight || mark == Mark::kCurlyClose;
      case Mark::kCurlyOpen:
        return mark == Mark::kCurlyClose ||
               (mark == Mark::kStraight && depth_ == 1);
      case Mark::kLow:
        return mark == Mark::kCurlyOpen || mark == Mark::kCurlyClose ||
               mark == Mark::kStraight;
      case Mark::kGuillemetLeft:
        return mark == Mark::kGuillemetRight;
      case Mark::kGuillemetRight:
        return mark == Mark::kGuillemetLeft;
      case Mark::kCornerOpen:
        return mark == Mark::kCornerClose;
      default:
        return false;
    }
  }

  void Open(Mark mark, size_t begin, uint32_t word) {
    opened_by_ = mark;
    depth_ = 1;
    inner_ = 0;
    begin_ = begin;
    first_word_ = word;
  }

  void Close(size_t end, uint32_t word, bool closed) {
    // French sets a space inside the marks.
    size_t begin = begin_;
    while (begin < end && Space(begin) != 0) begin += Space(begin);
    while (end > begin && absl::ascii_isspace(text_[end - 1])) --end;
    while (end >= begin + 2 && text_.substr(end - 2, 2) == "\xC2\xA0") end -= 2;
    if (begin >= end) return;
    size_t before = begin_;
    while (before > 0 && text_[before - 1] != '\n' && begin_ - before < 4) {
      --before;
    }
    QuotedStretch stretch;
    stretch.begin = static_cast<uint32_t>(begin);
    stretch.end = static_cast<uint32_t>(end);
    stretch.first_word = first_word_;
    stretch.end_word = word;
    stretch.closed = closed;
    stretch.single = IsSingle(opened_by_);
    stretch.paragraph = before == 0 || text_[before - 1] == '\n';
    stretches_.push_back(stretch);
  }

  size_t Space(size_t i) const {
    if (absl::ascii_isspace(text_[i])) return 1;
    if (text_.substr(i, 2) == "\xC2\xA0") return 2;
    return text_.substr(i, 3) == "\xE2\x80\xAF" ? 3 : 0;
  }

  absl::string_view text_;
  QuotedStretches& stretches_;
  Mark opened_by_ = Mark::kNone;
  int depth_ = 0;
  int inner_ = 0;  // curly pairs open inside of straight marks
  size_t begin_ = 0;
  size_t single_end_ = 0;
  uint32_t first_word_ = 0;
};

}  // namespace

void FindQuotedStretches(absl::string_view text, absl::Span<const Word> words,
                         const TextSpots& spots, QuotedStretches& stretches) {
  Pairing pairing(text, stretches);
  for (const uint32_t spot : spots.marks) {
    const absl::string_view gap = SpotGap(text, words, spot);
    const auto begin = static_cast<size_t>(gap.data() - text.data());
    for (size_t i = begin; i < begin + gap.size(); ++i) {
      const auto byte = static_cast<uint8_t>(text[i]);
      if (byte == '\n') {
        pairing.EndParagraph(i, spot);
      } else if (byte == '"' || byte == '\'' || byte == 0xC2 || byte == 0xE2 ||
                 byte == 0xE3) {
        size_t length = 1;
        const Mark mark = MarkAt(text, i, length);
        if (mark != Mark::kNone) pairing.Take(mark, i, length, spot);
        i += length - 1;
      }
    }
  }
  pairing.EndParagraph(text.size(), static_cast<uint32_t>(words.size()));
}

}  // namespace wiredesk
