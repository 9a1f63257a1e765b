// A source that is given by a pattern: it reads the topics whose names match
// and no others, also one that is made while it runs.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/kafka/deployment_fixture.h"

namespace wiredesk {
namespace {

using testing::UnorderedElementsAre;

class TopicPatternTest : public DeploymentFixture {
 protected:
  TopicPatternTest() {
    deployment_.source_topic =
        absl::StrCat("'^", deployment_.name, "\\.(wire|web)\\..*'");
  }

  std::string Topic(const std::string& name) const {
    return absl::StrCat(deployment_.name, ".", name);
  }

  void MakeAndFeed(const std::string& name) {
    SharedBroker().CreateTopic(Topic(name), 1, {{"retention.ms", "-1"}});
    KafkaRecord record;
    record.value = absl::StrCat(R"({"url":"https://example.test/)", name,
                                R"(","title":"From )", name, "\"}");
    record.partition = 0;
    SharedBroker().Produce(Topic(name), {record});
  }

  // From which topics records have come out.
  std::vector<std::string> Origins() const {
    std::vector<std::string> origins;
    for (const KafkaRecord& record :
         SharedBroker().ReadAll(deployment_.events())) {
      for (const char* name : {"wire.a", "web.b", "wire.later", "other"}) {
        if (record.value.find(absl::StrCat("\"", Topic(name), "\"")) !=
            std::string::npos) {
          origins.emplace_back(name);
        }
      }
    }
    return origins;
  }

  bool AwaitRecords(size_t count) const {
    return Eventually(kPatience, [&] {
      return SharedBroker().PartitionCount(deployment_.events()) > 0 &&
             Origins().size() >= count;
    });
  }
};

TEST_F(TopicPatternTest, ReadsTheTopicsThatMatchAlsoLaterOnes) {
  MakeAndFeed("wire.a");
  MakeAndFeed("web.b");
  MakeAndFeed("other");
  WiredeskProcess process(deployment_, "pattern", "one");
  EXPECT_TRUE(AwaitRecords(2)) << process.Log();
  MakeAndFeed("wire.later");
  EXPECT_TRUE(AwaitRecords(3)) << process.Log();
  EXPECT_EQ(process.Stop(kPatience), 0) << process.Log();
  EXPECT_THAT(Origins(), UnorderedElementsAre("wire.a", "web.b", "wire.later"));
}

TEST_F(TopicPatternTest, WaitsWhereNothingMatchesYet) {
  WiredeskProcess process(deployment_, "pattern", "one");
  EXPECT_TRUE(process.AwaitLog("sighting_log_restored", kPatience));
  MakeAndFeed("wire.a");
  EXPECT_TRUE(AwaitRecords(1)) << process.Log();
  EXPECT_EQ(process.Stop(kPatience), 0) << process.Log();
}

}  // namespace
}  // namespace wiredesk
