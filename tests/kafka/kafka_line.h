// The broker that all tests of this program share. Starting one costs seconds
// of two cores, so a test takes topics and groups of its own instead.

#ifndef WIREDESK_TESTS_KAFKA_KAFKA_LINE_H_
#define WIREDESK_TESTS_KAFKA_KAFKA_LINE_H_

#include <cstdint>
#include <string>

#include "tests/kafka/kafka_broker.h"

namespace wiredesk {

// Of the line that WIREDESK_KAFKA_LINE names ("3.9" where it is not set; CTest
// runs the program once for each line). Started at the first call, ended after
// the last test.
KafkaBroker& SharedBroker();

// "conservation-3": no other test's, for topics and applications.
std::string FreshName(const std::string& name);

// WIREDESK_KAFKA_SEED, else a number that is printed, so that a failure can be
// had again.
uint64_t TestSeed();

// How much longer than in CI a random test runs: WIREDESK_KAFKA_LENGTH, else 1.
int TestLength();

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_KAFKA_KAFKA_LINE_H_
