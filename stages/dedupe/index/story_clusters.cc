#include "stages/dedupe/index/story_clusters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "stages/dedupe/sketch/shingles.h"
#include "stages/dedupe/sketch/term_weight.h"

namespace wiredesk {
namespace {

constexpr size_t kFrequencySlots = size_t{1} << 18;

// Members that are looked at for their stories, and stories that are compared.
constexpr size_t kMembersLooked = 48;

// Of a member's number in a rank; the weight is above.
constexpr int kNumberBits = 48;

// How near the nearest must be, in hundred thousandths, and how much more for
// every doubling of the articles that it is the nearest of: the more there are,
// the nearer is one by chance.
constexpr uint32_t kNearEnough = 14500;
constexpr uint32_t kNearEnoughMore = 500;
constexpr uint64_t kArticlesMost = 1 << 20;

// A term that is in several of the stories compared is of their topic: with
// this many more its weight is halved.
constexpr uint32_t kTopicStories = 8;

// A story is not joined for a word that alone makes more tenths of the score.
constexpr uint64_t kOneWordTenths = 9;

// A happening is told within days; after this much more silence a story must be
// twice as near.
constexpr uint32_t kToldSeconds = 4 * 24 * 3600;
constexpr double kFadeSeconds = 60.0 * 24 * 3600;

uint64_t NumberOf(uint64_t rank) {
  return rank & ((uint64_t{1} << kNumberBits) - 1);
}

// What a term is called in the inverted index.
uint64_t PostingOf(uint32_t hash) {
  return MixHash(hash ^ 0x9fb21c651e98df25, 0xd6e8feb86659fd93) >> 24;
}

}  // namespace

StoryClusters::StoryClusters(size_t bytes)
    : stories_(std::max<size_t>(bytes / kBytesAStory, 16)),
      members_(stories_.size() * 3 / 2),
      postings_(members_.size() * kMemberTerms *
                FingerprintTable::kBucketBytes / FingerprintTable::kEntries),
      frequency_(kFrequencySlots),
      slots_(kSlots),
      hits_(kCompared * kMembersMax * kMemberTerms + 1) {
  static_assert(kCompared <= 32);
  static_assert(sizeof(Story) + 3 * sizeof(Member) / 2 +
                    3 * kMemberTerms * FingerprintTable::kBucketBytes /
                        FingerprintTable::kEntries / 2 <=
                kBytesAStory);
  static_assert(kMembersMax * kMemberTerms <= TermSums::kTermsMax);
}

void StoryClusters::Prefetch(const Sighting& sighting) const {
  for (const StoryTerm& term : sighting.terms) {
    __builtin_prefetch(&frequency_[term.hash % kFrequencySlots]);
  }
}

// A member's terms take several cache lines.
void StoryClusters::Prefetch(uint64_t number) {
  if (number == 0) return;
  const char* const member = reinterpret_cast<const char*>(&MemberAt(number));
  for (size_t at = 0; at < sizeof(Member); at += 64) {
    __builtin_prefetch(member + at);
  }
}

void StoryClusters::PrefetchInsert(const Sighting& sighting,
                                   const std::vector<uint8_t>& weights) const {
  const size_t count = std::min(weights.size(), sighting.terms.size());
  for (size_t i = 0; i < count; ++i) {
    if (weights[i] != 0) postings_.Prefetch(PostingOf(sighting.terms[i].hash));
  }
}

void StoryClusters::Weigh(const Sighting& sighting,
                          std::vector<uint8_t>& weights) {
  const uint64_t articles = articles_[0] + articles_[1];
  const size_t count = sighting.terms.size();
  weights.resize(count);
  std::array<uint8_t, 256> of_weight = {};
  for (size_t i = 0; i < count; ++i) {
    const StoryTerm& term = sighting.terms[i];
    const Frequency& frequency = frequency_[term.hash % kFrequencySlots];
    const uint64_t had = frequency.articles[0] + frequency.articles[1];
    const uint32_t weight =
        std::min(255u, Scarcity(term.word_class, had, articles) *
                           TermWorth(term.weight) / 64);
    weights[i] = static_cast<uint8_t>(weight);
    ++of_weight[weight];
  }
  if (count <= kMemberTerms) return;
  // All above the least that is kept, and the first of those that equal it.
  size_t room = kMemberTerms;
  size_t least = 255;
  while (of_weight[least] <= room) room -= of_weight[least--];
  for (uint8_t& weight : weights) {
    if (weight > least) continue;
    if (weight == least && room != 0) {
      --room;
    } else {
      weight = 0;
    }
  }
}

const StoryClusters::Member* StoryClusters::FindMember(uint64_t number,
                                                       uint32_t oldest) const {
  if (number == 0) return nullptr;
  const Member& member = members_[number % members_.size()];
  return member.number == number && member.clock >= oldest ? &member : nullptr;
}

// The members that share terms, each with the weight of what it shares: into
// ranked_, the weight in the high 16 bits, the number below.
void StoryClusters::GatherMembers(const Sighting& sighting,
                                  const std::vector<uint8_t>& weights,
                                  uint64_t next_member) {
  ranked_.clear();
  if (++stamp_ == 0) {
    for (Slot& slot : slots_) slot.stamp = 0;
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
      const auto member = static_cast<uint32_t>(numbers[j]);
      size_t at = numbers[j] * 0x9e3779b97f4a7c15 >> 53;
      while (slots_[at].stamp == stamp_ && slots_[at].member != member) {
        at = (at + 1) % kSlots;
      }
      if (slots_[at].stamp != stamp_) {
        slots_[at] = {member, stamp_, static_cast<uint16_t>(ranked_.size())};
        ranked_.push_back(numbers[j]);
      }
      ranked_[slots_[at].place] += uint64_t{weights[i]} << kNumberBits;
    }
  }
}

// Moves the best of ranked_ to the front, best first, as many as are looked at
// or a few more, and returns their number. Among those that share as much the
// later is the better.
size_t StoryClusters::RankBest() {
  constexpr int kStep = kNumberBits + 5;
  constexpr size_t kSteps = 256;
  std::array<uint16_t, kSteps> of_step = {};
  for (uint64_t rank : ranked_) ++of_step[std::min(rank >> kStep, kSteps - 1)];
  size_t step = kSteps - 1;
  size_t count = of_step[step];
  while (step > 0 && count < kMembersLooked) count += of_step[--step];
  const auto end = std::partition(
      ranked_.begin(), ranked_.end(),
      [step](uint64_t rank) { return rank >= uint64_t{step} << kStep; });
  std::sort(ranked_.begin(), end, std::greater<>());
  return end - ranked_.begin();
}

// The stories of the members that share most; of as many members as are to be
// looked at, not counting those that are too old, for another replica may never
// have seen them.
void StoryClusters::GatherStories(uint64_t next_story, uint32_t oldest) {
  candidates_.clear();
  const size_t best = RankBest();
  for (size_t i = 0; i < std::min(best, kMembersLooked); ++i) {
    __builtin_prefetch(&MemberAt(NumberOf(ranked_[i])).number);
  }
  size_t looked = 0;
  for (size_t i = 0; i < ranked_.size() && looked < kMembersLooked; ++i) {
    if (i == best) {
      std::sort(ranked_.begin() + static_cast<ptrdiff_t>(i), ranked_.end(),
                std::greater<>());
    }
    const Member* member = FindMember(NumberOf(ranked_[i]), oldest);
    if (member == nullptr) continue;
    ++looked;
    if (Get(member->story, next_story, oldest) == nullptr) continue;
    if (std::find(candidates_.begin(), candidates_.end(), member->story) !=
        candidates_.end()) {
      continue;
    }
    candidates_.push_back(member->story);
    for (uint64_t number : StoryAt(member->story).members) Prefetch(number);
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

// Where the article's terms are in the stories that are compared.
void StoryClusters::CollectHits(uint32_t oldest) {
  compared_.clear();
  in_stories_.fill(0);
  size_t count = 0;
  for (size_t s = 0; s < candidates_.size(); ++s) {
    const Story& story = StoryAt(candidates_[s]);
    Compared compared = {count, count, 0};
    for (uint64_t number : story.members) {
      const Member* member = FindMember(number, oldest);
      if (member == nullptr) continue;
      compared.first_member = number;
      const uint32_t terms = member->terms;
      // No branches: most terms are not in the article.
      for (uint32_t i = 0; i < terms; ++i) {
        const size_t term = query_.Find(member->hash[i]);
        hits_[count] = {static_cast<uint8_t>(term), member->weight[i]};
        in_stories_[term] |= uint32_t{1} << s;
        count += term != 0 ? 1 : 0;
      }
    }
    compared.end = count;
    compared_.push_back(compared);
  }
}

// What tells stories of one topic apart counts in full.
void StoryClusters::WeighTopics(const std::vector<uint8_t>& weights) {
  size_t term = 0;
  for (uint8_t weight : weights) {
    if (weight == 0) continue;
    ++term;
    const auto stories =
        static_cast<uint32_t>(__builtin_popcount(in_stories_[term]));
    topic_weight_[term] = kWeightUnit * kTopicStories * weight /
                          (kTopicStories + std::max(stories, 1u) - 1);
  }
}

double StoryClusters::Score(size_t candidate, double norm, uint32_t clock,
                            uint32_t oldest) {
  const Story& story = StoryAt(candidates_[candidate]);
  const Compared& compared = compared_[candidate];
  std::array<uint64_t, kMemberTerms + 1> products = {};
  uint64_t dot = 0;
  uint64_t strongest = 0;
  for (size_t i = compared.begin; i < compared.end; ++i) {
    const Hit& hit = hits_[i];
    const uint64_t product = uint64_t{topic_weight_[hit.term]} * hit.weight;
    dot += product;
    products[hit.term] += product;
    strongest = std::max(strongest, products[hit.term]);
  }
  // A ferry that sank and a ferry line that opens share a word of both
  // headlines and little else.
  if (dot == 0 || 10 * strongest > kOneWordTenths * dot) return 0;
  const uint64_t square = compared.first_member == story.first_valid
                              ? story.square
                              : SquareOf(story, oldest);
  const double cosine =
      static_cast<double>(dot) /
      (kWeightUnit * norm * std::sqrt(static_cast<double>(square)));
  const double silence = clock > story.state.touched + kToldSeconds
                             ? clock - story.state.touched - kToldSeconds
                             : 0;
  return cosine / (1 + silence / kFadeSeconds);
}

double StoryClusters::NearEnough() const {
  const uint64_t articles =
      std::clamp<uint64_t>(articles_[0] + articles_[1], 16, kArticlesMost);
  // In whole numbers, which are the same on every machine.
  const auto parts = kNearEnough + kNearEnoughMore * Log16(articles) / 16;
  return static_cast<double>(parts) / 100000.0;
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
  CollectHits(oldest);
  WeighTopics(weights);
  const double norm = std::sqrt(static_cast<double>(square));
  StoryMatch match;
  double best = NearEnough();
  for (size_t i = 0; i < candidates_.size(); ++i) {
    const uint64_t number = candidates_[i];
    const double score = Score(i, norm, clock, oldest);
    if (score < best) continue;
    if (score == best && match.story != 0 && number > match.story) continue;
    best = score;
    match.closeness = static_cast<uint16_t>(std::min(1000.0, 1000 * score));
    match.story = number;
  }
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
  Story& story = StoryAt(decision.story_number);
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
  if (decision.verdict == Verdict::kNew) {
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
