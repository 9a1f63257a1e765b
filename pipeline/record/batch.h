// A Batch is the unit of work, of memory, and of the transaction: raw records,
// the articles parsed from them, the arena that all of their views point into,
// and the positions to commit once all of it is delivered.
//
// Conservation: when the chain is through, each raw record is fully published
// or dead-lettered, and each article live (to be published), dropped by a rule,
// or dead-lettered with its raw record.
//
// A batch belongs to one worker and is not thread-safe.

#ifndef WIREDESK_PIPELINE_RECORD_BATCH_H_
#define WIREDESK_PIPELINE_RECORD_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "config/base/cost_meter.h"
#include "config/base/unused_key.h"
#include "config/base/work_place.h"
#include "pipeline/record/block_cache.h"
#include "pipeline/record/event_record.h"

namespace wiredesk {

// The bytes that simdjson may read past the end of a document.
inline constexpr size_t kPayloadPadding = 64;

// A record as consumed, or as read from a file. Trivially destructible.
struct RawRecord {
  Origin origin;
  absl::string_view key;
  absl::string_view value;  // kPayloadPadding zero bytes stand behind it
  bool null_value = false;  // a tombstone: no value, not an empty one
  absl::Span<const Header> headers;
  std::optional<absl::Time> timestamp;  // the broker's; none in plain files

  // Batch::DeadLetter. The first reason sticks.
  bool dead_letter = false;
  absl::string_view stage;     // "parse"
  absl::string_view reason;    // one of a small fixed set: a metric label
  absl::string_view detail;    // free text, with the position in the bytes
  int64_t dead_item = -1;      // the feed item that failed; -1 is the whole
  uint32_t articles = 0;       // how many AddArticle() made of it
  uint32_t first_article = 0;  // of those; the others follow on it
  // Items that gave no article: each of them is known to the dead letter, or to
  // its number here. articles + lost_items is what was found.
  uint64_t lost_items = 0;
  bool malformed = false;  // read in spite of faults; counted
  // What looked like news in it and became nothing, each once; counted.
  absl::Span<const UnusedKey> unused_keys;
  // Where `value` is only the beginning of a record: all of its bytes, else 0.
  uint64_t whole_bytes = 0;
};
static_assert(std::is_trivially_destructible_v<RawRecord>);

// The next offset to read of a partition, once the batch is delivered.
struct Position {
  std::string topic;
  int32_t partition = 0;
  int64_t offset = 0;
};

class Batch {
 public:
  struct Limits {
    size_t records_max = 1024;
    size_t bytes_max = 8 << 20;  // soft: an empty batch takes any one record
    // What a stage may spend on one record; see cost_meter.h.
    absl::Duration record_cpu_max = absl::Seconds(20);
  };

  explicit Batch(const Limits& limits);

  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  // Forgets everything and frees the arena. Invalidates every view.
  void Reset();

  // Copies all of its arguments into the arena. A view without data is a null.
  // References that this returned
  // before stay valid only until the next Append. REQUIRES: !full()
  RawRecord& Append(const Origin& origin, absl::string_view key,
                    absl::string_view value, absl::Span<const Header> headers,
                    std::optional<absl::Time> timestamp);

  // A new article of the raw record with this index; those of one raw record
  // are added in a row. `item` is its place in a feed, else 0. References to articles stay valid until the next AddArticle.
  EventRecord& AddArticle(uint32_t raw, uint32_t item);

  // Memory of the arena; lives until Reset().
  absl::string_view Copy(absl::string_view text);
  template <typename T>
  absl::Span<const T> Copy(absl::Span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    static_assert(std::is_trivially_destructible_v<T>);
    if (items.empty()) return {};
    T* copy =
        static_cast<T*>(arena_.allocate(items.size() * sizeof(T), alignof(T)));
    std::uninitialized_copy(items.begin(), items.end(), copy);
    return {copy, items.size()};
  }
  template <typename T>
  absl::Span<const T> Copy(const std::vector<T>& items) {
    return Copy(absl::Span<const T>(items));
  }
  std::pmr::memory_resource* arena() { return &arena_; }

  // Keeps what views point to (a gazetteer snapshot, say) alive until Reset().
  void Retain(std::shared_ptr<const void> owner);

  // Ends an article's journey on purpose. The first fate sticks. `reason` is a
  // metric label, so it is one of a few constant strings.
  void Drop(EventRecord& record, absl::string_view stage,
            absl::string_view reason);

  // A route did not publish a record that it took, for a reason of its own: its
  // rate, its sample. Counted when the batch is delivered. `route` lives as
  // long as the batch, `reason` is a literal.
  void Withhold(absl::string_view route, absl::string_view reason);

  // The raw record could not be processed. Marks its articles too, except that
  // a failure of one item (item >= 0) leaves the other items live.
  // `detail` is copied; `stage` and `reason` must be literals.
  void DeadLetter(uint32_t raw, absl::string_view stage,
                  absl::string_view reason, absl::string_view detail,
                  int64_t item = -1);

  // Calls fn(EventRecord&) for each live article, in the order of the input.
  // `fn` may end the journey of its record but must not add articles.
  template <typename Fn>
  void ForEachLive(Fn&& fn) {
    for (EventRecord& record : records_) {
      if (record.fate != Fate::kLive) continue;
      BeginWork(record.raw, record.item);
      fn(record);
    }
    work_place_.Clear();
  }

  // The stage that has the batch now; a literal.
  void set_stage(absl::string_view stage) { stage_ = stage; }
  // A stage begins with an item of a raw record, or with the whole (-1). Starts
  // the meter of its cost. ForEachLive calls this for each article.
  void BeginWork(uint32_t raw, int64_t item) {
    const absl::Time now = absl::Now();
    meter_.Begin(now);
    const Origin& origin = raw_records_[raw].origin;
    work_place_.Begin(stage_, origin.topic, origin.partition, origin.offset,
                      item, now);
  }
  CostMeter& meter() { return meter_; }
  const WorkPlace& work_place() const { return work_place_; }
  WorkPlace& mutable_work_place() { return work_place_; }

  // Remembers the next offset to read of a partition; the highest one sticks.
  void Advance(absl::string_view topic, int32_t partition, int64_t offset);

  // The place of this batch in a replay, counted from 0; -1 for a live feed,
  // where the sighting log alone gives the order.
  int64_t sequence() const { return sequence_; }
  void set_sequence(int64_t sequence) { sequence_ = sequence; }

  // Under which the source was given the partitions of these records, as a
  // number of the source's. What was polled under an older one is not its to
  // deliver any more.
  int64_t assignment() const { return assignment_; }
  void set_assignment(int64_t assignment) { assignment_ = assignment; }

  const RawRecord& raw_of(const EventRecord& record) const {
    return raw_records_[record.raw];
  }
  absl::Span<const RawRecord> raw_records() const { return raw_records_; }
  absl::Span<RawRecord> mutable_raw_records() {
    return absl::MakeSpan(raw_records_);
  }
  absl::Span<const EventRecord> records() const { return records_; }
  absl::Span<EventRecord> mutable_records() { return absl::MakeSpan(records_); }
  struct Withheld {
    absl::string_view route;
    absl::string_view reason;
    int64_t records = 0;
  };
  absl::Span<const Withheld> withheld() const { return withheld_; }
  absl::Span<const Position> positions() const { return positions_; }
  size_t bytes() const { return bytes_; }
  bool empty() const { return raw_records_.empty(); }
  bool full() const {
    return raw_records_.size() >= limits_.records_max ||
           bytes_ >= limits_.bytes_max;
  }

 private:
  const Limits limits_;
  BlockCache blocks_;
  std::pmr::monotonic_buffer_resource arena_;
  std::vector<RawRecord> raw_records_;
  std::vector<EventRecord> records_;
  std::vector<Position> positions_;
  std::vector<Withheld> withheld_;
  std::vector<std::shared_ptr<const void>> retained_;
  absl::string_view stage_ = "none";
  CostMeter meter_;
  WorkPlace work_place_;
  size_t bytes_ = 0;
  int64_t sequence_ = -1;
  int64_t assignment_ = -1;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_BATCH_H_
