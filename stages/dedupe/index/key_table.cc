#include "stages/dedupe/index/key_table.h"

#include <cstring>

namespace wiredesk {

uint32_t KeyTable::Find(uint64_t key) const {
  const auto tag = static_cast<uint32_t>(key);
  for (const Entry& entry : buckets_[BucketOf(key)].entries) {
    if (entry.tag == tag && entry.number != 0) return entry.number;
  }
  return 0;
}

void KeyTable::Insert(uint64_t key, uint32_t number) {
  Entry* entries = buckets_[BucketOf(key)].entries;
  const auto tag = static_cast<uint32_t>(key);
  size_t place = 0;
  while (place < kEntries - 1 &&
         (entries[place].tag != tag || entries[place].number == 0)) {
    ++place;
  }
  std::memmove(&entries[1], &entries[0], place * sizeof(Entry));
  entries[0] = {tag, number};
}

}  // namespace wiredesk
