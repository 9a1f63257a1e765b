// Writes into a record the tone of the article and of those it names.

#ifndef WIREDESK_STAGES_TAG_TONE_WRITER_H_
#define WIREDESK_STAGES_TAG_TONE_WRITER_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/event_record.h"
#include "stages/tag/tone/tone.h"
#include "stages/text/words.h"

namespace wiredesk {

// The lexicon that is shipped. NotFound, InvalidArgument with file and line.
absl::StatusOr<std::shared_ptr<const ToneLexicon>> OpenToneLexicon();

// Belongs to one thread; keeps nothing but memory.
class ToneWriter {
 public:
  explicit ToneWriter(std::shared_ptr<const ToneLexicon> lexicon)
      : reader_(std::move(lexicon)) {}

  // Fills `record.tone` and the tone of `record.entities`; English only.
  void Write(absl::Span<const Word> headline_words,
             absl::Span<const Word> body_words, Batch& batch,
             EventRecord& record);

 private:
  ToneReader reader_;
  std::vector<Entity> entities_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_TONE_WRITER_H_
