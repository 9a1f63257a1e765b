#include "stages/dedupe/sketch/sketch.h"

#include <algorithm>
#include <array>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "stages/dedupe/sketch/frequent_words.h"
#include "stages/dedupe/sketch/headline_prefix.h"
#include "stages/dedupe/sketch/term_weight.h"

namespace wiredesk {
namespace {

constexpr uint64_t kFingerprintMix = 0x9fb21c651e98df25;
constexpr uint64_t kSampleMix = 0xc2b2ae3d27d4eb4f;
constexpr uint64_t kHeadlineEnd = 0x165667b19e3779f9;

// The sample of a text of `shingles` shingles has between this and twice this
// many; longer texts send one in two, four, eight ...
constexpr size_t kSampleMin = 48;

// A story is told in the first words of an article.
constexpr size_t kTermWords = 400;
constexpr size_t kTermSlots = 1024;

// The best terms, which say what an article is about.
constexpr size_t kSubjectTerms = 12;
constexpr uint32_t kHeadlineWeight = 6;

uint64_t HashOfWords(const uint64_t* hashes, size_t count, uint64_t seed) {
  const uint64_t hash =
      XXH3_64bits_withSeed(hashes, count * sizeof(hashes[0]), seed);
  return hash != 0 ? hash : 1;
}

ArticleText WithoutPrefix(ArticleText text) {
  text.headline_words.remove_prefix(
      CountPrefixWords(text.headline, text.headline_words));
  return text;
}

// The body; some feeds have the whole text in the headline.
absl::Span<const Word> LongerText(const ArticleText& plain) {
  const bool headline = plain.body_words.size() < kShortWords &&
                        plain.body_words.size() < plain.headline_words.size();
  return headline ? plain.headline_words : plain.body_words;
}

uint32_t SampleHash(uint64_t shingle) {
  return static_cast<uint32_t>(shingle >> 32) & kSampleHashMask;
}

// `values`, hashes of `bits` bits, in ascending order into `sorted`. By their
// high bits each is nearly where it belongs. Of a text that repeats itself
// there may be too many for that.
template <int bits, typename Hash>
void SortHashes(const std::vector<Hash>& values, std::vector<Hash>& sorted) {
  constexpr size_t kMany = 512;
  if (values.size() > kMany) {
    sorted = values;
    std::sort(sorted.begin(), sorted.end());
    return;
  }
  constexpr int kShift = bits - 8;
  std::array<uint16_t, 257> begins = {};
  for (Hash value : values) ++begins[(value >> kShift) + 1];
  for (size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  sorted.resize(values.size());
  for (Hash value : values) sorted[begins[value >> kShift]++] = value;
  for (size_t i = 1; i < sorted.size(); ++i) {
    const Hash value = sorted[i];
    size_t at = i;
    for (; at > 0 && sorted[at - 1] > value; --at) sorted[at] = sorted[at - 1];
    sorted[at] = value;
  }
}

std::array<uint32_t, 256> BackgroundWorths() {
  std::array<uint32_t, 256> worths;
  for (int i = 0; i < 256; ++i) {
    worths[i] = Scarcity(static_cast<uint8_t>(i), 0, 0);
  }
  return worths;
}

}  // namespace

uint64_t HashKey(absl::string_view bytes, uint64_t seed) {
  const uint64_t hash = XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
  return hash != 0 ? hash : 1;
}

absl::Span<const Word> ComparedWords(const ArticleText& text) {
  return LongerText(WithoutPrefix(text));
}

void Sketcher::Sketch(const ArticleText& text, Sighting& sighting) {
  const ArticleText plain = WithoutPrefix(text);
  sighting.correction =
      plain.headline_words.size() != text.headline_words.size();
  const absl::Span<const Word> compared = LongerText(plain);
  sighting.is_short = compared.size() < kShortWords;
  sighting.headline_only =
      sighting.is_short && text.body_words.size() < kHeadlineOnlyWords;
  HashText(plain, sighting);
  sighting.fingerprints.clear();
  sighting.sample.clear();
  sighting.shingles = 0;
  sighting.sample_rate = 0;
  if (!sighting.is_short) {
    MakeShingles(compared, seed_, shingles_);
    sighting.shingles = static_cast<uint32_t>(shingles_.size());
    Fingerprint(sighting);
    Sample(sighting);
  }
  Classify(plain);
  const size_t offset = compared.data() == plain.headline_words.data()
                            ? 0
                            : plain.headline_words.size();
  facts_.Read(compared, absl::MakeConstSpan(classes_).subspan(offset), seed_,
              sighting.facts);
  Terms(plain, sighting);
  sighting.short_text = {};
  if (sighting.is_short) {
    sighting.short_text = ReadShortText(plain.headline_words, plain.body_words,
                                        classes_, seed_ ^ sighting.provider);
  }
}

void Sketcher::Fingerprint(Sighting& sighting) {
  std::vector<uint64_t>& prints = sighting.fingerprints;
  Winnow(shingles_, WinnowWindow(shingles_.size()), prints_);
  for (uint64_t& print : prints_) {
    print = MixHash(print, kFingerprintMix) >> 24;
  }
  SortHashes<40>(prints_, prints);
  prints.erase(std::unique(prints.begin(), prints.end()), prints.end());
  if (prints.size() > kFingerprintsMax) prints.resize(kFingerprintsMax);
}

// Room for the places of this many.
uint32_t* Sketcher::Picked(size_t count) {
  if (picked_.size() <= count) picked_.resize(count + 1);
  return picked_.data();
}

void Sketcher::HashText(const ArticleText& text, Sighting& sighting) {
  const size_t headline = text.headline_words.size();
  const size_t size = headline + 1 + text.body_words.size();
  hashes_.resize(size + 1);
  uint64_t* out = hashes_.data();
  for (const Word& word : text.headline_words) *out++ = word.hash;
  *out++ = kHeadlineEnd;
  for (const Word& word : text.body_words) *out++ = word.hash;
  *out = sighting.provider;
  sighting.headline = 0;
  if (headline != 0) {
    sighting.headline =
        HashOfWords(hashes_.data(), headline, seed_ ^ sighting.provider);
  }
  sighting.text = {};
  if (size == 1) return;
  // A headline alone is not proof across papers.
  const size_t hashed = sighting.headline_only ? size + 1 : size;
  const XXH128_hash_t hash =
      XXH3_128bits_withSeed(hashes_.data(), hashed * sizeof(hashes_[0]), seed_);
  sighting.text = {hash.high64, hash.low64 | 1};
}

void Sketcher::Sample(Sighting& sighting) {
  int rate = 0;
  while (shingles_.size() >> rate > 2 * kSampleMin) ++rate;
  sighting.sample_rate = static_cast<uint8_t>(rate);
  const uint64_t mask = (uint64_t{1} << rate) - 1;
  uint32_t* const picked = Picked(shingles_.size());
  size_t count = 0;
  for (size_t i = 0; i < shingles_.size(); ++i) {
    picked[count] = static_cast<uint32_t>(i);
    count += (shingles_[i] & mask) == 0 ? 1 : 0;
  }
  packed_.resize(count);
  for (size_t j = 0; j < count; ++j) {
    const size_t i = picked[j];
    const uint64_t shingle = shingles_[i];
    // The low bits choose, others are the hash: they know nothing of each
    // other. Ascending is level descending.
    const int zeros = __builtin_ctzll(shingle | uint64_t{1} << 40);
    const auto level =
        static_cast<uint32_t>(std::min<int>(zeros - rate, kSampleLevelMax));
    packed_[j] = uint64_t{kSampleLevelMax - level} << 36 |
                 uint64_t{SampleHash(shingle)} << 8 |
                 256 * i / shingles_.size();
  }
  std::vector<uint64_t>& sorted = packed_in_order_;
  SortHashes<40>(packed_, sorted);
  const auto same = [](uint64_t a, uint64_t b) { return a >> 8 == b >> 8; };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
  if (sorted.size() > kSampleMax) sorted.resize(kSampleMax);
  for (uint64_t packed : sorted) {
    sighting.sample.push_back(
        {static_cast<uint32_t>(packed >> 8) & kSampleHashMask,
         static_cast<uint8_t>(kSampleLevelMax - (packed >> 36)),
         static_cast<uint8_t>(packed)});
  }
}

std::vector<size_t> Sketcher::PlacesOfSample(const Sighting& sighting) const {
  std::vector<size_t> places(sighting.sample.size());
  const uint64_t mask = (uint64_t{1} << sighting.sample_rate) - 1;
  for (size_t i = 0; i < places.size(); ++i) {
    size_t at = 0;
    while (at + 1 < shingles_.size() &&
           ((shingles_[at] & mask) != 0 ||
            SampleHash(shingles_[at]) != sighting.sample[i].hash)) {
      ++at;
    }
    places[i] = at;
  }
  return places;
}

// How common the words are, of the headline and of so much of the body as is
// looked at.
void Sketcher::Classify(const ArticleText& text) {
  const WordClasses& classes = WordClasses::Get();
  const size_t body =
      std::min(text.body_words.size(), std::max(kTermWords, kFactWords));
  classes_.resize(text.headline_words.size() + body);
  uint8_t* out = classes_.data();
  for (const Word& word : text.headline_words) *out++ = classes.Of(word.hash);
  for (const Word& word : text.body_words.first(body)) {
    *out++ = classes.Of(word.hash);
  }
}

void Sketcher::Terms(const ArticleText& text, Sighting& sighting) {
  counts_.resize(kTermSlots);
  counted_.clear();
  if (++stamp_ == 0) {
    for (TermCount& count : counts_) count.stamp = 0;
    stamp_ = 1;
  }
  CountTerms(text.headline_words, classes_.data(), kHeadlineWeight);
  CountTerms(
      text.body_words.first(std::min(text.body_words.size(), kTermWords)),
      classes_.data() + text.headline_words.size(), 1);
  static const std::array<uint32_t, 256> background = BackgroundWorths();
  ranked_.clear();
  for (uint32_t at : counted_) {
    const TermCount& count = counts_[at];
    const uint64_t worth =
        uint64_t{TermWorth(count.weight)} * background[count.word_class];
    ranked_.push_back((0xFFFF - std::min<uint64_t>(worth, 0xFFFF)) << 48 |
                      count.hash >> 32 << 16 | at);
  }
  if (ranked_.size() > kTermsMax) {
    std::nth_element(ranked_.begin(), ranked_.begin() + kTermsMax,
                     ranked_.end());
    ranked_.resize(kTermsMax);
  }
  std::sort(ranked_.begin(), ranked_.end());
  sighting.terms.clear();
  for (uint64_t ranked : ranked_) {
    const TermCount& count = counts_[ranked & 0xFFFF];
    sighting.terms.push_back(
        {static_cast<uint32_t>(count.hash >> 32),
         static_cast<uint8_t>(std::min<uint32_t>(count.weight, 255)),
         count.word_class});
  }
  sighting.subject = 0;
  for (size_t i = 0; i < std::min(kSubjectTerms, sighting.terms.size()); ++i) {
    sighting.subject |= uint64_t{1} << (sighting.terms[i].hash >> 26);
  }
}

void Sketcher::CountTerms(absl::Span<const Word> words, const uint8_t* classes,
                          uint32_t weight) {
  // No branches: half of the words are common.
  uint32_t* const picked = Picked(words.size());
  size_t count = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    const Word& word = words[i];
    const uint8_t word_class = classes[i];
    const bool code_point = (word.flags & kWordCodePoint) != 0;
    picked[count] = static_cast<uint32_t>(i) << 8 | word_class;
    count += ((word_class != kFrequentWord) & (word.length >= 3)) | code_point;
  }
  for (size_t j = 0; j < count; ++j) {
    const size_t i = picked[j] >> 8;
    const Word& word = words[i];
    if ((word.flags & kWordCodePoint) == 0) {
      CountTerm(MixHash(word.hash ^ seed_, kSampleMix), weight,
                static_cast<uint8_t>(picked[j]));
    } else if (i + 1 < words.size() &&
               (words[i + 1].flags & kWordCodePoint) != 0) {
      // Two code points in a row are about a word.
      CountTerm(MixHash(word.hash ^ kSampleMix, words[i + 1].hash), weight,
                kUnknownWord);
    }
  }
}

void Sketcher::CountTerm(uint64_t hash, uint32_t weight, uint8_t word_class) {
  if (counted_.size() > kTermSlots / 2) return;
  size_t at = hash % kTermSlots;
  while (counts_[at].stamp == stamp_ && counts_[at].hash != hash) {
    at = (at + 1) % kTermSlots;
  }
  if (counts_[at].stamp != stamp_) {
    counts_[at] = {hash, stamp_, 0, word_class};
    counted_.push_back(static_cast<uint32_t>(at));
  }
  counts_[at].weight = static_cast<uint16_t>(
      std::min<uint32_t>(counts_[at].weight + weight, 0xFFFF));
}

}  // namespace wiredesk
