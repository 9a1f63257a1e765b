#include "stages/tag/explain/explanation.h"

#include <algorithm>

namespace wiredesk {
namespace {

absl::string_view TextOf(const Explanation& explanation,
                         const ExplainedMark& mark) {
  return absl::string_view(mark.headline ? explanation.headline
                                         : explanation.body)
      .substr(mark.begin, mark.end - mark.begin);
}

}  // namespace

absl::string_view DecisionKindName(DecisionKind kind) {
  constexpr absl::string_view kNames[] = {
      "person",    "organization", "place",   "thing", "date", "amount",
      "indicator", "quote",        "subject", "tag",   "event"};
  return kNames[static_cast<int>(kind)];
}

std::vector<TextPiece> CutIntoPieces(const Explanation& explanation,
                                     bool headline) {
  const absl::string_view text =
      headline ? explanation.headline : explanation.body;
  std::vector<size_t> cuts = {0, text.size()};
  std::vector<ExplainedMark> marks;
  for (const ExplainedMark& mark : explanation.marks) {
    if (mark.headline != headline) continue;
    marks.push_back(mark);
    cuts.push_back(mark.begin);
    cuts.push_back(mark.end);
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  const auto rank = [&](const ExplainedMark& mark) {
    const bool subject =
        explanation.decisions[mark.decision].kind == DecisionKind::kSubject;
    return std::make_pair(subject, mark.end - mark.begin);
  };
  std::stable_sort(marks.begin(), marks.end(),
                   [&](const ExplainedMark& a, const ExplainedMark& b) {
                     return rank(a) < rank(b);
                   });
  std::vector<TextPiece> pieces;
  for (size_t i = 0; i + 1 < cuts.size(); ++i) {
    TextPiece piece;
    piece.text = text.substr(cuts[i], cuts[i + 1] - cuts[i]);
    for (const ExplainedMark& mark : marks) {
      if (mark.begin > cuts[i] || mark.end < cuts[i + 1]) continue;
      int32_t& slot =
          explanation.decisions[mark.decision].kind == DecisionKind::kQuote
              ? piece.quote
              : piece.decision;
      if (slot == kNoDecision) slot = static_cast<int32_t>(mark.decision);
    }
    pieces.push_back(piece);
  }
  return pieces;
}

std::vector<absl::string_view> MarkTexts(const Explanation& explanation,
                                         uint32_t decision, size_t limit) {
  std::vector<absl::string_view> texts;
  for (const ExplainedMark& mark : explanation.marks) {
    if (mark.decision != decision || texts.size() >= limit) continue;
    const absl::string_view text = TextOf(explanation, mark);
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
      texts.push_back(text);
    }
  }
  return texts;
}

}  // namespace wiredesk
