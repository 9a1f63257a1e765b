#include "pipeline/flow/accounting.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "pipeline/record/event_names.h"

namespace wiredesk {
namespace {

constexpr CounterRow kRawRecords = {"wiredesk_raw_records_total",
                                    "Raw records read and dealt with.", ""};
constexpr CounterRow kRawBytes = {"wiredesk_raw_bytes_total",
                                  "Bytes of the raw records.", ""};
constexpr CounterRow kRawPublished = {
    "wiredesk_raw_records_published_total",
    "Raw records whose articles were all published or dropped by a rule.", ""};
constexpr CounterRow kRawMalformed = {
    "wiredesk_raw_records_malformed_total",
    "Raw records that were read in spite of faults.", ""};
constexpr CounterRow kArticles = {"wiredesk_articles_total",
                                  "Articles parsed from raw records.", ""};
constexpr CounterRow kFutureDated = {
    "wiredesk_articles_future_dated_total",
    "Articles that are dated more than a day after they were received.", ""};
constexpr CounterRow kPublished = {"wiredesk_articles_published_total",
                                   "Articles that went to one topic or more.",
                                   ""};
constexpr CounterRow kDeadArticles = {
    "wiredesk_articles_dead_lettered_total",
    "Articles whose raw record is a dead letter.", ""};
constexpr CounterRow kLostItems = {
    "wiredesk_items_lost_total",
    "Items of lists and feeds that gave no article: broken, empty, or over a "
    "limit. The dead letter of their raw record tells of them.",
    ""};
constexpr CounterRow kRecords = {"wiredesk_records_published_total",
                                 "Records published, by topic.", "topic"};
constexpr CounterRow kVerdicts = {"wiredesk_verdicts_total",
                                  "Published articles by dedupe verdict.",
                                  "verdict"};
constexpr CounterRow kDropped = {"wiredesk_articles_dropped_total",
                                 "Articles dropped by a rule.", "reason"};
constexpr CounterRow kDeadLetters = {"wiredesk_dead_letters_total",
                                     "Dead letters by stage and reason.",
                                     "reason"};
constexpr CounterRow kWithheld = {
    "wiredesk_records_withheld_total",
    "Records that a route took and did not publish: over its rate, or outside "
    "of its sample.",
    "route"};
constexpr CounterRow kByRoute = {"wiredesk_articles_routed_total",
                                 "Published articles by the route that took "
                                 "them.",
                                 "route"};
constexpr CounterRow kByLanguage = {"wiredesk_articles_by_language_total",
                                    "Published articles by language.",
                                    "language"};

constexpr CounterRow kUnusedKeys = {
    "wiredesk_unused_keys_total",
    "Raw records with a member of this name that looks like a text, a time or "
    "an address and was not used: see `wiredesk parse explain`.",
    "key"};

constexpr CounterRow kCounters[] = {
    kRawRecords,  kRawBytes,    kRawPublished, kRawMalformed, kArticles,
    kFutureDated, kPublished,   kDeadArticles, kRecords,      kVerdicts,
    kDropped,     kDeadLetters, kWithheld,     kByRoute,      kByLanguage,
    kLostItems,   kUnusedKeys};

// Gauges. Their age is `time() - wiredesk_newest_...`: a feed that went silent.
constexpr CounterRow kNewestByTopic = {
    "wiredesk_newest_record_timestamp_seconds",
    "Time of the newest raw record, by source topic.", "topic"};
constexpr CounterRow kNewestByProvider = {
    "wiredesk_newest_article_timestamp_seconds",
    "Time at which the newest article was received, by provider.", "provider"};

void Add(const Totals& from, Totals& to) {
  to.raw_records += from.raw_records;
  to.raw_bytes += from.raw_bytes;
  to.raw_published += from.raw_published;
  to.dead_letters += from.dead_letters;
  to.malformed += from.malformed;
  to.articles += from.articles;
  to.future_dated += from.future_dated;
  to.published += from.published;
  to.dropped += from.dropped;
  to.dead_articles += from.dead_articles;
  to.lost_items += from.lost_items;
  for (const auto& [key, n] : from.by_topic) to.by_topic[key] += n;
  for (const auto& [key, n] : from.by_verdict) to.by_verdict[key] += n;
  for (const auto& [key, n] : from.by_drop_reason) to.by_drop_reason[key] += n;
  for (const auto& [key, n] : from.by_dead_reason) to.by_dead_reason[key] += n;
  for (const auto& [key, n] : from.by_withheld) to.by_withheld[key] += n;
}

// Whether the publisher's date lies ahead of the day on which the record came;
// hours ahead are only a zone that was not given.
bool IsFutureDated(const EventRecord& record) {
  constexpr absl::Duration kMargin = absl::Hours(24);
  return record.article.published_at.has_value() &&
         record.received_at.has_value() &&
         *record.article.published_at > *record.received_at + kMargin;
}

Totals Book(const Batch& batch) {
  Totals totals;
  for (const RawRecord& raw : batch.raw_records()) {
    ++totals.raw_records;
    totals.raw_bytes += static_cast<int64_t>(raw.value.size());
    totals.malformed += raw.malformed ? 1 : 0;
    totals.lost_items += static_cast<int64_t>(raw.lost_items);
    if (raw.dead_letter) {
      ++totals.dead_letters;
      ++totals.by_dead_reason[absl::StrCat(raw.stage, "/", raw.reason)];
    } else {
      ++totals.raw_published;
    }
  }
  for (const Batch::Withheld& each : batch.withheld()) {
    totals.by_withheld[absl::StrCat(each.route, "/", each.reason)] +=
        each.records;
  }
  for (const EventRecord& record : batch.records()) {
    ++totals.articles;
    totals.future_dated += IsFutureDated(record) ? 1 : 0;
    switch (record.fate) {
      case Fate::kLive:
        ++totals.published;
        ++totals.by_verdict[std::string(VerdictName(record.dedupe.verdict))];
        for (const Destination& destination : record.destinations) {
          ++totals.by_topic[std::string(destination.topic)];
        }
        break;
      case Fate::kDropped:
        ++totals.dropped;
        ++totals.by_drop_reason[absl::StrCat(record.fate_stage, "/",
                                             record.fate_reason)];
        break;
      case Fate::kDeadLetter:
        ++totals.dead_articles;
        break;
    }
  }
  return totals;
}

void PrintTable(absl::string_view title,
                const std::map<std::string, int64_t>& table, std::string& out) {
  if (table.empty()) return;
  absl::StrAppendFormat(&out, "%s\n", title);
  for (const auto& [key, n] : table) {
    absl::StrAppendFormat(&out, "  %-32s %10d\n", key, n);
  }
}

}  // namespace

Accounting::Accounting(Metrics* metrics)
    : metrics_(metrics),
      latency_(metrics->GetHistogram("wiredesk_latency_seconds",
                                     "From the time of a raw record to the "
                                     "commit of what became of it.")) {
  for (const CounterRow& row : kCounters) {
    if (row.label.empty()) {
      metrics->GetCounter(row.name, row.help);
    } else {
      metrics->Declare(row.name, row.help, "counter");
    }
  }
  for (const absl::string_view verdict : Choices<Verdict>()) {
    metrics->GetCounter(kVerdicts.name, kVerdicts.help,
                        {{kVerdicts.label, verdict}});
  }
  metrics->Declare(kNewestByTopic.name, kNewestByTopic.help, "gauge");
  metrics->Declare(kNewestByProvider.name, kNewestByProvider.help, "gauge");
}

void Accounting::Count(const CounterRow& row, absl::string_view value,
                       int64_t n) {
  if (row.label.empty()) {
    metrics_->GetCounter(row.name, row.help)->Add(n);
  } else {
    metrics_->GetCounter(row.name, row.help, {{row.label, value}})->Add(n);
  }
}

void Accounting::AddDelivered(const Batch& batch) {
  const Totals delta = Book(batch);
  Count(kRawRecords, "", delta.raw_records);
  Count(kRawBytes, "", delta.raw_bytes);
  Count(kRawPublished, "", delta.raw_published);
  Count(kRawMalformed, "", delta.malformed);
  Count(kArticles, "", delta.articles);
  Count(kFutureDated, "", delta.future_dated);
  Count(kPublished, "", delta.published);
  Count(kDeadArticles, "", delta.dead_articles);
  Count(kLostItems, "", delta.lost_items);
  for (const auto& [topic, n] : delta.by_topic) Count(kRecords, topic, n);
  for (const auto& [verdict, n] : delta.by_verdict) {
    Count(kVerdicts, verdict, n);
  }
  for (const auto& [reason, n] : delta.by_drop_reason) {
    Count(kDropped, reason, n);
  }
  for (const auto& [reason, n] : delta.by_dead_reason) {
    Count(kDeadLetters, reason, n);
  }
  for (const Batch::Withheld& each : batch.withheld()) {
    metrics_
        ->GetCounter(kWithheld.name, kWithheld.help,
                     {{"route", each.route}, {"reason", each.reason}})
        ->Add(each.records);
  }
  CountWays(batch);
  CountUnusedKeys(batch);
  ObserveTimes(batch);
  absl::MutexLock lock(&mutex_);
  Add(delta, totals_);
}

void Accounting::CountUnusedKeys(const Batch& batch) {
  for (const RawRecord& raw : batch.raw_records()) {
    for (const UnusedKey& unused : raw.unused_keys) {
      absl::string_view key = unused.key;
      {
        absl::MutexLock lock(&mutex_);
        if (unused_keys_.size() < kUnusedKeysMax) {
          unused_keys_.emplace(key);
        } else if (!unused_keys_.contains(key)) {
          key = "other";
        }
      }
      metrics_
          ->GetCounter(kUnusedKeys.name, kUnusedKeys.help,
                       {{"key", key}, {"looks", unused.looks}})
          ->Add();
    }
  }
}

void Accounting::CountWays(const Batch& batch) {
  absl::flat_hash_map<absl::string_view, int64_t> routes;
  absl::flat_hash_map<absl::string_view, int64_t> languages;
  for (const EventRecord& record : batch.records()) {
    if (record.fate != Fate::kLive) continue;
    ++languages[record.language];
    for (const Destination& each : record.destinations) ++routes[each.route];
  }
  for (const auto& [route, n] : routes) Count(kByRoute, route, n);
  for (const auto& [language, n] : languages) Count(kByLanguage, language, n);
}

void Accounting::ObserveTimes(const Batch& batch) {
  const absl::Time now = absl::Now();
  absl::flat_hash_map<absl::string_view, absl::Time> topics;
  absl::flat_hash_map<absl::string_view, absl::Time> providers;
  const auto keep = [](auto& newest, absl::string_view name, absl::Time time) {
    absl::Time& kept = newest.try_emplace(name, time).first->second;
    kept = std::max(kept, time);
  };
  for (const RawRecord& raw : batch.raw_records()) {
    if (!raw.timestamp) continue;
    latency_->Observe(
        std::max(0.0, absl::ToDoubleSeconds(now - *raw.timestamp)));
    keep(topics, raw.origin.topic, *raw.timestamp);
  }
  for (const EventRecord& record : batch.records()) {
    const Provider& provider = record.article.provider;
    const absl::string_view name =
        provider.name.empty() ? provider.domain : provider.name;
    if (!name.empty() && record.received_at) {
      keep(providers, name, *record.received_at);
    }
  }
  const auto set = [this](const CounterRow& row, absl::string_view name,
                          absl::Time time) {
    Gauge* const gauge =
        metrics_->GetGauge(row.name, row.help, {{row.label, name}});
    gauge->Set(std::max(gauge->value(), absl::ToUnixSeconds(time)));
  };
  for (const auto& [topic, time] : topics) set(kNewestByTopic, topic, time);
  for (const auto& [name, time] : providers) set(kNewestByProvider, name, time);
}

Totals Accounting::totals() const {
  absl::MutexLock lock(&mutex_);
  return totals_;
}

std::string PrintTotals(const Totals& totals, double seconds) {
  std::string out;
  const double time = std::max(seconds, 1e-9);
  absl::StrAppendFormat(
      &out,
      "read %d raw records (%.1f MB) in %.2f s: %.0f articles/s, %.1f MB/s\n",
      totals.raw_records, static_cast<double>(totals.raw_bytes) / 1e6, seconds,
      static_cast<double>(totals.articles) / time,
      static_cast<double>(totals.raw_bytes) / 1e6 / time);
  absl::StrAppendFormat(
      &out, "articles %d = published %d + dropped %d + dead-lettered %d\n",
      totals.articles, totals.published, totals.dropped, totals.dead_articles);
  absl::StrAppendFormat(
      &out, "raw records %d = fully published %d + dead-lettered %d\n",
      totals.raw_records, totals.raw_published, totals.dead_letters);
  if (totals.lost_items > 0) {
    absl::StrAppendFormat(&out,
                          "items that gave no article %d, told of by the dead "
                          "letters of their raw records\n",
                          totals.lost_items);
  }
  if (totals.malformed > 0) {
    absl::StrAppendFormat(&out, "read in spite of faults %d\n",
                          totals.malformed);
  }
  if (totals.future_dated > 0) {
    absl::StrAppendFormat(&out, "articles dated in the future %d\n",
                          totals.future_dated);
  }
  PrintTable("published by topic", totals.by_topic, out);
  PrintTable("published by verdict", totals.by_verdict, out);
  PrintTable("dropped by reason", totals.by_drop_reason, out);
  PrintTable("withheld by route and reason", totals.by_withheld, out);
  PrintTable("dead letters by reason", totals.by_dead_reason, out);
  return out;
}

}  // namespace wiredesk
