// Tested by tone_test.cc.

#include "stages/tag/tone/tone.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace wiredesk {
namespace {

// A negation turns what follows it, but not wholly: "not good" is not "bad".
constexpr float kTurned = -0.6F;
constexpr float kStrengthened = 1.3F;
constexpr float kWeakened = 0.7F;
constexpr float kUnlikely = 0.5F;
constexpr size_t kReach = 3;  // words that a negation reaches
// What stands in quotation marks counts so much for the article.
constexpr double kQuoted = 0.5;
// Flattens sums: one strong word and two weak ones are about as much.
constexpr double kFlat = 0.9;
// Words at which a mention hears half of what is said.
constexpr double kHalf = 6;
constexpr size_t kMentionsMax = 4096;
constexpr size_t kSpokenMax = 64;  // of a sentence

double Flattened(double sum) { return sum / std::sqrt(sum * sum + kFlat); }

double Rounded(double value) { return std::round(value * 1000) / 1000; }

bool EndsSentence(absl::string_view gap) {
  for (size_t i = 0; i < gap.size(); ++i) {
    const char c = gap[i];
    if (c == '\n' || c == '!' || c == '?' || c == ';') return true;
    if (c == '.' && i + 1 < gap.size()) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const ToneLexicon>> ToneLexicon::Parse(
    absl::string_view name, absl::string_view content) {
  auto lexicon = std::make_shared<ToneLexicon>();
  size_t number = 0;
  for (absl::string_view line : absl::StrSplit(content, '\n')) {
    ++number;
    line = absl::StripTrailingAsciiWhitespace(line);
    if (line.empty() || line[0] == '#') continue;
    const absl::Status added = lexicon->AddLine(line);
    if (!added.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(name, ":", number, ": ", added.message()));
    }
  }
  return lexicon;
}

absl::Status ToneLexicon::AddLine(absl::string_view line) {
  const std::vector<absl::string_view> cells = absl::StrSplit(line, '\t');
  if (cells[0] == "word") {
    float value = 0;
    if (cells.size() != 3 || !absl::SimpleAtof(cells[2], &value) ||
        !(value >= -1 && value <= 1)) {
      return absl::InvalidArgumentError(
          "a word has three cells: word, the word, a value from -1 to 1");
    }
    words_[HashWord(cells[1])] = {value, kWord};
    return absl::OkStatus();
  }
  static constexpr std::pair<absl::string_view, Kind> kKinds[] = {
      {"negation", kNegation},
      {"stronger", kStronger},
      {"weaker", kWeaker},
      {"unreal", kUnreal}};
  const auto* const kind =
      std::find_if(std::begin(kKinds), std::end(kKinds),
                   [&](const auto& one) { return one.first == cells[0]; });
  if (kind == std::end(kKinds) || cells.size() != 2) {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", cells[0],
        "\" is not a kind of line; expected word with a word and a value, or "
        "negation, stronger, weaker or unreal with a list of words"));
  }
  for (const absl::string_view word :
       absl::StrSplit(cells[1], ' ', absl::SkipEmpty())) {
    words_[HashWord(word)] = {0, kind->second};
  }
  return absl::OkStatus();
}

namespace {

// What a word is worth behind a negation, an intensifier or a condition.
float ValueHere(float value, bool negated, ToneLexicon::Kind before,
                bool unreal) {
  if (negated) value *= kTurned;
  if (before == ToneLexicon::kStronger) value *= kStrengthened;
  if (before == ToneLexicon::kWeaker) value *= kWeakened;
  if (unreal) value *= kUnlikely;
  return value;
}

// REQUIRES: i > 0.
bool BeginsSentence(absl::string_view text, absl::Span<const Word> words,
                    size_t i) {
  const uint32_t end = words[i - 1].begin + words[i - 1].length;
  const uint32_t gap = words[i].begin - end;
  return gap > 1 && EndsSentence(text.substr(end, gap));
}

}  // namespace

ToneReader::ToneReader(std::shared_ptr<const ToneLexicon> lexicon)
    : lexicon_(std::move(lexicon)) {}

std::optional<Tone> ToneReader::Read(const ToneInput& input) {
  positive_ = negative_ = sentences_ = 0;
  sums_.assign(input.entities.size(), Sum());
  tones_.assign(input.entities.size(), std::nullopt);
  ReadField(input, Field::kHeadline);
  ReadField(input, Field::kBody);
  for (size_t i = 0; i < sums_.size(); ++i) {
    if (sums_[i].weight > 0) tones_[i] = Rounded(Flattened(sums_[i].value));
  }
  if (sentences_ == 0) return std::nullopt;
  Tone tone;
  tone.positive = Rounded(positive_ / sentences_);
  tone.negative = Rounded(negative_ / sentences_);
  tone.score = Rounded((positive_ - negative_) / sentences_);
  return tone;
}

// Where entities are named in the field, in order.
void ToneReader::FindNamed(const ToneInput& input, Field field) {
  named_.clear();
  for (size_t i = 0; i < input.entities.size(); ++i) {
    for (const Mention& at : input.entities[i].mentions) {
      if (at.field != field || named_.size() >= kMentionsMax) continue;
      named_.push_back({at.begin, at.end, static_cast<uint32_t>(i)});
    }
  }
  std::sort(named_.begin(), named_.end(), [](const Named& a, const Named& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.entity < b.entity;
  });
}

void ToneReader::ReadField(const ToneInput& input, Field field) {
  const bool headline = field == Field::kHeadline;
  const absl::string_view text = headline ? input.headline : input.body;
  const absl::Span<const Word> words =
      headline ? input.headline_words : input.body_words;
  FindNamed(input, field);
  next_named_ = next_quote_ = 0;
  size_t begin = 0;
  spoken_.clear();
  ToneLexicon::Kind before = ToneLexicon::kNone;
  size_t negated = 0;  // words that a negation still reaches
  bool unreal = false;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && BeginsSentence(text, words, i)) {
      ReadSentence(input, words, begin, i, field);
      begin = i;
      negated = 0;
      unreal = false;
      before = ToneLexicon::kNone;
    }
    const ToneLexicon::Entry* const entry = lexicon_->Find(words[i].hash);
    const ToneLexicon::Kind kind =
        entry == nullptr ? ToneLexicon::kNone : entry->kind;
    if (kind == ToneLexicon::kWord && spoken_.size() < kSpokenMax) {
      const float value = ValueHere(entry->value, negated > 0, before, unreal);
      spoken_.push_back({static_cast<uint32_t>(i), words[i].begin, value, {}});
    }
    negated = kind == ToneLexicon::kNegation ? kReach
              : negated > 0                  ? negated - 1
                                             : 0;
    unreal = unreal || kind == ToneLexicon::kUnreal;
    before = kind;
  }
  if (!words.empty()) ReadSentence(input, words, begin, words.size(), field);
}

// The quotation in which byte `at` of the body stands, or null.
const Quote* ToneReader::QuoteAt(const ToneInput& input, uint32_t at) {
  while (next_quote_ < input.quotes.size() &&
         input.quotes[next_quote_].mention.end <= at) {
    ++next_quote_;
  }
  if (next_quote_ == input.quotes.size()) return nullptr;
  const Quote& quote = input.quotes[next_quote_];
  return quote.mention.begin <= at ? &quote : nullptr;
}

void ToneReader::ReadSentence(const ToneInput& input,
                              absl::Span<const Word> words, size_t begin,
                              size_t end, Field field) {
  if (spoken_.empty()) return;
  bool quoted = false;
  for (Spoken& one : spoken_) {
    const Quote* const quote =
        field == Field::kBody ? QuoteAt(input, one.begin) : nullptr;
    if (quote == nullptr) continue;
    quoted = true;
    one.speaker = quote->speaker_entity;
  }
  const double weight = quoted ? kQuoted : 1;
  double good = 0;
  double bad = 0;
  for (const Spoken& one : spoken_) {
    (one.value > 0 ? good : bad) += std::abs(one.value);
  }
  const double score = Flattened(good - bad);
  const double share = good + bad > 0 ? std::abs(score) : 0;
  positive_ += weight * (score > 0 ? share : 0);
  negative_ += weight * (score < 0 ? share : 0);
  sentences_ += weight;
  Attribute(input, words, begin, end);
  spoken_.clear();
}

// Gives what the sentence says to those whom it names.
void ToneReader::Attribute(const ToneInput& input, absl::Span<const Word> words,
                           size_t begin, size_t end) {
  const uint32_t from = words[begin].begin;
  const uint32_t to = words[end - 1].begin + words[end - 1].length;
  while (next_named_ < named_.size() && named_[next_named_].end <= from) {
    ++next_named_;
  }
  size_t word = begin;
  for (size_t n = next_named_; n < named_.size() && named_[n].begin < to; ++n) {
    const Named& named = named_[n];
    while (word + 1 < end && words[word].begin < named.begin) ++word;
    const absl::string_view id = input.entities[named.entity].id;
    for (const Spoken& one : spoken_) {
      if (one.begin >= named.begin && one.begin < named.end) continue;
      if (!one.speaker.empty() && one.speaker == id) continue;
      const double far =
          std::abs(static_cast<double>(one.word) - static_cast<double>(word));
      const double weight = kHalf / (kHalf + far);
      sums_[named.entity].value += weight * one.value;
      sums_[named.entity].weight += weight;
    }
  }
}

}  // namespace wiredesk
