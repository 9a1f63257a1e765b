#include "stages/parse/wire/anpa_1312.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "stages/parse/draft/byline.h"
#include "stages/parse/wire/telex_text.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kBegin = "\x16\x16\x01";
constexpr size_t kFrameMax = 1024;

// Flash, bulletin, urgent, routine, deferred.
int32_t PriorityOf(char priority) {
  constexpr absl::string_view kPriorities = "fburd";
  const size_t at = kPriorities.find(static_cast<char>(
      absl::ascii_tolower(static_cast<unsigned char>(priority))));
  return at == absl::string_view::npos ? 0 : static_cast<int32_t>(at) + 1;
}

bool IsDayOrCount(absl::string_view word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](unsigned char c) {
           return absl::ascii_isdigit(c) || c == '-';
         });
}

class StoryReader {
 public:
  explicit StoryReader(const ParseContext& context) : context_(context) {}

  ArticleDraft Read(absl::string_view head, absl::string_view text,
                    absl::string_view tail) {
    ReadHead(head);
    ReadText(text);
    ReadTail(tail);
    return draft_;
  }

 private:
  absl::string_view Line(absl::string_view text) {
    return DraftLine(text, context_);
  }

  // "r i", controls, "BC-Ferry-Islands, 1st Ld", "07-09", "0210".
  void ReadHead(absl::string_view head) {
    absl::string_view line;
    NextTelexLine(head, line);  // the number of the transmission
    while (NextTelexLine(head, line)) {
      std::string plain(line);
      for (char& c : plain) {
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
      }
      std::vector<absl::string_view> words =
          absl::StrSplit(plain, ' ', absl::SkipEmpty());
      if (words.size() < 3 || words[0].size() != 1) continue;
      draft_.priority = PriorityOf(words[0][0]);
      const std::vector<absl::string_view> categories = {Line(words[1])};
      if (words[1].size() == 1) {
        draft_.categories = CopyItems(categories, context_.arena);
      }
      while (words.size() > 3 && IsDayOrCount(words.back())) words.pop_back();
      ReadSlug(words);
      return;
    }
  }

  // The cycle ("BC-", "AM-", "PM-") is no part of the slug; what follows the
  // first word is the take.
  void ReadSlug(const std::vector<absl::string_view>& words) {
    absl::string_view slug = words[2];
    for (const absl::string_view cycle : {"am-", "pm-", "bc-", "ap-"}) {
      if (absl::StartsWithIgnoreCase(slug, cycle)) {
        slug.remove_prefix(cycle.size());
        break;
      }
    }
    draft_.slugline = Line(absl::StripSuffix(slug, ","));
    std::string take;
    for (size_t i = 3; i < words.size(); ++i) {
      absl::StrAppend(&take, words[i], " ");
    }
    draft_.take = Line(take);
  }

  // "^Ferry line is back<", "^By ANN LEE=": lines that stand alone.
  void ReadText(absl::string_view text) {
    std::string body;
    std::vector<std::string> names;
    absl::string_view line;
    while (NextTelexLine(text, line)) {
      if (absl::ConsumePrefix(&line, "^")) {
        while (!line.empty() && (line.back() == '<' || line.back() == '=' ||
                                 line.back() == '^')) {
          line.remove_suffix(1);
        }
        ReadHeadLine(absl::StripAsciiWhitespace(line), body.empty(), names,
                     body);
        continue;
      }
      while (!line.empty() && (line.back() == '<' || line.back() == '=')) {
        line.remove_suffix(1);
      }
      absl::StrAppend(&body, line, "\n");
    }
    const std::string plain = WithoutTelexMarks(TelexParagraphs(body));
    draft_.body = CopyText(
        Truncate(CleanText(plain, TextShape::kParagraphs, context_.arena),
                 context_.limits.body_bytes_max),
        context_.arena);
    std::vector<absl::string_view> copies;
    copies.reserve(names.size());
    for (const std::string& name : names) copies.push_back(Line(name));
    draft_.byline = CopyItems(copies, context_.arena);
  }

  void ReadHeadLine(absl::string_view line, bool before_text,
                    std::vector<std::string>& names, std::string& body) {
    if (absl::StartsWithIgnoreCase(line, "By ")) {
      AppendBylineNames(line, names);
    } else if (draft_.headline.empty() && before_text) {
      draft_.headline = Line(WithoutTelexMarks(line));
    } else if (!before_text) {
      absl::StrAppend(&body, "\n", line, "\n\n");
    }
  }

  // "wire-07-09-24 0630GMT": month, day, year.
  void ReadTail(absl::string_view tail) {
    tail = tail.substr(0, kFrameMax);
    const size_t zone = tail.find("GMT");
    if (zone == absl::string_view::npos || zone < 13) return;
    const absl::string_view clock = tail.substr(zone - 4, 4);
    const absl::string_view day = tail.substr(zone - 13, 8);
    if (!IsDayOrCount(clock) || !IsDayOrCount(day) || day[2] != '-' ||
        day[5] != '-') {
      return;
    }
    draft_.published =
        ParseTime(absl::StrCat("20", day.substr(6), "-", day.substr(0, 5), "T",
                               clock.substr(0, 2), ":", clock.substr(2), "Z"));
  }

  const ParseContext& context_;
  ArticleDraft draft_;
};

}  // namespace

bool LooksLikeAnpa1312(absl::string_view bytes) {
  bytes = absl::StripLeadingAsciiWhitespace(bytes);
  return absl::StartsWith(bytes, kBegin) &&
         bytes.substr(0, kFrameMax).find(kStx) != absl::string_view::npos;
}

void ParseAnpa1312(absl::string_view bytes, const ParseContext& context,
                   std::vector<ArticleDraft>& drafts, ParseReport& report) {
  uint32_t item = 0;
  for (size_t at = bytes.find(kBegin); at != absl::string_view::npos;
       at = bytes.find(kBegin)) {
    bytes.remove_prefix(at + kBegin.size());
    const absl::string_view story =
        bytes.substr(0, std::min(bytes.find(kBegin), bytes.size()));
    const size_t text = story.find(kStx);
    if (text == absl::string_view::npos) continue;
    if (item >= context.limits.articles_max) {
      report.Add(ParseReason::kTooMany, "stories of a wire");
      return;
    }
    const size_t end = std::min(story.find(kEtx, text), story.size());
    drafts.push_back(StoryReader(context).Read(
        story.substr(0, text), story.substr(text + 1, end - text - 1),
        story.substr(std::min(end + 1, story.size()))));
    drafts.back().item = item++;
  }
}

}  // namespace wiredesk
