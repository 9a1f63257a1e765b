// Web archives of any bytes: no crash, and no body beyond its limit.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "pipeline/file/warc_reader.h"

namespace {

class BytesStream : public wiredesk::FileStream {
 public:
  explicit BytesStream(absl::string_view bytes) : bytes_(bytes) {}
  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    const size_t taken = std::min(size, bytes_.size() - position_);
    std::memcpy(out, bytes_.data() + position_, taken);
    position_ += taken;
    return taken;
  }
  int64_t stored_bytes() const override { return 0; }

 private:
  const absl::string_view bytes_;
  size_t position_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  wiredesk::WarcReader::Limits limits;
  limits.body_bytes_max = 4096;
  wiredesk::WarcReader reader(std::make_unique<BytesStream>(bytes), limits);
  while (true) {
    const auto next = reader.Next();
    if (!next.ok() || !next->has_value()) return 0;
    if ((*next)->body.size() > limits.body_bytes_max + 1) std::abort();
  }
}
