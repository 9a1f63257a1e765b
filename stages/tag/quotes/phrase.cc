// Reads with one rule for each kind of word: what it adds to the phrase, or
// that it ends it. A phrase is at most kPhraseWords long, so that reading one
// costs the same wherever it stands. Tested by quotes_test.cc.

#include "stages/tag/quotes/phrase.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace wiredesk {
namespace {

// The longest phrase and the longest sentence that are read, in words.
constexpr size_t kPhraseWords = 16;
constexpr size_t kSentenceWords = 80;
// How far behind a name its role may stand: "GOP campaign strategist".
constexpr size_t kRoleReach = 3;
constexpr size_t kNowhere = static_cast<size_t>(-1);

constexpr absl::string_view kApostrophe = "\xE2\x80\x99";
constexpr absl::string_view kNoBreakSpace = "\xC2\xA0";

bool IsSpace(absl::string_view gap) {
  return gap == " " || gap == "  " || gap == kNoBreakSpace;
}

// Whether a word of this class, with a capital, may be a part of a name.
bool MayBeName(const CueWord& cue) {
  switch (cue.kind) {
    case CueClass::kPreposition:
    case CueClass::kClause:
    case CueClass::kAdverb:
    case CueClass::kDeterminer:
    case CueClass::kAccording:
    case CueClass::kDay:
      return false;
    default:
      return true;
  }
}

// "some said": a determiner that may stand without a noun.
bool StandsAlone(absl::string_view word) {
  for (const absl::string_view one :
       {"one", "some", "several", "many", "most", "both", "another"}) {
    if (absl::EqualsIgnoreCase(word, one)) return true;
  }
  return false;
}

// Adjectives that stand behind their noun.
bool FollowsNoun(absl::string_view word) {
  for (const absl::string_view one :
       {"close", "familiar", "privy", "loyal", "opposed", "responsible"}) {
    if (word == one) return true;
  }
  return false;
}

bool OwnsGap(absl::string_view gap) { return gap == "'" || gap == kApostrophe; }

// "Marcia "Cia" Price": a mark and a space on either side of a nickname.
bool OpensNickname(absl::string_view gap) {
  return gap == " \"" || gap == " \xE2\x80\x9C" || gap == " '" ||
         gap == " \xE2\x80\x98";
}
bool ClosesNickname(absl::string_view gap) {
  return gap == "\" " || gap == "\xE2\x80\x9D " || gap == "' " ||
         gap == "\xE2\x80\x99 ";
}

}  // namespace

// What was read of a phrase so far.
struct PhraseReader::Progress {
  size_t first = 0;
  size_t last = kNowhere;  // the last word that belongs to it
  size_t name = kNowhere;  // where the run of capitals at its end begins
  int32_t mention = -1;    // that ends it
  bool named = false;      // something with a capital was read
  bool described = false;  // a determiner, a role or a plural was read
  bool done = false;
};

size_t PhraseReader::WordAt(uint32_t at) const {
  return std::lower_bound(words_.begin(), words_.end(), at,
                          [](const Word& word, uint32_t value) {
                            return word.begin < value;
                          }) -
         words_.begin();
}

int32_t PhraseReader::LastBefore(uint32_t at) const {
  const auto* const behind =
      std::lower_bound(mentions_.begin(), mentions_.end(), at,
                       [](const SpeakerMention& one, uint32_t value) {
                         return one.begin < value;
                       });
  return static_cast<int32_t>(behind - mentions_.begin()) - 1;
}

int32_t PhraseReader::MentionAt(uint32_t at) const {
  const int32_t last = LastBefore(at + 1);
  return last < 0 || mentions_[last].end <= at ? -1 : last;
}

Speaker PhraseReader::OfMention(int32_t mention) const {
  const SpeakerMention& one = mentions_[mention];
  return {one.begin, one.end, mention, one.entity};
}

bool PhraseReader::SentenceEnds(size_t i) const {
  if (i + 1 >= words_.size()) return true;
  if (Plain(i + 1)) return false;
  const absl::string_view gap = Between(i);
  if (gap.find('\n') != absl::string_view::npos) return true;
  if (gap.empty() || (gap[0] != '.' && gap[0] != '!' && gap[0] != '?')) {
    return false;
  }
  if (gap.find(',') != absl::string_view::npos) return false;
  if (gap[0] != '.') return true;
  // "Ted Cruz (Tex.) said"
  if (gap.find(')') != absl::string_view::npos && !Capital(i + 1)) return false;
  // "Sen. Ann Lee", "John F. Kerry", "the U.S. and"
  if (Cue(i).is(CueClass::kAbbreviation) || gap == ".") return false;
  const bool initial = words_[i].length == 1 && Capital(i);
  if (initial && gap == ". ") return false;
  return !(gap == ". " && !Capital(i + 1) && Capital(i) &&
           words_[i].length <= 5 && (words_[i + 1].flags & kWordDigits) == 0);
}

size_t PhraseReader::SentenceStart(size_t i, uint32_t from) const {
  for (size_t n = 0; n < kSentenceWords && i > 0; ++n, --i) {
    if (words_[i - 1].begin < from || SentenceEnds(i - 1)) break;
  }
  return i;
}

bool PhraseReader::IsRole(size_t i) const {
  if (Capital(i)) return false;
  const CueWord cue = Cue(i);
  if (cue.is(CueClass::kTitle)) return true;
  return cue.is(CueClass::kNone) && EndsLikeRole(text(i));
}

bool PhraseReader::IsVerb(size_t i) const {
  const CueWord cue = Cue(i);
  if (!cue.cue()) return false;
  // "the United States", "the Human Rights Reports"
  if (cue.noun && i > 0 && Capital(i) && Capital(i - 1) && Before(i) == " ") {
    return false;
  }
  if (!cue.noun || i == 0 || Before(i) != " ") return true;
  const size_t before = i - 1;
  if (cue.is(CueClass::kParticiple) || text(before) == "to") {
    return !Cue(before).is(CueClass::kDeterminer);
  }
  if (Capital(before) && !Cue(before).is(CueClass::kDeterminer)) return true;
  return Cue(before).is(CueClass::kPronoun) || IsAdverb(before) ||
         IsRole(before) || IsNumber(before);
}

bool PhraseReader::IsAdverb(size_t i) const {
  const CueWord cue = Cue(i);
  if (cue.is(CueClass::kAdverb) || cue.is(CueClass::kDay)) return true;
  const absl::string_view word = text(i);
  return cue.is(CueClass::kNone) && !Capital(i) && word.size() > 4 &&
         absl::EndsWith(word, "ly");
}

// Whether words `i` and `i + 1` may stand in one phrase.
bool PhraseReader::Joins(size_t i) const {
  if (i + 1 >= words_.size()) return false;
  if (Plain(i + 1)) return true;
  const absl::string_view gap = Between(i);
  if (IsSpace(gap) || gap == "-" || gap.empty() || gap == "&" || gap == " & ") {
    return true;
  }
  if (gap == "/") return IsNumber(i) && IsNumber(i + 1);  // "9/11"
  const bool initial = words_[i].length == 1 && Capital(i);
  if (gap == ". " || gap == ".") {
    return initial || Cue(i).is(CueClass::kAbbreviation);
  }
  if (OwnsGap(gap)) return words_[i + 1].length > 1 && Capital(i + 1);
  const bool capitals = Capital(i) && Capital(i + 1);
  if (OpensNickname(gap)) {
    return capitals && i + 2 < words_.size() && ClosesNickname(Between(i + 1));
  }
  return ClosesNickname(gap) && capitals && i > 0 &&
         OpensNickname(Between(i - 1));
}

// The word behind "'s" where that follows word `last`, or behind the
// apostrophe of "voters' anger"; kNowhere where nothing is owned.
size_t PhraseReader::OwnedBy(size_t last) const {
  if (last + 2 >= words_.size()) return kNowhere;
  const absl::string_view gap = Between(last);
  if (OwnsGap(gap) && text(last + 1) == "s" && IsSpace(Between(last + 1))) {
    return last + 2;
  }
  const absl::string_view word = text(last);
  return (gap == "' " || gap == "\xE2\x80\x99 ") && word.back() == 's'
             ? last + 1
             : kNowhere;
}

size_t PhraseReader::LastOf(int32_t mention, size_t first) const {
  size_t last = first;
  while (last + 1 < words_.size() &&
         words_[last + 1].begin < mentions_[mention].end) {
    ++last;
  }
  return last;
}

// Whether a role stands at word `i` or a few words behind it: "political
// consultant Chris Russell".
bool PhraseReader::RoleAhead(size_t i, uint32_t to) const {
  for (size_t n = 0; n < kRoleReach; ++n, ++i) {
    if (i >= words_.size() || words_[i].begin >= to) return false;
    if (n > 0 && !Joins(i - 1)) return false;
    if (IsRole(i)) return true;
    if (!Cue(i).is(CueClass::kNone) || (n > 0 && Capital(i)) ||
        absl::EndsWith(text(i), "ed")) {
      return false;
    }
  }
  return false;
}

// Whether word `i` is in small letters and not a verb for sure: "the Obama
// administration" is not Obama.
bool PhraseReader::IsNoun(size_t i) const {
  return !Capital(i) && Cue(i).is(CueClass::kNone) && !IsNumber(i) &&
         !IsAdverb(i) && words_[i].length > 3 &&
         !absl::EndsWith(text(i), "ed") && Between(i - 1) == " ";
}

// Whether word `i`, in small letters and of no mention, goes on with a phrase.
bool PhraseReader::Takes(size_t i, uint32_t to, const Progress& so_far) const {
  const CueWord cue = Cue(i);
  if (so_far.named) {
    return RoleAhead(i, to) || (so_far.described && IsNoun(i));
  }
  if (cue.cue() && cue.noun && so_far.last != kNowhere) return !IsVerb(i);
  if (cue.is(CueClass::kDeterminer)) {
    return so_far.last == kNowhere || Cue(i - 1).is(CueClass::kDeterminer);
  }
  return cue.is(CueClass::kNone) || cue.is(CueClass::kTitle);
}

// Takes word `i` into the phrase, and the rest of its mention. False where it
// does not belong to it.
bool PhraseReader::Take(size_t i, uint32_t to, Progress& so_far) const {
  const int32_t mention = MentionAt(words_[i].begin);
  if (mention >= 0) {
    const size_t last = LastOf(mention, i);
    const bool role =
        last + 1 < words_.size() && Joins(last) &&
        (RoleAhead(last + 1, to) || (so_far.described && IsNoun(last + 1)));
    so_far.named = true;
    so_far.mention = mention;
    so_far.last = last;
    so_far.done = mentions_[mention].is_person && !role;
    return true;
  }
  const CueWord cue = Cue(i);
  // "Secretary of State"
  const bool of = cue.is(CueClass::kPreposition) && i > so_far.first &&
                  Capital(i - 1) && Cue(i - 1).is(CueClass::kTitle) &&
                  i + 1 < words_.size() && Capital(i + 1);
  if (Capital(i) && MayBeName(cue)) {
    if (!so_far.named || so_far.name == kNowhere) so_far.name = i;
    so_far.named = true;
  } else if (!of) {
    if (!Takes(i, to, so_far)) return false;
    so_far.described |= cue.is(CueClass::kDeterminer);
    so_far.named = false;
    so_far.name = kNowhere;
  }
  so_far.mention = -1;
  so_far.last = i;
  return true;
}

// The name in words [first, last] without the titles before it, and what stands
// before these ("Oakport Harbour Director Ann Lee"); `last` + 1 where they are
// all titles.
size_t PhraseReader::WithoutTitles(size_t first, size_t last) const {
  for (size_t i = last; i > first + 1; --i) {
    const CueWord before = Cue(i - 2);
    if (i < last + 1 && last + 2 - i >= 2 && before.is(CueClass::kTitle) &&
        Joins(i - 2)) {
      first = i - 1;
      break;
    }
  }
  while (first <= last &&
         (Cue(first).is(CueClass::kAbbreviation) ||
          Cue(first).is(CueClass::kTitle) ||
          Cue(first).is(CueClass::kPreposition) ||
          Cue(first).is(CueClass::kDeterminer) || !Capital(first))) {
    ++first;
  }
  return first;
}

bool PhraseReader::Finish(const Progress& read, NounPhrase& phrase) const {
  if (read.last == kNowhere || OwnedBy(read.last) != kNowhere) return false;
  if (OwnsGap(Before(read.last)) && text(read.last) == "s") return false;
  phrase.first = read.first;
  phrase.last = read.last;
  if (read.mention >= 0) {
    phrase.speaker = OfMention(read.mention);
    return true;
  }
  if (Cue(read.last).is(CueClass::kAbbreviation)) return false;
  if (read.name != kNowhere && Capital(read.last)) {
    const size_t name = WithoutTitles(read.name, read.last);
    if (name <= read.last) {
      phrase.speaker = OfWords(name, read.last);
      return true;
    }
    // "King said": perhaps a surname.
    if (!read.described) {
      phrase.speaker = OfWords(read.last, read.last);
      return true;
    }
  }
  if (Cue(read.last).is(CueClass::kDeterminer)) {
    if (!StandsAlone(text(read.last))) return false;
    phrase.speaker = OfWords(read.last, read.last);
    return true;
  }
  const absl::string_view noun = text(read.last);
  // "a source close to the president"
  if (read.described && read.last > read.first + 1 && FollowsNoun(noun)) {
    phrase.speaker = OfWords(read.first, read.last - 1);
    return true;
  }
  if (!read.described && !IsRole(read.last) && noun.back() != 's') return false;
  phrase.speaker = OfWords(read.first, read.last);
  return true;
}

bool PhraseReader::Read(size_t first, uint32_t to, NounPhrase& phrase) const {
  if (first >= words_.size() || words_[first].begin >= to) return false;
  if (Cue(first).is(CueClass::kPronoun)) {
    phrase = {first, first, OfWords(first, first)};
    return OwnedBy(first) == kNowhere;
  }
  Progress read;
  read.first = first;
  size_t i = first;
  while (i < words_.size() && words_[i].begin < to &&
         i - first < kPhraseWords && Take(i, to, read)) {
    const size_t owned = OwnedBy(read.last);
    if (owned != kNowhere) {
      // What follows is the head: "Obama's former strategist".
      read.described = true;
      read.named = read.done = false;
      read.name = kNowhere;
      read.mention = -1;
      read.last = owned - 1;
      i = owned;
      continue;
    }
    if (read.done || !Joins(read.last)) break;
    i = read.last + 1;
  }
  return Finish(read, phrase);
}

bool PhraseReader::IsNobody(const Speaker& speaker) const {
  if (!speaker.found() || speaker.entity >= 0) return false;
  const size_t first = WordAt(speaker.begin);
  size_t last = first;
  while (last + 1 < size() && begin(last + 1) < speaker.end) ++last;
  if (first >= size()) return true;
  const CueWord end_cue = Cue(last);
  // "R-S.C", "a 19", "Sen", "Friday"
  if (IsNumber(last) || words_[last].length == 1 ||
      (words_[last].length == 2 && (words_[last].flags & kWordAllCaps) != 0 &&
       first == last) ||
      end_cue.is(CueClass::kAbbreviation) || end_cue.is(CueClass::kDay)) {
    return true;
  }
  if (last > first) return false;
  for (const absl::string_view one :
       {"I", "you", "it", "one", "this", "that", "these", "those"}) {
    if (absl::EqualsIgnoreCase(text(first), one)) return true;
  }
  return false;
}

bool PhraseReader::ReadBack(size_t last, uint32_t from,
                            NounPhrase& phrase) const {
  // The longest phrase that ends there: its beginning is sought from afar.
  const int32_t mention = MentionAt(words_[last].begin);
  size_t first = last;
  for (size_t n = 0; n < kPhraseWords / 2 && first > 0; ++n) {
    if (words_[first - 1].begin < from || !Joins(first - 1)) break;
    const CueWord cue = Cue(first - 1);
    if (cue.is(CueClass::kPreposition) || cue.is(CueClass::kClause) ||
        cue.cue()) {
      break;
    }
    --first;
    if (cue.is(CueClass::kDeterminer)) break;
  }
  for (; first <= last; ++first) {
    if (Read(first, end(last), phrase) && phrase.last == last) return true;
  }
  if (mention < 0) return false;
  phrase = {last, last, OfMention(mention)};
  return true;
}

}  // namespace wiredesk
