#include "stages/dedupe/text_matcher.h"

#include <algorithm>

namespace wiredesk {
namespace {

// Thresholds in thousandths of the smaller text's rare shingles.
constexpr uint32_t kSame = 600;
constexpr uint32_t kSameWithFacts = 450;  // numbers and names agree as well
constexpr uint32_t kSameInSpiteOfFacts = 900;

// Short items are often made from templates; for them agreeing facts do not
// lower the bar.
constexpr uint32_t kLongShingles = 150;
constexpr uint32_t kDigestCovered = 600;

// Shared rare shingles below which a share means nothing; few are enough when
// nearly all agree, as with a brief out of a long text.
constexpr uint32_t kSharedMin = 5;
constexpr uint32_t kSharedFew = 3;
constexpr uint32_t kFewShare = 750;

// One text is a part of the other if it is this much smaller.
constexpr uint32_t kExcerptRatio = 650;

uint16_t Tag(const SampledShingle& shingle) {
  return static_cast<uint16_t>(shingle.hash);
}

uint32_t Thousandths(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : static_cast<uint32_t>(1000 * part / whole);
}

// How far two sets of bits agree, of the smaller: -1 where they are too small
// or too full to tell.
int Agreement(uint64_t a, uint64_t b, int least, int most) {
  const int in_a = __builtin_popcountll(a);
  const int in_b = __builtin_popcountll(b);
  if (std::min(in_a, in_b) < least || std::max(in_a, in_b) > most) return -1;
  return 1000 * __builtin_popcountll(a & b) / std::min(in_a, in_b);
}

// Not above `size`, so that 32-bit positions wrap where the array does.
size_t PowerOfTwo(size_t size) {
  size_t result = 16 * kSampleMax;
  while (2 * result <= size && result < (size_t{1} << 31)) result *= 2;
  return result;
}

// Same words, other numbers or other names: a template.
bool FactsClash(uint64_t numbers_a, uint64_t numbers_b, uint64_t names_a,
                uint64_t names_b) {
  const int numbers = Agreement(numbers_a, numbers_b, 3, 48);
  const int names = Agreement(names_a, names_b, 4, 52);
  return (numbers >= 0 && numbers < 400) || (names >= 0 && names < 400);
}

bool FactsAgree(uint64_t numbers_a, uint64_t numbers_b, uint64_t names_a,
                uint64_t names_b) {
  const int numbers = Agreement(numbers_a, numbers_b, 3, 48);
  const int names = Agreement(names_a, names_b, 4, 52);
  return (numbers < 0 || numbers >= 500) && (names < 0 || names >= 600);
}

}  // namespace

TextMatcher::TextMatcher(const Sizes& sizes)
    : table_(sizes.fingerprint_bytes),
      rarity_(sizes.rarity_bits),
      texts_(std::max<size_t>(sizes.texts, 16)),
      samples_(PowerOfTwo(sizes.sample_shingles)),
      place_(65536),
      slots_(kSlots) {}

void TextMatcher::Prefetch(const Sighting& sighting) const {
  for (uint64_t fingerprint : sighting.fingerprints) {
    table_.Prefetch(fingerprint);
  }
  for (const SampledShingle& shingle : sighting.sample) {
    rarity_.Prefetch(shingle.hash);
  }
}

bool TextMatcher::Valid(uint64_t number, uint64_t next, uint32_t oldest) const {
  if (number >= next || next - number >= texts_.size()) return false;
  const Text& text = At(number);
  if (text.seen == 0 || text.seen < oldest) return false;
  const auto written = static_cast<uint32_t>(sampled_);
  return written - text.sample + kSampleMax < samples_.size();
}

void TextMatcher::LoadQuery(const Sighting& sighting,
                            std::vector<uint8_t>& rare) {
  rare.assign((sighting.sample.size() + 7) / 8, 0);
  rare_at_least_.fill(0);
  for (size_t i = 0; i < sighting.sample.size(); ++i) {
    const SampledShingle& shingle = sighting.sample[i];
    const bool is_rare = rarity_.Count(shingle.hash) <= kRareStories;
    is_rare_[i] = is_rare ? 1 : 0;
    if (!is_rare) continue;
    rare[i / 8] |= static_cast<uint8_t>(1 << (i % 8));
    for (int level = 0; level <= shingle.level; ++level) {
      ++rare_at_least_[level];
    }
  }
}

void TextMatcher::PlaceQuery(const Sighting& sighting) {
  for (size_t i = 0; i < sighting.sample.size(); ++i) {
    place_[Tag(sighting.sample[i])] = static_cast<uint8_t>(i + 1);
  }
}

void TextMatcher::ClearQuery(const Sighting& sighting) {
  for (const SampledShingle& shingle : sighting.sample) {
    place_[Tag(shingle)] = 0;
  }
}

void TextMatcher::Gather(const Sighting& sighting, uint64_t next,
                         uint32_t oldest) {
  candidates_.clear();
  if (++stamp_ == 0) {
    for (Slot& slot : slots_) slot.stamp = 0;
    stamp_ = 1;
  }
  uint64_t numbers[FingerprintTable::kEntries];
  for (uint64_t fingerprint : sighting.fingerprints) {
    const size_t count = table_.Find(fingerprint, next, numbers);
    for (size_t i = 0; i < count; ++i) {
      size_t at = numbers[i] * 0x9e3779b97f4a7c15 >> 53;
      while (slots_[at].stamp == stamp_ && slots_[at].number != numbers[i]) {
        at = (at + 1) % kSlots;
      }
      if (slots_[at].stamp != stamp_) {
        slots_[at] = {numbers[i], stamp_,
                      static_cast<uint32_t>(candidates_.size())};
        candidates_.push_back({numbers[i], 0});
      }
      ++candidates_[slots_[at].candidate].shared;
    }
  }
  const auto weak = [&](const Candidate& candidate) {
    if (!Valid(candidate.number, next, oldest)) return true;
    if (candidate.shared >= 2) return false;
    return sighting.fingerprints.size() > 8 &&
           At(candidate.number).fingerprints > 8;
  };
  candidates_.erase(
      std::remove_if(candidates_.begin(), candidates_.end(), weak),
      candidates_.end());
  const size_t kept = std::min(candidates_.size(), kCandidatesMax);
  std::partial_sort(
      candidates_.begin(), candidates_.begin() + kept, candidates_.end(),
      [](const Candidate& a, const Candidate& b) {
        return a.shared != b.shared ? a.shared > b.shared : a.number > b.number;
      });
  candidates_.resize(kept);
}

TextMatcher::Comparison TextMatcher::Compare(const Sighting& sighting,
                                             const Text& text,
                                             std::vector<uint8_t>* hits) const {
  Comparison result;
  const int rate = std::max<int>(sighting.sample_rate, text.rate);
  const int own_level = rate - sighting.sample_rate;
  const int other_level = rate - text.rate;
  if (own_level > kSampleLevelMax || other_level >= static_cast<int>(kLevels)) {
    return result;
  }
  result.halved = own_level;
  result.own = rare_at_least_[own_level];
  result.other = text.at_least[other_level];
  for (uint32_t i = 0; i < result.other; ++i) {
    const size_t place = place_[samples_[(text.sample + i) % samples_.size()]];
    if (place == 0 || is_rare_[place - 1] == 0) continue;
    if (sighting.sample[place - 1].level < own_level) continue;
    ++result.shared;
    if (hits != nullptr) (*hits)[place - 1] = 1;
  }
  return result;
}

bool TextMatcher::Judge(const Sighting& sighting, const Candidate& candidate,
                        TextMatch& match) const {
  const Text& text = At(candidate.number);
  const Comparison found = Compare(sighting, text, nullptr);
  const uint32_t smaller = std::min(found.own, found.other);
  const uint32_t larger = std::max(found.own, found.other);
  const uint32_t similarity =
      std::min(1000u, Thousandths(found.shared, smaller));
  const bool enough = found.shared >= kSharedMin ||
                      (found.shared >= kSharedFew && similarity >= kFewShare &&
                       candidate.shared >= 2);
  if (!enough) return false;
  if (similarity < kSameInSpiteOfFacts &&
      FactsClash(sighting.numbers, text.numbers, sighting.names, text.names)) {
    return false;
  }
  const bool facts =
      sighting.shingles >= kLongShingles && text.shingles >= kLongShingles &&
      FactsAgree(sighting.numbers, text.numbers, sighting.names, text.names);
  if (similarity < (facts ? kSameWithFacts : kSame)) return false;
  match.found = true;
  match.text = candidate.number;
  match.cluster = text.cluster;
  match.provider = text.provider;
  match.similarity = static_cast<uint16_t>(similarity);
  match.covered = static_cast<uint16_t>(
      std::min(1000u, Thousandths(found.shared, found.own)));
  match.excerpt = Thousandths(smaller, larger) < kExcerptRatio;
  match.shared = found.shared;
  match.seen = text.seen;
  return true;
}

// Several earlier texts together hold most of this one.
void TextMatcher::JudgeDigest(const Sighting& sighting, TextMatch& best) {
  std::vector<uint8_t> hits(sighting.sample.size());
  uint64_t weight = 0;
  uint32_t parts = 0;
  const Candidate* most = nullptr;
  uint32_t most_shared = 0;
  for (const Candidate& candidate : candidates_) {
    std::vector<uint8_t> own(sighting.sample.size());
    const Comparison found = Compare(sighting, At(candidate.number), &own);
    if (found.shared == 0) continue;
    const uint32_t scaled = found.shared << std::min(found.halved, 8);
    if (scaled < kSharedMin) continue;
    ++parts;
    for (size_t i = 0; i < own.size(); ++i) {
      if (own[i] != 0 && hits[i] == 0) {
        hits[i] = 1;
        weight += uint64_t{1} << std::min(found.halved, 8);
      }
    }
    if (scaled > most_shared) {
      most_shared = scaled;
      most = &candidate;
    }
  }
  const uint32_t covered =
      std::min(1000u, Thousandths(weight, rare_at_least_[0]));
  if (parts < 2 || covered < kDigestCovered) return;
  const Text& text = At(most->number);
  best.found = best.excerpt = true;
  best.text = most->number;
  best.cluster = text.cluster;
  best.provider = text.provider;
  best.similarity = best.covered = static_cast<uint16_t>(covered);
  best.shared = most_shared;
  best.seen = text.seen;
}

TextMatch TextMatcher::Find(const Sighting& sighting, uint64_t next,
                            uint32_t oldest, std::vector<uint8_t>& rare) {
  LoadQuery(sighting, rare);
  Gather(sighting, next, oldest);
  TextMatch best;
  if (candidates_.empty()) return best;
  PlaceQuery(sighting);
  for (const Candidate& candidate : candidates_) {
    TextMatch match;
    if (!Judge(sighting, candidate, match)) continue;
    const bool better = !best.found ||
                        match.similarity + match.covered / 2 >
                            best.similarity + best.covered / 2 ||
                        (match.similarity + match.covered / 2 ==
                             best.similarity + best.covered / 2 &&
                         match.text < best.text);
    if (better) best = match;
  }
  if (!best.found && candidates_.size() >= 2) JudgeDigest(sighting, best);
  ClearQuery(sighting);
  return best;
}

size_t TextMatcher::Insert(const Sighting& sighting, const Decision& decision,
                           uint32_t oldest) {
  Text& text = texts_[decision.text % texts_.size()];
  size_t lost = text.seen != 0 && text.seen >= oldest ? 1 : 0;
  text = {};
  text.numbers = sighting.numbers;
  text.names = sighting.names;
  text.cluster = static_cast<uint32_t>(decision.cluster_number);
  text.seen = std::max(decision.clock, 1u);
  text.provider = sighting.provider;
  text.sample = static_cast<uint32_t>(sampled_);
  text.rate = sighting.sample_rate;
  text.shingles = sighting.shingles;
  text.fingerprints = static_cast<uint8_t>(sighting.fingerprints.size());
  for (size_t i = 0; i < sighting.sample.size(); ++i) {
    if (i / 8 >= decision.rare.size() ||
        (decision.rare[i / 8] >> (i % 8) & 1) == 0) {
      continue;
    }
    const SampledShingle& shingle = sighting.sample[i];
    samples_[sampled_++ % samples_.size()] = Tag(shingle);
    for (size_t level = 0; level < kLevels; ++level) {
      text.at_least[level] += shingle.level >= level ? 1 : 0;
    }
  }
  for (uint64_t fingerprint : sighting.fingerprints) {
    const uint64_t out = table_.Insert(fingerprint, decision.text);
    if (out != 0 && Valid(out, decision.text, oldest)) ++lost;
  }
  table_.Sweep(decision.text);
  return lost;
}

void TextMatcher::CountShingles(const Sighting& sighting) {
  for (const SampledShingle& shingle : sighting.sample) {
    rarity_.Add(shingle.hash);
  }
}

std::vector<size_t> TextMatcher::SharedShingles(const Sighting& sighting,
                                                uint64_t number) {
  std::vector<uint8_t> rare;
  LoadQuery(sighting, rare);
  PlaceQuery(sighting);
  std::vector<uint8_t> hits(sighting.sample.size());
  Compare(sighting, At(number), &hits);
  ClearQuery(sighting);
  std::vector<size_t> shared;
  for (size_t i = 0; i < hits.size(); ++i) {
    if (hits[i] != 0) shared.push_back(i);
  }
  return shared;
}

}  // namespace wiredesk
