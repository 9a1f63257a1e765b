// The story index: what has been seen, and what a new sighting is to it.
//
// A deterministic state machine with neither clock nor thread nor file inside.
// Given the same sightings in the same order it gives the same decisions, on
// every machine; that is what lets every instance decide alike.
//
// A sighting is, by the first that holds:
//   replay    the same origin and text again: its first decision again
//   exact     the same guid or URL with the same text, or the same words
//   revision  the same guid or URL with another text; a correction, by its
//             headline, of a text of the same provider; a kill of anything
//   near      a short text of the same provider, hours apart (short_text.h)
//   near, excerpt  as TextMatcher finds
//   new       else
//
// Time. The index has its own clock: the median of the last kClockTimes event
// times, which never goes back, so one record from the year 2099 empties
// nothing. What is older by this clock than the window is as if never seen. A
// late record is compared with all that is remembered, and is remembered as of
// now; a sighting without a time takes that of the one before.
//
// Memory is fixed at the start. What no longer fits is forgotten oldest first,
// and counted. Tested by story_index_test.cc.
//
// Example, compiled in tests/examples/stage_examples.cc:
//
//   Verdict VerdictOfACopy(absl::Span<const Word> words) {
//     Sketcher sketcher(/*seed=*/0);
//     Sighting sighting;
//     sketcher.Sketch({"", /*headline_words=*/{}, words}, sighting);
//     StoryIndex index({.memory_max = 16 << 20});
//     Decision decision;
//     sighting.origin = 1;  // a hash of topic, partition, offset and item
//     sighting.id = {0, 1};
//     index.Apply(sighting, /*position=*/0, decision);
//     sighting.origin = 2;
//     sighting.id = {0, 2};
//     index.Apply(sighting, /*position=*/1, decision);
//     return decision.verdict;
//   }

#ifndef WIREDESK_STAGES_DEDUPE_INDEX_STORY_INDEX_H_
#define WIREDESK_STAGES_DEDUPE_INDEX_STORY_INDEX_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include "stages/dedupe/index/key_table.h"
#include "stages/dedupe/index/story_clusters.h"
#include "stages/dedupe/index/text_matcher.h"
#include "stages/dedupe/index/zeroed_array.h"
#include "stages/dedupe/sketch/sighting.h"

namespace wiredesk {

struct IndexLimits {
  int64_t window_seconds = int64_t{72} * 3600;
  int64_t story_window_seconds = int64_t{60} * 24 * 3600;
  size_t memory_max = size_t{256} << 20;
  // Of guids and URLs, if longer than the first.
  int64_t identity_window_seconds = int64_t{90} * 24 * 3600;
};

// To be raised with every change after which the same sightings get another
// decision: instances that decide differently must not share a log.
inline constexpr uint64_t kIndexVersion = 7;

class StoryIndex {
 public:
  // All tables together, but for the stories'.
  static constexpr size_t kBytesAnArticle = 282;

  explicit StoryIndex(const IndexLimits& limits);

  // Decides and remembers. What `decision` held before is lost, but its memory
  // is used again.
  void Apply(const Sighting& sighting, int64_t position, Decision& decision);

  // The two halves of Apply(). What Insert() does is given by its arguments
  // alone and not by what the index would have decided.
  void Decide(const Sighting& sighting, int64_t position, Decision& decision);
  void Insert(const Sighting& sighting, const Decision& decision);

  // Has the memory that this insertion will touch fetched into the cache.
  void PrefetchInsert(const Sighting& sighting, const Decision& decision) const;
  // Has the kernel give the memory of the tables that are met at random now,
  // which else the first articles wait for. May run next to everything else.
  void Populate(const std::atomic<bool>& stop) const {
    keys_.Populate(stop);
    matcher_.Populate(stop);
    stories_.Populate(stop);
  }

  // Entries that had to be forgotten though still within the window.
  uint64_t evicted_early() const { return evicted_early_; }
  uint64_t articles() const { return next_article_ - 1; }
  size_t articles_max() const { return articles_.size(); }
  uint64_t stories() const { return next_story_ - 1; }
  size_t stories_max() const { return stories_.stories_max(); }
  TextMatcher& matcher() { return matcher_; }

 private:
  static constexpr size_t kClockTimes = 15;

  // One for each sighting but replays; what makes its decision again.
  struct Article {
    uint32_t check;  // of the text
    uint32_t cluster;
    uint32_t story;
    uint32_t seen;  // 0: free
    uint32_t cluster_size;
    uint32_t story_size;
    uint16_t similarity;
    uint16_t novelty;
    uint16_t version;
    uint8_t verdict;  // with the reason in the high half
    uint8_t flags;
    uint64_t subject;  // as the sighting has it
  };
  static_assert(sizeof(Article) == 40);

  // The last short text with a subject that falls here.
  struct ShortSeen {
    ShortText text;
    uint32_t cluster;
    uint32_t seen;  // 0: free
  };
  static_assert(sizeof(ShortSeen) == 48);

  // What the last article whose number falls here has of earlier texts, for
  // those that are processed again.
  struct ReuseSeen {
    uint64_t article;  // 0: free
    uint32_t count;
    ReusedText passages[kReusedMax];
  };
  static_assert(sizeof(ReuseSeen) <= 112);

  struct Cluster {
    RecordId id;
    uint32_t number;  // low bits; 0: free, or one of four thousand million
    uint32_t size;
    uint32_t story;
    uint32_t touched;
  };
  static_assert(sizeof(Cluster) == 32);

  struct Sizes;
  static Sizes SizesFor(size_t memory_max);
  StoryIndex(const IndexLimits& limits, const Sizes& sizes);

  // Has the memory that a decision will read fetched into the cache.
  void Prefetch(const Sighting& sighting) const;
  void PrefetchKeys(const Sighting& sighting) const;
  void Tick(const Sighting& sighting, Decision& decision) const;
  const Article* FindArticle(uint64_t key, uint32_t oldest) const;
  const Cluster* FindCluster(uint32_t low, uint32_t oldest) const;
  bool DecideReplay(const Sighting& sighting, Decision& decision) const;
  bool DecideByKeys(const Sighting& sighting, Decision& decision);
  bool DecideByText(const Sighting& sighting, Decision& decision);
  bool DecideAsShort(const Sighting& sighting, Decision& decision);
  bool DecideBySimilarity(const Sighting& sighting, Decision& decision);
  void DecideNew(const Sighting& sighting, Decision& decision);
  void NotePassages(Decision& decision) const;
  bool Join(uint32_t cluster, uint32_t oldest, Decision& decision) const;
  bool IsOther(const Article& before, const Sighting& sighting,
               const Decision& decision) const;
  ShortSeen& ShortAt(const Sighting& sighting) {
    return shorts_[sighting.short_text.subject % shorts_.size()];
  }
  void KeepPassages(const Decision& decision);
  void RecallPassages(uint64_t article, Decision& decision) const;
  uint32_t OldestAt(uint32_t clock) const;
  uint32_t OldestIdentityAt(uint32_t clock) const;
  uint32_t OldestStoryAt(uint32_t clock) const;
  int64_t PeriodSeconds() const;

  const IndexLimits limits_;
  ZeroedArray<Article> articles_;
  ZeroedArray<Cluster> clusters_;
  ZeroedArray<ShortSeen> shorts_;
  ZeroedArray<ReuseSeen> reuses_;
  KeyTable keys_;
  TextMatcher matcher_;
  StoryClusters stories_;
  uint64_t next_article_ = 1;
  uint64_t next_text_ = 1;
  uint64_t next_cluster_ = 1;
  uint64_t next_story_ = 1;
  uint32_t clock_ = 0;
  uint32_t generation_ = 0;
  uint32_t period_ = 0;  // of the clock, in half windows
  std::array<uint32_t, kClockTimes> times_ = {};
  uint64_t timed_ = 0;
  int64_t last_event_time_ = 0;
  uint64_t evicted_early_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_STORY_INDEX_H_
