#include "stages/tag/tag_stage.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "pipeline/flow/record_watch.h"
#include "stages/tag/dates/value.h"
#include "stages/tag/gazetteer/sources.h"
#include "stages/tag/language/language.h"
#include "stages/tag/marks/text_spots.h"

namespace wiredesk {
namespace {

// What the terms of security must weigh for a text to be about it.
constexpr float kSecurityWeight = 2.0F;

// What the publisher tagged is added up to this many things of a kind in all.
constexpr size_t kGivenMax = 256;

// "President of X/2020-01-31..2024-01-31;...": the office that was held on
// `day` ("2022-05-10"), empty where none. Either end may be open.
absl::string_view OfficeOn(absl::string_view offices, absl::string_view day) {
  if (offices.empty() || day.empty()) return {};
  for (const absl::string_view office : absl::StrSplit(offices, ';')) {
    const size_t slash = office.rfind('/');
    if (slash == absl::string_view::npos) continue;
    const absl::string_view term = office.substr(slash + 1);
    const size_t dots = term.find("..");
    if (dots == absl::string_view::npos) continue;
    const absl::string_view from = term.substr(0, dots);
    const absl::string_view to = term.substr(dots + 2);
    if (from <= day && (to.empty() || day <= to)) {
      return office.substr(0, slash);
    }
  }
  return {};
}

// "wikidata=Q7184|lei=..."
void AppendLinks(absl::string_view text, std::vector<Link>& links) {
  while (!text.empty()) {
    const absl::string_view link = text.substr(0, text.find('|'));
    text.remove_prefix(std::min(text.size(), link.size() + 1));
    const size_t equals = link.find('=');
    if (equals == absl::string_view::npos) continue;
    links.push_back({link.substr(0, equals), link.substr(equals + 1)});
  }
}

// The day on which it was published, empty where that is not known.
TimexValue DayOf(const Article& article) {
  if (!article.published_at) return {};
  return TimexValue::Day(
      absl::ToCivilDay(*article.published_at, absl::UTCTimeZone()));
}

// Whether what the publisher tagged was found, too: by its id or its name.
template <typename Thing>
bool IsAmong(const std::vector<Thing>& found, const Thing& given) {
  return std::any_of(found.begin(), found.end(), [&given](const Thing& one) {
    return (!given.id.empty() && one.id == given.id) ||
           (!given.name.empty() &&
            absl::EqualsIgnoreCase(one.name, given.name));
  });
}

std::optional<double> Coordinate(float value) {
  if (std::isnan(value)) return std::nullopt;
  return std::round(static_cast<double>(value) * 1e5) / 1e5;
}

}  // namespace

TagStage::TagStage(std::shared_ptr<const TagData> data)
    : data_(std::move(data)),
      event_writer_(data_->events()),
      tone_writer_(data_->tone()) {
  tagger_.UseModel(data_->name_model(), data_->name_model_margin());
}

absl::Status TagStage::Process(Batch& batch) {
  batch.Retain(data_);
  batch.ForEachLive(
      [&](EventRecord& record) { Tag(*data_->gazetteer(), batch, record); });
  return absl::OkStatus();
}

void TagStage::Tag(const Gazetteer& gazetteer, Batch& batch,
                   EventRecord& record) {
  const Article& article = record.article;
  const WordMarker& marker = data_->marker();
  headline_words_ =
      marker.Mark(article.headline, record.headline_words, headline_memory_);
  body_words_ = marker.Mark(article.body, record.body_words, body_memory_);
  const bool body = !article.body.empty();
  const DetectedLanguage language = DetectLanguage(
      body ? article.body : article.headline,
      body ? body_words_ : headline_words_, article.declared_language);
  record.language = language.tag;
  record.language_confidence = language.confidence;
  record.language_via = language.via;
  NameInput input;
  input.headline = article.headline;
  input.body = article.body;
  input.headline_words = headline_words_;
  input.body_words = body_words_;
  input.provider_name = article.provider.name;
  input.provider_country = article.provider.country;
  input.language = record.language;
  const TimexValue day = DayOf(article);
  input.day = day.text();
  absl::Span<const FoundName> names = tagger_.Tag(gazetteer, input);
  FindTopicNames(gazetteer, names);
  WriteTopics(batch, record);
  const bool security = IsAboutSecurity(names);
  if (security) names = threats_.Refine(input, names);
  WriteNames(gazetteer, names, batch, record);
  if (IsTooCostly("tag", "names", batch, record)) return;
  WriteNumbers(batch, record);
  if (IsTooCostly("tag", "dates", batch, record)) return;
  WriteIndicators(security, batch, record);  // leaves the spots of the body
  if (IsTooCostly("tag", "indicators", batch, record)) return;
  WriteQuotes(names, batch, record);
  if (IsTooCostly("tag", "quotes", batch, record)) return;
  WriteEvents(gazetteer, names, batch, record);
  WriteGiven(batch, record);
  tone_writer_.Write(headline_words_, body_words_, batch, record);
  WriteTags(batch, record);
}

void TagStage::WriteNames(const Gazetteer& gazetteer,
                          absl::Span<const FoundName> names, Batch& batch,
                          EventRecord& record) {
  entities_.clear();
  places_.clear();
  const TimexValue day = DayOf(record.article);
  for (const FoundName& name : names) {
    const GazetteerEntry* entry =
        name.entry == kNoEntry ? nullptr : &gazetteer.entry(name.entry);
    if (name.place) {
      WritePlace(gazetteer, name, entry, batch, record);
    } else {
      WriteEntity(gazetteer, name, entry, day.text(), batch);
    }
  }
  record.entities = batch.Copy(entities_);
  record.places = batch.Copy(places_);
}

// Whether a mention of the place is the dateline's. That of the headline may
// come first; and above a correction's text stands what was corrected.
bool TagStage::StandsInDateline(const Place& place, const Article& article) {
  constexpr size_t kDatelineReach = 500;
  if (article.dateline.empty()) return false;
  const size_t begin =
      article.body.substr(0, kDatelineReach).find(article.dateline);
  if (begin == absl::string_view::npos) return false;
  const size_t end = begin + article.dateline.size();
  return std::any_of(place.mentions.begin(), place.mentions.end(),
                     [&](const Mention& mention) {
                       return mention.field == Field::kBody &&
                              mention.begin >= begin && mention.begin < end;
                     });
}

void TagStage::WritePlace(const Gazetteer& gazetteer, const FoundName& name,
                          const GazetteerEntry* entry, Batch& batch,
                          EventRecord& record) {
  Place& place = places_.emplace_back();
  place.name = name.name;
  place.type = NameKindText(name.kind);
  place.role = name.demonym ? "demonym" : name.part ? "part" : "mentioned";
  place.via = name.via;
  place.confidence = std::round(name.confidence * 100) / 100;
  if (entry != nullptr) {
    place.id = gazetteer.text(entry->id);
    place.country = gazetteer.country(*entry);
    place.admin1 = gazetteer.text(entry->admin1);
    place.lat = Coordinate(entry->lat);
    place.lon = Coordinate(entry->lon);
  }
  place.mentions = batch.Copy(name.spans);
  if (!name.demonym && !name.part && record.dateline_place.empty() &&
      StandsInDateline(place, record.article)) {
    place.role = "dateline";
    record.dateline_place = place.id;
  }
}

void TagStage::WriteEntity(const Gazetteer& gazetteer, const FoundName& name,
                           const GazetteerEntry* entry, absl::string_view day,
                           Batch& batch) {
  Entity& entity = entities_.emplace_back();
  entity.id =
      entry == nullptr ? batch.Copy(name.id) : gazetteer.text(entry->id);
  entity.type = NameKindText(name.kind);
  entity.name = name.name;
  entity.relevance = name.relevance;
  entity.via = name.via;
  entity.confidence = std::round(name.confidence * 100) / 100;
  links_.clear();
  if (entry != nullptr) {
    AppendLinks(gazetteer.text(entry->links), links_);
    const absl::string_view office =
        OfficeOn(gazetteer.text(entry->offices), day);
    if (!office.empty()) links_.push_back({"office", office});
  }
  entity.links = batch.Copy(links_);
  entity.mentions = batch.Copy(name.spans);
}

// Dates, and the amounts between them.
void TagStage::WriteNumbers(Batch& batch, EventRecord& record) {
  const Article& article = record.article;
  DateReference reference;
  if (article.published_at) {
    reference.known = true;
    // Not with a fixed zone, whose making takes a lock.
    reference.local = absl::ToCivilSecond(
        *article.published_at + absl::Seconds(article.published_offset),
        absl::UTCTimeZone());
  }
  dates_.clear();
  amounts_.clear();
  for (const Field field : {Field::kHeadline, Field::kBody}) {
    const bool headline = field == Field::kHeadline;
    const absl::string_view text = headline ? article.headline : article.body;
    const absl::Span<const Word> words =
        headline ? headline_words_ : body_words_;
    found_dates_.clear();
    FindDates(text, words, reference, record.language, found_dates_);
    for (const FoundDate& date : found_dates_) {
      if (!data_->date_references() && absl::EndsWith(date.value(), "_REF")) {
        continue;
      }
      dates_.push_back(
          {batch.Copy(date.value()), {field, date.begin, date.end}, date.type});
    }
    FindAmounts(field, text, words, found_dates_, record.language,
                article.provider.country, amounts_);
  }
  TakeDatesOfBody(article);
  record.dates = batch.Copy(dates_);
  record.amounts = batch.Copy(amounts_);
}

// A headline has no tense, so "in September" may be the last or the next one.
// Where the body writes the same, it is the body's. Of the first few dates of
// the headline, each against all of the body.
void TagStage::TakeDatesOfBody(const Article& article) {
  constexpr size_t kHeadlineDatesMax = 8;
  const auto text = [&article](const Mention& mention) {
    return (mention.field == Field::kHeadline ? article.headline : article.body)
        .substr(mention.begin, mention.end - mention.begin);
  };
  const size_t count = std::min(dates_.size(), kHeadlineDatesMax);
  for (size_t i = 0; i < count; ++i) {
    DateExpression& date = dates_[i];
    if (date.mention.field != Field::kHeadline) return;
    const absl::string_view written = text(date.mention);
    absl::string_view value;
    bool agree = true;
    for (const DateExpression& other : dates_) {
      if (other.mention.field != Field::kBody || other.type != date.type ||
          text(other.mention) != written) {
        continue;
      }
      agree = agree && (value.empty() || value == other.value);
      value = other.value;
    }
    if (agree && !value.empty()) date.value = value;
  }
}

// Whether an attacker or a malicious program is named, or the terms of such
// subjects stand in the text, published or not.
bool TagStage::IsAboutSecurity(absl::Span<const FoundName> names) const {
  for (const absl::string_view slug : {"cyber-security", "cybercrime"}) {
    if (data_->topics().Weight(slug, topic_scratch_) >= kSecurityWeight) {
      return true;
    }
  }
  return std::any_of(names.begin(), names.end(), [](const FoundName& name) {
    return name.kind == NameKind::kMalware ||
           name.kind == NameKind::kThreatActor;
  });
}

// Names, which say less of the subject than words, and the votes of those who
// hold an office.
void TagStage::FindTopicNames(const Gazetteer& gazetteer,
                              absl::Span<const FoundName> names) {
  for (auto& list : topic_names_) list.clear();
  topic_votes_.clear();
  for (const FoundName& name : names) {
    if (name.demonym) continue;
    for (const Mention& span : name.spans) {
      topic_names_[TextIndex(span)].push_back(
          {span.begin, span.end, name.kind == NameKind::kPerson,
           name.kind == NameKind::kOrganization});
    }
    if (name.kind == NameKind::kPerson && name.entry != kNoEntry &&
        gazetteer.entry(name.entry).offices != 0) {
      topic_votes_.emplace_back("politics");
    }
  }
  for (auto& list : topic_names_) {
    std::sort(list.begin(), list.end(),
              [](const TopicName& a, const TopicName& b) {
                return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
              });
  }
}

void TagStage::WriteEvents(const Gazetteer& gazetteer,
                           absl::Span<const FoundName> names, Batch& batch,
                           EventRecord& record) {
  // Entities stand in the record in the order of `names`, places left out.
  entity_countries_.clear();
  for (const FoundName& name : names) {
    if (name.place) continue;
    entity_countries_.push_back(
        name.entry == kNoEntry
            ? absl::string_view()
            : gazetteer.country(gazetteer.entry(name.entry)));
  }
  event_writer_.Write(headline_words_, body_words_, entity_countries_, batch,
                      record);
}

void TagStage::WriteTopics(Batch& batch, EventRecord& record) {
  // The terms that are compiled in are English.
  topic_scratch_.scores.clear();
  const absl::string_view language = record.language.substr(0, 2);
  if (data_->default_topics() && language != "en" && language != "un") return;
  TopicContext context;
  context.headline_names = topic_names_[0];
  context.body_names = topic_names_[1];
  context.votes = topic_votes_;
  data_->topics().Find(headline_words_, body_words_, context,
                       data_->topics_max(), topic_scratch_);
  topics_.clear();
  for (const FoundTopic& found : topic_scratch_.found) {
    const absl::Span<const Mention> evidence =
        absl::MakeConstSpan(topic_scratch_.evidence)
            .subspan(found.evidence_begin, found.evidence_count);
    topics_.push_back({found.topic->id, found.topic->name, found.topic->slug,
                       found.topic->parent, found.score, batch.Copy(evidence)});
  }
  record.topics = batch.Copy(topics_);
}

void TagStage::WriteGiven(Batch& batch, EventRecord& record) {
  for (const Entity& given : record.given_entities) {
    if (entities_.size() >= kGivenMax || IsAmong(entities_, given)) continue;
    Entity& entity = entities_.emplace_back(given);
    if (entity.id.empty()) {
      // Bound inside of this article only.
      std::string id = "x:";
      AppendSlug(given.name, id);
      entity.id = batch.Copy(absl::string_view(id));
    }
    if (entity.type.empty()) entity.type = "other";
  }
  for (const Place& given : record.given_places) {
    // A place without an id cannot be looked up.
    if (given.id.empty() || places_.size() >= kGivenMax ||
        IsAmong(places_, given)) {
      continue;
    }
    Place& place = places_.emplace_back(given);
    place.type = "feature";
    place.role = "mentioned";
  }
  for (const Topic& given : record.given_topics) {
    if (given.id.empty() || topics_.size() >= kGivenMax ||
        IsAmong(topics_, given)) {
      continue;
    }
    Topic& topic = topics_.emplace_back(given);
    // Where the code is one of ours, its name and place are.
    if (const auto* own = data_->topics().Lookup(given.id)) {
      topic.name = own->name;
      topic.slug = own->slug;
      topic.parent = own->parent;
    }
    if (topic.name.empty()) topic.name = topic.id;
  }
  if (!record.given_entities.empty()) record.entities = batch.Copy(entities_);
  if (!record.given_places.empty()) record.places = batch.Copy(places_);
  if (!record.given_topics.empty()) record.topics = batch.Copy(topics_);
}

void TagStage::WriteTags(Batch& batch, EventRecord& record) {
  if (data_->rules() == nullptr) return;
  for (auto& ids : ids_) ids.clear();
  for (const Entity& entity : record.entities) ids_[0].push_back(entity.id);
  for (const Place& place : record.places) ids_[1].push_back(place.id);
  for (const Topic& topic : record.topics) {
    ids_[2].push_back(topic.id);
    ids_[2].push_back(topic.slug);
  }
  TagRuleInput input;
  input.headline_words = headline_words_;
  input.body_words = body_words_;
  input.entities = ids_[0];
  input.places = ids_[1];
  input.topics = ids_[2];
  input.language = record.language;
  input.domain = record.article.provider.domain;
  tags_.clear();
  data_->rules()->Match(input, *rule_scratch_, tags_);
  record.tags = batch.Copy(tags_);
}

}  // namespace wiredesk
