// What differs between two event records that two configurations have made of
// the same article, in words for a person.

#ifndef WIREDESK_PIPELINE_REPLAY_DIFF_RECORD_H_
#define WIREDESK_PIPELINE_REPLAY_DIFF_RECORD_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/code_point_index.h"
#include "pipeline/record/event_record.h"
#include "pipeline/record/json_buffer.h"

namespace wiredesk {

// A route and a topic of which the two make different use.
struct ChangedDestination {
  enum class Change { kGone, kAdded, kMessage };

  std::string route;
  std::string topic;
  Change change = Change::kGone;
};

// One field of the contract that differs; besides these "fate" (published,
// dropped, dead letter) and "message" (key, headers, projection).
struct DifferentPart {
  std::string field;
  std::string text;  // "- default → news.events  + sport → news.sport"
};

struct RecordDifference {
  std::string topic;  // of the raw record; in files the name of the input
  int32_t partition = 0;
  int64_t offset = 0;
  uint32_t item = 0;
  std::string id;        // 32 hex digits; empty where no article was made
  std::string headline;  // or what stands first in the body
  std::vector<DifferentPart> parts;
  std::vector<ChangedDestination> destinations;
  bool expected = false;  // by --allow
};

// Compares pairs of records. Belongs to one thread; keeps scratch memory.
class RecordComparison {
 public:
  // What one configuration has made of an article. `record` is null where it
  // made none of it.
  struct Side {
    const RawRecord* raw = nullptr;
    const EventRecord* record = nullptr;
  };

  // Fills `difference`; false if there is none. Both sides have a raw record,
  // and it is the same one.
  bool Compare(const Side& a, const Side& b, RecordDifference& difference);

 private:
  void CompareFields(const Side& a, const Side& b,
                     RecordDifference& difference);

  CodePointIndex headline_a_, body_a_, headline_b_, body_b_;
  JsonBuffer json_a_, json_b_;
};

// "published", "dropped (route/rule)", "dead letter (parse/not_json)", or
// "nothing" where no article was made.
std::string FateText(const RecordComparison::Side& side);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_REPLAY_DIFF_RECORD_H_
