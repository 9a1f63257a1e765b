// Finding indicators without a pass of expressions over the text.
//
// All of them stand at spots of the text (text_spots.h): a hash or a technique
// is an odd word, and everything else has something between two words that is
// no space, such as a dot, or its disguise "[.]". The piece around a spot that
// may join, up to white space on both sides, is refanged into a small buffer,
// with the place of each byte in the text (refang.h), and read
// there; what an address, a domain or an id looks like is told by
// syntax.h.
//
// Example: "hxxps://evil[.]example[.]com/a" is the URL
// "https://evil.example.com/a"; it stays, since somebody took the trouble to
// defang it. "https://www.bbc.com/news" is the article's own link and does not.
//
// A domain, or a URL of one, that is not defanged is a brand or a link and is
// left, but where the caller asks for it; a bare address is kept unless the
// warning list has it, or it is a version. Tested by
// indicators_test.cc and fuzzed by tests/fuzz/indicators_fuzz.cc.

#include "stages/tag/indicators/indicators.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "stages/tag/indicators/refang.h"
#include "stages/tag/indicators/syntax.h"
#include "stages/tag/marks/text_spots.h"

namespace wiredesk {
namespace {

// Shorter pieces are none at all: "T1059", "a@b.c".
constexpr size_t kPieceMin = 5;

// MayJoin() of a gap of a single byte.
bool MayJoinByByte(char mark, absl::Span<const Word> words, uint32_t spot) {
  const auto digits = [&](uint32_t i) {
    return i < words.size() && (words[i].flags & kWordDigits) != 0;
  };
  switch (mark) {
    case '.':
      // "185.12.44.3"; a name with a dot is none unless it is defanged.
      return digits(spot) && spot > 0 && digits(spot - 1);
    case '-':
      // "CVE-2024-3400", "CWE-79"
      return digits(spot) && spot > 0 && words[spot - 1].length == 3;
    default:
      return mark == '@' || mark == '\\' || mark == '[' || mark == '{' ||
             mark == '(' || mark == ':';
  }
}

// Whether what stands before word `spot` may join it to the word before it in
// an indicator: all of it but the spaces, stops and marks of plain prose.
bool MayJoin(absl::string_view gap, absl::Span<const Word> words,
             uint32_t spot) {
  if (gap.size() == 2 && gap[1] == ' ') return false;  // nearly all
  if (gap.size() == 1) return MayJoinByByte(gap[0], words, spot);
  if (gap.size() == 3 && DashAt(gap, 0) == 3) {
    return MayJoinByByte('-', words, spot);
  }
  for (size_t i = 0; i < gap.size(); ++i) {
    switch (gap[i]) {
      case '@':
      case '\\':
        return true;
      case '[':
      case '{':
      case '(':
        // "evil[.]com", but not "Agency (AP)"
        if (i == 0) return true;
        break;
      case ':':
        // "http://", "2001:db8::1", but not "said: "
        if (i + 1 == gap.size() || !absl::ascii_isspace(gap[i + 1])) {
          return true;
        }
        break;
      default:
        break;
    }
  }
  return false;
}

class IndicatorReader {
 public:
  IndicatorReader(absl::string_view text, const IndicatorContext& context,
                  IndicatorList& list)
      : text_(text),
        warning_list_(*context.warning_list),
        own_domain_(context.own_domain),
        plain_(context.plain_domains),
        list_(list) {}

  void Read(absl::Span<const Word> words, const TextSpots& spots);

 private:
  void ReadAround(size_t at);
  void ReadPiece(size_t begin, size_t end);
  absl::string_view WithPlainDashes(absl::string_view id);
  void ReadIds(absl::string_view piece, uint32_t at);
  void ReadHashes(absl::string_view piece, uint32_t at);
  bool ReadUrl(const Refanged& piece);
  bool ReadEmail(const Refanged& piece);
  void ReadHosts(const Refanged& piece);
  void AddHost(const Refanged& piece, size_t begin, size_t end);
  void Add(IndicatorType type, uint32_t begin, uint32_t end,
           absl::string_view value, char fold);
  bool IsOrdinary(absl::string_view host) const;
  absl::string_view WordBefore(size_t at) const;
  bool IsVersion(size_t at, size_t end) const;
  bool SaysDomain(size_t at) const;

  absl::string_view text_;
  const WarningList& warning_list_;
  absl::string_view own_domain_;
  bool plain_;
  IndicatorList& list_;
  Refanged refanged_;
  char id_[16];      // of WithPlainDashes(), "CVE-2024-1234567"
  size_t read_ = 0;  // up to this byte
};

// `fold`: 'u' for upper case, 'l' for lower case, else as it stands.
void IndicatorReader::Add(IndicatorType type, uint32_t begin, uint32_t end,
                          absl::string_view value, char fold) {
  FoundIndicator found;
  found.type = type;
  found.begin = begin;
  found.end = end;
  found.value_begin = static_cast<uint32_t>(list_.values.size());
  found.value_length = static_cast<uint32_t>(value.size());
  for (const char c : value) {
    list_.values += fold == 'u'   ? absl::ascii_toupper(c)
                    : fold == 'l' ? absl::ascii_tolower(c)
                                  : c;
  }
  list_.found.push_back(found);
}

bool IndicatorReader::IsOrdinary(absl::string_view host) const {
  char lower[254];
  const size_t size = std::min(host.size(), sizeof(lower));
  for (size_t i = 0; i < size; ++i) lower[i] = absl::ascii_tolower(host[i]);
  const absl::string_view name(lower, size);
  if (!own_domain_.empty() &&
      (name == own_domain_ ||
       (name.size() > own_domain_.size() && absl::EndsWith(name, own_domain_) &&
        name[name.size() - own_domain_.size() - 1] == '.'))) {
    return true;
  }
  return warning_list_.Contains(name);
}

// `id`, an id of a vulnerability or technique as it stands in the text, with
// "-" for each dash; until the next call.
absl::string_view IndicatorReader::WithPlainDashes(absl::string_view id) {
  size_t size = 0;
  for (size_t i = 0; i < id.size() && size < sizeof(id_); ++size) {
    const size_t dash = DashAt(id, i);
    id_[size] = dash > 0 ? '-' : id[i];
    i += std::max<size_t>(dash, 1);
  }
  return {id_, size};
}

// CVE-2024-3400, CWE-79, T1059.001, in any piece, in any case.
void IndicatorReader::ReadIds(absl::string_view piece, uint32_t at) {
  for (size_t i = 0; i + 4 < piece.size(); ++i) {
    const char c = piece[i];
    if (c != 'C' && c != 'c' && c != 'T') continue;
    if (i > 0 && (absl::ascii_isalnum(piece[i - 1]) || piece[i - 1] == '_')) {
      continue;
    }
    const absl::string_view rest = piece.substr(i);
    IndicatorType type = IndicatorType::kAttack;
    size_t length = TechniqueLength(rest);
    if (length == 0) length = NumberedIdLength(rest, type);
    if (length == 0) continue;
    if (i + length < piece.size() &&
        (absl::ascii_isalnum(piece[i + length]) || piece[i + length] == '_')) {
      continue;
    }
    Add(type, at + static_cast<uint32_t>(i),
        at + static_cast<uint32_t>(i + length),
        WithPlainDashes(rest.substr(0, length)), 'u');
    i += length - 1;
  }
}

void IndicatorReader::ReadHashes(absl::string_view piece, uint32_t at) {
  size_t i = 0;
  while (i < piece.size()) {
    size_t end = i;
    bool digit = false;
    bool letter = false;
    while (end < piece.size() && absl::ascii_isalnum(piece[end])) ++end;
    bool hex = true;
    for (size_t k = i; k < end; ++k) {
      hex &= absl::ascii_isxdigit(piece[k]);
      digit |= absl::ascii_isdigit(piece[k]);
      letter |= absl::ascii_isalpha(piece[k]);
    }
    const size_t length = end - i;
    if (hex && digit && letter &&
        (length == 32 || length == 40 || length == 64)) {
      const IndicatorType type = length == 32   ? IndicatorType::kMd5
                                 : length == 40 ? IndicatorType::kSha1
                                                : IndicatorType::kSha256;
      Add(type, at + static_cast<uint32_t>(i), at + static_cast<uint32_t>(end),
          piece.substr(i, length), 'l');
    }
    i = end + 1;
  }
}

// A URL anywhere in the piece; its host is not given again.
bool IndicatorReader::ReadUrl(const Refanged& piece) {
  const absl::string_view text = piece.view();
  const size_t mark = text.find("://");
  if (mark == absl::string_view::npos) return false;
  size_t begin = mark;
  while (begin > 0 && absl::ascii_isalpha(text[begin - 1])) --begin;
  const absl::string_view scheme = text.substr(begin, mark - begin);
  if (!absl::EqualsIgnoreCase(scheme, "http") &&
      !absl::EqualsIgnoreCase(scheme, "https") &&
      !absl::EqualsIgnoreCase(scheme, "ftp")) {
    return true;
  }
  const size_t host_begin = mark + 3;
  size_t host_end = host_begin;
  while (host_end < text.size() && IsHostByte(text[host_end])) ++host_end;
  const absl::string_view host = text.substr(host_begin, host_end - host_begin);
  if (!IsDomain(host) && !IsIpv4(host)) return true;
  if (!piece.defanged && (IsOrdinary(host) || (IsDomain(host) && !plain_))) {
    return true;
  }
  size_t end = host_end;
  while (end < text.size() && static_cast<uint8_t>(text[end]) > 0x20 &&
         static_cast<uint8_t>(text[end]) < 0x7F &&
         absl::string_view("<>\"'|`").find(text[end]) ==
             absl::string_view::npos) {
    ++end;
  }
  while (end > host_end && absl::string_view(".,;:!?)]}").find(text[end - 1]) !=
                               absl::string_view::npos) {
    --end;
  }
  Add(IndicatorType::kUrl, piece.from[begin], piece.from[end],
      text.substr(begin, end - begin), ' ');
  return true;
}

bool IndicatorReader::ReadEmail(const Refanged& piece) {
  const absl::string_view text = piece.view();
  const size_t at = text.find('@');
  if (at == absl::string_view::npos || at == 0) return false;
  size_t begin = at;
  while (begin > 0 && (IsHostByte(text[begin - 1]) || text[begin - 1] == '+')) {
    --begin;
  }
  size_t end = at + 1;
  while (end < text.size() && IsHostByte(text[end])) ++end;
  while (end > at + 1 && text[end - 1] == '.') --end;
  const absl::string_view host = text.substr(at + 1, end - at - 1);
  if (begin == at || !IsDomain(host)) return false;
  const bool webmail = warning_list_.Contains(host);
  if (piece.defanged || (!IsOrdinary(host) && !webmail)) {
    Add(IndicatorType::kEmail, piece.from[begin], piece.from[end],
        text.substr(begin, end - begin), 'l');
  }
  return true;
}

// The word before byte `at`, without the space between; empty where something
// else stands there.
absl::string_view IndicatorReader::WordBefore(size_t at) const {
  absl::string_view before = text_.substr(0, at);
  while (!before.empty() && absl::string_view(" ([\"'").find(before.back()) !=
                                absl::string_view::npos) {
    before.remove_suffix(1);
  }
  size_t begin = before.size();
  while (begin > 0 && absl::ascii_isalnum(before[begin - 1])) --begin;
  return before.substr(begin);
}

// Whether four numbers at byte `at`, up to byte `end`, are those of a version
// or a section: "build 1.2.3.4", "Apache 2.4.62.1", "1.2.3.4 or later".
bool IndicatorReader::IsVersion(size_t at, size_t end) const {
  const absl::string_view word = WordBefore(at);
  for (const absl::string_view one :
       {"version", "versions", "build",     "release",  "firmware",
        "update",  "v",        "through",   "section",  "sections",
        "chapter", "clause",   "paragraph", "oid",      "patch",
        "ver",     "kernel",   "driver",    "revision", "rev"}) {
    if (absl::EqualsIgnoreCase(word, one)) return true;
  }
  const absl::string_view behind = text_.substr(end, 12);
  for (const absl::string_view one :
       {" or later", " or earlier", " or newer", " and earlier", " and later",
        " and prior", " or older", " or above", " or below"}) {
    if (absl::StartsWith(behind, one)) return true;
  }
  // A product: a name with small letters, not "IP", "C2" or "Server".
  if (word.size() < 2 || !absl::ascii_isupper(word[0])) return false;
  const bool small = std::any_of(word.begin(), word.end(), absl::ascii_islower);
  for (const absl::string_view one :
       {"Address", "Addresses", "Server", "Servers", "Host", "Hosts", "IPs",
        "IPv4", "From", "To", "At", "Domain", "URL", "Port", "Source", "The"}) {
    if (word == one) return false;
  }
  return small;
}

// Whether a word before byte `at` says that a domain follows.
bool IndicatorReader::SaysDomain(size_t at) const {
  const absl::string_view word = WordBefore(at);
  for (const absl::string_view one :
       {"domain",  "domains",   "site",   "website",  "server",   "servers",
        "host",    "hosts",     "url",    "urls",     "c2",       "subdomain",
        "at",      "contacted", "called", "contacts", "resolves", "visited",
        "address", "addresses", "from"}) {
    if (absl::EqualsIgnoreCase(word, one)) return true;
  }
  return false;
}

void IndicatorReader::AddHost(const Refanged& piece, size_t begin, size_t end) {
  const absl::string_view text = piece.view();
  while (end > begin && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  while (begin < end && (text[begin] == '.' || text[begin] == '-')) ++begin;
  const absl::string_view host = text.substr(begin, end - begin);
  if (host.size() < 4) return;
  if (IsIpv4(host)) {
    if (piece.defanged ||
        (!IsOrdinary(host) && !IsVersion(piece.from[begin], piece.from[end]))) {
      Add(IndicatorType::kIpv4, piece.from[begin], piece.from[end], host, ' ');
    }
    return;
  }
  if (!IsDomain(host)) return;
  // Not defanged, a name with a dot may be a brand, a file or a missing space.
  if (!piece.defanged &&
      !(plain_ && !IsOrdinary(host) &&
        IsPlainDomain(host, SaysDomain(piece.from[begin])))) {
    return;
  }
  Add(IndicatorType::kDomain, piece.from[begin], piece.from[end], host, 'l');
}

void IndicatorReader::ReadHosts(const Refanged& piece) {
  const absl::string_view text = piece.view();
  size_t i = 0;
  while (i < text.size()) {
    if (!IsHostByte(text[i]) && text[i] != ':') {
      ++i;
      continue;
    }
    size_t end = i;
    bool colons = false;
    while (end < text.size() && (IsHostByte(text[end]) || text[end] == ':')) {
      colons |= text[end] == ':';
      ++end;
    }
    const absl::string_view run = text.substr(i, end - i);
    if (colons && IsIpv6(run)) {
      if (piece.defanged || !IsOrdinary(run)) {
        Add(IndicatorType::kIpv6, piece.from[i], piece.from[end], run, 'l');
      }
    } else {
      const size_t colon = run.find(':');
      AddHost(piece, i, colon == absl::string_view::npos ? end : i + colon);
    }
    i = end;
  }
}

void IndicatorReader::ReadPiece(size_t begin, size_t end) {
  const absl::string_view piece = text_.substr(begin, end - begin);
  const auto at = static_cast<uint32_t>(begin);
  ReadIds(piece, at);
  if (piece.size() >= 32) ReadHashes(piece, at);
  if (piece.size() > kPieceMax) return;
  if (!HasHostSigns(piece) && !plain_) return;
  Refang(piece, at, refanged_);
  if (ReadUrl(refanged_) || ReadEmail(refanged_)) return;
  ReadHosts(refanged_);
}

// Reads the piece around byte `at`, unless that was read before.
void IndicatorReader::ReadAround(size_t at) {
  const auto blank = [&](size_t i) {
    return static_cast<uint8_t>(text_[i]) <= 0x20;
  };
  if (at < read_) return;
  size_t begin = at;
  while (begin > read_ && !blank(begin - 1)) --begin;
  size_t end = at;
  while (end < text_.size() && !blank(end)) ++end;
  if (end >= begin + kPieceMin) ReadPiece(begin, end);
  read_ = end;
}

void IndicatorReader::Read(absl::Span<const Word> words,
                           const TextSpots& spots) {
  if (plain_) {
    // Any gap may hold the dot of a domain.
    for (uint32_t spot = 0; spot <= words.size(); ++spot) {
      const absl::string_view gap = SpotGap(text_, words, spot);
      if (gap == "." || MayJoin(gap, words, spot)) {
        ReadAround(gap.data() - text_.data());
      }
      if (spot < words.size() && IsOddWord(text_.data(), words[spot])) {
        ReadAround(words[spot].begin);
      }
    }
    return;
  }
  for (const uint32_t spot : spots.joins) {
    const absl::string_view gap = SpotGap(text_, words, spot);
    if (MayJoin(gap, words, spot)) ReadAround(gap.data() - text_.data());
    if (spot < words.size() && IsOddWord(text_.data(), words[spot])) {
      ReadAround(words[spot].begin);
    }
  }
}

}  // namespace

WarningList::WarningList(absl::string_view lines) {
  for (const absl::string_view line : absl::StrSplit(lines, '\n')) {
    const absl::string_view host =
        absl::StripAsciiWhitespace(line.substr(0, line.find('#')));
    if (host.empty() || host.find_first_of(" /") != absl::string_view::npos) {
      continue;
    }
    hosts_.insert(absl::AsciiStrToLower(host));
  }
}

bool WarningList::Contains(absl::string_view host) const {
  while (!host.empty()) {
    if (hosts_.contains(host)) return true;
    const size_t dot = host.find('.');
    if (dot == absl::string_view::npos) return false;
    host.remove_prefix(dot + 1);
  }
  return false;
}

void FindIndicators(absl::string_view text, absl::Span<const Word> words,
                    const TextSpots& spots, const IndicatorContext& context,
                    IndicatorList& list) {
  IndicatorReader(text, context, list).Read(words, spots);
}

}  // namespace wiredesk
