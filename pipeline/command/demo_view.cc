#include "pipeline/command/demo_view.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "config/base/counted.h"
#include "pipeline/observe/record_line.h"

namespace wiredesk {
namespace {

constexpr size_t kHeadlineCodePoints = 66;
constexpr size_t kNamesShown = 4;
constexpr size_t kStoriesShown = 8;

constexpr absl::string_view kDim = "2";
constexpr absl::string_view kBold = "1";
constexpr absl::string_view kRed = "31";

struct VerdictColour {
  absl::string_view verdict;
  absl::string_view colour;
};

constexpr VerdictColour kVerdictColours[] = {
    {"new", "32"},     {"revision", "36"}, {"near", "33"},
    {"excerpt", "33"}, {"exact", "33"},
};

bool IsCopy(absl::string_view verdict) {
  return verdict == "near" || verdict == "exact" || verdict == "excerpt";
}

void AppendNames(absl::string_view what, const std::vector<std::string>& names,
                 std::vector<std::string>& out) {
  if (names.empty()) return;
  const size_t shown = std::min(names.size(), kNamesShown);
  out.push_back(absl::StrCat(
      what,
      absl::StrJoin(names.begin(),
                    names.begin() + static_cast<ptrdiff_t>(shown), ", "),
      names.size() > shown ? ", …" : ""));
}

std::string Milliseconds(absl::Duration time) {
  return absl::StrCat(std::llround(absl::ToDoubleMilliseconds(time)), " ms");
}

}  // namespace

std::string DemoView::Paint(absl::string_view colour,
                            absl::string_view text) const {
  if (!colour_ || text.empty()) return std::string(text);
  return absl::StrCat("\033[", colour, "m", text, "\033[0m");
}

std::string DemoView::Verdict(absl::string_view verdict) const {
  for (const VerdictColour& row : kVerdictColours) {
    if (row.verdict == verdict) {
      return Paint(row.colour, absl::StrFormat("%-8s", verdict));
    }
  }
  return absl::StrFormat("%-8s", verdict);
}

std::string DemoView::Show(absl::string_view topic, absl::string_view json,
                           absl::Time now) {
  const std::optional<RecordSummary> record = SummarizeRecord(json);
  if (!record) {
    ++dead_letters_;
    return absl::StrCat(
        Paint(kRed, "dead letter"), " ",
        CutToCodePoints(json.substr(0, json.find('\n')), kHeadlineCodePoints),
        Paint(kDim, absl::StrCat("  to ", topic)), "\n");
  }
  ++articles_;
  ++verdicts_[record->verdict];
  ++languages_[record->language];
  if (record->received_at) latencies_.push_back(now - *record->received_at);
  Story& story = stories_[record->story];
  if (story.number == 0) story.number = stories_.size();
  const bool first = story.members.empty();
  story.members.push_back({record->verdict, record->headline, record->provider,
                           record->similarity});
  const std::string headline =
      CutToCodePoints(record->headline, kHeadlineCodePoints);
  const std::string place =
      first ? absl::StrCat("story ", story.number)
            : absl::StrCat("story ", story.number, ", article ",
                           story.members.size());
  std::string line = absl::StrCat(Verdict(record->verdict), " ",
                                  absl::StrFormat("%-3s", record->language));
  if (IsCopy(record->verdict)) {
    return absl::StrCat(
        line, "  ↳ ", headline,
        Paint(kDim, absl::StrCat("  ", place,
                                 absl::StrFormat(", similarity %.2f",
                                                 record->similarity))),
        "\n");
  }
  std::vector<std::string> found = {place};
  AppendNames("", record->places, found);
  AppendNames("", record->entities, found);
  AppendNames("topics: ", record->topics, found);
  found.push_back(absl::StrCat("to ", topic));
  return absl::StrCat(line, first ? "" : "  ↳ ", Paint(kBold, headline), "\n",
                      std::string(12, ' '),
                      Paint(kDim, absl::StrJoin(found, " · ")), "\n");
}

std::string DemoView::StoriesText() const {
  std::vector<const Story*> told;
  for (const auto& [id, story] : stories_) {
    if (story.members.size() > 1) told.push_back(&story);
  }
  std::sort(told.begin(), told.end(), [](const Story* a, const Story* b) {
    return a->members.size() != b->members.size()
               ? a->members.size() > b->members.size()
               : a->number < b->number;
  });
  if (told.size() > kStoriesShown) told.resize(kStoriesShown);
  std::string text;
  for (const Story* story : told) {
    absl::StrAppend(&text, "\n  story ", story->number, "  ",
                    Paint(kBold, CutToCodePoints(story->members[0].headline,
                                                 kHeadlineCodePoints)),
                    "\n");
    for (size_t i = 1; i < story->members.size(); ++i) {
      const Member& member = story->members[i];
      absl::StrAppend(&text, "    ↳ ", Verdict(member.verdict), " ",
                      CutToCodePoints(member.headline, kHeadlineCodePoints),
                      member.provider.empty()
                          ? ""
                          : Paint(kDim, absl::StrCat("  ", member.provider)),
                      "\n");
    }
  }
  return text;
}

std::string DemoView::Summary() const {
  size_t copies = 0;
  for (const auto& [verdict, count] : verdicts_) {
    if (IsCopy(verdict)) copies += count;
  }
  const auto revisions = verdicts_.find("revision");
  std::string text;
  if (const std::string stories = StoriesText(); !stories.empty()) {
    absl::StrAppend(&text, "Stories that were told more than once:\n", stories,
                    "\n");
  }
  absl::StrAppend(
      &text, Counted(articles_, "article"), " in ",
      Counted(languages_.size(), "language"), ", ", stories_.size(),
      stories_.size() == 1 ? " story" : " stories", "; ", copies,
      copies == 1 ? " copy" : " copies", ", ",
      Counted(revisions == verdicts_.end() ? 0 : revisions->second, "revision"),
      ", ", Counted(dead_letters_, "dead letter"), "\n");
  if (!latencies_.empty()) {
    absl::StrAppend(&text, "latency from received to published: p50 ",
                    Milliseconds(Quantile(latencies_, 0.5)), ", p99 ",
                    Milliseconds(Quantile(latencies_, 0.99)), "\n");
  }
  return text;
}

absl::Duration Quantile(std::vector<absl::Duration> values, double share) {
  if (values.empty()) return absl::ZeroDuration();
  const size_t at =
      std::min(values.size() - 1,
               static_cast<size_t>(share * static_cast<double>(values.size())));
  std::nth_element(values.begin(), values.begin() + static_cast<ptrdiff_t>(at),
                   values.end());
  return values[at];
}

}  // namespace wiredesk
