#include "pipeline/kafka/attempts.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kPrefix = "wiredesk attempts ";

}  // namespace

std::string AttemptText(const AttemptNote& note) {
  return absl::StrCat(kPrefix, note.attempts, " of ", note.records,
                      note.owner.empty() ? "" : " by ", note.owner);
}

AttemptNote AttemptOf(absl::string_view metadata) {
  if (!absl::ConsumePrefix(&metadata, kPrefix)) return {};
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(metadata, absl::MaxSplits(" of ", 1));
  const std::pair<absl::string_view, absl::string_view> rest =
      absl::StrSplit(parts.second, absl::MaxSplits(" by ", 1));
  AttemptNote note;
  if (!absl::SimpleAtoi(parts.first, &note.attempts) ||
      !absl::SimpleAtoi(rest.first, &note.records) || note.attempts < 0 ||
      note.records < 0) {
    return {};
  }
  note.owner = std::string(rest.second);
  return note;
}

void AttemptMemory::Processed(absl::string_view topic, int32_t partition,
                              int64_t offset) {
  absl::MutexLock lock(&mutex_);
  int64_t& last =
      last_.try_emplace({std::string(topic), partition}, -1).first->second;
  last = std::max(last, offset);
}

bool AttemptMemory::WasProcessed(absl::string_view topic, int32_t partition,
                                 int64_t offset) const {
  absl::MutexLock lock(&mutex_);
  const auto found = last_.find({std::string(topic), partition});
  return found != last_.end() && offset <= found->second;
}

}  // namespace wiredesk
