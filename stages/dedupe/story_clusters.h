// Which happening is this about? Different texts on one event get one story.
//
// Single pass: an article joins the live story whose terms are nearest by
// cosine, or begins one. A term weighs more the fewer articles had it lately;
// weights are fixed when the article is met and kept. A story's vector is the
// sum of those of its last members, so it moves with the event; a long silence
// counts against it, and after the window it is over.
//
// All numbers are integers but for one division and one square root, which IEEE
// rounds alike everywhere. Terms of less than the window's age only count, so a
// replica that starts late scores the same. Tested by story_clusters_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_STORY_CLUSTERS_H_
#define WIREDESK_STAGES_DEDUPE_STORY_CLUSTERS_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "stages/dedupe/sighting.h"

namespace wiredesk {

struct StoryMatch {
  uint64_t story = 0;      // 0: none is near enough
  uint16_t closeness = 0;  // thousandths: the nearest, even if not enough
};

struct StoryState {
  SightingId id;
  uint64_t number = 0;
  uint32_t size = 0;
  uint32_t touched = 0;  // seconds since 1970
  int64_t first_seen = 0;
};

class StoryClusters {
 public:
  // Remembers up to `stories`.
  explicit StoryClusters(size_t stories);

  // The weight of each of the sighting's terms, 0 for those that are left out.
  std::vector<uint8_t> Weigh(const Sighting& sighting) const;

  StoryMatch Find(const Sighting& sighting, const std::vector<uint8_t>& weights,
                  uint64_t next, uint32_t clock, uint32_t oldest);

  // nullptr if the story is over or forgotten.
  const StoryState* Get(uint64_t number, uint64_t next, uint32_t oldest) const;

  // Notes the story that `decision` names, as it then is; `adds` its terms too.
  void Insert(const Sighting& sighting, const Decision& decision, bool adds);

  // Counts the terms of the first article of a cluster.
  void CountTerms(const Sighting& sighting);
  void Turn(uint32_t generation);

 private:
  struct Member {
    uint32_t clock;
    std::vector<StoryTerm> terms;  // by hash
  };
  struct StoryTerm32 {
    uint32_t hash;
    uint32_t weight;
  };
  struct Story {
    StoryState state;
    std::vector<Member> members;   // oldest first
    std::vector<StoryTerm32> sum;  // of the members' terms, by hash
    double norm = 0;
  };
  struct Posting {
    uint64_t story;
    uint32_t clock;
  };

  Story& SlotOf(uint64_t number) { return stories_[number % stories_.size()]; }
  void AddMember(const Sighting& sighting, const Decision& decision,
                 Story& story);
  void AddPosting(uint32_t term, uint64_t story, uint32_t clock);
  void Forget(Story& story);
  static void Sum(Story& story);
  static double Cosine(const std::vector<StoryTerm>& terms, double norm,
                       const Story& story);
  void Gather(const std::vector<StoryTerm>& terms, uint64_t next,
              uint32_t oldest);

  std::vector<Story> stories_;
  absl::flat_hash_map<uint32_t, std::vector<Posting>> postings_;
  std::vector<uint32_t> frequency_[2];
  uint32_t articles_[2] = {0, 0};
  uint32_t generation_ = 0;

  // The candidates of the article that is being looked for.
  struct Score {
    uint64_t story;
    uint32_t score;
  };
  std::vector<Score> scores_;
  std::vector<uint32_t> slots_;  // 1 + index into scores_; 0: free
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_STORY_CLUSTERS_H_
