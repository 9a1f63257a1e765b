// Says whether what lies in the output topics is what must lie there.
//
// What must is told by `wiredesk replay`, one process without a broker, over
// the articles in the order in which the sighting log first met them: the
// verdicts depend on this order and on nothing else. Records are compared byte
// for byte, but for where they came from and what made them.

#ifndef WIREDESK_TESTS_KAFKA_DELIVERY_ORACLE_H_
#define WIREDESK_TESTS_KAFKA_DELIVERY_ORACLE_H_

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "tests/kafka/generated_feed.h"
#include "tests/kafka/kafka_broker.h"
#include "tests/kafka/wiredesk_process.h"

namespace wiredesk {

class DeliveryOracle {
 public:
  // Partition and offset of a raw record.
  using Place = std::pair<int32_t, int64_t>;

  struct Findings {
    int articles = 0;      // that must be there
    int dead_letters = 0;  // that must be there
    int lost = 0;
    int duplicated = 0;  // copies too many
    int unknown = 0;     // that nobody has sent
    int different = 0;   // unlike the undisturbed run
    std::map<std::string, int> verdicts;
    std::vector<std::string> examples;  // of what is wrong, a few
  };

  // `sent` holds what was produced, by its value.
  DeliveryOracle(const Deployment& deployment, KafkaBroker* broker,
                 const std::vector<GeneratedRecord>& sent);

  // Reads all topics and compares. The deployment must have stopped.
  Findings Check();

 private:
  // An article by where its raw record stands, and its number in there.
  using ArticleKey = std::tuple<int32_t, int64_t, int>;

  void ReadRaw();
  // The articles in the order in which the log met them first.
  std::vector<ArticleKey> OrderOfLog();
  void Replay(const std::vector<ArticleKey>& order);
  void CompareRecords(const std::string& topic);
  void CompareDeadLetters();
  void Note(int& count, const std::string& what);

  const Deployment deployment_;
  KafkaBroker* const broker_;
  std::map<std::string, const GeneratedRecord*> sent_;  // by value
  std::map<Place, const GeneratedRecord*> raw_;
  // "topic\n" + record, and how often it was found.
  std::map<ArticleKey, std::string> expected_;
  std::map<ArticleKey, int> found_;
  Findings findings_;
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_KAFKA_DELIVERY_ORACLE_H_
