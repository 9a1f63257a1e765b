#include "stages/tag/indicators/refang.h"

#include "absl/strings/match.h"

namespace wiredesk {
namespace {

struct Disguise {
  absl::string_view written;
  absl::string_view meant;
};

constexpr Disguise kDisguises[] = {
    {"[.]", "."},   {"(.)", "."},   {"{.}", "."},  {"[dot]", "."},
    {"(dot)", "."}, {"{dot}", "."}, {"[:]", ":"},  {"[://]", "://"},
    {"[/]", "/"},   {"[at]", "@"},  {"(at)", "@"}, {"[@]", "@"},
    {"[.", "."},    {".]", "."},    {"\\.", "."}};

}  // namespace

bool HasHostSigns(absl::string_view piece) {
  int dots = 0;
  for (const char c : piece) {
    switch (c) {
      case '[':
      case '(':
      case '{':
      case '\\':
      case '@':
      case ':':
        return true;
      case '.':
        ++dots;
        break;
      default:
        break;
    }
  }
  return dots >= 3;
}

void Refang(absl::string_view piece, uint32_t at, Refanged& out) {
  out.size = 0;
  out.defanged = false;
  size_t i = 0;
  const auto put = [&](absl::string_view meant, size_t length) {
    for (const char c : meant) {
      if (out.size >= kPieceMax) break;
      out.text[out.size] = c;
      out.from[out.size++] = at + static_cast<uint32_t>(i);
    }
    i += length;
  };
  while (i < piece.size()) {
    const char c = piece[i];
    const Disguise* found = nullptr;
    if (c == '[' || c == '(' || c == '{' || c == '\\' || c == '.') {
      for (const Disguise& one : kDisguises) {
        if (absl::StartsWithIgnoreCase(piece.substr(i), one.written)) {
          found = &one;
          break;
        }
      }
    }
    if (found != nullptr) {
      out.defanged = true;
      put(found->meant, found->written.size());
    } else if ((c == 'h' || c == 'H') &&
               (absl::StartsWithIgnoreCase(piece.substr(i), "hxxp") ||
                absl::StartsWithIgnoreCase(piece.substr(i), "h**p") ||
                absl::StartsWithIgnoreCase(piece.substr(i), "htxp"))) {
      out.defanged = true;
      put("http", 4);
    } else {
      put(piece.substr(i, 1), 1);
    }
  }
  out.from[out.size] = at + static_cast<uint32_t>(piece.size());
}

}  // namespace wiredesk
