// Whether the time of some work grows with its input, and not with the square of
// it. Works with CPU time, which other programs on the machine disturb little,
// and takes the best of several runs; the sizes are far enough apart that a
// square is told from noise.

#ifndef WIREDESK_TESTS_GROWTH_H_
#define WIREDESK_TESTS_GROWTH_H_

#include <algorithm>
#include <cmath>
#include <ctime>
#include <functional>
#include <string>

namespace wiredesk {

inline double ThreadCpuSeconds() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         static_cast<double>(now.tv_nsec) * 1e-9;
}

inline double BestCpuSeconds(const std::function<void()>& work) {
  double best = 1e9;
  double spent = 0;
  for (int run = 0; run < 5 && spent < 1; ++run) {
    const double begin = ThreadCpuSeconds();
    work();
    const double took = ThreadCpuSeconds() - begin;
    best = std::min(best, took);
    spent += took;
  }
  return best;
}

// By how much the time grows when an input of `bytes` bytes doubles, seen over
// three doublings; 1 where it is too short to measure. A straight line gives 2,
// a square 4.
inline double GrowthPerDoubling(
    size_t bytes, const std::function<std::string(size_t)>& make,
    const std::function<void(const std::string&)>& work) {
  constexpr double kMeasurable = 0.004;  // seconds
  const std::string small = make(bytes);
  const std::string large = make(8 * bytes);
  const double long_time = BestCpuSeconds([&] { work(large); });
  if (long_time < kMeasurable) return 1;
  const double short_time = BestCpuSeconds([&] { work(small); });
  return std::cbrt(long_time / std::max(short_time, kMeasurable / 16));
}

// What a growth per doubling may be: 2.2 of n log n, and room for caches that
// the larger input no longer fits.
inline constexpr double kGrowthMax = 2.6;

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_GROWTH_H_
