#include "config/diagnostics.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "config/base/nearest_name.h"

namespace wiredesk {

std::string ToString(const Diagnostic& diagnostic) {
  std::string text = ToString(diagnostic.location);
  if (!text.empty()) absl::StrAppend(&text, ": ");
  if (!diagnostic.key.empty()) absl::StrAppend(&text, diagnostic.key, ": ");
  if (diagnostic.severity == Diagnostic::Severity::kWarning) {
    absl::StrAppend(&text, "warning: ");
  }
  absl::StrAppend(&text, diagnostic.what);
  if (!diagnostic.remedy.empty()) {
    absl::StrAppend(&text, "; ", diagnostic.remedy);
  }
  return text;
}

void Diagnostics::Add(Diagnostic entry) {
  for (const Diagnostic& other : entries_) {
    if (other == entry) return;
  }
  const bool error = entry.severity == Diagnostic::Severity::kError;
  ++(error ? errors_ : warnings_);
  if (entries_.size() < kEntriesMax) entries_.push_back(std::move(entry));
}

void Diagnostics::Error(const Location& location, absl::string_view key,
                        absl::string_view what, absl::string_view remedy) {
  Add({Diagnostic::Severity::kError, location, std::string(key),
       std::string(what), std::string(remedy)});
}

void Diagnostics::Warning(const Location& location, absl::string_view key,
                          absl::string_view what, absl::string_view remedy) {
  Add({Diagnostic::Severity::kWarning, location, std::string(key),
       std::string(what), std::string(remedy)});
}

void Diagnostics::Error(const ConfigNode& node, absl::string_view what,
                        absl::string_view remedy) {
  Error(node.location, node.path, what, remedy);
}

void Diagnostics::Warning(const ConfigNode& node, absl::string_view what,
                          absl::string_view remedy) {
  Warning(node.location, node.path, what, remedy);
}

std::vector<Diagnostic> Diagnostics::Sorted() const {
  std::vector<std::string> files;
  for (const Diagnostic& entry : entries_) {
    if (std::find(files.begin(), files.end(), entry.location.file) ==
        files.end()) {
      files.push_back(entry.location.file);
    }
  }
  const auto order = [&](const Diagnostic& entry) {
    return std::make_tuple(
        std::find(files.begin(), files.end(), entry.location.file),
        entry.location.line, entry.location.column);
  };
  std::vector<Diagnostic> sorted = entries_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) {
                     return order(a) < order(b);
                   });
  return sorted;
}

std::string Diagnostics::Text() const {
  std::string text;
  for (const Diagnostic& entry : Sorted()) {
    absl::StrAppend(&text, ToString(entry), "\n");
  }
  const size_t untold = errors_ + warnings_ - entries_.size();
  if (untold > 0) absl::StrAppend(&text, "and ", untold, " more\n");
  return text;
}

absl::Status Diagnostics::status() const {
  if (ok()) return absl::OkStatus();
  std::vector<std::string> lines;
  for (const Diagnostic& entry : Sorted()) {
    if (entry.severity == Diagnostic::Severity::kError) {
      lines.push_back(ToString(entry));
    }
  }
  return absl::InvalidArgumentError(absl::StrJoin(lines, "\n"));
}

std::string SuggestName(absl::string_view name,
                        const std::vector<std::string>& known) {
  constexpr size_t kListedNames = 12;
  const std::string* const near = NearestName(name, known);
  if (near != nullptr) return absl::StrCat("did you mean \"", *near, "\"?");
  if (known.empty()) return "remove it";
  if (known.size() > kListedNames) return "see `wiredesk reference`";
  return absl::StrCat("known are: ", absl::StrJoin(known, ", "));
}

}  // namespace wiredesk
