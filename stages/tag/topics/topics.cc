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
// with a headline's words counted twice. The score is 1 - exp(-weight / 4).
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

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "config/base/status_macros.h"
#include "stages/tag/topics/default_topics.h"

namespace wiredesk {
namespace {

// A topic of less weight is not found.
constexpr float kThreshold = 2.0F;
// What a narrower topic's weight adds to its parent.
constexpr float kInherited = 0.5F;
// Divides a weight into a score.
constexpr float kScale = 4.0F;
constexpr size_t kMaxTermWords = 6;
constexpr size_t kMaxTopics = 10000;
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

}  // namespace

// Gathers what the files say, then lays it out for matching.
class TopicSetBuilder {
 public:
  absl::Status AddFile(const TopicSet::File& file) {
    size_t line_number = 0;
    for (const absl::string_view line : absl::StrSplit(file.content, '\n')) {
      ++line_number;
      const absl::string_view stripped = absl::StripAsciiWhitespace(line);
      if (stripped.empty() || stripped[0] == '#') continue;
      const absl::Status added = AddLine(absl::StripSuffix(line, "\r"));
      if (!added.ok()) {
        return absl::InvalidArgumentError(
            absl::StrCat(file.name, ":", line_number, ": ", added.message()));
      }
    }
    return absl::OkStatus();
  }

  std::shared_ptr<const TopicSet> Build() {
    std::stable_sort(terms_.begin(), terms_.end(),
                     [](const Term& a, const Term& b) {
                       return a.words[a.anchor] < b.words[b.anchor];
                     });
    for (const Term& term : terms_) {
      const auto at = static_cast<uint32_t>(set_->postings_.size());
      TopicSet::PostingRange& range = set_->anchors_[term.words[term.anchor]];
      if (range.end == 0) range.begin = at;
      range.end = at + 1;
      TopicSet::Posting posting;
      posting.topic = term.topic;
      posting.weight = term.weight;
      posting.words_begin = static_cast<uint32_t>(set_->words_.size());
      posting.count = static_cast<uint16_t>(term.words.size());
      posting.anchor = term.anchor;
      // The word beside the anchor says no to nearly all that do not match.
      if (posting.count > 1) {
        posting.beside =
            term.words[term.anchor > 0 ? term.anchor - 1 : term.anchor + 1];
        (term.anchor > 0 ? range.before : range.behind) |=
            TopicSet::BesideBit(posting.beside);
      } else {
        range.single = true;
      }
      set_->words_.insert(set_->words_.end(), term.words.begin(),
                          term.words.end());
      set_->postings_.push_back(posting);
    }
    set_->term_count_ = static_cast<uint32_t>(terms_.size());
    return set_;
  }

 private:
  struct Term {
    uint32_t topic;
    float weight;
    uint16_t anchor = 0;
    std::vector<uint64_t> words;
  };

  absl::Status AddLine(absl::string_view line) {
    const std::vector<absl::string_view> columns = absl::StrSplit(line, '\t');
    if (columns.size() != 4) {
      return absl::InvalidArgumentError(absl::StrCat(
          "expected 4 columns with tabs between, found ", columns.size()));
    }
    TopicInfo topic;
    const size_t space = columns[0].find(' ');
    if (space == absl::string_view::npos) {
      topic.slug = std::string(columns[0]);
      topic.id = absl::StrCat("topic:", topic.slug);
    } else {
      topic.id = std::string(columns[0].substr(0, space));
      topic.slug = std::string(columns[0].substr(space + 1));
    }
    topic.name = std::string(columns[1]);
    if (topic.slug.empty() || topic.name.empty()) {
      return absl::InvalidArgumentError("a topic needs a slug and a name");
    }
    if (!columns[2].empty()) {
      const auto parent = by_slug_.find(columns[2]);
      if (parent == by_slug_.end()) {
        return absl::InvalidArgumentError(
            absl::StrCat("no topic above has the slug \"", columns[2], "\""));
      }
      topic.parent_index = static_cast<int32_t>(parent->second);
      topic.parent = set_->topics_[parent->second].id;
    }
    const auto index = static_cast<uint32_t>(set_->topics_.size());
    if (index >= kMaxTopics) {
      return absl::InvalidArgumentError("more than 10000 topics");
    }
    if (!by_slug_.emplace(topic.slug, index).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", topic.slug, "\" stands twice"));
    }
    set_->topics_.push_back(std::move(topic));
    for (const absl::string_view term : absl::StrSplit(columns[3], ';')) {
      WD_RETURN_IF_ERROR(AddTerm(absl::StripAsciiWhitespace(term), index));
    }
    return absl::OkStatus();
  }

  absl::Status AddTerm(absl::string_view text, uint32_t topic) {
    if (text.empty()) return absl::OkStatus();
    Term term;
    term.topic = topic;
    term.weight = 1;
    const size_t star = text.rfind('*');
    if (star != absl::string_view::npos) {
      if (!absl::SimpleAtof(text.substr(star + 1), &term.weight) ||
          !(term.weight > 0 && term.weight <= 100)) {
        return absl::InvalidArgumentError(absl::StrCat(
            "the weight of \"", text, "\" is not a number in 0..100"));
      }
      text = text.substr(0, star);
    }
    std::vector<Word> words;
    SplitWords(text, words);
    if (words.empty() || words.size() > kMaxTermWords) {
      return absl::InvalidArgumentError(absl::StrCat(
          "\"", text, "\" has no word or more than ", kMaxTermWords));
    }
    // The longest word is seldom the most frequent one: "Nobel" and not "was".
    for (size_t i = 0; i < words.size(); ++i) {
      term.words.push_back(words[i].hash);
      if (words[i].length > words[term.anchor].length) {
        term.anchor = static_cast<uint16_t>(i);
      }
    }
    terms_.push_back(std::move(term));
    return absl::OkStatus();
  }

  std::shared_ptr<TopicSet> set_ = std::make_shared<TopicSet>();
  absl::flat_hash_map<std::string, uint32_t> by_slug_;
  std::vector<Term> terms_;
};

absl::StatusOr<std::shared_ptr<const TopicSet>> TopicSet::Parse(
    absl::Span<const File> files) {
  TopicSetBuilder builder;
  for (const File& file : files) WD_RETURN_IF_ERROR(builder.AddFile(file));
  return builder.Build();
}

std::shared_ptr<const TopicSet> TopicSet::Default() {
  static const auto* set = new std::shared_ptr<const TopicSet>([] {
    TopicSetBuilder builder;
    // The table was parsed when it was made: a test does so.
    const absl::Status added =
        builder.AddFile({"topics.tsv", std::string(DefaultTopicTable())});
    (void)added;
    return builder.Build();
  }());
  return *set;
}

const TopicInfo* TopicSet::Lookup(absl::string_view id) const {
  for (const TopicInfo& topic : topics_) {
    if (topic.id == id || topic.slug == id) return &topic;
  }
  return nullptr;
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
      scratch.hits.push_back(
          {posting.topic, {headline, first.begin, last.begin + last.length}});
      uint32_t& count = scratch.term_counts[term];
      if (count == 0) scratch.touched_terms.push_back(term);
      count += headline ? 2 : 1;
    }
  }
}

void TopicSet::Weigh(TopicScratch& scratch) const {
  for (const uint32_t term : scratch.touched_terms) {
    const Posting& posting = postings_[term];
    float& score = scratch.scores[posting.topic];
    if (score == 0) scratch.touched.push_back(posting.topic);
    score += posting.weight * Damped(scratch.term_counts[term]);
    scratch.term_counts[term] = 0;
  }
  std::sort(scratch.touched.begin(), scratch.touched.end());
  // Children stand behind their parents, so going back adds up from below.
  for (size_t i = scratch.touched.size(); i-- > 0;) {
    const uint32_t topic = scratch.touched[i];
    const int32_t parent = topics_[topic].parent_index;
    if (parent < 0 || scratch.scores[topic] < kThreshold) continue;
    float& score = scratch.scores[parent];
    if (score == 0) scratch.touched.push_back(static_cast<uint32_t>(parent));
    score += kInherited * scratch.scores[topic];
  }
}

void TopicSet::Find(absl::Span<const Word> headline_words,
                    absl::Span<const Word> body_words,
                    TopicScratch& scratch) const {
  scratch.hits.clear();
  scratch.touched.clear();
  scratch.touched_terms.clear();
  scratch.found.clear();
  scratch.evidence.clear();
  scratch.scores.assign(topics_.size(), 0);
  scratch.term_counts.resize(
      std::max<size_t>(scratch.term_counts.size(), term_count_));
  Collect(headline_words, true, scratch);
  Collect(body_words, false, scratch);
  Weigh(scratch);
  // A long text says more of everything.
  const float length =
      std::max(1.0F, 0.7F + static_cast<float>(body_words.size()) / 1000);
  for (const uint32_t topic : scratch.touched) {
    const float weight = scratch.scores[topic] / length;
    if (weight < kThreshold) continue;
    FoundTopic found;
    found.topic = &topics_[topic];
    found.score = 1 - std::exp(-weight / kScale);
    scratch.found.push_back(found);
  }
  std::sort(scratch.found.begin(), scratch.found.end(),
            [](const FoundTopic& a, const FoundTopic& b) {
              if (a.score != b.score) return a.score > b.score;
              return a.topic < b.topic;
            });
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
      scratch.evidence.push_back(hit.at);
      if (++found.evidence_count == kMaxEvidence) break;
    }
  }
}

}  // namespace wiredesk
