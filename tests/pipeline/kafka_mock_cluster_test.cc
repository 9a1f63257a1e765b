// The embedded broker of the demo: what is sent to it can be read from it.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "pipeline/kafka/feed.h"
#include "pipeline/kafka/mock_cluster.h"
#include "pipeline/kafka/tail.h"

namespace wiredesk {
namespace {

TEST(KafkaMockClusterTest, GivesBackWhatItWasSent) {
  const auto cluster = KafkaMockCluster::Start();
  ASSERT_TRUE(cluster.ok()) << cluster.status();
  ASSERT_TRUE((*cluster)->CreateTopic("raw", 1).ok());
  KafkaClientOptions client;
  client.brokers = (*cluster)->brokers();
  const auto feed = KafkaFeed::Make(client);
  ASSERT_TRUE(feed.ok()) << feed.status();
  for (const char* value : {"a", "b", "c"}) {
    EXPECT_TRUE((*feed)->Send("raw", "", value, {}, std::nullopt).ok());
  }
  ASSERT_TRUE((*feed)->Flush(absl::Seconds(30)).ok());
  const auto tail = KafkaTail::Open(client, {"raw"});
  ASSERT_TRUE(tail.ok()) << tail.status();
  std::vector<std::string> values;
  for (int i = 0; i < 100 && values.size() < 3; ++i) {
    const auto record = (*tail)->Next(absl::Milliseconds(200));
    ASSERT_TRUE(record.ok()) << record.status();
    if (*record != nullptr) values.emplace_back((*record)->value);
  }
  EXPECT_THAT(values, testing::ElementsAre("a", "b", "c"));
}

}  // namespace
}  // namespace wiredesk
