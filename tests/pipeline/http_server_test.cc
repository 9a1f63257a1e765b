// Goal: the server answers whoever asks, whatever others do to it. Method: real
// sockets on a loopback port: idle ones, slow ones, endless heads, readers that
// do not read.

#include "pipeline/observe/http_server.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class HttpServerTest : public testing::Test {
 protected:
  void Start(HttpServer::Options options = {}) {
    server_ = std::make_unique<HttpServer>(options);
    server_->Handle("GET", "/health", HttpPage::kQuick,
                    [](const HttpRequest& /*request*/) {
                      return HttpResponse{.body = "ok"};
                    });
    server_->Handle("GET", "/large", HttpPage::kQuick,
                    [](const HttpRequest& /*request*/) {
                      return HttpResponse{.body = std::string(4 << 20, 'x')};
                    });
    server_->Handle("GET", "/echo", HttpPage::kThread,
                    [](const HttpRequest& request) {
                      std::string body;
                      for (const auto& [name, value] : request.query) {
                        absl::StrAppend(&body, name, "=", value, ";");
                      }
                      HttpResponse response;
                      response.stream = [body](const HttpWriter& write) {
                        write(body) && write("end");
                      };
                      return response;
                    });
    ASSERT_TRUE(server_->Start().ok());
  }
  void TearDown() override {
    for (const int fd : sockets_) close(fd);
  }

  int Connect() {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(server_->port()));
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    EXPECT_EQ(
        connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    sockets_.push_back(fd);
    return fd;
  }
  static void Send(int fd, const std::string& text) {
    (void)!send(fd, text.data(), text.size(), MSG_NOSIGNAL);
  }
  // Until the other side closes.
  static std::string ReadAll(int fd) {
    std::string text;
    char buffer[4096];
    ssize_t got = 0;
    while ((got = read(fd, buffer, sizeof buffer)) > 0) {
      text.append(buffer, static_cast<size_t>(got));
    }
    return text;
  }
  std::string Ask(const std::string& request) {
    const int fd = Connect();
    Send(fd, request);
    return ReadAll(fd);
  }
  std::string Health() {
    return Ask("GET /health HTTP/1.1\r\nConnection: close\r\n\r\n");
  }

  std::unique_ptr<HttpServer> server_;
  std::vector<int> sockets_;
};

TEST_F(HttpServerTest, AnswersOneRequestAfterTheOther) {
  Start();
  EXPECT_EQ(Ask("GET /health HTTP/1.1\r\n\r\n"
                "HEAD /health HTTP/1.1\r\nConnection: close\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"
            "Connection: keep-alive\r\nContent-Length: 2\r\n\r\nok"
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"
            "Connection: close\r\nContent-Length: 2\r\n\r\n");
}

TEST_F(HttpServerTest, StreamsFromAThreadOfItsOwn) {
  Start();
  EXPECT_THAT(Ask("GET /echo?a=1&b=x%20y+z HTTP/1.1\r\n\r\n"),
              HasSubstr("\r\n\r\nc\r\na=1;b=x y z;\r\n3\r\nend\r\n0\r\n\r\n"));
}

TEST_F(HttpServerTest, RefusesWhatItDoesNotRead) {
  Start();
  EXPECT_THAT(Ask("nonsense\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(Ask("PUT /health HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 405 "));
  EXPECT_THAT(Ask("GET /none HTTP/1.1\r\nConnection: close\r\n\r\n"),
              StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(Ask("POST /health HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n"),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(Ask("GET /health HTTP/1.1\r\nX: " + std::string(9000, 'x')),
              StartsWith("HTTP/1.1 431 "));
}

TEST_F(HttpServerTest, SilentAndSlowConnectionsKeepNobodyOut) {
  Start({.connections_max = 20});
  for (int i = 0; i < 100; ++i) {
    const int fd = Connect();
    if (i % 2 == 0) Send(fd, "GET /health HT");
  }
  std::vector<absl::Duration> times;
  for (int i = 0; i < 50; ++i) {
    const absl::Time begin = absl::Now();
    EXPECT_THAT(Health(), HasSubstr("ok"));
    times.push_back(absl::Now() - begin);
  }
  std::sort(times.begin(), times.end());
  EXPECT_LT(times[25], absl::Milliseconds(100));
}

TEST_F(HttpServerTest, AConnectionThatSaysNothingIsClosed) {
  Start({.request_timeout = absl::Milliseconds(300)});
  const absl::Time begin = absl::Now();
  const int fd = Connect();
  Send(fd, "GET /hea");
  EXPECT_EQ(ReadAll(fd), "");
  EXPECT_LT(absl::Now() - begin, absl::Seconds(20));
}

TEST_F(HttpServerTest, AnswersThatNobodyReadsAreGivenUp) {
  Start({.waiting_bytes_max = 10 << 20});
  for (int i = 0; i < 30; ++i) {
    Send(Connect(), "GET /large HTTP/1.1\r\n\r\n");
  }
  EXPECT_THAT(Health(), HasSubstr("ok"));
}

}  // namespace
}  // namespace wiredesk
