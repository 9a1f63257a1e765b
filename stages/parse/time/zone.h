// What a date says of its zone: "+0200", "EST", "Eastern Standard Time",
// "Europe/Brussels"; for feed_time.cc.

#ifndef WIREDESK_STAGES_PARSE_TIME_ZONE_H_
#define WIREDESK_STAGES_PARSE_TIME_ZONE_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "stages/parse/time/cursor.h"

namespace wiredesk {

// Reads the zone of one date. The first that is named counts.
class TimeZoneReader {
 public:
  // `cursor` outlives this object.
  explicit TimeZoneReader(TimeCursor& cursor) : cursor_(cursor) {}

  // Reads the zone that begins with `word`, which stands before the cursor, if
  // it is one; before a clock only those that nothing else can be.
  bool ReadWord(absl::string_view word, bool has_clock);
  // Reads an offset at the cursor: a sign and a number. False if that makes the
  // date none.
  bool ReadOffset();
  // The zone that stands only in a comment: "17:26 (EST)".
  void ReadComment(absl::string_view comment);
  // That of the one country in which a word is used; of a date without another
  // one.
  void Imply(int32_t offset) { implied_offset_ = offset; }

  bool given() const { return kind_ != Kind::kNone; }
  absl::TimeZone Zone(const absl::TimeZone& fallback) const;

 private:
  enum class Kind : uint8_t { kNone, kFixed, kIana };

  bool ReadPhrase(absl::string_view word, bool has_clock);
  bool ReadIana(absl::string_view first);

  TimeCursor& cursor_;
  Kind kind_ = Kind::kNone;
  int32_t offset_ = 0;
  int32_t implied_offset_ = 0;
  absl::TimeZone iana_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_TIME_ZONE_H_
