// A fixed array of zero bytes that takes memory only where it is touched.

#ifndef WIREDESK_STAGES_DEDUPE_ZEROED_ARRAY_H_
#define WIREDESK_STAGES_DEDUPE_ZEROED_ARRAY_H_

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
    const auto address = reinterpret_cast<uintptr_t>(block_.get());
    data_ = reinterpret_cast<T*>((address + kLine - 1) / kLine * kLine);
  }

  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }
  T* data() { return data_; }
  size_t size() const { return size_; }

 private:
  static constexpr size_t kLine = 64;

  struct Free {
    void operator()(void* block) const { std::free(block); }
  };

  std::unique_ptr<void, Free> block_;
  T* data_;
  size_t size_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_ZEROED_ARRAY_H_
