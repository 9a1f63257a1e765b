// Which happening is this about? Different texts on one event get one story.
//
// Single pass: an article joins the live story whose terms are nearest by
// cosine, or begins one. A term weighs more the fewer articles had it lately;
// weights are fixed when the article is met and kept. A story's vector is the
// sum of those of its last members, so it moves with the event; a silence of
// more than some days counts against it, and after the window it is over. One
// word in common is not enough, however rare.
//
//   "Crews search for the ferry that sank off Jeju" joins
//   "Ferry with 300 aboard sinks off Jeju island": sink, ferry, jeju
//
// Words of a topic ("shutdown", "candidate") are in many stories at once. So a
// term weighs less, the more of the stories that are compared have it; and the
// more articles there are to be near to, the nearer the nearest must be.
//
// Only the first article of a cluster of copies is a member. Members are found
// by an inverted index of their terms, the table that fingerprints are kept in:
// buckets of the newest entries, so a term that everybody uses costs no more
// than another. The nearest kCompared are then compared term by term.
//
// All numbers are integers but for a few quotients and a square root, which IEEE
// rounds alike everywhere. Terms of less than the window's age only count, so a
// replica that starts late scores the same. Memory is fixed at the start, and
// nothing is allocated later. Tested by index_replica_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_INDEX_STORY_CLUSTERS_H_
#define WIREDESK_STAGES_DEDUPE_INDEX_STORY_CLUSTERS_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include "stages/dedupe/index/fingerprint_table.h"
#include "stages/dedupe/index/term_sums.h"
#include "stages/dedupe/index/zeroed_array.h"
#include "stages/dedupe/sketch/sighting.h"

namespace wiredesk {

struct StoryMatch {
  uint64_t story = 0;      // 0: none is near enough
  uint16_t closeness = 0;  // of that story, in thousandths
};

struct StoryState {
  RecordId id;
  uint64_t number = 0;
  uint32_t size = 0;
  uint32_t touched = 0;  // seconds since 1970
  int64_t first_seen = 0;
};

class StoryClusters {
 public:
  // Of a story, with its members and their entries in the inverted index.
  static constexpr size_t kBytesAStory = 1024;

  // Remembers as many stories as `bytes` hold.
  explicit StoryClusters(size_t bytes);

  // Of what Weigh() and CountTerms() will touch, and of what Insert() will.
  void Prefetch(const Sighting& sighting) const;
  void PrefetchInsert(const Sighting& sighting,
                      const std::vector<uint8_t>& weights) const;
  void Populate(const std::atomic<bool>& stop) const {
    postings_.Populate(stop);
  }

  // The weight of each of the sighting's terms, 0 for those that are left out.
  void Weigh(const Sighting& sighting, std::vector<uint8_t>& weights);

  // `next_story` and `next_member` are the numbers that come next; members have
  // the numbers of their clusters.
  StoryMatch Find(const Sighting& sighting, const std::vector<uint8_t>& weights,
                  uint64_t next_story, uint64_t next_member, uint32_t clock,
                  uint32_t oldest);

  // nullptr if the story is over or forgotten.
  const StoryState* Get(uint64_t number, uint64_t next, uint32_t oldest) const;

  // Notes the story that `decision` names, as it then is; if the article is
  // the first of its cluster, its terms too. Returns how many stories younger
  // than `oldest` had to go for it.
  size_t Insert(const Sighting& sighting, const Decision& decision,
                uint32_t oldest);

  // Counts the terms of the first article of a cluster.
  void CountTerms(const Sighting& sighting);
  void Turn(uint32_t generation);

  size_t stories_max() const { return stories_.size(); }

 private:
  static constexpr size_t kMemberTerms = 40;
  static constexpr size_t kMembersMax = 6;  // of a story's vector
  static constexpr size_t kSlots = 2048;
  static constexpr size_t kCompared = 24;  // stories, at the most
  static constexpr uint32_t kWeightUnit = 256;

  // One article; what of it makes part of its story's vector.
  struct Member {
    uint32_t hash[kMemberTerms];
    uint8_t weight[kMemberTerms];
    uint64_t number;
    uint64_t story;
    uint32_t clock;
    uint32_t terms;
  };

  struct Story {
    StoryState state;
    std::array<uint64_t, kMembersMax> members;  // newest first; 0: none
    uint64_t first_valid;  // the oldest member that `square` is of
    uint64_t square;       // of the length of the sum of the members
  };

  // A term of the article in a member of a story that is compared.
  struct Hit {
    uint8_t term;  // as query_ counts
    uint8_t weight;
  };

  // Which hits are of a story, and the oldest of its members that counts.
  struct Compared {
    size_t begin;
    size_t end;
    uint64_t first_member;
  };

  // Where in ranked_ a member is.
  struct Slot {
    uint32_t member;  // low bits
    uint16_t stamp;
    uint16_t place;
  };

  Member& MemberAt(uint64_t number) {
    return members_[number % members_.size()];
  }
  Story& StoryAt(uint64_t number) { return stories_[number % stories_.size()]; }
  void Prefetch(uint64_t number);
  const Member* FindMember(uint64_t number, uint32_t oldest) const;
  void AddMember(const Sighting& sighting, const Decision& decision,
                 Story& story);
  void GatherMembers(const Sighting& sighting,
                     const std::vector<uint8_t>& weights, uint64_t next_member);
  size_t RankBest();
  void GatherStories(uint64_t next_story, uint32_t oldest);
  uint64_t SquareOf(const Story& story, uint32_t oldest);
  void CollectHits(uint32_t oldest);
  void WeighTopics(const std::vector<uint8_t>& weights);
  double Score(size_t candidate, double norm, uint32_t clock, uint32_t oldest);
  double NearEnough() const;

  ZeroedArray<Story> stories_;
  ZeroedArray<Member> members_;
  FingerprintTable postings_;

  // Of how many articles, in two generations, each term was a term.
  struct Frequency {
    uint32_t articles[2];
  };
  ZeroedArray<Frequency> frequency_;
  uint32_t articles_[2] = {0, 0};
  uint32_t generation_ = 0;

  // The article that is being looked for.
  TermSums query_;
  TermSums sums_;
  std::vector<Slot> slots_;
  std::vector<uint64_t> ranked_;  // weight of what is shared, member's number
  std::vector<uint64_t> candidates_;  // the stories that are compared
  std::vector<Compared> compared_;
  std::vector<Hit> hits_;
  std::array<uint32_t, kMemberTerms + 1> in_stories_ = {};  // a bit for each
  std::array<uint32_t, kMemberTerms + 1> topic_weight_ = {};
  uint16_t stamp_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_STORY_CLUSTERS_H_
