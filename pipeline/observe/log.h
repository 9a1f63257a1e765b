// Structured logging: a line for an event, with its values as fields.
//
//   LogInfo("assigned", {{"topic", "news.raw"}, {"partitions", 3}});
//
// Text on a terminal, one JSON object a line elsewhere, always to stderr.
// Thread-safe. Nothing secret may be given to it. The only file that knows the
// logging library is log.cc.

#ifndef WIREDESK_PIPELINE_OBSERVE_LOG_H_
#define WIREDESK_PIPELINE_OBSERVE_LOG_H_

#include <initializer_list>
#include <string>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace wiredesk {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kOff };
enum class LogFormat { kAuto, kText, kJson };  // kAuto: text on a terminal

// A field's name, and its value: text, a number, or true or false, which JSON
// keeps apart.
struct LogField {
  LogField(absl::string_view name, absl::string_view value)
      : name(name), value(value) {}
  template <typename T, typename = std::enable_if_t<std::is_arithmetic_v<T>>>
  LogField(absl::string_view name, T value)
      : name(name), value(ValueText(value)), is_text(false) {}

  absl::string_view name;
  std::string value;
  bool is_text = true;

 private:
  static std::string ValueText(bool value) { return value ? "true" : "false"; }
  template <typename T>
  static std::string ValueText(T value) {
    return absl::StrCat(value);
  }
};

// To be called once, before the threads start. Default: kInfo, kAuto.
void ConfigureLog(LogLevel level, LogFormat format);

using LogFields = std::initializer_list<LogField>;
void LogDebug(absl::string_view event, LogFields fields = {});
void LogInfo(absl::string_view event, LogFields fields = {});
void LogWarning(absl::string_view event, LogFields fields = {});
void LogError(absl::string_view event, LogFields fields = {});

// The line as it is printed, without the time, for tests: {"event":...}.
std::string LogLineJson(absl::string_view event, LogFields fields);
std::string LogLineText(absl::string_view event, LogFields fields);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_OBSERVE_LOG_H_
