#include "stages/tag/indicators/syntax.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "stages/tag/indicators/lists.h"

namespace wiredesk {

bool IsIpv4(absl::string_view host) {
  int parts = 0;
  for (const absl::string_view part : absl::StrSplit(host, '.')) {
    if (part.empty() || part.size() > 3 || ++parts > 4) return false;
    int value = 0;
    for (const char c : part) {
      if (!absl::ascii_isdigit(c)) return false;
      value = 10 * value + (c - '0');
    }
    if (value > 255 || (part.size() > 1 && part[0] == '0')) return false;
  }
  return parts == 4;
}

bool IsIpv6(absl::string_view host) {
  int groups = 0;
  size_t run = 0;
  const bool gap = absl::StrContains(host, "::");
  if (host.size() < 6 || absl::StrContains(host, ":::")) return false;
  for (const char c : host) {
    if (c == ':') {
      groups += run > 0 ? 1 : 0;
      run = 0;
    } else if (!absl::ascii_isxdigit(c) || ++run > 4) {
      return false;
    }
  }
  groups += run > 0 ? 1 : 0;
  if (host.back() == ':' && !absl::EndsWith(host, "::")) return false;
  return gap ? groups >= 3 && groups < 8 : groups == 8;
}

bool IsDomain(absl::string_view host) {
  const size_t dot = host.rfind('.');
  if (dot == absl::string_view::npos || dot == 0 || host.size() > 253) {
    return false;
  }
  const absl::string_view top = host.substr(dot + 1);
  if (!IsTopLevelDomain(top)) return false;
  bool letter = false;
  for (const absl::string_view label : absl::StrSplit(host, '.')) {
    if (label.empty() || label.size() > 63 || label.front() == '-' ||
        label.back() == '-') {
      return false;
    }
    for (const char c : label) letter |= absl::ascii_isalpha(c);
  }
  return letter;
}

bool IsPlainDomain(absl::string_view host, bool cued) {
  // Endings of files that are top-level domains, too.
  static constexpr absl::string_view kFiles[] = {
      "zip", "mov", "md", "py", "rs", "sh", "pl", "ps", "so",  "app", "cab",
      "gz",  "ai",  "la", "mm", "st", "vi", "ms", "cc", "bar", "doc", "java"};
  // With which the name of a package begins.
  static constexpr absl::string_view kPackages[] = {
      "com", "org", "net", "io", "android", "system", "cn"};
  // A suffix under which others register: "co.uk".
  static constexpr absl::string_view kSecond[] = {
      "co", "com", "org", "net", "gov", "edu", "ac", "or", "ne", "go"};
  if (!IsDomain(host)) return false;
  const std::vector<absl::string_view> labels = absl::StrSplit(host, '.');
  const auto listed = [](absl::Span<const absl::string_view> list,
                         absl::string_view one) {
    return std::find(list.begin(), list.end(), one) != list.end();
  };
  bool marked = labels.size() >= 3;  // with a digit, a hyphen, or a subdomain
  for (const char c : host) {
    if (absl::ascii_isupper(c) || c == '_') return false;
    marked |= absl::ascii_isdigit(c) || c == '-';
  }
  const absl::string_view top = labels.back();
  if (listed(kPackages, labels[0]) ||
      (labels.size() == 2 && top.size() == 2 && listed(kSecond, labels[0]))) {
    return false;
  }
  for (const absl::string_view label : labels) {
    if (label.size() < 2 && !cued) return false;  // "e.g", "a.m"
  }
  if (listed(kFiles, top)) return cued && marked;
  // "the end.it was": a missing space before a short word.
  return cued || marked || top.size() > 2;
}

size_t NumberedIdLength(absl::string_view text, IndicatorType& type) {
  size_t at = 3 + DashAt(text, 3);
  if (at == 3) return 0;
  const auto digits = [&] {
    const size_t begin = at;
    while (at < text.size() && absl::ascii_isdigit(text[at])) ++at;
    return at - begin;
  };
  if (absl::StartsWithIgnoreCase(text, "CVE")) {
    type = IndicatorType::kCve;
    if (digits() != 4) return 0;
    const size_t dash = DashAt(text, at);
    if (dash == 0) return 0;
    at += dash;
    const size_t serial = digits();
    return serial >= 4 && serial <= 7 ? at : 0;
  }
  if (!absl::StartsWithIgnoreCase(text, "CWE")) return 0;
  type = IndicatorType::kCwe;
  const size_t number = digits();
  return number >= 1 && number <= 4 ? at : 0;
}

size_t TechniqueLength(absl::string_view text) {
  const auto digits = [&](size_t from) {
    size_t end = from;
    while (end < text.size() && absl::ascii_isdigit(text[end])) ++end;
    return end - from;
  };
  if (text[0] != 'T' || digits(1) != 4) return 0;
  if (text[1] != '1' && !absl::StartsWith(text, "T08")) return 0;
  return text.size() > 5 && text[5] == '.' && digits(6) == 3 ? 9 : 5;
}

}  // namespace wiredesk
