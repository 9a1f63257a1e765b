#include "pipeline/observe/admin_server.h"

#include <arpa/inet.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/memory/memory.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

constexpr absl::Duration kTapWait = absl::Seconds(1);
// For answers that take their time, and for streams of the desk.
constexpr size_t kSpareThreads = 12;
// Of a POST: routes to be rehearsed.
constexpr size_t kBodyBytesMax = 256 << 10;

// "localhost:9464" -> "localhost", "[::1]:9464" -> "::1".
absl::string_view HostOf(absl::string_view header) {
  if (absl::ConsumePrefix(&header, "[")) {
    return header.substr(0, header.find(']'));
  }
  return header.substr(0, header.find(':'));
}

bool IsAddress(absl::string_view host) {
  char ignored[sizeof(in6_addr)];
  const std::string text(host);
  return inet_pton(AF_INET, text.c_str(), ignored) == 1 ||
         inet_pton(AF_INET6, text.c_str(), ignored) == 1;
}

bool IsLoopback(absl::string_view address) {
  return address == "localhost" || address == "::1" ||
         (IsAddress(address) && absl::StartsWith(address, "127."));
}

// In the same time wherever they differ.
bool SameToken(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() &&
         CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

HttpResponse Refuse(int status, absl::string_view why) {
  HttpResponse response;
  response.status = status;
  response.body = absl::StrCat(why, "\n");
  return response;
}

// Why a POST is refused, or 200. Another site's page can have its visitors send
// forms and plain text, but not JSON, and its browser says where it comes from.
HttpResponse CheckPost(const HttpRequest& request) {
  if (request.method != "POST") return {};
  const absl::string_view type = request.Header("content-type");
  if (!absl::EqualsIgnoreCase(type.substr(0, type.find(';')),
                              "application/json")) {
    return Refuse(415, "send Content-Type: application/json");
  }
  absl::string_view origin = request.Header("origin");
  const absl::string_view site = request.Header("sec-fetch-site");
  const bool own_site = site.empty() || site == "same-origin" || site == "none";
  bool own_origin = origin.empty();
  if (absl::ConsumePrefix(&origin, "http://") ||
      absl::ConsumePrefix(&origin, "https://")) {
    own_origin = origin == request.Header("host");
  }
  if (own_site && own_origin) return {};
  return Refuse(403, "this comes from a page of another site");
}

HttpResponse ShowReady(const std::vector<ReadyCondition>& conditions) {
  bool all = true;
  std::string body;
  for (const ReadyCondition& condition : conditions) {
    all = all && condition.holds;
    absl::StrAppend(&body, condition.holds ? "ok   " : "wait ", condition.name,
                    condition.detail.empty() ? "" : ": ", condition.detail,
                    "\n");
  }
  HttpResponse response;
  response.status = all ? 200 : 503;
  response.body = std::move(body);
  return response;
}

// What stands behind "/tap?".
absl::StatusOr<TapQuery> ReadTapQuery(const HttpRequest& request) {
  TapQuery query;
  for (const auto& [name, value] : request.query) {
    if (name == "stage") {
      query.stage = value;
    } else if (name == "route") {
      query.route = value;
    } else if (name == "filter") {
      query.filter = value;
    } else if (name != "rate" || !absl::SimpleAtod(value, &query.rate)) {
      return absl::InvalidArgumentError(absl::StrCat(
          name, "=", value, ": /tap takes stage, route, filter and rate"));
    }
  }
  return query;
}

// Sends how many listen, and then lines as they come, until the listener has
// gone.
void SendLines(TapRing& ring, size_t listeners, const HttpWriter& write) {
  if (!write(absl::StrCat("{\"listeners\":", listeners, "}\n"))) return;
  std::vector<std::string> lines;
  int64_t dropped = 0;
  while (ring.Take(kTapWait, lines, dropped)) {
    if (dropped > 0) {
      lines.push_back(absl::StrCat("{\"dropped\":", dropped, "}\n"));
    }
    // An empty line shows whether somebody is still there.
    if (lines.empty()) lines.push_back("\n");
    for (const std::string& line : lines) {
      if (!write(line)) return;
    }
    lines.clear();
    dropped = 0;
  }
}

HttpResponse ShowTap(Tap* tap, const HttpRequest& request) {
  const absl::StatusOr<TapQuery> query = ReadTapQuery(request);
  const absl::StatusOr<std::shared_ptr<TapRing>> ring =
      query.ok() ? tap->Listen(*query) : query.status();
  if (!ring.ok()) {
    return Refuse(absl::IsInvalidArgument(ring.status()) ? 400 : 503,
                  ring.status().message());
  }
  HttpResponse response;
  response.content_type = "application/x-ndjson";
  response.stream = [ring = *ring, tap](const HttpWriter& write) {
    SendLines(*ring, tap->listeners(), write);
  };
  return response;
}

}  // namespace

struct AdminServer::Impl {
  Impl(const Options& options, Pages pages)
      : options(options),
        pages(std::move(pages)),
        server({.address = options.address,
                .port = options.port,
                .threads_max = Tap::kListenersMax + kSpareThreads,
                .body_bytes_max = kBodyBytesMax}) {}

  // Whether the client calls this host by a name of its own.
  bool KnowsHost(const HttpRequest& request) const {
    const absl::string_view host = HostOf(request.Header("host"));
    if (host.empty() || host == "localhost" || host == options.address ||
        IsAddress(host)) {
      return true;
    }
    if (options.hosts.empty()) return !IsLoopback(options.address);
    return std::find(options.hosts.begin(), options.hosts.end(), host) !=
           options.hosts.end();
  }

  // Why a page that shows articles is refused, or 200.
  HttpResponse CheckToken(const HttpRequest& request) const {
    if (options.token.empty()) {
      if (IsLoopback(options.address)) return {};
      return Refuse(403,
                    "this shows articles: set admin.token_file, or listen at "
                    "127.0.0.1");
    }
    absl::string_view given = request.Header("authorization");
    if (absl::ConsumePrefix(&given, "Bearer ") &&
        SameToken(given, options.token)) {
      return {};
    }
    HttpResponse response = Refuse(401, "the token of admin.token_file is due");
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
  }

  void Open(absl::string_view path,
            std::function<HttpResponse(const HttpRequest&)> make) {
    Add("GET", path, HttpPage::kQuick, std::move(make));
  }
  void Guarded(absl::string_view method, absl::string_view path,
               std::function<HttpResponse(const HttpRequest&)> make) {
    Add(method, path, HttpPage::kThread,
        [this, make = std::move(make)](const HttpRequest& request) {
          HttpResponse refusal = CheckToken(request);
          if (refusal.status == 200) refusal = CheckPost(request);
          return refusal.status == 200 ? make(request) : refusal;
        });
  }
  void Add(absl::string_view method, absl::string_view path, HttpPage page,
           HttpHandler make) {
    server.Handle(method, path, page,
                  [this, make = std::move(make)](const HttpRequest& request) {
                    if (KnowsHost(request)) return make(request);
                    return Refuse(403,
                                  "not a name of this host; see admin.hosts");
                  });
  }

  const Options options;
  const Pages pages;
  HttpServer server;  // the last member: its threads use the others
};

absl::StatusOr<std::unique_ptr<AdminServer>> AdminServer::Start(
    const Options& options, Pages pages) {
  auto impl = std::make_unique<Impl>(options, std::move(pages));
  const Pages& shown = impl->pages;
  impl->Open("/healthz", [&shown](const HttpRequest& /*request*/) {
    const absl::Status healthy = shown.healthy();
    HttpResponse response;
    response.status = healthy.ok() ? 200 : 503;
    response.body = healthy.ok() ? "ok\n" : healthy.ToString() + "\n";
    return response;
  });
  impl->Open("/readyz", [&shown](const HttpRequest& /*request*/) {
    return ShowReady(shown.ready());
  });
  impl->Open("/metrics", [&shown](const HttpRequest& /*request*/) {
    HttpResponse response;
    response.content_type = "text/plain; version=0.0.4";
    response.body = shown.metrics_text();
    return response;
  });
  if (shown.tap != nullptr) {
    impl->Guarded("GET", "/tap", [&shown](const HttpRequest& request) {
      return ShowTap(shown.tap, request);
    });
  }
  for (const AdminPage& page : shown.more) {
    if (page.guarded) {
      impl->Guarded(page.method, page.path, page.make);
    } else {
      impl->Open(page.path, page.make);
    }
  }
  const absl::Status status = impl->server.Start();
  if (!status.ok()) return status;
  const int port = impl->server.port();
  return absl::WrapUnique(new AdminServer(std::move(impl), port));
}

AdminServer::AdminServer(std::unique_ptr<Impl> impl, int port)
    : impl_(std::move(impl)), port_(port) {}

AdminServer::~AdminServer() {
  if (impl_->pages.tap != nullptr) impl_->pages.tap->Close();
}

}  // namespace wiredesk
