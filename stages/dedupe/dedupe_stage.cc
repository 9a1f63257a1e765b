#include "stages/dedupe/dedupe_stage.h"

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "config/base/status_macros.h"
#include "pipeline/flow/memory_sighting_log.h"
#include "pipeline/flow/record_watch.h"

namespace wiredesk {
namespace {

// Names this process in the log. No decision depends on it.
uint64_t ProcessNumber() {
  std::random_device device;
  return static_cast<uint64_t>(device()) << 32 | device();
}

absl::string_view ProviderKey(const Provider& provider) {
  if (!provider.domain.empty()) return provider.domain;
  return provider.name.empty() ? provider.feed : provider.name;
}

bool IsDuplicate(Verdict verdict) {
  return verdict == Verdict::kExact || verdict == Verdict::kNear ||
         verdict == Verdict::kExcerpt;
}

}  // namespace

IndexLimits LimitsOf(const DedupeOptions& options) {
  return {absl::ToInt64Seconds(options.window),
          absl::ToInt64Seconds(options.story_window),
          static_cast<size_t>(options.memory_max),
          absl::ToInt64Seconds(options.identity_window)};
}

void SightingMaker::Make(const Batch& batch, const EventRecord& record,
                         Sighting& s) {
  const uint64_t seed = seed_;
  const Article& article = record.article;
  const Origin& origin = batch.raw_of(record).origin;
  const absl::string_view provider = ProviderKey(article.provider);
  s.id = record.id;
  scratch_.assign(origin.topic.data(), origin.topic.size());
  absl::StrAppend(&scratch_, "\n", origin.partition, "\n", origin.offset, "\n",
                  record.item);
  s.origin = HashKey(scratch_, seed);
  s.provider = static_cast<uint32_t>(HashKey(provider, seed));
  s.guid = s.url = 0;
  if (!article.guid.empty()) {
    scratch_.assign(provider.data(), provider.size());
    absl::StrAppend(&scratch_, "\n", article.guid);
    s.guid = HashKey(scratch_, seed);
  }
  const absl::string_view url =
      article.dedupe_url.empty() ? article.canonical_url : article.dedupe_url;
  if (!url.empty()) s.url = HashKey(url, seed);
  s.content = static_cast<uint32_t>(
      HashKey(article.body, HashKey(article.headline, seed)));
  s.published_version =
      article.version <= INT32_MAX ? static_cast<int32_t>(article.version) : 0;
  s.canceled = article.status == PublicationStatus::kCanceled;
  std::optional<absl::Time> time = record.received_at;
  if (!time.has_value()) time = article.published_at;
  s.event_time.reset();
  if (time.has_value()) s.event_time = absl::ToUnixMicros(*time);
  sketcher_.Sketch({article.headline, record.headline_words, record.body_words},
                   s);
}

StoryReplica::StoryReplica(const DedupeOptions& options)
    : memory_max_(options.memory_max),
      replica_(LimitsOf(options),
               FormatOf(static_cast<uint64_t>(options.seed), LimitsOf(options)),
               ProcessNumber()) {}

absl::Status StoryReplica::Apply(int64_t position, absl::string_view sighting,
                                 std::string& decision) {
  absl::MutexLock lock(&mutex_);
  return replica_.Apply(position, sighting, decision);
}

std::vector<std::string> StoryReplica::TakeEntries() {
  absl::MutexLock lock(&mutex_);
  std::vector<std::string> entries;
  // Until it has come back: an append may fail, and without it a replica whose
  // log is too short would wait for ever. More than one does no harm.
  if (!replica_.joined()) entries.push_back(replica_.JoinEntry());
  std::optional<std::string> written = replica_.TakeWriteBack();
  if (written.has_value()) entries.push_back(*std::move(written));
  return entries;
}

void StoryReplica::AppendFailed() {
  absl::MutexLock lock(&mutex_);
  replica_.AppendFailed();
}

void StoryReplica::WriteNothingBack() {
  absl::MutexLock lock(&mutex_);
  replica_.WriteNothingBack();
}

std::vector<ReplicaFigure> StoryReplica::figures() const {
  absl::MutexLock lock(&mutex_);
  const StoryIndex& index = replica_.index();
  const auto number = [](uint64_t value) {
    return static_cast<int64_t>(value);
  };
  return {
      {"wiredesk_dedupe_memory_bytes",
       "Memory of the story index, fixed at the start by dedupe.memory_max.",
       memory_max_},
      {"wiredesk_dedupe_articles", "Articles that the story index remembers.",
       number(std::min<uint64_t>(index.articles(), index.articles_max()))},
      {"wiredesk_dedupe_articles_max",
       "Articles that the story index has room for.",
       number(index.articles_max())},
      {"wiredesk_dedupe_stories", "Stories that the story index remembers.",
       number(std::min<uint64_t>(index.stories(), index.stories_max()))},
      {"wiredesk_dedupe_forgotten_early_total",
       "Articles, texts and stories that were forgotten for want of memory "
       "while still within their window.",
       number(index.evicted_early()), true},
      {"wiredesk_dedupe_incomplete_restores_total",
       "Restores from too little of the sighting log: decisions may differ "
       "from those of other instances.",
       number(replica_.incomplete_restores()), true}};
}

uint64_t StoryReplica::incomplete_restores() const {
  absl::MutexLock lock(&mutex_);
  return replica_.incomplete_restores();
}

const Schema<DedupeOptions>& DedupeStage::GetSchema() {
  static const auto* const schema = new Schema<DedupeOptions>(
      Schema<DedupeOptions>(
          "dedupe",
          "Finds copies, edits, excerpts and revisions, and which articles "
          "tell the same story. All instances must have the same settings.")
          .Field(&DedupeOptions::window, "window",
                 "How far back an article is compared, in the time of the "
                 "records.",
                 {60, 90 * 24 * 3600})
          .Field(&DedupeOptions::story_window, "story_window",
                 "How long a story without news is remembered.",
                 {60, 365 * 24 * 3600})
          .Field(&DedupeOptions::identity_window, "identity_window",
                 "How long guids and URLs are remembered, so that a later "
                 "version is a revision; at least `window`. The sighting log "
                 "must be kept for the longest of the three windows.",
                 {60, 365 * 24 * 3600})
          .Bytes(&DedupeOptions::memory_max, "memory_max",
                 "Memory for all that is remembered, about 276 bytes an "
                 "article. What does not fit is forgotten, oldest first.",
                 {1 << 20, 1e12})
          .Field(&DedupeOptions::seed, "seed",
                 "Makes the hashes of this deployment its own, so that nobody "
                 "can make texts that collide. A new one needs a new sightings "
                 "topic.")
          .Choice(&DedupeOptions::duplicates, "duplicates",
                  "What becomes of copies, edits and excerpts: `publish` lets "
                  "the routes send them to a topic of their own, `drop` ends "
                  "them, `mark` leaves them in the flow. Revisions and kills "
                  "are never dropped.",
                  {{"publish", Duplicates::kPublish},
                   {"drop", Duplicates::kDrop},
                   {"mark", Duplicates::kMark}}));
  return *schema;
}

DedupeStage::DedupeStage(const DedupeOptions& options, StoryReplica* replica,
                         SightingLog* log)
    : options_(options),
      format_(FormatOf(static_cast<uint64_t>(options.seed), LimitsOf(options))),
      replica_(replica),
      log_(log),
      durable_(dynamic_cast<MemorySightingLog*>(log) == nullptr),
      maker_(options) {
  if (!durable_) replica_->WriteNothingBack();
}

absl::Status DedupeStage::TakeDecision(const std::string& bytes,
                                       EventRecord& record, Batch& batch) {
  Decision& decision = decision_;
  WD_RETURN_IF_ERROR(DecodeDecision(bytes, decision));
  DedupeResult& result = record.dedupe;
  result.verdict = decision.verdict;
  result.reason = decision.reason;
  result.similarity = decision.similarity / 1000.0;
  result.novelty = decision.novelty / 1000.0;
  result.cluster = decision.cluster;
  result.cluster_size = static_cast<int32_t>(decision.cluster_size);
  result.story = decision.story;
  result.story_size = static_cast<int32_t>(decision.story_size);
  result.version = static_cast<int32_t>(decision.version);
  result.of = {};
  if (result.verdict != Verdict::kNew) result.of = result.cluster;
  reuse_.clear();
  for (const ReusedText& one : decision.reused) {
    reuse_.push_back(
        {one.of, one.share / 1000.0, static_cast<int32_t>(one.words)});
  }
  result.reuse = batch.Copy(reuse_);
  if (decision.first_seen != 0) {
    result.first_seen = absl::FromUnixMicros(decision.first_seen);
  }
  if (!record.received_at.has_value() && decision.event_time != 0) {
    record.received_at = absl::FromUnixMicros(decision.event_time);
  }
  if (result.verdict == Verdict::kRevision && record.article.guid.empty() &&
      record.article.canonical_url.empty()) {
    result.uri = batch.Copy(
        absl::StrFormat("%016x%016x", result.of.high, result.of.low));
  }
  return absl::OkStatus();
}

std::string& DedupeStage::EntryAt(size_t i) {
  if (i == entries_.size()) entries_.emplace_back();
  return entries_[i];
}

absl::Status DedupeStage::Process(Batch& batch) {
  size_t count = 0;
  if (durable_) {
    for (std::string& entry : replica_->TakeEntries()) {
      EntryAt(count++) = std::move(entry);
    }
  }
  const size_t first = count;
  batch.ForEachLive([&](EventRecord& record) {
    maker_.Make(batch, record, sighting_);
    if (IsTooCostly("dedupe", "sighting", batch, record)) return;
    EncodeSighting(sighting_, format_, EntryAt(count++));
  });
  const absl::Status appended = log_->Append(
      batch.sequence(), absl::MakeConstSpan(entries_).first(count), decisions_);
  if (!appended.ok()) {
    replica_->AppendFailed();
    return appended;
  }
  if (decisions_.size() != count) {
    return absl::InternalError("the sighting log lost a decision");
  }
  size_t next = first;
  absl::Status status;
  batch.ForEachLive([&](EventRecord& record) {
    if (!status.ok()) return;
    status = TakeDecision(decisions_[next++], record, batch);
    if (status.ok() && options_.duplicates == Duplicates::kDrop &&
        IsDuplicate(record.dedupe.verdict) &&
        record.article.status != PublicationStatus::kCanceled) {
      batch.Drop(record, "dedupe", "duplicate");
    }
  });
  return status;
}

}  // namespace wiredesk
