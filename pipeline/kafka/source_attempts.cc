// The part of KafkaSource that writes and reads what stands with the committed
// offsets; see attempts.h.

#include <algorithm>
#include <cstring>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "pipeline/kafka/attempts.h"
#include "pipeline/kafka/source.h"
#include "pipeline/observe/log.h"

namespace wiredesk {
namespace {

// Whose transactional ids stand with the committed offsets of `partitions`, in a
// group where open transactions are not waited for.
absl::StatusOr<std::set<std::string>> OwnersOf(
    const KafkaClientOptions& client, const std::string& group,
    const rd_kafka_topic_partition_list_t& partitions) {
  WD_ASSIGN_OR_RETURN(KafkaConf conf, KafkaConf::Make(client));
  WD_RETURN_IF_ERROR(conf.Set("group.id", group));
  WD_RETURN_IF_ERROR(conf.Set("isolation.level", "read_uncommitted"));
  WD_ASSIGN_OR_RETURN(const KafkaHandle handle,
                      std::move(conf).NewClient(RD_KAFKA_CONSUMER));
  const KafkaPartitions list(rd_kafka_topic_partition_list_copy(&partitions));
  const rd_kafka_resp_err_t error = rd_kafka_committed(
      handle.get(), list.get(), KafkaMillis(client.request_timeout));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaStatus(error, "cannot read who owned the partitions");
  }
  std::set<std::string> owners;
  for (int i = 0; i < list->cnt; ++i) {
    const rd_kafka_topic_partition_t& item = list->elems[i];
    if (item.metadata_size == 0) continue;
    owners.insert(
        AttemptOf({static_cast<const char*>(item.metadata), item.metadata_size})
            .owner);
  }
  owners.erase("");
  return owners;
}

// Takes the id for a moment, which ends what is open under it.
absl::Status EndTransactionOf(const KafkaClientOptions& client,
                              const std::string& transactional_id) {
  WD_ASSIGN_OR_RETURN(KafkaConf conf, KafkaConf::Make(client));
  WD_RETURN_IF_ERROR(conf.Set("transactional.id", transactional_id));
  WD_ASSIGN_OR_RETURN(const KafkaHandle handle,
                      std::move(conf).NewClient(RD_KAFKA_PRODUCER));
  const KafkaError error(rd_kafka_init_transactions(handle.get(), 10'000));
  return error.ToStatus(
      absl::StrCat("cannot end the transaction of ", transactional_id),
      absl::StrCat("Write on transactional id ", transactional_id));
}

}  // namespace

// Whoever began something here and has not ended it by now is dead or frozen, or
// else it would have delivered before it gave its partitions up. Should it wake
// up, it finds its id taken, and its batch is not delivered twice.
void KafkaSource::EndOpenTransactions(
    const rd_kafka_topic_partition_list_t& partitions) const {
  if (options_.transactional_id.empty()) return;
  const absl::StatusOr<std::set<std::string>> owners =
      OwnersOf(client_options_, options_.group, partitions);
  if (!owners.ok()) {
    LogWarning("transaction_open", {{"reason", owners.status().message()}});
    return;
  }
  for (const std::string& owner : *owners) {
    if (owner == options_.transactional_id) continue;
    const absl::Status status = EndTransactionOf(client_options_, owner);
    LogWarning(status.ok() ? "transaction_ended" : "transaction_open",
               {{"of", owner}, {"reason", status.message()}});
  }
}

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
  AttemptNote note = {attempts.before + 1, attempts.careful_left,
                      options_.transactional_id};
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
