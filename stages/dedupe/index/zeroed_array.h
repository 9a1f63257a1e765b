// A fixed array of zero bytes that takes memory only where it is touched.
//
// Large ones ask for pages of two megabytes: a table that is read at random
// would spend as long on finding its pages as on the memory itself.

#ifndef WIREDESK_STAGES_DEDUPE_INDEX_ZEROED_ARRAY_H_
#define WIREDESK_STAGES_DEDUPE_INDEX_ZEROED_ARRAY_H_

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

namespace wiredesk {

// Elements begin at a cache line. Large blocks of calloc() come from the
// kernel as zero pages, which cost nothing until they are written.
template <typename T>
class ZeroedArray {
 public:
  static_assert(std::is_trivially_copyable_v<T>);

  explicit ZeroedArray(size_t size)
      : block_(std::calloc(size * sizeof(T) + kLine, 1)), size_(size) {
    if (block_ == nullptr) throw std::bad_alloc();
    char* const begin = static_cast<char*>(block_.get());
    data_ = reinterpret_cast<T*>(begin + ToNext(begin, kLine));
    AskForLargePages(begin, size * sizeof(T));
  }

  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }
  // Has the kernel give all memory now, piece by piece until `stop`. Changes no
  // element, so that other threads may use them meanwhile.
  void Populate(const std::atomic<bool>& stop) const {
#if defined(MADV_POPULATE_WRITE)
    char* const begin = reinterpret_cast<char*>(data_);
    const size_t bytes = size_ * sizeof(T);
    for (size_t at = ToNext(begin, kLargePage); at < bytes && !stop;
         at += kPopulated) {
      // Refused by older kernels: then each page is given when it is touched.
      madvise(begin + at, std::min(kPopulated, bytes - at),
              MADV_POPULATE_WRITE);
    }
#else
    static_cast<void>(stop);
#endif
  }

  T* data() { return data_; }
  size_t size() const { return size_; }

 private:
  static constexpr size_t kLine = 64;
  static constexpr size_t kLargePage = size_t{2} << 20;
  static constexpr size_t kPopulated = 2 * kLargePage;  // at once

  // Bytes from `at` to the next multiple of `step`.
  static size_t ToNext(const char* at, size_t step) {
    return (step - reinterpret_cast<uintptr_t>(at) % step) % step;
  }

  static void AskForLargePages(char* begin, size_t bytes) {
#if defined(MADV_HUGEPAGE)
    const size_t skipped = ToNext(begin, kLargePage);
    if (bytes < skipped + kLargePage) return;
    // Refused where the kernel has none: then it is slower, no more.
    madvise(begin + skipped, (bytes - skipped) / kLargePage * kLargePage,
            MADV_HUGEPAGE);
#endif
  }

  struct Free {
    void operator()(void* block) const { std::free(block); }
  };

  std::unique_ptr<void, Free> block_;
  T* data_;
  size_t size_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_ZEROED_ARRAY_H_
