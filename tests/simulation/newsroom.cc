#include "tests/simulation/newsroom.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "pipeline/record/batch.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kTopics[] = {"events", "copies"};

}  // namespace

std::string Newsroom::Text(Randomness& random) {
  const size_t known = texts_.size();
  const size_t kind = known == 0 ? 9 : random.Below(10);
  if (kind < 2)
    return texts_[known - 1 - random.Below(std::min<size_t>(known, 9))];
  std::string text;
  if (kind < 4) {
    // An edit: some words of an earlier text are others now.
    const std::string& old = texts_[random.Below(known)];
    for (absl::string_view word : absl::StrSplit(old, ' ', absl::SkipEmpty())) {
      if (random.OneIn(15)) {
        absl::StrAppend(&text, "x", random.Below(500), " ");
      } else {
        absl::StrAppend(&text, word, " ");
      }
    }
  } else {
    // Below 20 words a text is too short for similarity.
    const size_t words =
        random.OneIn(5) ? random.Between(1, 12) : random.Between(22, 40);
    for (size_t i = 0; i < words; ++i) {
      absl::StrAppend(&text, random.OneIn(6) ? "T" : "w", random.Below(900),
                      " ");
    }
  }
  texts_.push_back(text);
  return text;
}

void Newsroom::Line(Randomness& random, std::string& out) {
  constexpr absl::string_view kKinds = "eeeeeeeeeeeettrubk";
  const char kind = kKinds[random.Below(kKinds.size())];
  std::string guid;
  if (random.OneIn(2))
    guid = absl::StrCat("g", random.Below(texts_.size() + 3));
  const std::string text = Text(random);
  absl::StrAppend(&out, absl::string_view(&kind, 1), " ", guid, " ", text,
                  "\n");
}

std::string Newsroom::Write(Randomness& random) {
  std::string value;
  size_t lines = random.OneIn(4) ? random.Between(2, 3) : 1;
  if (random.OneIn(30)) lines = 0;
  for (size_t i = 0; i < lines; ++i) Line(random, value);
  return value;
}

std::vector<NewsLine> ReadLines(absl::string_view value) {
  std::vector<NewsLine> lines;
  for (absl::string_view text :
       absl::StrSplit(value, '\n', absl::SkipEmpty())) {
    NewsLine& line = lines.emplace_back();
    line.kind = text[0];
    text.remove_prefix(2);
    line.guid = text.substr(0, text.find(' '));
    line.body = text.substr(line.guid.size() + 1);
  }
  return lines;
}

RecordId IdOf(int32_t partition, int64_t offset, uint32_t item) {
  return {static_cast<uint64_t>(partition) + 1,
          static_cast<uint64_t>(offset) << 8 | item};
}

absl::Status TinyParse::Process(Batch& batch) {
  for (uint32_t i = 0; i < batch.raw_records().size(); ++i) {
    const RawRecord& raw = batch.raw_records()[i];
    const std::vector<NewsLine> lines = ReadLines(raw.value);
    if (lines.empty()) batch.DeadLetter(i, "parse", "broken", "nothing in it");
    for (uint32_t item = 0; item < lines.size(); ++item) {
      const NewsLine& line = lines[item];
      if (line.kind == 'b') {
        batch.DeadLetter(i, "parse", "broken", "as planned", item);
        continue;
      }
      EventRecord& record = batch.AddArticle(i, item);
      record.id = IdOf(raw.origin.partition, raw.origin.offset, item);
      record.received_at = raw.timestamp;
      record.article.provider.domain = "wire.example";
      record.article.guid = line.guid;
      record.article.body = line.body;
      record.article.summary = batch.Copy(absl::string_view(&line.kind, 1));
      if (line.kind == 'k')
        record.article.status = PublicationStatus::kCanceled;
      words_.clear();
      SplitWords(line.body, words_);
      record.body_words = batch.Copy(words_);
    }
  }
  return absl::OkStatus();
}

absl::Status TinyRoute::Process(Batch& batch) {
  batch.ForEachLive([&](EventRecord& record) {
    const char kind = record.article.summary[0];
    if (kind == 'u') return;
    if (kind == 'r') {
      batch.Drop(record, "route", "rule");
      return;
    }
    std::vector<Destination> destinations;
    for (size_t i = 0; i < (kind == 't' ? 2 : 1); ++i) {
      destinations.emplace_back().topic = kTopics[i];
    }
    record.destinations = batch.Copy(destinations);
  });
  return absl::OkStatus();
}

}  // namespace wiredesk
