// Event records, dead letters and the positions behind them, in one
// transaction.
//
// Deliver() either commits all of a batch or, after an error that a transaction
// survives, none of it, and says Aborted; every other error ends the worker,
// since what the brokers have of it is not known. With exactly_once off there
// is no transaction: positions are committed once the brokers have the records,
// and a crash between the two leaves copies, never gaps.
//
// Example, compiled in tests/examples/pipeline_examples.cc:
//
//   absl::StatusOr<std::unique_ptr<KafkaSink>> WriteEvents(
//       const std::string& brokers, KafkaSource* source, KafkaTopics* topics) {
//     KafkaClientOptions client;
//     client.brokers = brokers;
//     KafkaSinkOptions options;
//     options.transactional_id = "desk-host1-0";  // the same after a restart
//     options.compression = "lz4";
//     const Processing processing = {"0.1.0", "c0ffee", "3f2a"};
//     return KafkaSink::Make(client, options, processing, source, topics);
//   }

#ifndef WIREDESK_PIPELINE_KAFKA_SINK_H_
#define WIREDESK_PIPELINE_KAFKA_SINK_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "pipeline/flow/io.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/source.h"
#include "pipeline/kafka/topics.h"
#include "pipeline/record/event_json.h"
#include "pipeline/record/header_list.h"

namespace wiredesk {

struct KafkaSinkOptions {
  bool exactly_once = true;
  // The same for this worker after each restart, and no other's: by it the
  // broker ends what an earlier life has left open.
  std::string transactional_id;
  // After this time the brokers end the transaction of a worker that is gone;
  // until then readers wait.
  absl::Duration transaction_timeout = absl::Seconds(15);
  std::string dead_letter_topic = "news.dead-letters";
  std::string compression = "none";  // librdkafka's compression.codec
  // The largest message, with key and headers. A record that is larger becomes
  // a dead letter; a dead letter that is larger is cut, or stops the worker.
  size_t message_bytes_max = 1'000'000;
  bool cut_dead_letters = true;
  // How missing topics are made.
  TopicSettings new_topics;
};

// Event records and dead letters to Kafka, and the positions with them.
//
// Owned by one worker and used by one of its lanes at a time. It works together
// with the source of the same worker, whose positions it commits.
class KafkaSink : public Sink {
 public:
  // `source` and `topics` must outlive this. With exactly_once this ends what
  // an earlier life of the same transactional id has left open, so it may take
  // a while. Unavailable: the brokers could not be asked.
  static absl::StatusOr<std::unique_ptr<KafkaSink>> Make(
      const KafkaClientOptions& client, const KafkaSinkOptions& options,
      const Processing& processing, KafkaSource* source, KafkaTopics* topics);

  absl::Status Deliver(Batch& batch) override;
  void set_processing(const Processing& processing) override {
    json_.set_processing(processing);
  }

 private:
  // A message on its way: which article (or dead letter) it carries.
  struct Sent {
    uint32_t raw = 0;
    int64_t item = -1;  // of a feed; -1 is the whole raw record
    bool dead_letter = false;
  };
  // A message that no broker will ever take.
  struct Refused {
    Sent sent;
    absl::string_view reason;
    std::string detail;
  };

  KafkaSink(const KafkaClientOptions& client, const KafkaSinkOptions& options,
            const Processing& processing, KafkaSource* source,
            KafkaTopics* topics);

  // Makes the producer, again if there is one.
  absl::Status Connect();

  static void OnDelivered(rd_kafka_t* client, const rd_kafka_message_t* message,
                          void* self);

  absl::Status DeliverOnce(Batch& batch);
  absl::Status DeliverAtLeastOnce(Batch& batch);

  // The steps of a transaction.
  absl::Status Begin();
  absl::Status ProduceAll(Batch& batch);
  absl::Status SendOffsets(const Batch& batch);
  absl::Status Commit();
  absl::Status Abort(const absl::Status& reason);

  absl::Status ProduceRecord(const Batch& batch, const EventRecord& record);
  absl::Status ProduceDeadLetter(const RawRecord& raw, uint32_t index);
  absl::Status Produce(absl::string_view topic, absl::string_view key,
                       absl::string_view value, const Sent& sent);
  absl::Status Enqueue(rd_kafka_topic_t* topic, absl::string_view key,
                       absl::string_view value);
  absl::StatusOr<rd_kafka_topic_t*> Topic(absl::string_view name);
  absl::Status Flush();

  absl::Status Fail(const KafkaError& error, absl::string_view what);
  absl::Status DeliveryStatus() const;
  absl::Status Refuse(const Sent& sent, absl::string_view reason,
                      absl::string_view detail);
  absl::Status DeadLetterRefused(Batch& batch);
  absl::Status CutDeadLetter(RawRecord& raw, absl::string_view detail) const;

  const KafkaClientOptions client_options_;
  const KafkaSinkOptions options_;
  KafkaSource* const source_;
  KafkaTopics* const topics_;
  EventJson json_;

  // Scratch of one message.
  HeaderList headers_;
  std::string key_;

  // Of the try in flight.
  std::vector<Sent> sent_;
  std::vector<Refused> refused_;
  rd_kafka_resp_err_t delivery_error_ = RD_KAFKA_RESP_ERR_NO_ERROR;
  std::string failed_topic_;  // where delivery_error_ was met
  bool usable_ = true;        // the client can go on
  bool definite_ = true;      // nothing that was sent may still arrive
  // A broker refuses a whole request for one message in it. To know which one
  // it was, the messages are sent one by one until the batch is through.
  bool one_by_one_ = false;

  KafkaHandle client_;  // before topic_handles_, which are its
  absl::flat_hash_map<std::string, KafkaTopicHandle> topic_handles_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_SINK_H_
