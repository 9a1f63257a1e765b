// Raw records for tests of delivery: articles of random words, some of which
// are planted copies, edits, excerpts and new versions of earlier ones; some
// records hold several articles, and some are broken.

#ifndef WIREDESK_TESTS_KAFKA_GENERATED_FEED_H_
#define WIREDESK_TESTS_KAFKA_GENERATED_FEED_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace wiredesk {

struct GeneratedRecord {
  std::string value;
  // Its articles, each as a record of its own; none if it is broken.
  std::vector<std::string> articles;
  int64_t timestamp_ms = 0;
};

// The same records for the same seed.
class GeneratedFeed {
 public:
  explicit GeneratedFeed(uint64_t seed) : random_(seed) {}

  GeneratedRecord Next();

 private:
  struct Text {
    std::string headline;
    std::vector<std::string> words;
    int number = 0;  // of its first article, which names its address
  };

  int Draw(int limit);  // 0 .. limit - 1
  std::string Word();
  Text NewText();
  Text Edited(const Text& text);
  std::string Article();

  std::mt19937_64 random_;
  std::vector<Text> texts_;
  int articles_ = 0;
  int64_t time_ = 1'772'442'000;  // seconds; 2 March 2026
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_KAFKA_GENERATED_FEED_H_
