#include "stages/tag/names/runs.h"

#include "absl/strings/ascii.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

// "Ministry" of "Foreign Affairs", "Department" of "Health and Human Services".
uint32_t ExtendOf(const NameScan& scan, uint32_t first, uint32_t last) {
  const auto count = scan.count();
  const uint32_t head = scan.Class(last - 1);
  if ((head & (kClassOrgHead | kClassAgreementHead | kClassEventHead |
               kClassPlaceHead)) == 0 ||
      last + 1 >= count || scan.Gap(last) != GapKind::kPlain) {
    return last;
  }
  const absl::string_view link = scan.Text(last);
  if (link != "of" && link != "for" && link != "on") return last;
  if ((head & kClassPlaceHead) != 0 && (head & kClassOrgHead) == 0 &&
      link != "of") {
    return last;
  }
  uint32_t next = last + 1;
  if (scan.Text(next) == "the" && next + 1 < count) ++next;
  if (!scan.Capital(next) || scan.Gap(next) != GapKind::kPlain ||
      (scan.Class(next) & kClassCalendar) != 0 || next - first > 8) {
    return last;
  }
  // "University of the District of Columbia"
  const NameMatch* known = scan.MatchAt(next);
  uint32_t end = known != nullptr ? known->last : next + 1;
  while (end < count && scan.Gap(end) == GapKind::kPlain) {
    if (scan.Capital(end)) {
      ++end;
    } else if (scan.Text(end) == "and" && end + 1 < count &&
               scan.Capital(end + 1) &&
               (scan.SlotClass(end - 1) & kClassCommon) != 0 &&
               (scan.SlotClass(end + 1) & kClassCommon) != 0) {
      end += 2;
    } else {
      break;
    }
  }
  return end;
}

// "Freedom" of "Information Act", "Health" and "Human Services": an ordinary
// word with a capital, joined to a run that ends with a head noun. Returns its
// end, or `last`.
uint32_t ExtendToHead(const NameScan& scan, uint32_t first, uint32_t last) {
  const uint32_t count = scan.count();
  if (last + 1 >= count || scan.Gap(last) != GapKind::kPlain ||
      scan.Gap(last + 1) != GapKind::kPlain || !scan.Capital(last + 1)) {
    return last;
  }
  // What is known is whole: "The Wall Street Journal and ..."
  for (uint32_t at = first; at < last && at < first + 2; ++at) {
    const NameMatch* known = scan.MatchAt(at);
    if (known != nullptr && known->last >= last && last - at > 1) return last;
  }
  const absl::string_view link = scan.Text(last);
  const bool joins = link == "and";
  if (!joins && link != "of" && link != "for") return last;
  if ((scan.SlotClass(last - 1) & kClassCommon) == 0 ||
      (scan.Class(last - 1) & (kClassFunction | kClassCalendar)) != 0 ||
      scan.NamedAt(last - 1) || scan.NamedAt(last + 1) ||
      (scan.SlotClass(last + 1) & kClassCommon) == 0 ||
      (!joins && scan.SentenceStart(last - 1))) {
    return last;
  }
  uint32_t end = last + 2;
  while (end < count && scan.Gap(end) == GapKind::kPlain && scan.Capital(end) &&
         scan.MatchAt(end) == nullptr) {
    ++end;
  }
  const uint32_t heads =
      joins ? kClassOrgHead | kClassAgreementHead : kClassAgreementHead;
  // "Health and Human Services Secretary": the head stands before the title.
  while (end > last + 2 && (scan.Class(end - 1) & heads) == 0) --end;
  return end > last + 2 && end - first <= 8 ? end : last;
}

// The "yeol" of "Suk-yeol", but not the "based" of "Washington-based".
bool IsSmallPart(const NameScan& scan, uint32_t word) {
  const uint16_t length = scan.word(word).length;
  return scan.MarkBefore(word) == '-' && scan.Small(word) && length >= 2 &&
         length <= 6 && (scan.SlotClass(word) & kClassCommon) == 0 &&
         (scan.Class(word) & (kClassFunction | kClassPlaceNoun)) == 0;
}

// Behind the capital after particles that begin at `word` ("von der Leyen",
// "al-Assad", "bin Salman"), or `word` where there are none.
uint32_t OverParticles(const NameScan& scan, uint32_t word) {
  constexpr uint32_t kParticlesMax = 3;
  const uint32_t count = scan.count();
  uint32_t next = word;
  while (next < count && next < word + kParticlesMax && scan.Small(next) &&
         (scan.Class(next) & kClassParticle) != 0 &&
         (next == word || scan.Gap(next) == GapKind::kPlain)) {
    ++next;
  }
  const bool name = next > word && next < count && scan.Capital(next) &&
                    scan.Gap(next) == GapKind::kPlain;
  return name ? next + 1 : word;
}

// "Clinton. The": the period of a short word that is not an abbreviation.
bool EndsSentence(const NameScan& scan, uint32_t word) {
  return !IsPlain(scan.word(word)) && scan.MarkBefore(word) == ' ' &&
         scan.text().text[scan.word(word).begin - 2] == '.' &&
         scan.word(word - 1).length > 1 &&
         (scan.Class(word - 1) & kClassAbbreviation) == 0;
}

}  // namespace

bool IsTwoWords(const Gazetteer& gazetteer, const NameScan& scan,
                uint32_t word) {
  constexpr size_t kPartMin = 3;
  const absl::string_view text = scan.Text(word);
  if (text.size() < 2 * kPartMin + 1 || scan.SlotClass(word) != 0 ||
      scan.MatchAt(word) != nullptr) {
    return false;
  }
  const auto known = [&](absl::string_view part) {
    const GazetteerSlot* slot = gazetteer.Find(HashWord(part));
    return slot != nullptr && slot->word_class() != 0;
  };
  for (size_t i = kPartMin; i + kPartMin <= text.size(); ++i) {
    if (absl::ascii_isupper(static_cast<unsigned char>(text[i])) &&
        absl::ascii_islower(static_cast<unsigned char>(text[i - 1]))) {
      return known(text.substr(0, i)) && known(text.substr(i));
    }
  }
  return false;
}

uint32_t RunEnd(const Gazetteer& gazetteer, const NameScan& scan,
                uint32_t first) {
  const NameMatch* match = scan.MatchAt(first);
  uint32_t end = match != nullptr ? match->last : first + 1;
  while (end < scan.count()) {
    // Over anything else than a plain gap no run goes on in any way.
    if (scan.Gap(end) != GapKind::kPlain) return end;
    if (EndsSentence(scan, end)) break;
    if (scan.Capital(end)) {
      if (IsTwoWords(gazetteer, scan, end)) break;
      match = scan.MatchAt(end);
      end = match != nullptr ? match->last : end + 1;
    } else if (IsSmallPart(scan, end)) {
      ++end;
    } else {
      const uint32_t next = OverParticles(scan, end);
      if (next == end) break;
      end = next;
    }
  }
  const uint32_t behind = ExtendOf(scan, first, end);
  return behind > end ? behind : ExtendToHead(scan, first, end);
}

}  // namespace wiredesk
