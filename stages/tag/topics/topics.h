// What an article is about: IPTC Media Topics of the top level, and narrower
// subjects of ours below them, by weighted terms that are data.

#ifndef WIREDESK_STAGES_TAG_TOPICS_TOPICS_H_
#define WIREDESK_STAGES_TAG_TOPICS_TOPICS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "pipeline/record/event_record.h"
#include "stages/tag/marks/word_map.h"
#include "stages/tag/marks/word_marks.h"
#include "stages/text/words.h"

namespace wiredesk {

struct TopicInfo {
  std::string id;      // "medtop:11000000" or "topic:<slug>"
  std::string name;    // "politics"
  std::string slug;    // fit for a Kafka topic's name
  std::string parent;  // id, or empty at the top
  int32_t parent_index = -1;
};

// A Topic of the record while its evidence is still being gathered in one list
// for all, and ties are decided by the order of the set.
struct FoundTopic {
  const TopicInfo* topic = nullptr;  // lives as long as the TopicSet
  double score = 0;                  // 0..1
  uint32_t evidence_begin = 0;       // a range of TopicScratch::evidence
  uint32_t evidence_count = 0;
};

// A name in one of the texts. A word of it says nothing by itself: the king of
// "Steve King" does not reign.
struct TopicName {
  uint32_t begin = 0;  // bytes
  uint32_t end = 0;
  bool person = false;        // not even the whole name is a term
  bool organization = false;  // "London Stock Exchange": terms of it count
};

// What an article says beside its words: the names in each text, by `begin`,
// and the slugs of topics for which somebody who is named speaks, such as
// "politics" for a minister.
struct TopicContext {
  absl::Span<const TopicName> headline_names;
  absl::Span<const TopicName> body_names;
  absl::Span<const absl::string_view> votes;
};

// Working memory of one thread, and the last result.
struct TopicScratch {
  struct Hit {
    uint32_t topic;
    uint32_t term;
    Mention at;  // where it stands
    uint16_t words;
  };
  // A topic of the top level with its weight, that of its children included.
  struct Total {
    uint32_t topic;
    float weight;
    uint32_t terms;  // how many different ones
  };
  // A word that is the anchor of terms [begin, end), and whether the word
  // beside it may be one of theirs.
  struct Anchor {
    uint32_t word;
    uint32_t begin;
    uint32_t end;
    bool beside;
  };
  std::vector<Anchor> anchors;  // the first `anchor_count`
  size_t anchor_count = 0;
  std::vector<Hit> hits;
  size_t hit_count = 0;  // of the texts before the one that is being read
  std::vector<Total> totals;
  std::vector<float> scores;
  std::vector<uint32_t> touched;
  std::vector<uint32_t> term_counts;
  std::vector<uint32_t> touched_terms;
  std::vector<FoundTopic> found;  // the most important first
  std::vector<Mention> evidence;
};

// The topics and their terms, compiled for matching. Immutable: share it, and
// swap it for another to reload.
class TopicSet {
 public:
  // `files` are the contents of config/topics/*.tsv; the format is told in
  // config/topics/README.md. An error names the file and the line.
  struct File {
    std::string name;
    std::string content;
  };
  static absl::StatusOr<std::shared_ptr<const TopicSet>> Parse(
      absl::Span<const File> files);

  // The set that is compiled into the program.
  static std::shared_ptr<const TopicSet> Default();

  // Fills `scratch.found`, with at most `topics_max` topics, and
  // `scratch.evidence`: one pass over the words, n log n for n terms found.
  void Find(absl::Span<const Word> headline_words,
            absl::Span<const Word> body_words, const TopicContext& context,
            size_t topics_max, TopicScratch& scratch) const;

  // What the terms of the topic with this slug weigh in the text that Find() has
  // last read into `scratch`, published or not; 0 for none.
  float Weight(absl::string_view slug, const TopicScratch& scratch) const;

  // Tells `marker` of the words that Find() looks for.
  void MarkWords(WordMarker& marker) const;

  absl::Span<const TopicInfo> topics() const { return topics_; }
  // The topic with this id, or nullptr.
  const TopicInfo* Lookup(absl::string_view id) const;

 private:
  friend class TopicSetBuilder;
  // A term by one of its words, the anchor. `beside` is the word before it, or
  // behind where it is the first.
  struct Posting {
    uint64_t beside = 0;
    uint32_t topic = 0;
    float weight = 1;
    uint32_t words_begin = 0;  // all of them, in `words_`
    uint16_t count = 1;
    uint16_t anchor = 0;
    // Of the postings with the same words below one topic of the top level only
    // one adds to the total of that.
    bool adds = true;
  };
  // Terms with one anchor, and what their words beside it may be: a bit for
  // each hash. Without these a term of several words is not even looked at.
  struct PostingRange {
    uint32_t begin = 0;
    uint32_t end = 0;
    uint32_t before = 0;
    uint32_t behind = 0;
    bool single = false;  // has a term of one word
  };
  static uint32_t BesideBit(uint64_t hash) { return 1U << (hash >> 59); }

  bool Holds(const Posting& posting, absl::Span<const Word> words,
             size_t i) const;
  void FindAnchors(absl::Span<const Word> words, TopicScratch& scratch) const;
  void Collect(absl::Span<const Word> words, bool headline,
               absl::Span<const TopicName> names, TopicScratch& scratch) const;
  uint32_t TopOf(uint32_t topic) const {
    const int32_t parent = topics_[topic].parent_index;
    return parent < 0 ? topic : static_cast<uint32_t>(parent);
  }
  static void KeepLongest(TopicScratch& scratch);
  static void DropInNames(absl::Span<const TopicName> names,
                          TopicScratch& scratch);
  void Count(bool headline, TopicScratch& scratch) const;
  void Weigh(absl::Span<const absl::string_view> votes,
             TopicScratch& scratch) const;
  void Choose(size_t words, size_t topics_max, TopicScratch& scratch) const;
  void Add(uint32_t topic, float weight, TopicScratch& scratch) const;
  void AddEvidence(TopicScratch& scratch) const;

  std::vector<TopicInfo> topics_;  // a parent before its children
  std::vector<Posting> postings_;
  std::vector<uint64_t> words_;
  WordMap<PostingRange> anchors_;
  uint32_t term_count_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_TOPICS_TOPICS_H_
