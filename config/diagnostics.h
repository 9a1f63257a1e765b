// What is wrong with a configuration: all of it, not only the first error.

#ifndef WIREDESK_CONFIG_DIAGNOSTICS_H_
#define WIREDESK_CONFIG_DIAGNOSTICS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "config/config_node.h"

namespace wiredesk {

struct Diagnostic {
  enum class Severity { kError, kWarning };

  Severity severity = Severity::kError;
  Location location;
  std::string key;     // "dedupe.window"; may be empty
  std::string what;    // "is not a duration"
  std::string remedy;  // "write it as 30s, 5m or 72h"; may be empty

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

// "file:line:column: key: what; remedy", a warning with "warning: " in front
// of what.
std::string ToString(const Diagnostic& diagnostic);

// Collects errors and warnings while loading goes on; what is said twice counts
// once. Not thread-safe; lives for one load. Never holds the value of a secret.
class Diagnostics {
 public:
  // Beyond these, messages are only counted.
  static constexpr size_t kEntriesMax = 1000;

  void Error(const Location& location, absl::string_view key,
             absl::string_view what, absl::string_view remedy = "");
  void Warning(const Location& location, absl::string_view key,
               absl::string_view what, absl::string_view remedy = "");

  // About a node, at its position and with its path.
  void Error(const ConfigNode& node, absl::string_view what,
             absl::string_view remedy = "");
  void Warning(const ConfigNode& node, absl::string_view what,
               absl::string_view remedy = "");

  bool ok() const { return errors_ == 0; }
  size_t errors() const { return errors_; }
  size_t warnings() const { return warnings_; }

  // In the order of files (as first met), lines and columns.
  std::vector<Diagnostic> Sorted() const;

  // All of them, one a line, as Sorted().
  std::string Text() const;

  // OK, or InvalidArgument with the text of all errors.
  absl::Status status() const;

 private:
  void Add(Diagnostic entry);

  std::vector<Diagnostic> entries_;
  size_t errors_ = 0;
  size_t warnings_ = 0;
};

// The name nearest to `name` among `known`, if it is near enough to be meant:
// as a remedy, "did you mean \"x\"?"; otherwise the list of the known names.
std::string SuggestName(absl::string_view name,
                        const std::vector<std::string>& known);

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_DIAGNOSTICS_H_
