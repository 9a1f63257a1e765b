#include "stages/parse/url/url.h"

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace wiredesk {
namespace {

bool IsSchemeChar(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '+' ||
         c == '-' || c == '.';
}

}  // namespace

UrlParts SplitUrl(absl::string_view url) {
  UrlParts parts;
  url = absl::StripAsciiWhitespace(url);
  size_t at = 0;
  while (at < url.size() && IsSchemeChar(url[at])) ++at;
  if (at > 0 && at < url.size() && url[at] == ':' &&
      absl::ascii_isalpha(static_cast<unsigned char>(url[0]))) {
    parts.scheme = url.substr(0, at);
    url.remove_prefix(at + 1);
  }
  if (const size_t hash = url.find('#'); hash != absl::string_view::npos) {
    parts.has_fragment = true;
    parts.fragment = url.substr(hash + 1);
    url = url.substr(0, hash);
  }
  if (const size_t mark = url.find('?'); mark != absl::string_view::npos) {
    parts.has_query = true;
    parts.query = url.substr(mark + 1);
    url = url.substr(0, mark);
  }
  if (!absl::StartsWith(url, "//")) {
    parts.path = url;
    return parts;
  }
  parts.has_authority = true;
  url.remove_prefix(2);
  absl::string_view authority = url.substr(0, url.find('/'));
  parts.path = url.substr(authority.size());
  if (const size_t user = authority.rfind('@');
      user != absl::string_view::npos) {
    parts.userinfo = authority.substr(0, user);
    authority.remove_prefix(user + 1);
  }
  const size_t colon = authority.rfind(':');
  if (colon != absl::string_view::npos &&
      authority.find(']', colon) == absl::string_view::npos) {
    parts.port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  parts.host = authority;
  return parts;
}

bool IsWebUrl(absl::string_view url) {
  const UrlParts parts = SplitUrl(url);
  return parts.has_authority && !parts.host.empty() &&
         (absl::EqualsIgnoreCase(parts.scheme, "http") ||
          absl::EqualsIgnoreCase(parts.scheme, "https")) &&
         parts.host.find_first_of(" <>\"") == absl::string_view::npos;
}

std::string RemoveDotSegments(absl::string_view path) {
  if (!absl::StrContains(path, "/.")) return std::string(path);
  std::vector<absl::string_view> kept;
  const std::vector<absl::string_view> segments =
      absl::StrSplit(path.substr(1), '/');
  for (size_t i = 0; i < segments.size(); ++i) {
    const bool last = i + 1 == segments.size();
    if (segments[i] == "..") {
      if (!kept.empty()) kept.pop_back();
      if (last) kept.push_back("");
    } else if (segments[i] == ".") {
      if (last) kept.push_back("");
    } else {
      kept.push_back(segments[i]);
    }
  }
  std::string out;
  for (const absl::string_view segment : kept) {
    absl::StrAppend(&out, "/", segment);
  }
  return out.empty() ? "/" : out;
}

std::string ResolveUrl(absl::string_view base, absl::string_view reference) {
  reference = absl::StripAsciiWhitespace(reference);
  const UrlParts ref = SplitUrl(reference);
  if (!ref.scheme.empty() || base.empty()) return std::string(reference);
  const UrlParts from = SplitUrl(base);
  if (!from.has_authority) return std::string(reference);
  if (reference.empty()) return std::string(base.substr(0, base.find('#')));
  if (ref.has_authority) return absl::StrCat(from.scheme, ":", reference);
  std::string out = absl::StrCat(from.scheme, "://", from.host);
  if (!from.port.empty()) absl::StrAppend(&out, ":", from.port);
  std::string path;
  if (absl::StartsWith(ref.path, "/")) {
    path = std::string(ref.path);
  } else if (ref.path.empty()) {
    path = std::string(from.path);
  } else {
    path =
        absl::StrCat(from.path.substr(0, from.path.rfind('/') + 1), ref.path);
    if (!absl::StartsWith(path, "/")) path.insert(0, 1, '/');
  }
  if (!path.empty()) absl::StrAppend(&out, RemoveDotSegments(path));
  const bool own_query = ref.has_query || !ref.path.empty();
  if (own_query ? ref.has_query : from.has_query) {
    absl::StrAppend(&out, "?", own_query ? ref.query : from.query);
  }
  if (ref.has_fragment) absl::StrAppend(&out, "#", ref.fragment);
  return out;
}

}  // namespace wiredesk
