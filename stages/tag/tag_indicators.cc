// The part of TagStage that writes the indicators of a record: each once, with
// its first mentions.

#include <algorithm>
#include <utility>

#include "stages/tag/marks/text_spots.h"
#include "stages/tag/tag_stage.h"

namespace wiredesk {
namespace {

// A list that repeats one address a thousand times is told by its beginning.
constexpr size_t kIndicatorMentionsMax = 100;

}  // namespace

void TagStage::WriteIndicators(bool security, Batch& batch,
                               EventRecord& record) {
  IndicatorContext context;
  context.warning_list = &data_->warning_list();
  context.own_domain = record.article.provider.domain;
  context.plain_domains =
      data_->plain_domains() == PlainDomains::kAlways ||
      (security && data_->plain_domains() == PlainDomains::kSecurity);
  indicators_.clear();
  indicator_index_.clear();
  indicator_mentions_.clear();
  indicator_mention_counts_.clear();
  for (const Field field : {Field::kHeadline, Field::kBody}) {
    found_indicators_.Clear();
    const bool headline = field == Field::kHeadline;
    const absl::string_view text =
        headline ? record.article.headline : record.article.body;
    const absl::Span<const Word> words =
        headline ? headline_words_ : body_words_;
    FindSpots(text, words, spots_);
    FindIndicators(text, words, spots_, context, found_indicators_);
    for (const FoundIndicator& found : found_indicators_.found) {
      AddIndicator(found.type, found_indicators_.value(found),
                   {field, found.begin, found.end}, batch);
    }
  }
  PlaceIndicatorMentions(batch);
  record.indicators = batch.Copy(indicators_);
}

void TagStage::AddIndicator(IndicatorType type, absl::string_view value,
                            const Mention& mention, Batch& batch) {
  auto known = indicator_index_.find(std::make_pair(type, value));
  if (known == indicator_index_.end()) {
    indicators_.push_back({type, batch.Copy(value), {}});
    indicator_mention_counts_.push_back(0);
    known = indicator_index_
                .try_emplace({type, indicators_.back().value},
                             static_cast<uint32_t>(indicators_.size() - 1))
                .first;
  }
  const uint32_t index = known->second;
  if (indicator_mention_counts_[index] >= kIndicatorMentionsMax) return;
  ++indicator_mention_counts_[index];
  indicator_mentions_.push_back({index, mention});
}

// Gives each indicator its mentions, which stand in the order of the text.
void TagStage::PlaceIndicatorMentions(Batch& batch) {
  std::stable_sort(
      indicator_mentions_.begin(), indicator_mentions_.end(),
      [](const auto& a, const auto& b) { return a.indicator < b.indicator; });
  mentions_.clear();
  for (const IndicatorMention& one : indicator_mentions_) {
    mentions_.push_back(one.mention);
  }
  absl::Span<const Mention> rest = batch.Copy(mentions_);
  for (size_t i = 0; i < indicators_.size(); ++i) {
    const size_t count = indicator_mention_counts_[i];
    indicators_[i].mentions = rest.subspan(0, count);
    rest.remove_prefix(count);
  }
}

}  // namespace wiredesk
