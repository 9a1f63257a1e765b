#include "stages/dedupe/index/story_index.h"

#include <algorithm>

#include "stages/dedupe/sketch/shingles.h"

namespace wiredesk {
namespace {

constexpr int32_t kVersionMax = 65535;  // of Article::version

constexpr int64_t kDaySeconds = int64_t{24} * 3600;

// A duplicate that brings more new text than this is itself compared with what
// comes, so that its own copies are found. Thousandths that are covered.
constexpr uint16_t kCoveredEnough = 700;

// Seeds of keys, so that a guid is never taken for a URL.
constexpr uint64_t kGuidKey = 0x9ae16a3b2f90404f;
constexpr uint64_t kUrlKey = 0xb492b66fbe98f273;
constexpr uint64_t kOriginKey = 0xc949c7defebe6fb5;
constexpr uint64_t kTextKey = 0x8a970be7488fda55;

constexpr uint8_t kCanceledFlag = 1;
constexpr uint8_t kShortFlag = 2;
constexpr uint8_t kGuidFlag = 4;

// How far apart two short texts are sent that are one.
constexpr uint32_t kShortSeconds = 2 * 3600;

// Of what two texts are about, in tenths, below which they are different
// articles though they have one URL.
constexpr int kAlikeTenths = 5;

uint64_t Key(uint64_t hash, uint64_t kind) { return MixHash(hash, kind); }

uint64_t OriginKey(const Sighting& s) {
  return Key(s.origin ^ s.text.low, kOriginKey);
}

// Of the text: 20 bits of its words, 12 of its bytes.
constexpr uint32_t kWordsMask = 0xFFFFF000;

uint32_t Check(const Sighting& s) {
  return (static_cast<uint32_t>(s.text.high >> 32) & kWordsMask) |
         (s.content & ~kWordsMask);
}

bool SameWords(uint32_t check, const Sighting& s) {
  return ((check ^ Check(s)) & kWordsMask) == 0;
}

uint32_t Seconds(int64_t microseconds) {
  return static_cast<uint32_t>(
      std::clamp<int64_t>(microseconds / 1'000'000, 1, 0xFFFFFFFF));
}

// A publisher's number that is a time or the like counts no versions.
uint32_t NextVersion(uint32_t before, const Sighting& s) {
  const bool counts =
      s.published_version > 0 && s.published_version <= kVersionMax;
  return counts ? static_cast<uint32_t>(s.published_version)
                : std::min<uint32_t>(before + 1, kVersionMax);
}

// The number with these low bits that is the nearest below `next`.
uint64_t Widen(uint32_t low, uint64_t next) {
  const uint32_t distance = static_cast<uint32_t>(next) - low;
  return distance == 0 || distance > next ? 0 : next - distance;
}

}  // namespace

void StoryIndex::Apply(const Sighting& sighting, int64_t position,
                       Decision& decision) {
  Decide(sighting, position, decision);
  Insert(sighting, decision);
}

void StoryIndex::PrefetchKeys(const Sighting& sighting) const {
  if (sighting.origin != 0) keys_.Prefetch(OriginKey(sighting));
  if (sighting.guid != 0) keys_.Prefetch(Key(sighting.guid, kGuidKey));
  if (sighting.url != 0) keys_.Prefetch(Key(sighting.url, kUrlKey));
  keys_.Prefetch(Key(sighting.text.low, kTextKey));
}

void StoryIndex::PrefetchInsert(const Sighting& sighting,
                                const Decision& decision) const {
  if (decision.replay) return;
  PrefetchKeys(sighting);
  if (decision.indexed) matcher_.PrefetchInsert(sighting);
  if (decision.verdict != Verdict::kNew) return;
  matcher_.PrefetchCount(sighting);
  stories_.Prefetch(sighting);
  stories_.PrefetchInsert(sighting, decision.term_weights);
}

void StoryIndex::Prefetch(const Sighting& sighting) const {
  PrefetchKeys(sighting);
  matcher_.Prefetch(sighting);
  stories_.Prefetch(sighting);
}

uint32_t StoryIndex::OldestAt(uint32_t clock) const {
  const int64_t oldest = static_cast<int64_t>(clock) - limits_.window_seconds;
  return static_cast<uint32_t>(std::max<int64_t>(oldest, 1));
}

// Ids outlive similarity: a publisher's next version may come after weeks.
uint32_t StoryIndex::OldestIdentityAt(uint32_t clock) const {
  const int64_t window =
      std::max(limits_.identity_window_seconds, limits_.window_seconds);
  return static_cast<uint32_t>(
      std::max<int64_t>(static_cast<int64_t>(clock) - window, 1));
}

uint32_t StoryIndex::OldestStoryAt(uint32_t clock) const {
  const int64_t oldest =
      static_cast<int64_t>(clock) - limits_.story_window_seconds;
  return static_cast<uint32_t>(std::max<int64_t>(oldest, 1));
}

// What is rare is learnt over half the longer window, and the one before.
int64_t StoryIndex::PeriodSeconds() const {
  return std::max<int64_t>(
      std::max(limits_.window_seconds, limits_.story_window_seconds) / 2, 1);
}

// Sets the times of `decision` and its generation of rarity.
void StoryIndex::Tick(const Sighting& sighting, Decision& decision) const {
  decision.event_time = sighting.event_time.value_or(last_event_time_);
  std::array<uint32_t, kClockTimes> times = times_;
  times[timed_ % kClockTimes] = Seconds(decision.event_time);
  const size_t count = std::min<uint64_t>(timed_ + 1, kClockTimes);
  const size_t middle = (count - 1) / 2;
  std::nth_element(times.begin(), times.begin() + middle,
                   times.begin() + count);
  decision.clock = std::max(clock_, times[middle]);
  const auto period = static_cast<uint32_t>(decision.clock / PeriodSeconds());
  decision.generation = generation_;
  if (period != period_) {
    decision.generation += period == period_ + 1 || period_ == 0 ? 1 : 2;
  } else if (matcher_.rarity_full()) {
    ++decision.generation;
  }
}

const StoryIndex::Article* StoryIndex::FindArticle(uint64_t key,
                                                   uint32_t oldest) const {
  const uint64_t number = Widen(keys_.Find(key), next_article_);
  if (number == 0 || next_article_ - number >= articles_.size()) return nullptr;
  const Article& article = articles_[number % articles_.size()];
  return article.seen >= oldest ? &article : nullptr;
}

const StoryIndex::Cluster* StoryIndex::FindCluster(uint32_t low,
                                                   uint32_t oldest) const {
  const uint64_t number = Widen(low, next_cluster_);
  if (number == 0 || next_cluster_ - number >= clusters_.size()) return nullptr;
  const Cluster& cluster = clusters_[number % clusters_.size()];
  return cluster.number == low && cluster.touched >= oldest ? &cluster
                                                            : nullptr;
}

// Makes `decision` one of the cluster's next; false if it is forgotten.
bool StoryIndex::Join(uint32_t low, uint32_t oldest, Decision& decision) const {
  const Cluster* cluster = FindCluster(low, oldest);
  if (cluster == nullptr) return false;
  decision.cluster = cluster->id;
  decision.cluster_number = Widen(low, next_cluster_);
  decision.cluster_size = cluster->size + 1;
  decision.story_number = Widen(cluster->story, next_story_);
  const StoryState* story = stories_.Get(decision.story_number, next_story_,
                                         OldestStoryAt(decision.clock));
  if (story != nullptr) {
    decision.story = story->id;
    decision.story_size = story->size + 1;
    decision.first_seen = story->first_seen;
  } else {
    decision.story = cluster->id;
    decision.story_number = next_story_;
    decision.story_size = decision.cluster_size;
    decision.first_seen = decision.event_time;
  }
  decision.novelty = 0;
  return true;
}

bool StoryIndex::DecideReplay(const Sighting& sighting,
                              Decision& decision) const {
  if (sighting.origin == 0) return false;
  const uint32_t oldest = OldestAt(clock_);
  const Article* article = FindArticle(OriginKey(sighting), oldest);
  if (article == nullptr || article->check != Check(sighting)) return false;
  const Cluster* cluster = FindCluster(article->cluster, oldest);
  if (cluster == nullptr) return false;
  const StoryState* story = stories_.Get(Widen(article->story, next_story_),
                                         next_story_, OldestStoryAt(clock_));
  decision.replay = true;
  decision.verdict = static_cast<Verdict>(article->verdict & 15);
  decision.reason = static_cast<MatchReason>(article->verdict >> 4);
  decision.similarity = article->similarity;
  decision.novelty = article->novelty;
  decision.version = article->version;
  decision.cluster = cluster->id;
  decision.cluster_size = article->cluster_size;
  decision.story = story != nullptr ? story->id : cluster->id;
  decision.story_size = article->story_size;
  decision.event_time = sighting.event_time.value_or(last_event_time_);
  decision.first_seen =
      story != nullptr ? story->first_seen : decision.event_time;
  RecallPassages(Widen(keys_.Find(OriginKey(sighting)), next_article_),
                 decision);
  return true;
}

// One URL, two guids, and nothing in common: items that all link to the home
// page, entries of a changelog or a live blog.
bool StoryIndex::IsOther(const Article& before, const Sighting& sighting,
                         const Decision& decision) const {
  if (decision.reason != MatchReason::kUrl || sighting.guid == 0 ||
      (before.flags & kGuidFlag) == 0) {
    return false;
  }
  const int least = std::min(__builtin_popcountll(before.subject),
                             __builtin_popcountll(sighting.subject));
  return 10 * __builtin_popcountll(before.subject & sighting.subject) <
         kAlikeTenths * least;
}

bool StoryIndex::DecideByKeys(const Sighting& sighting, Decision& decision) {
  const uint32_t oldest = OldestAt(decision.clock);
  const uint32_t oldest_id = OldestIdentityAt(decision.clock);
  const Article* before = nullptr;
  if (sighting.guid != 0) {
    before = FindArticle(Key(sighting.guid, kGuidKey), oldest_id);
    decision.reason = MatchReason::kGuid;
  }
  if (before == nullptr && sighting.url != 0) {
    before = FindArticle(Key(sighting.url, kUrlKey), oldest_id);
    decision.reason = MatchReason::kUrl;
  }
  if (before == nullptr || IsOther(*before, sighting, decision) ||
      !Join(before->cluster, oldest_id, decision)) {
    decision.reason = MatchReason::kNone;
    return false;
  }
  const bool was_canceled = (before->flags & kCanceledFlag) != 0;
  // Of one and the same article a comma is a change, too.
  const bool same =
      before->check == Check(sighting) && sighting.canceled == was_canceled;
  decision.verdict = same ? Verdict::kExact : Verdict::kRevision;
  decision.version = before->version;
  if (!same) {
    decision.version = NextVersion(before->version, sighting);
  }
  decision.similarity = 1000;
  if (!same) {
    const TextMatch match =
        matcher_.Find(sighting, next_text_, oldest, decision.rare);
    decision.similarity = match.found ? match.similarity : 0;
    decision.indexed =
        !sighting.is_short && (!match.found || match.covered < kCoveredEnough);
  }
  return true;
}

bool StoryIndex::DecideByText(const Sighting& sighting, Decision& decision) {
  if (sighting.text.empty()) return false;
  uint32_t oldest = OldestAt(decision.clock);
  if (sighting.headline_only) {
    oldest = std::max<uint32_t>(
        oldest, static_cast<uint32_t>(std::max<int64_t>(
                    static_cast<int64_t>(decision.clock) - kDaySeconds, 1)));
  }
  const Article* before = FindArticle(Key(sighting.text.low, kTextKey), oldest);
  if (before == nullptr || !SameWords(before->check, sighting)) return false;
  if (!Join(before->cluster, OldestAt(decision.clock), decision)) return false;
  // A headline alone is of one provider: what says that it corrects, does.
  const bool revision =
      sighting.canceled || (sighting.headline_only && sighting.correction);
  decision.verdict = revision ? Verdict::kRevision : Verdict::kExact;
  if (revision) decision.version = NextVersion(before->version, sighting);
  decision.reason = MatchReason::kText;
  decision.similarity = 1000;
  // An evergreen is remembered again before its first copy is forgotten.
  decision.indexed =
      !sighting.is_short &&
      before->seen < oldest + static_cast<uint32_t>(limits_.window_seconds / 2);
  if (decision.indexed) {
    matcher_.Find(sighting, next_text_, OldestAt(decision.clock),
                  decision.rare);
  }
  return true;
}

bool StoryIndex::DecideAsShort(const Sighting& sighting, Decision& decision) {
  if (sighting.short_text.subject == 0) return false;
  const ShortSeen& before = ShortAt(sighting);
  if (before.seen == 0 || before.seen + kShortSeconds < decision.clock) {
    return false;
  }
  const uint32_t similarity =
      ShortSimilarity(before.text, sighting.short_text, sighting.correction);
  if (similarity == 0 ||
      !Join(before.cluster, OldestAt(decision.clock), decision)) {
    return false;
  }
  decision.reason = MatchReason::kSimilarity;
  decision.similarity = static_cast<uint16_t>(similarity);
  decision.verdict = Verdict::kNear;
  if (sighting.canceled || sighting.correction) {
    decision.verdict = Verdict::kRevision;
    decision.version = NextVersion(1, sighting);
  }
  return true;
}

bool StoryIndex::DecideBySimilarity(const Sighting& sighting,
                                    Decision& decision) {
  if (sighting.is_short) return false;
  const TextMatch match = matcher_.Find(
      sighting, next_text_, OldestAt(decision.clock), decision.rare);
  if (!match.found) {
    NotePassages(decision);
    return false;
  }
  if (!Join(static_cast<uint32_t>(match.cluster), OldestAt(decision.clock),
            decision)) {
    return false;
  }
  decision.reason =
      match.excerpt ? MatchReason::kContainment : MatchReason::kSimilarity;
  decision.verdict = match.excerpt ? Verdict::kExcerpt : Verdict::kNear;
  const bool same_provider = match.provider == sighting.provider;
  if (sighting.canceled || (sighting.correction && same_provider)) {
    decision.verdict = Verdict::kRevision;
    decision.version = 2;
  }
  decision.similarity = match.similarity;
  const auto half = static_cast<uint32_t>(limits_.window_seconds / 2);
  decision.indexed =
      match.covered < kCoveredEnough || match.seen + half < decision.clock;
  return true;
}

// Whose text stands in an article that is not a copy.
void StoryIndex::NotePassages(Decision& decision) const {
  for (const TextPassage& passage : matcher_.passages()) {
    if (decision.reused.size() == kReusedMax) return;
    const Cluster* cluster = FindCluster(static_cast<uint32_t>(passage.cluster),
                                         OldestAt(decision.clock));
    if (cluster == nullptr) continue;
    decision.reused.push_back({cluster->id, passage.share, passage.words});
  }
}

void StoryIndex::KeepPassages(const Decision& decision) {
  if (decision.reused.empty()) return;
  ReuseSeen& seen = reuses_[decision.article % reuses_.size()];
  seen.article = decision.article;
  seen.count = static_cast<uint32_t>(decision.reused.size());
  std::copy(decision.reused.begin(), decision.reused.end(), seen.passages);
}

void StoryIndex::RecallPassages(uint64_t article, Decision& decision) const {
  const ReuseSeen& seen = reuses_[article % reuses_.size()];
  if (article == 0 || seen.article != article) return;
  decision.reused.assign(seen.passages, seen.passages + seen.count);
}

void StoryIndex::DecideNew(const Sighting& sighting, Decision& decision) {
  const uint32_t oldest = OldestStoryAt(decision.clock);
  decision.verdict = Verdict::kNew;
  decision.reason = MatchReason::kNone;
  decision.indexed = !sighting.is_short;
  decision.cluster = sighting.id;
  decision.cluster_number = next_cluster_;
  decision.cluster_size = 1;
  stories_.Weigh(sighting, decision.term_weights);
  const StoryMatch match =
      stories_.Find(sighting, decision.term_weights, next_story_, next_cluster_,
                    decision.clock, oldest);
  const StoryState* story = stories_.Get(match.story, next_story_, oldest);
  if (story == nullptr) {
    decision.story = sighting.id;
    decision.story_number = next_story_;
    decision.story_size = 1;
    decision.first_seen = decision.event_time;
    decision.novelty = 1000;
    return;
  }
  decision.story = story->id;
  decision.story_number = story->number;
  decision.story_size = story->size + 1;
  decision.first_seen = story->first_seen;
  decision.novelty = static_cast<uint16_t>((1000u - match.closeness) * 2 /
                                           (2 + std::min(story->size, 998u)));
}

void StoryIndex::Decide(const Sighting& sighting, int64_t position,
                        Decision& decision) {
  decision.Clear();
  decision.position = position;
  Prefetch(sighting);
  if (DecideReplay(sighting, decision)) return;
  Tick(sighting, decision);
  decision.article = next_article_;
  if (!DecideByKeys(sighting, decision) && !DecideByText(sighting, decision) &&
      !DecideAsShort(sighting, decision) &&
      !DecideBySimilarity(sighting, decision)) {
    DecideNew(sighting, decision);
  }
  if (decision.indexed) decision.text = next_text_;
}

void StoryIndex::Insert(const Sighting& sighting, const Decision& decision) {
  if (decision.replay) return;
  const uint32_t oldest = OldestAt(decision.clock);
  times_[timed_++ % kClockTimes] = Seconds(decision.event_time);
  last_event_time_ = decision.event_time;
  clock_ = decision.clock;
  period_ = static_cast<uint32_t>(clock_ / PeriodSeconds());
  generation_ = decision.generation;
  matcher_.Turn(generation_);
  stories_.Turn(generation_);

  next_article_ = decision.article + 1;
  const auto low = static_cast<uint32_t>(decision.article);
  Article& article = articles_[decision.article % articles_.size()];
  if (article.seen >= oldest) ++evicted_early_;
  article = {Check(sighting),
             static_cast<uint32_t>(decision.cluster_number),
             static_cast<uint32_t>(decision.story_number),
             std::max(decision.clock, 1u),
             decision.cluster_size,
             decision.story_size,
             decision.similarity,
             decision.novelty,
             static_cast<uint16_t>(decision.version),
             static_cast<uint8_t>(static_cast<int>(decision.verdict) |
                                  static_cast<int>(decision.reason) << 4),
             static_cast<uint8_t>((sighting.canceled ? kCanceledFlag : 0) |
                                  (sighting.is_short ? kShortFlag : 0) |
                                  (sighting.guid != 0 ? kGuidFlag : 0)),
             sighting.subject};
  if (sighting.short_text.subject != 0) {
    ShortAt(sighting) = {sighting.short_text,
                         static_cast<uint32_t>(decision.cluster_number),
                         std::max(decision.clock, 1u)};
  }
  KeepPassages(decision);
  if (sighting.origin != 0) keys_.Insert(OriginKey(sighting), low);
  if (sighting.guid != 0) keys_.Insert(Key(sighting.guid, kGuidKey), low);
  if (sighting.url != 0) keys_.Insert(Key(sighting.url, kUrlKey), low);
  if (!sighting.text.empty()) {
    keys_.Insert(Key(sighting.text.low, kTextKey), low);
  }

  Cluster& cluster = clusters_[decision.cluster_number % clusters_.size()];
  const auto number = static_cast<uint32_t>(decision.cluster_number);
  // An older one's place may have been taken.
  if (number - cluster.number < uint32_t{1} << 31) {
    cluster = {decision.cluster, number, decision.cluster_size,
               static_cast<uint32_t>(decision.story_number), decision.clock};
  }
  next_cluster_ = std::max(next_cluster_, decision.cluster_number + 1);
  next_story_ = std::max(next_story_, decision.story_number + 1);
  const bool first = decision.verdict == Verdict::kNew;
  evicted_early_ +=
      stories_.Insert(sighting, decision, OldestStoryAt(decision.clock));
  if (decision.indexed) {
    evicted_early_ += matcher_.Insert(sighting, decision, oldest);
    next_text_ = decision.text + 1;
    if (FingerprintTable::IsReserved(next_text_)) ++next_text_;
  }
  if (first) {
    matcher_.CountShingles(sighting);
    stories_.CountTerms(sighting);
  }
}

}  // namespace wiredesk
