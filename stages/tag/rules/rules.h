// The operator's own tags: named boolean rules over words, phrases, entities,
// places and topics; what newsrooms know as alert definitions.

#ifndef WIREDESK_STAGES_TAG_RULES_RULES_H_
#define WIREDESK_STAGES_TAG_RULES_RULES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/marks/word_marks.h"
#include "stages/text/words.h"

namespace wiredesk {

// What the rules look at. All views are the caller's.
struct TagRuleInput {
  absl::Span<const Word> headline_words;
  absl::Span<const Word> body_words;
  absl::Span<const absl::string_view> entities;  // ids, "org:nato"
  absl::Span<const absl::string_view> places;    // ids, "iso3166:KR"
  absl::Span<const absl::string_view> topics;    // ids and slugs
  absl::string_view language;
  absl::string_view domain;  // the provider's
};

struct TagRuleScratch;  // working memory of one thread, see rules.cc

// Rules compiled for matching. Immutable: share it, and swap it to reload.
class TagRules {
 public:
  // Parses a file of rules; the grammar is told in rules.cc.
  // An error begins with "<file>:<line>:<column>: ".
  static absl::StatusOr<std::shared_ptr<const TagRules>> Parse(
      absl::string_view file, absl::string_view content);

  virtual ~TagRules() = default;

  // Sets `tags` to the names of the rules that match, in the order of the file.
  // The views live as long as this object.
  virtual void Match(const TagRuleInput& input, TagRuleScratch& scratch,
                     std::vector<absl::string_view>& tags) const = 0;
  virtual size_t size() const = 0;
  // Tells `marker` of the words with which a word or phrase of a rule begins.
  virtual void MarkWords(WordMarker& marker) const = 0;
};

// Working memory for Match; one for each thread.
std::shared_ptr<TagRuleScratch> MakeTagRuleScratch();

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_RULES_RULES_H_
