// Text parsed by a format, for tests that look at the drafts.

#ifndef WIREDESK_TESTS_STAGES_PARSE_PARSE_FIXTURE_H_
#define WIREDESK_TESTS_STAGES_PARSE_PARSE_FIXTURE_H_

#include <memory_resource>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

class ParseFixture : public testing::Test {
 protected:
  ParseFixture() { context_.arena = &arena_; }

  void ParseWith(ParseFunction parse, absl::string_view text) {
    drafts_.clear();
    report_ = ParseReport();
    input_ = std::string(text);
    parse(input_, context_, drafts_, report_);
  }

  static std::string Iso(const std::optional<ParsedTime>& time) {
    return time.has_value()
               ? absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time->instant,
                                  absl::UTCTimeZone())
               : "none";
  }

  std::pmr::monotonic_buffer_resource arena_;
  ParseContext context_;
  std::string input_;
  std::vector<ArticleDraft> drafts_;
  ParseReport report_;
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_STAGES_PARSE_PARSE_FIXTURE_H_
