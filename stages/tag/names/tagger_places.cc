// Which places a document asks the resolver about, and what the words around
// them say: that a town lies in the area behind the comma ("Paris, Texas"), that
// a list of states is none of towns and their states, that a state is meant and
// not the city of its name.
//
// Mentions of one name are one question, unless each has its own area behind
// the comma ("Springfield, Illinois ... Springfield, Massachusetts"). Tested by
// name_tagger_test.cc.

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "stages/tag/names/tagger.h"

namespace wiredesk {
namespace {

// Words before a name that only a state has.
bool IsPartOfState(absl::string_view word) {
  for (const absl::string_view part :
       {"upstate", "eastern", "western", "northern", "southern", "central"}) {
    if (absl::EqualsIgnoreCase(word, part)) return true;
  }
  return false;
}

}  // namespace

void NameTagger::AskPlaces() {
  places_.Clear();
  for (Group& group : groups_) {
    if (group.slot != nullptr && group.place > 0 &&
        (group.sense == Sense::kPlace ||
         (group.any_marks & (kMarkPlaceCue | kMarkNested)) != 0)) {
      AskPlace(group);
    }
  }
  question_of_.assign(mentions_.size(), -1);
  for (uint32_t i = 0; i < mentions_.size(); ++i) {
    const Group& group = groups_[group_of_[i]];
    if (group.question < 0) continue;
    if (SpeaksOfState(i)) places_.questions()[group.question].state = true;
    PairWithArea(i);
  }
  for (uint32_t i = 0; i < mentions_.size(); ++i) {
    const int32_t question = groups_[group_of_[i]].question;
    if (question < 0 || question_of_[i] >= 0 || !OpensReport(i) ||
        !places_.questions()[question].state) {
      continue;
    }
    question_of_[i] = static_cast<int32_t>(places_.questions().size());
    places_.AskAgain(question);
  }
}

// "WASHINGTON (Agency) - ...", "SEATTLE/WASHINGTON, May 3 -": a report is sent
// from a city, whatever its text says of the state.
bool NameTagger::OpensReport(uint32_t index) const {
  constexpr uint32_t kFirstWords = 3;
  const NameMention& mention = mentions_[index];
  if (mention.text_index != kBodyText || mention.first >= kFirstWords ||
      (mention.marks & kMarkNested) != 0) {
    return false;
  }
  const absl::string_view text = scans_[kBodyText].text().text;
  const absl::string_view name =
      text.substr(mention.begin, mention.end - mention.begin);
  const bool capitals =
      std::none_of(name.begin(), name.end(), absl::ascii_islower);
  const absl::string_view behind = text.substr(mention.end);
  return (capitals && !behind.empty() && behind[0] != '\'') ||
         absl::StartsWith(behind, " (") || absl::StartsWith(behind, " - ") ||
         absl::StartsWith(behind, " -- ") ||
         absl::StartsWith(behind, " \xE2\x80\x93 ") ||
         absl::StartsWith(behind, " \xE2\x80\x94 ");
}

void NameTagger::AskPlace(Group& group) {
  const NameMention& mention = mentions_[group.mention];
  bool asked = false;
  for (const GazetteerSense& sense : gazetteer_->senses(*group.slot)) {
    if (!IsPlace(sense.kind) ||
        !SenseFits(sense, TextOf(mention), mention.first, mention.last)) {
      continue;
    }
    if (!asked) {
      asked = true;
      group.question = static_cast<int32_t>(places_.questions().size());
      places_.Ask().mentions = static_cast<float>(group.count);
    }
    gazetteer_->PrefetchEntry(sense.entry);
    if (!places_.AddCandidate(sense)) return;
  }
}

// Whether a first-order division, or a country if `country`, may be meant;
// `plainly`: and no city of that name.
bool NameTagger::IsArea(uint32_t index, bool plainly, bool country) const {
  constexpr uint8_t kAreaMin = 50;
  constexpr uint8_t kAbout = 2;
  const NameMention& mention = mentions_[index];
  const Group& group = groups_[group_of_[index]];
  if (group.question < 0 || group.slot == nullptr) return false;
  uint8_t area = 0;
  uint8_t city = 0;
  for (const GazetteerSense& sense : gazetteer_->senses(*group.slot)) {
    if (!SenseFits(sense, TextOf(mention), mention.first, mention.last)) {
      continue;
    }
    if (sense.kind == NameKind::kAdmin1 ||
        (country && sense.kind == NameKind::kCountry)) {
      area = std::max(area, sense.prior);
    } else if (sense.kind == NameKind::kCity) {
      city = std::max(city, sense.prior);
    }
  }
  return area >= kAreaMin && !(plainly && city + kAbout >= area);
}

// Whether mention `index + 1` stands next to it in a list: behind a comma, or
// "and", or both.
bool NameTagger::GoesOn(uint32_t index) const {
  if (index + 1 >= mentions_.size()) return false;
  const NameMention& one = mentions_[index];
  const NameMention& next = mentions_[index + 1];
  if (one.text_index != next.text_index || next.first < one.last) return false;
  const NameScan& scan = scans_[one.text_index];
  if (next.first == one.last) return scan.Gap(next.first) == GapKind::kComma;
  return next.first == one.last + 1 &&
         (scan.Text(one.last) == "and" || scan.Text(one.last) == "or") &&
         scan.Gap(one.last) != GapKind::kBreak &&
         scan.Gap(next.first) == GapKind::kPlain;
}

bool NameTagger::SpeaksOfState(uint32_t index) const {
  const NameMention& mention = mentions_[index];
  const NameScan& scan = scans_[mention.text_index];
  const uint32_t next = mention.last;
  if (next < scan.count() && scan.Gap(next) == GapKind::kPlain &&
      absl::EqualsIgnoreCase(scan.Text(next), "state") &&
      (next + 1 == scan.count() || !scan.Capital(next + 1))) {
    return true;
  }
  if (mention.first > 0 && scan.Gap(mention.first) == GapKind::kPlain) {
    const absl::string_view before = scan.Text(mention.first - 1);
    if (IsPartOfState(before) ||
        (before == "of" && mention.first > 1 &&
         absl::EqualsIgnoreCase(scan.Text(mention.first - 2), "state"))) {
      return true;
    }
  }
  // In a list with states that are nothing else.
  return IsArea(index, false, false) &&
         ((GoesOn(index) && IsArea(index + 1, true, false)) ||
          (index > 0 && GoesOn(index - 1) && IsArea(index - 1, true, false)));
}

// "Paris, Texas", but neither town of "California, Oregon, Ohio".
void NameTagger::PairWithArea(uint32_t index) {
  if (!GoesOn(index) || mentions_[index + 1].first != mentions_[index].last) {
    return;
  }
  const Group& inner = groups_[group_of_[index]];
  const Group& outer = groups_[group_of_[index + 1]];
  if (outer.question < 0 || inner.question == outer.question) return;
  const bool listed =
      IsArea(index, false) && IsArea(index + 1, false) &&
      ((index > 0 && GoesOn(index - 1) && IsArea(index - 1, false)) ||
       (GoesOn(index + 1) && IsArea(index + 2, false)));
  if (listed) return;
  const int32_t area = outer.question;
  PlaceQuestion& whole = places_.questions()[area];
  if (places_.IsKnownIn(inner.question, area)) whole.state = true;
  PlaceQuestion& asked = places_.questions()[inner.question];
  if (asked.area < 0) {
    asked.area = area;
  } else if (asked.area != area) {
    question_of_[index] = static_cast<int32_t>(places_.questions().size());
    places_.AskAgain(inner.question).area = area;
  }
}

}  // namespace wiredesk
