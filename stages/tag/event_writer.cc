// Tested by tag_stage_test.cc.

#include "stages/tag/event_writer.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "stages/text/word_hash.h"

namespace wiredesk {
namespace {

// By what a party is known in other articles: its id, else its sector.
std::string PartyKey(const EventParty& party) {
  if (!party.entity.empty()) return std::string(party.entity);
  return absl::StrCat(party.place, "/", party.sector);
}

std::string PartyKeys(absl::Span<const EventParty> parties) {
  std::vector<std::string> keys;
  for (const EventParty& party : parties) keys.push_back(PartyKey(party));
  std::sort(keys.begin(), keys.end());
  return absl::StrJoin(keys, ",");
}

}  // namespace

EventWriter::EventWriter(std::shared_ptr<const EventTables> tables)
    : tables_(std::move(tables)), finder_(tables_) {}

absl::Span<const EventParty> EventWriter::WriteParties(
    absl::string_view text, absl::Span<const Party> parties, Batch& batch,
    const EventRecord& record) {
  parties_.clear();
  for (const Party& found : parties) {
    EventParty& party = parties_.emplace_back();
    if (found.entity >= 0) party.entity = record.entities[found.entity].id;
    if (found.place >= 0) party.place = record.places[found.place].id;
    party.text = text.substr(found.begin, found.end - found.begin);
    party.sector = tables_->sector(found.sector);
  }
  return batch.Copy(parties_);
}

std::string EventWriter::KeyOf(const Event& event,
                               const EventRecord& record) const {
  std::string day(event.date);
  if (day.empty() && record.article.published_at) {
    day = absl::FormatTime("%Y-%m-%d", *record.article.published_at,
                           absl::UTCTimeZone());
  }
  const std::string all =
      absl::StrCat(event.event_class, "|", PartyKeys(event.actors), "|",
                   PartyKeys(event.recipients), "|", event.place, "|", day);
  return absl::StrFormat("%016x", HashFoldedWord(all.data(), all.size()));
}

void EventWriter::Write(absl::Span<const Word> headline_words,
                        absl::Span<const Word> body_words,
                        absl::Span<const absl::string_view> countries,
                        Batch& batch, EventRecord& record) {
  if (record.language != "en" && record.language != "und" &&
      !absl::StartsWith(record.language, "en-")) {
    return;
  }
  const Article& article = record.article;
  // What a kill takes back has not happened.
  if (article.status == PublicationStatus::kCanceled) return;
  EventInput input;
  input.headline = article.headline;
  input.body = article.body;
  input.headline_words = headline_words;
  input.body_words = body_words;
  input.entities = record.entities;
  input.entity_countries = countries;
  input.places = record.places;
  input.dates = record.dates;
  if (article.published_at) {
    input.published = absl::ToCivilDay(
        *article.published_at + absl::Seconds(article.published_offset),
        absl::UTCTimeZone());
  }
  events_.clear();
  for (const FoundEvent& found : finder_.Find(input)) {
    const EventTelling& telling = found.telling;
    const absl::string_view text = found.trigger.field == Field::kHeadline
                                       ? article.headline
                                       : article.body;
    Event& event = events_.emplace_back();
    event.event_class = telling.event_class;
    event.mode = telling.mode;
    event.cameo = telling.cameo;
    event.actors = WriteParties(text, telling.actors, batch, record);
    event.recipients = WriteParties(text, telling.recipients, batch, record);
    event.realis = RealisName(telling.realis);
    if (found.date >= 0) event.date = record.dates[found.date].value;
    if (found.place >= 0) event.place = record.places[found.place].id;
    event.evidence = found.evidences[0];
    event.trigger = found.trigger;
    event.retold = batch.Copy(absl::MakeConstSpan(found.evidences).subspan(1));
    event.key = batch.Copy(KeyOf(event, record));
    event.confidence = std::round(telling.confidence * 100) / 100;
    event.id = batch.Copy(absl::StrCat("e", events_.size()));
  }
  record.events = batch.Copy(events_);
}

}  // namespace wiredesk
