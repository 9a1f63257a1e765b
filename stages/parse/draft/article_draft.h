// What every format's parser gives: drafts of articles, or the reason why not.
//
// A draft is an Article of the event record before the stage has finished it:
// formats know the record and nothing else of the pipeline, so that they can be
// tested, fuzzed and measured alone. Its views point into the arena, or into the input where that holds the text
// as it is to be published; both outlive the draft.
//
// Text in a draft is finished: decoded once, without markup, and through
// CleanText (stages/text/unicode.h). Absent text is an empty view, an absent
// time is nullopt, an absent list is an empty span. URLs are absolute where a
// base is known, and otherwise as received; parse_stage.cc makes the canonical
// one and the key for dedupe of them.

#ifndef WIREDESK_STAGES_PARSE_DRAFT_ARTICLE_DRAFT_H_
#define WIREDESK_STAGES_PARSE_DRAFT_ARTICLE_DRAFT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <memory_resource>
#include <optional>
#include <type_traits>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "config/base/cost_meter.h"
#include "config/base/unused_key.h"
#include "pipeline/record/event_record.h"
#include "stages/parse/draft/parse_trace.h"
#include "stages/parse/time/feed_time.h"

namespace wiredesk {

class JsonMapping;  // stages/parse/article_json/mapping.h

// An article as its publisher gave it, with what it takes to finish it. Trivially
// destructible: a plain struct of views. Its own times, addresses and zone
// (published_at, canonical_url, dedupe_url ...) are set by the stage.
struct ArticleDraft : Article {
  uint32_t item = 0;  // its number in a feed or list, counted from 0
  absl::string_view canonical_link;  // the page's own word on it, if any
  // As read: the settings of the provider may yet give them another zone.
  std::optional<ParsedTime> published;
  std::optional<ParsedTime> updated;
  std::optional<ParsedTime> embargoed;
  // What the publisher tagged; see the makers below.
  absl::Span<const Entity> entities;
  absl::Span<const Place> places;
  absl::Span<const Topic> topics;

  const Article& article() const { return *this; }
};
static_assert(std::is_trivially_destructible_v<ArticleDraft>);

// Things that the publisher named: `id` as given, a code or URI, may be empty;
// `type` is person, organization, event, product or other.
inline Entity GivenEntity(absl::string_view id, absl::string_view type,
                          absl::string_view name) {
  return {.id = id, .type = type, .name = name, .via = "given"};
}
inline Place GivenPlace(absl::string_view id, absl::string_view name) {
  return {.id = id, .name = name, .via = "given"};
}
// `id` is "medtop:11000000", else the code as given.
inline Topic GivenTopic(absl::string_view id, absl::string_view name) {
  return {.id = id, .name = name, .score = 1};
}

// Why bytes gave no article. The names are labels of metrics and part of the
// contract for dead letters: a small fixed set.
enum class ParseReason : uint8_t {
  kEmpty,         // no bytes, or white space only
  kTooLarge,      // a limit on bytes, packed or unpacked
  kNotUtf8,       // no charset makes text of it
  kNotJson,       // broken JSON
  kNotXml,        // broken XML of which nothing could be kept
  kTooDeep,       // the limit on depth
  kTooMany,       // a limit on items, attributes or entities
  kNoArticle,     // well-formed, but nothing in it looks like an article
  kNoText,        // an article without headline and body
  kNotAnArticle,  // a login wall, a consent page, an error page
  kUnsupported,   // bytes of no format that is read here
  kBadPacking,    // gzip or zstd that does not unpack
  kBadItem,       // one item of several is broken
  kTooCostly      // it took more CPU time than a record may
};

// "empty", "too_large", ... A literal.
absl::string_view ParseReasonName(ParseReason reason);

// A failure of the whole input (item < 0), or of one item of it.
struct ParseError {
  ParseReason reason = ParseReason::kNoArticle;
  absl::string_view detail;  // for a person; a literal or in the arena
  int64_t position = -1;     // byte of the input, -1 where unknown
  int64_t item = -1;
};

// Each bounds what a single raw record may cost.
struct ParseLimits {
  size_t record_bytes_max = size_t{32} << 20;    // as it arrives
  size_t unpacked_bytes_max = size_t{64} << 20;  // of gzip and zstd
  size_t depth_max = 256;                        // of JSON and XML
  size_t articles_max = 20'000;                  // of one raw record
  size_t attributes_max = 256;                   // of one element
  size_t body_bytes_max = size_t{4} << 20;       // longer ones are cut
  size_t headline_bytes_max = 4096;              // of a headline, a name
  size_t list_items_max = 256;                   // authors, categories, tags
};

struct ParseContext;
struct ParseReport;

// Reads a document that stands within a string of another one, in any format
// but JSON. False: the bytes are JSON, or in no known format; nothing was read.
using ParseNestedFunction = bool (*)(absl::string_view bytes,
                                     const ParseContext& context,
                                     std::vector<ArticleDraft>& drafts,
                                     ParseReport& report);

// What is known of the input besides its bytes. All views may be empty.
struct ParseContext {
  absl::string_view content_type;   // of the transport, with its parameters
  absl::string_view url;            // where the document was fetched
  absl::string_view last_modified;  // the transport's, the last resort
  absl::TimeZone zone;              // for times without one
  bool has_zone = false;            // whether `zone` was configured
  ParseLimits limits;
  const JsonMapping* json_mapping = nullptr;  // nullptr: the shipped one
  // How the formats know one another; nullptr: nested documents are JSON.
  ParseNestedFunction parse_nested = nullptr;
  // Whether 64 bytes may be read behind the input, as simdjson does.
  bool padded = false;
  std::pmr::memory_resource* arena = nullptr;
  // Asked between the items of a list; null: there is no limit.
  CostMeter* meter = nullptr;
  ParseTrace* trace = nullptr;  // of somebody who asks; null: nobody does

  bool TooCostly() const { return meter != nullptr && meter->Exceeded(); }
};

// What a format's parser reports besides the drafts.
struct ParseReport {
  std::vector<ParseError> errors;
  bool malformed = false;  // read in spite of faults
  // Members that looked like news and were not used; keys view the arena or the
  // input. See NoteUnused().
  std::vector<UnusedKey> unused;
  // Items that a limit left out, besides those with an error of their own.
  uint64_t left_out = 0;

  // Item `item` and those behind it are left out, `count` in all, since a limit
  // is reached.
  void LeaveOut(ParseReason reason, int64_t item, uint64_t count) {
    Add(reason,
        reason == ParseReason::kTooMany ? "more than parse.articles_max"
                                        : "more than limits.record_cpu_max",
        -1, item);
    left_out += count - 1;
  }
  void NoteUnused(absl::string_view key, absl::string_view looks) {
    size_t size = std::min(key.size(), UnusedKey::kNameBytesMax);
    while (size < key.size() && size > 0 && (key[size] & 0xC0) == 0x80) --size;
    const UnusedKey noted = {key.substr(0, size), looks};
    if (size == 0 || unused.size() >= UnusedKey::kOfRecordMax) return;
    for (const UnusedKey& known : unused) {
      if (known == noted) return;
    }
    unused.push_back(noted);
  }
  void Add(ParseReason reason, absl::string_view detail, int64_t position = -1,
           int64_t item = -1) {
    errors.push_back({reason, detail, position, item});
  }
};

// The function that a format offers. Appends the articles of `bytes`, valid
// UTF-8 (or any bytes, where the format says so) that live as long as the
// arena. A format that finds neither articles nor errors adds nothing; the
// caller reports kNoArticle. An error with an item leaves the other items.
// Never throws, and keeps nothing after it returns.
using ParseFunction = void (*)(absl::string_view bytes,
                               const ParseContext& context,
                               std::vector<ArticleDraft>& drafts,
                               ParseReport& report);

// A copy of `text` in the arena.
inline absl::string_view CopyText(absl::string_view text,
                                  std::pmr::memory_resource* arena) {
  if (text.empty()) return {};
  char* copy = static_cast<char*>(arena->allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

// A headline or a name out of plain text: on one line, cleaned, of at most
// headline_bytes_max bytes, in the arena.
absl::string_view DraftLine(absl::string_view text,
                            const ParseContext& context);

// A copy of a list in the arena; what its items point to is not copied.
template <typename T>
absl::Span<const T> CopyItems(const std::vector<T>& items,
                              std::pmr::memory_resource* arena) {
  static_assert(std::is_trivially_destructible_v<T>);
  if (items.empty()) return {};
  T* copy =
      static_cast<T*>(arena->allocate(items.size() * sizeof(T), alignof(T)));
  std::uninitialized_copy(items.begin(), items.end(), copy);
  return {copy, items.size()};
}

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_DRAFT_ARTICLE_DRAFT_H_
