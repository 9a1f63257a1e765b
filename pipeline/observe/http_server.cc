#include "pipeline/observe/http_server.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <list>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace wiredesk {
namespace {

constexpr int kTick = 250;  // milliseconds, between two looks for timeouts
constexpr int kBacklog = 512;

absl::string_view ReasonOf(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 503:
      return "Service Unavailable";
    default:
      return status < 500 ? "Bad Request" : "Error";
  }
}

std::string HeadOf(const HttpResponse& response, bool keep_alive) {
  std::string head =
      absl::StrCat("HTTP/1.1 ", response.status, " ", ReasonOf(response.status),
                   "\r\nContent-Type: ", response.content_type, "\r\n");
  for (const auto& [name, value] : response.headers) {
    absl::StrAppend(&head, name, ": ", value, "\r\n");
  }
  absl::StrAppend(&head, "Connection: ", keep_alive ? "keep-alive" : "close",
                  "\r\n");
  if (response.stream) {
    absl::StrAppend(&head, "Transfer-Encoding: chunked\r\n\r\n");
  } else {
    absl::StrAppend(&head, "Content-Length: ", response.body.size(),
                    "\r\n\r\n");
  }
  return head;
}

// Sends all of it on a socket that blocks, with a timeout of its own.
bool SendAll(int fd, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

void SetBlocking(int fd, absl::Duration timeout) {
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
  const timeval time = absl::ToTimeval(timeout);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

// A listening socket, or -1. Not shared: SO_REUSEPORT would let a second
// instance answer in this one's stead.
int Listen(const std::string& address, int port) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints,
                  &found) != 0) {
    return -1;
  }
  int fd = -1;
  for (addrinfo* at = found; at != nullptr && fd < 0; at = at->ai_next) {
    fd = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK,
                at->ai_protocol);
    if (fd < 0) continue;
    const int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, at->ai_addr, at->ai_addrlen) != 0 ||
        listen(fd, kBacklog) != 0) {
      close(fd);
      fd = -1;
    }
  }
  freeaddrinfo(found);
  return fd;
}

int PortOf(int fd) {
  sockaddr_storage address = {};
  socklen_t size = sizeof address;
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.ss_family == AF_INET6
                   ? reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port
                   : reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

struct Connection {
  int fd = -1;
  absl::Time since;  // of the wait that goes on
  std::string in;
  std::string out;
  size_t sent = 0;
  bool close_after = false;
};

}  // namespace

class HttpServer::Impl {
 public:
  explicit Impl(const Options& options) : options_(options) {}

  ~Impl() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
    for (Page& page : pages_) {
      // A stream ends when its writer finds this.
      shutdown(page.fd, SHUT_RDWR);
      page.thread.join();
      close(page.fd);
    }
    for (const Connection& connection : connections_) close(connection.fd);
    if (listener_ >= 0) close(listener_);
  }

  void Handle(absl::string_view method, absl::string_view path, HttpPage page,
              HttpHandler handler) {
    handlers_[absl::StrCat(method, " ", path)] = {page, std::move(handler)};
  }

  absl::Status Start() {
    listener_ = Listen(options_.address, options_.port);
    if (listener_ < 0) {
      return absl::UnavailableError(absl::StrCat(
          "cannot listen on ", options_.address, ":", options_.port,
          "; another program may use the port: set admin.port, or 0 for any"));
    }
    port_ = PortOf(listener_);
    thread_ = std::thread([this] { Run(); });
    return absl::OkStatus();
  }

  int port() const { return port_; }

 private:
  struct Handler {
    HttpPage page = HttpPage::kQuick;
    HttpHandler make;
  };
  // A request that has a thread.
  struct Page {
    int fd = -1;
    std::thread thread;
    std::atomic<bool> over = false;
  };

  void Run() {
    std::vector<pollfd> polled;
    while (!stopping_) {
      polled.assign(1, {listener_, POLLIN, 0});
      for (const Connection& connection : connections_) {
        const bool writes = !connection.out.empty();
        polled.push_back(
            {connection.fd, static_cast<short>(writes ? POLLOUT : POLLIN), 0});
      }
      poll(polled.data(), polled.size(), kTick);
      size_t i = 1;
      for (auto at = connections_.begin(); at != connections_.end(); ++i) {
        const bool keeps = polled[i].revents == 0 || Serve(*at);
        at = keeps ? std::next(at) : Drop(at);
      }
      if ((polled[0].revents & POLLIN) != 0) Accept();
      DropLate();
      JoinPages();
    }
  }

  std::list<Connection>::iterator Drop(std::list<Connection>::iterator at) {
    if (at->fd >= 0) close(at->fd);
    waiting_bytes_ -= at->out.size();
    return connections_.erase(at);
  }

  void Accept() {
    for (int i = 0; i < kBacklog; ++i) {
      const int fd =
          accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (fd < 0) {
        // Without descriptors nothing can be taken until one is given back.
        if ((errno == EMFILE || errno == ENFILE) && !connections_.empty()) {
          Drop(Oldest());
        }
        return;
      }
      if (connections_.size() >= options_.connections_max) Drop(Oldest());
      const int on = 1;
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      connections_.push_back({.fd = fd, .since = absl::Now()});
      // Most requests are there already.
      auto last = std::prev(connections_.end());
      if (!Serve(*last)) Drop(last);
    }
  }

  std::list<Connection>::iterator Oldest() {
    return std::min_element(
        connections_.begin(), connections_.end(),
        [](const auto& a, const auto& b) { return a.since < b.since; });
  }

  void DropLate() {
    const absl::Time now = absl::Now();
    for (auto at = connections_.begin(); at != connections_.end();) {
      const absl::Duration may =
          at->out.empty() ? options_.request_timeout : options_.write_timeout;
      at = now - at->since > may ? Drop(at) : std::next(at);
    }
    while (waiting_bytes_ > options_.waiting_bytes_max) {
      const auto slow =
          std::max_element(connections_.begin(), connections_.end(),
                           [](const auto& a, const auto& b) {
                             return a.out.size() < b.out.size();
                           });
      Drop(slow);
    }
  }

  // Reads or writes what can be. False: the connection is at its end.
  bool Serve(Connection& connection) {
    if (!connection.out.empty()) return Write(connection);
    char bytes[4096];
    while (true) {
      const ssize_t got = recv(connection.fd, bytes, sizeof bytes, 0);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
      if (got == 0) return false;
      connection.in.append(bytes, static_cast<size_t>(got));
      if (!Answer(connection)) return false;
      if (!connection.out.empty()) return Write(connection);
    }
  }

  // Answers the request that has come, if it is whole.
  bool Answer(Connection& connection) {
    HttpRequest request;
    size_t taken = 0;
    int status = ParseHttpRequest(connection.in, options_.body_bytes_max,
                                  request, taken);
    if (status == 0) {
      const size_t most = options_.head_bytes_max + options_.body_bytes_max;
      const bool head_ends = absl::StrContains(connection.in, "\r\n\r\n") ||
                             absl::StrContains(connection.in, "\n\n");
      if (connection.in.size() <= options_.head_bytes_max ||
          (head_ends && connection.in.size() <= most)) {
        return true;
      }
      status = 431;
    }
    connection.in.erase(0, taken);
    HttpResponse response;
    response.status = status;
    const bool head_only = request.method == "HEAD";
    if (status == 200) {
      const auto found = handlers_.find(
          absl::StrCat(head_only ? "GET" : request.method, " ", request.path));
      if (found == handlers_.end()) {
        response.status = 404;
      } else if (found->second.page == HttpPage::kQuick) {
        response = found->second.make(request);
      } else if (pages_.size() >= options_.threads_max) {
        response.status = 503;
        response.body = "too many at once; try again later\n";
      } else {
        StartPage(connection, found->second.make, std::move(request));
        return false;
      }
    }
    if (response.body.empty() && response.status != 200) {
      response.body = absl::StrCat(ReasonOf(response.status), "\n");
    }
    const bool close =
        status != 200 ||
        absl::EqualsIgnoreCase(request.Header("connection"), "close");
    connection.close_after = close;
    connection.out = HeadOf(response, !close);
    if (!head_only) connection.out += response.body;
    connection.sent = 0;
    connection.since = absl::Now();
    waiting_bytes_ += connection.out.size();
    return true;
  }

  bool Write(Connection& connection) {
    while (connection.sent < connection.out.size()) {
      const ssize_t sent =
          send(connection.fd, connection.out.data() + connection.sent,
               connection.out.size() - connection.sent, MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
      connection.sent += static_cast<size_t>(sent);
    }
    waiting_bytes_ -= connection.out.size();
    connection.out = {};
    connection.since = absl::Now();
    if (connection.close_after) {
      shutdown(connection.fd, SHUT_WR);
      return false;
    }
    // The next request may have come with this one.
    return connection.in.empty() ||
           (Answer(connection) &&
            (connection.out.empty() || Write(connection)));
  }

  // Gives the connection's socket to a thread.
  void StartPage(Connection& connection, const HttpHandler& make,
                 HttpRequest request) {
    Page& page = pages_.emplace_back();
    page.fd = std::exchange(connection.fd, -1);
    SetBlocking(page.fd, options_.write_timeout);
    page.thread = std::thread([&page, &make, request = std::move(request)] {
      const HttpResponse response = make(request);
      bool sound = SendAll(page.fd, HeadOf(response, false));
      if (sound && response.stream) {
        response.stream([&](absl::string_view piece) {
          if (piece.empty()) return sound;
          sound =
              sound && SendAll(page.fd, absl::StrCat(absl::Hex(piece.size()),
                                                     "\r\n", piece, "\r\n"));
          return sound;
        });
        if (sound) SendAll(page.fd, "0\r\n\r\n");
      } else if (sound) {
        SendAll(page.fd, response.body);
      }
      shutdown(page.fd, SHUT_RDWR);
      page.over = true;
    });
  }

  void JoinPages() {
    for (auto at = pages_.begin(); at != pages_.end();) {
      if (!at->over) {
        ++at;
        continue;
      }
      at->thread.join();
      close(at->fd);
      at = pages_.erase(at);
    }
  }

  const Options options_;
  std::map<std::string, Handler> handlers_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  // Of the thread.
  std::list<Connection> connections_;
  std::list<Page> pages_;
  size_t waiting_bytes_ = 0;
  std::thread thread_;
};

HttpServer::HttpServer(const Options& options)
    : impl_(std::make_unique<Impl>(options)) {}

HttpServer::~HttpServer() = default;

void HttpServer::Handle(absl::string_view method, absl::string_view path,
                        HttpPage page, HttpHandler handler) {
  impl_->Handle(method, path, page, std::move(handler));
}

absl::Status HttpServer::Start() { return impl_->Start(); }

int HttpServer::port() const { return impl_->port(); }

}  // namespace wiredesk
