// Reads tables of topics and lays them out for matching. Tested by
// topics_test.cc.

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "config/base/status_macros.h"
#include "stages/tag/topics/default_topics.h"
#include "stages/tag/topics/topics.h"

namespace wiredesk {
namespace {

constexpr size_t kMaxTermWords = 6;
constexpr size_t kMaxTopics = 10000;

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
    // Of equal terms below one topic of the top level the heaviest adds to it.
    absl::flat_hash_map<std::pair<uint32_t, std::vector<uint64_t>>, uint32_t>
        heaviest;
    const auto adds = [&](uint32_t posting) {
      const TopicSet::Posting& one = set_->postings_[posting];
      return one.weight * (set_->topics_[one.topic].parent.empty() ? 2 : 1);
    };
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
      const auto [known, is_new] =
          heaviest.try_emplace({set_->TopOf(term.topic), term.words}, at);
      if (!is_new) {
        const bool more = adds(at) > adds(known->second);
        set_->postings_[more ? known->second : at].adds = false;
        if (more) known->second = at;
      }
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

}  // namespace wiredesk
