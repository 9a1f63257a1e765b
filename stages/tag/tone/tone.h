// Tone: how an article speaks, and how it speaks of those it names.
//
// Words of a lexicon have a value from -1 to 1. A negation among the three
// words before turns it, "very" adds to it, "if" and "would" halve it. The tone
// of an article is the mean of its sentences that have such words; what stands
// in quotation marks is somebody else's and counts half. The tone of an entity
// comes from the words near its mentions in the same sentence, but not from
// what it says itself. Cost: linear in words and mentions.

#ifndef WIREDESK_STAGES_TAG_TONE_TONE_H_
#define WIREDESK_STAGES_TAG_TONE_TONE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "pipeline/record/event_record.h"
#include "stages/tag/marks/word_map.h"
#include "stages/text/words.h"

namespace wiredesk {

// What a table of config/tone/ says. Immutable: share it.
class ToneLexicon {
 public:
  // `name` stands in errors. InvalidArgument tells line and what is expected.
  static absl::StatusOr<std::shared_ptr<const ToneLexicon>> Parse(
      absl::string_view name, absl::string_view content);

  enum Kind : uint8_t { kNone, kWord, kNegation, kStronger, kWeaker, kUnreal };
  struct Entry {
    float value = 0;
    Kind kind = kNone;
  };
  // Null of a word that says nothing.
  const Entry* Find(uint64_t hash) const { return words_.Find(hash); }

 private:
  absl::Status AddLine(absl::string_view line);
  WordMap<Entry> words_;
};

struct ToneInput {
  absl::string_view headline;
  absl::string_view body;
  absl::Span<const Word> headline_words;
  absl::Span<const Word> body_words;
  absl::Span<const Entity> entities;
  absl::Span<const Quote> quotes;  // in order, of the body
};

// Belongs to one thread; keeps nothing but memory.
class ToneReader {
 public:
  explicit ToneReader(std::shared_ptr<const ToneLexicon> lexicon);

  // None where the text has no word of tone.
  std::optional<Tone> Read(const ToneInput& input);
  // Of each entity, in the order of the input: none where nothing is said.
  absl::Span<const std::optional<double>> entities() const { return tones_; }

 private:
  // A word of tone by its number, and a mention of an entity.
  struct Spoken {
    uint32_t word;
    uint32_t begin;  // bytes
    float value;
    absl::string_view speaker;  // an entity's id, whose words these are
  };
  struct Named {
    uint32_t begin;
    uint32_t end;
    uint32_t entity;
  };
  struct Sum {
    double value = 0;
    double weight = 0;
  };
  void FindNamed(const ToneInput& input, Field field);
  void ReadField(const ToneInput& input, Field field);
  void ReadSentence(const ToneInput& input, absl::Span<const Word> words,
                    size_t begin, size_t end, Field field);
  void Attribute(const ToneInput& input, absl::Span<const Word> words,
                 size_t begin, size_t end);
  const Quote* QuoteAt(const ToneInput& input, uint32_t at);

  const std::shared_ptr<const ToneLexicon> lexicon_;
  std::vector<Named> named_;
  size_t next_named_ = 0;
  size_t next_quote_ = 0;
  std::vector<Spoken> spoken_;  // of the sentence
  std::vector<Sum> sums_;
  std::vector<std::optional<double>> tones_;
  double positive_ = 0;
  double negative_ = 0;
  double sentences_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_TONE_TONE_H_
