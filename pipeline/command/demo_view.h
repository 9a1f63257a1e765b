// What the demo shows of records as they are published: each article with its
// verdict, names and topics, copies and revisions under the story that they
// belong to, and at the end what came of the whole.

#ifndef WIREDESK_PIPELINE_COMMAND_DEMO_VIEW_H_
#define WIREDESK_PIPELINE_COMMAND_DEMO_VIEW_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wiredesk {

// Belongs to one thread.
class DemoView {
 public:
  // `colour` adds terminal colours.
  explicit DemoView(bool colour) : colour_(colour) {}

  // The lines for a record of `topic`, seen at `now`: its headline, and below
  // it what was found. A copy is one line with an arrow that names its story.
  std::string Show(absl::string_view topic, absl::string_view json,
                   absl::Time now);

  // How many articles and stories there were, the stories that were told more
  // than once with what came under each, and the latency from the time that a
  // record was received to the time that its article could be read.
  std::string Summary() const;

 private:
  struct Member {
    std::string verdict;
    std::string headline;
    std::string provider;
    double similarity = 0;
  };
  struct Story {
    size_t number = 0;  // from 1, in the order of the stream
    std::vector<Member> members;
  };

  std::string Paint(absl::string_view colour, absl::string_view text) const;
  std::string Verdict(absl::string_view verdict) const;
  std::string StoriesText() const;

  const bool colour_;
  std::map<std::string, Story> stories_;  // by id
  std::map<std::string, size_t> verdicts_;
  std::map<std::string, size_t> languages_;
  size_t articles_ = 0;
  size_t dead_letters_ = 0;
  std::vector<absl::Duration> latencies_;
};

// The value below which a share of `values` lies, 0 to 1; zero of none.
absl::Duration Quantile(std::vector<absl::Duration> values, double share);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_DEMO_VIEW_H_
