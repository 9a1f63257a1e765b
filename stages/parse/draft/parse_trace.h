// Where the fields of articles came from, and what was left: for a person who
// asks (`wiredesk parse explain`). A parser that has a trace in its context tells
// it each field that it fills, and ends an article where it adds its draft; in
// the service there is none, and nothing is gathered.

#ifndef WIREDESK_STAGES_PARSE_DRAFT_PARSE_TRACE_H_
#define WIREDESK_STAGES_PARSE_DRAFT_PARSE_TRACE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

struct TracedField {
  std::string field;  // as in the configuration: "headline"
  std::string from;   // "/items/0/title", "<pubDate>", "og:title"
};

// Something to read, a time or an address that became no field.
struct TracedRest {
  std::string looks;  // "text", "time", "address"
  std::string from;
  std::string value;     // its beginning
  bool counted = false;  // in wiredesk_unused_keys_total, too
};

struct ArticleTrace {
  uint32_t item = 0;
  // Where the sources are JSON Pointers: they begin at this object.
  bool has_pointers = false;
  std::string at;
  std::vector<TracedField> fields;
  std::vector<TracedRest> rest;
};

class ParseTrace {
 public:
  void Field(absl::string_view field, absl::string_view from) {
    if (from.empty()) return;
    current_.fields.push_back({std::string(field), std::string(from)});
  }
  void Rest(TracedRest rest) { current_.rest.push_back(std::move(rest)); }
  void At(std::string at) {
    current_.at = std::move(at);
    current_.has_pointers = true;
  }

  // The article is complete.
  void End(uint32_t item) {
    current_.item = item;
    articles_.push_back(std::move(current_));
    current_ = {};
  }
  void Clear() {
    articles_.clear();
    current_ = {};
  }

  const std::vector<ArticleTrace>& articles() const { return articles_; }

 private:
  std::vector<ArticleTrace> articles_;
  ArticleTrace current_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_DRAFT_PARSE_TRACE_H_
