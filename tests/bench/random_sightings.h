// Sightings without texts, for benchmarks: random numbers, as many as articles
// of about 500 words have; three in ten are edits of one of the last.

#ifndef WIREDESK_TESTS_BENCH_RANDOM_SIGHTINGS_H_
#define WIREDESK_TESTS_BENCH_RANDOM_SIGHTINGS_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "stages/dedupe/sketch/sighting.h"

namespace wiredesk {

class RandomSightings {
 public:
  Sighting Next() {
    Sighting s;
    if (random_() % 10 < 3 && !recent_.empty()) {
      s = recent_[random_() % recent_.size()];
      for (size_t i = 0; i < s.fingerprints.size(); i += 9) {
        s.fingerprints[i] = random_() >> 24;
      }
    } else {
      for (int i = 0; i < 30; ++i) s.fingerprints.push_back(random_() >> 24);
      for (int i = 0; i < 64; ++i) {
        s.sample.push_back({static_cast<uint32_t>(random_() & kSampleHashMask),
                            static_cast<uint8_t>(i < 32 ? 1 : 0),
                            static_cast<uint8_t>(random_() & 0xFF)});
      }
      for (int i = 0; i < 64; ++i) {
        // Some terms are of all articles, most of few.
        const double share =
            static_cast<double>(random_() >> 11) / (1ull << 53);
        s.terms.push_back(
            {static_cast<uint32_t>(std::pow(2e5, share) * 2654435761u), 1, 0});
      }
      for (size_t i = 0; i < kFactSlotsMax; ++i) {
        s.facts.push_back(
            {static_cast<uint16_t>(4096 * i + (random_() & 0xFFF)),
             static_cast<uint8_t>(random_() & 0xFF)});
      }
      s.shingles = 500;
      s.sample_rate = 3;
    }
    std::sort(s.fingerprints.begin(), s.fingerprints.end());
    s.id = {1, ++number_};
    s.origin = s.guid = random_();
    s.url = random_();
    s.text = {random_(), random_()};
    s.provider = static_cast<uint32_t>(random_() % 500);
    s.event_time = (kStart + static_cast<int64_t>(number_ / 200)) * 1'000'000;
    if (recent_.size() < kRecentMax) {
      recent_.push_back(s);
    } else {
      recent_[number_ % kRecentMax] = s;
    }
    return s;
  }

 private:
  static constexpr int64_t kStart = 1'700'000'000;
  static constexpr size_t kRecentMax = 100'000;

  std::mt19937_64 random_{7};
  std::vector<Sighting> recent_;
  uint64_t number_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_BENCH_RANDOM_SIGHTINGS_H_
