#include "stages/dedupe/sketch/sighting.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "stages/dedupe/sketch/byte_coding.h"

namespace wiredesk {
namespace {

constexpr uint64_t kMagic = 0x4457;  // "WD"
constexpr size_t kHeaderSize = 12;
constexpr int kFingerprintBytes = 5;
constexpr int kShingleBytes = 5;
constexpr int kFactBytes = 3;
constexpr int kTermBytes = 6;

// Bits of a sighting's flags.
constexpr uint64_t kCanceled = 1;
constexpr uint64_t kCorrection = 2;
constexpr uint64_t kShort = 4;
constexpr uint64_t kHeadlineOnly = 8;
constexpr uint64_t kHasEventTime = 16;

// Bits of a decision's flags.
constexpr uint64_t kReplay = 1;
constexpr uint64_t kIndexed = 2;

absl::Status CutShort(absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("the sighting log holds a ", what,
                   " that is cut short or of another version"));
}

void WriteHeader(EntryKind kind, const SightingFormat& format,
                 ByteWriter& out) {
  out.Fixed(kMagic, 2);
  out.Fixed(kSightingFormatVersion, 1);
  out.Fixed(static_cast<uint64_t>(kind), 1);
  out.Fixed(format.format, 4);
  out.Fixed(format.limits, 4);
}

void WriteId(const RecordId& id, ByteWriter& out) {
  out.Fixed(id.high, 8);
  out.Fixed(id.low, 8);
}

RecordId ReadId(ByteReader& in) {
  RecordId id;
  id.high = in.Fixed(8);
  id.low = in.Fixed(8);
  return id;
}

void WriteLists(const Sighting& s, ByteWriter& out) {
  out.Varint(s.fingerprints.size());
  char* at = out.Extend(s.fingerprints.size() * kFingerprintBytes);
  for (uint64_t fingerprint : s.fingerprints) {
    StoreFixed(fingerprint, kFingerprintBytes, at);
    at += kFingerprintBytes;
  }
  out.Varint(s.sample.size());
  at = out.Extend(s.sample.size() * kShingleBytes);
  for (const SampledShingle& shingle : s.sample) {
    StoreFixed(shingle.hash | static_cast<uint64_t>(shingle.level) << 28 |
                   static_cast<uint64_t>(shingle.place) << 32,
               kShingleBytes, at);
    at += kShingleBytes;
  }
  out.Varint(s.facts.size());
  at = out.Extend(s.facts.size() * kFactBytes);
  for (const FactSlot& slot : s.facts) {
    StoreFixed(slot.context | static_cast<uint64_t>(slot.value) << 16,
               kFactBytes, at);
    at += kFactBytes;
  }
  out.Varint(s.terms.size());
  at = out.Extend(s.terms.size() * kTermBytes);
  for (const StoryTerm& term : s.terms) {
    StoreFixed(term.hash | static_cast<uint64_t>(term.weight) << 32 |
                   static_cast<uint64_t>(term.word_class) << 40,
               kTermBytes, at);
    at += kTermBytes;
  }
}

void ReadLists(ByteReader& in, Sighting& s) {
  s.fingerprints.resize(in.Count(kFingerprintsMax));
  const char* at = in.Take(s.fingerprints.size() * kFingerprintBytes);
  if (at == nullptr) return;
  for (uint64_t& fingerprint : s.fingerprints) {
    fingerprint = LoadFixed(at, kFingerprintBytes);
    at += kFingerprintBytes;
  }
  s.sample.resize(in.Count(kSampleMax));
  at = in.Take(s.sample.size() * kShingleBytes);
  if (at == nullptr) return;
  for (SampledShingle& shingle : s.sample) {
    const uint64_t packed = LoadFixed(at, kShingleBytes);
    at += kShingleBytes;
    shingle.hash = packed & kSampleHashMask;
    shingle.level = static_cast<uint8_t>(packed >> 28 & 15);
    shingle.place = static_cast<uint8_t>(packed >> 32);
  }
  s.facts.resize(in.Count(kFactSlotsMax));
  at = in.Take(s.facts.size() * kFactBytes);
  if (at == nullptr) return;
  for (FactSlot& slot : s.facts) {
    const uint64_t packed = LoadFixed(at, kFactBytes);
    at += kFactBytes;
    slot.context = static_cast<uint16_t>(packed);
    slot.value = static_cast<uint8_t>(packed >> 16);
  }
  s.terms.resize(in.Count(kTermsMax));
  at = in.Take(s.terms.size() * kTermBytes);
  if (at == nullptr) return;
  for (StoryTerm& term : s.terms) {
    const uint64_t packed = LoadFixed(at, kTermBytes);
    at += kTermBytes;
    term.hash = static_cast<uint32_t>(packed);
    term.weight = static_cast<uint8_t>(packed >> 32);
    term.word_class = static_cast<uint8_t>(packed >> 40);
  }
}

}  // namespace

void Decision::Clear() {
  std::vector<uint8_t> rare_bits = std::move(rare);
  std::vector<uint8_t> weights = std::move(term_weights);
  std::vector<ReusedText> passages = std::move(reused);
  rare_bits.clear();
  weights.clear();
  passages.clear();
  *this = Decision();
  rare = std::move(rare_bits);
  term_weights = std::move(weights);
  reused = std::move(passages);
}

void EncodeSighting(const Sighting& s, const SightingFormat& format,
                    std::string& bytes) {
  bytes.clear();
  bytes.reserve(160 + 5 * s.fingerprints.size() + 5 * s.sample.size() +
                3 * s.facts.size() + 6 * s.terms.size());
  ByteWriter out(bytes);
  WriteHeader(EntryKind::kSighting, format, out);
  WriteId(s.id, out);
  out.Fixed(s.origin, 8);
  out.Fixed(s.guid, 8);
  out.Fixed(s.url, 8);
  WriteId(s.text, out);
  out.Fixed(s.content, 4);
  out.Fixed(s.headline, 8);
  out.Fixed(s.subject, 8);
  out.Fixed(s.provider, 4);
  out.Varint((s.canceled ? kCanceled : 0) | (s.correction ? kCorrection : 0) |
             (s.is_short ? kShort : 0) | (s.headline_only ? kHeadlineOnly : 0) |
             (s.event_time.has_value() ? kHasEventTime : 0));
  out.Signed(s.published_version);
  if (s.event_time.has_value()) out.Signed(*s.event_time);
  out.Varint(s.shingles);
  out.Varint(s.sample_rate);
  WriteLists(s, out);
  if (!s.is_short) return;
  out.Fixed(s.short_text.subject, 8);
  out.Fixed(s.short_text.words[0], 8);
  out.Fixed(s.short_text.words[1], 8);
  out.Fixed(s.short_text.rare, 8);
  out.Fixed(s.short_text.numbers, 4);
  out.Fixed(s.short_text.number_count, 1);
}

absl::Status DecodeHeader(absl::string_view entry, EntryHeader& header) {
  ByteReader in(entry);
  const uint64_t magic = in.Fixed(2);
  const uint64_t version = in.Fixed(1);
  const uint64_t kind = in.Fixed(1);
  header.kind = static_cast<EntryKind>(kind);
  header.format.format = static_cast<uint32_t>(in.Fixed(4));
  header.format.limits = static_cast<uint32_t>(in.Fixed(4));
  if (!in.ok() || magic != kMagic || version != kSightingFormatVersion ||
      kind < 1 || kind > 3) {
    return CutShort("record");
  }
  return absl::OkStatus();
}

absl::Status DecodeSighting(absl::string_view entry, Sighting& s) {
  if (entry.size() < kHeaderSize) return CutShort("sighting");
  ByteReader in(entry.substr(kHeaderSize));
  s.id = ReadId(in);
  s.origin = in.Fixed(8);
  s.guid = in.Fixed(8);
  s.url = in.Fixed(8);
  s.text = ReadId(in);
  s.content = static_cast<uint32_t>(in.Fixed(4));
  s.headline = in.Fixed(8);
  s.subject = in.Fixed(8);
  s.provider = static_cast<uint32_t>(in.Fixed(4));
  const uint64_t flags = in.Varint();
  s.canceled = (flags & kCanceled) != 0;
  s.correction = (flags & kCorrection) != 0;
  s.is_short = (flags & kShort) != 0;
  s.headline_only = (flags & kHeadlineOnly) != 0;
  s.published_version = static_cast<int32_t>(in.Signed());
  s.event_time.reset();
  if ((flags & kHasEventTime) != 0) s.event_time = in.Signed();
  s.shingles = static_cast<uint32_t>(in.Varint());
  s.sample_rate = static_cast<uint8_t>(in.Varint());
  ReadLists(in, s);
  s.short_text = {};
  if (s.is_short) {
    s.short_text.subject = in.Fixed(8);
    s.short_text.words[0] = in.Fixed(8);
    s.short_text.words[1] = in.Fixed(8);
    s.short_text.rare = in.Fixed(8);
    s.short_text.numbers = static_cast<uint32_t>(in.Fixed(4));
    s.short_text.number_count = static_cast<uint8_t>(in.Fixed(1));
  }
  if (!in.done() || s.sample_rate > 32) return CutShort("sighting");
  return absl::OkStatus();
}

std::string EncodeJoin(uint64_t process, const SightingFormat& format) {
  std::string bytes;
  ByteWriter out(bytes);
  WriteHeader(EntryKind::kJoin, format, out);
  out.Fixed(process, 8);
  return bytes;
}

absl::Status DecodeJoin(absl::string_view entry, uint64_t& process) {
  if (entry.size() < kHeaderSize) return CutShort("join");
  ByteReader in(entry.substr(kHeaderSize));
  process = in.Fixed(8);
  return in.done() ? absl::OkStatus() : CutShort("join");
}

std::string EncodeWriteBack(int64_t horizon,
                            const std::vector<absl::string_view>& decisions,
                            const SightingFormat& format) {
  std::string bytes;
  ByteWriter out(bytes);
  WriteHeader(EntryKind::kWriteBack, format, out);
  out.Signed(horizon);
  out.Varint(decisions.size());
  for (const absl::string_view decision : decisions) out.Bytes(decision);
  return bytes;
}

absl::Status DecodeWriteBack(absl::string_view entry, int64_t& horizon,
                             std::vector<absl::string_view>& decisions) {
  if (entry.size() < kHeaderSize) return CutShort("write-back");
  ByteReader in(entry.substr(kHeaderSize));
  horizon = in.Signed();
  decisions.resize(in.Count(entry.size()));
  for (absl::string_view& decision : decisions) decision = in.Bytes();
  return in.done() ? absl::OkStatus() : CutShort("write-back");
}

void EncodeDecision(const Decision& d, std::string& bytes) {
  bytes.clear();
  bytes.reserve(112 + 24 * d.reused.size() + d.rare.size() +
                d.term_weights.size());
  ByteWriter out(bytes);
  out.Varint(static_cast<uint64_t>(d.position));
  out.Fixed(static_cast<uint64_t>(d.verdict) | static_cast<uint64_t>(d.reason)
                                                   << 4,
            1);
  out.Varint(d.similarity);
  out.Varint(d.novelty);
  WriteId(d.cluster, out);
  out.Varint(d.cluster_size);
  const bool own_story = d.story == d.cluster;
  out.Fixed((d.replay ? kReplay : 0) | (d.indexed ? kIndexed : 0) |
                (own_story ? 4 : 0),
            1);
  if (!own_story) WriteId(d.story, out);
  out.Varint(d.story_size);
  out.Signed(d.event_time);
  out.Signed(d.first_seen);
  out.Varint(d.version);
  out.Varint(d.reused.size());
  for (const ReusedText& one : d.reused) {
    WriteId(one.of, out);
    out.Varint(one.share);
    out.Varint(one.words);
  }
  out.Varint(d.clock);
  out.Varint(d.generation);
  out.Varint(d.article);
  out.Varint(d.text);
  out.Varint(d.cluster_number);
  out.Varint(d.story_number);
  out.Bytes({reinterpret_cast<const char*>(d.rare.data()), d.rare.size()});
  out.Bytes({reinterpret_cast<const char*>(d.term_weights.data()),
             d.term_weights.size()});
}

absl::Status DecodePosition(absl::string_view bytes, int64_t& position) {
  ByteReader in(bytes);
  position = static_cast<int64_t>(in.Varint());
  return in.ok() ? absl::OkStatus() : CutShort("decision");
}

absl::Status DecodeDecision(absl::string_view bytes, Decision& d) {
  ByteReader in(bytes);
  d.position = static_cast<int64_t>(in.Varint());
  const uint64_t verdict = in.Fixed(1);
  d.verdict = static_cast<Verdict>(verdict & 15);
  d.reason = static_cast<MatchReason>(verdict >> 4);
  d.similarity = static_cast<uint16_t>(in.Varint());
  d.novelty = static_cast<uint16_t>(in.Varint());
  d.cluster = ReadId(in);
  d.cluster_size = static_cast<uint32_t>(in.Varint());
  const uint64_t flags = in.Fixed(1);
  d.replay = (flags & kReplay) != 0;
  d.indexed = (flags & kIndexed) != 0;
  d.story = (flags & 4) != 0 ? d.cluster : ReadId(in);
  d.story_size = static_cast<uint32_t>(in.Varint());
  d.event_time = in.Signed();
  d.first_seen = in.Signed();
  d.version = static_cast<uint32_t>(in.Varint());
  d.reused.resize(in.Count(kReusedMax));
  for (ReusedText& one : d.reused) {
    one.of = ReadId(in);
    one.share = static_cast<uint16_t>(in.Varint());
    one.words = static_cast<uint32_t>(in.Varint());
  }
  d.clock = static_cast<uint32_t>(in.Varint());
  d.generation = static_cast<uint32_t>(in.Varint());
  d.article = in.Varint();
  d.text = in.Varint();
  d.cluster_number = in.Varint();
  d.story_number = in.Varint();
  const absl::string_view rare = in.Bytes();
  d.rare.assign(rare.begin(), rare.end());
  const absl::string_view weights = in.Bytes();
  d.term_weights.assign(weights.begin(), weights.end());
  if (!in.done() || (verdict & 15) > 4 || verdict >> 4 > 5 ||
      d.rare.size() > kSampleMax / 8 || d.term_weights.size() > kTermsMax) {
    return CutShort("decision");
  }
  return absl::OkStatus();
}

}  // namespace wiredesk
