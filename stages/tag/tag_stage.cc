#include "stages/tag/tag_stage.h"

#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "config/data_path.h"
#include "config/status_macros.h"
#include "stages/tag/language.h"

namespace wiredesk {
namespace {

// "President of X/2020-01-31..2024-01-31;...": the office that was held on
// `day` ("2022-05-10"), empty where none. Either end may be open.
absl::string_view OfficeOn(absl::string_view offices, absl::string_view day) {
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

std::optional<double> Coordinate(float value) {
  if (std::isnan(value)) return std::nullopt;
  return std::round(static_cast<double>(value) * 1e5) / 1e5;
}

}  // namespace

TagData::TagData(std::shared_ptr<const Gazetteer> gazetteer)
    : gazetteer_(std::move(gazetteer)) {}

absl::StatusOr<std::shared_ptr<TagData>> TagData::Open(
    const TagOptions& options) {
  std::string path = options.gazetteer;
  if (path.empty()) {
    WD_ASSIGN_OR_RETURN(path, FindData("gazetteer.wdg"));
  }
  WD_ASSIGN_OR_RETURN(std::shared_ptr<const Gazetteer> gazetteer,
                      Gazetteer::Open(path));
  auto data = std::make_shared<TagData>(std::move(gazetteer));
  data->path_ = path;
  return data;
}

std::shared_ptr<const Gazetteer> TagData::gazetteer() const {
  absl::MutexLock lock(&mutex_);
  return gazetteer_;
}

absl::Status TagData::Reload() {
  WD_ASSIGN_OR_RETURN(std::shared_ptr<const Gazetteer> fresh,
                      Gazetteer::Open(path_));
  absl::MutexLock lock(&mutex_);
  gazetteer_ = std::move(fresh);
  return absl::OkStatus();
}

const Schema<TagOptions>& TagStage::GetSchema() {
  static const auto* const schema = new Schema<TagOptions>(
      Schema<TagOptions>("tag", "Finds who, what, where and when.")
          .Field(&TagOptions::gazetteer, "gazetteer",
                 "A compiled gazetteer (`wiredesk gazetteer build`); empty "
                 "takes the one that is shipped."));
  return *schema;
}

TagStage::TagStage(std::shared_ptr<const TagData> data)
    : data_(std::move(data)) {}

absl::Status TagStage::Process(Batch& batch) {
  const std::shared_ptr<const Gazetteer> gazetteer = data_->gazetteer();
  batch.Retain(gazetteer);
  batch.ForEachLive(
      [&](EventRecord& record) { Tag(*gazetteer, batch, record); });
  return absl::OkStatus();
}

void TagStage::Tag(const Gazetteer& gazetteer, Batch& batch,
                   EventRecord& record) {
  const Article& article = record.article;
  const bool body = !article.body.empty();
  const DetectedLanguage language =
      DetectLanguage(body ? article.body : article.headline,
                     body ? record.body_words : record.headline_words,
                     article.declared_language);
  record.language = language.tag;
  record.language_confidence = language.confidence;
  NameInput input;
  input.headline = article.headline;
  input.body = article.body;
  input.headline_words = record.headline_words;
  input.body_words = record.body_words;
  input.provider_name = article.provider.name;
  input.provider_country = article.provider.country;
  WriteNames(gazetteer, tagger_.Tag(gazetteer, input), batch, record);
  WriteDates(batch, record);
}

void TagStage::WriteNames(const Gazetteer& gazetteer,
                          absl::Span<const FoundName> names, Batch& batch,
                          EventRecord& record) {
  entities_.clear();
  places_.clear();
  std::string day;
  if (record.article.published_at) {
    day = absl::FormatTime("%Y-%m-%d", *record.article.published_at,
                           absl::UTCTimeZone());
  }
  for (const FoundName& name : names) {
    mentions_.clear();
    for (const NameSpan& span : name.spans) {
      mentions_.push_back({span.text == 0 ? Field::kHeadline : Field::kBody,
                           span.begin, span.end});
    }
    const GazetteerEntry* entry =
        name.entry == kNoEntry ? nullptr : &gazetteer.entry(name.entry);
    if (name.place) {
      Place& place = places_.emplace_back();
      place.id =
          entry == nullptr ? absl::string_view() : gazetteer.text(entry->id);
      place.name = name.name;
      place.type = NameKindText(name.kind);
      place.role = name.demonym ? "demonym" : "mentioned";
      place.via = name.via;
      place.confidence = std::round(name.confidence * 100) / 100;
      if (entry != nullptr) {
        place.country = gazetteer.country(*entry);
        place.admin1 = gazetteer.text(entry->admin1);
        place.lat = Coordinate(entry->lat);
        place.lon = Coordinate(entry->lon);
      }
      place.mentions = batch.Copy(mentions_);
      if (place.mentions[0].begin < record.article.dateline.size() &&
          !name.demonym && record.dateline_place.empty() &&
          absl::StartsWith(record.article.body, record.article.dateline) &&
          place.mentions[0].field == Field::kBody) {
        place.role = "dateline";
        record.dateline_place = place.id;
      }
      continue;
    }
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
      for (const absl::string_view link : absl::StrSplit(
               gazetteer.text(entry->links), '|', absl::SkipEmpty())) {
        const size_t equals = link.find('=');
        if (equals == absl::string_view::npos) continue;
        links_.push_back({link.substr(0, equals), link.substr(equals + 1)});
      }
      const absl::string_view office =
          OfficeOn(gazetteer.text(entry->offices), day);
      if (!office.empty() && !day.empty()) links_.push_back({"office", office});
    }
    entity.links = batch.Copy(links_);
    entity.mentions = batch.Copy(mentions_);
  }
  record.entities = batch.Copy(entities_);
  record.places = batch.Copy(places_);
}

void TagStage::WriteDates(Batch& batch, EventRecord& record) {
  const Article& article = record.article;
  DateReference reference;
  if (article.published_at) {
    reference.known = true;
    reference.local = absl::ToCivilSecond(
        *article.published_at, absl::FixedTimeZone(article.published_offset));
  }
  dates_.clear();
  for (const Field field : {Field::kHeadline, Field::kBody}) {
    const bool headline = field == Field::kHeadline;
    found_dates_.clear();
    FindDates(headline ? article.headline : article.body,
              headline ? record.headline_words : record.body_words, reference,
              record.language, found_dates_);
    for (const FoundDate& date : found_dates_) {
      dates_.push_back({batch.Copy(date.value()),
                        {field, date.begin, date.end},
                        DateTypeName(date.type)});
    }
  }
  record.dates = batch.Copy(dates_);
}

}  // namespace wiredesk
