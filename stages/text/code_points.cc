#include "stages/text/code_points.h"

#include <cstring>

namespace wiredesk {
namespace {

// Scripts that put no space between words.
constexpr CodePointRange kUnspaced[] = {
    {0xE00, 0xEFF},     {0x1000, 0x109F},  {0x1780, 0x17FF}, {0x19E0, 0x19FF},
    {0x3005, 0x3007},   {0x3021, 0x3029},  {0x3031, 0x3035}, {0x3038, 0x303C},
    {0x3041, 0x312F},   {0x31A0, 0x31FF},  {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},
    {0xA9E0, 0xA9FF},   {0xAA60, 0xAA7F},  {0xF900, 0xFAFF}, {0xFF66, 0xFF9F},
    {0x1AFF0, 0x1B16F}, {0x20000, 0x323AF}};

// Combining accents, Hebrew points, Arabic vowel signs and the stretching bar.
constexpr CodePointRange kDropped[] = {
    {0x300, 0x36F}, {0x591, 0x5C7},   {0x640, 0x640},  {0x64B, 0x65F},
    {0x670, 0x670}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}};

}  // namespace

CodePointTable::CodePointTable() : entries_(new uint32_t[kLast + 1]()) {
  for (uint32_t c = 0; c < 0x80; ++c) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool lower = c >= 'a' && c <= 'z';
    const bool word = upper || lower || (c >= '0' && c <= '9');
    entries_[c] = (word ? kIsWord | c | 0x20 : c) | (upper ? kIsUpper : 0);
  }
  for (size_t i = 0; i < kWordRangeCount; ++i) {
    const CodePointRange& range = kWordRanges[i];
    for (uint32_t c = range.first; c <= range.last; ++c) {
      entries_[c] = kIsWord | c;
    }
  }
  Mark(kUnspaced, kIsCodePoint);
  Mark(kDropped, kIsDropped);
  AddRuns();
  AddGroups();
}

void CodePointTable::Mark(absl::Span<const CodePointRange> ranges,
                          uint32_t bit) {
  for (const CodePointRange& range : ranges) {
    for (uint32_t c = range.first; c <= range.last; ++c) {
      if ((entries_[c] & kIsWord) != 0) entries_[c] |= bit;
    }
  }
}

void CodePointTable::AddRuns() {
  for (size_t i = 0; i < kUpperRunCount; ++i) {
    const CodePointRun& run = kUpperRuns[i];
    for (uint32_t c = run.first; c <= run.last; c += run.stride) {
      entries_[c] |= kIsUpper;
    }
  }
  for (size_t i = 0; i < kCaseRunCount; ++i) {
    const CodePointRun& run = kCaseRuns[i];
    for (uint32_t c = run.first; c <= run.last; c += run.stride) {
      entries_[c] = (entries_[c] & ~kValueMask) | (c + run.delta);
    }
  }
}

void CodePointTable::AddGroups() {
  for (size_t i = 0; i < kFoldGroupCount; ++i) {
    expansions_.emplace_back(kFoldGroups[i].target);
    const char* p = kFoldGroups[i].members;
    const char* end = p + std::strlen(p);
    while (p < end) {
      const CodePoint c = DecodeUtf8(p, end);
      p += c.bytes;
      entries_[c.value] = (entries_[c.value] & ~kValueMask) | kExpands |
                          static_cast<uint32_t>(i);
    }
  }
}

}  // namespace wiredesk
