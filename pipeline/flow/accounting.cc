#include "pipeline/flow/accounting.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "pipeline/record/event_names.h"

namespace wiredesk {
namespace {

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

void Accounting::Count(absl::string_view name, absl::string_view help,
                       absl::Span<const Label> labels, int64_t n) {
  metrics_->GetCounter(name, help, labels)->Add(n);
}

void Accounting::AddDelivered(const Batch& batch) {
  const Totals delta = Book(batch);
  Count("wiredesk_raw_records_total", "Raw records read and dealt with.", {},
        delta.raw_records);
  Count("wiredesk_raw_bytes_total", "Bytes of the raw records.", {},
        delta.raw_bytes);
  Count("wiredesk_raw_records_published_total",
        "Raw records whose articles were all published or dropped by a rule.",
        {}, delta.raw_published);
  Count("wiredesk_raw_records_malformed_total",
        "Raw records that were read in spite of faults.", {}, delta.malformed);
  Count("wiredesk_articles_total", "Articles parsed from raw records.", {},
        delta.articles);
  Count("wiredesk_articles_future_dated_total",
        "Articles that are dated more than a day after they were received.", {},
        delta.future_dated);
  Count("wiredesk_articles_published_total",
        "Articles that went to one topic or more.", {}, delta.published);
  Count("wiredesk_articles_dead_lettered_total",
        "Articles whose raw record is a dead letter.", {}, delta.dead_articles);
  for (const auto& [topic, n] : delta.by_topic) {
    Count("wiredesk_records_published_total", "Records published, by topic.",
          {{"topic", topic}}, n);
  }
  for (const auto& [verdict, n] : delta.by_verdict) {
    Count("wiredesk_verdicts_total", "Published articles by dedupe verdict.",
          {{"verdict", verdict}}, n);
  }
  for (const auto& [reason, n] : delta.by_drop_reason) {
    Count("wiredesk_articles_dropped_total", "Articles dropped by a rule.",
          {{"reason", reason}}, n);
  }
  for (const auto& [reason, n] : delta.by_dead_reason) {
    Count("wiredesk_dead_letters_total", "Dead letters by stage and reason.",
          {{"reason", reason}}, n);
  }
  for (const Batch::Withheld& each : batch.withheld()) {
    Count("wiredesk_records_withheld_total",
          "Records that a route took and did not publish: over its rate, or "
          "outside of its sample.",
          {{"route", each.route}, {"reason", each.reason}}, each.records);
  }
  absl::MutexLock lock(&mutex_);
  Add(delta, totals_);
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
