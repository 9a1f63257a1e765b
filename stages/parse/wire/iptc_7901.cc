#include "stages/parse/wire/iptc_7901.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "stages/parse/wire/telex_text.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

constexpr char kSoh = '\x01';
constexpr size_t kHeadMax = 4096;  // from SOH to STX
constexpr absl::string_view kTelexBegin = "ZCZC";
constexpr absl::string_view kTelexEnd = "NNNN";

bool IsDigits(absl::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isdigit(c); });
}

// One message, between its marks.
struct Message {
  absl::string_view head;
  absl::string_view text;
  absl::string_view tail;
};

class MessageReader {
 public:
  MessageReader(const Message& message, const ParseContext& context)
      : message_(message), context_(context) {}

  ArticleDraft Read() {
    ReadHead();
    ReadText();
    ReadTail();
    return draft_;
  }

 private:
  absl::string_view Line(absl::string_view text) {
    return DraftLine(text, context_);
  }

  // "afp0042 4 i 210 Ferry-islands": service and number, priority, category,
  // words. Lines below it go on with the keyword.
  void ReadHead() {
    absl::string_view rest = message_.head;
    absl::string_view line;
    if (!NextTelexLine(rest, line)) return;
    std::vector<absl::string_view> words =
        absl::StrSplit(line, ' ', absl::SkipEmpty());
    size_t at = 0;
    if (at < words.size()) ReadService(words[at++]);
    int32_t priority = 0;
    if (at < words.size() && words[at].size() == 1 &&
        absl::SimpleAtoi(words[at], &priority)) {
      if (priority >= 1 && priority <= 9) draft_.priority = priority;
      ++at;
    }
    if (at < words.size() && words[at].size() <= 3 && !IsDigits(words[at])) {
      const std::vector<absl::string_view> categories = {Line(words[at++])};
      draft_.categories = CopyItems(categories, context_.arena);
    }
    if (at < words.size() && IsDigits(words[at])) ++at;
    std::string slug;
    for (; at < words.size(); ++at) absl::StrAppend(&slug, words[at], " ");
    while (NextTelexLine(rest, line)) {
      absl::StrAppend(&slug, absl::StripSuffix(line, "/"), " ");
    }
    draft_.slugline = Line(slug);
  }

  void ReadService(absl::string_view word) {
    size_t letters = 0;
    while (letters < word.size() &&
           absl::ascii_isalpha(static_cast<unsigned char>(word[letters]))) {
      ++letters;
    }
    draft_.provider.name = Line(word.substr(0, letters));
  }

  void ReadText() {
    absl::string_view text = message_.text;
    absl::string_view line;
    while (NextTelexLine(text, line)) {
      line = absl::StripAsciiWhitespace(line);
      if (line.empty()) continue;
      if (draft_.slugline.empty() && absl::EndsWith(line, "/")) {
        draft_.slugline = Line(absl::StripSuffix(line, "/"));
        continue;
      }
      draft_.headline = Line(WithoutTelexMarks(line));
      break;
    }
    const absl::string_view body =
        CopyText(WithoutTelexMarks(TelexParagraphs(text)), context_.arena);
    draft_.body =
        Truncate(CleanText(body, TextShape::kParagraphs, context_.arena),
                 context_.limits.body_bytes_max);
  }

  // "091430 GMT jul 24": day, hour and minute, month, year.
  void ReadTail() {
    absl::string_view tail = message_.tail.substr(0, kHeadMax);
    absl::string_view line;
    while (NextTelexLine(tail, line) && !draft_.published.has_value()) {
      const std::vector<absl::string_view> words =
          absl::StrSplit(line, ' ', absl::SkipEmpty());
      for (size_t i = 0; i + 2 < words.size(); ++i) {
        const absl::string_view clock = words[i].substr(0, 6);
        if (clock.size() != 6 || !IsDigits(clock)) continue;
        const size_t month = words[i + 1] == "GMT" || words[i + 1] == "UTC";
        if (i + month + 2 >= words.size()) continue;
        draft_.published = ParseTime(
            absl::StrCat(clock.substr(0, 2), " ", words[i + month + 1], " ",
                         words[i + month + 2], " ", clock.substr(2, 2), ":",
                         clock.substr(4, 2), month != 0 ? " GMT" : ""),
            context_.zone);
        break;
      }
    }
  }

  const Message& message_;
  const ParseContext& context_;
  ArticleDraft draft_;
};

// Takes the next message off `bytes`; false where there is none.
bool NextMessage(absl::string_view& bytes, Message& message) {
  const size_t begin = bytes.find(kSoh);
  if (begin == absl::string_view::npos) return false;
  bytes.remove_prefix(begin + 1);
  const size_t text = bytes.find(kStx);
  if (text == absl::string_view::npos) return false;
  message.head = bytes.substr(0, text);
  bytes.remove_prefix(text + 1);
  const size_t next = std::min(bytes.find(kSoh), bytes.size());
  const absl::string_view rest = bytes.substr(0, next);
  const size_t end = std::min(rest.find(kEtx), rest.size());
  message.text = rest.substr(0, end);
  message.tail = rest.substr(std::min(end + 1, rest.size()));
  bytes.remove_prefix(next);
  return true;
}

// "ZCZC", text, "NNNN".
bool NextTelex(absl::string_view& bytes, Message& message) {
  const size_t begin = bytes.find(kTelexBegin);
  if (begin == absl::string_view::npos) return false;
  bytes.remove_prefix(begin + kTelexBegin.size());
  const size_t head = std::min(bytes.find('\n'), bytes.size());
  message = Message();
  const size_t end = std::min(bytes.find(kTelexEnd), bytes.size());
  message.text = bytes.substr(std::min(head, end), end - std::min(head, end));
  bytes.remove_prefix(end);
  return true;
}

}  // namespace

bool LooksLikeIptc7901(absl::string_view bytes) {
  bytes = absl::StripLeadingAsciiWhitespace(bytes);
  if (absl::StartsWith(bytes, kTelexBegin)) {
    return absl::StrContains(bytes, kTelexEnd);
  }
  return !bytes.empty() && bytes[0] == kSoh &&
         bytes.substr(0, kHeadMax).find(kStx) != absl::string_view::npos;
}

void ParseIptc7901(absl::string_view bytes, const ParseContext& context,
                   std::vector<ArticleDraft>& drafts, ParseReport& report) {
  const bool telex =
      absl::StartsWith(absl::StripLeadingAsciiWhitespace(bytes), kTelexBegin);
  Message message;
  uint32_t item = 0;
  while (telex ? NextTelex(bytes, message) : NextMessage(bytes, message)) {
    if (item >= context.limits.articles_max) {
      report.Add(ParseReason::kTooMany, "messages of a wire");
      return;
    }
    drafts.push_back(MessageReader(message, context).Read());
    drafts.back().item = item++;
  }
}

}  // namespace wiredesk
