// The admin port under attack: 1,000 idle, 200 slow and 100 hostile connections
// at once, all of which come back when they are thrown out. Health is asked
// meanwhile, each time on a connection of its own.
//
//   WIREDESK_ATTACK_SECONDS=60  for longer than the few seconds of the test, and
//                               with the bounds that a quiet machine keeps
//   WIREDESK_ATTACK_PORT=9464   another server, by its /healthz, on loopback

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "pipeline/observe/http_server.h"

namespace wiredesk {
namespace {

constexpr int kIdle = 1000;
constexpr int kSlow = 200;
constexpr int kHostile = 100;

int Number(const char* variable, int otherwise) {
  const char* const text = std::getenv(variable);
  int number = 0;
  return text != nullptr && absl::SimpleAtoi(text, &number) ? number
                                                            : otherwise;
}

int Connect(int port, bool blocking) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  if (!blocking) fcntl(fd, F_SETFL, O_NONBLOCK);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  (void)connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address);
  return fd;
}

// A connection that does harm, again and again.
struct Attacker {
  enum Kind { kIsIdle, kIsSlow, kIsHostile } kind = kIsIdle;
  int fd = -1;
  size_t sent = 0;
};

class Attack {
 public:
  explicit Attack(int port) : port_(port) {
    for (int i = 0; i < kIdle; ++i) attackers_.push_back({Attacker::kIsIdle});
    for (int i = 0; i < kSlow; ++i) attackers_.push_back({Attacker::kIsSlow});
    for (int i = 0; i < kHostile; ++i) {
      attackers_.push_back({Attacker::kIsHostile});
    }
    thread_ = std::thread([this] { Run(); });
  }
  ~Attack() {
    stop_ = true;
    thread_.join();
    for (const Attacker& attacker : attackers_) {
      if (attacker.fd >= 0) close(attacker.fd);
    }
  }
  Attack(const Attack&) = delete;
  Attack& operator=(const Attack&) = delete;

  int64_t connections() const { return connections_; }

 private:
  // About ten rounds a second.
  void Run() {
    while (!stop_) {
      for (size_t i = 0; i < attackers_.size() && !stop_; ++i) {
        Step(attackers_[i], i);
      }
      absl::SleepFor(absl::Milliseconds(100));
    }
  }

  void Step(Attacker& attacker, size_t number) {
    if (attacker.fd >= 0 && IsClosed(attacker.fd)) {
      close(attacker.fd);
      attacker.fd = -1;
    }
    if (attacker.fd < 0) {
      attacker.fd = Connect(port_, false);
      attacker.sent = 0;
      ++connections_;
      return;
    }
    static const std::string request =
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: " +
        std::string(4000, 's');
    static const std::string garbage[] = {
        "GET /healthz HTTP/1.1\r\n" + std::string(60'000, 'h'),
        std::string(60'000, '\0'),
        "POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
        "99999999999\r\n\r\n",
        // A pipeline of requests, of which no answer is read.
        []() {
          std::string many;
          for (int i = 0; i < 1000; ++i) {
            many += "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
          }
          return many;
        }()};
    if (attacker.kind == Attacker::kIsSlow) {
      Send(attacker, request.substr(attacker.sent % request.size(), 1));
    } else if (attacker.kind == Attacker::kIsHostile) {
      Send(attacker, garbage[number % std::size(garbage)]);
    }
  }

  static void Send(Attacker& attacker, const std::string& bytes) {
    const ssize_t sent = send(attacker.fd, bytes.data(), bytes.size(),
                              MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) attacker.sent += static_cast<size_t>(sent);
  }

  static bool IsClosed(int fd) {
    pollfd one = {fd, POLLRDHUP, 0};
    return poll(&one, 1, 0) > 0;
  }

  const int port_;
  std::vector<Attacker> attackers_;
  std::atomic<bool> stop_ = false;
  std::atomic<int64_t> connections_ = 0;
  std::thread thread_;
};

// One request on a connection of its own; how long the answer took, or infinite.
absl::Duration AskHealth(int port) {
  const absl::Time start = absl::Now();
  const int fd = Connect(port, true);
  const timeval patience = {5, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  static const std::string request =
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  (void)!send(fd, request.data(), request.size(), MSG_NOSIGNAL);
  char answer[64] = {};
  const ssize_t got = read(fd, answer, sizeof answer - 1);
  close(fd);
  const bool good =
      got > 0 && std::string(answer).find(" 200 ") != std::string::npos;
  return good ? absl::Now() - start : absl::InfiniteDuration();
}

int64_t ResidentKilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    int64_t kilobytes = 0;
    if (std::sscanf(line.c_str(), "VmRSS: %ld", &kilobytes) == 1) {
      return kilobytes;
    }
  }
  return 0;
}

TEST(AdminAttackTest, HealthIsAnsweredAndMemoryStays) {
  rlimit files = {};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4096);
  setrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur < 2000) GTEST_SKIP() << "too few file descriptors";

  HttpServer server({});
  server.Handle("GET", "/healthz", HttpPage::kQuick,
                [](const HttpRequest& /*request*/) {
                  return HttpResponse{.body = "ok\n"};
                });
  ASSERT_TRUE(server.Start().ok());
  const int port = Number("WIREDESK_ATTACK_PORT", server.port());
  const int seconds = Number("WIREDESK_ATTACK_SECONDS", 0);

  std::vector<absl::Duration> took;
  int64_t connections = 0;
  int64_t before = 0;
  int64_t grown = 0;
  {
    const Attack attack(port);
    // The attack's own memory is there after its first round.
    absl::SleepFor(absl::Milliseconds(500));
    before = ResidentKilobytes();
    const absl::Time end = absl::Now() + absl::Seconds(std::max(seconds, 3));
    while (absl::Now() < end) {
      took.push_back(AskHealth(port));
      absl::SleepFor(absl::Milliseconds(10));
    }
    grown = ResidentKilobytes() - before;
    connections = attack.connections();
  }
  std::sort(took.begin(), took.end());
  const absl::Duration p99 = took[took.size() * 99 / 100];
  std::printf(
      "%zu questions, %ld connections of the attack: p50 %.1f ms, p99 %.1f ms, "
      "longest %.1f ms, memory + %ld KB\n",
      took.size(), connections,
      absl::ToDoubleMilliseconds(took[took.size() / 2]),
      absl::ToDoubleMilliseconds(p99), absl::ToDoubleMilliseconds(took.back()),
      grown);
  EXPECT_GT(connections, kIdle + kSlow + kHostile);
  EXPECT_LT(p99, absl::InfiniteDuration()) << "a question was not answered";
  EXPECT_LE(grown, 20'000);
  if (seconds > 0) {
    EXPECT_LE(p99, absl::Milliseconds(50));
  }
}

}  // namespace
}  // namespace wiredesk
