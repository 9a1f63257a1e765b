// Columns as in CoNLL: a line a token, its tag in the last column, an empty
// line behind each sentence, "-DOCSTART-" before each text. Tags are O, or a
// type with B-, I-, E-, S-, L- or U- before it; a name begins where the one
// before ends or has another type, which reads IOB1, BIO, BIOES and BILOU
// alike.
//
//   Ann B-PER       ->   "Ann Lee, of Acme", person [0, 7), organization
//   Lee I-PER            [12, 16)
//   , O
//   of O
//   Acme B-ORG
//
// Tokens become running text again, as it is printed: no space before a comma.
// Tested by name_corpus_test.cc.

#include "stages/tag/training/corpus.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "config/base/read_file.h"
#include "config/base/status_macros.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

// Where a file does not part its texts, this many sentences are one.
constexpr size_t kSentencesMax = 30;

struct Token {
  absl::string_view text;
  char position = 'O';  // of the tag: B, I...
  absl::string_view type;
};

ModelType TypeOf(absl::string_view tag) {
  struct Label {
    absl::string_view text;
    ModelType type;
  };
  constexpr Label kLabels[] = {{"PER", ModelType::kPerson},
                               {"PERSON", ModelType::kPerson},
                               {"ORG", ModelType::kOrganization},
                               {"ORGANIZATION", ModelType::kOrganization},
                               {"LOC", ModelType::kPlace},
                               {"LOCATION", ModelType::kPlace},
                               {"GPE", ModelType::kPlace},
                               {"PLACE", ModelType::kPlace},
                               {"FAC", ModelType::kPlace},
                               {"FACILITY", ModelType::kPlace}};
  for (const Label& label : kLabels) {
    if (absl::EqualsIgnoreCase(tag, label.text)) return label.type;
  }
  return ModelType::kOther;
}

bool NoSpaceBefore(absl::string_view token) {
  constexpr absl::string_view kTokens[] = {".",
                                           ",",
                                           ";",
                                           ":",
                                           "!",
                                           "?",
                                           ")",
                                           "]",
                                           "}",
                                           "%",
                                           "'",
                                           "/",
                                           "'s",
                                           "n't",
                                           "'re",
                                           "'m",
                                           "'ll",
                                           "'ve",
                                           "'d",
                                           "'S",
                                           "\xE2\x80\x99",
                                           "\xE2\x80\x99s",
                                           "\xE2\x80\x9D"};
  return std::find(std::begin(kTokens), std::end(kTokens), token) !=
         std::end(kTokens);
}

bool NoSpaceBehind(absl::string_view token) {
  constexpr absl::string_view kTokens[] = {
      "(", "[", "{", "$", "/", "\xC2\xA3", "\xE2\x82\xAC", "\xE2\x80\x9C"};
  return std::find(std::begin(kTokens), std::end(kTokens), token) !=
         std::end(kTokens);
}

// Puts sentences together to texts.
class TextMaker {
 public:
  // `parted`: the file says where a text begins.
  TextMaker(bool parted, std::vector<MarkedText>& texts)
      : parted_(parted), texts_(texts) {}

  void BeginText() { sentences_ = 0; }
  void AddSentence(const std::vector<Token>& tokens);

 private:
  const bool parted_;
  std::vector<MarkedText>& texts_;
  size_t sentences_ = 0;  // of the last text
};

// A first sentence without a small letter is the headline; each other one is a
// line of the body.
void TextMaker::AddSentence(const std::vector<Token>& tokens) {
  if (tokens.empty()) return;
  if (!parted_ && sentences_ == kSentencesMax) sentences_ = 0;
  if (sentences_ == 0) texts_.emplace_back();
  MarkedText& text = texts_.back();
  const bool small =
      std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return std::any_of(token.text.begin(), token.text.end(), [](char c) {
          return absl::ascii_islower(static_cast<unsigned char>(c));
        });
      });
  const bool headline = sentences_++ == 0 && !small;
  std::string& to = headline ? text.headline : text.body;
  if (!to.empty()) to += '\n';
  bool quoted = false;
  bool glued = true;
  MarkedName* open = nullptr;
  absl::string_view open_type;
  for (const Token& token : tokens) {
    const bool mark = token.text == "\"";
    if (!glued && !NoSpaceBefore(token.text) && !(mark && quoted)) to += ' ';
    const auto begin = static_cast<uint32_t>(to.size());
    absl::StrAppend(&to, token.text);
    const auto end = static_cast<uint32_t>(to.size());
    quoted ^= mark;
    glued = NoSpaceBehind(token.text) || (mark && quoted);
    if (token.position == 'O') {
      open = nullptr;
      continue;
    }
    const bool begins = token.position == 'B' || token.position == 'S' ||
                        token.position == 'U' || token.type != open_type;
    if (open == nullptr || begins) {
      open = &text.names.emplace_back();
      *open = {static_cast<uint8_t>(headline ? 0 : 1), begin, end,
               TypeOf(token.type)};
    }
    open->end = end;
    open_type = token.type;
  }
}

}  // namespace

absl::Status ParseNameColumns(absl::string_view name, absl::string_view content,
                              std::vector<MarkedText>& texts) {
  constexpr absl::string_view kTextBegin = "-DOCSTART-";
  TextMaker maker(absl::StrContains(content, kTextBegin), texts);
  std::vector<Token> tokens;
  int64_t number = 0;
  for (const absl::string_view whole : absl::StrSplit(content, '\n')) {
    ++number;
    const absl::string_view line = absl::StripAsciiWhitespace(whole);
    if (absl::StartsWith(line, "# ")) continue;
    const bool begins = absl::StartsWith(line, kTextBegin);
    if (line.empty() || begins) {
      maker.AddSentence(tokens);
      tokens.clear();
      if (begins) maker.BeginText();
      continue;
    }
    const size_t first = line.find_first_of(" \t");
    if (first == absl::string_view::npos) {
      return absl::InvalidArgumentError(
          absl::StrCat(name, ":", number, ": a token without a tag"));
    }
    Token token;
    token.text = line.substr(0, first);
    const absl::string_view tag = line.substr(line.find_last_of(" \t") + 1);
    if (tag != "O") {
      if (tag.size() < 3 || tag[1] != '-' ||
          !absl::StrContains("BIESLU", tag.substr(0, 1))) {
        return absl::InvalidArgumentError(absl::StrCat(
            name, ":", number, ": no tag such as O or B-PER: \"", tag, "\""));
      }
      token.position = tag[0];
      token.type = tag.substr(2);
    }
    tokens.push_back(token);
  }
  maker.AddSentence(tokens);
  return absl::OkStatus();
}

absl::Status ParseNameCorpus(absl::string_view name, absl::string_view content,
                             std::vector<MarkedText>& texts) {
  const size_t bad = FindInvalidUtf8(content);
  if (bad < content.size()) {
    const auto line =
        1 + std::count(content.begin(),
                       content.begin() + static_cast<ptrdiff_t>(bad), '\n');
    return absl::InvalidArgumentError(
        absl::StrCat(name, ":", line, ": not valid UTF-8"));
  }
  const absl::string_view text = absl::StripLeadingAsciiWhitespace(content);
  return absl::StartsWith(text, "{") ? ParseNameRecords(name, content, texts)
                                     : ParseNameColumns(name, content, texts);
}

absl::Status ReadNameCorpus(const std::string& path,
                            std::vector<MarkedText>& texts) {
  WD_ASSIGN_OR_RETURN(const std::string content, ReadPackedFile(path));
  return ParseNameCorpus(path, content, texts);
}

}  // namespace wiredesk
