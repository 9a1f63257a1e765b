// Tested by tag_stage_test.cc.

#include "stages/tag/tone_writer.h"

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "config/base/read_file.h"
#include "config/base/status_macros.h"
#include "config/data_path.h"

namespace wiredesk {

absl::StatusOr<std::shared_ptr<const ToneLexicon>> OpenToneLexicon() {
  WD_ASSIGN_OR_RETURN(const std::string path, FindData("tone/lexicon.tsv"));
  WD_ASSIGN_OR_RETURN(const std::string content, ReadPackedFile(path));
  return ToneLexicon::Parse(path, content);
}

void ToneWriter::Write(absl::Span<const Word> headline_words,
                       absl::Span<const Word> body_words, Batch& batch,
                       EventRecord& record) {
  if (record.language != "en" && !absl::StartsWith(record.language, "en-")) {
    return;
  }
  ToneInput input;
  input.headline = record.article.headline;
  input.body = record.article.body;
  input.headline_words = headline_words;
  input.body_words = body_words;
  input.entities = record.entities;
  input.quotes = record.quotes;
  record.tone = reader_.Read(input);
  if (!record.tone.has_value()) return;
  entities_.assign(record.entities.begin(), record.entities.end());
  for (size_t i = 0; i < entities_.size(); ++i) {
    entities_[i].tone = reader_.entities()[i];
  }
  record.entities = batch.Copy(entities_);
}

}  // namespace wiredesk
