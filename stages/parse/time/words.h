// Words next to the numbers of a time: units of East Asian dates, halves of the
// day.

#ifndef WIREDESK_STAGES_PARSE_TIME_WORDS_H_
#define WIREDESK_STAGES_PARSE_TIME_WORDS_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace wiredesk {

// What the words of East Asian dates say about the number before them.
enum class TimePart : uint8_t {
  kNone,
  kYear,
  kMonth,
  kDay,
  kHour,
  kMinute,
  kSecond
};

struct UnitWord {
  absl::string_view word;
  TimePart unit;
};

inline constexpr UnitWord kUnits[] = {
    {"年", TimePart::kYear},   {"년", TimePart::kYear},
    {"月", TimePart::kMonth},  {"월", TimePart::kMonth},
    {"日", TimePart::kDay},    {"일", TimePart::kDay},
    {"号", TimePart::kDay},    {"號", TimePart::kDay},
    {"时", TimePart::kHour},   {"時", TimePart::kHour},
    {"시", TimePart::kHour},   {"点", TimePart::kHour},
    {"點", TimePart::kHour},   {"分", TimePart::kMinute},
    {"분", TimePart::kMinute}, {"秒", TimePart::kSecond},
    {"초", TimePart::kSecond}};

struct MeridianWord {
  absl::string_view word;
  bool afternoon;
  int32_t offset;  // of the one zone in which the word is used; else 0
};

inline constexpr int32_t kNineHours = 9 * 3600;
inline constexpr MeridianWord kMeridians[] = {{"am", false, 0},
                                              {"pm", true, 0},
                                              {"上午", false, 0},
                                              {"下午", true, 0},
                                              {"早上", false, 0},
                                              {"晚上", true, 0},
                                              {"午前", false, kNineHours},
                                              {"午後", true, kNineHours},
                                              {"오전", false, kNineHours},
                                              {"오후", true, kNineHours},
                                              {"πμ", false, 0},
                                              {"μμ", true, 0},
                                              {"ΠΜ", false, 0},
                                              {"ΜΜ", true, 0},
                                              {"ص", false, 0},
                                              {"م", true, 0}};

// The first word of a zone's long name, "Eastern Standard Time".
struct ZonePhrase {
  absl::string_view word;
  absl::string_view iana;
};

inline constexpr ZonePhrase kZonePhrases[] = {
    {"Eastern", "America/New_York"},
    {"Central", "America/Chicago"},
    {"Mountain", "America/Denver"},
    {"Pacific", "America/Los_Angeles"}};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_TIME_WORDS_H_
