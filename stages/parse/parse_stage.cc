#include "stages/parse/parse_stage.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "config/base/unpack.h"
#include "stages/parse/bytes/charset.h"
#include "stages/parse/draft/dateline.h"
#include "stages/parse/url/canonical.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kStage = "parse";

absl::string_view FindHeader(const RawRecord& raw, absl::string_view name) {
  for (const Header& header : raw.headers) {
    if (absl::EqualsIgnoreCase(header.name, name)) return header.value;
  }
  return {};
}

bool IsBlank(absl::string_view bytes) {
  for (const char c : bytes) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\0') {
      return false;
    }
  }
  return true;
}

// JSON in UTF-8 checks its own encoding; the cheap way around the charsets.
bool IsPlainJson(absl::string_view bytes) {
  absl::ConsumePrefix(&bytes, "\xEF\xBB\xBF");
  const absl::string_view text = absl::StripLeadingAsciiWhitespace(bytes);
  return text.size() >= 2 && (text[0] == '{' || text[0] == '[') &&
         text[1] != '\0';
}

// Producers with a schema registry put a zero byte and the id of a schema, four
// bytes, before their JSON.
absl::string_view WithoutSchemaId(absl::string_view bytes) {
  constexpr size_t kFramingBytes = 5;
  if (bytes.size() <= kFramingBytes || bytes[0] != '\0') return bytes;
  const absl::string_view framed = bytes.substr(kFramingBytes);
  return IsPlainJson(framed) ? framed : bytes;
}

std::string DetailOf(const ParseError& error) {
  if (error.position < 0) return std::string(error.detail);
  return absl::StrCat(error.detail, ", at byte ", error.position);
}

// The same time of day in another zone, for a time that had none of its own.
void MoveToZone(const absl::TimeZone& zone, std::optional<ParsedTime>& time) {
  if (!time.has_value() || time->has_zone) return;
  const absl::CivilSecond civil =
      absl::ToCivilSecond(time->instant, absl::FixedTimeZone(time->offset));
  time->instant = absl::FromCivil(civil, zone);
  time->offset = zone.At(time->instant).offset;
}

// Everything that makes this version of this article, each part with its
// length, so that no two articles give the same bytes.
RecordId HashArticle(const Article& article) {
  XXH3_state_t state;
  XXH3_128bits_reset(&state);
  const auto add = [&state](absl::string_view part) {
    const uint64_t size = part.size();
    XXH3_128bits_update(&state, &size, sizeof(size));
    XXH3_128bits_update(&state, part.data(), part.size());
  };
  add(article.guid);
  add(article.canonical_url.empty() ? article.url : article.canonical_url);
  add(article.provider.domain.empty() ? article.provider.name
                                      : article.provider.domain);
  add(article.headline);
  add(article.body);
  const int64_t numbers[] = {article.version,
                             static_cast<int64_t>(article.status),
                             article.published_at.has_value()
                                 ? absl::ToUnixSeconds(*article.published_at)
                                 : INT64_MIN};
  XXH3_128bits_update(&state, numbers, sizeof(numbers));
  const XXH128_hash_t hash = XXH3_128bits_digest(&state);
  return {hash.high64, hash.low64 | (hash.high64 == 0 ? 1 : 0)};
}

// "+09:00".
std::string ZoneText(int32_t seconds) {
  const int32_t minutes = std::abs(seconds) / 60;
  return absl::StrFormat("%c%02d:%02d", seconds < 0 ? '-' : '+', minutes / 60,
                         minutes % 60);
}

void FillTimes(const ArticleDraft& draft, Article& article) {
  if (draft.published.has_value()) {
    article.published_at = draft.published->instant;
    article.published_precision = draft.published->precision;
    article.published_offset = draft.published->offset;
  }
  if (draft.updated.has_value()) article.updated_at = draft.updated->instant;
  if (draft.embargoed.has_value()) {
    article.embargoed_until = draft.embargoed->instant;
  }
}

}  // namespace

ParseStage::ParseStage(std::shared_ptr<const ParseRules> rules,
                       ParseTrace* trace)
    : rules_(std::move(rules)), trace_(trace) {}

absl::Status ParseStage::Process(Batch& batch) {
  const auto count = static_cast<uint32_t>(batch.raw_records().size());
  for (uint32_t raw = 0; raw < count; ++raw) {
    if (!batch.raw_records()[raw].dead_letter) ParseRecord(batch, raw);
  }
  return absl::OkStatus();
}

void ParseStage::ParseRecord(Batch& batch, uint32_t raw) {
  static const ParseRules::Topic& no_topic = *new ParseRules::Topic;
  const Origin origin = batch.raw_records()[raw].origin;
  const auto found = rules_->topics.find(origin.topic);
  const ParseRules::Topic& topic =
      found != rules_->topics.end() ? found->second : no_topic;
  const ParseRules::Provider& settings =
      found != rules_->topics.end() ? topic.provider : rules_->fallback;
  ParseContext context;
  context.limits = rules_->limits;
  context.json_mapping = &rules_->mapping;
  context.parse_nested = &ParseUnlessJson;
  context.arena = batch.arena();
  batch.BeginWork(raw, -1);
  context.meter = &batch.meter();
  context.trace = trace_;
  context.zone = settings.zone;
  context.has_zone = settings.has_zone;
  InputFormat format = topic.format;
  absl::string_view bytes;
  if (!Prepare(batch, raw, context, format, bytes)) return;

  drafts_.clear();
  report_ = {};
  ParserOf(format)(bytes, context, drafts_, report_);
  AddDrafts(batch, raw, settings);
  RawRecord& record = batch.mutable_raw_records()[raw];
  if (report_.malformed) record.malformed = true;
  record.unused_keys = batch.Copy(report_.unused);
}

// Each item of the record becomes an article, or is counted as lost and told of
// by the dead letter.
void ParseStage::AddDrafts(Batch& batch, uint32_t raw,
                           const ParseRules::Provider& settings) {
  const bool single = drafts_.size() == 1;
  size_t added = 0;
  for (ArticleDraft& draft : drafts_) {
    if (!draft.headline.empty() || !draft.body.empty()) {
      AddDraft(batch, raw, settings, draft);
      ++added;
    } else if (!single) {
      report_.Add(ParseReason::kNoText, "an item without headline and body", -1,
                  draft.item);
    }
  }
  const ParseError* first = nullptr;
  uint64_t lost = report_.left_out;
  for (const ParseError& error : report_.errors) {
    if (error.item < 0) {
      report_.malformed |= added > 0;
      continue;
    }
    ++lost;
    if (first == nullptr) first = &error;
  }
  batch.mutable_raw_records()[raw].lost_items = lost;
  if (added == 0) {
    ParseError error;
    error.detail = "nothing in it looks like an article";
    if (!drafts_.empty()) {
      error.reason = ParseReason::kNoText;
      error.detail = "an article without headline and body";
    }
    if (!report_.errors.empty()) error = report_.errors.front();
    batch.DeadLetter(raw, kStage, ParseReasonName(error.reason),
                     DetailOf(error));
  } else if (first != nullptr) {
    std::string detail = DetailOf(*first);
    if (lost > 1) {
      absl::StrAppend(&detail, "; ", lost, " items in all gave no article");
    }
    batch.DeadLetter(raw, kStage, ParseReasonName(first->reason), detail,
                     first->item);
  }
}

bool ParseStage::Prepare(Batch& batch, uint32_t raw, ParseContext& context,
                         InputFormat& format, absl::string_view& bytes) {
  const RawRecord& record = batch.raw_records()[raw];
  const auto dead = [&](ParseReason reason, absl::string_view detail) {
    batch.DeadLetter(raw, kStage, ParseReasonName(reason), detail);
    return false;
  };
  context.content_type = FindHeader(record, "content-type");
  if (context.content_type.empty()) {
    context.content_type = FindHeader(record, "ce_datacontenttype");
  }
  context.url = FindHeader(record, "url");
  context.last_modified = FindHeader(record, "last-modified");
  bytes = record.value;
  if (bytes.size() > context.limits.record_bytes_max) {
    return dead(ParseReason::kTooLarge, "longer than parse.record_bytes_max");
  }
  if (const Packing packing = PackingOf(bytes); packing != Packing::kNone) {
    const UnpackResult result =
        Unpack(bytes, packing, context.limits.unpacked_bytes_max, storage_);
    if (result == UnpackResult::kTooLarge) {
      return dead(ParseReason::kTooLarge,
                  "unpacks to more than parse.unpacked_bytes_max");
    }
    if (result == UnpackResult::kBroken) {
      return dead(ParseReason::kBadPacking, "broken gzip or zstd");
    }
    bytes = batch.Copy(absl::string_view(storage_));
  }
  if (IsBlank(bytes)) return dead(ParseReason::kEmpty, "no content");
  bytes = WithoutSchemaId(bytes);
  const absl::string_view charset = CharsetOfContentType(context.content_type);
  if (!IsPlainJson(bytes) || !charset.empty()) {
    const Utf8Text decoded = DecodeToUtf8(bytes, charset, storage_);
    const bool json = IsPlainJson(bytes);
    if (decoded.repaired) batch.mutable_raw_records()[raw].malformed = true;
    const bool views_input = decoded.text.data() >= bytes.data() &&
                             decoded.text.data() <= bytes.data() + bytes.size();
    // JSON that is valid as it is stays so, whatever the header says.
    if (!json || FindInvalidUtf8(bytes) < bytes.size()) {
      bytes = views_input ? decoded.text : batch.Copy(decoded.text);
    }
  }
  context.padded =
      bytes.data() + bytes.size() == record.value.data() + record.value.size();
  if (format == InputFormat::kAuto) {
    format = DetectFormat(bytes, context.content_type);
  }
  if (format == InputFormat::kUnknown) {
    return dead(ParseReason::kUnsupported, "bytes of no known format");
  }
  return true;
}

void ParseStage::AddDraft(Batch& batch, uint32_t raw,
                          const ParseRules::Provider& topic,
                          ArticleDraft& draft) {
  EventRecord& record = batch.AddArticle(raw, draft.item);
  Article& article = record.article;
  article = draft.article();
  FillAddresses(batch, topic, draft, article);
  FillTimes(draft, article);
  article.body = Truncate(draft.body, rules_->limits.body_bytes_max);
  if (article.dateline.empty()) article.dateline = FindDateline(article.body);
  if (draft.published.has_value() && draft.published->has_zone) {
    article.published_zone =
        batch.Copy(absl::string_view(ZoneText(draft.published->offset)));
  }
  record.given_entities = draft.entities;
  record.given_places = draft.places;
  record.given_topics = draft.topics;
  record.id = HashArticle(article);
  const RawRecord& source = batch.raw_of(record);
  record.received_at =
      source.timestamp.has_value() ? source.timestamp : article.published_at;
  FillWords(batch, record);
}

void ParseStage::FillAddresses(Batch& batch, const ParseRules::Provider& topic,
                               ArticleDraft& draft, Article& article) {
  const std::string canonical = CanonicalUrl(
      draft.canonical_link.empty() ? draft.url : draft.canonical_link,
      rules_->tracking);
  article.canonical_url = batch.Copy(absl::string_view(canonical));
  article.dedupe_url =
      batch.Copy(absl::string_view(DedupeUrlOfCanonical(canonical)));
  Provider& provider = article.provider;
  if (provider.domain.empty() && !canonical.empty()) {
    provider.domain = batch.Copy(absl::string_view(DomainOfUrl(canonical)));
  }
  const auto apply = [&](const ParseRules::Provider& known, bool strong) {
    if (!known.name.empty() && (strong || provider.name.empty())) {
      provider.name = batch.Copy(absl::string_view(known.name));
    }
    if (!known.country.empty() && (strong || provider.country.empty())) {
      provider.country = batch.Copy(absl::string_view(known.country));
    }
  };
  if (const ParseRules::Provider* known =
          rules_->FindProvider(provider.domain)) {
    apply(*known, true);
    if (known->has_zone) {
      MoveToZone(known->zone, draft.published);
      MoveToZone(known->zone, draft.updated);
      MoveToZone(known->zone, draft.embargoed);
    }
  }
  apply(topic, false);
}

void ParseStage::FillWords(Batch& batch, EventRecord& record) {
  record.headline_words = words_.Split(record.article.headline, batch.arena());
  record.body_words = words_.Split(record.article.body, batch.arena());
}

}  // namespace wiredesk
