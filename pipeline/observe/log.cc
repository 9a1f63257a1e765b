#include "pipeline/observe/log.h"

#include <unistd.h>

#include <memory>
#include <string>

#include "config/base/visible_text.h"
#include "spdlog/pattern_formatter.h"
#include "spdlog/sinks/stdout_color_sinks.h"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace wiredesk {
namespace {

bool use_json = isatty(STDERR_FILENO) == 0;

spdlog::level::level_enum SpdlogLevel(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
    case LogLevel::kOff:
      return spdlog::level::off;
  }
  return spdlog::level::info;
}

std::shared_ptr<spdlog::logger> MakeLogger() {
  std::shared_ptr<spdlog::sinks::sink> sink;
  if (use_json) {
    sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    // The pattern says Z, so the time must be UTC.
    sink->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})",
        spdlog::pattern_time_type::utc));
  } else {
    sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    sink->set_pattern("%H:%M:%S.%e %^%-7l%$ %v");
  }
  auto logger = std::make_shared<spdlog::logger>("wiredesk", std::move(sink));
  logger->flush_on(spdlog::level::info);
  return logger;
}

std::shared_ptr<spdlog::logger>& Logger() {
  static auto* const logger = new std::shared_ptr<spdlog::logger>(MakeLogger());
  return *logger;
}

void AppendQuoted(absl::string_view text, std::string& out) {
  out.push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (c == '\n') {
      out.append("\\n");
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppend(&out, "\\u",
                      absl::Hex(static_cast<int>(c), absl::kZeroPad4));
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

void Log(LogLevel level, absl::string_view event, LogFields fields) {
  const auto spdlog_level = SpdlogLevel(level);
  if (!Logger()->should_log(spdlog_level)) return;
  std::string line =
      use_json ? LogLineJson(event, fields) : LogLineText(event, fields);
  // The pattern has the braces, since the time stands inside them.
  if (use_json) line = line.substr(1, line.size() - 2);
  Logger()->log(spdlog_level, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace

void ConfigureLog(LogLevel level, LogFormat format) {
  use_json = format == LogFormat::kJson ||
             (format == LogFormat::kAuto && isatty(STDERR_FILENO) == 0);
  Logger() = MakeLogger();
  Logger()->set_level(SpdlogLevel(level));
}

std::string LogLineJson(absl::string_view event, LogFields fields) {
  std::string line = "{\"event\":";
  AppendQuoted(event, line);
  for (const LogField& field : fields) {
    line.push_back(',');
    AppendQuoted(field.name, line);
    line.push_back(':');
    if (field.is_text) {
      AppendQuoted(field.value, line);
    } else {
      line.append(field.value);
    }
  }
  line.push_back('}');
  return line;
}

std::string LogLineText(absl::string_view event, LogFields fields) {
  std::string line(event);
  for (const LogField& field : fields) {
    absl::StrAppend(&line, " ", field.name, "=", VisibleText(field.value));
  }
  return line;
}

void LogDebug(absl::string_view event, LogFields fields) {
  Log(LogLevel::kDebug, event, fields);
}
void LogInfo(absl::string_view event, LogFields fields) {
  Log(LogLevel::kInfo, event, fields);
}
void LogWarning(absl::string_view event, LogFields fields) {
  Log(LogLevel::kWarning, event, fields);
}
void LogError(absl::string_view event, LogFields fields) {
  Log(LogLevel::kError, event, fields);
}

}  // namespace wiredesk
