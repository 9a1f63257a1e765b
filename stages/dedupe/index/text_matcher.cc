#include "stages/dedupe/index/text_matcher.h"

#include <algorithm>

namespace wiredesk {
namespace {

// A digest: so much of it stands in passages of earlier texts, of two clusters
// at least. A passage has this many shingles, about; where passages make up half
// of it they may be shorter.
struct DigestRule {
  uint32_t passage;
  uint32_t covered;
};
constexpr DigestRule kDigestRules[] = {{32, 850}};
constexpr uint32_t kPassagePrints = 4;

// What is worth saying of a text that is not a copy: shingles of the sample
// that are shared, and their share of it in thousandths, and words.
constexpr uint32_t kPassageShared = 6;
constexpr uint16_t kPassageShare = 100;
constexpr uint32_t kPassageWords = 30;

// A fingerprint with so few owners is rare; one such is enough to look at a
// text if either is as short as this.
constexpr uint32_t kFewOwners = 3;
constexpr uint32_t kBriefShingles = 100;

// What is kept of a shingle.
uint16_t Tag(const SampledShingle& shingle) {
  return static_cast<uint16_t>(shingle.hash);
}

bool BitAt(const std::vector<uint8_t>& bits, size_t i) {
  return i / 8 < bits.size() && (bits[i / 8] >> (i % 8) & 1) != 0;
}

}  // namespace

TextMatcher::TextMatcher(const Sizes& sizes)
    : table_(sizes.fingerprint_bytes),
      rarity_(sizes.rarity_bits),
      texts_(std::clamp<size_t>(sizes.texts, 16, FingerprintTable::kAgeMax)),
      samples_(std::clamp<size_t>(sizes.sample_shingles, 16 * kSampleMax,
                                  size_t{1} << 31)),
      place_(65536),
      slots_(kSlots) {}

void TextMatcher::PrefetchInsert(const Sighting& sighting) const {
  for (uint64_t fingerprint : sighting.fingerprints) {
    table_.Prefetch(fingerprint);
  }
}

void TextMatcher::PrefetchCount(const Sighting& sighting) const {
  for (const SampledShingle& shingle : sighting.sample) {
    rarity_.Prefetch(shingle.hash);
  }
}

bool TextMatcher::Valid(uint64_t number, uint64_t next, uint32_t oldest) const {
  if (number >= next || next - number >= texts_.size()) return false;
  const Text& text = At(number);
  if (text.seen == 0 || text.seen < oldest) return false;
  return sampled_ - SampleOf(text) + kSampleMax < samples_.size();
}

void TextMatcher::LoadQuery(const Sighting& sighting,
                            std::vector<uint8_t>& rare) {
  rare.assign((sighting.sample.size() + 7) / 8, 0);
  rare_at_least_.fill(0);
  placed_ = false;
  for (size_t i = 0; i < sighting.sample.size(); ++i) {
    const SampledShingle& shingle = sighting.sample[i];
    const uint8_t is_rare = rarity_.Count(shingle.hash) <= kRareStories ? 1 : 0;
    is_rare_[i] = is_rare;
    rare[i / 8] |= static_cast<uint8_t>(is_rare << (i % 8));
    rare_at_least_[shingle.level] += is_rare;
  }
  for (int level = kSampleLevelMax; level > 0; --level) {
    rare_at_least_[level - 1] += rare_at_least_[level];
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
      const auto number = static_cast<uint32_t>(numbers[i]);
      while (slots_[at].stamp == stamp_ && slots_[at].number != number) {
        at = (at + 1) % kSlots;
      }
      if (slots_[at].stamp != stamp_) {
        slots_[at] = {number, stamp_,
                      static_cast<uint16_t>(candidates_.size())};
        candidates_.push_back({numbers[i], 0, 0});
        __builtin_prefetch(&At(numbers[i]));
      }
      hits_.push_back({static_cast<uint16_t>(f), slots_[at].candidate});
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
  std::partial_sort(candidates_.begin(),
                    candidates_.begin() + static_cast<ptrdiff_t>(kept),
                    candidates_.end(), more);
  candidates_.resize(kept);
}

TextComparison TextMatcher::Compare(const Sighting& sighting, const Text& text,
                                    uint8_t* hits) const {
  TextComparison result;
  const int rate = std::max<int>(sighting.sample_rate, text.rate);
  const int own_level = rate - sighting.sample_rate;
  const int other_level = rate - text.rate;
  if (own_level > kSampleLevelMax || other_level >= static_cast<int>(kLevels)) {
    return result;
  }
  result.halved = own_level;
  result.own_sampled = sighting.shingles >> rate;
  result.other_sampled = text.shingles >> rate;
  result.own = rare_at_least_[own_level];
  result.other = text.at_least[other_level];
  size_t at = SampleOf(text) % samples_.size();
  for (uint32_t i = 0; i < result.other; ++i) {
    const uint16_t tag = samples_[at];
    if (++at == samples_.size()) at = 0;
    const size_t place = place_[tag];
    if (place == 0 || is_rare_[place - 1] == 0) continue;
    if (sighting.sample[place - 1].level < own_level) continue;
    ++result.shared;
    if (hits != nullptr) hits[place - 1] = 1;
  }
  return result;
}

// Of the rare shingles of the sample at `level` and above.
uint32_t TextMatcher::SpreadOfHits(const Sighting& sighting, int level,
                                   const uint8_t* hits) {
  const size_t count = sighting.sample.size();
  if (!placed_) {
    for (size_t i = 0; i < count; ++i) by_place_[i] = static_cast<uint8_t>(i);
    std::sort(by_place_.begin(), by_place_.begin() + count,
              [&](uint8_t a, uint8_t b) {
                const uint8_t at = sighting.sample[a].place;
                const uint8_t to = sighting.sample[b].place;
                return at != to ? at < to : a < b;
              });
    placed_ = true;
  }
  std::array<uint32_t, kSampleMax> places;
  std::array<uint8_t, kSampleMax> shared;
  size_t kept = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint8_t at = by_place_[i];
    const SampledShingle& shingle = sighting.sample[at];
    if (is_rare_[at] == 0 || shingle.level < level) continue;
    places[kept] = static_cast<uint32_t>(uint64_t{shingle.place} *
                                         sighting.shingles / 256);
    shared[kept++] = hits[at];
  }
  return SpreadOf(places.data(), shared.data(), kept);
}

// With all that a judgement is made on; `hits` as for Compare().
TextComparison TextMatcher::CompareFully(const Sighting& sighting,
                                         const Text& text,
                                         uint32_t fingerprints, uint8_t* hits) {
  TextComparison found = Compare(sighting, text, nullptr);
  found.fingerprints = fingerprints;
  found.own_shingles = sighting.shingles;
  found.other_shingles = text.shingles;
  found.corrects = sighting.correction && text.provider == sighting.provider;
  const uint32_t share =
      Thousandths(found.shared, std::min(found.own, found.other));
  if (share < kSameLeast && hits == nullptr) return found;
  std::array<FactSlot, kFactSlotsMax> facts;
  for (size_t i = 0; i < text.facts; ++i) {
    facts[i] = {text.contexts[i], text.values[i]};
  }
  found.facts = CompareFacts(sighting.facts,
                             absl::MakeConstSpan(facts).first(text.facts));
  if (share >= 900 && hits == nullptr) return found;
  std::array<uint8_t, kSampleMax> own_hits = {};
  if (hits == nullptr) hits = own_hits.data();
  Compare(sighting, text, hits);
  found.spread = SpreadOfHits(sighting, found.halved, hits);
  return found;
}

void TextMatcher::AddPassage(const Text& text, const TextComparison& found) {
  TextPassage passage = {text.cluster,
                         static_cast<uint16_t>(std::min(
                             1000u, Thousandths(found.shared, found.own))),
                         0};
  passage.words = static_cast<uint32_t>(uint64_t{passage.share} *
                                        found.own_shingles / 1000);
  if (found.shared < kPassageShared || passage.share < kPassageShare ||
      passage.words < kPassageWords) {
    return;
  }
  const auto less = [&](const TextPassage& other) {
    return other.share < passage.share;
  };
  for (TextPassage& other : passages_) {
    if (other.cluster != passage.cluster) continue;
    if (less(other)) other = passage;
    return;
  }
  passages_.insert(std::find_if(passages_.begin(), passages_.end(), less),
                   passage);
}

bool TextMatcher::Judge(const Sighting& sighting, const Candidate& candidate,
                        TextMatch& match) {
  const Text& text = At(candidate.number);
  const TextComparison found =
      CompareFully(sighting, text, candidate.shared, nullptr);
  const TextJudgement made = JudgeTexts(found);
  if (!made.same) {
    if (!made.is_template) AddPassage(text, found);
    return false;
  }
  match.found = true;
  match.text = candidate.number;
  match.cluster = text.cluster;
  match.provider = text.provider;
  match.similarity = static_cast<uint16_t>(made.similarity);
  match.covered = static_cast<uint16_t>(made.covered);
  match.excerpt = made.excerpt;
  match.seen = text.seen;
  return true;
}

// Passages of several earlier texts make up much of this one: it is tied to the
// earliest.
void TextMatcher::JudgeDigest(const Sighting& sighting, uint32_t passage_min,
                              uint32_t covered_min, TextMatch& best) {
  std::fill_n(part_.begin(), sighting.sample.size(), uint8_t{0});
  uint64_t weight = 0;
  std::array<uint32_t, kCandidatesMax> clusters;
  size_t parts = 0;
  const Candidate* first = nullptr;
  for (const Candidate& candidate : candidates_) {
    const Text& text = At(candidate.number);
    std::fill_n(own_part_.begin(), sighting.sample.size(), uint8_t{0});
    const TextComparison found = Compare(sighting, text, own_part_.data());
    const uint32_t passage =
        found.shared << std::min(found.halved + sighting.sample_rate, 16);
    if (passage < passage_min || candidate.shared < kPassagePrints) continue;
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
      first = &candidate;
    }
  }
  const uint32_t covered =
      std::min(1000u, Thousandths(weight, rare_at_least_[0]));
  if (parts < 2 || covered < covered_min) return;
  const Text& text = At(first->number);
  best.found = best.excerpt = true;
  best.text = first->number;
  best.cluster = text.cluster;
  best.provider = text.provider;
  best.similarity = best.covered = static_cast<uint16_t>(covered);
  best.seen = text.seen;
}

TextMatch TextMatcher::Find(const Sighting& sighting, uint64_t next,
                            uint32_t oldest, std::vector<uint8_t>& rare) {
  LoadQuery(sighting, rare);
  Gather(sighting, next, oldest);
  passages_.clear();
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
  for (const DigestRule& rule : kDigestRules) {
    if (best.found || candidates_.size() < 2) break;
    JudgeDigest(sighting, rule.passage, rule.covered, best);
  }
  ClearQuery(sighting);
  return best;
}

// Makes `text` of a sighting; its shingles are written from `at` on, and the
// place behind the last is returned.
uint64_t TextMatcher::Describe(const Sighting& sighting,
                               const std::vector<uint8_t>& rare, uint64_t at,
                               Text& text) {
  text = {};
  for (size_t i = 0; i < sighting.facts.size(); ++i) {
    text.contexts[i] = sighting.facts[i].context;
    text.values[i] = sighting.facts[i].value;
  }
  text.facts = static_cast<uint8_t>(sighting.facts.size());
  text.provider = sighting.provider;
  text.sample = static_cast<uint32_t>(at);
  text.rate = sighting.sample_rate;
  text.shingles = sighting.shingles;
  text.fingerprints = static_cast<uint8_t>(sighting.fingerprints.size());
  for (size_t i = 0; i < sighting.sample.size(); ++i) {
    if (!BitAt(rare, i)) continue;
    const SampledShingle& shingle = sighting.sample[i];
    samples_[at++ % samples_.size()] = Tag(shingle);
    ++text.at_least[std::min<size_t>(shingle.level, kLevels - 1)];
  }
  for (size_t level = kLevels - 1; level > 0; --level) {
    text.at_least[level - 1] += text.at_least[level];
  }
  return at;
}

size_t TextMatcher::Insert(const Sighting& sighting, const Decision& decision,
                           uint32_t oldest) {
  Text& text = texts_[decision.text % texts_.size()];
  size_t lost = text.seen != 0 && text.seen >= oldest ? 1 : 0;
  sampled_ = Describe(sighting, decision.rare, sampled_, text);
  text.cluster = static_cast<uint32_t>(decision.cluster_number);
  text.seen = std::max(decision.clock, 1u);
  for (uint64_t fingerprint : sighting.fingerprints) {
    const uint64_t out = table_.Insert(fingerprint, decision.text);
    if (out == 0 || !Valid(out, decision.text, oldest)) continue;
    Text& loser = texts_[out % texts_.size()];
    if (++loser.lost == (loser.fingerprints + 1) / 2) ++lost;
  }
  table_.Sweep(decision.text + 1);
  return lost;
}

void TextMatcher::CountShingles(const Sighting& sighting) {
  for (const SampledShingle& shingle : sighting.sample) {
    rarity_.Add(shingle.hash);
  }
}

std::vector<uint8_t> TextMatcher::RareOf(const Sighting& sighting) {
  std::vector<uint8_t> rare;
  LoadQuery(sighting, rare);
  return rare;
}

TextReport TextMatcher::Report(const Sighting& sighting, const Sighting& other,
                               const std::vector<uint8_t>& other_rare) {
  TextReport report;
  // Behind the last sample, where the next text's will go.
  Text text;
  Describe(other, other_rare, sampled_, text);
  std::vector<uint8_t> rare;
  LoadQuery(sighting, rare);
  PlaceQuery(sighting);
  std::vector<uint8_t> hits(sighting.sample.size());
  const std::vector<uint64_t>& prints = other.fingerprints;
  for (uint64_t print : sighting.fingerprints) {
    report.shared_fingerprints +=
        std::binary_search(prints.begin(), prints.end(), print) ? 1 : 0;
  }
  report.found =
      CompareFully(sighting, text, 2 * report.shared_fingerprints, hits.data());
  ClearQuery(sighting);
  report.judgement = JudgeTexts(report.found);
  for (size_t i = 0; i < hits.size(); ++i) {
    if (hits[i] != 0) {
      report.shared.push_back(i);
    } else if (BitAt(rare, i)) {
      report.missing.push_back(i);
    } else {
      report.common.push_back(i);
    }
  }
  return report;
}

}  // namespace wiredesk
