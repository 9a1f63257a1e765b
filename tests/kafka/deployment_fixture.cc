#include "tests/kafka/deployment_fixture.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "httplib.h"

namespace wiredesk {

DeploymentFixture::DeploymentFixture() {
  const std::string test =
      testing::UnitTest::GetInstance()->current_test_info()->name();
  deployment_.name = FreshName(absl::StrReplaceAll(test, {{"/", "-"}}));
  deployment_.brokers = SharedBroker().brokers();
  deployment_.folder = MakeTestFolder("wiredesk-test");
}

DeploymentFixture::~DeploymentFixture() {
  if (HasFailure()) {
    ADD_FAILURE() << "the logs are in " << deployment_.folder;
  }
  RemoveTestFolder(deployment_.folder);
}

void DeploymentFixture::MakeRawTopic() {
  // The records have old timestamps: retention would take them.
  SharedBroker().CreateTopic(deployment_.raw(), 1, {{"retention.ms", "-1"}});
}

void DeploymentFixture::Feed(int records) {
  std::vector<KafkaRecord> batch;
  for (int i = 0; i < records; ++i) {
    sent_.push_back(feed_.Next());
    KafkaRecord record;
    record.value = sent_.back().value;
    record.partition = 0;
    record.timestamp_ms = sent_.back().timestamp_ms;
    batch.push_back(std::move(record));
  }
  SharedBroker().Produce(deployment_.raw(), batch);
}

void DeploymentFixture::Send(const std::string& value) {
  sent_.push_back({value, {value}, 1'772'442'000'000});
  KafkaRecord record;
  record.value = value;
  record.partition = 0;
  record.timestamp_ms = sent_.back().timestamp_ms;
  SharedBroker().Produce(deployment_.raw(), {record});
}

void DeploymentFixture::AwaitDelivery() {
  const std::vector<int64_t> end = {static_cast<int64_t>(sent_.size())};
  std::vector<int64_t> committed;
  EXPECT_TRUE(Eventually(kPatience,
                         [&] {
                           committed = SharedBroker().Committed(
                               deployment_.name, deployment_.raw(), 1);
                           return committed == end;
                         }))
      << "committed " << absl::StrJoin(committed, ",") << " of "
      << sent_.size();
}

std::string DeploymentFixture::AwaitFailure(WiredeskProcess& process) {
  EXPECT_TRUE(process.process().Wait(kPatience)) << "it still runs";
  EXPECT_EQ(process.process().exit_code(), 1);
  return process.Log();
}

void DeploymentFixture::ExpectExactlyOnce() {
  const DeliveryOracle::Findings findings =
      DeliveryOracle(deployment_, &SharedBroker(), sent_).Check();
  const std::string examples = absl::StrJoin(findings.examples, "\n");
  EXPECT_EQ(findings.lost, 0) << examples;
  EXPECT_EQ(findings.duplicated, 0) << examples;
  EXPECT_EQ(findings.unknown, 0) << examples;
  EXPECT_EQ(findings.different, 0) << examples;
}

std::string LastField(const std::string& log, const std::string& name) {
  const std::string field = absl::StrCat("\"", name, "\":");
  const size_t found = log.rfind(field);
  if (found == std::string::npos) return "";
  // Text stands in quotation marks, numbers do not.
  const size_t from = found + field.size();
  if (log.compare(from, 1, "\"") == 0) {
    return log.substr(from + 1, log.find('"', from + 1) - from - 1);
  }
  return log.substr(from, log.find_first_of(",}", from) - from);
}

HttpAnswer Ask(const WiredeskProcess& process, const std::string& path) {
  int port = 0;
  if (!process.AwaitLog("admin_listens", absl::Seconds(30)) ||
      !absl::SimpleAtoi(LastField(process.Log(), "port"), &port)) {
    return {};
  }
  httplib::Client client("127.0.0.1", port);
  client.set_read_timeout(10);
  const httplib::Result result = client.Get(path.c_str());
  if (!result) return {};
  return {result->status, result->body};
}

}  // namespace wiredesk
