// Subjects by weighted terms.
//
// The terms of all topics are one table from the hash of each term's anchor,
// its longest word, to the terms that have it (postings). One pass over the
// words of an article looks each up and compares the other words; all that is
// found is counted by term, so that a word said ten times does not decide
// alone:
//
//   weight of a topic = sum over its terms of weight * (1 + ln(count) / 2)
//
// with a headline's words counted twice. A term inside of a longer one, or of a
// name, does not count. A topic of the top level adds up its own weight and
// a part of its narrower ones'; the heaviest comes first, each followed by its
// narrower ones. In a brief text, such as a headline with its lead, little is
// enough, but the first must outweigh the second. The score is
// 1 - exp(-weight / 4).
//
// Example: "cyber exercise" in the headline and "cyber threats" twice in the
// body weigh 2 * 1.35 + 2 * 1.35 for "cyber security": score 0.74.
//
// After Salton's weighted terms, with weights written by hand so that an
// operator can read why. Tested by topics_test.cc.

#include "stages/tag/topics/topics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace wiredesk {
namespace {

// A topic of less weight is not found.
constexpr float kThreshold = 2.0F;
// The same in a text of few words, where each says more.
constexpr float kBriefThreshold = 1.2F;
constexpr size_t kBriefWords = 100;
// What a single term must weigh there.
constexpr float kOneTerm = 1.4F;
// By how much the first topic of a brief text must outweigh the second.
constexpr float kLead = 1.3F;
// A further topic of the top level weighs at least this much of the first.
constexpr float kSecond = 0.5F;
// Narrower topics that are given with one of the top level.
constexpr size_t kChildrenMax = 3;
// What somebody who is named adds to the topic that is theirs.
constexpr float kVote = 1.2F;
constexpr size_t kVotesMax = 2;
// What a narrower topic's weight adds to its parent.
constexpr float kInherited = 0.65F;
// Divides a weight into a score.
constexpr float kScale = 4.0F;
constexpr uint32_t kMaxEvidence = 5;

// By how much more a term weighs that was found so often.
float Damped(uint32_t count) {
  static const auto damped = [] {
    std::array<float, 64> table = {};
    for (size_t n = 1; n < table.size(); ++n) {
      table[n] = 1 + 0.5F * std::log(static_cast<float>(n));
    }
    return table;
  }();
  return count < damped.size() ? damped[count]
                               : 1 + 0.5F * std::log(static_cast<float>(count));
}

// Whether word `i` is the first of a name that nobody knows, "Union Bakery";
// not a title before one that is known.
bool OpensName(absl::Span<const Word> words, size_t i,
               absl::Span<const TopicName> names) {
  const auto capital = [&](size_t at) {
    return (words[at].flags & (kWordCapital | kWordAllCaps)) == kWordCapital;
  };
  if (i + 1 >= words.size() || !capital(i) || !capital(i + 1) ||
      !IsPlain(words.data()[i + 1])) {
    return false;
  }
  const uint32_t next = words[i + 1].begin;
  const auto* const at = std::lower_bound(
      names.begin(), names.end(), next,
      [](const TopicName& one, uint32_t begin) { return one.begin < begin; });
  return at == names.end() || at->begin != next;
}

}  // namespace

const TopicInfo* TopicSet::Lookup(absl::string_view id) const {
  for (const TopicInfo& topic : topics_) {
    if (topic.id == id || topic.slug == id) return &topic;
  }
  return nullptr;
}

float TopicSet::Weight(absl::string_view slug,
                       const TopicScratch& scratch) const {
  const TopicInfo* const topic = Lookup(slug);
  if (topic == nullptr || scratch.scores.empty()) return 0;
  return scratch.scores[static_cast<size_t>(topic - topics_.data())];
}

// Whether the term, of several words, stands around word `i`, its anchor.
bool TopicSet::Holds(const Posting& posting, absl::Span<const Word> words,
                     size_t i) const {
  if (i < posting.anchor || i - posting.anchor + posting.count > words.size()) {
    return false;
  }
  const size_t beside = posting.anchor > 0 ? i - 1 : i + 1;
  if (words[beside].hash != posting.beside) return false;
  const Word* const first = &words[i - posting.anchor];
  for (size_t k = 0; k < posting.count; ++k) {
    if (first[k].hash != words_[posting.words_begin + k]) return false;
  }
  return true;
}

void TopicSet::MarkWords(WordMarker& marker) const {
  anchors_.ForEachKey([&marker](uint64_t hash, const PostingRange& /*range*/) {
    marker.Add(hash, kWordNoTopic);
  });
}

// Which words a text holds cannot be foretold, and a mistaken guess costs as
// much as looking at a word. So what is beside the anchors is looked at without
// a branch first, which leaves one in five.
void TopicSet::FindAnchors(absl::Span<const Word> words,
                           TopicScratch& scratch) const {
  if (scratch.anchors.size() < words.size()) {
    scratch.anchors.resize(words.size());
  }
  const Word* const all = words.data();
  const size_t last = words.size() - 1;
  static constexpr PostingRange kNothing;
  TopicScratch::Anchor* end = scratch.anchors.data();
  ForEachWithout(words, kWordNoTopic, [&](size_t i) {
    const PostingRange* range = anchors_.FindLikely(all[i].hash);
    if (range == nullptr) range = &kNothing;
    // At either end of the text the word itself stands in for what is not
    // there; Holds() looks closer.
    const uint32_t beside =
        (BesideBit(all[i - (i > 0 ? 1 : 0)].hash) & range->before) |
        (BesideBit(all[i + (i < last ? 1 : 0)].hash) & range->behind);
    *end = {static_cast<uint32_t>(i), range->begin, range->end, beside != 0};
    end += static_cast<unsigned>(beside != 0) |
           static_cast<unsigned>(range->single);
    return i + 1;
  });
  scratch.anchor_count = end - scratch.anchors.data();
}

void TopicSet::Collect(absl::Span<const Word> words, bool headline,
                       absl::Span<const TopicName> names,
                       TopicScratch& scratch) const {
  if (words.empty()) return;
  FindAnchors(words, scratch);
  for (size_t a = 0; a < scratch.anchor_count; ++a) {
    const TopicScratch::Anchor& anchor = scratch.anchors[a];
    const uint32_t i = anchor.word;
    for (uint32_t term = anchor.begin; term < anchor.end; ++term) {
      const Posting& posting = postings_[term];
      if (posting.count > 1 && (!anchor.beside || !Holds(posting, words, i))) {
        continue;
      }
      const Word& first = words[i - posting.anchor];
      const Word& last = words[i - posting.anchor + posting.count - 1];
      if (posting.count == 1 && !headline && OpensName(words, i, names)) {
        continue;
      }
      scratch.hits.push_back({posting.topic,
                              term,
                              {headline ? Field::kHeadline : Field::kBody,
                               first.begin, last.begin + last.length},
                              posting.count});
    }
  }
}

// A term inside of a longer one is not meant: the "union" of "European Union".
void TopicSet::KeepLongest(TopicScratch& scratch) {
  const auto begin = scratch.hits.begin() + scratch.hit_count;
  std::sort(begin, scratch.hits.end(),
            [](const TopicScratch::Hit& a, const TopicScratch::Hit& b) {
              if (a.at.begin != b.at.begin) return a.at.begin < b.at.begin;
              if (a.at.end != b.at.end) return a.at.end > b.at.end;
              return a.term < b.term;
            });
  uint32_t longest_begin = 0;
  uint32_t longest_end = 0;
  const auto inside = [&](const TopicScratch::Hit& hit) {
    if (hit.at.end <= longest_end) {
      return hit.at.end - hit.at.begin < longest_end - longest_begin;
    }
    longest_begin = hit.at.begin;
    longest_end = hit.at.end;
    return false;
  };
  // Each in order, since what is inside depends on what stood before.
  auto to = begin;
  for (auto from = begin; from != scratch.hits.end(); ++from) {
    if (!inside(*from)) *to++ = *from;
  }
  scratch.hits.erase(to, scratch.hits.end());
}

void TopicSet::DropInNames(absl::Span<const TopicName> names,
                           TopicScratch& scratch) {
  size_t name = 0;
  const auto inside = [&](const TopicScratch::Hit& hit) {
    while (name < names.size() && names[name].end <= hit.at.begin) ++name;
    if (name == names.size() || names[name].begin > hit.at.begin ||
        names[name].end < hit.at.end) {
      return false;
    }
    const TopicName& in = names[name];
    const bool whole = in.begin == hit.at.begin && in.end == hit.at.end;
    return whole ? in.person : !(in.organization && hit.words > 1);
  };
  auto to = scratch.hits.begin() + scratch.hit_count;
  for (auto from = to; from != scratch.hits.end(); ++from) {
    if (!inside(*from)) *to++ = *from;
  }
  scratch.hits.erase(to, scratch.hits.end());
}

void TopicSet::Count(bool headline, TopicScratch& scratch) const {
  for (size_t i = scratch.hit_count; i < scratch.hits.size(); ++i) {
    uint32_t& count = scratch.term_counts[scratch.hits[i].term];
    if (count == 0) scratch.touched_terms.push_back(scratch.hits[i].term);
    count += headline ? 2 : 1;
  }
  scratch.hit_count = scratch.hits.size();
}

// The weight of each topic, and the totals of those of the top level.
void TopicSet::Weigh(absl::Span<const absl::string_view> votes,
                     TopicScratch& scratch) const {
  const auto add = [&scratch](uint32_t topic, float weight) {
    float& score = scratch.scores[topic];
    if (score == 0) scratch.touched.push_back(topic);
    score += weight;
  };
  scratch.totals.clear();
  const auto add_total = [&](uint32_t topic, float weight) {
    const uint32_t top = TopOf(topic);
    const float part = weight * (top == topic ? 1 : kInherited);
    const auto known = std::find_if(
        scratch.totals.begin(), scratch.totals.end(),
        [top](const TopicScratch::Total& one) { return one.topic == top; });
    if (known != scratch.totals.end()) {
      known->weight += part;
      ++known->terms;
    } else {
      scratch.totals.push_back({top, part, 1});
    }
  };
  for (const uint32_t term : scratch.touched_terms) {
    const Posting& posting = postings_[term];
    const float weight = posting.weight * Damped(scratch.term_counts[term]);
    add(posting.topic, weight);
    if (posting.adds) add_total(posting.topic, weight);
    scratch.term_counts[term] = 0;
  }
  for (size_t i = 0; i < std::min(votes.size(), kVotesMax); ++i) {
    const TopicInfo* const topic = Lookup(votes[i]);
    if (topic == nullptr) continue;
    add(static_cast<uint32_t>(topic - topics_.data()), kVote);
    add_total(static_cast<uint32_t>(topic - topics_.data()), kVote);
  }
  std::sort(scratch.touched.begin(), scratch.touched.end());
  std::sort(scratch.totals.begin(), scratch.totals.end(),
            [](const TopicScratch::Total& a, const TopicScratch::Total& b) {
              if (a.weight != b.weight) return a.weight > b.weight;
              return a.topic < b.topic;
            });
}

void TopicSet::Add(uint32_t topic, float weight, TopicScratch& scratch) const {
  FoundTopic found;
  found.topic = &topics_[topic];
  found.score = 1 - std::exp(-weight / kScale);
  scratch.found.push_back(found);
}

// The topics of the top level that weigh enough, each followed by its narrower
// ones. In a short text one that hardly weighs more than the next says nothing.
void TopicSet::Choose(size_t words, size_t topics_max,
                      TopicScratch& scratch) const {
  if (scratch.totals.empty()) return;
  const bool brief = words <= kBriefWords;
  // A long text says more of everything.
  const float length = std::max(1.0F, 0.7F + static_cast<float>(words) / 1000);
  const float best = scratch.totals[0].weight;
  if (brief) {
    const bool leads =
        scratch.totals.size() < 2 || best >= kLead * scratch.totals[1].weight;
    // One weak term in the body is chance.
    const bool chance = scratch.totals[0].terms == 1 && best < kOneTerm;
    if (!leads || chance) return;
  }
  const float enough = length * (brief ? kBriefThreshold : kThreshold);
  for (const TopicScratch::Total& total : scratch.totals) {
    if (total.weight < enough || total.weight < kSecond * best ||
        scratch.found.size() >= topics_max) {
      break;
    }
    Add(total.topic, total.weight / length, scratch);
    const size_t children = scratch.found.size();
    for (const uint32_t topic : scratch.touched) {
      if (topics_[topic].parent_index == static_cast<int32_t>(total.topic) &&
          scratch.scores[topic] >= length * kThreshold) {
        Add(topic, scratch.scores[topic] / length, scratch);
      }
    }
    const auto begin = scratch.found.begin() + children;
    std::sort(begin, scratch.found.end(),
              [](const FoundTopic& a, const FoundTopic& b) {
                if (a.score != b.score) return a.score > b.score;
                return a.topic < b.topic;
              });
    scratch.found.resize(
        std::min({scratch.found.size(), children + kChildrenMax, topics_max}));
  }
}

void TopicSet::Find(absl::Span<const Word> headline_words,
                    absl::Span<const Word> body_words,
                    const TopicContext& context, size_t topics_max,
                    TopicScratch& scratch) const {
  scratch.hits.clear();
  scratch.hit_count = 0;
  scratch.touched.clear();
  scratch.touched_terms.clear();
  scratch.found.clear();
  scratch.evidence.clear();
  scratch.scores.assign(topics_.size(), 0);
  scratch.term_counts.resize(
      std::max<size_t>(scratch.term_counts.size(), term_count_));
  for (const bool headline : {true, false}) {
    const absl::Span<const TopicName> names =
        headline ? context.headline_names : context.body_names;
    Collect(headline ? headline_words : body_words, headline, names, scratch);
    KeepLongest(scratch);
    DropInNames(names, scratch);
    Count(headline, scratch);
  }
  Weigh(context.votes, scratch);
  Choose(body_words.size(), topics_max, scratch);
  AddEvidence(scratch);
}

// The first places of each topic found, or of its narrower ones.
void TopicSet::AddEvidence(TopicScratch& scratch) const {
  for (FoundTopic& found : scratch.found) {
    const auto topic = static_cast<uint32_t>(found.topic - topics_.data());
    found.evidence_begin = static_cast<uint32_t>(scratch.evidence.size());
    for (const TopicScratch::Hit& hit : scratch.hits) {
      if (hit.topic != topic &&
          topics_[hit.topic].parent_index != static_cast<int32_t>(topic)) {
        continue;
      }
      // A term of the topic and of a narrower one stands there once.
      if (found.evidence_count > 0 &&
          scratch.evidence.back().begin == hit.at.begin &&
          scratch.evidence.back().field == hit.at.field) {
        continue;
      }
      scratch.evidence.push_back(hit.at);
      if (++found.evidence_count == kMaxEvidence) break;
    }
  }
}

}  // namespace wiredesk
