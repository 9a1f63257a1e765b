// The part of KafkaSource that counts attempts; see attempts.h.

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "pipeline/kafka/attempts.h"
#include "pipeline/kafka/source.h"
#include "pipeline/observe/log.h"

namespace wiredesk {

void KafkaSource::OnProcessed(const Batch& batch) {
  if (options_.memory == nullptr) return;
  for (const Position& position : batch.positions()) {
    options_.memory->Processed(position.topic, position.partition,
                               position.offset - 1);
  }
}

bool KafkaSource::OneByOne() const {
  return std::any_of(attempts_.begin(), attempts_.end(), [](const auto& one) {
    return one.second.careful_left > 0;
  });
}

// Called when partitions are assigned.
void KafkaSource::ReadAttempts(
    const rd_kafka_topic_partition_list_t& committed) {
  attempts_.clear();
  if (options_.attempts_max == 0) return;
  for (int i = 0; i < committed.cnt; ++i) {
    const rd_kafka_topic_partition_t& item = committed.elems[i];
    Attempts& attempts = attempts_[{item.topic, item.partition}];
    if (item.metadata_size == 0) continue;
    const AttemptNote note = AttemptOf(
        {static_cast<const char*>(item.metadata), item.metadata_size});
    attempts.before = note.attempts;
    if (attempts.before < kCarefulFrom) continue;
    attempts.careful_left = std::max<int64_t>(note.records, 1);
    LogWarning("records_one_by_one", {{"topic", item.topic},
                                      {"partition", item.partition},
                                      {"offset", item.offset},
                                      {"attempts", attempts.before}});
  }
}

absl::Status KafkaSource::NoteAttempts(Batch& batch) {
  if (options_.attempts_max == 0) return absl::OkStatus();
  for (uint32_t i = 0; i < batch.raw_records().size(); ++i) {
    const Origin& origin = batch.raw_records()[i].origin;
    const auto found =
        attempts_.find({std::string(origin.topic), origin.partition});
    if (found == attempts_.end()) continue;
    WD_RETURN_IF_ERROR(NoteAttempt(batch, i, found->second));
  }
  return absl::OkStatus();
}

absl::Status KafkaSource::NoteAttempt(Batch& batch, uint32_t raw,
                                      Attempts& attempts) {
  const bool alone = attempts.careful_left > 0;
  if (attempts.noted && !alone) return absl::OkStatus();
  const Origin origin = batch.raw_records()[raw].origin;
  if (options_.memory != nullptr &&
      options_.memory->WasProcessed(origin.topic, origin.partition,
                                    origin.offset)) {
    attempts = {0, true, 0};  // not to blame
    return absl::OkStatus();
  }
  // Never a record for another's sake.
  if (alone && batch.raw_records().size() == 1 &&
      attempts.before >= options_.attempts_max) {
    LogError("record_poison", {{"topic", origin.topic},
                               {"partition", origin.partition},
                               {"offset", origin.offset},
                               {"attempts", attempts.before}});
    batch.DeadLetter(
        raw, "poison", "poison",
        absl::StrCat("begun ", attempts.before, " times and never delivered"));
    attempts = {0, true, 0};
    return absl::OkStatus();
  }
  AttemptNote note = {attempts.before + 1, attempts.careful_left};
  for (const RawRecord& other : batch.raw_records()) {
    note.records += !alone && other.origin.partition == origin.partition &&
                    other.origin.topic == origin.topic;
  }
  WD_RETURN_IF_ERROR(WriteAttempt(batch.assignment(), origin, note));
  attempts.noted = true;
  if (!alone) return absl::OkStatus();
  // The next record comes only when this one is delivered.
  attempts.before = kCarefulFrom;
  --attempts.careful_left;
  return absl::OkStatus();
}

// Under the offset that is committed, which stays what it is, or under the first
// one where none is.
absl::Status KafkaSource::WriteAttempt(int64_t assignment, const Origin& origin,
                                       const AttemptNote& note) const {
  const KafkaPartitions list = NewPartitions(1);
  rd_kafka_topic_partition_t& item = *rd_kafka_topic_partition_list_add(
      list.get(), std::string(origin.topic).c_str(), origin.partition);
  WD_RETURN_IF_ERROR(ReadCommitted(list.get()));
  if (item.offset < 0) item.offset = origin.offset;
  const std::string text = AttemptText(note);
  rd_kafka_mem_free(client_.get(), item.metadata);
  item.metadata = strdup(text.c_str());
  item.metadata_size = text.size();
  const absl::Status status = CommitList(assignment, *list);
  // Without its partitions the batch is not ours: its delivery finds that out.
  return absl::IsAborted(status) ? absl::OkStatus() : status;
}

}  // namespace wiredesk
