#include "stages/route/route_stage.h"

namespace wiredesk {
namespace {

// Whether the record is in the sample. Ids are hashes of the input, so this is
// the same for the same record in every replay.
bool InSample(const EventRecord& record, double share) {
  return static_cast<double>(record.id.low >> 11) * 0x1.0p-53 < share;
}

size_t FanOutSize(const EventRecord& record, absl::string_view list) {
  if (list == "entities") {
    return record.entities.size();
  }
  if (list == "places") {
    return record.places.size();
  }
  if (list == "dates") {
    return record.dates.size();
  }
  if (list == "quotes") {
    return record.quotes.size();
  }
  if (list == "events") {
    return record.events.size();
  }
  if (list == "topics") {
    return record.topics.size();
  }
  return list == "amounts" ? record.amounts.size() : record.indicators.size();
}

}  // namespace

absl::Status RouteStage::Process(Batch& batch) {
  // Destinations point at names that the tree holds.
  batch.Retain(tree_);
  batch.ForEachLive(
      [this, &batch](EventRecord& record) { RouteRecord(record, batch); });
  return absl::OkStatus();
}

void RouteStage::RouteRecord(EventRecord& record, Batch& batch) {
  const CelWordsOf words[] = {{record.article.headline, record.headline_words},
                              {record.article.body, record.body_words}};
  evaluator_.Begin(&record, words);
  destinations_.clear();
  sampled_out_ = false;
  tree_->Match(evaluator_,
               [&](const Route& route) { Take(route, record, batch); });
  if (destinations_.empty()) {
    batch.Drop(record, "route", sampled_out_ ? "sample" : "rule");
    return;
  }
  record.destinations = batch.Copy(destinations_);
}

void RouteStage::Take(const Route& route, const EventRecord& record,
                      Batch& batch) {
  if (route.drop) {
    return;
  }
  if (route.sample < 1 && !InSample(record, route.sample)) {
    sampled_out_ = true;
    return;
  }
  const auto render = [&](const TopicTemplate& text) {
    if (text.is_literal()) {
      return absl::string_view(text.literal());
    }
    text_.clear();
    text.Render(evaluator_, text_);
    return batch.Copy(text_);
  };
  Destination destination;
  destination.route = route.name;
  destination.fields = route.fields;
  if (route.has_key) {
    destination.key = render(route.key);
  }
  if (!route.headers.empty()) {
    headers_.clear();
    for (const Route::Heading& header : route.headers) {
      headers_.push_back({header.name, render(header.value)});
    }
    destination.headers = batch.Copy(headers_);
  }
  for (const TopicTemplate& topic : route.to) {
    destination.topic = render(topic);
    const size_t items =
        route.fan_out.empty() ? 0 : FanOutSize(record, route.fan_out);
    // A record without items goes out whole: nothing is lost silently.
    destination.fan_out = items == 0 ? "" : absl::string_view(route.fan_out);
    for (size_t i = 0; i == 0 || i < items; ++i) {
      destination.fan_out_item = static_cast<uint32_t>(i);
      destinations_.push_back(destination);
    }
  }
}

}  // namespace wiredesk
