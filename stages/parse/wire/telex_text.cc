#include "stages/parse/wire/telex_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"

namespace wiredesk {
namespace {

// A line this short that ends a sentence is the last one of its paragraph.
constexpr size_t kShortLine = 45;

bool IsIndented(absl::string_view line) {
  return !line.empty() && (line[0] == '\t' || line.substr(0, 2) == "  ");
}

bool EndsSentence(absl::string_view line) {
  return !line.empty() && absl::string_view(".!?\"”»").find(line.back()) !=
                              absl::string_view::npos;
}

}  // namespace

bool NextTelexLine(absl::string_view& text, absl::string_view& line) {
  if (text.empty()) return false;
  const size_t end = std::min(text.find('\n'), text.size());
  line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  while (!line.empty() && static_cast<unsigned char>(line.back()) < ' ') {
    line.remove_suffix(1);
  }
  while (!line.empty() && static_cast<unsigned char>(line.front()) < ' ' &&
         line.front() != '\t') {
    line.remove_prefix(1);
  }
  return true;
}

std::string TelexParagraphs(absl::string_view text) {
  std::string out;
  absl::string_view line;
  bool begins = true;
  while (NextTelexLine(text, line)) {
    const absl::string_view words = absl::StripAsciiWhitespace(line);
    if (words.empty()) {
      begins = true;
      continue;
    }
    if (!out.empty()) out += begins || IsIndented(line) ? "\n\n" : " ";
    out.append(words.data(), words.size());
    begins = words.size() < kShortLine && EndsSentence(words);
  }
  return out;
}

std::string WithoutTelexMarks(absl::string_view text) {
  return absl::StrReplaceAll(
      text, {{"``", "“"}, {"''", "”"}, {" _ ", " — "}, {" -- ", " — "}});
}

}  // namespace wiredesk
