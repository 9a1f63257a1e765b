// Finds the earlier text that an article repeats: whole, edited, cut, or as a
// part of something longer.
//
// Candidates are the texts that share winnowed fingerprints with it. Each is
// then judged by *rare* shingles, those that at most kRareStories earlier
// stories had: of all the rare shingles of the smaller text, what share does
// the other have? Boilerplate, set phrases and market tables are common, so
// they prove nothing; five rare runs of three words do. Only the first of each
// cluster counts towards rarity: else the thirtieth copy of a wire story would
// make its own words common and fall out of its cluster.
//
//   "brief" in "long piece": 1.0 one way, 0.1 the other: an excerpt
//   a paper's light edit:     0.8 both ways: near
//   yesterday's share table:  all plain shingles, few with numbers: new
//
// The shares are estimated on the samples that sketch.h takes; what follows
// from them is in text_judgement.h. A digest, of which no single text holds
// much, is an excerpt if passages of several make up a good part of it. What
// those have in common with each other counts once: that is a template's frame.
//
// Tested by story_index_test.cc and text_judgement_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_INDEX_TEXT_MATCHER_H_
#define WIREDESK_STAGES_DEDUPE_INDEX_TEXT_MATCHER_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include "stages/dedupe/index/fingerprint_table.h"
#include "stages/dedupe/index/rarity.h"
#include "stages/dedupe/index/text_judgement.h"
#include "stages/dedupe/index/zeroed_array.h"
#include "stages/dedupe/sketch/sighting.h"

namespace wiredesk {

// A shingle that more stories than this had proves nothing.
inline constexpr uint32_t kRareStories = 3;

struct TextMatch {
  bool found = false;
  bool excerpt = false;
  uint64_t text = 0;
  uint64_t cluster = 0;
  uint32_t provider = 0;
  uint16_t similarity = 0;  // thousandths, what decided
  uint16_t covered = 0;     // thousandths of the article that stand in it
  uint32_t seen = 0;        // when: seconds since 1970
};

// Part of an earlier text in one that is not it.
struct TextPassage {
  uint64_t cluster = 0;
  uint16_t share = 0;  // of the article, thousandths
  uint32_t words = 0;  // about
};

// Indices into the first text's sample.
struct TextReport {
  TextComparison found;
  TextJudgement judgement;
  uint32_t shared_fingerprints = 0;
  std::vector<size_t> shared;
  std::vector<size_t> missing;  // rare, and the other has it not
  std::vector<size_t> common;   // in too many stories to prove anything
};

class TextMatcher {
 public:
  // Of memory, without shingles and fingerprints.
  static constexpr size_t kBytesAText = 80;

  struct Sizes {
    size_t texts = 0;            // how many are remembered
    size_t sample_shingles = 0;  // of all of them
    size_t fingerprint_bytes = 0;
    int rarity_bits = 16;
  };

  explicit TextMatcher(const Sizes& sizes);

  // Of what Find(), Insert() and CountShingles() will touch.
  void Prefetch(const Sighting& sighting) const {
    PrefetchInsert(sighting);
    PrefetchCount(sighting);
  }
  void PrefetchInsert(const Sighting& sighting) const;
  void PrefetchCount(const Sighting& sighting) const;
  void Populate(const std::atomic<bool>& stop) const { table_.Populate(stop); }

  // The best match among texts seen at `oldest` or later; `rare` receives one
  // bit for each shingle of the sample. Changes no state that can be seen.
  TextMatch Find(const Sighting& sighting, uint64_t next, uint32_t oldest,
                 std::vector<uint8_t>& rare);

  // What the last Find() met of texts that are not the article, the most first;
  // of a cluster once.
  const std::vector<TextPassage>& passages() const { return passages_; }

  // Remembers the text as `decision.text`, of `decision.cluster_number`.
  // Returns how many texts younger than `oldest` had to go for it; one counts
  // as gone once half of its fingerprints are.
  size_t Insert(const Sighting& sighting, const Decision& decision,
                uint32_t oldest);

  // Counts the shingles of the first article of a story.
  void CountShingles(const Sighting& sighting);
  void Turn(uint32_t generation) { rarity_.Turn(generation); }
  bool rarity_full() const { return rarity_.full(); }

  // One bit for each shingle of the sample: is it rare as of now?
  std::vector<uint8_t> RareOf(const Sighting& sighting);

  // How the two compare, whether or not `other` is remembered; `other_rare` as
  // its decision has it. What `dedupe explain` prints.
  TextReport Report(const Sighting& sighting, const Sighting& other,
                    const std::vector<uint8_t>& other_rare);

 private:
  static constexpr size_t kLevels = 6;
  static constexpr size_t kCandidatesMax = 12;
  static constexpr size_t kSlots = 2048;

  struct Text {
    std::array<uint16_t, kFactSlotsMax> contexts;
    std::array<uint8_t, kFactSlotsMax> values;
    uint32_t cluster;
    uint32_t seen;  // 0: free
    uint32_t provider;
    uint32_t sample;  // low bits of where its shingles begin
    uint32_t shingles;
    uint8_t rate;
    uint8_t fingerprints;
    uint8_t at_least[kLevels];  // shingles of this level and above
    uint8_t facts;
    uint8_t lost;  // how many of its fingerprints were shifted out
  };
  static_assert(sizeof(Text) == kBytesAText);

  struct Candidate {
    uint64_t number;
    uint32_t shared;  // fingerprints, those that few have twice
    bool valid;
  };
  struct Hit {
    uint16_t fingerprint;
    uint16_t candidate;
  };

  uint64_t Describe(const Sighting& sighting, const std::vector<uint8_t>& rare,
                    uint64_t at, Text& text);
  void LoadQuery(const Sighting& sighting, std::vector<uint8_t>& rare);
  void PlaceQuery(const Sighting& sighting);
  void ClearQuery(const Sighting& sighting);
  uint32_t SpreadOfHits(const Sighting& sighting, int level,
                        const uint8_t* hits);
  void LookUp(const Sighting& sighting, uint64_t next);
  void Gather(const Sighting& sighting, uint64_t next, uint32_t oldest);
  TextComparison Compare(const Sighting& sighting, const Text& text,
                         uint8_t* hits) const;
  TextComparison CompareFully(const Sighting& sighting, const Text& text,
                              uint32_t fingerprints, uint8_t* hits);
  bool Judge(const Sighting& sighting, const Candidate& candidate,
             TextMatch& match);
  void JudgeDigest(const Sighting& sighting, uint32_t passage_min,
                   uint32_t covered_min, TextMatch& best);
  void AddPassage(const Text& text, const TextComparison& found);
  bool Valid(uint64_t number, uint64_t next, uint32_t oldest) const;
  // Where its shingles begin, as `sampled_` counts.
  uint64_t SampleOf(const Text& text) const {
    return sampled_ - (static_cast<uint32_t>(sampled_) - text.sample);
  }
  const Text& At(uint64_t number) const {
    return texts_[number % texts_.size()];
  }

  FingerprintTable table_;
  Rarity rarity_;
  ZeroedArray<Text> texts_;
  ZeroedArray<uint16_t> samples_;
  uint64_t sampled_ = 0;  // where the next goes, never wrapped

  // The article that is being looked for.
  std::vector<uint8_t> place_;  // tag -> 1 + index into the sample
  std::array<uint8_t, kSampleMax> is_rare_ = {};
  std::array<uint8_t, kSampleMax> part_ = {};      // stands in some text
  std::array<uint8_t, kSampleMax> own_part_ = {};  // stands in this text
  std::array<uint32_t, kSampleLevelMax + 1> rare_at_least_ = {};
  std::array<uint8_t, kSampleMax> by_place_ = {};  // indices into the sample
  bool placed_ = false;                            // by_place_ is made
  std::vector<Candidate> candidates_;
  std::vector<TextPassage> passages_;
  std::vector<Hit> hits_;
  struct Slot {
    uint32_t number;  // low bits
    uint16_t stamp;
    uint16_t candidate;
  };
  std::vector<Slot> slots_;
  uint16_t stamp_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_TEXT_MATCHER_H_
