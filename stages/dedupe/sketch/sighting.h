// A sighting is what the story index needs to know of one article; a decision
// is what it answers. Both travel as bytes: sightings through the sighting log,
// decisions back to the appender, and, inside a write-back entry, through the
// log too. docs/sighting-log.md describes the bytes and why write-backs exist.

#ifndef WIREDESK_STAGES_DEDUPE_SKETCH_SIGHTING_H_
#define WIREDESK_STAGES_DEDUPE_SKETCH_SIGHTING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "pipeline/record/event_record.h"
#include "stages/dedupe/sketch/fact_slots.h"
#include "stages/dedupe/sketch/short_text.h"

namespace wiredesk {

// A word of the text as a term of its story, with a weight that the text alone
// gives it (how often, in the headline, a name).
struct StoryTerm {
  uint32_t hash = 0;
  uint8_t weight = 0;
  uint8_t word_class = 0;  // how frequent it is in all news: frequent_words.h
};

// One shingle of the sample by which two texts are compared.
struct SampledShingle {
  uint32_t hash = 0;  // 28 bits
  uint8_t level = 0;  // how many times the sample may be halved and keep it
  uint8_t place = 0;  // where in the text it first stands, in 256ths
};
inline constexpr uint32_t kSampleHashMask = 0xFFFFFFF;

inline constexpr size_t kFingerprintsMax = 80;
inline constexpr size_t kSampleMax = 128;
inline constexpr size_t kTermsMax = 64;
inline constexpr uint8_t kSampleLevelMax = 15;

struct Sighting {
  RecordId id;            // of the article's version
  uint64_t origin = 0;    // hash of topic, partition, offset and item
  uint64_t guid = 0;      // hash of provider and guid; 0 where there is none
  uint64_t url = 0;       // hash of the URL; 0 where there is none
  RecordId text;          // hash of the normalized headline and body
  uint32_t content = 0;   // hash of headline and body, byte for byte
  uint64_t headline = 0;  // hash of provider and normalized headline
  uint64_t subject = 0;   // a bit for each of the best terms: what it is about
  uint32_t provider = 0;
  int32_t published_version = 0;  // as the publisher counts; 0: it does not
  bool canceled = false;
  bool correction = false;  // the headline says so: "CORRECTED-", "UPDATE 2-"
  bool is_short = false;    // too little text for similarity
  bool headline_only = false;
  std::optional<int64_t> event_time;  // microseconds since 1970
  uint32_t shingles = 0;              // how many the text has
  uint8_t sample_rate = 0;  // the sample holds 1 / 2^rate of all shingles
  std::vector<uint64_t> fingerprints;  // 40 bits each
  std::vector<SampledShingle> sample;  // level descending
  std::vector<FactSlot> facts;         // ascending by context
  std::vector<StoryTerm> terms;        // best first
  ShortText short_text;                // where is_short
};

// A passage of an earlier text: a Reuse of the record, in whole numbers as in
// Decision.
struct ReusedText {
  RecordId of;
  uint16_t share = 0;  // of the article, thousandths
  uint32_t words = 0;
  friend bool operator==(const ReusedText&, const ReusedText&) = default;
};
inline constexpr size_t kReusedMax = 3;

// The first group is for the record: a DedupeResult before it leaves the log, in
// the whole numbers that are encoded, so that all instances hold the same. The
// second is state that a replica which
// restores itself from the end of the log cannot compute (it depends on what
// lies before), so it is told.
struct Decision {
  int64_t position = 0;  // in the log
  Verdict verdict = Verdict::kNew;
  MatchReason reason = MatchReason::kNone;
  uint16_t similarity = 0;  // thousandths
  uint16_t novelty = 1000;  // thousandths
  RecordId cluster;
  uint32_t cluster_size = 1;
  RecordId story;
  uint32_t story_size = 1;
  int64_t first_seen = 0;  // event time of the story's first article
  int64_t event_time = 0;  // the sighting's own, or that of the one before
  uint32_t version = 1;
  std::vector<ReusedText> reused;  // of a new article, the most first

  bool replay = false;   // met before: this is its first decision again
  bool indexed = false;  // its text is compared with those that come
  uint32_t clock = 0;    // seconds since 1970
  uint32_t generation = 0;
  uint64_t article = 0;  // running numbers
  uint64_t text = 0;
  uint64_t cluster_number = 0;
  uint64_t story_number = 0;
  std::vector<uint8_t> rare;          // one bit for each shingle of the sample
  std::vector<uint8_t> term_weights;  // one for each term; 0: not used

  // As new, but the vectors keep their memory.
  void Clear();
};

// What stands before every entry of the log.
enum class EntryKind : uint8_t { kSighting = 1, kWriteBack = 2, kJoin = 3 };

// Which entries can be mixed in one log. `format` covers everything that gives
// the bytes a meaning: layout, words, shingles, windows, the seed. `limits`
// covers what must be equal for replicas to decide alike.
struct SightingFormat {
  uint32_t format = 0;
  uint32_t limits = 0;
};

inline constexpr uint8_t kSightingFormatVersion = 5;

struct EntryHeader {
  EntryKind kind = EntryKind::kSighting;
  SightingFormat format;
};

// Those with `bytes` write over what it held and use its memory again.
void EncodeSighting(const Sighting& sighting, const SightingFormat& format,
                    std::string& bytes);
std::string EncodeJoin(uint64_t process, const SightingFormat& format);

// `horizon`: the position that a replica must start from to hold, after this
// entry, the same state as the writer.
std::string EncodeWriteBack(int64_t horizon,
                            const std::vector<absl::string_view>& decisions,
                            const SightingFormat& format);

// InvalidArgument: not an entry of this version, or cut short.
absl::Status DecodeHeader(absl::string_view entry, EntryHeader& header);
absl::Status DecodeSighting(absl::string_view entry, Sighting& sighting);
absl::Status DecodeJoin(absl::string_view entry, uint64_t& process);
// `decisions` are parts of `entry`.
absl::Status DecodeWriteBack(absl::string_view entry, int64_t& horizon,
                             std::vector<absl::string_view>& decisions);

void EncodeDecision(const Decision& decision, std::string& bytes);
// Of the entry that an encoded decision is about, without the rest.
absl::Status DecodePosition(absl::string_view bytes, int64_t& position);
absl::Status DecodeDecision(absl::string_view bytes, Decision& decision);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_SKETCH_SIGHTING_H_
