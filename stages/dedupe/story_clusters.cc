#include "stages/dedupe/story_clusters.h"

#include <algorithm>
#include <cmath>

namespace wiredesk {
namespace {

constexpr size_t kFrequencySlots = size_t{1} << 18;
constexpr size_t kWeighedMax = 32;   // terms of a member
constexpr size_t kMembersMax = 6;    // of a story's vector
constexpr size_t kPostingsMax = 24;  // stories remembered for a term
constexpr size_t kCompared = 8;
constexpr size_t kSlots = 2048;  // more than terms times stories for a term
constexpr double kThreshold = 0.16;

// After this much silence a story must be that much nearer.
constexpr double kFadeSeconds = 60.0 * 24 * 3600;

// 16 * log2(value), by the leading bits: the same on every machine.
uint32_t Log16(uint64_t value) {
  if (value == 0) return 0;
  const int high = 63 - __builtin_clzll(value);
  const uint64_t rest = high >= 4 ? value >> (high - 4) : value << (4 - high);
  return static_cast<uint32_t>(16 * high + (rest & 15));
}

std::vector<StoryTerm> Weighed(const Sighting& sighting,
                               const std::vector<uint8_t>& weights) {
  std::vector<StoryTerm> terms;
  for (size_t i = 0; i < sighting.terms.size() && i < weights.size(); ++i) {
    if (weights[i] != 0) terms.push_back({sighting.terms[i].hash, weights[i]});
  }
  std::sort(
      terms.begin(), terms.end(),
      [](const StoryTerm& a, const StoryTerm& b) { return a.hash < b.hash; });
  return terms;
}

}  // namespace

StoryClusters::StoryClusters(size_t stories)
    : stories_(std::max<size_t>(stories, 16)) {
  for (auto& counters : frequency_) counters.resize(kFrequencySlots);
}

std::vector<uint8_t> StoryClusters::Weigh(const Sighting& sighting) const {
  const uint64_t articles = articles_[0] + articles_[1];
  std::vector<uint8_t> weights(sighting.terms.size());
  std::vector<std::pair<uint32_t, size_t>> order;
  for (size_t i = 0; i < sighting.terms.size(); ++i) {
    const size_t slot = sighting.terms[i].hash % kFrequencySlots;
    const uint64_t had = frequency_[0][slot] + frequency_[1][slot];
    const uint32_t scarce =
        Log16(16 * (articles + 20)) -
        std::min(Log16(16 * had + 8), Log16(16 * (articles + 20)));
    const uint32_t often = 16 + Log16(sighting.terms[i].weight);
    const uint32_t weight = std::min(255u, scarce * often / 64);
    weights[i] = static_cast<uint8_t>(weight);
    order.emplace_back(~weight, i);
  }
  std::sort(order.begin(), order.end());
  for (size_t i = kWeighedMax; i < order.size(); ++i) {
    weights[order[i].second] = 0;
  }
  return weights;
}

void StoryClusters::Sum(Story& story) {
  std::vector<StoryTerm32> all;
  for (const Member& member : story.members) {
    for (const StoryTerm& term : member.terms) {
      all.push_back({term.hash, term.weight});
    }
  }
  std::sort(all.begin(), all.end(),
            [](const StoryTerm32& a, const StoryTerm32& b) {
              return a.hash < b.hash;
            });
  story.sum.clear();
  for (const StoryTerm32& term : all) {
    if (story.sum.empty() || story.sum.back().hash != term.hash) {
      story.sum.push_back({term.hash, 0});
    }
    story.sum.back().weight += term.weight;
  }
  uint64_t square = 0;
  for (const StoryTerm32& term : story.sum) {
    square += static_cast<uint64_t>(term.weight) * term.weight;
  }
  story.norm = std::sqrt(static_cast<double>(square));
}

double StoryClusters::Cosine(const std::vector<StoryTerm>& terms, double norm,
                             const Story& story) {
  uint64_t dot = 0;
  size_t t = 0;
  for (const StoryTerm32& term : story.sum) {
    while (t < terms.size() && terms[t].hash < term.hash) ++t;
    if (t == terms.size()) break;
    if (terms[t].hash == term.hash) {
      dot += static_cast<uint64_t>(term.weight) * terms[t].weight;
    }
  }
  return dot == 0 ? 0 : static_cast<double>(dot) / (norm * story.norm);
}

// Finds the stories that have these terms, each with a rough score.
void StoryClusters::Gather(const std::vector<StoryTerm>& terms, uint64_t next,
                           uint32_t oldest) {
  scores_.clear();
  slots_.assign(kSlots, 0);
  for (const StoryTerm& term : terms) {
    const auto list = postings_.find(term.hash);
    if (list == postings_.end()) continue;
    for (const Posting& posting : list->second) {
      if (posting.clock < oldest) continue;
      size_t at = posting.story * 0x9e3779b97f4a7c15 >> 53;
      while (slots_[at] != 0 &&
             scores_[slots_[at] - 1].story != posting.story) {
        at = (at + 1) % kSlots;
      }
      if (slots_[at] == 0) {
        scores_.push_back({posting.story, 0});
        slots_[at] = static_cast<uint32_t>(scores_.size());
      }
      scores_[slots_[at] - 1].score += term.weight;
    }
  }
  const auto gone = [&](const Score& score) {
    return Get(score.story, next, oldest) == nullptr;
  };
  scores_.erase(std::remove_if(scores_.begin(), scores_.end(), gone),
                scores_.end());
}

StoryMatch StoryClusters::Find(const Sighting& sighting,
                               const std::vector<uint8_t>& weights,
                               uint64_t next, uint32_t clock, uint32_t oldest) {
  const std::vector<StoryTerm> terms = Weighed(sighting, weights);
  uint64_t square = 0;
  for (const StoryTerm& term : terms) {
    square += static_cast<uint64_t>(term.weight) * term.weight;
  }
  Gather(terms, next, oldest);
  const size_t compared = std::min(scores_.size(), kCompared);
  std::partial_sort(scores_.begin(), scores_.begin() + compared, scores_.end(),
                    [](const Score& a, const Score& b) {
                      return a.score != b.score ? a.score > b.score
                                                : a.story < b.story;
                    });
  StoryMatch match;
  double best = 0;
  const double norm = std::sqrt(static_cast<double>(square));
  for (size_t i = 0; i < compared; ++i) {
    Story& story = SlotOf(scores_[i].story);
    const size_t before = story.members.size();
    while (!story.members.empty() && story.members[0].clock < oldest) {
      story.members.erase(story.members.begin());
    }
    if (story.members.size() != before) Sum(story);
    const double silence =
        clock > story.state.touched ? clock - story.state.touched : 0;
    const double score =
        Cosine(terms, norm, story) / (1 + silence / kFadeSeconds);
    if (score <= best) continue;
    best = score;
    match.closeness = static_cast<uint16_t>(std::min(1000.0, 1000 * score));
    match.story = score >= kThreshold ? scores_[i].story : 0;
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

void StoryClusters::Insert(const Sighting& sighting, const Decision& decision,
                           bool adds) {
  Story& story = SlotOf(decision.story_number);
  if (story.state.number > decision.story_number) return;
  if (story.state.number != decision.story_number) Forget(story);
  story.state.id = decision.story;
  story.state.number = decision.story_number;
  story.state.size = decision.story_size;
  story.state.touched = decision.clock;
  story.state.first_seen = decision.first_seen;
  if (adds) AddMember(sighting, decision, story);
}

void StoryClusters::AddMember(const Sighting& sighting,
                              const Decision& decision, Story& story) {
  if (story.members.size() == kMembersMax) {
    story.members.erase(story.members.begin());
  }
  story.members.push_back(
      {decision.clock, Weighed(sighting, decision.term_weights)});
  for (const StoryTerm& term : story.members.back().terms) {
    AddPosting(term.hash, decision.story_number, decision.clock);
  }
  Sum(story);
}

void StoryClusters::AddPosting(uint32_t term, uint64_t story, uint32_t clock) {
  std::vector<Posting>& list = postings_[term];
  for (auto it = list.begin(); it != list.end(); ++it) {
    if (it->story == story) {
      list.erase(it);
      break;
    }
  }
  if (list.size() == kPostingsMax) list.erase(list.begin());
  list.push_back({story, clock});
}

void StoryClusters::Forget(Story& story) {
  for (const Member& member : story.members) {
    for (const StoryTerm& term : member.terms) {
      const auto found = postings_.find(term.hash);
      if (found == postings_.end()) continue;
      std::vector<Posting>& list = found->second;
      for (auto it = list.begin(); it != list.end(); ++it) {
        if (it->story == story.state.number) {
          list.erase(it);
          break;
        }
      }
      if (list.empty()) postings_.erase(found);
    }
  }
  story = {};
}

void StoryClusters::CountTerms(const Sighting& sighting) {
  const uint32_t half = generation_ & 1;
  ++articles_[half];
  for (const StoryTerm& term : sighting.terms) {
    ++frequency_[half][term.hash % kFrequencySlots];
  }
}

void StoryClusters::Turn(uint32_t generation) {
  if (generation == generation_) return;
  const bool next = generation == generation_ + 1;
  generation_ = generation;
  for (uint32_t half : {generation & 1, ~generation & 1}) {
    if (half != (generation & 1) && next) continue;
    std::fill(frequency_[half].begin(), frequency_[half].end(), 0);
    articles_[half] = 0;
  }
}

}  // namespace wiredesk
