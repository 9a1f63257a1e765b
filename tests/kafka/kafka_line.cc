#include "tests/kafka/kafka_line.h"

#include <cstdio>
#include <cstdlib>
#include <random>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

std::unique_ptr<KafkaBroker>& SharedPlace() {
  static auto* const place = new std::unique_ptr<KafkaBroker>;
  return *place;
}

class BrokerEnvironment : public testing::Environment {
 public:
  void TearDown() override { SharedPlace() = nullptr; }
};

const testing::Environment* const kEnvironment =
    testing::AddGlobalTestEnvironment(new BrokerEnvironment);

std::string Variable(const char* name, const std::string& otherwise) {
  const char* const value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

}  // namespace

KafkaBroker& SharedBroker() {
  std::unique_ptr<KafkaBroker>& broker = SharedPlace();
  if (broker == nullptr) {
    broker = std::make_unique<KafkaBroker>(
        Variable("WIREDESK_KAFKA_LINE", kKafkaLines[0]));
  }
  return *broker;
}

std::string FreshName(const std::string& name) {
  static int count = 0;
  return absl::StrCat(name, "-", ++count);
}

uint64_t TestSeed() {
  uint64_t seed = 0;
  if (!absl::SimpleAtoi(Variable("WIREDESK_KAFKA_SEED", ""), &seed)) {
    seed = std::random_device()();
  }
  std::printf("seed: WIREDESK_KAFKA_SEED=%llu\n",
              static_cast<unsigned long long>(seed));
  std::fflush(stdout);
  return seed;
}

int TestLength() {
  int length = 1;
  if (!absl::SimpleAtoi(Variable("WIREDESK_KAFKA_LENGTH", ""), &length)) {
    return 1;
  }
  return std::max(1, length);
}

}  // namespace wiredesk
