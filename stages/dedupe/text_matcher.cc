#include "stages/dedupe/text_matcher.h"

#include <algorithm>

namespace wiredesk {
namespace {

// Thresholds in thousandths of the smaller text's rare shingles.
constexpr uint32_t kSame = 600;
constexpr uint32_t kSameWithFacts = 450;  // numbers and names agree as well
constexpr uint32_t kSameInSpiteOfFacts = 900;

// Letters misread all over a text leave two shingles in five. Texts of one
// length that share so much everywhere are one text.
constexpr uint32_t kNoisy = 400;
constexpr uint32_t kNoisyShared = 12;
constexpr uint32_t kNoisyLength = 900;
constexpr int kNoisyNames = 700;

// Short items are often made from templates; for them agreeing facts do not
// lower the bar.
constexpr uint32_t kLongShingles = 150;

// A digest: so much of it stands in passages of earlier texts, of three
// clusters at least, or more in those of two. A passage has about so many
// shingles.
constexpr uint32_t kDigestCovered = 333;
constexpr uint32_t kDigestOfTwo = 333;
constexpr uint32_t kPassage = 32;
constexpr uint32_t kPassagePrints = 4;

// A template: of its plain shingles nearly all are shared, of those with a
// number or a name far fewer. Edits and noise strike both alike.
constexpr uint32_t kTemplateWords = 850;
constexpr uint32_t kTemplateFacts = 600;
constexpr uint32_t kTemplateShingles = 5;
constexpr int kTemplateNumbers = 3;

// Shared rare shingles below which a share means nothing; few are enough when
// nearly all agree, as with a brief out of a long text.
constexpr uint32_t kSharedMin = 5;
constexpr uint32_t kSharedFew = 3;
constexpr uint32_t kFewShare = 750;
constexpr uint32_t kSharedFewest = 2;
constexpr uint32_t kManyFingerprints = 6;

// A fingerprint with so few owners is rare; one such is enough to look at a
// text if either is as short as this.
constexpr uint32_t kFewOwners = 3;
constexpr uint32_t kBriefShingles = 100;

// One text is a part of the other if it is this much smaller.
constexpr uint32_t kExcerptRatio = 650;

// What is kept of a shingle: 15 bits, and whether it has a number or a name.
constexpr uint16_t kFactTag = 0x8000;

uint16_t Tag(const SampledShingle& shingle) {
  return static_cast<uint16_t>((shingle.hash & 0x7FFF) |
                               (shingle.fact ? kFactTag : 0));
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

// The words agree, but where numbers and names stand they do not: the same
// table of another day, the same notice of another company.
bool IsTemplate(const Sighting& sighting, uint64_t numbers, uint32_t facts,
                uint32_t shared_facts, uint32_t words, uint32_t shared_words) {
  if (facts < kTemplateShingles || words < kTemplateShingles) return false;
  const int least = std::min(__builtin_popcountll(sighting.numbers),
                             __builtin_popcountll(numbers));
  if (least < kTemplateNumbers) return false;
  const uint32_t of_words = Thousandths(shared_words, words);
  const uint32_t of_facts = Thousandths(shared_facts, facts);
  return of_words >= kTemplateWords && of_facts <= kTemplateFacts;
}

bool FactsAgree(uint64_t numbers_a, uint64_t numbers_b, uint64_t names_a,
                uint64_t names_b) {
  const int numbers = Agreement(numbers_a, numbers_b, 3, 48);
  const int names = Agreement(names_a, names_b, 4, 52);
  // A long text has so many names that they tell nothing.
  return (numbers < 0 || numbers >= 500) && names >= 600;
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
  facts_at_least_.fill(0);
  for (size_t i = 0; i < sighting.sample.size(); ++i) {
    const SampledShingle& shingle = sighting.sample[i];
    const bool is_rare = rarity_.Count(shingle.hash) <= kRareStories;
    is_rare_[i] = is_rare ? 1 : 0;
    if (!is_rare) continue;
    rare[i / 8] |= static_cast<uint8_t>(1 << (i % 8));
    for (int level = 0; level <= shingle.level; ++level) {
      ++rare_at_least_[level];
      facts_at_least_[level] += shingle.fact ? 1 : 0;
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

// Every text with a fingerprint of the article's, and who has which.
void TextMatcher::LookUp(const Sighting& sighting, uint64_t next) {
  candidates_.clear();
  hits_.clear();
  if (++stamp_ == 0) {
    for (Slot& slot : slots_) slot.stamp = 0;
    stamp_ = 1;
  }
  uint64_t numbers[FingerprintTable::kEntries];
  for (size_t f = 0; f < sighting.fingerprints.size(); ++f) {
    const size_t count = table_.Find(sighting.fingerprints[f], next, numbers);
    for (size_t i = 0; i < count; ++i) {
      size_t at = numbers[i] * 0x9e3779b97f4a7c15 >> 53;
      while (slots_[at].stamp == stamp_ && slots_[at].number != numbers[i]) {
        at = (at + 1) % kSlots;
      }
      if (slots_[at].stamp != stamp_) {
        slots_[at] = {numbers[i], stamp_,
                      static_cast<uint32_t>(candidates_.size())};
        candidates_.push_back({numbers[i], 0, 0});
        __builtin_prefetch(&At(numbers[i]));
      }
      hits_.push_back({static_cast<uint16_t>(f),
                       static_cast<uint16_t>(slots_[at].candidate)});
    }
  }
}

// The texts that share the most. A fingerprint that few have counts twice: a
// brief may have but one in common with the long text that it was cut from.
void TextMatcher::Gather(const Sighting& sighting, uint64_t next,
                         uint32_t oldest) {
  LookUp(sighting, next);
  std::array<uint8_t, kFingerprintsMax> owners = {};
  // What is too old must not count, for another replica may not have seen it.
  for (Candidate& candidate : candidates_) {
    candidate.valid = Valid(candidate.number, next, oldest);
  }
  for (const Hit& hit : hits_) {
    owners[hit.fingerprint] += candidates_[hit.candidate].valid ? 1 : 0;
  }
  for (const Hit& hit : hits_) {
    candidates_[hit.candidate].shared +=
        owners[hit.fingerprint] <= kFewOwners ? 2 : 1;
  }
  const auto weak = [&](const Candidate& candidate) {
    if (!candidate.valid) return true;
    if (candidate.shared > 2) return false;
    const Text& text = At(candidate.number);
    if (sighting.fingerprints.size() <= 8 || text.fingerprints <= 8) {
      return false;
    }
    return candidate.shared < 2 ||
           std::min(sighting.shingles, text.shingles) > kBriefShingles;
  };
  candidates_.erase(
      std::remove_if(candidates_.begin(), candidates_.end(), weak),
      candidates_.end());
  const auto more = [](const Candidate& a, const Candidate& b) {
    return a.shared != b.shared ? a.shared > b.shared : a.number > b.number;
  };
  const size_t kept = std::min(candidates_.size(), kCandidatesMax);
  std::partial_sort(candidates_.begin(), candidates_.begin() + kept,
                    candidates_.end(), more);
  candidates_.resize(kept);
}

TextMatcher::Comparison TextMatcher::Compare(const Sighting& sighting,
                                             const Text& text,
                                             uint8_t* hits) const {
  Comparison result;
  const int rate = std::max<int>(sighting.sample_rate, text.rate);
  const int own_level = rate - sighting.sample_rate;
  const int other_level = rate - text.rate;
  if (own_level > kSampleLevelMax || other_level >= static_cast<int>(kLevels)) {
    return result;
  }
  result.halved = own_level;
  result.own = rare_at_least_[own_level];
  result.own_facts = facts_at_least_[own_level];
  result.other = text.at_least[other_level];
  for (uint32_t i = 0; i < result.other; ++i) {
    const uint16_t tag = samples_[(text.sample + i) % samples_.size()];
    result.other_facts += tag >> 15;
    const size_t place = place_[tag];
    if (place == 0 || is_rare_[place - 1] == 0) continue;
    if (sighting.sample[place - 1].level < own_level) continue;
    ++result.shared;
    result.shared_facts += tag >> 15;
    if (hits != nullptr) hits[place - 1] = 1;
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
  const bool enough =
      found.shared >= kSharedMin ||
      (found.shared >= kSharedFew && similarity >= kFewShare) ||
      (found.shared >= kSharedFewest && found.shared == smaller &&
       candidate.shared >= kManyFingerprints);
  if (!enough) return false;
  const uint32_t facts = std::min(found.own_facts, found.other_facts);
  const uint32_t words =
      std::min(found.own - found.own_facts, found.other - found.other_facts);
  if (IsTemplate(sighting, text.numbers, facts, found.shared_facts, words,
                 found.shared - found.shared_facts)) {
    return false;
  }
  if (similarity < kSameInSpiteOfFacts &&
      FactsClash(sighting.numbers, text.numbers, sighting.names, text.names)) {
    return false;
  }
  const bool agree =
      FactsAgree(sighting.numbers, text.numbers, sighting.names, text.names);
  const uint32_t shorter = std::min(sighting.shingles, text.shingles);
  const uint32_t longer = std::max(sighting.shingles, text.shingles);
  uint32_t threshold = kSame;
  if (agree && shorter >= kLongShingles) {
    threshold = kSameWithFacts;
    const int names = Agreement(sighting.names, text.names, 4, 52);
    if (found.shared >= kNoisyShared && (names < 0 || names >= kNoisyNames) &&
        Thousandths(shorter, longer) >= kNoisyLength) {
      threshold = kNoisy;
    }
  }
  if (similarity < threshold) return false;
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

// Passages of several earlier texts make up much of this one: it is tied to the
// earliest.
void TextMatcher::JudgeDigest(const Sighting& sighting, TextMatch& best) {
  std::fill_n(part_.begin(), sighting.sample.size(), uint8_t{0});
  uint64_t weight = 0;
  std::array<uint32_t, kCandidatesMax> clusters;
  size_t parts = 0;
  const Candidate* first = nullptr;
  uint32_t first_shared = 0;
  for (const Candidate& candidate : candidates_) {
    const Text& text = At(candidate.number);
    std::fill_n(own_part_.begin(), sighting.sample.size(), uint8_t{0});
    const Comparison found = Compare(sighting, text, own_part_.data());
    const uint32_t passage =
        found.shared << std::min(found.halved + sighting.sample_rate, 16);
    if (passage < kPassage || candidate.shared < kPassagePrints) continue;
    uint32_t fresh = 0;
    for (size_t i = 0; i < sighting.sample.size(); ++i) {
      if (own_part_[i] == 0 || part_[i] != 0) continue;
      part_[i] = 1;
      ++fresh;
    }
    weight += static_cast<uint64_t>(fresh) << std::min(found.halved, 8);
    // What several texts have in common is a template, or one passage.
    const auto end = clusters.begin() + parts;
    if (2 * fresh >= found.shared &&
        std::find(clusters.begin(), end, text.cluster) == end) {
      clusters[parts++] = text.cluster;
    }
    if (first == nullptr || candidate.number < first->number) {
      first_shared = found.shared;
      first = &candidate;
    }
  }
  const uint32_t covered =
      std::min(1000u, Thousandths(weight, rare_at_least_[0]));
  if (parts < 2 || covered < kDigestCovered) return;
  const Text& text = At(first->number);
  best.found = best.excerpt = true;
  best.text = first->number;
  best.cluster = text.cluster;
  best.provider = text.provider;
  best.similarity = best.covered = static_cast<uint16_t>(covered);
  best.shared = first_shared;
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
  Compare(sighting, At(number), hits.data());
  ClearQuery(sighting);
  std::vector<size_t> shared;
  for (size_t i = 0; i < hits.size(); ++i) {
    if (hits[i] != 0) shared.push_back(i);
  }
  return shared;
}

}  // namespace wiredesk
