#include "pipeline/kafka/feed.h"

#include <algorithm>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"

namespace wiredesk {
namespace {

constexpr int kQueueFullWaitMs = 100;

rd_kafka_headers_t* MakeHeaders(absl::Span<const Header> headers) {
  rd_kafka_headers_t* list = rd_kafka_headers_new(headers.size());
  for (const Header& header : headers) {
    rd_kafka_header_add(
        list, header.name.data(), static_cast<ssize_t>(header.name.size()),
        header.value.data(), static_cast<ssize_t>(header.value.size()));
  }
  return list;
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaFeed>> KafkaFeed::Make(
    const KafkaClientOptions& client) {
  WD_ASSIGN_OR_RETURN(KafkaConf conf, KafkaConf::Make(client));
  WD_RETURN_IF_ERROR(conf.SetAll(client.producer));
  WD_RETURN_IF_ERROR(conf.Set("enable.idempotence", "true"));
  auto feed = absl::WrapUnique(new KafkaFeed);
  rd_kafka_conf_set_opaque(conf.get(), feed.get());
  rd_kafka_conf_set_dr_msg_cb(conf.get(), OnDelivered);
  WD_ASSIGN_OR_RETURN(feed->client_,
                      std::move(conf).NewClient(RD_KAFKA_PRODUCER));
  return feed;
}

void KafkaFeed::OnDelivered(rd_kafka_t* /*client*/,
                            const rd_kafka_message_t* message, void* self) {
  auto* feed = static_cast<KafkaFeed*>(self);
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR || !feed->failure_.ok()) {
    return;
  }
  feed->failure_ = KafkaStatus(
      message->err,
      absl::StrCat("cannot write to ", rd_kafka_topic_name(message->rkt)));
}

absl::Status KafkaFeed::Send(const std::string& topic, absl::string_view key,
                             absl::string_view value,
                             absl::Span<const Header> headers,
                             std::optional<absl::Time> timestamp) {
  const int64_t millis = timestamp ? absl::ToUnixMillis(*timestamp) : 0;
  while (true) {
    rd_kafka_headers_t* list = MakeHeaders(headers);
    const rd_kafka_resp_err_t error = rd_kafka_producev(
        client_.get(), RD_KAFKA_V_TOPIC(topic.c_str()),
        RD_KAFKA_V_KEY(key.data(), key.size()),
        RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
        RD_KAFKA_V_HEADERS(list), RD_KAFKA_V_TIMESTAMP(millis),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) break;
    rd_kafka_headers_destroy(list);
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      return KafkaStatus(error, absl::StrCat("cannot write to ", topic));
    }
    rd_kafka_poll(client_.get(), kQueueFullWaitMs);
  }
  rd_kafka_poll(client_.get(), 0);
  return failure_;
}

absl::Status KafkaFeed::Flush(absl::Duration timeout) {
  const rd_kafka_resp_err_t error =
      rd_kafka_flush(client_.get(), KafkaMillis(timeout));
  if (!failure_.ok()) return failure_;
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return absl::OkStatus();
  return KafkaStatus(error, "records are not written yet");
}

}  // namespace wiredesk
