// A small HTTP/1.1 server that stays answerable whoever connects.
//
// One thread has all connections that are not answered yet, and waits for none of
// them: a client that says nothing, or a byte a second, costs a place in a table
// and nothing else. When the table is full the connection that has been silent
// longest makes room, so a new one is always heard. Every limit has a name in
// Options. Debian's cpp-httplib gives each connection a thread of a few, reads
// headers without a limit and lets two servers share a port, so it serves the
// client side here only.
//
// Pages are quick, and made on that thread, or they may take their time, and get
// a thread of their own, of which there are few.
//
//   server.Handle("GET", "/healthz", HttpPage::kQuick, [](const HttpRequest&) {
//     return HttpResponse{.body = "ok\n"};
//   });
//
// Read: GET, HEAD and POST with a length. Not read: chunked requests, TLS (put a
// proxy in front). Tested by http_server_test.cc, over hostile connections.

#ifndef WIREDESK_PIPELINE_OBSERVE_HTTP_SERVER_H_
#define WIREDESK_PIPELINE_OBSERVE_HTTP_SERVER_H_

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wiredesk {

struct HttpRequest {
  std::string method;                                      // "GET"
  std::string path;                                        // "/tap", decoded
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;

  // Empty where there is none.
  absl::string_view Header(absl::string_view name) const;
};

// Writes a piece of a response that has no end yet; false: the client is gone.
using HttpWriter = std::function<bool(absl::string_view)>;

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  // Called instead of sending `body`, on the page's own thread, until it
  // returns. Only for pages with a thread.
  std::function<void(const HttpWriter&)> stream;
};

using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

enum class HttpPage { kQuick, kThread };

// Fills in the result of parsing; see http_request.cc. 0: more bytes are needed;
// otherwise the status to answer with, 200 where the request is whole, and the
// bytes that it took.
int ParseHttpRequest(absl::string_view bytes, size_t body_bytes_max,
                     HttpRequest& request, size_t& taken);

class HttpServer {
 public:
  struct Options {
    std::string address = "127.0.0.1";
    int port = 0;  // 0: any free one
    size_t connections_max = 128;
    size_t threads_max = 8;  // pages that take their time
    size_t head_bytes_max = 8 << 10;
    size_t body_bytes_max = 32 << 10;
    // All answers that wait for slow readers.
    size_t waiting_bytes_max = 8 << 20;
    // From the connection, or the last answer, to the end of a request.
    absl::Duration request_timeout = absl::Seconds(5);
    absl::Duration write_timeout = absl::Seconds(5);
  };

  explicit HttpServer(const Options& options);
  ~HttpServer();  // stops
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Called before Start().
  void Handle(absl::string_view method, absl::string_view path, HttpPage page,
              HttpHandler handler);

  // Listens at once. Unavailable names the address that is taken.
  absl::Status Start();

  int port() const;

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_OBSERVE_HTTP_SERVER_H_
