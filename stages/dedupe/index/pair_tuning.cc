#include "stages/dedupe/index/pair_tuning.h"

#include <algorithm>
#include <functional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "stages/dedupe/index/text_matcher.h"
#include "stages/dedupe/sketch/sketch.h"

namespace wiredesk {
namespace {

constexpr size_t kExcerptBytes = 60;

Sighting SketchOf(absl::string_view text) {
  std::vector<Word> words;
  SplitWords(text, words);
  Sighting sighting;
  Sketcher(0).Sketch({"", {}, words}, sighting);
  return sighting;
}

absl::string_view FirstLine(absl::string_view text) {
  return text.substr(0, text.find('\n'));
}

std::vector<absl::string_view> FieldsOf(absl::string_view line) {
  if (absl::EndsWith(line, "\r")) line.remove_suffix(1);
  return absl::StrSplit(line, '\t');
}

bool Holds(const std::vector<std::string>& labels, absl::string_view label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

struct Counts {
  size_t found = 0;
  size_t right = 0;
  size_t same = 0;

  double precision() const {
    return found == 0 ? 1
                      : static_cast<double>(right) / static_cast<double>(found);
  }
  double recall() const {
    return same == 0 ? 1
                     : static_cast<double>(right) / static_cast<double>(same);
  }
  double f1() const {
    const double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }
};

Counts Count(const std::vector<JudgedPair>& pairs,
             const std::function<bool(const JudgedPair&)>& is_found) {
  Counts counts;
  for (const JudgedPair& one : pairs) {
    const bool found = is_found(one);
    counts.found += found ? 1 : 0;
    counts.same += one.pair.same ? 1 : 0;
    counts.right += found && one.pair.same ? 1 : 0;
  }
  return counts;
}

void PrintLine(const std::string& what, const Counts& counts,
               std::string& out) {
  absl::StrAppendFormat(&out, "%-10s %9.3f %9.3f %9.3f %7d\n", what,
                        counts.precision(), counts.recall(), counts.f1(),
                        counts.found);
}

}  // namespace

absl::StatusOr<std::vector<LabelledPair>> ReadPairs(absl::string_view text) {
  std::vector<LabelledPair> pairs;
  size_t number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    if (absl::EndsWith(line, "\r")) line.remove_suffix(1);
    if (line.empty() || line[0] == '#') continue;
    const std::vector<absl::string_view> fields = absl::StrSplit(line, '\t');
    if (fields.size() != 3 ||
        (fields[0] != "same" && fields[0] != "different")) {
      return absl::InvalidArgumentError(absl::StrCat(
          "line ", number,
          ": must be `same` or `different`, a text and another, with tabs "
          "between them"));
    }
    pairs.push_back(
        {fields[0] == "same", std::string(fields[1]), std::string(fields[2])});
  }
  if (pairs.empty()) return absl::InvalidArgumentError("there are no pairs");
  return pairs;
}

bool HasColumns(absl::string_view text) {
  const std::vector<absl::string_view> names = FieldsOf(FirstLine(text));
  return std::find(names.begin(), names.end(), "label") != names.end();
}

absl::StatusOr<std::vector<LabelledPair>> ReadPairsOfIds(
    absl::string_view text, const PairLabels& labels) {
  const std::vector<absl::string_view> names = FieldsOf(FirstLine(text));
  const auto column = [&names](absl::string_view ending) {
    return std::find_if(names.begin(), names.end(),
                        [ending](absl::string_view name) {
                          return absl::EndsWith(name, ending);
                        }) -
           names.begin();
  };
  const ptrdiff_t first = column("_a");
  const ptrdiff_t second = column("_b");
  const ptrdiff_t label = column("label");
  const ptrdiff_t last = std::max({first, second, label});
  if (last == std::ssize(names)) {
    return absl::InvalidArgumentError(
        "line 1: must name a column `label` and two that end with `_a` and "
        "`_b`, with tabs between them");
  }
  std::vector<LabelledPair> pairs;
  size_t number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (++number == 1 || line.empty() || line == "\r") continue;
    const std::vector<absl::string_view> fields = FieldsOf(line);
    if (last >= std::ssize(fields)) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, ": has fewer fields than line 1"));
    }
    const bool same = Holds(labels.same, fields[label]);
    if (!same && !Holds(labels.different, fields[label])) continue;
    pairs.push_back(
        {same, std::string(fields[first]), std::string(fields[second])});
  }
  if (pairs.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "there are no pairs with the labels ", absl::StrJoin(labels.same, ", "),
        " or ", absl::StrJoin(labels.different, ", "),
        "; see --same, --different"));
  }
  return pairs;
}

std::vector<JudgedPair> JudgePairs(const std::vector<LabelledPair>& pairs) {
  TextMatcher::Sizes sizes;
  sizes.texts = 16;
  sizes.sample_shingles = 16 * kSampleMax;
  sizes.fingerprint_bytes = size_t{1} << 16;
  sizes.rarity_bits = 22;
  TextMatcher matcher(sizes);
  std::vector<Sighting> firsts;
  for (const LabelledPair& pair : pairs) {
    firsts.push_back(SketchOf(pair.first));
    matcher.CountShingles(firsts.back());
  }
  std::vector<JudgedPair> judged;
  for (size_t i = 0; i < pairs.size(); ++i) {
    const Sighting second = SketchOf(pairs[i].second);
    JudgedPair one;
    one.pair = pairs[i];
    one.equal = second.text == firsts[i].text;
    if (!second.is_short && !firsts[i].is_short) {
      one.judgement =
          matcher.Report(second, firsts[i], matcher.RareOf(firsts[i]))
              .judgement;
    }
    judged.push_back(std::move(one));
  }
  return judged;
}

std::string PrintTuning(const std::vector<JudgedPair>& pairs, size_t list) {
  std::string out = absl::StrFormat("%-10s %9s %9s %9s %7s\n", "similarity",
                                    "precision", "recall", "F1", "found");
  for (uint32_t threshold = 100; threshold <= 950; threshold += 50) {
    PrintLine(absl::StrFormat(">= %.2f", threshold / 1000.0),
              Count(pairs,
                    [threshold](const JudgedPair& one) {
                      return one.similarity() >= threshold;
                    }),
              out);
  }
  PrintLine("wiredesk",
            Count(pairs, [](const JudgedPair& one) { return one.found(); }),
            out);
  for (const JudgedPair& one : pairs) {
    if (one.found() == one.pair.same) continue;
    if (list-- == 0) break;
    absl::StrAppendFormat(&out, "%s %.3f of %.3f%s: \"%s\" | \"%s\"\n",
                          one.pair.same ? "missed" : "wrong",
                          one.similarity() / 1000.0,
                          one.judgement.threshold / 1000.0,
                          one.judgement.is_template ? ", a template" : "",
                          one.pair.first.substr(0, kExcerptBytes),
                          one.pair.second.substr(0, kExcerptBytes));
  }
  return out;
}

}  // namespace wiredesk
