#include "pipeline/record/batch.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace wiredesk {
namespace {

// The first block of the arena; each further one is half as large again.
constexpr size_t kFirstBlockBytes = 256 << 10;

}  // namespace

Batch::Batch(const Limits& limits)
    : limits_(limits),
      arena_(kFirstBlockBytes, &blocks_),
      meter_(limits.record_cpu_max) {
  raw_records_.reserve(limits.records_max);
  records_.reserve(limits.records_max);
}

void Batch::Reset() {
  work_place_.Clear();  // it views what goes
  raw_records_.clear();
  records_.clear();
  positions_.clear();
  withheld_.clear();
  retained_.clear();
  arena_.release();
  bytes_ = 0;
  sequence_ = -1;
  assignment_ = -1;
}

RawRecord& Batch::Append(const Origin& origin, absl::string_view key,
                         absl::string_view value,
                         absl::Span<const Header> headers,
                         std::optional<absl::Time> timestamp) {
  assert(!full());
  char* padded =
      static_cast<char*>(arena_.allocate(value.size() + kPayloadPadding, 1));
  if (!value.empty()) std::memcpy(padded, value.data(), value.size());
  std::memset(padded + value.size(), 0, kPayloadPadding);

  RawRecord& raw = raw_records_.emplace_back();
  raw.origin = origin;
  raw.origin.topic = Copy(origin.topic);
  raw.key = Copy(key);
  raw.value = {padded, value.size()};
  raw.null_value = value.data() == nullptr;
  raw.timestamp = timestamp;
  if (!headers.empty()) {
    std::vector<Header> copies;
    copies.reserve(headers.size());
    for (const Header& header : headers) {
      copies.push_back({Copy(header.name), Copy(header.value)});
    }
    raw.headers = Copy(copies);
  }
  bytes_ += value.size() + key.size();
  return raw;
}

EventRecord& Batch::AddArticle(uint32_t raw, uint32_t item) {
  EventRecord& record = records_.emplace_back();
  record.raw = raw;
  record.item = item;
  RawRecord& from = raw_records_[raw];
  if (from.articles++ == 0) {
    from.first_article = static_cast<uint32_t>(records_.size() - 1);
  }
  return record;
}

absl::string_view Batch::Copy(absl::string_view text) {
  if (text.empty()) return {};
  char* copy = static_cast<char*>(arena_.allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

void Batch::Retain(std::shared_ptr<const void> owner) {
  retained_.push_back(std::move(owner));
}

void Batch::Drop(EventRecord& record, absl::string_view stage,
                 absl::string_view reason) {
  if (record.fate != Fate::kLive) return;
  record.fate = Fate::kDropped;
  record.fate_stage = stage;
  record.fate_reason = reason;
}

void Batch::Withhold(absl::string_view route, absl::string_view reason) {
  for (Withheld& each : withheld_) {
    if (each.route != route || each.reason != reason) continue;
    ++each.records;
    return;
  }
  withheld_.push_back({route, reason, 1});
}

void Batch::DeadLetter(uint32_t raw, absl::string_view stage,
                       absl::string_view reason, absl::string_view detail,
                       int64_t item) {
  RawRecord& letter = raw_records_[raw];
  for (EventRecord& record : mutable_records().subspan(
           letter.articles == 0 ? 0 : letter.first_article, letter.articles)) {
    if (record.fate != Fate::kLive) continue;
    if (item >= 0 && record.item != item) continue;
    record.fate = Fate::kDeadLetter;
    record.fate_stage = stage;
    record.fate_reason = reason;
  }
  if (letter.dead_letter) return;
  letter.dead_letter = true;
  letter.stage = stage;
  letter.reason = reason;
  letter.detail = Copy(detail);
  letter.dead_item = item;
}

void Batch::Advance(absl::string_view topic, int32_t partition,
                    int64_t offset) {
  for (Position& position : positions_) {
    if (position.partition != partition || position.topic != topic) continue;
    position.offset = std::max(position.offset, offset);
    return;
  }
  positions_.push_back({std::string(topic), partition, offset});
}

}  // namespace wiredesk
