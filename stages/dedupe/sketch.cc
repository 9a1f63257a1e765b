#include "stages/dedupe/sketch.h"

#include <algorithm>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "stages/dedupe/common_words.h"
#include "stages/dedupe/headline_prefix.h"

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
constexpr size_t kTermSlots = 2048;
constexpr uint32_t kHeadlineWeight = 3;

uint64_t HashOfWords(const std::vector<uint64_t>& hashes, uint64_t seed) {
  const uint64_t hash = XXH3_64bits_withSeed(
      hashes.data(), hashes.size() * sizeof(hashes[0]), seed);
  return hash != 0 ? hash : 1;
}

}  // namespace

uint64_t HashKey(absl::string_view bytes, uint64_t seed) {
  const uint64_t hash = XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
  return hash != 0 ? hash : 1;
}

void Sketcher::Sketch(const ArticleText& text, Sighting& sighting) {
  sighting.is_short = text.body_words.size() < kShortWords;
  sighting.headline_only = text.body_words.size() < kHeadlineOnlyWords;
  const size_t skip = CountPrefixWords(text.headline, text.headline_words);
  sighting.correction = skip != 0;
  ArticleText plain = text;
  plain.headline_words.remove_prefix(skip);
  HashText(plain, sighting);
  sighting.fingerprints.clear();
  sighting.sample.clear();
  sighting.shingles = 0;
  sighting.sample_rate = 0;
  if (!sighting.is_short) {
    MakeShingles(plain.body_words, shingles_);
    sighting.shingles = static_cast<uint32_t>(shingles_.size());
    winnower_.Run(shingles_, WinnowWindow(shingles_.size()),
                  sighting.fingerprints);
    for (uint64_t& fingerprint : sighting.fingerprints) {
      fingerprint = MixHash(fingerprint ^ seed_, kFingerprintMix) >> 24;
    }
    std::sort(sighting.fingerprints.begin(), sighting.fingerprints.end());
    sighting.fingerprints.erase(
        std::unique(sighting.fingerprints.begin(), sighting.fingerprints.end()),
        sighting.fingerprints.end());
    if (sighting.fingerprints.size() > kFingerprintsMax) {
      sighting.fingerprints.resize(kFingerprintsMax);
    }
    Sample(sighting);
  }
  Facts(plain, sighting);
  Terms(plain, sighting);
}

void Sketcher::HashText(const ArticleText& text, Sighting& sighting) {
  hashes_.clear();
  for (const Word& word : text.headline_words) hashes_.push_back(word.hash);
  sighting.headline = 0;
  if (!hashes_.empty()) {
    sighting.headline = HashOfWords(hashes_, seed_ ^ sighting.provider);
  }
  hashes_.push_back(kHeadlineEnd);
  for (const Word& word : text.body_words) hashes_.push_back(word.hash);
  sighting.text = {};
  if (hashes_.size() == 1) return;
  // A headline alone is no proof across papers.
  if (sighting.headline_only) hashes_.push_back(sighting.provider);
  const XXH128_hash_t hash = XXH3_128bits_withSeed(
      hashes_.data(), hashes_.size() * sizeof(hashes_[0]), seed_);
  sighting.text = {hash.high64, hash.low64 | 1};
}

void Sketcher::Sample(Sighting& sighting) {
  size_t rate = 0;
  while (shingles_.size() >> rate > 2 * kSampleMin) ++rate;
  sighting.sample_rate = static_cast<uint8_t>(rate);
  const uint64_t limit = ~uint64_t{0} >> rate;
  hashes_.clear();
  for (uint64_t shingle : shingles_) {
    const uint64_t mixed = MixHash(shingle ^ seed_, kSampleMix);
    if (mixed <= limit) hashes_.push_back(mixed);
  }
  // Ascending is level descending.
  std::sort(hashes_.begin(), hashes_.end());
  hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
  if (hashes_.size() > kSampleMax) hashes_.resize(kSampleMax);
  for (uint64_t hash : hashes_) {
    const int zeros = hash == 0 ? 64 : __builtin_clzll(hash);
    const int level =
        std::min<int>(zeros - static_cast<int>(rate), kSampleLevelMax);
    sighting.sample.push_back(
        {static_cast<uint32_t>(hash & 0xFFFFFFF), static_cast<uint8_t>(level)});
  }
}

void Sketcher::Facts(const ArticleText& text, Sighting& sighting) const {
  sighting.numbers = sighting.names = 0;
  for (const Word& word : text.body_words) {
    const uint64_t bit = uint64_t{1} << (MixHash(word.hash, kSampleMix) >> 58);
    if ((word.flags & kWordDigits) != 0) sighting.numbers |= bit;
    if ((word.flags & kWordCapital) != 0 && word.length >= 4) {
      sighting.names |= bit;
    }
  }
}

void Sketcher::Terms(const ArticleText& text, Sighting& sighting) {
  counts_.resize(kTermSlots);
  counted_.clear();
  if (++stamp_ == 0) {
    for (TermCount& count : counts_) count.stamp = 0;
    stamp_ = 1;
  }
  CountTerms(text.headline_words, kHeadlineWeight);
  CountTerms(
      text.body_words.first(std::min(text.body_words.size(), kTermWords)), 1);
  const auto better = [this](uint32_t a, uint32_t b) {
    const TermCount& x = counts_[a];
    const TermCount& y = counts_[b];
    return x.weight != y.weight ? x.weight > y.weight : x.hash < y.hash;
  };
  const size_t kept = std::min(counted_.size(), kTermsMax);
  std::partial_sort(counted_.begin(), counted_.begin() + kept, counted_.end(),
                    better);
  sighting.terms.clear();
  for (size_t i = 0; i < kept; ++i) {
    const TermCount& count = counts_[counted_[i]];
    sighting.terms.push_back(
        {static_cast<uint32_t>(count.hash >> 32),
         static_cast<uint8_t>(std::min<uint32_t>(count.weight, 255))});
  }
}

void Sketcher::CountTerms(absl::Span<const Word> words, uint32_t weight) {
  for (size_t i = 0; i < words.size(); ++i) {
    const Word& word = words[i];
    if ((word.flags & kWordCodePoint) != 0) {
      // Two code points in a row are about a word.
      if (i + 1 < words.size() && (words[i + 1].flags & kWordCodePoint) != 0) {
        CountTerm(MixHash(word.hash ^ kSampleMix, words[i + 1].hash), weight);
      }
      continue;
    }
    if (word.length < 3 || IsCommonWord(word.hash)) continue;
    const bool name = (word.flags & kWordCapital) != 0;
    CountTerm(MixHash(word.hash ^ seed_, kSampleMix),
              name ? 2 * weight : weight);
  }
}

void Sketcher::CountTerm(uint64_t hash, uint32_t weight) {
  if (counted_.size() > kTermSlots / 2) return;
  size_t at = hash % kTermSlots;
  while (counts_[at].stamp == stamp_ && counts_[at].hash != hash) {
    at = (at + 1) % kTermSlots;
  }
  if (counts_[at].stamp != stamp_) {
    counts_[at] = {hash, 0, stamp_};
    counted_.push_back(static_cast<uint32_t>(at));
  }
  counts_[at].weight += weight;
}

}  // namespace wiredesk
