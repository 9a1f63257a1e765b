// What was decided of one article and why, ready to be shown: by
// text.h in a terminal, by page.h in a browser.

#ifndef WIREDESK_STAGES_TAG_EXPLAIN_EXPLANATION_H_
#define WIREDESK_STAGES_TAG_EXPLAIN_EXPLANATION_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

enum class DecisionKind : uint8_t {
  kPerson,
  kOrganization,
  kPlace,
  kThing,  // happenings with a name, agreements, products, malware
  kDate,
  kAmount,
  kIndicator,
  kQuote,
  kSubject,
  kTag,   // of an operator's rule
  kEvent  // who did what to whom
};

// "person", "place"... in lower case.
absl::string_view DecisionKindName(DecisionKind kind);

struct TagDecision {
  DecisionKind kind = DecisionKind::kThing;
  std::string what;  // "Seoul", "2024-07-11"
  std::string id;    // may be empty
  std::string why;
  std::vector<std::string> alternatives;
};

// A stretch of the headline or the body that a decision was read from.
struct ExplainedMark {
  bool headline = false;
  uint32_t begin = 0;  // bytes
  uint32_t end = 0;
  uint32_t decision = 0;
};

struct Explanation {
  std::string headline;
  std::string body;
  // "language": "en, 0.99"; in the order in which they are shown.
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<TagDecision> decisions;
  std::vector<ExplainedMark> marks;
};

constexpr int32_t kNoDecision = -1;

// A piece of a text in which the same marks hold.
struct TextPiece {
  absl::string_view text;
  int32_t decision =
      kNoDecision;              // of the shortest mark that is not a quotation
  int32_t quote = kNoDecision;  // the quotation around it
};

// The headline or the body cut at the ends of all marks, in order and without
// gaps. Evidence of subjects marks only what nothing else does.
std::vector<TextPiece> CutIntoPieces(const Explanation& explanation,
                                     bool headline);

// The texts of a decision's marks, each once, in order: at most `limit`.
std::vector<absl::string_view> MarkTexts(const Explanation& explanation,
                                         uint32_t decision, size_t limit);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EXPLAIN_EXPLANATION_H_
