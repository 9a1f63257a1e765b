// The one source of chance of a simulation: everything follows from the seed.

#ifndef WIREDESK_TESTS_SIMULATION_RANDOMNESS_H_
#define WIREDESK_TESTS_SIMULATION_RANDOMNESS_H_

#include <cstddef>
#include <cstdint>

namespace wiredesk {

// SplitMix64: quick to seed, the same on every machine.
class Randomness {
 public:
  explicit Randomness(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  // 0 .. n-1.
  size_t Below(size_t n) { return static_cast<size_t>(Next() % n); }

  // low .. high.
  size_t Between(size_t low, size_t high) {
    return low + Below(high - low + 1);
  }

  // True once in `n` times.
  bool OneIn(size_t n) { return Below(n) == 0; }

 private:
  uint64_t state_;
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_SIMULATION_RANDOMNESS_H_
