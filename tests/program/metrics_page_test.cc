// Goal: every metric that the dashboard and the alert rules name is there from
// the start of the service, with its TYPE, and `promtool` has nothing to say
// against the page; `health` tells whether the service is well. Method: the
// program, which waits for a broker that is not there.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/observe/admin_client.h"

namespace wiredesk {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

std::string ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The service, as long as the object lives.
class RunningService {
 public:
  RunningService()
      : folder_(absl::StrCat(testing::TempDir(), "/metrics_page_", getpid())) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ + "/c.yaml")
        << "kafka: {brokers: ['127.0.0.1:1']}\nadmin: {port: 0}\n"
           "log: {format: json}\n";
    process_ = fork();
    if (process_ != 0) return;
    const std::string log = folder_ + "/log";
    if (std::freopen(log.c_str(), "w", stderr) == nullptr) _exit(3);
    execl(WIREDESK_BINARY_DIR "/wiredesk", "wiredesk", "run",
          (folder_ + "/c.yaml").c_str(), nullptr);
    _exit(3);
  }
  ~RunningService() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  RunningService(const RunningService&) = delete;
  RunningService& operator=(const RunningService&) = delete;

  // 0 where it does not listen within half a minute.
  int Port() const {
    for (int i = 0; i < 300; ++i) {
      std::smatch found;
      const std::string log = ReadWhole(folder_ + "/log");
      const std::regex listens("\"admin_listens\".*\"port\":([0-9]+)");
      if (std::regex_search(log, found, listens)) return std::stoi(found[1]);
      absl::SleepFor(absl::Milliseconds(100));
    }
    return 0;
  }

 private:
  const std::string folder_;
  pid_t process_ = 0;
};

std::set<std::string> MetricsIn(const std::string& text) {
  std::set<std::string> names;
  const std::regex name("\\b(wiredesk|process)_[a-z_]+");
  for (std::sregex_iterator at(text.begin(), text.end(), name), end; at != end;
       ++at) {
    std::string found = at->str();
    for (const char* suffix : {"_bucket", "_sum", "_count"}) {
      found = std::string(absl::StripSuffix(found, suffix));
    }
    names.insert(found);
  }
  return names;
}

int ExitCodeOf(const std::string& command) {
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(MetricsPageTest, HasWhatDashboardAndRulesNameFromTheStart) {
  const RunningService service;
  AdminAddress address;
  address.port = service.Port();
  ASSERT_NE(address.port, 0);
  const absl::StatusOr<std::string> page = AskAdmin(address, "/metrics");
  ASSERT_TRUE(page.ok()) << page.status();
  std::set<std::string> known;
  const std::regex type("# TYPE ([a-z_]+) (counter|gauge|histogram)\n");
  for (std::sregex_iterator at(page->begin(), page->end(), type), end;
       at != end; ++at) {
    EXPECT_TRUE(known.insert((*at)[1]).second) << at->str() << "is there twice";
  }
  for (const char* file :
       {"/deploy/grafana/wiredesk.json", "/deploy/prometheus/rules.yaml"}) {
    const std::set<std::string> named =
        MetricsIn(ReadWhole(absl::StrCat(WIREDESK_SOURCE_DIR, file)));
    EXPECT_GT(named.size(), 5u) << file;
    for (const std::string& metric : named) {
      EXPECT_THAT(known, Contains(metric)) << file;
    }
  }
  for (const char* cause : {"rebalanced", "unreachable", "fenced", "other"}) {
    EXPECT_THAT(*page, HasSubstr(absl::StrCat("wiredesk_batches_aborted_total{"
                                              "cause=\"",
                                              cause, "\"} 0\n")));
  }
}

TEST(MetricsPageTest, PromtoolFindsNoFault) {
  const RunningService service;
  AdminAddress address;
  address.port = service.Port();
  ASSERT_NE(address.port, 0);
  const absl::StatusOr<std::string> page = AskAdmin(address, "/metrics");
  ASSERT_TRUE(page.ok()) << page.status();
  const std::string file =
      absl::StrCat(testing::TempDir(), "/metrics_page_", getpid(), ".txt");
  std::ofstream(file) << *page;
  // deploy/install_packages.sh test has it.
  EXPECT_EQ(ExitCodeOf("promtool check metrics < " + file), 0);
  std::filesystem::remove(file);
}

TEST(MetricsPageTest, HealthTellsByItsExitCode) {
  const RunningService service;
  const int port = service.Port();
  ASSERT_NE(port, 0);
  const std::string health =
      absl::StrCat(WIREDESK_BINARY_DIR "/wiredesk health --address 127.0.0.1:");
  const std::string quiet = " >/dev/null 2>&1";
  EXPECT_EQ(ExitCodeOf(absl::StrCat(health, port, quiet)), 0);
  // It lives, but without a broker it has nothing to do.
  EXPECT_EQ(ExitCodeOf(absl::StrCat(health, port, " --ready", quiet)), 1);
  EXPECT_EQ(ExitCodeOf(absl::StrCat(health, 1, quiet)), 1);
}

}  // namespace
}  // namespace wiredesk
