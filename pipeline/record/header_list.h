#ifndef WIREDESK_PIPELINE_RECORD_HEADER_LIST_H_
#define WIREDESK_PIPELINE_RECORD_HEADER_LIST_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "pipeline/record/event_record.h"

namespace wiredesk {

// The headers of one message, built again for each in the same memory. Names
// and values are copied. Not thread-safe.
class HeaderList {
 public:
  void Clear() {
    bytes_.clear();
    entries_.clear();
  }

  void Add(absl::string_view name, absl::string_view value) {
    bytes_.append(value.data(), value.size());
    Finish(name);
  }

  // Appends to a value that Finish() will name.
  std::string& value() { return bytes_; }

  // Ends the header whose value was appended since the last one.
  void Finish(absl::string_view name) {
    const size_t value_end = bytes_.size();
    bytes_.append(name.data(), name.size());
    entries_.push_back({value_end, bytes_.size()});
  }

  // In the order in which they were added. Valid until the next change.
  absl::Span<const Header> headers() {
    headers_.clear();
    size_t begin = 0;
    const absl::string_view bytes = bytes_;
    for (const auto& [value_end, name_end] : entries_) {
      headers_.push_back({bytes.substr(value_end, name_end - value_end),
                          bytes.substr(begin, value_end - begin)});
      begin = name_end;
    }
    return headers_;
  }

 private:
  std::string bytes_;  // value, name, value, name ...
  std::vector<std::pair<size_t, size_t>> entries_;  // ends of value and name
  std::vector<Header> headers_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_HEADER_LIST_H_
