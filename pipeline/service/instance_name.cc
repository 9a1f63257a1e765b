#include "pipeline/service/instance_name.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstddef>
#include <cstring>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace wiredesk {
namespace {

constexpr int kNumbersMax = 64;
constexpr size_t kHostBytesMax = 100;

// As brokers take it in ids.
std::string HostName() {
  char buffer[HOST_NAME_MAX + 1] = {};
  if (gethostname(buffer, sizeof(buffer) - 1) != 0) return "";
  std::string name(buffer);
  // What a host is called that nobody has named tells it from no other.
  if (name == "localhost" || absl::StartsWith(name, "localhost.")) return "";
  name.resize(std::min(name.size(), kHostBytesMax));
  for (char& c : name) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '.' &&
        c != '_') {
      c = '-';
    }
  }
  return name;
}

// A socket that is bound to `name`, or -1 where another one is.
int Hold(const std::string& name) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  // The first byte stays 0: such a name is no file.
  const size_t size = std::min(name.size(), sizeof(address.sun_path) - 1);
  std::memcpy(address.sun_path + 1, name.data(), size);
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  const auto length =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + size);
  if (bind(fd, reinterpret_cast<const sockaddr*>(&address), length) == 0) {
    return fd;
  }
  close(fd);
  return -1;
}

}  // namespace

InstanceName InstanceName::Claim(absl::string_view group) {
  InstanceName name;
  const std::string host = HostName();
  if (host.empty()) return name;
  for (int number = 1; number <= kNumbersMax; ++number) {
    // The number first: what is too long is cut at its end.
    name.socket_ = Hold(absl::StrCat("wiredesk/", number, "/", group));
    if (name.socket_ < 0) continue;
    name.text_ = number == 1 ? host : absl::StrCat(host, ".", number);
    return name;
  }
  return name;
}

InstanceName::~InstanceName() {
  if (socket_ >= 0) close(socket_);
}

InstanceName::InstanceName(InstanceName&& other) noexcept
    : text_(std::move(other.text_)),
      socket_(std::exchange(other.socket_, -1)) {}

InstanceName& InstanceName::operator=(InstanceName&& other) noexcept {
  std::swap(text_, other.text_);
  std::swap(socket_, other.socket_);
  return *this;
}

}  // namespace wiredesk
