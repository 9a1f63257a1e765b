#ifndef WIREDESK_TESTS_PIPELINE_HTTP_BY_HAND_H_
#define WIREDESK_TESTS_PIPELINE_HTTP_BY_HAND_H_

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace wiredesk {

// A whole response; HTTP by hand, since the library is the server's.
inline std::string Send(int port, const std::string& request) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    close(fd);
    return "no connection";
  }
  (void)!write(fd, request.data(), request.size());
  std::string response;
  char buffer[4096];
  ssize_t got = 0;
  while ((got = read(fd, buffer, sizeof buffer)) > 0) {
    response.append(buffer, static_cast<size_t>(got));
  }
  close(fd);
  return response;
}

inline std::string Get(int port, const std::string& path,
                       const std::string& headers = "Host: localhost\r\n") {
  return Send(port,
              absl::StrCat("GET ", path, " HTTP/1.1\r\nConnection: close\r\n",
                           headers, "\r\n"));
}

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_PIPELINE_HTTP_BY_HAND_H_
