// An account that may not do what the program needs: the program ends, and its
// message names the account's trouble and the resource.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/kafka/deployment_fixture.h"

namespace wiredesk {
namespace {

using testing::HasSubstr;

class AuthorizationTest : public DeploymentFixture {
 protected:
  AuthorizationTest() {
    MakeRawTopic();
    for (const std::string& topic :
         {deployment_.events(), deployment_.duplicates_topic(),
          deployment_.dead()}) {
      SharedBroker().CreateTopic(topic, 1);
    }
    SharedBroker().CreateTopic(deployment_.sightings(), 1);
    deployment_.create_topics = false;
    deployment_.brokers = SharedBroker().sasl_brokers();
    SetPassword(kSaslPassword);
  }

  void SetPassword(const std::string& password) {
    deployment_.kafka =
        absl::StrCat("  sasl: {mechanism: plain, username: ", kSaslUser,
                     ", password: ", password, "}");
  }

  // Everything that a deployment needs, but for what `forbidden` names.
  void AllowAllBut(const std::string& forbidden) {
    const auto allow = [&](rd_kafka_ResourceType_t type,
                           const std::string& name,
                           rd_kafka_AclOperation_t operation) {
      if (name == forbidden) return;
      SharedBroker().Allow(type, name, operation);
    };
    for (const std::string& topic :
         {deployment_.raw(), deployment_.sightings(), deployment_.events(),
          deployment_.duplicates_topic(), deployment_.dead()}) {
      allow(RD_KAFKA_RESOURCE_TOPIC, topic, RD_KAFKA_ACL_OPERATION_ALL);
    }
    allow(RD_KAFKA_RESOURCE_GROUP, deployment_.name,
          RD_KAFKA_ACL_OPERATION_ALL);
    // librdkafka 2.0.2 cannot grant rights on transactional ids.
    deployment_.delivery = "at_least_once";
  }

  std::string RunToFailure() {
    WiredeskProcess process(deployment_, "limited", "one");
    return AwaitFailure(process);
  }
};

TEST_F(AuthorizationTest, AWrongPasswordEnds) {
  SetPassword("not-the-password");
  EXPECT_THAT(RunToFailure(), HasSubstr("uthentication failed"));
}

TEST_F(AuthorizationTest, AnAccountWithAllRightsWorks) {
  AllowAllBut("");
  Feed(20);
  WiredeskProcess process(deployment_, "limited", "one");
  AwaitDelivery();
  EXPECT_EQ(process.Stop(kPatience), 0) << process.Log();
}

TEST_F(AuthorizationTest, NoRightsOnTheSource) {
  AllowAllBut(deployment_.raw());
  const std::string log = RunToFailure();
  EXPECT_THAT(log,
              HasSubstr(absl::StrCat("Describe on topic ", deployment_.raw())));
  EXPECT_THAT(log, HasSubstr("TOPIC_AUTHORIZATION_FAILED"));
}

TEST_F(AuthorizationTest, NoRightsOnTheGroup) {
  AllowAllBut(deployment_.name);
  const std::string log = RunToFailure();
  EXPECT_THAT(log, HasSubstr(absl::StrCat("Read on group ", deployment_.name)));
  EXPECT_THAT(log, HasSubstr("GROUP_AUTHORIZATION_FAILED"));
}

TEST_F(AuthorizationTest, NoRightsOnADestination) {
  AllowAllBut(deployment_.events());
  Feed(20);
  const std::string log = RunToFailure();
  EXPECT_THAT(
      log, HasSubstr(absl::StrCat("Describe on topic ", deployment_.events())));
  EXPECT_THAT(log, HasSubstr("TOPIC_AUTHORIZATION_FAILED"));
}

TEST_F(AuthorizationTest, NoRightsOnTransactions) {
  AllowAllBut("");
  deployment_.delivery = "exactly_once";
  const std::string log = RunToFailure();
  EXPECT_THAT(log, HasSubstr(absl::StrCat("Write on transactional id ",
                                          deployment_.name, "-one-0")));
  EXPECT_THAT(log, HasSubstr("TRANSACTIONAL_ID_AUTHORIZATION_FAILED"));
}

}  // namespace
}  // namespace wiredesk
