#include "stages/tag/gazetteer/gazetteer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kKindTexts[kNameKinds] = {
    "country", "admin1",   "admin2",       "city",    "region",
    "feature", "person",   "organization", "event",   "agreement",
    "product", "facility", "threat-actor", "malware", "other"};

struct ClassName {
  absl::string_view text;
  uint32_t value;
};
constexpr ClassName kClassNames[] = {{"common", kClassCommon},
                                     {"given-name", kClassGiven},
                                     {"person-name", kClassName},
                                     {"title", kClassTitle},
                                     {"title-modifier", kClassTitleModifier},
                                     {"occupation", kClassOccupation},
                                     {"organization-head", kClassOrgHead},
                                     {"place-head", kClassPlaceHead},
                                     {"facility-head", kClassFacilityHead},
                                     {"event-head", kClassEventHead},
                                     {"agreement-head", kClassAgreementHead},
                                     {"place-cue", kClassPlaceCue},
                                     {"speech-verb", kClassSpeech},
                                     {"calendar", kClassCalendar},
                                     {"particle", kClassParticle},
                                     {"function", kClassFunction},
                                     {"surname-first", kClassSurnameFirst},
                                     {"organization-noun", kClassOrgNoun},
                                     {"place-noun", kClassPlaceNoun},
                                     {"company-suffix", kClassCompanySuffix},
                                     {"abbreviation", kClassAbbreviation},
                                     {"event-noun", kClassEventNoun},
                                     {"team", kClassTeam},
                                     {"person-verb", kClassPersonVerb},
                                     {"no-name", kClassNoName},
                                     {"adherent", kClassAdherent}};

bool IsPowerOfTwo(uint64_t n) { return n >= 2 && std::has_single_bit(n); }

// The size of `count` items of `size` bytes, or none where it overflows any
// file.
bool TakeTable(uint64_t count, size_t size, uint64_t& offset, uint64_t end) {
  if (count > end / size || count * size > end - offset) return false;
  offset += (count * size + 7) / 8 * 8;
  return offset <= end;
}

absl::Status Damaged(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(
      "gazetteer: ", what, "; rebuild it with `wiredesk gazetteer build`"));
}

}  // namespace

absl::string_view NameKindText(NameKind kind) {
  return kKindTexts[static_cast<int>(kind)];
}

bool ParseNameKind(absl::string_view text, NameKind& kind) {
  const auto* found = std::find(kKindTexts, kKindTexts + kNameKinds, text);
  if (found == kKindTexts + kNameKinds) return false;
  kind = static_cast<NameKind>(found - kKindTexts);
  return true;
}

uint32_t ParseWordClass(absl::string_view text) {
  for (const ClassName& name : kClassNames) {
    if (name.text == text) return name.value;
  }
  return 0;
}

absl::StatusOr<std::shared_ptr<const Gazetteer>> Gazetteer::Open(
    const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno)));
  }
  struct stat info = {};
  void* mapping = MAP_FAILED;
  if (fstat(file, &info) == 0 && info.st_size > 0) {
    mapping = mmap(nullptr, info.st_size, PROT_READ, MAP_SHARED, file, 0);
  }
  close(file);
  if (mapping == MAP_FAILED) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": cannot be mapped, or is empty"));
  }
  std::shared_ptr<Gazetteer> gazetteer(new Gazetteer);
  gazetteer->mapping_ = mapping;
  gazetteer->data_ = {static_cast<const char*>(mapping),
                      static_cast<size_t>(info.st_size)};
  const absl::Status status = gazetteer->Init();
  if (!status.ok()) {
    return absl::Status(status.code(),
                        absl::StrCat(path, ": ", status.message()));
  }
  return gazetteer;
}

absl::StatusOr<std::shared_ptr<const Gazetteer>> Gazetteer::FromBytes(
    std::string bytes) {
  std::shared_ptr<Gazetteer> gazetteer(new Gazetteer);
  gazetteer->owned_ = std::move(bytes);
  gazetteer->data_ = gazetteer->owned_;
  WD_RETURN_IF_ERROR(gazetteer->Init());
  return gazetteer;
}

Gazetteer::~Gazetteer() {
  if (mapping_ != nullptr) munmap(mapping_, data_.size());
  if (lifted_ != nullptr) munmap(lifted_, lifted_bytes_);
}

// Slots are probed all over a large table, so that the processor waits for the
// address of each page, too. A file cannot be mapped with large pages; a copy
// can. What it was made of is given back.
void Gazetteer::LiftSlots() {
#ifdef MADV_HUGEPAGE
  constexpr size_t kLargePage = size_t{2} << 20;
  constexpr size_t kPage = 4096;
  const size_t bytes = (slot_mask_ + 1) * sizeof(GazetteerSlot);
  if (mapping_ == nullptr || bytes < kLargePage) return;
  void* const memory = mmap(nullptr, bytes + kLargePage, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return;
  lifted_ = memory;
  lifted_bytes_ = bytes + kLargePage;
  const auto address = reinterpret_cast<uintptr_t>(memory);
  char* const copy = static_cast<char*>(memory) +
                     ((kLargePage - address % kLargePage) % kLargePage);
  madvise(copy, bytes, MADV_HUGEPAGE);
  std::memcpy(copy, slots_, bytes);
  const char* const file = static_cast<const char*>(mapping_);
  const size_t begin =
      (reinterpret_cast<const char*>(slots_) - file + kPage - 1) / kPage *
      kPage;
  madvise(static_cast<char*>(mapping_) + begin, bytes / kPage * kPage - kPage,
          MADV_DONTNEED);
  slots_ = reinterpret_cast<const GazetteerSlot*>(copy);
#endif
}

absl::Status Gazetteer::Init() {
  GazetteerHeader header;
  if (data_.size() < sizeof(header)) return Damaged("too short");
  std::memcpy(&header, data_.data(), sizeof(header));
  if (std::memcmp(header.magic, "WDGAZ\0\0\0", 8) != 0) {
    return Damaged("no compiled gazetteer");
  }
  if (header.format != kGazetteerFormat ||
      header.words_version != kWordsVersion) {
    return Damaged("made by another version");
  }
  const char* const base = data_.data();
  const uint64_t end = data_.size();
  uint64_t at = sizeof(header);
  const auto take = [&](uint64_t count, size_t size) -> const char* {
    const uint64_t begin = at;
    return TakeTable(count, size, at, end) ? base + begin : nullptr;
  };
  const char* slots = take(header.slots, sizeof(GazetteerSlot));
  const char* lexicon = take(header.lexicon, sizeof(LexiconWord));
  const char* senses = take(header.senses, sizeof(GazetteerSense));
  const char* entries = take(header.entries, sizeof(GazetteerEntry));
  const char* texts = take(header.text_bytes, 1);
  if (slots == nullptr || lexicon == nullptr || senses == nullptr ||
      entries == nullptr || texts == nullptr || at != end ||
      !IsPowerOfTwo(header.slots) || !IsPowerOfTwo(header.lexicon)) {
    return Damaged("sizes do not fit");
  }
  // The sum of a mapped file would read all of it, and most of its texts are
  // never asked for. CheckTables() sees that no damage leads out of the tables.
  if (mapping_ == nullptr &&
      XXH3_64bits(base + sizeof(header), end - sizeof(header)) !=
          header.checksum) {
    return Damaged("checksum does not fit");
  }
  slots_ = reinterpret_cast<const GazetteerSlot*>(slots);
  slot_mask_ = header.slots - 1;
  slot_shift_ = 64 - std::countr_zero(header.slots);
  lexicon_ = reinterpret_cast<const LexiconWord*>(lexicon);
  lexicon_mask_ = header.lexicon - 1;
  lexicon_shift_ = 64 - std::countr_zero(header.lexicon);
  senses_ = {reinterpret_cast<const GazetteerSense*>(senses),
             static_cast<size_t>(header.senses)};
  entries_ = {reinterpret_cast<const GazetteerEntry*>(entries),
              static_cast<size_t>(header.entries)};
  texts_ = {texts, static_cast<size_t>(header.text_bytes)};
  for (uint64_t i = 0; i <= lexicon_mask_; ++i) {
    const LexiconWord& word = lexicon_[i];
    if ((word.classes & kClassLowerStart) == 0) continue;
    small_starts_[(word.tag >> 6) % kSmallWords] |= uint64_t{1}
                                                    << (word.tag & 63);
  }
  version_ = absl::StrCat(absl::Hex(header.checksum, absl::kZeroPad16));
  WD_RETURN_IF_ERROR(CheckTables());
  LiftSlots();
  return absl::OkStatus();
}

absl::Status Gazetteer::CheckTables() const {
  // Millions are looked at before the program starts, so without branches.
  const uint64_t senses = senses_.size();
  bool free_slot = false;
  bool beyond = false;
  for (uint64_t i = 0; i <= slot_mask_; ++i) {
    const GazetteerSlot& slot = slots_[i];
    free_slot |= slot.hash == 0;
    beyond |= uint64_t{slot.senses} + slot.count > senses;
  }
  if (beyond) return Damaged("a name without senses");
  bool free_word = false;
  for (uint64_t i = 0; i <= lexicon_mask_; ++i) {
    free_word |= lexicon_[i].classes == 0;
  }
  // A search of a full table would not end.
  if (!free_slot || !free_word) return Damaged("a table is full");
  for (const GazetteerSense& sense : senses_) {
    if (sense.entry >= entries_.size() || sense.country >= kCountryNumbers ||
        sense.kind != entries_[sense.entry].kind) {
      return Damaged("a sense of nothing");
    }
  }
  for (const GazetteerEntry& entry : entries_) {
    if (static_cast<int>(entry.kind) >= kNameKinds) {
      return Damaged("an entry of unknown kind");
    }
  }
  return absl::OkStatus();
}

void Gazetteer::MarkWords(WordMarker& marker) const {
  for (uint64_t i = 0; i <= lexicon_mask_; ++i) {
    const LexiconWord& word = lexicon_[i];
    if (word.classes == 0) continue;
    marker.Add(word.tag, kWordNoContext);
    if ((word.classes & kClassLowerStart) != 0) {
      marker.Add(word.tag, kWordNoStart);
    }
  }
}

absl::string_view Gazetteer::text(uint32_t offset) const {
  if (offset == 0 || offset + size_t{2} > texts_.size()) return {};
  const auto low = static_cast<uint8_t>(texts_[offset]);
  const auto high = static_cast<uint8_t>(texts_[offset + 1]);
  return texts_.substr(offset + 2, low | high << 8);
}

}  // namespace wiredesk
