// The admin port over real HTTP on a free loopback port.

#include "pipeline/observe/admin_server.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/pipeline/http_by_hand.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(AdminServerTest, ShowsMetricsHealthAndReadiness) {
  std::atomic<bool> restored = false;
  auto server = AdminServer::Start(
      {}, {.metrics_text = [] { return std::string("lag 3\n"); },
           .ready =
               [&] {
                 return std::vector<ReadyCondition>{
                     {"assigned", true, "3 partitions"},
                     {"restored", restored, "81 %"}};
               },
           .healthy = [] { return absl::OkStatus(); }});
  ASSERT_TRUE(server.ok()) << server.status();
  const int port = (*server)->port();
  EXPECT_THAT(Get(port, "/metrics"), HasSubstr("lag 3\n"));
  EXPECT_THAT(Get(port, "/healthz"), HasSubstr(" 200 "));
  EXPECT_THAT(Get(port, "/readyz"), HasSubstr(" 503 "));
  EXPECT_THAT(Get(port, "/readyz"), HasSubstr("wait restored: 81 %\n"));
  restored = true;
  EXPECT_THAT(Get(port, "/readyz"), HasSubstr(" 200 "));
  EXPECT_THAT(Get(port, "/nothing"), HasSubstr(" 404 "));
}

TEST(AdminServerTest, NamesThePortThatIsTaken) {
  const AdminServer::Pages pages = {
      .metrics_text = [] { return std::string(); },
      .ready = [] { return std::vector<ReadyCondition>{}; },
      .healthy = [] { return absl::OkStatus(); }};
  auto first = AdminServer::Start({}, pages);
  ASSERT_TRUE(first.ok());
  // A socket that listens without SO_REUSEPORT keeps everyone else out.
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  listen(fd, 1);
  socklen_t size = sizeof address;
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  const int taken = ntohs(address.sin_port);
  const auto second = AdminServer::Start({.port = taken}, pages);
  close(fd);
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(std::string(second.status().message()),
              HasSubstr(absl::StrCat("127.0.0.1:", taken)));
}

AdminServer::Pages NoPages(Tap* tap = nullptr) {
  return {.metrics_text = [] { return std::string("lag 3\n"); },
          .ready = [] { return std::vector<ReadyCondition>{}; },
          .healthy = [] { return absl::OkStatus(); },
          .tap = tap};
}

TEST(AdminServerTest, TwoServersDoNotShareAPort) {
  auto first = AdminServer::Start({}, NoPages());
  ASSERT_TRUE(first.ok());
  EXPECT_FALSE(AdminServer::Start({.port = (*first)->port()}, NoPages()).ok());
}

TEST(AdminServerTest, ArticlesAskForTheToken) {
  Tap tap(nullptr);
  auto server = AdminServer::Start({.token = "sesame"}, NoPages(&tap));
  ASSERT_TRUE(server.ok());
  const int port = (*server)->port();
  const std::string host = "Host: localhost\r\n";
  EXPECT_THAT(Get(port, "/tap?rate=x"), HasSubstr(" 401 "));
  EXPECT_THAT(
      Get(port, "/tap?rate=x", host + "Authorization: Bearer sesamE\r\n"),
      HasSubstr(" 401 "));
  EXPECT_THAT(
      Get(port, "/tap?rate=x", host + "Authorization: Bearer sesame\r\n"),
      HasSubstr(" 400 "));
  EXPECT_THAT(Get(port, "/metrics"), HasSubstr(" 200 "));
}

TEST(AdminServerTest, WithoutATokenArticlesStayOnThisHost) {
  Tap tap(nullptr);
  auto server = AdminServer::Start({.address = "0.0.0.0"}, NoPages(&tap));
  ASSERT_TRUE(server.ok());
  EXPECT_THAT(Get((*server)->port(), "/tap?rate=x"), HasSubstr(" 403 "));
  EXPECT_THAT(Get((*server)->port(), "/healthz"), HasSubstr(" 200 "));
  auto local = AdminServer::Start({}, NoPages(&tap));
  ASSERT_TRUE(local.ok());
  EXPECT_THAT(Get((*local)->port(), "/tap?rate=x"), HasSubstr(" 400 "));
}

struct PostRow {
  const char* headers;
  const char* status;
};

TEST(AdminServerTest, APostComesAsJsonAndFromNoOtherSite) {
  AdminServer::Pages pages = NoPages();
  pages.more = {{"/try", true,
                 [](const HttpRequest& request) {
                   return HttpResponse{.body = "tried " + request.body};
                 },
                 "POST"}};
  auto server = AdminServer::Start({.token = "sesame"}, pages);
  ASSERT_TRUE(server.ok());
  const int port = (*server)->port();
  const std::string json = "Content-Type: application/json; charset=utf-8\r\n";
  const std::string token = "Authorization: Bearer sesame\r\n";
  const auto post = [port](const std::string& headers) {
    return Send(port, absl::StrCat("POST /try HTTP/1.1\r\nConnection: close\r\n"
                                   "Host: localhost:9464\r\n",
                                   headers, "Content-Length: 2\r\n\r\n{}"));
  };
  EXPECT_THAT(post(json + token), HasSubstr("tried {}"));
  EXPECT_THAT(post(json), HasSubstr(" 401 "));
  EXPECT_THAT(post(token), HasSubstr(" 415 "));
  EXPECT_THAT(post(token + "Content-Type: text/plain\r\n"), HasSubstr(" 415 "));
  const PostRow rows[] = {
      {"Origin: http://localhost:9464\r\n", " 200 "},
      {"Origin: http://localhost:9465\r\n", " 403 "},
      {"Origin: https://elsewhere.example\r\n", " 403 "},
      {"Origin: null\r\n", " 403 "},
      {"Sec-Fetch-Site: same-origin\r\n", " 200 "},
      {"Sec-Fetch-Site: cross-site\r\n", " 403 "},
      {"Sec-Fetch-Site: same-site\r\n", " 403 "},
  };
  for (const PostRow& row : rows) {
    EXPECT_THAT(post(json + token + row.headers), HasSubstr(row.status))
        << row.headers;
  }
  // Nothing is done by following a link.
  EXPECT_THAT(Get(port, "/try", "Host: localhost\r\n" + token),
              Not(HasSubstr("tried")));
}

TEST(AdminServerTest, AStrangeHostIsRefused) {
  auto server = AdminServer::Start({.hosts = {"desk.example"}}, NoPages());
  ASSERT_TRUE(server.ok());
  const int port = (*server)->port();
  for (const char* good : {"localhost", "localhost:80", "127.0.0.1", "[::1]:9",
                           "desk.example:9464"}) {
    EXPECT_THAT(Get(port, "/metrics", absl::StrCat("Host: ", good, "\r\n")),
                HasSubstr(" 200 "))
        << good;
  }
  EXPECT_THAT(Get(port, "/metrics", "Host: rebound.example\r\n"),
              HasSubstr(" 403 "));
}

}  // namespace
}  // namespace wiredesk
