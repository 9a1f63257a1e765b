#include "config/base/nearest_name.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace wiredesk {
namespace {

constexpr size_t kNameBytesMax = 64;
constexpr size_t kListedMax = 12;

// Levenshtein's distance with transposition of neighbours (optimal string
// alignment), so that "brokres" is one step from "brokers".
size_t EditDistance(absl::string_view a, absl::string_view b) {
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  std::iota(last.begin(), last.end(), 0);
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1,
                         last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

const std::string* NearestName(absl::string_view name,
                               const std::vector<std::string>& known) {
  if (name.size() > kNameBytesMax) return nullptr;
  const std::string* nearest = nullptr;
  size_t nearest_distance = 0;
  for (const std::string& candidate : known) {
    const size_t distance = EditDistance(name, candidate);
    if (nearest == nullptr || distance < nearest_distance) {
      nearest = &candidate;
      nearest_distance = distance;
    }
  }
  const size_t allowed = std::max<size_t>(1, name.size() / 3);
  return nearest_distance <= allowed ? nearest : nullptr;
}

std::string MeantName(absl::string_view name,
                      const std::vector<std::string>& known) {
  const std::string* const near = NearestName(name, known);
  if (near != nullptr) return absl::StrCat("did you mean \"", *near, "\"?");
  if (known.empty()) return "there is none";
  const auto end = known.begin() +
                   static_cast<ptrdiff_t>(std::min(known.size(), kListedMax));
  return absl::StrCat("expected one of ",
                      absl::StrJoin(known.begin(), end, ", "),
                      known.size() > kListedMax ? ", ..." : "");
}

}  // namespace wiredesk
