#include "stages/route/route_stage.h"

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "pipeline/flow/record_watch.h"
#include "pipeline/record/event_json.h"

namespace wiredesk {
namespace {

// Whether the record is in the sample. Ids are hashes of the input, so this is
// the same for the same record in every replay.
bool InSample(const EventRecord& record, double share) {
  return static_cast<double>(record.id.low >> 11) * 0x1.0p-53 < share;
}

}  // namespace

absl::Status RouteStage::Process(Batch& batch) {
  // Destinations point at names that the tree holds.
  batch.Retain(tree_);
  batch.ForEachLive(
      [this, &batch](EventRecord& record) { RouteRecord(record, batch); });
  return tree_->limited() ? Limit(batch) : absl::OkStatus();
}

void RouteStage::RouteRecord(EventRecord& record, Batch& batch) {
  const CelWordsOf words[] = {{record.article.headline, record.headline_words},
                              {record.article.body, record.body_words}};
  evaluator_.Begin(&record, words);
  destinations_.clear();
  sampled_out_ = false;
  tree_->Match(evaluator_,
               [&](const Route& route) { Take(route, record, batch); });
  if (IsTooCostly("route", "tests", batch, record)) return;
  if (destinations_.empty()) {
    batch.Drop(record, "route", sampled_out_ ? "sample" : "rule");
    return;
  }
  record.destinations = batch.Copy(destinations_);
}

// Takes from the records what is over the rate of its route, in the order of
// the batches.
absl::Status RouteStage::Limit(Batch& batch) {
  const bool ordered = batch.sequence() >= 0;
  if (ordered) WD_RETURN_IF_ERROR(ledger_->turnstile.Enter(batch.sequence()));
  batch.ForEachLive(
      [this, &batch](EventRecord& record) { LimitRecord(record, batch); });
  if (ordered) ledger_->turnstile.Leave();
  return absl::OkStatus();
}

void RouteStage::LimitRecord(EventRecord& record, Batch& batch) {
  destinations_.clear();
  const Route* last = nullptr;
  bool within = true;
  for (const Destination& destination : record.destinations) {
    // All messages of a record by one route count as one.
    const auto* const route = static_cast<const Route*>(destination.origin);
    if (route != last) {
      last = route;
      within =
          route->rate_limit.records == 0 ||
          ledger_->limits.Take(route->name, route->rate_limit,
                               record.received_at.value_or(absl::UnixEpoch()));
      if (!within) batch.Withhold(route->name, "rate_limit");
    }
    if (!within) continue;
    destinations_.push_back(destination);
    if (!WithinCap(*route, destinations_.back(), batch)) {
      batch.DeadLetter(record.raw, "route", "topics_max",
                       absl::StrCat("the topic ", destination.topic,
                                    " is one more than route.topics_max"),
                       batch.raw_of(record).articles > 1
                           ? static_cast<int64_t>(record.item)
                           : -1);
      return;
    }
  }
  record.destinations = batch.Copy(destinations_);
  if (destinations_.empty()) batch.Drop(record, "route", "rate_limit");
}

bool RouteStage::WithinCap(const Route& route, Destination& destination,
                           Batch& batch) {
  for (const TopicTemplate& topic : route.to) {
    if (topic.is_literal() && topic.literal() == destination.topic) return true;
  }
  if (ledger_->topics.Take(destination.topic, tree_->topics_max())) return true;
  batch.Withhold(route.name, "topics_max");
  for (const TopicTemplate& topic : tree_->fallback().to) {
    if (!topic.is_literal()) continue;
    destination.topic = topic.literal();
    return true;
  }
  return false;
}

void RouteStage::Take(const Route& route, EventRecord& record, Batch& batch) {
  if (route.drop) {
    return;
  }
  if (route.sample < 1 && !InSample(record, route.sample)) {
    sampled_out_ = true;
    batch.Withhold(route.name, "sample");
    return;
  }
  Destination destination = Describe(route, batch);
  for (const TopicTemplate& topic : route.to) {
    destination.topic = Render(topic, batch);
    const absl::string_view forbidden =
        topic.is_literal() ? "" : tree_->Forbidden(destination.topic);
    if (!forbidden.empty()) {
      const bool one_of_many = batch.raw_of(record).articles > 1;
      batch.DeadLetter(
          record.raw, "route", "forbidden_topic",
          absl::StrCat("the topic ", destination.topic, " ", forbidden),
          one_of_many ? static_cast<int64_t>(record.item) : -1);
      return;
    }
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

// All of a destination but its topic.
Destination RouteStage::Describe(const Route& route, Batch& batch) {
  Destination destination;
  destination.origin = &route;
  destination.route = route.name;
  destination.fields = route.fields;
  if (route.has_key) destination.key = Render(route.key, batch);
  headers_.clear();
  for (const Route::Heading& header : route.headers) {
    headers_.push_back({header.name, Render(header.value, batch)});
  }
  destination.headers = batch.Copy(headers_);
  return destination;
}

absl::string_view RouteStage::Render(const TopicTemplate& text, Batch& batch) {
  if (text.is_literal()) return text.literal();
  text_.clear();
  text.Render(evaluator_, text_);
  return batch.Copy(text_);
}

}  // namespace wiredesk
