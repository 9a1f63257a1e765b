// The tag stage: who, what, where, when, and in what language.
//
// The border of tag. TagData is what the configuration names (gazetteer,
// topics, rules, event patterns, lexicon of tone), checked whole and shared;
// TagStage is the working memory of one worker. The rooms below find things in
// a text and know nothing of batches; the stage gives them its words, in the
// order that Tag() shows, and copies what they find into the arena.
//
// Example, compiled in tests/examples/stage_examples.cc:
//
//   absl::Status Tag(Batch& batch) {
//     TagOptions options;  // the gazetteer, topics and model that are shipped
//     options.topics_max = 3;
//     WD_ASSIGN_OR_RETURN(const std::shared_ptr<const TagData> data,
//                         TagData::Open(options));
//     TagStage stage(data);  // one for each worker; `data` is shared
//     return stage.Process(batch);
//   }

#ifndef WIREDESK_STAGES_TAG_TAG_STAGE_H_
#define WIREDESK_STAGES_TAG_TAG_STAGE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "config/config.h"
#include "config/diagnostics.h"
#include "config/schema.h"
#include "pipeline/flow/stage.h"
#include "pipeline/flow/stage_kind.h"
#include "stages/tag/dates/amounts.h"
#include "stages/tag/dates/dates.h"
#include "stages/tag/event_writer.h"
#include "stages/tag/events/event_tables.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/indicators/indicators.h"
#include "stages/tag/marks/text_spots.h"
#include "stages/tag/marks/word_marks.h"
#include "stages/tag/names/model.h"
#include "stages/tag/names/tagger.h"
#include "stages/tag/names/threats.h"
#include "stages/tag/quotes/quotes.h"
#include "stages/tag/quotes/unknown_speakers.h"
#include "stages/tag/rules/rules.h"
#include "stages/tag/tone_writer.h"
#include "stages/tag/topics/topics.h"

namespace wiredesk {

// What `tag.name_model` says where no model is to be asked.
inline constexpr absl::string_view kNoNameModel = "none";

// Where domains that are not defanged are indicators.
enum class PlainDomains : uint8_t { kNever, kSecurity, kAlways };

struct TagOptions {
  // A compiled gazetteer; empty: the one that is shipped.
  std::string gazetteer;
  // Tables of topics; none: the one that is compiled in.
  std::vector<std::string> topics;
  int64_t topics_max = 5;  // of an article, the most important first
  // A file of tag rules; empty: none.
  std::string rules;
  // A model for names that no rule knows; empty: the one that is shipped;
  // kNoNameModel: none.
  std::string name_model;
  double name_model_margin = kNameModelMargin;
  // Files of domains that are not indicators, besides those compiled in.
  std::vector<std::string> warning_lists;
  PlainDomains plain_domains = PlainDomains::kSecurity;
  // Tables of event patterns of the operator, before those that are shipped.
  std::vector<std::string> events;
  // Whether "now" and "recently" are dates: PRESENT_REF, PAST_REF.
  bool date_references = true;
};

// The section of `config`, with paths relative to the file that names them.
TagOptions DecodeTagOptions(const Config& config, Diagnostics& diagnostics);

// The compiled gazetteer at `path`, or where that is empty the shipped one. A
// packed one (.gz, as in the image) is unpacked into memory of the process;
// others are mapped, which is faster and shared. NotFound, or InvalidArgument
// where it is damaged or of another version.
absl::StatusOr<std::shared_ptr<const Gazetteer>> OpenGazetteer(
    std::string path);

// What the tag stages of all workers share, each of it checked whole. Immutable
// and thread-safe: a reload opens another one.
class TagData {
 public:
  // Opens what `options` name. NotFound, InvalidArgument with file and line.
  static absl::StatusOr<std::shared_ptr<const TagData>> Open(
      const TagOptions& options);

  const std::shared_ptr<const Gazetteer>& gazetteer() const {
    return gazetteer_;
  }
  const TopicSet& topics() const { return *topics_; }
  size_t topics_max() const { return topics_max_; }
  // Whether those are compiled in.
  bool default_topics() const { return default_topics_; }
  // Null where there are none.
  const TagRules* rules() const { return rules_.get(); }
  // Null where there is none.
  const NameModel* name_model() const { return name_model_.get(); }
  float name_model_margin() const { return name_model_margin_; }
  const std::shared_ptr<const EventTables>& events() const { return events_; }
  const std::shared_ptr<const ToneLexicon>& tone() const { return tone_; }
  const WarningList& warning_list() const { return warning_list_; }
  PlainDomains plain_domains() const { return plain_domains_; }
  bool date_references() const { return date_references_; }
  // Knows the words of all of these, and of the rules that are compiled in.
  const WordMarker& marker() const { return marker_; }

 private:
  std::shared_ptr<const Gazetteer> gazetteer_;
  std::shared_ptr<const TopicSet> topics_;
  size_t topics_max_ = 5;
  bool default_topics_ = true;
  std::shared_ptr<const TagRules> rules_;
  std::shared_ptr<const NameModel> name_model_;
  float name_model_margin_ = 1;
  std::shared_ptr<const EventTables> events_;
  std::shared_ptr<const ToneLexicon> tone_;
  WarningList warning_list_;
  PlainDomains plain_domains_ = PlainDomains::kSecurity;
  bool date_references_ = true;
  WordMarker marker_;
};

class TagStage : public Stage {
 public:
  static const Schema<TagOptions>& GetSchema();

  explicit TagStage(std::shared_ptr<const TagData> data);

  absl::string_view name() const override { return "tag"; }
  absl::Status Process(Batch& batch) override;

 private:
  void Tag(const Gazetteer& gazetteer, Batch& batch, EventRecord& record);
  void WriteNames(const Gazetteer& gazetteer, absl::Span<const FoundName> names,
                  Batch& batch, EventRecord& record);
  // Of a name whose mentions are in `mentions_`; `entry` is null of one that
  // the gazetteer does not have, `day` that of publication.
  void TakeDatesOfBody(const Article& article);
  static bool StandsInDateline(const Place& place, const Article& article);
  void WritePlace(const Gazetteer& gazetteer, const FoundName& name,
                  const GazetteerEntry* entry, Batch& batch,
                  EventRecord& record);
  void WriteEntity(const Gazetteer& gazetteer, const FoundName& name,
                   const GazetteerEntry* entry, absl::string_view day,
                   Batch& batch);
  void WriteNumbers(Batch& batch, EventRecord& record);
  void FindSpeakers(absl::Span<const FoundName> names);
  void AddUnknownSpeakers(absl::Span<const FoundName> names, Batch& batch,
                          EventRecord& record);
  void WriteQuotes(absl::Span<const FoundName> names, Batch& batch,
                   EventRecord& record);
  bool IsAboutSecurity(absl::Span<const FoundName> names) const;
  void WriteIndicators(bool security, Batch& batch, EventRecord& record);
  void FindTopicNames(const Gazetteer& gazetteer,
                      absl::Span<const FoundName> names);
  void WriteEvents(const Gazetteer& gazetteer,
                   absl::Span<const FoundName> names, Batch& batch,
                   EventRecord& record);
  void AddIndicator(IndicatorType type, absl::string_view value,
                    const Mention& mention, Batch& batch);
  void PlaceIndicatorMentions(Batch& batch);
  void WriteTopics(Batch& batch, EventRecord& record);
  // Puts what the publisher tagged next to what was found: a thing that was
  // found, too, by its id or name, stands as it was found.
  void WriteGiven(Batch& batch, EventRecord& record);
  void WriteTags(Batch& batch, EventRecord& record);

  const std::shared_ptr<const TagData> data_;
  // The words of the article with their marks, and the memory where they live.
  absl::Span<const Word> headline_words_;
  absl::Span<const Word> body_words_;
  std::vector<Word> headline_memory_;
  std::vector<Word> body_memory_;
  NameTagger tagger_;
  ThreatNames threats_;
  std::vector<Entity> entities_;
  std::vector<Place> places_;
  std::vector<Mention> mentions_;
  std::vector<Link> links_;
  std::vector<FoundDate> found_dates_;
  std::vector<DateExpression> dates_;
  std::vector<Amount> amounts_;
  TextSpots spots_;
  struct SpeakerAt {
    uint64_t place;
    uint32_t name;
    int32_t entity;
  };
  std::vector<SpeakerAt> speaker_order_;
  std::vector<SpeakerMention> speakers_;
  std::vector<FoundQuote> found_quotes_;
  std::vector<UnknownSpeaker> unknown_speakers_;
  std::vector<Quote> quotes_;
  IndicatorList found_indicators_;
  std::vector<Indicator> indicators_;
  EventWriter event_writer_;
  ToneWriter tone_writer_;
  std::vector<absl::string_view> entity_countries_;
  // Where in indicators_ a type and value stand.
  absl::flat_hash_map<std::pair<IndicatorType, absl::string_view>, uint32_t>
      indicator_index_;
  struct IndicatorMention {
    uint32_t indicator = 0;
    Mention mention;
  };
  std::vector<IndicatorMention> indicator_mentions_;
  std::vector<size_t> indicator_mention_counts_;
  TopicScratch topic_scratch_;
  std::vector<TopicName> topic_names_[2];  // headline, body
  std::vector<absl::string_view> topic_votes_;
  std::vector<Topic> topics_;
  std::shared_ptr<TagRuleScratch> rule_scratch_ = MakeTagRuleScratch();
  std::vector<absl::string_view> tags_;
  std::vector<absl::string_view> ids_[3];
};

extern const StageKind kTag;

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_TAG_STAGE_H_
