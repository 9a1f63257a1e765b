// Canonical addresses go through four steps: mend what browsers mend, follow
// redirectors that name their target, normalize by RFC 3986 section 6, take off
// what only dresses the address. Only what is safe on any site is done to the
// canonical form; the key for dedupe may go further, since it is only compared.

#include "stages/parse/url/canonical.h"

#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "stages/parse/url/redirect.h"
#include "stages/parse/url/tracking_parameters.h"
#include "stages/parse/url/url.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

constexpr size_t kUrlMax = 8192;
constexpr int kRedirectsMax = 4;
constexpr char kHex[] = "0123456789ABCDEF";

bool IsUnreserved(uint8_t c) {
  return absl::ascii_isalnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

// Bytes that stand in an address as they are.
constexpr std::array<bool, 256> PlainBytes() {
  std::array<bool, 256> plain = {};
  for (size_t byte = '!'; byte < 0x7F; ++byte) {
    plain[byte] = byte != '"' && byte != '<' && byte != '>' && byte != '`' &&
                  byte != '{' && byte != '}' && byte != '[' && byte != ']';
  }
  return plain;
}
constexpr std::array<bool, 256> kPlainBytes = PlainBytes();

// Escapes in capital letters, and only where they are needed.
void AppendNormalEscapes(absl::string_view text, std::string& out) {
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t from = i;
    while (i < text.size() && text[i] != '%' &&
           kPlainBytes[static_cast<uint8_t>(text[i])]) {
      ++i;
    }
    out.append(text.data() + from, i - from);
    if (i == text.size()) return;
    auto byte = static_cast<uint8_t>(text[i]);
    const bool escape = byte == '%' && i + 2 < text.size() &&
                        HexValue(text[i + 1]) >= 0 &&
                        HexValue(text[i + 2]) >= 0;
    if (escape) {
      byte = static_cast<uint8_t>(HexValue(text[i + 1]) * 16 +
                                  HexValue(text[i + 2]));
      i += 2;
    }
    if (escape ? IsUnreserved(byte) : kPlainBytes[byte]) {
      out += static_cast<char>(byte);
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 0xF];
    }
  }
}

bool IsHostByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '+' ||
         c == '-' || c == '.' || static_cast<uint8_t>(c) >= 0x80;
}

bool LooksLikeHost(absl::string_view text) {
  const absl::string_view host = text.substr(0, text.find_first_of("/?#:"));
  const size_t dot = host.rfind('.');
  if (dot == absl::string_view::npos || dot == 0 || host.size() - dot < 3) {
    return false;
  }
  for (const char c : host) {
    if (!IsHostByte(c)) return false;
  }
  return !absl::ascii_isdigit(static_cast<unsigned char>(host.back()));
}

// Whether an address begins as nearly all do, and has nothing to mend.
bool NeedsNoMending(absl::string_view url) {
  absl::string_view rest = url;
  if (!absl::ConsumePrefix(&rest, "https://") &&
      !absl::ConsumePrefix(&rest, "http://")) {
    return false;
  }
  if (absl::StartsWith(rest, "/") || absl::StartsWithIgnoreCase(rest, "http")) {
    return false;
  }
  return std::all_of(rest.begin(), rest.end(), [](char c) {
    return static_cast<uint8_t>(c) > ' ' && c != '\\';
  });
}

// What browsers mend: white space, backslashes, slashes missing or doubled
// after the scheme, no scheme at all.
std::string Mend(absl::string_view url) {
  url = absl::StripAsciiWhitespace(url);
  if (NeedsNoMending(url)) return std::string(url);
  std::string text;
  text.reserve(url.size() + 8);
  for (const char c : url) {
    if (c == '\t' || c == '\n' || c == '\r' || c == '\0') continue;
    text += c;
  }
  const size_t query = std::min(text.find_first_of("?#"), text.size());
  std::replace(text.begin(), text.begin() + static_cast<ptrdiff_t>(query), '\\',
               '/');
  if (absl::StartsWith(text, "//")) return absl::StrCat("https:", text);
  for (const absl::string_view scheme : {"http:", "https:"}) {
    if (!absl::StartsWithIgnoreCase(text, scheme)) continue;
    absl::string_view rest = absl::string_view(text).substr(scheme.size());
    while (absl::ConsumePrefix(&rest, "/")) {
    }
    if (absl::StartsWithIgnoreCase(rest, "http://") ||
        absl::StartsWithIgnoreCase(rest, "https://")) {
      return std::string(rest);
    }
    return absl::StrCat(scheme, "//", rest);
  }
  if (LooksLikeHost(text)) return absl::StrCat("https://", text);
  return text;
}

// In lower case and punycode, without a final dot.
std::string NormalHost(absl::string_view host) {
  absl::ConsumeSuffix(&host, ".");
  std::string lower = absl::AsciiStrToLower(host);
  if (absl::StrContains(lower, "%")) lower = DecodePercent(lower);
  if (FindNonAscii(lower) == lower.size()) return lower;
  UErrorCode status = U_ZERO_ERROR;
  static const UIDNA* const idna = [] {
    UErrorCode opened = U_ZERO_ERROR;
    return uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII, &opened);
  }();
  if (idna == nullptr) return lower;
  std::array<char, 512> ascii;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  const int32_t size = uidna_nameToASCII_UTF8(
      idna, lower.data(), static_cast<int32_t>(lower.size()), ascii.data(),
      static_cast<int32_t>(ascii.size()), &info, &status);
  if (U_FAILURE(status) || info.errors != 0) return lower;
  return std::string(ascii.data(), static_cast<size_t>(size));
}

// Takes off "amp.", "m." and the like: "en.m.wikipedia.org" is "en.wikipedia…".
void UndressHost(std::string& host) {
  for (const absl::string_view label : {"amp.", "m.", "mobile.", "touch."}) {
    if (absl::StartsWith(host, label) &&
        absl::StrContains(absl::string_view(host).substr(label.size()), ".")) {
      host.erase(0, label.size());
      return;
    }
  }
  const size_t dot = host.find(".m.");
  if (dot != std::string::npos && dot <= 3 &&
      host.find('.', dot + 3) != std::string::npos) {
    host.erase(dot, 2);
  }
}

// Takes off the marks of AMP pages: a first or last segment "amp", and ".amp".
void UndressPath(std::string& path) {
  absl::string_view rest = path;
  if (absl::EndsWith(rest, ".amp.html")) {
    path.erase(path.size() - 9, 4);
    return;
  }
  if (absl::ConsumeSuffix(&rest, "/amp") ||
      absl::ConsumeSuffix(&rest, "/amp/") ||
      absl::ConsumeSuffix(&rest, ".amp") ||
      absl::ConsumeSuffix(&rest, ".amp/")) {
    path.resize(std::max<size_t>(rest.size(), 0));
    if (path.empty()) path.push_back('/');
    return;
  }
  if (absl::StartsWith(path, "/amp/") && path.size() > 5) path.erase(0, 4);
}

// The parameters of a query that are not trackers, in their order.
std::vector<std::string> KeptParameters(absl::string_view query,
                                        const TrackingParameters& tracking) {
  std::vector<std::string> kept;
  for (absl::string_view part : absl::StrSplit(query, '&')) {
    absl::ConsumePrefix(&part, "amp;");
    absl::ConsumePrefix(&part, "%3F");
    absl::ConsumePrefix(&part, "?");
    if (part.empty()) continue;
    const size_t equals = part.find('=');
    const absl::string_view name = part.substr(0, equals);
    const absl::string_view value =
        equals == absl::string_view::npos ? "" : part.substr(equals + 1);
    if (tracking.Matches(name, value)) continue;
    AppendNormalEscapes(part, kept.emplace_back());
  }
  return kept;
}

bool IsDefaultPort(absl::string_view scheme, absl::string_view port) {
  return port.empty() || (scheme == "http" && port == "80") ||
         (scheme == "https" && port == "443");
}

// The pieces of a canonical address.
struct Canonical {
  std::string scheme;
  std::string host;
  std::string port;
  std::string path;
  std::vector<std::string> query;
  std::string fragment;
};

bool MakeCanonical(absl::string_view url, const TrackingParameters& tracking,
                   Canonical& out) {
  if (url.empty() || url.size() > kUrlMax) return false;
  std::string mended = Mend(url);
  for (int i = 0; i < kRedirectsMax; ++i) {
    const std::string target = UnwrapRedirect(mended);
    if (target.empty() || target.size() > kUrlMax) break;
    mended = Mend(target);
  }
  if (!IsWebUrl(mended)) return false;
  const UrlParts parts = SplitUrl(mended);
  out.scheme = absl::AsciiStrToLower(parts.scheme);
  out.host = NormalHost(parts.host);
  if (out.host.empty()) return false;
  UndressHost(out.host);
  if (!IsDefaultPort(out.scheme, parts.port))
    out.port = std::string(parts.port);
  std::string escaped;
  AppendNormalEscapes(parts.path, escaped);
  out.path = escaped.empty() ? "/" : RemoveDotSegments(escaped);
  if (absl::StrContains(out.path, ";")) {
    const size_t session = absl::AsciiStrToLower(out.path).find(";jsessionid=");
    if (session != std::string::npos) out.path.resize(session);
  }
  UndressPath(out.path);
  out.query = KeptParameters(parts.query, tracking);
  // Pages that live in the fragment: "#!/a" and "#/a", but not "#!" alone.
  absl::string_view page = parts.fragment;
  const bool marked = absl::ConsumePrefix(&page, "!");
  if ((marked || absl::StartsWith(page, "/")) && !page.empty() && page != "/") {
    AppendNormalEscapes(parts.fragment, out.fragment);
  }
  return true;
}

std::string Join(const Canonical& parts) {
  std::string url = absl::StrCat(parts.scheme, "://", parts.host);
  if (!parts.port.empty()) absl::StrAppend(&url, ":", parts.port);
  absl::StrAppend(&url, parts.path);
  char mark = '?';
  for (const std::string& parameter : parts.query) {
    url += mark;
    url += parameter;
    mark = '&';
  }
  if (!parts.fragment.empty()) absl::StrAppend(&url, "#", parts.fragment);
  return url;
}

// "www.", "www2." and so on.
absl::string_view WithoutWww(absl::string_view host) {
  if (!absl::StartsWith(host, "www")) return host;
  size_t at = 3;
  while (at < host.size() &&
         absl::ascii_isdigit(static_cast<unsigned char>(host[at]))) {
    ++at;
  }
  const bool label = at < host.size() && host[at] == '.' &&
                     absl::StrContains(host.substr(at + 1), ".");
  return label ? host.substr(at + 1) : host;
}

// A path without its slashes at the end, doubled slashes and index page.
std::string KeyPath(absl::string_view path) {
  std::string out(path);
  if (absl::StrContains(path, "//") && !absl::StrContains(path, ":/")) {
    out.erase(std::unique(out.begin(), out.end(),
                          [](char a, char b) { return a == '/' && b == '/'; }),
              out.end());
  }
  const size_t slash = out.rfind('/');
  if (slash != std::string::npos) {
    const std::string page = absl::AsciiStrToLower(out.substr(slash + 1));
    const absl::string_view stem =
        absl::string_view(page).substr(0, page.find('.'));
    const absl::string_view ending =
        absl::string_view(page).substr(stem.size());
    if ((stem == "index" || stem == "default") && ending.size() <= 6) {
      out.resize(slash + 1);
    }
  }
  while (!out.empty() && out.back() == '/') out.pop_back();
  return out;
}

std::string Key(Canonical& parts) {
  std::sort(parts.query.begin(), parts.query.end());
  parts.query.erase(std::unique(parts.query.begin(), parts.query.end()),
                    parts.query.end());
  std::string key(WithoutWww(parts.host));
  if (!parts.port.empty()) absl::StrAppend(&key, ":", parts.port);
  absl::StrAppend(&key, KeyPath(parts.path));
  char mark = '?';
  for (const std::string& parameter : parts.query) {
    key += mark;
    key += parameter;
    mark = '&';
  }
  if (!parts.fragment.empty()) absl::StrAppend(&key, "#", parts.fragment);
  return key;
}

}  // namespace

std::string CanonicalUrl(absl::string_view url,
                         const TrackingParameters& tracking) {
  Canonical parts;
  return MakeCanonical(url, tracking, parts) ? Join(parts) : "";
}

std::string CanonicalUrl(absl::string_view url) {
  return CanonicalUrl(url, DefaultTrackingParameters());
}

std::string DedupeUrl(absl::string_view url,
                      const TrackingParameters& tracking) {
  Canonical parts;
  return MakeCanonical(url, tracking, parts) ? Key(parts) : "";
}

std::string DedupeUrl(absl::string_view url) {
  return DedupeUrl(url, DefaultTrackingParameters());
}

std::string DedupeUrlOfCanonical(absl::string_view canonical) {
  if (canonical.empty()) return "";
  const UrlParts parts = SplitUrl(canonical);
  Canonical pieces;
  pieces.host = std::string(parts.host);
  pieces.port = std::string(parts.port);
  pieces.path = std::string(parts.path);
  pieces.fragment = std::string(parts.fragment);
  for (const absl::string_view part : absl::StrSplit(parts.query, '&')) {
    if (!part.empty()) pieces.query.emplace_back(part);
  }
  return Key(pieces);
}

std::string DomainOfUrl(absl::string_view url) {
  if (!IsWebUrl(url)) return "";
  std::string host = NormalHost(SplitUrl(url).host);
  return std::string(WithoutWww(host));
}

}  // namespace wiredesk
