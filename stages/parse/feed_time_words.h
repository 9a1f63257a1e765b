// Words beside the numbers of a time: units of East Asian dates, halves of the
// day.

#ifndef WIREDESK_STAGES_PARSE_FEED_TIME_WORDS_H_
#define WIREDESK_STAGES_PARSE_FEED_TIME_WORDS_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace wiredesk {

// What the words of East Asian dates say about the number before them.
enum class TimeUnit : uint8_t {
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
  TimeUnit unit;
};

inline constexpr UnitWord kUnits[] = {
    {"年", TimeUnit::kYear},   {"년", TimeUnit::kYear},
    {"月", TimeUnit::kMonth},  {"월", TimeUnit::kMonth},
    {"日", TimeUnit::kDay},    {"일", TimeUnit::kDay},
    {"号", TimeUnit::kDay},    {"號", TimeUnit::kDay},
    {"时", TimeUnit::kHour},   {"時", TimeUnit::kHour},
    {"시", TimeUnit::kHour},   {"点", TimeUnit::kHour},
    {"點", TimeUnit::kHour},   {"分", TimeUnit::kMinute},
    {"분", TimeUnit::kMinute}, {"秒", TimeUnit::kSecond},
    {"초", TimeUnit::kSecond}};

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

#endif  // WIREDESK_STAGES_PARSE_FEED_TIME_WORDS_H_
