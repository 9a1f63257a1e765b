#include "stages/parse/html/entities.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "absl/strings/ascii.h"

namespace wiredesk {
namespace {

// "&#129;" and its neighbours mean what windows-1252 has at that place.
constexpr std::array<uint16_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

constexpr uint32_t kReplacementCharacter = 0xFFFD;
constexpr uint32_t kLastCodePoint = 0x10FFFF;
constexpr size_t kLongestLegacyName = 6;
constexpr size_t kLongestEntity = 32;

struct Entity {
  absl::string_view name;
  std::array<char, 8> bytes = {};
  uint8_t size = 0;
  bool legacy = false;  // known without a semicolon, too
  absl::string_view value() const { return {bytes.data(), size}; }
};

uint32_t HashEntity(absl::string_view name) {
  uint32_t hash = 2166136261u;
  for (const char c : name) {
    hash = (hash ^ static_cast<uint8_t>(c)) * 16777619u;
  }
  return hash ^ (hash >> 15);
}

// All names, in an open hash table twice their number. Built at the first use,
// then constant and free to share.
class EntityTable {
 public:
  static const EntityTable& Get() {
    static const EntityTable& table = *new EntityTable;
    return table;
  }

  const Entity* Find(absl::string_view name) const {
    for (uint32_t slot = HashEntity(name) % kSlots;;
         slot = (slot + 1) % kSlots) {
      if (slots_[slot] == 0) return nullptr;
      const Entity& entity = entities_[slots_[slot] - 1u];
      if (entity.name == name) return &entity;
    }
  }

 private:
  static constexpr uint32_t kSlots = 8192;

  EntityTable() : slots_(kSlots, 0) {
    absl::string_view rest = kHtmlEntityNames;
    while (!rest.empty()) {
      const size_t end = std::min(rest.find(' '), rest.size());
      Add(rest.substr(0, end));
      rest.remove_prefix(std::min(rest.size(), end + 1));
    }
  }

  void Add(absl::string_view item) {
    Entity entity;
    entity.legacy = item.front() == '!';
    if (entity.legacy) item.remove_prefix(1);
    const size_t equals = item.find('=');
    entity.name = item.substr(0, equals);
    std::string bytes;
    uint32_t code_point = 0;
    for (const char c : item.substr(equals + 1)) {
      if (c == ',') {
        AppendUtf8(code_point, bytes);
        code_point = 0;
        continue;
      }
      const int digit = absl::ascii_isdigit(c) ? c - '0' : c - 'A' + 10;
      code_point = code_point * 16 + static_cast<uint32_t>(digit);
    }
    AppendUtf8(code_point, bytes);
    entity.size = static_cast<uint8_t>(bytes.size());
    std::memcpy(entity.bytes.data(), bytes.data(), bytes.size());
    entities_.push_back(entity);
    uint32_t slot = HashEntity(entity.name) % kSlots;
    while (slots_[slot] != 0) slot = (slot + 1) % kSlots;
    slots_[slot] = static_cast<uint16_t>(entities_.size());
  }

  std::vector<Entity> entities_;
  std::vector<uint16_t> slots_;  // index + 1 into entities_, 0 is free
};

struct NumericReference {
  size_t size = 0;  // bytes with '&' and ';', 0 where there is none
  uint32_t number = 0;
};

NumericReference ReadNumericReference(absl::string_view text) {
  NumericReference result;
  if (text.size() < 3 || text[0] != '&' || text[1] != '#') return result;
  const bool hex = text[2] == 'x' || text[2] == 'X';
  const size_t begin = hex ? 3 : 2;
  size_t end = begin;
  for (; end < text.size(); ++end) {
    const auto c = static_cast<unsigned char>(text[end]);
    uint32_t digit = 0;
    if (absl::ascii_isdigit(c)) {
      digit = c - '0';
    } else if (hex && absl::ascii_isxdigit(c)) {
      digit = (c | 0x20u) - 'a' + 10;
    } else {
      break;
    }
    result.number =
        std::min(result.number * (hex ? 16 : 10) + digit, kLastCodePoint + 1);
  }
  if (end == begin) return result;
  if (end < text.size() && text[end] == ';') ++end;
  result.size = end;
  return result;
}

bool IsSurrogate(uint32_t number) {
  return number >= 0xD800 && number <= 0xDFFF;
}

size_t DecodeNumeric(absl::string_view text, std::string& out) {
  const NumericReference first = ReadNumericReference(text);
  if (first.size == 0) return 0;
  uint32_t number = first.number;
  size_t size = first.size;
  if (number >= 0x80 && number <= 0x9F) {
    number = kWindows1252[number - 0x80];
  } else if (IsSurrogate(number)) {
    const NumericReference second =
        ReadNumericReference(text.substr(first.size));
    if (number < 0xDC00 && second.number >= 0xDC00 &&
        IsSurrogate(second.number)) {
      number = 0x10000 + ((number - 0xD800) << 10) + (second.number - 0xDC00);
      size += second.size;
    } else {
      number = kReplacementCharacter;
    }
  } else if (number == 0 || number > kLastCodePoint) {
    number = kReplacementCharacter;
  }
  AppendUtf8(number, out);
  return size;
}

}  // namespace

void AppendUtf8(uint32_t code_point, std::string& out) {
  const auto byte = [&out](uint32_t value) {
    out.push_back(static_cast<char>(value));
  };
  if (code_point < 0x80) {
    byte(code_point);
  } else if (code_point < 0x800) {
    byte(0xC0 | (code_point >> 6));
    byte(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    byte(0xE0 | (code_point >> 12));
    byte(0x80 | ((code_point >> 6) & 0x3F));
    byte(0x80 | (code_point & 0x3F));
  } else {
    byte(0xF0 | (code_point >> 18));
    byte(0x80 | ((code_point >> 12) & 0x3F));
    byte(0x80 | ((code_point >> 6) & 0x3F));
    byte(0x80 | (code_point & 0x3F));
  }
}

absl::string_view FindHtmlEntity(absl::string_view name) {
  const Entity* entity = EntityTable::Get().Find(name);
  return entity == nullptr ? absl::string_view() : entity->value();
}

size_t DecodeHtmlReference(absl::string_view text, bool in_attribute,
                           std::string& out) {
  if (text.size() < 2) return 0;
  if (text[1] == '#') return DecodeNumeric(text, out);
  size_t end = 1;
  const size_t limit = std::min(text.size(), kLongestEntity + 1);
  while (end < limit && absl::ascii_isalnum(static_cast<uint8_t>(text[end]))) {
    ++end;
  }
  if (end == 1) return 0;
  const EntityTable& table = EntityTable::Get();
  if (end < text.size() && text[end] == ';') {
    if (const Entity* entity = table.Find(text.substr(1, end - 1))) {
      out.append(entity->bytes.data(), entity->size);
      return end + 1;
    }
  }
  for (size_t size = std::min(end - 1, kLongestLegacyName); size >= 2; --size) {
    const Entity* entity = table.Find(text.substr(1, size));
    if (entity == nullptr || !entity->legacy) continue;
    const char next = size + 1 < text.size() ? text[size + 1] : ' ';
    if (in_attribute &&
        (next == '=' || absl::ascii_isalnum(static_cast<uint8_t>(next)))) {
      return 0;
    }
    out.append(entity->bytes.data(), entity->size);
    return size + 1;
  }
  return 0;
}

void AppendDecodedHtml(absl::string_view text, bool in_attribute,
                       std::string& out) {
  while (!text.empty()) {
    const size_t amp = std::min(text.find('&'), text.size());
    out.append(text.data(), amp);
    text.remove_prefix(amp);
    if (text.empty()) return;
    const size_t taken = DecodeHtmlReference(text, in_attribute, out);
    if (taken == 0) out.push_back('&');
    text.remove_prefix(std::max<size_t>(taken, 1));
  }
}

}  // namespace wiredesk
