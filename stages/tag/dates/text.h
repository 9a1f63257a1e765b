// The words of a text as the date rules see them.

#ifndef WIREDESK_STAGES_TAG_DATES_TEXT_H_
#define WIREDESK_STAGES_TAG_DATES_TEXT_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/marks/word_map.h"
#include "stages/tag/marks/word_marks.h"
#include "stages/text/words.h"

namespace wiredesk {

// What a word means to the date rules.
enum class DateClass : uint8_t {
  kNone,
  // Words that may begin an expression.
  kMonth,        // value 1..12
  kWeekday,      // 1 Monday .. 7 Sunday
  kUnit,         // a TimeUnit
  kNumber,       // in digits or words; -1 for "few", "several"
  kOrdinal,      // "third", "11th"
  kSeason,       // 0 spring .. 3 winter
  kDayPart,      // a DayPart
  kRelativeDay,  // days from today
  kReference,    // 0 past, 1 present, 2 future
  kSet,          // "daily"; a TimeUnit
  kLast,         // "last", "previous"
  kNext,         // "next", "coming"
  kThis,         // "this", "current"
  kPast,         // "past", "recent", "latest"
  kEvery,        // "every", "each"
  kHoliday,      // a Holiday
  kDecade,       // "1990s": its first year; "nineties": 90
  kQuarter,      // "Q3"
  kFiscal,       // "fiscal"
  kClock,        // "9am": the hour
  kLastStart = kClock,
  // Words that only go on with one.
  kThe,
  kA,
  kOf,
  kAnd,
  kOr,
  kTo,
  kBefore,
  kAfter,
  kAgo,
  kEarlier,
  kLater,
  kFrom,
  kIn,
  kSince,
  kEarly,  // "early", "late", "mid", "end": a part that does not change values
  kApproximate,  // "about", "nearly"
  kThan,
  kMore,
  kHalfOfYear,  // "half"
  kMeridiem,    // "a.m.": 0, "p.m.": 12
  kZone,        // "GMT", "EDT"
  kThat,        // "that", "same"
  kOld,
  kLong,
  kDay,     // "Day" of a holiday
  kPeriod,  // "period"
  kCentury,
  kBetween,
  kPastVerb,
  kFutureVerb,
  kPresentVerb
};

// Bits of DateWord::flags.
enum DateWordFlag : uint8_t {
  kDatePlural = 1,     // "years"
  kDateShort = 2,      // "Jan": needs a number or a full stop next to it
  kDateAmbiguous = 4,  // "may", "fall": needs support from its neighbours
  kDateDigits = 8      // a number in digits
};

enum class DayPart : uint8_t {
  kMorning,
  kMidday,
  kAfternoon,
  kEvening,
  kNight,
  kNoon,
  kMidnight
};

enum class Holiday : uint8_t {
  kChristmas,
  kThanksgiving,
  kEaster,
  kHalloween,
  kNewYear,
  kIndependence
};

struct DateWord {
  DateClass kind = DateClass::kNone;
  uint8_t flags = 0;
  uint8_t digits = 0;  // how many, where in digits
  int32_t value = 0;

  bool is(DateClass other) const { return kind == other; }
  bool has(DateWordFlag flag) const { return (flags & flag) != 0; }
};

// What stands between two words.
enum class Gap : uint8_t {
  kSpace,
  kHyphen,  // also a dash without spaces
  kComma,   // ", "
  kStop,    // ". "
  kDot,     // "." without a space
  kSlash,
  kColon,
  kApostrophe,
  kOther,
  kBreak  // a paragraph's end, or that of the text
};

// The words that matter to dates in one language. Built once, then read only.
class DateVocabulary {
 public:
  // The meaning of `hash`, to be set.
  DateWord& operator[](uint64_t hash) { return words_[hash]; }
  DateWord Find(uint64_t hash) const {
    const DateWord* const found = words_.FindLikely(hash);
    return found == nullptr ? DateWord() : *found;
  }
  // Tells `marker` of all words.
  void MarkWords(WordMarker& marker) const;

 private:
  WordMap<DateWord> words_;
};

// A view of a text's words: which of them matter to dates, and what stands
// between them. Cheap to make; looks words up only when asked.
class DateText {
 public:
  // All three outlive this object.
  DateText(absl::string_view text, absl::Span<const Word> words,
           const DateVocabulary& vocabulary)
      : text_(text), words_(words), vocabulary_(vocabulary) {}

  size_t size() const { return words_.size(); }
  const Word& word(size_t i) const { return words_[i]; }
  uint32_t begin(size_t i) const { return words_.data()[i].begin; }
  uint32_t end(size_t i) const {
    return words_.data()[i].begin + words_.data()[i].length;
  }
  absl::string_view text() const { return text_; }
  absl::string_view text(size_t i) const {
    return text_.substr(words_[i].begin, words_[i].length);
  }

  // Calls fn(i, meaning) for each word that may begin an expression; `fn`
  // returns the last word that it has used.
  template <typename Fn>
  void ForEachStart(Fn&& fn) const {
    ForEachWithout(words_, kWordNoDateStart, [&](size_t i) {
      const DateWord word = StartAt(i);
      return word.kind == DateClass::kNone ? i + 1 : fn(i, word) + 1;
    });
  }

  // The meaning of word `i`; none beyond either end (`i` may be size_t(-1)).
  DateWord At(size_t i) const;
  // The same, and none of a word that only goes on with an expression.
  DateWord StartAt(size_t i) const;

  Gap After(size_t i) const;
  bool SpaceAfter(size_t i) const { return After(i) == Gap::kSpace; }
  // Space or hyphen: "third quarter", "third-quarter".
  bool JoinedAfter(size_t i) const {
    const Gap gap = After(i);
    return gap == Gap::kSpace || gap == Gap::kHyphen;
  }
  // Whether a sentence ends between words `i` and `i + 1`.
  bool SentenceEndsAfter(size_t i) const;
  // Whether a quotation mark stands between words `i` and `i + 1`: whose verbs
  // are whose differs on its two sides.
  bool QuoteAfter(size_t i) const;
  bool Capital(size_t i) const {
    return i < words_.size() && (words_.data()[i].flags & kWordCapital) != 0;
  }
  // The byte before word `i`, or after it; a space at the ends of the text.
  char ByteBefore(size_t i) const;
  char ByteAfter(size_t i) const;

 private:
  DateWord Digits(size_t i) const;

  absl::string_view text_;
  absl::Span<const Word> words_;
  const DateVocabulary& vocabulary_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_DATES_TEXT_H_
