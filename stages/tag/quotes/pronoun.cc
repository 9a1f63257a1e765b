// Reference without a parser.
//
// A pronoun means the subject of the sentence before it, or who has just
// spoken, whichever is nearer, if that is a person whom it fits. Sentences are
// looked at backwards, words in quotation marks left out. In one whose subject
// it does not fit ("Bob Roe met Ann Lee. ... she said") it means the only
// other person there who is known to fit. Where the subject's gender is not
// known and somebody else may fit as well, it means nobody.
//
// "the President" is whoever bore that title before. A bare surname is the
// person of that surname in the record. Tested by quotes_test.cc.

#include "stages/tag/quotes/pronoun.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"

namespace wiredesk {
namespace {

// How many sentences and words back somebody may be meant by a pronoun.
constexpr size_t kSentences = 4;
constexpr size_t kWordsBack = 160;
// Who stands within this many bytes before a pronoun could be meant by it.
constexpr uint32_t kPronounReach = 1000;
// Mentions that are looked at for a title or a pronoun.
constexpr int32_t kMentionsBack = 64;
// The words of the place in "the New South Wales premier".
constexpr size_t kPlaceWords = 3;

}  // namespace

void SpeakerResolver::Set(int32_t mention, Speaker& speaker) const {
  if (mention < 0) return;
  speaker.mention = mention;
  speaker.entity = phrases_.mentions()[mention].entity;
}

// Whether `gender` may be that of the person.
bool SpeakerResolver::Fits(int32_t mention, Gender gender) {
  if (mention < 0 || !phrases_.mentions()[mention].is_person) return false;
  const Gender known = genders_.Of(mention);
  return known == gender || known == Gender::kUnknown;
}

// The word behind the last one outside of quotations before word `end`.
size_t SpeakerResolver::OutOfQuotation(size_t end) const {
  const auto* const behind = std::upper_bound(
      stretches_.begin(), stretches_.end(), end,
      [](size_t at, const QuotedStretch& one) { return at <= one.first_word; });
  if (behind == stretches_.begin()) return end;
  const QuotedStretch& before = *(behind - 1);
  return end <= before.end_word ? before.first_word : end;
}

// Where the sentence that ends before word `end` begins, or the piece of it
// behind a quotation.
size_t SpeakerResolver::SegmentStart(size_t end) const {
  size_t i = end - 1;
  while (i > 0 && end - i < kWordsBack && !phrases_.SentenceEnds(i - 1) &&
         OutOfQuotation(i) == i) {
    --i;
  }
  return i;
}

// The only person in words [first, end) who is known to be of `gender`; -1
// where there is none, -2 where there are several.
int32_t SpeakerResolver::OnlyOne(size_t first, size_t end, Gender gender) {
  int32_t found = -1;
  const auto mentions = phrases_.mentions();
  int32_t i = phrases_.LastBefore(phrases_.end(end - 1));
  for (; i >= 0 && mentions[i].begin >= phrases_.begin(first); --i) {
    if (!mentions[i].is_person || genders_.Of(i) != gender) continue;
    if (found >= 0 && mentions[found].entity != mentions[i].entity) return -2;
    found = i;
  }
  return found;
}

// Whom the sentence [first, end) offers: a mention, -1 for nobody, -2 where it
// is not clear who.
int32_t SpeakerResolver::OfSegment(size_t first, size_t end, Gender gender,
                                   const Speaker& previous) {
  const auto mentions = phrases_.mentions();
  size_t last = 0;
  Speaker subject = subjects_.OfSentence(first, end, last);
  if (previous.mention >= 0 && previous.begin >= phrases_.begin(first) &&
      previous.begin < phrases_.end(end - 1)) {
    subject.mention = previous.mention;
  }
  const int32_t only = OnlyOne(first, end, gender);
  if (!Fits(subject.mention, gender)) return only;
  if (genders_.Of(subject.mention) == gender) return subject.mention;
  // Its gender is not known: somebody who is known to fit is meant instead.
  if (only == -2) return -2;
  if (only >= 0 && subject.mention != previous.mention) return only;
  int32_t i = phrases_.LastBefore(phrases_.end(end - 1));
  for (; i >= 0 && mentions[i].begin >= phrases_.begin(first); --i) {
    if (mentions[i].entity != mentions[subject.mention].entity &&
        Fits(i, gender) && subject.mention != previous.mention) {
      return -2;
    }
  }
  return subject.mention;
}

int32_t SpeakerResolver::NearestFit(size_t pronoun, Gender gender) {
  const auto mentions = phrases_.mentions();
  const uint32_t at = phrases_.begin(pronoun);
  int32_t found = -1;
  const int32_t last = phrases_.LastBefore(at);
  for (int32_t i = last; i >= 0 && last - i < kMentionsBack; --i) {
    if (at - mentions[i].begin > kPronounReach) break;
    if (!Fits(i, gender)) continue;
    if (found >= 0 && mentions[found].entity != mentions[i].entity) return -1;
    found = i;
  }
  return found;
}

int32_t SpeakerResolver::OfPronoun(size_t pronoun, Gender gender,
                                   const Speaker& previous) {
  size_t end = pronoun;
  for (size_t n = 0; n < kSentences && end > 0; ++n) {
    end = OutOfQuotation(end);
    if (end == 0 || pronoun - end > kWordsBack) break;
    const size_t first = SegmentStart(end);
    const int32_t found = OfSegment(first, end, gender, previous);
    if (found >= 0) return found;
    if (found == -2) return -1;
    end = first;
  }
  return NearestFit(pronoun, gender);
}

// What stands right before "who"; nobody where that cannot be read.
Speaker SpeakerResolver::OfWho(size_t pronoun) const {
  NounPhrase phrase;
  return pronoun > 0 && phrases_.ReadBack(pronoun - 1, 0, phrase)
             ? phrase.speaker
             : Speaker();
}

// Whether words `i` and `title` are one title: "Gov" and "governor".
bool SpeakerResolver::IsTitle(size_t i, size_t title) const {
  if (phrases_.words()[i].hash == phrases_.words()[title].hash) return true;
  if (!phrases_.Cue(i).is(CueClass::kAbbreviation)) return false;
  struct Short {
    absl::string_view written;
    absl::string_view meant;
  };
  static constexpr Short kShorts[] = {
      {"Sen", "senator"},        {"Gov", "governor"},
      {"Rep", "congressman"},    {"Rep", "congresswoman"},
      {"Rep", "representative"}, {"Gen", "general"},
      {"Prof", "professor"},     {"Dr", "doctor"},
      {"Col", "colonel"},        {"Capt", "captain"},
      {"Sgt", "sergeant"},       {"Lt", "lieutenant"},
      {"Rev", "reverend"},       {"Supt", "superintendent"}};
  return std::any_of(
      std::begin(kShorts), std::end(kShorts), [&](const Short& one) {
        return absl::EqualsIgnoreCase(one.written, phrases_.text(i)) &&
               absl::EqualsIgnoreCase(one.meant, phrases_.text(title));
      });
}

// Whether the same `count` words stand from `a` and from `b` on.
bool SpeakerResolver::SameWords(size_t a, size_t b, size_t count) const {
  for (size_t k = 0; k < count; ++k) {
    if (phrases_.words()[a + k].hash != phrases_.words()[b + k].hash) {
      return false;
    }
  }
  return true;
}

// "President Yoon" before makes "the President" Yoon, and "Texas Sen. Ted Cruz"
// makes "the Texas senator" Cruz, where that is only one's.
int32_t SpeakerResolver::OfTitle(const Speaker& speaker) const {
  size_t first = phrases_.WordAt(speaker.begin);
  const size_t head = phrases_.WordAt(speaker.end) - 1;
  const absl::string_view determiner = phrases_.text(first);
  if (first < head && !absl::EqualsIgnoreCase(determiner, "the")) return -1;
  if (first < head) ++first;
  if (phrases_.text(first) == "former") ++first;
  if (first > head || head - first > kPlaceWords) return -1;
  const size_t count = head - first;  // words of the place
  const auto mentions = phrases_.mentions();
  const int32_t last = phrases_.LastBefore(speaker.begin);
  int32_t found = -1;
  for (int32_t i = last; i >= 0 && last - i < kMentionsBack; --i) {
    const size_t name = phrases_.WordAt(mentions[i].begin);
    if (!mentions[i].is_person || name < count + 1) continue;
    const absl::string_view gap = phrases_.Before(name);
    if ((gap != " " && gap != ". ") || !IsTitle(name - 1, head)) continue;
    if (!SameWords(name - 1 - count, first, count)) continue;
    if (found >= 0 && mentions[found].entity != mentions[i].entity) {
      return count == 0 ? found : -1;
    }
    if (found < 0) found = i;
  }
  return found;
}

// The person whose surname is the last of the speaker's words, where it is only
// one's.
int32_t SpeakerResolver::OfSurname(const Speaker& speaker) {
  const auto mentions = phrases_.mentions();
  if (!surnames_read_) {
    surnames_read_ = true;
    for (size_t i = 0; i < mentions.size(); ++i) {
      if (!mentions[i].is_person) continue;
      const absl::string_view name = mentions[i].full_name;
      const size_t space = name.rfind(' ');
      if (space == absl::string_view::npos) continue;
      surnames_.emplace_back(HashWord(name.substr(space + 1)),
                             static_cast<int32_t>(i));
    }
    std::sort(surnames_.begin(), surnames_.end());
  }
  const size_t last = phrases_.WordAt(speaker.end) - 1;
  if (!phrases_.Capital(last)) return -1;
  const uint64_t surname = phrases_.words()[last].hash;
  const auto* at = std::lower_bound(surnames_.begin(), surnames_.end(),
                                    std::make_pair(surname, int32_t{0}));
  int32_t found = -1;
  for (; at != surnames_.end() && at->first == surname; ++at) {
    if (found >= 0 && mentions[found].entity != mentions[at->second].entity) {
      return -1;
    }
    found = at->second;
  }
  return found;
}

void SpeakerResolver::Resolve(const Speaker& previous, Speaker& speaker) {
  if (!speaker.found() || speaker.mention >= 0) return;
  const size_t first = phrases_.WordAt(speaker.begin);
  const size_t head = phrases_.WordAt(speaker.end) - 1;
  const CueWord word = phrases_.Cue(head);
  if (word.is(CueClass::kPronoun)) {
    if (word.gender != Gender::kUnknown) {
      Set(OfPronoun(head, word.gender, previous), speaker);
    } else if (absl::EqualsIgnoreCase(phrases_.text(head), "who")) {
      speaker = OfWho(head);
    } else if (absl::EqualsIgnoreCase(phrases_.text(head), "it")) {
      speaker = {};
    }
    return;
  }
  const bool bare = first == head;
  if (phrases_.Capital(head)) Set(OfSurname(speaker), speaker);
  if (speaker.mention >= 0 || !word.is(CueClass::kTitle)) return;
  Set(OfTitle(speaker), speaker);
  if (speaker.mention < 0 && bare && phrases_.Capital(head)) speaker = {};
}

}  // namespace wiredesk
