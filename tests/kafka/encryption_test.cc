// TLS and logins on a real broker: what works works, and each thing that can be
// wrong with a certificate or a login is told apart in one sentence.

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/kafka/deployment_fixture.h"

namespace wiredesk {
namespace {

using testing::HasSubstr;
using Tls = KafkaBroker::Tls;

class EncryptionTest : public DeploymentFixture {
 protected:
  void UseTls(Tls listener, const std::string& ca, const std::string& more) {
    deployment_.brokers = SharedBroker().tls_brokers(listener);
    deployment_.kafka = absl::StrCat("  tls: {enabled: true, ca_file: ",
                                     SharedBroker().tls_file(ca), more, "}\n");
  }

  std::string ClientCertificate() const {
    return absl::StrCat(
        ", certificate_file: ", SharedBroker().tls_file("client.pem"),
        ", key_file: ", SharedBroker().tls_file("client.key"));
  }

  void ExpectWorks() {
    MakeRawTopic();
    Feed(20);
    WiredeskProcess process(deployment_, "works", "one");
    AwaitDelivery();
    EXPECT_EQ(process.Stop(kPatience), 0) << process.Log();
    ExpectExactlyOnce();
  }

  std::string RunToFailure() {
    WiredeskProcess process(deployment_, "fails", "one");
    return AwaitFailure(process);
  }
};

TEST_F(EncryptionTest, ThroughTls) {
  UseTls(Tls::kGood, "ca.pem", "");
  ExpectWorks();
}

TEST_F(EncryptionTest, ThroughTlsWithACertificateOfTheClient) {
  UseTls(Tls::kAsksClient, "ca.pem", ClientCertificate());
  ExpectWorks();
}

TEST_F(EncryptionTest, AnotherNameIsTakenIfToldTo) {
  UseTls(Tls::kElsewhere, "ca.pem", ", verify_hostname: false");
  ExpectWorks();
}

struct Trouble {
  const char* name;
  Tls listener;
  const char* ca;
  const char* told;
};

class CertificateTroubleTest : public EncryptionTest,
                               public testing::WithParamInterface<Trouble> {};

TEST_P(CertificateTroubleTest, IsTold) {
  UseTls(GetParam().listener, GetParam().ca, "");
  EXPECT_THAT(RunToFailure(), HasSubstr(GetParam().told));
}

INSTANTIATE_TEST_SUITE_P(
    Certificates, CertificateTroubleTest,
    testing::Values(
        Trouble{"UnknownAuthority", Tls::kGood, "other-ca.pem",
                "issued by an authority that kafka.tls.ca_file does not hold"},
        Trouble{"Expired", Tls::kExpired, "ca.pem", "has expired"},
        Trouble{"OtherHost", Tls::kElsewhere, "ca.pem",
                "is for another host name"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(EncryptionTest, ACertificateThatTheBrokersMissIsTold) {
  UseTls(Tls::kAsksClient, "ca.pem", "");
  EXPECT_THAT(RunToFailure(),
              HasSubstr("the brokers ask for a certificate of this client"));
}

class LoginTest : public EncryptionTest,
                  public testing::WithParamInterface<const char*> {
 protected:
  LoginTest() {
    deployment_.brokers = SharedBroker().sasl_brokers();
    deployment_.kafka = absl::StrCat("  sasl: {mechanism: ", GetParam(),
                                     ", username: ", kSaslUser,
                                     ", password: ", kSaslPassword, "}\n");
  }

  // All rights for the user but those on transactions, which librdkafka 2.0.2
  // cannot grant.
  void SetUp() override {
    deployment_.delivery = "at_least_once";
    for (const std::string& topic :
         {deployment_.raw(), deployment_.sightings(), deployment_.events(),
          deployment_.duplicates_topic(), deployment_.dead()}) {
      SharedBroker().Allow(RD_KAFKA_RESOURCE_TOPIC, topic,
                           RD_KAFKA_ACL_OPERATION_ALL);
    }
    SharedBroker().Allow(RD_KAFKA_RESOURCE_GROUP, deployment_.name,
                         RD_KAFKA_ACL_OPERATION_ALL);
  }
};

// Works, or the program says which library would.
TEST_P(LoginTest, WorksOrSaysWhichVersionCan) {
  const bool scram = absl::StartsWith(GetParam(), "scram");
  if (scram && SharedBroker().line() != "3.9" && !KafkaLibrarySpeaksScram()) {
    const std::string log = RunToFailure();
    EXPECT_THAT(log, HasSubstr(KafkaLibraryVersion()));
    EXPECT_THAT(log, HasSubstr("2.6.1"));
    return;
  }
  MakeRawTopic();
  Feed(20);
  WiredeskProcess process(deployment_, "works", "one");
  AwaitDelivery();
  EXPECT_EQ(process.Stop(kPatience), 0) << process.Log();
}

INSTANTIATE_TEST_SUITE_P(Mechanisms, LoginTest,
                         testing::Values("plain", "scram-sha-256",
                                         "scram-sha-512"),
                         [](const auto& test) {
                           std::string name = test.param;
                           for (char& c : name) {
                             if (c == '-') c = '_';
                           }
                           return name;
                         });

}  // namespace
}  // namespace wiredesk
