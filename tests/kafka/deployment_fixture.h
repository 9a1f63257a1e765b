#ifndef WIREDESK_TESTS_KAFKA_DEPLOYMENT_FIXTURE_H_
#define WIREDESK_TESTS_KAFKA_DEPLOYMENT_FIXTURE_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/kafka/delivery_oracle.h"
#include "tests/kafka/generated_feed.h"
#include "tests/kafka/kafka_line.h"
#include "tests/kafka/wiredesk_process.h"

namespace wiredesk {

// A deployment of its own on the shared broker, with a raw topic of one
// partition. The folder with its logs stays if the test fails.
class DeploymentFixture : public testing::Test {
 public:
  ~DeploymentFixture() override;

 protected:
  static constexpr absl::Duration kPatience = absl::Seconds(60);

  // Names it after the test.
  DeploymentFixture();

  void MakeRawTopic();
  void Feed(int records);
  // Sends one record that the feed has not made.
  void Send(const std::string& value);

  // Waits until all that was sent is dealt with.
  void AwaitDelivery();
  // Waits for an end that is a failure; the text of its log.
  std::string AwaitFailure(WiredeskProcess& process);

  // Nothing lost, nothing twice, nothing else than it should be.
  void ExpectExactlyOnce();

  Deployment deployment_;
  GeneratedFeed feed_{TestSeed()};
  std::vector<GeneratedRecord> sent_;
};

// An answer of the admin port of `process`; status 0 if there was none.
struct HttpAnswer {
  int status = 0;
  std::string body;
};
HttpAnswer Ask(const WiredeskProcess& process, const std::string& path);

// The value of a field in a log of JSON lines, in its last line that has it.
std::string LastField(const std::string& log, const std::string& name);

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_KAFKA_DEPLOYMENT_FIXTURE_H_
