// The tag stage: who, what, where, when, and in what language.

#ifndef WIREDESK_STAGES_TAG_TAG_STAGE_H_
#define WIREDESK_STAGES_TAG_TAG_STAGE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "config/schema.h"
#include "pipeline/stage.h"
#include "stages/tag/dates.h"
#include "stages/tag/gazetteer.h"
#include "stages/tag/name_tagger.h"

namespace wiredesk {

struct TagOptions {
  // A compiled gazetteer; empty: the one that is shipped.
  std::string gazetteer;
};

// What the tag stages of all workers share. The gazetteer may be swapped for
// another while they run: each batch is tagged with the one that was current
// when it began. Thread-safe.
class TagData {
 public:
  // Opens what `options` name. NotFound, InvalidArgument.
  static absl::StatusOr<std::shared_ptr<TagData>> Open(
      const TagOptions& options);
  explicit TagData(std::shared_ptr<const Gazetteer> gazetteer);

  std::shared_ptr<const Gazetteer> gazetteer() const;
  // Opens the file anew and swaps it in, checked whole; on an error the old one
  // stays.
  absl::Status Reload();

 private:
  std::string path_;
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Gazetteer> gazetteer_ ABSL_GUARDED_BY(mutex_);
};

class TagStage : public Stage {
 public:
  static const Schema<TagOptions>& GetSchema();

  explicit TagStage(std::shared_ptr<const TagData> data);

  absl::string_view name() const override { return "tag"; }
  absl::Status Process(Batch& batch) override;

 private:
  void Tag(const Gazetteer& gazetteer, Batch& batch, EventRecord& record);
  void WriteNames(const Gazetteer& gazetteer, absl::Span<const FoundName> names,
                  Batch& batch, EventRecord& record);
  void WriteDates(Batch& batch, EventRecord& record);

  const std::shared_ptr<const TagData> data_;
  NameTagger tagger_;
  std::vector<Entity> entities_;
  std::vector<Place> places_;
  std::vector<Mention> mentions_;
  std::vector<Link> links_;
  std::vector<FoundDate> found_dates_;
  std::vector<DateExpression> dates_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_TAG_STAGE_H_
