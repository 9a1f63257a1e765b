// One person or organization, one entity: what the text calls by several names,
// and what the gazetteer knows under another one.
//
// People are compared by canonical given name and surname: middle names and
// initials, "Jr." and short forms of given names ("Chuck" for "Charles") fall
// away, unless the middle initials contradict ("George W. Bush" is not "George
// H.W. Bush"). What has no entry is looked up so, too; a surname behind a title
// is the person of that surname who held the office that the title names
// ("Speaker Lowell"), where only one did, or only one on the day of the article.
//
// What is said of organizations stands in tagger_organizations.cc.
//
// Tested by tagger_identity_test.cc.

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "stages/tag/names/given_forms.h"
#include "stages/tag/names/tagger.h"

namespace wiredesk {
namespace {

bool IsSuffix(absl::string_view word) {
  return word == "Jr" || word == "Sr" || word == "II" || word == "III" ||
         word == "IV";
}

// The parts of a person's name.
struct PersonParts {
  uint32_t given = 0;
  uint32_t surname = 0;
  char middle = '\0';  // the initial of what stands between, small
};

bool SplitPerson(const NameScan& scan, const NameMention& mention,
                 PersonParts& parts) {
  uint32_t last = mention.last;
  while (last > mention.first + 2 && IsSuffix(scan.Text(last - 1))) --last;
  if (last - mention.first < 2) return false;
  parts.given = mention.first;
  parts.surname = last - 1;
  // "J. Christopher Lowell" goes by the second name.
  if (last - mention.first >= 3 && scan.word(parts.given).length == 1 &&
      scan.word(parts.given + 1).length > 1) {
    ++parts.given;
  }
  if (parts.given + 1 < parts.surname) {
    parts.middle = absl::ascii_tolower(scan.Text(parts.given + 1)[0]);
  }
  return true;
}

// What of an office a title says: "Sen." is a senator.
absl::string_view OfficeWord(absl::string_view title) {
  static constexpr std::array<absl::string_view, 2> kWords[] = {
      {"sen", "senator"},         {"rep", "representative"},
      {"reps", "representative"}, {"congressman", "representative"},
      {"gov", "governor"},        {"congresswoman", "representative"},
      {"pm", "prime minister"}};
  for (const auto& [written, office] : kWords) {
    if (absl::EqualsIgnoreCase(title, written)) return office;
  }
  return title;
}

bool HasWord(absl::string_view text, absl::string_view word) {
  for (size_t at = 0; at + word.size() <= text.size(); ++at) {
    if (absl::EqualsIgnoreCase(text.substr(at, word.size()), word) &&
        (at == 0 || !absl::ascii_isalpha(text[at - 1])) &&
        (at + word.size() == text.size() ||
         !absl::ascii_isalpha(text[at + word.size()]))) {
      return true;
    }
  }
  return false;
}

// How well one of the offices ("Speaker of X/2019-01-03..;...") fits the words
// of a title and the day; 0 where none does.
int FitOffices(absl::string_view offices,
               absl::Span<const absl::string_view> title,
               absl::string_view rank, absl::string_view day) {
  int best = 0;
  for (const absl::string_view office : absl::StrSplit(offices, ';')) {
    const size_t slash = office.rfind('/');
    if (slash == absl::string_view::npos) continue;
    const absl::string_view name = office.substr(0, slash);
    if (!HasWord(name, OfficeWord(rank))) continue;
    int fit = 1;
    for (const absl::string_view word : title) fit += HasWord(name, word);
    // A president is no vice president, nor the other way round.
    for (const absl::string_view deputy : {"vice", "deputy"}) {
      const bool said =
          std::any_of(title.begin(), title.end(), [&](absl::string_view word) {
            return absl::EqualsIgnoreCase(word, deputy);
          });
      if (said != HasWord(name, deputy)) fit = 0;
    }
    if (fit == 0) continue;
    const absl::string_view term = office.substr(slash + 1);
    const size_t dots = term.find("..");
    const bool held = dots != absl::string_view::npos && !day.empty() &&
                      term.substr(0, dots) <= day &&
                      (term.size() == dots + 2 || day <= term.substr(dots + 2));
    best = std::max(best, 2 * fit + held);
  }
  return best;
}

}  // namespace

// The group that another one follows in the end, which all on the way follow
// from now on.
uint32_t NameTagger::RootOf(uint32_t index) {
  uint32_t root = index;
  while (groups_[root].same_as >= 0) {
    root = static_cast<uint32_t>(groups_[root].same_as);
  }
  while (groups_[index].same_as >= 0) {
    index = static_cast<uint32_t>(
        std::exchange(groups_[index].same_as, static_cast<int32_t>(root)));
    if (index == root) break;
  }
  return root;
}

void NameTagger::Join(uint32_t index, uint32_t holder) {
  holder = RootOf(holder);
  if (holder == index) return;
  groups_[index].same_as = static_cast<int32_t>(holder);
  groups_[index].sense = groups_[holder].sense;
}

// The entry of `kind` that alone has the name, or kNoEntry.
uint32_t NameTagger::EntryNamed(uint64_t hash, NameKind kind) const {
  const GazetteerSlot* const slot = gazetteer_->Find(hash);
  if (slot == nullptr) return kNoEntry;
  uint32_t found = kNoEntry;
  for (const GazetteerSense& sense : gazetteer_->senses(*slot)) {
    if (sense.kind != kind || (sense.flags & kSenseSurname) != 0) continue;
    if (found != kNoEntry && found != sense.entry) return kNoEntry;
    found = sense.entry;
  }
  return found;
}

uint32_t NameTagger::FindPerson(const Group& group) const {
  const NameMention& mention = mentions_[group.mention];
  const NameScan& scan = scans_[mention.text_index];
  PersonParts parts;
  if (!SplitPerson(scan, mention, parts)) return kNoEntry;
  const uint64_t given = scan.word(parts.given).hash;
  const uint64_t surname = scan.word(parts.surname).hash;
  const auto named = [&](uint64_t first) {
    return EntryNamed(ExtendNameHash(first, surname, false), NameKind::kPerson);
  };
  const uint32_t entry = named(given);
  if (entry != kNoEntry) return entry;
  uint32_t found = kNoEntry;
  bool several = false;
  ForEachGivenForm(given, [&](uint64_t form) {
    const uint32_t other = named(form);
    if (other == kNoEntry || other == found) return;
    several |= found != kNoEntry;
    found = other;
  });
  return several ? kNoEntry : found;
}

// "Vice President Lowell" where the text never gives the full name.
uint32_t NameTagger::FindTitled(const Group& group) const {
  constexpr uint32_t kTitleWordsMax = 5;
  const NameMention& mention = mentions_[group.mention];
  const NameScan& scan = scans_[mention.text_index];
  const GazetteerSlot* const slot =
      gazetteer_->Find(scan.word(mention.first).hash);
  if (slot == nullptr || mention.first == 0) return kNoEntry;
  std::vector<absl::string_view> title;
  absl::string_view rank;
  for (uint32_t at = mention.first; at > 0 && title.size() < kTitleWordsMax &&
                                    (scan.Gap(at) == GapKind::kPlain);
       --at) {
    const uint32_t classes = scan.Class(at - 1);
    if (scan.Small(at - 1) && (classes & kClassTitle) == 0 &&
        scan.Text(at - 1) != "of") {
      break;
    }
    title.push_back(scan.Text(at - 1));
    if (rank.empty() && (classes & kClassTitle) != 0) rank = title.back();
  }
  if (rank.empty()) return kNoEntry;
  uint32_t found = kNoEntry;
  int best = 0;
  for (const GazetteerSense& sense : gazetteer_->senses(*slot)) {
    if ((sense.flags & kSenseSurname) == 0) continue;
    const int fit =
        FitOffices(gazetteer_->text(gazetteer_->entry(sense.entry).offices),
                   title, rank, day_);
    if (fit == 0 || fit < best) continue;
    found = fit > best ? sense.entry : kNoEntry;
    best = fit;
  }
  return found;
}

void NameTagger::LinkPerson(uint32_t index) {
  Group& group = groups_[index];
  const NameMention& mention = mentions_[group.mention];
  const NameScan& scan = scans_[mention.text_index];
  if (EntryOf(group, Sense::kPerson) == kNoEntry) {
    if (mention.last - mention.first >= 2) {
      group.entry = FindPerson(group);
    } else if ((group.any_marks & kMarkTitle) != 0) {
      group.entry = FindTitled(group);
    }
  }
  PersonParts parts;
  if (!SplitPerson(scan, mention, parts)) return;
  const uint64_t key =
      ExtendNameHash(CanonicalGiven(scan.word(parts.given).hash),
                     scan.word(parts.surname).hash, false);
  const auto [other, added] = group_by_person_.Add(key, index);
  if (added || other == index) return;
  const NameMention& first = mentions_[groups_[other].mention];
  PersonParts known;
  if (!SplitPerson(scans_[first.text_index], first, known) ||
      (parts.middle != '\0' && known.middle != '\0' &&
       parts.middle != known.middle)) {
    return;
  }
  const uint32_t own = EntryOf(group, Sense::kPerson);
  const uint32_t theirs = EntryOf(groups_[other], Sense::kPerson);
  if (own != kNoEntry && theirs != kNoEntry) return;
  if (theirs == kNoEntry) groups_[other].entry = own;
  Join(index, other);
}

// "Recalling Lowell" is an ordinary word and a person of the text.
void NameTagger::TrimSurnames() {
  bool any = false;
  for (uint32_t i = 0; i < groups_.size(); ++i) {
    Group& group = groups_[i];
    const NameMention& mention = mentions_[group.mention];
    const NameScan& scan = scans_[mention.text_index];
    const uint32_t last = mention.last - 1;
    if (last - mention.first < 1 || group.same_as >= 0 ||
        group.slot != nullptr || group.led ||
        (group.sense != Sense::kPerson && group.sense != Sense::kNone) ||
        (group.any_marks & (kMarkGiven | kMarkNested | kMarkComposed |
                            kMarkBound | kMarkCredit)) != 0) {
      continue;
    }
    bool ordinary = true;
    for (uint32_t w = mention.first; w < last && ordinary; ++w) {
      ordinary = (scan.SlotClass(w) & (kClassGiven | kClassName)) == 0 &&
                 ((scan.SlotClass(w) & kClassCommon) != 0 ||
                  (scan.word(w).flags & kWordAllCaps) != 0);
    }
    const uint32_t holder = ordinary
                                ? holder_by_surname_.Find(scan.word(last).hash)
                                : KeyIndex::kNone;
    if (holder == KeyIndex::kNone || holder == i || groups_[holder].led) {
      continue;
    }
    group.led = any = true;
    group.sense = Sense::kPerson;
    Join(i, holder);
  }
  if (!any) return;
  for (uint32_t i = 0; i < mentions_.size(); ++i) {
    NameMention& mention = mentions_[i];
    if (!groups_[group_of_[i]].led || mention.last - mention.first < 2) {
      continue;
    }
    mention.first = mention.last - 1;
    mention.begin = scans_[mention.text_index].word(mention.first).begin;
  }
}

void NameTagger::LinkIdentities() {
  TrimSurnames();
  group_by_person_.Reset(groups_.size());
  for (uint32_t i = 0; i < groups_.size(); ++i) {
    if (groups_[i].sense == Sense::kPerson && groups_[i].same_as < 0) {
      LinkPerson(i);
    }
  }
  for (Group& group : groups_) {
    if (group.sense == Sense::kOrganization && group.same_as < 0 &&
        EntryOf(group, Sense::kOrganization) == kNoEntry) {
      group.entry = FindOrganization(group);
    }
  }
  IndexShortForms();
  for (uint32_t i = 0; i < groups_.size(); ++i) {
    if (groups_[i].same_as < 0) LinkShortForm(i);
  }
  for (uint32_t i = 0; i < groups_.size(); ++i) RootOf(i);
}

}  // namespace wiredesk
