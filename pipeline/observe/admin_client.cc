#include "pipeline/observe/admin_client.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "httplib.h"

namespace wiredesk {
namespace {

// Longer than an instance waits before it shows that it is still there.
constexpr int kReadTimeoutSeconds = 10;
constexpr int kAskTimeoutSeconds = 2;

// Gives whole lines of what comes in pieces.
class LineSplitter {
 public:
  explicit LineSplitter(const std::function<bool(absl::string_view)>& on_line)
      : on_line_(on_line) {}

  bool Add(absl::string_view piece) {
    rest_.append(piece.data(), piece.size());
    size_t begin = 0;
    for (size_t end = rest_.find('\n'); end != std::string::npos;
         begin = end + 1, end = rest_.find('\n', begin)) {
      const absl::string_view line =
          absl::string_view(rest_).substr(begin, end - begin);
      if (!line.empty() && !on_line_(line)) {
        stopped_ = true;
        return false;
      }
    }
    rest_.erase(0, begin);
    return true;
  }
  bool stopped() const { return stopped_; }

 private:
  const std::function<bool(absl::string_view)>& on_line_;
  std::string rest_;
  bool stopped_ = false;
};

httplib::Headers HeadersFor(const AdminAddress& address) {
  httplib::Headers headers;
  if (!address.token.empty()) {
    headers.emplace("Authorization", absl::StrCat("Bearer ", address.token));
  }
  return headers;
}

absl::Status NobodyAnswers(const AdminAddress& address) {
  return absl::UnavailableError(
      absl::StrCat("no instance answers at ", address.host, ":", address.port,
                   "; see admin.address and admin.port of its configuration"));
}

}  // namespace

absl::Status ReadTap(const AdminAddress& address, const TapQuery& query,
                     const std::function<bool(absl::string_view)>& on_line) {
  httplib::Client client(address.host, address.port);
  client.set_read_timeout(kReadTimeoutSeconds);
  httplib::Params params = {{"stage", query.stage},
                            {"route", query.route},
                            {"filter", query.filter},
                            {"rate", absl::StrCat(query.rate)}};
  LineSplitter lines(on_line);
  int status = 0;
  std::string refusal;
  const httplib::Result result = client.Get(
      httplib::append_query_params("/tap", params), HeadersFor(address),
      [&status](const httplib::Response& response) {
        status = response.status;
        return true;
      },
      [&](const char* data, size_t size) {
        if (status == 200) return lines.Add({data, size});
        refusal.append(data, size);
        return true;
      });
  if (lines.stopped()) return absl::OkStatus();
  if (status == 0) return NobodyAnswers(address);
  const std::string words(absl::StripAsciiWhitespace(refusal));
  if (status == 400) return absl::InvalidArgumentError(words);
  if (status == 404) {
    return absl::UnavailableError("this instance has no /tap");
  }
  if (status != 200) return absl::UnavailableError(words);
  return absl::OkStatus();
}

absl::StatusOr<std::string> AskAdmin(const AdminAddress& address,
                                     const std::string& path) {
  httplib::Client client(address.host, address.port);
  client.set_connection_timeout(kAskTimeoutSeconds);
  client.set_read_timeout(kAskTimeoutSeconds);
  const httplib::Result result = client.Get(path, HeadersFor(address));
  if (!result) return NobodyAnswers(address);
  if (result->status != 200) {
    return absl::FailedPreconditionError(
        absl::StripAsciiWhitespace(result->body));
  }
  return result->body;
}

}  // namespace wiredesk
