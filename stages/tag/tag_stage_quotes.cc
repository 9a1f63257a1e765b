// What the tag stage makes of quotations: who may speak, who does, and those
// whom only their quotations make known.

#include <algorithm>
#include <string>

#include "stages/tag/gazetteer/sources.h"
#include "stages/tag/tag_stage.h"

namespace wiredesk {
namespace {

// How relevant somebody is of whom no more is known than that they speak.
constexpr int32_t kSpeakerRelevance = 20;

}  // namespace

// Those who may speak in the body, by where they stand, a longer one first.
void TagStage::FindSpeakers(absl::Span<const FoundName> names) {
  // What is sorted is small; its key is the beginning, and below it the end the
  // other way round.
  speaker_order_.clear();
  // Entities stand in the record in the order of `names`, places left out.
  int32_t entity = 0;
  for (uint32_t i = 0; i < names.size(); ++i) {
    if (names[i].place) continue;
    for (const Mention& span : names[i].spans) {
      if (span.field != Field::kBody) continue;
      speaker_order_.push_back(
          {uint64_t{span.begin} << 32 | (0xFFFFFFFFu - span.end), i, entity});
    }
    ++entity;
  }
  std::sort(speaker_order_.begin(), speaker_order_.end(),
            [](const SpeakerAt& a, const SpeakerAt& b) {
              return a.place != b.place ? a.place < b.place : a.name < b.name;
            });
  speakers_.clear();
  for (const SpeakerAt& at : speaker_order_) {
    SpeakerMention& speaker = speakers_.emplace_back();
    speaker.begin = static_cast<uint32_t>(at.place >> 32);
    speaker.end = 0xFFFFFFFFu - static_cast<uint32_t>(at.place);
    speaker.entity = at.entity;
    speaker.is_person = names[at.name].kind == NameKind::kPerson;
    speaker.full_name = names[at.name].name;
  }
}

// Those who are quoted by their name and are not among the entities yet.
void TagStage::AddUnknownSpeakers(absl::Span<const FoundName> names,
                                  Batch& batch, EventRecord& record) {
  const bool all_known = std::all_of(
      found_quotes_.begin(), found_quotes_.end(), [](const FoundQuote& quote) {
        return quote.speaker >= 0 || !quote.quote.speaker_mention.has_value();
      });
  if (all_known) return;
  // Places are no speakers, but names.
  speakers_.clear();
  for (const FoundName& name : names) {
    for (const Mention& span : name.spans) {
      if (span.field == Field::kBody) {
        speakers_.push_back({span.begin, span.end});
      }
    }
  }
  std::sort(speakers_.begin(), speakers_.end(),
            [](const SpeakerMention& a, const SpeakerMention& b) {
              return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
            });
  unknown_speakers_.clear();
  FindUnknownSpeakers(record.article.body, body_words_, speakers_,
                      static_cast<int32_t>(entities_.size()), found_quotes_,
                      unknown_speakers_);
  for (const UnknownSpeaker& speaker : unknown_speakers_) {
    const Mention& first = speaker.mentions[0];
    Entity& entity = entities_.emplace_back();
    entity.type = NameKindText(NameKind::kPerson);
    entity.name =
        record.article.body.substr(first.begin, first.end - first.begin);
    std::string id = "x:";
    AppendSlug(entity.name, id);
    entity.id = batch.Copy(absl::string_view(id));
    entity.relevance = kSpeakerRelevance;
    entity.via = "speaker";
    entity.confidence = 0.8;
    entity.mentions = batch.Copy(speaker.mentions);
  }
  if (!unknown_speakers_.empty()) record.entities = batch.Copy(entities_);
}

void TagStage::WriteQuotes(absl::Span<const FoundName> names, Batch& batch,
                           EventRecord& record) {
  FindSpeakers(names);
  found_quotes_.clear();
  FindQuotes(record.article.body, body_words_, spots_, speakers_,
             record.language, found_quotes_);
  AddUnknownSpeakers(names, batch, record);
  quotes_.clear();
  for (const FoundQuote& found : found_quotes_) {
    Quote& quote = quotes_.emplace_back(found.quote);
    if (found.speaker >= 0 &&
        found.speaker < static_cast<int32_t>(record.entities.size())) {
      quote.speaker_entity = record.entities[found.speaker].id;
      quote.speaker_name = record.entities[found.speaker].name;
    }
  }
  record.quotes = batch.Copy(quotes_);
}

}  // namespace wiredesk
