// One organization, one entity: its entry under another form of its name, and
// the short forms and acronyms by which the text calls it.
//
// Organizations lose a company's suffix, and what stands before the name of a
// ministry ("U.S."); "Lowell Marine" and "Lowell" follow "Lowell Marine Ltd",
// "DOJ" the "Department of Justice" whose letters it has, "Judiciary Committee"
// the "House Judiciary Committee", each where only one of the text can be
// meant. All of it is a few look-ups a name.
//
// Tested by tagger_identity_test.cc.

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "stages/tag/names/tagger.h"

namespace wiredesk {
namespace {

// A name of more words is not shortened.
constexpr uint32_t kShortenedMax = 12;
// Of several groups that one short form may mean.
constexpr uint32_t kSeveral = KeyIndex::kNone - 1;

// Behind the "U.S.", "US" or "United States" with which a name of several words
// begins, or `first`.
uint32_t BehindCountry(const NameScan& scan, uint32_t first, uint32_t last) {
  const absl::string_view word = scan.Text(first);
  if (last - first >= 3 &&
      ((word == "U" && scan.Text(first + 1) == "S") ||
       (word == "United" && scan.Text(first + 1) == "States"))) {
    return first + 2;
  }
  return last - first >= 2 && word == "US" ? first + 1 : first;
}

}  // namespace

// "U.S. Department of Justice", "Lowell Marine Ltd.", "Justice Department".
uint32_t NameTagger::FindOrganization(const Group& group) const {
  const NameMention& mention = mentions_[group.mention];
  const NameScan& scan = scans_[mention.text_index];
  uint32_t first = mention.first;
  uint32_t last = mention.last;
  const auto name = [&](uint32_t from, uint32_t to) {
    uint64_t hash = scan.word(from).hash;
    for (uint32_t i = from + 1; i < to; ++i) {
      hash = ExtendNameHash(hash, scan.word(i).hash, false);
    }
    return EntryNamed(hash, NameKind::kOrganization);
  };
  if (last - first >= 3 && (scan.Class(last - 1) & kClassCompanySuffix) != 0) {
    return name(first, last - 1);
  }
  first = BehindCountry(scan, first, last);
  if (first > mention.first) {
    const uint32_t entry = name(first, last);
    if (entry != kNoEntry) return entry;
  }
  // "Justice Department" for "Department of Justice", and the other way round.
  if (last - first >= 2 && scan.Text(last - 1) == "Department") {
    static const uint64_t of_hash = HashWord("of");
    uint64_t hash = ExtendNameHash(scan.word(last - 1).hash, of_hash, false);
    for (uint32_t i = first; i + 1 < last; ++i) {
      hash = ExtendNameHash(hash, scan.word(i).hash, false);
    }
    return EntryNamed(hash, NameKind::kOrganization);
  }
  if (last - first == 3 && scan.Text(first) == "Department" &&
      scan.Text(first + 1) == "of") {
    return EntryNamed(
        ExtendNameHash(scan.word(first + 2).hash, scan.word(first).hash, false),
        NameKind::kOrganization);
  }
  // "Health and Human Services" for the department of it
  if (last - first >= 2) {
    static const uint64_t kDepartmentOf =
        ExtendNameHash(HashWord("Department"), HashWord("of"), false);
    uint64_t hash = kDepartmentOf;
    for (uint32_t i = first; i < last; ++i) {
      hash = ExtendNameHash(hash, scan.word(i).hash, false);
    }
    return EntryNamed(hash, NameKind::kOrganization);
  }
  return kNoEntry;
}

// Files under which names an organization of the text may come back.
void NameTagger::AddShortForms(uint32_t index) {
  const Group& group = groups_[index];
  const NameMention& mention = mentions_[group.mention];
  const NameScan& scan = scans_[mention.text_index];
  const uint32_t count = mention.last - mention.first;
  const auto file = [&](uint64_t key) {
    const auto [other, added] = group_by_short_.Add(key, index);
    if (!added && other != index) group_by_short_.Set(key, kSeveral);
  };
  if (count < 2 || count > kShortenedMax) return;
  // "Lowell Marine" and "Lowell" of "Lowell Marine Ltd"
  uint64_t key = scan.word(mention.first).hash;
  const uint32_t classes = scan.SlotClass(mention.first);
  const bool telling =
      (classes & (kClassCommon | kClassGiven)) == 0 &&
      scan.word(mention.first).length >= 3 &&
      (scan.MatchAt(mention.first) == nullptr ||
       scan.MatchAt(mention.first)->last == mention.last) &&
      (scan.Class(mention.first) & (kClassFunction | kClassTitle)) == 0;
  if (telling) file(key);
  for (uint32_t i = mention.first + 1; i + 1 < mention.last; ++i) {
    key = ExtendNameHash(key, scan.word(i).hash, false);
    file(key);
  }
  // "Judiciary Committee" of "House Judiciary Committee"
  for (uint32_t from = mention.first + 1; from + 1 < mention.last; ++from) {
    uint64_t end = scan.word(from).hash;
    for (uint32_t i = from + 1; i < mention.last; ++i) {
      end = ExtendNameHash(end, scan.word(i).hash, false);
    }
    file(end);
  }
  // "Eagles" of "Philadelphia Eagles", "the Post" of the "Oakport Post"
  if ((scan.Class(mention.last - 1) & kClassTeam) != 0 ||
      (EntryOf(group, Sense::kOrganization) != kNoEntry &&
       scan.word(mention.last - 1).length >= 3)) {
    file(scan.word(mention.last - 1).hash);
  }
  FileAcronym(index);
}

// "DOJ" and "DJ" of "Department of Justice"
void NameTagger::FileAcronym(uint32_t index) {
  const NameMention& mention = mentions_[groups_[index].mention];
  const NameScan& scan = scans_[mention.text_index];
  const auto file = [&](uint64_t key) {
    const auto [other, added] = group_by_short_.Add(key, index);
    if (!added && other != index) group_by_short_.Set(key, kSeveral);
  };
  std::string all;
  std::string capitals;
  for (uint32_t i = BehindCountry(scan, mention.first, mention.last);
       i < mention.last; ++i) {
    const char letter = scan.Text(i)[0];
    all += letter;
    if (scan.Capital(i)) capitals += letter;
  }
  constexpr size_t kAcronymMin = 3;
  // The full name of what the text calls otherwise.
  const uint32_t entry = EntryOf(groups_[index], groups_[index].sense);
  if (entry != kNoEntry) {
    std::string known;
    for (const absl::string_view word :
         absl::StrSplit(gazetteer_->text(gazetteer_->entry(entry).name), ' ')) {
      if (!word.empty() && absl::ascii_isupper(word[0])) known += word[0];
    }
    if (known.size() >= kAcronymMin && known != all && known != capitals) {
      file(HashWord(known));
    }
  }
  if (all.size() >= kAcronymMin) file(HashWord(all));
  if (capitals.size() >= kAcronymMin && capitals.size() < all.size()) {
    file(HashWord(capitals));
  }
}

void NameTagger::IndexShortForms() {
  size_t words = 0;
  for (const Group& group : groups_) {
    const NameMention& mention = mentions_[group.mention];
    words += 2 * (mention.last - mention.first) + 3;
  }
  group_by_short_.Reset(words);
  for (uint32_t i = 0; i < groups_.size(); ++i) {
    const Group& group = groups_[i];
    if (group.same_as >= 0) continue;
    if (group.sense == Sense::kOrganization) {
      AddShortForms(i);
    } else if (group.sense == Sense::kOther) {
      const NameMention& mention = mentions_[group.mention];
      const uint32_t count = mention.last - mention.first;
      if (count >= 3 && count <= kShortenedMax) FileAcronym(i);
    }
  }
}

void NameTagger::LinkShortForm(uint32_t index) {
  Group& group = groups_[index];
  const uint32_t holder = group_by_short_.Find(group.key);
  if (holder == KeyIndex::kNone || holder == kSeveral || holder == index) {
    return;
  }
  const NameMention& mention = mentions_[group.mention];
  const bool alone = mention.last - mention.first == 1;
  const bool acronym = alone && (group.all_marks & kMarkAllCaps) != 0;
  // What is known as something else is that, and a title makes a person.
  if (group.slot != nullptr || group.sense == Sense::kPlace ||
      (group.any_marks & (kMarkTitle | kMarkNested | kMarkComposed)) != 0) {
    return;
  }
  const NameMention& whole = mentions_[groups_[holder].mention];
  const NameScan& scan = scans_[whole.text_index];
  const bool begins = scan.word(whole.first).hash ==
                      scans_[mention.text_index].word(mention.first).hash;
  // All but "Ltd" is the company, whatever it looks like.
  const bool company =
      begins && mention.last - mention.first + 1 == whole.last - whole.first &&
      (scan.Class(whole.last - 1) & kClassCompanySuffix) != 0;
  if (!company) {
    // The first letters of several words are written as capitals.
    const bool team = alone && (scan.Class(whole.last - 1) & kClassTeam) != 0 &&
                      scan.word(whole.last - 1).hash == group.key;
    const bool called = alone && (group.all_marks & kMarkThe) != 0 &&
                        scan.word(whole.last - 1).hash == group.key;
    if (alone && !acronym && !begins && !team && !called) return;
    if (group.sense == Sense::kPerson &&
        (!alone || acronym || (group.any_marks & kMarkGiven) != 0)) {
      return;
    }
  }
  Join(index, holder);
}

}  // namespace wiredesk
