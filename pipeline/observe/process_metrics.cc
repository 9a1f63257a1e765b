#include "pipeline/observe/process_metrics.h"

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"

namespace wiredesk {
namespace {

std::string ReadFile(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void AppendMetric(absl::string_view name, absl::string_view help,
                  absl::string_view type, double value, std::string& out) {
  absl::StrAppendFormat(&out, "# HELP %s %s\n# TYPE %s %s\n%s %.15g\n", name,
                        help, name, type, name, value);
}

// The fields of /proc/self/stat behind the name, which may hold spaces; the
// first is field 3 of proc(5).
std::vector<double> StatFields() {
  const std::string text = ReadFile("/proc/self/stat");
  const size_t end = text.rfind(')');
  std::vector<double> fields;
  if (end == std::string::npos) return fields;
  for (const absl::string_view word : absl::StrSplit(
           absl::string_view(text).substr(end + 1), ' ', absl::SkipEmpty())) {
    double value = 0;
    (void)absl::SimpleAtod(word, &value);  // the state is a letter
    fields.push_back(value);
  }
  return fields;
}

// When the system began, in seconds since 1970; 0 if it does not say.
double BootTime() {
  for (const absl::string_view line :
       absl::StrSplit(ReadFile("/proc/stat"), '\n')) {
    const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
    double seconds = 0;
    if (words.size() == 2 && words[0] == "btime" &&
        absl::SimpleAtod(words[1], &seconds)) {
      return seconds;
    }
  }
  return 0;
}

int CountOpenFiles() {
  DIR* const folder = opendir("/proc/self/fd");
  if (folder == nullptr) return -1;
  int count = 0;
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count - 3;  // ".", "..", and the folder itself
}

}  // namespace

std::string ProcessMetricsText() {
  // Places among the fields of proc(5), less 3.
  constexpr size_t kUserTime = 11, kSystemTime = 12, kThreads = 17,
                   kStartTime = 19, kVirtualBytes = 20, kResidentPages = 21;
  std::string out;
  const std::vector<double> stat = StatFields();
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  if (stat.size() > kResidentPages) {
    AppendMetric("process_cpu_seconds_total", "CPU time spent.", "counter",
                 (stat[kUserTime] + stat[kSystemTime]) / ticks, out);
    AppendMetric(
        "process_resident_memory_bytes", "Memory in use.", "gauge",
        stat[kResidentPages] * static_cast<double>(sysconf(_SC_PAGESIZE)), out);
    AppendMetric("process_virtual_memory_bytes", "Address space.", "gauge",
                 stat[kVirtualBytes], out);
    AppendMetric("process_threads", "Threads.", "gauge", stat[kThreads], out);
    if (const double boot = BootTime(); boot > 0) {
      AppendMetric("process_start_time_seconds",
                   "When the process began, since 1970.", "gauge",
                   boot + stat[kStartTime] / ticks, out);
    }
  }
  if (const int files = CountOpenFiles(); files >= 0) {
    AppendMetric("process_open_fds", "Open files.", "gauge", files, out);
  }
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    AppendMetric("process_max_fds", "Most files that may be open.", "gauge",
                 static_cast<double>(limit.rlim_cur), out);
  }
  return out;
}

std::string InfoMetricText(absl::string_view name, absl::string_view help,
                           absl::Span<const Label> labels) {
  Metrics metrics;
  metrics.GetGauge(name, help, labels)->Set(1);
  return metrics.PrometheusText();
}

}  // namespace wiredesk
