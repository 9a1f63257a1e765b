// The news of a simulation, and the stages on both sides of the real dedupe
// stage: a parse of a tiny format of its own, since thousands of runs a second
// leave no time for JSON, and a route that does what the record asks for.
//
// A raw record is lines of "kind guid words...". The kinds: 'e' goes to one
// topic, 't' to two, 'r' is dropped by a rule, 'u' is taken by no route (which
// is a dead letter), 'b' is broken, 'k' kills its article.

#ifndef WIREDESK_TESTS_SIMULATION_NEWSROOM_H_
#define WIREDESK_TESTS_SIMULATION_NEWSROOM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "pipeline/flow/stage.h"
#include "stages/text/words.h"
#include "tests/simulation/randomness.h"

namespace wiredesk {

// Writes raw records; some articles repeat, edit or revise earlier ones.
class Newsroom {
 public:
  std::string Write(Randomness& random);

 private:
  void Line(Randomness& random, std::string& out);
  std::string Text(Randomness& random);

  std::vector<std::string> texts_;
};

// One line of a raw record.
struct NewsLine {
  char kind = 'b';
  absl::string_view guid;  // may be empty
  absl::string_view body;
};
std::vector<NewsLine> ReadLines(absl::string_view value);

// The id of an article, from which it is known in the sighting log.
RecordId IdOf(int32_t partition, int64_t offset, uint32_t item);

class TinyParse : public Stage {
 public:
  absl::string_view name() const override { return "parse"; }
  absl::Status Process(Batch& batch) override;

 private:
  std::vector<Word> words_;
};

class TinyRoute : public Stage {
 public:
  absl::string_view name() const override { return "route"; }
  absl::Status Process(Batch& batch) override;
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_SIMULATION_NEWSROOM_H_
