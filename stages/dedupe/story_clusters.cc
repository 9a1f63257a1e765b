#include "stages/dedupe/story_clusters.h"

#include <algorithm>
#include <cmath>

#include "stages/dedupe/shingles.h"
#include "stages/dedupe/term_weight.h"

namespace wiredesk {
namespace {

constexpr size_t kFrequencySlots = size_t{1} << 18;

// Members that are looked at for their stories, and stories that are compared.
constexpr size_t kMembersLooked = 16;
constexpr size_t kCompared = 5;

constexpr double kThreshold = 0.14;

// After this much silence a story must be twice as near.
constexpr double kFadeSeconds = 60.0 * 24 * 3600;

// What a term is called in the inverted index.
uint64_t PostingOf(uint32_t hash) {
  return MixHash(hash ^ 0x9fb21c651e98df25, 0xd6e8feb86659fd93) >> 24;
}

}  // namespace

void StoryClusters::TermSums::Clear() {
  seen_.fill(0);
  if (++stamp_ != 0) return;
  slots_ = {};
  stamp_ = 1;
}

size_t StoryClusters::TermSums::Place(uint32_t hash) const {
  size_t at = hash % kTermSlots;
  while (slots_[at].stamp == stamp_ && slots_[at].hash != hash) {
    at = (at + 1) % kTermSlots;
  }
  return at;
}

uint32_t StoryClusters::TermSums::Add(uint32_t hash, uint32_t weight) {
  seen_[hash / 64 % seen_.size()] |= uint64_t{1} << (hash % 64);
  Slot& slot = slots_[Place(hash)];
  if (slot.stamp != stamp_) slot = {hash, 0, stamp_};
  slot.weight += weight;
  return slot.weight - weight;
}

StoryClusters::StoryClusters(size_t bytes)
    : stories_(std::max<size_t>(bytes / kBytesAStory, 16)),
      members_(stories_.size() * 3 / 2),
      postings_(members_.size() * kMemberTerms *
                FingerprintTable::kBucketBytes / FingerprintTable::kEntries),
      frequency_(kFrequencySlots),
      found_slots_(kFoundSlots) {
  static_assert(sizeof(Story) + 3 * sizeof(Member) / 2 +
                    3 * kMemberTerms * FingerprintTable::kBucketBytes /
                        FingerprintTable::kEntries / 2 <=
                kBytesAStory);
  static_assert(kMembersMax * kMemberTerms < kTermSlots);
}

void StoryClusters::Prefetch(const Sighting& sighting) const {
  for (const StoryTerm& term : sighting.terms) {
    __builtin_prefetch(&frequency_[term.hash % kFrequencySlots]);
  }
}

void StoryClusters::Weigh(const Sighting& sighting,
                          std::vector<uint8_t>& weights) {
  const uint64_t articles = articles_[0] + articles_[1];
  const size_t count = sighting.terms.size();
  weights.resize(count);
  order_.clear();
  for (size_t i = 0; i < count; ++i) {
    const StoryTerm& term = sighting.terms[i];
    const Frequency& frequency = frequency_[term.hash % kFrequencySlots];
    const uint64_t had = frequency.articles[0] + frequency.articles[1];
    const uint32_t weight =
        std::min(255u, Scarcity(term.word_class, had, articles) *
                           TermWorth(term.weight) / 64);
    weights[i] = static_cast<uint8_t>(weight);
    order_.push_back((255 - weight) << 8 | static_cast<uint32_t>(i));
  }
  if (count <= kMemberTerms) return;
  std::nth_element(order_.begin(), order_.begin() + kMemberTerms, order_.end());
  for (size_t i = kMemberTerms; i < count; ++i) weights[order_[i] & 255] = 0;
}

const StoryClusters::Member* StoryClusters::FindMember(uint64_t number,
                                                       uint32_t oldest) const {
  if (number == 0) return nullptr;
  const Member& member = members_[number % members_.size()];
  return member.number == number && member.clock >= oldest ? &member : nullptr;
}

// The members that share terms, each with the weight of what it shares.
void StoryClusters::GatherMembers(const Sighting& sighting,
                                  const std::vector<uint8_t>& weights,
                                  uint64_t next_member) {
  found_.clear();
  if (++stamp_ == 0) {
    for (Found& found : found_slots_) found.stamp = 0;
    stamp_ = 1;
  }
  for (size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] != 0) postings_.Prefetch(PostingOf(sighting.terms[i].hash));
  }
  uint64_t numbers[FingerprintTable::kEntries];
  for (size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) continue;
    const size_t count =
        postings_.Find(PostingOf(sighting.terms[i].hash), next_member, numbers);
    for (size_t j = 0; j < count; ++j) {
      size_t at = numbers[j] * 0x9e3779b97f4a7c15 >> 53;
      while (found_slots_[at].stamp == stamp_ &&
             found_slots_[at].member != numbers[j]) {
        at = (at + 1) % kFoundSlots;
      }
      if (found_slots_[at].stamp != stamp_) {
        found_slots_[at] = {numbers[j], 0, stamp_};
        found_.push_back(static_cast<uint32_t>(at));
      }
      found_slots_[at].score += weights[i];
    }
  }
}

// The stories of the members that share most; of as many members as are to be
// looked at, not counting those that are too old, for another replica may never
// have seen them.
void StoryClusters::GatherStories(uint64_t next_story, uint32_t oldest) {
  const auto more = [this](uint32_t a, uint32_t b) {
    const Found& x = found_slots_[a];
    const Found& y = found_slots_[b];
    return x.score != y.score ? x.score > y.score : x.member > y.member;
  };
  candidates_.clear();
  size_t looked = 0;
  for (size_t i = 0; i < found_.size() && looked < kMembersLooked; ++i) {
    if (i % kMembersLooked == 0) {
      const size_t end = std::min(found_.size(), i + kMembersLooked);
      if (end < found_.size()) {
        std::nth_element(found_.begin() + i, found_.begin() + end, found_.end(),
                         more);
      }
      std::sort(found_.begin() + i, found_.begin() + end, more);
      for (size_t j = i; j < end; ++j) {
        __builtin_prefetch(&MemberAt(found_slots_[found_[j]].member).number);
      }
    }
    const Member* member = FindMember(found_slots_[found_[i]].member, oldest);
    if (member == nullptr) continue;
    ++looked;
    if (Get(member->story, next_story, oldest) == nullptr) continue;
    if (std::find(candidates_.begin(), candidates_.end(), member->story) !=
        candidates_.end()) {
      continue;
    }
    candidates_.push_back(member->story);
    if (candidates_.size() == kCompared) return;
  }
}

// The square of the length of the sum of the members that are young enough.
uint64_t StoryClusters::SquareOf(const Story& story, uint32_t oldest) {
  sums_.Clear();
  uint64_t square = 0;
  for (uint64_t number : story.members) {
    const Member* member = FindMember(number, oldest);
    if (member == nullptr) continue;
    for (uint32_t i = 0; i < member->terms; ++i) {
      const uint64_t weight = member->weight[i];
      const uint64_t before = sums_.Add(member->hash[i], member->weight[i]);
      square += weight * (weight + 2 * before);
    }
  }
  return square;
}

double StoryClusters::Score(const Story& story, double norm, uint32_t clock,
                            uint32_t oldest) {
  uint64_t dot = 0;
  uint64_t first = 0;
  for (uint64_t number : story.members) {
    const Member* member = FindMember(number, oldest);
    if (member == nullptr) continue;
    first = number;
    for (uint32_t i = 0; i < member->terms; ++i) {
      dot += static_cast<uint64_t>(query_.Get(member->hash[i])) *
             member->weight[i];
    }
  }
  if (dot == 0) return 0;
  const uint64_t square =
      first == story.first_valid ? story.square : SquareOf(story, oldest);
  const double cosine = static_cast<double>(dot) /
                        (norm * std::sqrt(static_cast<double>(square)));
  const double silence =
      clock > story.state.touched ? clock - story.state.touched : 0;
  return cosine / (1 + silence / kFadeSeconds);
}

StoryMatch StoryClusters::Find(const Sighting& sighting,
                               const std::vector<uint8_t>& weights,
                               uint64_t next_story, uint64_t next_member,
                               uint32_t clock, uint32_t oldest) {
  GatherMembers(sighting, weights, next_member);
  GatherStories(next_story, oldest);
  query_.Clear();
  uint64_t square = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) continue;
    query_.Add(sighting.terms[i].hash, weights[i]);
    square += static_cast<uint64_t>(weights[i]) * weights[i];
  }
  const double norm = std::sqrt(static_cast<double>(square));
  StoryMatch match;
  double best = 0;
  for (uint64_t number : candidates_) {
    const double score =
        Score(stories_[number % stories_.size()], norm, clock, oldest);
    if (score < best || score == 0) continue;
    if (score == best && number > match.story) continue;
    best = score;
    match.closeness = static_cast<uint16_t>(std::min(1000.0, 1000 * score));
    match.story = number;
  }
  if (best < kThreshold) match.story = 0;
  return match;
}

const StoryState* StoryClusters::Get(uint64_t number, uint64_t next,
                                     uint32_t oldest) const {
  if (number == 0 || number >= next || next - number >= stories_.size()) {
    return nullptr;
  }
  const StoryState& state = stories_[number % stories_.size()].state;
  return state.number == number && state.touched >= oldest ? &state : nullptr;
}

size_t StoryClusters::Insert(const Sighting& sighting, const Decision& decision,
                             uint32_t oldest) {
  Story& story = stories_[decision.story_number % stories_.size()];
  if (story.state.number > decision.story_number) return 0;
  size_t lost = 0;
  if (story.state.number != decision.story_number) {
    lost = story.state.number != 0 && story.state.touched >= oldest ? 1 : 0;
    story = {};
  }
  story.state.id = decision.story;
  story.state.number = decision.story_number;
  story.state.size = decision.story_size;
  story.state.touched = decision.clock;
  story.state.first_seen = decision.first_seen;
  if (decision.verdict == SightingVerdict::kNew) {
    AddMember(sighting, decision, story);
  }
  return lost;
}

void StoryClusters::AddMember(const Sighting& sighting,
                              const Decision& decision, Story& story) {
  const uint64_t number = decision.cluster_number;
  Member& member = MemberAt(number);
  member.number = number;
  member.story = decision.story_number;
  member.clock = std::max(decision.clock, 1u);
  member.terms = 0;
  const size_t count =
      std::min(sighting.terms.size(), decision.term_weights.size());
  for (size_t i = 0; i < count && member.terms < kMemberTerms; ++i) {
    if (decision.term_weights[i] == 0) continue;
    member.hash[member.terms] = sighting.terms[i].hash;
    member.weight[member.terms++] = decision.term_weights[i];
    postings_.Insert(PostingOf(sighting.terms[i].hash), number);
  }
  postings_.Sweep(number + 1);
  std::copy_backward(story.members.begin(), story.members.end() - 1,
                     story.members.end());
  story.members[0] = number;
  story.first_valid = 0;
  for (uint64_t one : story.members) {
    if (FindMember(one, 1) != nullptr) story.first_valid = one;
  }
  story.square = SquareOf(story, 1);
}

void StoryClusters::CountTerms(const Sighting& sighting) {
  const uint32_t half = generation_ & 1;
  ++articles_[half];
  for (const StoryTerm& term : sighting.terms) {
    ++frequency_[term.hash % kFrequencySlots].articles[half];
  }
}

void StoryClusters::Turn(uint32_t generation) {
  if (generation == generation_) return;
  const bool next = generation == generation_ + 1;
  generation_ = generation;
  for (uint32_t half : {generation & 1, ~generation & 1}) {
    if (half != (generation & 1) && next) continue;
    for (size_t i = 0; i < kFrequencySlots; ++i) {
      frequency_[i].articles[half] = 0;
    }
    articles_[half] = 0;
  }
}

}  // namespace wiredesk
