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

// A place where a term of the topic stands.
struct TopicEvidence {
  bool headline = false;
  uint32_t begin = 0;  // bytes of the headline or the body
  uint32_t end = 0;
};

struct FoundTopic {
  const TopicInfo* topic = nullptr;  // lives as long as the TopicSet
  double score = 0;                  // 0..1
  uint32_t evidence_begin = 0;       // a range of TopicScratch::evidence
  uint32_t evidence_count = 0;
};

// Working memory of one thread, and the last result.
struct TopicScratch {
  struct Hit {
    uint32_t topic;
    TopicEvidence at;
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
  std::vector<float> scores;
  std::vector<uint32_t> touched;
  std::vector<uint32_t> term_counts;
  std::vector<uint32_t> touched_terms;
  std::vector<FoundTopic> found;  // by falling score
  std::vector<TopicEvidence> evidence;
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

  // Fills `scratch.found` and `scratch.evidence`; one pass over the words.
  void Find(absl::Span<const Word> headline_words,
            absl::Span<const Word> body_words, TopicScratch& scratch) const;

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
               TopicScratch& scratch) const;
  void Weigh(TopicScratch& scratch) const;
  void AddEvidence(TopicScratch& scratch) const;

  std::vector<TopicInfo> topics_;  // a parent before its children
  std::vector<Posting> postings_;
  std::vector<uint64_t> words_;
  WordMap<PostingRange> anchors_;
  uint32_t term_count_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_TOPICS_TOPICS_H_
