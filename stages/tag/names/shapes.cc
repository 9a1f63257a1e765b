#include "stages/tag/names/shapes.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "stages/tag/names/mentions.h"

namespace wiredesk {
namespace {

bool IsLink(absl::string_view word) {
  return word == "of" || word == "for" || word == "on";
}

bool LeadsPlace(absl::string_view word) {
  return absl::EqualsIgnoreCase(word, "lake") ||
         absl::EqualsIgnoreCase(word, "mount") ||
         absl::EqualsIgnoreCase(word, "cape");
}

// "Sun", "Park" and "Young" are family names, and "Hill" and "Lake" may be: a
// given name before them wins, unless somebody is "in" it.
bool IsGivenAndSurname(const NameScan& scan, uint32_t first, uint32_t head,
                       uint32_t classes) {
  if ((scan.SlotClass(first) & kClassGiven) == 0 ||
      (classes & (kClassOrgHead | kClassFacilityHead)) != 0) {
    return false;
  }
  if ((scan.SlotClass(head) & kClassName) != 0) return true;
  const bool in_it = first > 0 && (scan.Class(first - 1) & kClassPlaceCue) != 0;
  return classes == kClassPlaceHead && !in_it && scan.MatchAt(first) == nullptr;
}

bool HasInitial(const NameScan& scan, uint32_t first) {
  const Word& word = scan.word(first);
  return word.length == 1 && scan.text().text[word.begin + 1] == '.';
}

// Whether a sentence of small letters ends before the word.
bool EndsSmallSentence(const NameScan& scan, uint32_t word) {
  constexpr uint16_t kAbbreviated = 3;
  const Word& before = scan.word(word - 1);
  const uint32_t end = before.begin + before.length;
  return before.length > kAbbreviated && scan.Small(word - 1) &&
         end < scan.text().text.size() && scan.text().text[end] == '.';
}

// "Pension" and "Pensions".
bool IsOrdinary(const Gazetteer& gazetteer, const NameScan& scan,
                uint32_t word) {
  constexpr size_t kStemMin = 4;
  if ((scan.SlotClass(word) & kClassCommon) != 0) return true;
  const absl::string_view text = scan.Text(word);
  if (text.size() <= kStemMin || text.back() != 's') return false;
  const GazetteerSlot* const stem =
      gazetteer.Find(HashWord(text.substr(0, text.size() - 1)));
  return stem != nullptr && (stem->word_class() & kClassCommon) != 0;
}

// Whether somebody is "in" what begins at `first`.
bool IsInIt(const NameScan& scan, uint32_t first) {
  return first > 0 && (scan.Class(first - 1) & kClassPlaceCue) != 0;
}

// What stands first is known as something that begins no person's name.
bool BeginsWithOther(const Gazetteer& gazetteer, const NameScan& scan,
                     uint32_t first, uint32_t last, bool title) {
  const NameMatch* match = scan.MatchAt(first);
  if (match == nullptr) return false;
  const GazetteerSense& sense = gazetteer.senses(*match->slot)[0];
  const bool alone = match->last == first + 1;
  // "Chad Pergram", but not "Jordan River".
  const uint32_t slot_last = scan.SlotClass(last - 1);
  if (alone && (scan.SlotClass(first) & kClassGiven) != 0 &&
      (slot_last & kClassName) != 0 &&
      ((slot_last & kClassCommon) == 0 ||
       (last - first == 2 && !IsInIt(scan, first)))) {
    return false;
  }
  // A large city does not begin a person's name.
  if (alone && !title && (scan.SlotClass(first) & kClassGiven) == 0 &&
      sense.kind == NameKind::kCity && sense.prior >= 72 &&
      (slot_last & kClassName) == 0) {
    return true;
  }
  return match->last < last && (!alone || sense.kind == NameKind::kCountry ||
                                sense.kind == NameKind::kOrganization ||
                                (sense.flags & kSenseDemonym) != 0);
}

}  // namespace

NameKind NameHead::kind() const {
  if ((classes & (kClassOrgHead | kClassTeam)) != 0) {
    return NameKind::kOrganization;
  }
  if ((classes & kClassFacilityHead) != 0) return NameKind::kFacility;
  if ((classes & kClassPlaceHead) != 0) return NameKind::kFeature;
  if ((classes & kClassEventHead) != 0) return NameKind::kEvent;
  return NameKind::kAgreement;
}

NameHead FindHead(const NameScan& scan, uint32_t first, uint32_t last) {
  if (last - first < 2) return {};
  NameHead head;
  head.word = last - 1;
  for (uint32_t i = first; i + 1 < last; ++i) {
    if (scan.Small(i + 1) && IsLink(scan.Text(i + 1))) {
      head.word = i;
      break;
    }
  }
  head.classes = scan.Class(head.word) & kNameHeads;
  if (head.classes == 0) {
    // "Freedom of Information Act"
    head.word = last - 1;
    head.classes = scan.Class(head.word) & kNameHeads;
  }
  if ((scan.Class(first) & kClassPlaceHead) != 0 &&
      LeadsPlace(scan.Text(first))) {
    head.classes = kClassPlaceHead;
  } else if (last - first == 2 && head.word == first + 1 &&
             IsGivenAndSurname(scan, first, head.word, head.classes)) {
    head.classes = 0;
  }
  return head;
}

PersonShape JudgePerson(const Gazetteer& gazetteer, const NameScan& scan,
                        uint32_t first, uint32_t last, bool title) {
  constexpr uint32_t kWordsMax = 6;
  PersonShape shape;
  const uint32_t words = last - first;
  if (words > kWordsMax) return shape;
  if (title) {
    shape.weight += 5;
    shape.marks |= kMarkTitle;
  }
  const bool other = BeginsWithOther(gazetteer, scan, first, last, title);
  if (words >= 2 && !other) {
    const uint32_t slot_first = scan.SlotClass(first);
    const uint32_t slot_last = scan.SlotClass(last - 1);
    if ((slot_first & kClassGiven) != 0 || HasInitial(scan, first)) {
      shape.weight += 5;
      shape.marks |= kMarkGiven;
    } else if ((scan.Class(first) & kClassSurnameFirst) != 0 && words <= 3) {
      shape.weight += 3;
      shape.marks |= kMarkSurnameFirst;
    } else if ((slot_first & slot_last & kClassName) != 0) {
      shape.weight += 4;
    } else if ((slot_last & kClassName) != 0) {
      shape.weight += (slot_first & kClassCommon) != 0 ? 1 : 2.5f;
    } else if ((slot_first & kClassName) != 0) {
      shape.weight += 2;
    }
    // "Suk-yeol"
    if (scan.Small(last - 1) && scan.MarkBefore(last - 1) == '-') {
      shape.weight += 2;
    }
  }
  // "M.S., R.D." are degrees.
  const auto is_long = [&](uint32_t i) { return scan.word(i).length > 2; };
  bool named = false;
  for (uint32_t i = first; i < last && !named; ++i) named = is_long(i);
  if (!named && !title) return {};
  shape.is_person = shape.weight >= 3 && (!other || title);
  return shape;
}

uint32_t GivenNameBehindWords(const Gazetteer& gazetteer, const NameScan& scan,
                              uint32_t first, uint32_t last) {
  for (uint32_t i = first; i + 1 < last; ++i) {
    const uint32_t classes = scan.SlotClass(i);
    if ((classes & kClassGiven) != 0) {
      return (classes & kClassCommon) == 0 ? i : first;
    }
    if (!IsOrdinary(gazetteer, scan, i) || (classes & kClassName) != 0 ||
        scan.MatchAt(i) != nullptr) {
      return first;
    }
  }
  return first;
}

uint32_t BehindPersonAt(const NameScan& scan, uint32_t at, uint32_t last) {
  const auto part = [&](uint32_t i) {
    return i < last && scan.Capital(i) && (scan.Class(i) & kNameHeads) == 0;
  };
  if (!part(at) || !part(at + 1) ||
      (scan.SlotClass(at) & (kClassGiven | kClassName)) == 0) {
    return at;
  }
  const bool given = (scan.SlotClass(at) & kClassGiven) != 0;
  const auto surname = [&](uint32_t i) {
    return part(i) && (scan.SlotClass(i) & kClassName) != 0;
  };
  if (surname(at + 2) && (given || surname(at + 1))) return at + 3;
  return surname(at + 1) && given ? at + 2 : at;
}

bool HeadingLine::IsHeading(const NameScan& scan, uint32_t word) {
  // A longer line is a paragraph, and one with digits a table of results.
  constexpr uint32_t kBytesMax = 120;
  constexpr uint32_t kLongWord = 4;
  const uint32_t begin = scan.word(word).begin;
  if (begin < end_) return heading_;
  const absl::string_view rest = scan.text().text.substr(begin);
  const size_t length = rest.find('\n');
  end_ = length == absl::string_view::npos
             ? static_cast<uint32_t>(scan.text().text.size())
             : begin + static_cast<uint32_t>(length);
  heading_ = false;
  // Nor does a heading end as a sentence does.
  const char last = scan.text().text[end_ - 1];
  if (end_ - begin > kBytesMax || last == '.' || last == '"' || last == ',') {
    return false;
  }
  uint32_t capitals = 0;
  uint32_t small = 0;
  for (uint32_t i = word; i < scan.count() && scan.word(i).begin < end_; ++i) {
    if ((scan.word(i).flags & kWordDigits) != 0) return false;
    // "The quay is open. (Reporting by Ann Lowell)" is two sentences.
    if (i > word && EndsSmallSentence(scan, i)) return false;
    if (scan.word(i).length < kLongWord) continue;
    (scan.Capital(i) ? capitals : small) += 1;
  }
  heading_ = capitals >= 4 && capitals >= 3 * small;
  return heading_;
}

}  // namespace wiredesk
