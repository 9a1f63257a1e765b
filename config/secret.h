#ifndef WIREDESK_CONFIG_SECRET_H_
#define WIREDESK_CONFIG_SECRET_H_

#include <ostream>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace wiredesk {

// A password or key. It prints as "[secret]" wherever it is printed; only
// Reveal() gives the text, for the one call that needs it.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}

  bool empty() const { return text_.empty(); }
  const std::string& Reveal() const { return text_; }

  friend std::ostream& operator<<(std::ostream& out, const Secret& secret) {
    return out << (secret.empty() ? "" : "[secret]");
  }

 private:
  std::string text_;
};

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_SECRET_H_
