// Tag rules: boolean expressions of the operator, thousands at a time.
//
//   # tag: condition
//   korea-cyber: (cyber OR "data breach") AND place:iso3166:KR
//   merger: title:(merger OR takeover) AND NOT topic:sport
//   talks: peace NEAR/10 talks
//   alert >= 3: missile*2 OR troops*1 OR "air strike"*2
//
// A word or phrase matches whole words, in any case. `AND`, `OR`, `NOT` are
// operators, AND binding more than OR; two operands side by side are an AND.
// `a NEAR/n b` holds where two words or phrases stand with at most n words
// between. `title:` looks at the headline only. `entity:`, `place:`, `topic:`,
// `language:` and `domain:` compare ids, in any case. In a rule with a
// threshold, `name >= n:`, the operands joined by OR are added up by their
// weights (`*w`, 1 if not given). '#' begins a comment at the start of a line
// or behind white space.
//
// How thousands cost little: all words, phrases and ids of all rules are leaves
// of one table from the hash of their first word. A pass over the article marks
// the leaves that it holds. Each rule waits for as few leaves as can be: of an
// AND or a NEAR those of the one operand that the fewest rules share ("police
// AND carabinieri" waits for "carabinieri"), of an OR those of all operands. It
// is evaluated only when one of these was marked, or always if it could hold
// without any. So the cost is one look-up for each word, and a few steps for
// each rule that is touched.
//
// Tested by tag_rules_test.cc, which also compares with evaluating every rule.

#include "stages/tag/rules/rules.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "stages/tag/marks/word_map.h"
#include "stages/tag/rules/rules_parse.h"

namespace wiredesk {

// One place where a leaf was found; `field` 0 headline, 1 body.
struct TagRuleScratch {
  struct Place {
    uint32_t word;
    uint32_t length;
    uint8_t field;
    int32_t next;  // the one before of the same leaf, or -1
  };
  std::vector<Place> places;
  std::vector<int32_t> last_place;  // by leaf; -1: not found
  std::vector<uint32_t> touched_leaves;
  std::vector<uint8_t> rule_touched;
  std::vector<uint32_t> rules;
  std::string id;
};

namespace {

using Node = TagRuleNode;

struct LeafPosting {
  uint32_t leaf;
  std::vector<uint64_t> rest;
};

class CompiledTagRules final : public TagRules {
 public:
  explicit CompiledTagRules(std::vector<ParsedTagRule> rules)
      : rules_(std::move(rules)) {
    for (const ParsedTagRule& rule : rules_) AddLeaves(*rule.root);
    waiting_.resize(leaf_users_.size());
    TagRuleScratch empty;
    empty.last_place.assign(leaf_users_.size(), -1);
    for (uint32_t i = 0; i < rules_.size(); ++i) {
      const std::optional<Wait> wait = WaitOf(*rules_[i].root);
      // What may hold of an empty article waits for nothing.
      if (!wait.has_value() || Holds(rules_[i], empty)) {
        always_.push_back(i);
        continue;
      }
      for (const uint32_t leaf : wait->leaves) {
        std::vector<uint32_t>& rules_of_leaf = waiting_[leaf];
        if (rules_of_leaf.empty() || rules_of_leaf.back() != i) {
          rules_of_leaf.push_back(i);
        }
      }
    }
  }

  size_t size() const override { return rules_.size(); }

  void MarkWords(WordMarker& marker) const override {
    postings_.ForEachKey(
        [&marker](uint64_t hash, const std::vector<LeafPosting>& /*leaves*/) {
          marker.Add(hash, kWordNoRule);
        });
  }

  void Match(const TagRuleInput& input, TagRuleScratch& scratch,
             std::vector<absl::string_view>& tags) const override {
    tags.clear();
    scratch.last_place.resize(leaf_users_.size(), -1);
    scratch.rule_touched.resize(rules_.size(), 0);
    MarkWords(input.headline_words, 0, scratch);
    MarkWords(input.body_words, 1, scratch);
    for (const absl::string_view id : input.entities) {
      MarkId("entity:", id, scratch);
    }
    for (const absl::string_view id : input.places) {
      MarkId("place:", id, scratch);
    }
    for (const absl::string_view id : input.topics) {
      MarkId("topic:", id, scratch);
    }
    MarkId("language:", input.language, scratch);
    MarkId("domain:", input.domain, scratch);
    Evaluate(scratch, tags);
    Clear(scratch);
  }

 private:
  // The leaves of which one at least must be found for a node to hold, and how
  // many rules use them.
  struct Wait {
    std::vector<uint32_t> leaves;
    size_t users = 0;
  };

  // None where the node may hold without any leaf.
  std::optional<Wait> WaitOf(const Node& node) const {
    switch (node.kind) {
      case Node::Kind::kWords:
      case Node::Kind::kId:
        return Wait{{node.leaf}, leaf_users_[node.leaf]};
      case Node::Kind::kNot:
        return std::nullopt;
      case Node::Kind::kAnd:
      case Node::Kind::kNear: {
        std::optional<Wait> best;
        for (const std::unique_ptr<Node>& child : node.children) {
          std::optional<Wait> wait = WaitOf(*child);
          if (!wait.has_value()) continue;
          if (!best.has_value() || wait->users < best->users) {
            best = std::move(wait);
          }
        }
        return best;
      }
      case Node::Kind::kOr: {
        Wait all;
        for (const std::unique_ptr<Node>& child : node.children) {
          const std::optional<Wait> wait = WaitOf(*child);
          if (!wait.has_value()) return std::nullopt;
          all.leaves.insert(all.leaves.end(), wait->leaves.begin(),
                            wait->leaves.end());
          all.users += wait->users;
        }
        return all;
      }
    }
    return std::nullopt;
  }

  // Undoes the marks: cheaper than to set all of a large table.
  static void Clear(TagRuleScratch& scratch) {
    for (const uint32_t leaf : scratch.touched_leaves) {
      scratch.last_place[leaf] = -1;
    }
    for (const uint32_t rule : scratch.rules) scratch.rule_touched[rule] = 0;
    scratch.places.clear();
    scratch.touched_leaves.clear();
    scratch.rules.clear();
  }

  void Evaluate(TagRuleScratch& scratch,
                std::vector<absl::string_view>& tags) const {
    const auto touch = [&](uint32_t rule) {
      if (scratch.rule_touched[rule] != 0) return;
      scratch.rule_touched[rule] = 1;
      scratch.rules.push_back(rule);
    };
    for (const uint32_t rule : always_) touch(rule);
    for (const uint32_t leaf : scratch.touched_leaves) {
      for (const uint32_t rule : waiting_[leaf]) touch(rule);
    }
    std::sort(scratch.rules.begin(), scratch.rules.end());
    for (const uint32_t rule : scratch.rules) {
      if (!Holds(rules_[rule], scratch)) continue;
      // Several rules may give one tag.
      if (std::find(tags.begin(), tags.end(), rules_[rule].name) ==
          tags.end()) {
        tags.push_back(rules_[rule].name);
      }
    }
  }

  // Gives every leaf of `node` its number and its postings.
  void AddLeaves(Node& node) {
    for (const std::unique_ptr<Node>& child : node.children) {
      AddLeaves(*child);
    }
    if (node.kind != Node::Kind::kWords && node.kind != Node::Kind::kId) return;
    std::string key = node.kind == Node::Kind::kId ? node.id : std::string("w");
    for (const uint64_t hash : node.words) absl::StrAppend(&key, " ", hash);
    const auto [at, added] = leaf_of_.emplace(
        std::move(key), static_cast<uint32_t>(leaf_users_.size()));
    node.leaf = at->second;
    if (added) {
      leaf_users_.push_back(0);
      if (node.kind == Node::Kind::kWords) {
        postings_[node.words[0]].push_back(
            {node.leaf, {node.words.begin() + 1, node.words.end()}});
      } else {
        ids_.emplace(node.id, node.leaf);
      }
    }
    ++leaf_users_[node.leaf];
  }

  static void Mark(uint32_t leaf, uint32_t word, uint32_t length, uint8_t field,
                   TagRuleScratch& scratch) {
    int32_t& last = scratch.last_place[leaf];
    if (last < 0) scratch.touched_leaves.push_back(leaf);
    scratch.places.push_back({word, length, field, last});
    last = static_cast<int32_t>(scratch.places.size()) - 1;
  }

  void MarkWords(absl::Span<const Word> words, uint8_t field,
                 TagRuleScratch& scratch) const {
    ForEachWithout(words, kWordNoRule, [&](size_t i) {
      const std::vector<LeafPosting>* found = postings_.Find(words[i].hash);
      if (found == nullptr) return i + 1;
      for (const LeafPosting& posting : *found) {
        const size_t rest = posting.rest.size();
        if (i + rest >= words.size()) continue;
        bool same = true;
        for (size_t k = 0; k < rest && same; ++k) {
          same = words[i + 1 + k].hash == posting.rest[k];
        }
        if (same) {
          Mark(posting.leaf, static_cast<uint32_t>(i),
               static_cast<uint32_t>(rest + 1), field, scratch);
        }
      }
      return i + 1;
    });
  }

  void MarkId(absl::string_view prefix, absl::string_view id,
              TagRuleScratch& scratch) const {
    if (ids_.empty() || id.empty()) return;
    scratch.id.assign(prefix.data(), prefix.size());
    scratch.id.append(id.data(), id.size());
    absl::AsciiStrToLower(&scratch.id);
    const auto found = ids_.find(scratch.id);
    if (found != ids_.end()) Mark(found->second, 0, 0, 1, scratch);
  }

  static bool Holds(const ParsedTagRule& rule, const TagRuleScratch& scratch) {
    if (rule.threshold <= 0) return Holds(*rule.root, scratch);
    return Weight(*rule.root, scratch) >= rule.threshold;
  }

  // What the operands joined by OR weigh together.
  static double Weight(const Node& node, const TagRuleScratch& scratch) {
    if (node.kind != Node::Kind::kOr) {
      return Holds(node, scratch) ? node.weight : 0;
    }
    double sum = 0;
    for (const std::unique_ptr<Node>& child : node.children) {
      sum += Weight(*child, scratch);
    }
    return sum;
  }

  static bool Holds(const Node& node, const TagRuleScratch& scratch) {
    switch (node.kind) {
      case Node::Kind::kWords:
        return Found(node, scratch);
      case Node::Kind::kId:
        return scratch.last_place[node.leaf] >= 0;
      case Node::Kind::kAnd:
        return std::all_of(
            node.children.begin(), node.children.end(),
            [&](const auto& child) { return Holds(*child, scratch); });
      case Node::Kind::kOr:
        return std::any_of(
            node.children.begin(), node.children.end(),
            [&](const auto& child) { return Holds(*child, scratch); });
      case Node::Kind::kNot:
        return !Holds(*node.children[0], scratch);
      case Node::Kind::kNear:
        return Near(node, scratch);
    }
    return false;
  }

  static bool Found(const Node& node, const TagRuleScratch& scratch) {
    int32_t at = scratch.last_place[node.leaf];
    while (at >= 0 && node.title && scratch.places[at].field != 0) {
      at = scratch.places[at].next;
    }
    return at >= 0;
  }

  // Places of a leaf stand in a chain from the last to the first, so the two
  // chains are merged like sorted lists.
  static bool Near(const Node& node, const TagRuleScratch& scratch) {
    const bool title = node.children[0]->title || node.children[1]->title;
    int32_t a = scratch.last_place[node.children[0]->leaf];
    int32_t b = scratch.last_place[node.children[1]->leaf];
    while (a >= 0 && b >= 0) {
      const TagRuleScratch::Place& one = scratch.places[a];
      const TagRuleScratch::Place& other = scratch.places[b];
      if (one.field == other.field && a != b) {
        const bool first = one.word < other.word;
        const uint32_t left =
            first ? one.word + one.length : other.word + other.length;
        const uint32_t right = first ? other.word : one.word;
        const bool allowed = !title || one.field == 0;
        if (allowed && right <= left + node.distance) return true;
      }
      const bool step_a = one.field != other.field ? one.field > other.field
                                                   : one.word >= other.word;
      if (a == b || step_a) {
        a = one.next;
      } else {
        b = other.next;
      }
    }
    return false;
  }

  std::vector<ParsedTagRule> rules_;
  WordMap<std::vector<LeafPosting>> postings_;
  absl::flat_hash_map<std::string, uint32_t> ids_;
  absl::flat_hash_map<std::string, uint32_t> leaf_of_;
  std::vector<size_t> leaf_users_;              // how often each is used
  std::vector<std::vector<uint32_t>> waiting_;  // rules, by leaf
  std::vector<uint32_t> always_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const TagRules>> TagRules::Parse(
    absl::string_view file, absl::string_view content) {
  absl::StatusOr<std::vector<ParsedTagRule>> rules =
      ParseTagRules(file, content);
  if (!rules.ok()) return rules.status();
  return std::make_shared<const CompiledTagRules>(*std::move(rules));
}

std::shared_ptr<TagRuleScratch> MakeTagRuleScratch() {
  return std::make_shared<TagRuleScratch>();
}

}  // namespace wiredesk
