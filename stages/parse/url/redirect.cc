#include "stages/parse/url/redirect.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "stages/parse/url/url.h"

namespace wiredesk {
namespace {

// A host (whole, or with a leading dot its end), the beginning of a path, and
// the parameters that may hold the target.
struct Redirector {
  absl::string_view host;
  absl::string_view path;
  absl::string_view parameters;
};

constexpr Redirector kRedirectors[] = {
    {"google.", "/url", "url,q"},
    {"news.google.", "/news/url", "url"},
    {"l.facebook.com", "/l.php", "u"},
    {"lm.facebook.com", "/l.php", "u"},
    {"facebook.com", "/l.php", "u"},
    {"l.instagram.com", "/", "u"},
    {"l.messenger.com", "/l.php", "u"},
    {"youtube.com", "/redirect", "q"},
    {"youtube.com", "/attribution_link", "u"},
    {"bing.com", "/news/apiclick.aspx", "url"},
    {"linkedin.com", "/redir/redirect", "url"},
    {"t.umblr.com", "/redirect", "z"},
    {"vk.com", "/away.php", "to"},
    {"away.vk.com", "/away.php", "to"},
    {"slack-redir.net", "/link", "url"},
    {"steamcommunity.com", "/linkfilter/", "url"},
    {"duckduckgo.com", "/l/", "uddg"},
    {"getpocket.com", "/redirect", "url"},
    {"flipboard.com", "/redirect", "url"},
    {"exit.sc", "/", "url"},
    {"go.redirectingat.com", "/", "url"},
    {"go.skimresources.com", "/", "url"},
    {"click.linksynergy.com", "/", "murl"},
    {".safelinks.protection.outlook.com", "/", "url"},
    {"out.reddit.com", "/", "url"},
    {"twitter.com", "/i/redirect", "url"},
};

bool HostMatches(absl::string_view host, absl::string_view pattern) {
  if (absl::StartsWith(pattern, ".")) return absl::EndsWith(host, pattern);
  // A pattern that ends in a dot takes any top-level domain.
  if (absl::EndsWith(pattern, ".")) {
    return absl::StartsWith(host, pattern) && host.size() <= pattern.size() + 6;
  }
  return host == pattern;
}

std::string Parameter(absl::string_view query, absl::string_view name) {
  for (const absl::string_view part : absl::StrSplit(query, '&')) {
    absl::string_view value = part;
    absl::ConsumePrefix(&value, "amp;");
    if (absl::ConsumePrefix(&value, name) && absl::ConsumePrefix(&value, "=")) {
      return DecodePercent(value);
    }
  }
  return "";
}

// A target as a URL; relative ones belong to the redirector's host.
std::string Target(std::string value, const UrlParts& parts) {
  if (absl::StartsWith(value, "/") && !absl::StartsWith(value, "//")) {
    return absl::StrCat(parts.scheme, "://", parts.host, value);
  }
  if (value.find("://") == std::string::npos) {
    const absl::string_view host =
        absl::string_view(value).substr(0, value.find('/'));
    if (!absl::StrContains(host, ".")) return "";
    value = absl::StrCat("https://", value);
  }
  return IsWebUrl(value) ? value : "";
}

// "/c/s/host/path" of an AMP cache, or "/amp/s/host/path" of a search engine;
// 's' stands for https.
std::string AmpTarget(absl::string_view path, const UrlParts& parts) {
  const bool secure = absl::ConsumePrefix(&path, "s/");
  for (const absl::string_view cache :
       {"bc.marfeel.com/", "bc.marfeelcache.com/amp/"}) {
    absl::ConsumePrefix(&path, cache);
  }
  const absl::string_view host = path.substr(0, path.find('/'));
  if (!absl::StrContains(host, ".")) return "";
  std::string target = absl::StrCat(secure ? "https://" : "http://", path);
  if (parts.has_query) absl::StrAppend(&target, "?", parts.query);
  if (parts.has_fragment) absl::StrAppend(&target, "#", parts.fragment);
  return target;
}

std::string UnwrapAmp(absl::string_view host, const UrlParts& parts) {
  absl::string_view path = parts.path;
  const bool cache = host == "cdn.ampproject.org" ||
                     absl::EndsWith(host, ".cdn.ampproject.org");
  if (cache) {
    for (const absl::string_view kind : {"/c/", "/v/", "/wp/", "/a/"}) {
      if (absl::ConsumePrefix(&path, kind)) return AmpTarget(path, parts);
    }
  }
  if (HostMatches(host, "google.") && absl::ConsumePrefix(&path, "/amp/")) {
    return AmpTarget(path, parts);
  }
  return "";
}

}  // namespace

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string DecodePercent(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && HexValue(text[i + 1]) >= 0 &&
        HexValue(text[i + 2]) >= 0) {
      out +=
          static_cast<char>(HexValue(text[i + 1]) * 16 + HexValue(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string UnwrapRedirect(absl::string_view url) {
  const UrlParts parts = SplitUrl(url);
  if (!parts.has_authority) return "";
  const std::string lower = absl::AsciiStrToLower(parts.host);
  absl::string_view host = lower;
  absl::ConsumePrefix(&host, "www.");
  if (std::string target = UnwrapAmp(host, parts); !target.empty()) {
    return target;
  }
  if (!parts.has_query) return "";
  for (const Redirector& redirector : kRedirectors) {
    if (!HostMatches(host, redirector.host) ||
        !absl::StartsWith(parts.path.empty() ? "/" : parts.path,
                          redirector.path)) {
      continue;
    }
    for (const absl::string_view name :
         absl::StrSplit(redirector.parameters, ',')) {
      std::string target = Target(Parameter(parts.query, name), parts);
      if (!target.empty()) return target;
    }
  }
  return "";
}

}  // namespace wiredesk
