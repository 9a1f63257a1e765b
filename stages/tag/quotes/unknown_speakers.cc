// Tested by unknown_speakers_test.cc.

#include "stages/tag/quotes/unknown_speakers.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "stages/tag/quotes/gender.h"
#include "stages/tag/quotes/phrase.h"

namespace wiredesk {
namespace {

constexpr size_t kNameWordsMin = 2;
constexpr size_t kNameWordsMax = 4;
constexpr size_t kSpeakersMax = 16;

class UnknownSpeakerReader {
 public:
  UnknownSpeakerReader(absl::string_view text, absl::Span<const Word> words,
                       absl::Span<const SpeakerMention> names)
      : words_(words), phrases_(text, words, names) {}

  // Words [first, last] of the speaker, where they are a person's name.
  bool IsPerson(const FoundQuote& quote, size_t& first, size_t& last) const {
    if (!IsUnknown(quote)) return false;
    const Mention& named = *quote.quote.speaker_mention;
    first = phrases_.WordAt(named.begin);
    last = phrases_.WordAt(named.end) - 1;
    const size_t count = last + 1 - first;
    if (first >= words_.size() || last < first || count < kNameWordsMin ||
        count > kNameWordsMax || phrases_.MentionAt(named.begin) >= 0 ||
        phrases_.MentionAt(named.end - 1) >= 0) {
      return false;
    }
    for (size_t i = first; i <= last; ++i) {
      if (!IsNameWord(i)) return false;
    }
    return IsToldByGivenName(first) || IsToldBefore(first) ||
           IsToldBehind(last);
  }

  // Appends the places where words [first, last] stand.
  void FindSpans(size_t first, size_t last, UnknownSpeaker& speaker) const {
    const size_t count = last + 1 - first;
    for (size_t i = 0; i + count <= words_.size(); ++i) {
      size_t same = 0;
      while (same < count &&
             words_[i + same].hash == words_[first + same].hash &&
             phrases_.Capital(i + same)) {
        ++same;
      }
      if (same < count) continue;
      speaker.mentions.push_back(
          {Field::kBody, phrases_.begin(i), phrases_.end(i + same - 1)});
      i += same - 1;
    }
  }

  // The hash of the only word of the speaker, or 0.
  uint64_t Surname(const FoundQuote& quote) const {
    if (!IsUnknown(quote)) return 0;
    const Mention& named = *quote.quote.speaker_mention;
    const size_t first = phrases_.WordAt(named.begin);
    const bool alone = first < words_.size() &&
                       phrases_.end(first) == named.end &&
                       phrases_.Capital(first);
    return alone ? words_[first].hash : 0;
  }

 private:
  static bool IsUnknown(const FoundQuote& quote) {
    return quote.speaker < 0 && quote.quote.speaker_mention.has_value();
  }

  bool IsNameWord(size_t i) const {
    const absl::string_view word = phrases_.text(i);
    const bool shouted =
        word.size() > 2 && (words_[i].flags & kWordAllCaps) != 0;
    return phrases_.Capital(i) && !shouted && !phrases_.IsNumber(i) &&
           (phrases_.Cue(i).is(CueClass::kNone) ||
            phrases_.Cue(i).is(CueClass::kTitle));
  }

  bool IsToldByGivenName(size_t first) const {
    return GenderOfGivenName(words_[first].hash) != Gender::kUnknown &&
           !IsArticle(first);
  }

  // "attorney Edgar Roe", "Sen. Ann Lee"
  bool IsToldBefore(size_t first) const {
    if (first == 0) return false;
    const absl::string_view gap = phrases_.Between(first - 1);
    const CueWord before = phrases_.Cue(first - 1);
    if (before.is(CueClass::kAbbreviation)) return gap == ". " || gap == " ";
    return gap == " " && phrases_.IsRole(first - 1);
  }

  // "Ann Lee, 42,", "Ann Lee, a lawyer,", "Ann Lee, who",
  // "Ann Lee, Roe's aide,"
  bool IsToldBehind(size_t last) const {
    if (last + 1 >= words_.size() || phrases_.Between(last) != ", ") {
      return false;
    }
    const CueWord next = phrases_.Cue(last + 1);
    const absl::string_view word = phrases_.text(last + 1);
    const bool age = phrases_.IsNumber(last + 1) && word.size() == 2;
    // "Ann Lee, Roe's former aide,"
    const bool owned = phrases_.Capital(last + 1) && last + 2 < words_.size() &&
                       phrases_.text(last + 2) == "s" &&
                       phrases_.Between(last + 1) != " ";
    return age || owned || word == "who" || word == "a" || word == "an" ||
           (next.is(CueClass::kTitle) && !phrases_.Capital(last + 1));
  }

  bool IsArticle(size_t first) const {
    return first > 0 && phrases_.Between(first - 1) == " " &&
           phrases_.Cue(first - 1).is(CueClass::kDeterminer);
  }

  absl::Span<const Word> words_;
  PhraseReader phrases_;
};

}  // namespace

void FindUnknownSpeakers(absl::string_view text, absl::Span<const Word> words,
                         absl::Span<const SpeakerMention> names,
                         int32_t first_entity, std::vector<FoundQuote>& quotes,
                         std::vector<UnknownSpeaker>& speakers) {
  const UnknownSpeakerReader reader(text, words, names);
  // Of the speakers found: the hash of the name, and that of its last word.
  std::vector<std::pair<uint64_t, uint64_t>> known;
  for (FoundQuote& quote : quotes) {
    size_t first = 0;
    size_t last = 0;
    if (!reader.IsPerson(quote, first, last)) continue;
    uint64_t name = 0;
    for (size_t i = first; i <= last; ++i) name = name * 31 + words[i].hash;
    const auto found =
        std::find_if(known.begin(), known.end(),
                     [name](const auto& one) { return one.first == name; });
    const auto index = static_cast<int32_t>(found - known.begin());
    if (found == known.end()) {
      if (known.size() == kSpeakersMax) continue;
      known.emplace_back(name, words[last].hash);
      reader.FindSpans(first, last, speakers.emplace_back());
    }
    quote.speaker = first_entity + index;
  }
  if (known.empty()) return;
  for (FoundQuote& quote : quotes) {
    const uint64_t surname = reader.Surname(quote);
    const auto same = [surname](const auto& one) {
      return one.second == surname;
    };
    if (surname == 0 || std::count_if(known.begin(), known.end(), same) != 1) {
      continue;
    }
    quote.speaker =
        first_entity +
        static_cast<int32_t>(std::find_if(known.begin(), known.end(), same) -
                             known.begin());
  }
}

}  // namespace wiredesk
