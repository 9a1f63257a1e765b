#include "stages/tag/explain/text.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace wiredesk {
namespace {

constexpr size_t kTextsShown = 4;
// Control sequences of ECMA-48, by DecisionKind.
constexpr absl::string_view kColors[] = {
    "\x1b[33m", "\x1b[36m", "\x1b[32m", "\x1b[35m", "\x1b[34m", "\x1b[94m",
    "\x1b[31m", "\x1b[4m",  "\x1b[2m",  "\x1b[95m", "\x1b[96m", "\x1b[2m"};
constexpr absl::string_view kBold = "\x1b[1m";
constexpr absl::string_view kDim = "\x1b[2m";
constexpr absl::string_view kUnderlined = "\x1b[4m";
constexpr absl::string_view kPlain = "\x1b[0m";

class TextWriter {
 public:
  TextWriter(const Explanation& explanation, bool color)
      : explanation_(explanation), color_(color) {}

  std::string Write() {
    Text(/*headline=*/true);
    out_ += "\n";
    for (const auto& [name, value] : explanation_.facts) {
      absl::StrAppend(&out_, Style(kDim), name, ": ", Style(kPlain), value,
                      "\n");
    }
    out_ += "\n";
    Text(/*headline=*/false);
    out_ += "\n\n";
    for (size_t i = 0; i < explanation_.decisions.size(); ++i) {
      Line(static_cast<uint32_t>(i));
    }
    return std::move(out_);
  }

 private:
  absl::string_view Style(absl::string_view sequence) const {
    return color_ ? sequence : absl::string_view();
  }
  absl::string_view ColorOf(int32_t decision) const {
    return Style(
        kColors[static_cast<int>(explanation_.decisions[decision].kind)]);
  }

  void Text(bool headline) {
    for (const TextPiece& piece : CutIntoPieces(explanation_, headline)) {
      if (headline) absl::StrAppend(&out_, Style(kBold));
      if (piece.quote != kNoDecision) {
        absl::StrAppend(&out_, Style(kUnderlined));
      }
      if (piece.decision != kNoDecision) {
        absl::StrAppend(&out_, ColorOf(piece.decision));
      }
      absl::StrAppend(&out_, piece.text);
      const bool styled = headline || piece.quote != kNoDecision ||
                          piece.decision != kNoDecision;
      if (styled) absl::StrAppend(&out_, Style(kPlain));
    }
  }

  void Line(uint32_t i) {
    const TagDecision& decision = explanation_.decisions[i];
    std::string kind(DecisionKindName(decision.kind));
    kind.resize(13, ' ');
    absl::StrAppend(&out_, ColorOf(static_cast<int32_t>(i)), kind,
                    Style(kPlain), decision.what);
    if (!decision.id.empty()) absl::StrAppend(&out_, "  ", decision.id);
    absl::StrAppend(&out_, Style(kDim), "  because ", decision.why);
    const std::vector<absl::string_view> texts =
        MarkTexts(explanation_, i, kTextsShown);
    if (decision.kind != DecisionKind::kQuote && !texts.empty()) {
      absl::StrAppend(&out_, "; at \"", absl::StrJoin(texts, "\", \""), "\"");
    }
    out_ += "\n";
    if (!decision.alternatives.empty()) {
      absl::StrAppend(&out_, std::string(13, ' '), "rather than ",
                      absl::StrJoin(decision.alternatives, "; "), "\n");
    }
    absl::StrAppend(&out_, Style(kPlain));
  }

  const Explanation& explanation_;
  const bool color_;
  std::string out_;
};

}  // namespace

std::string ExplainAsText(const Explanation& explanation, bool color) {
  return TextWriter(explanation, color).Write();
}

}  // namespace wiredesk
