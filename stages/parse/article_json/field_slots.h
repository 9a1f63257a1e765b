// Gathers what may be the fields of an article: the members of its object, of
// the open boxes in it ("fields", "attributes") and of the boxes around it, each
// offered to the field that its name speaks of (key_words.h). The best offer
// that is usable keeps the slot: first what the configuration points to, then
// the article's own members, then those of boxes in it, then those around it,
// and by the rank of the name in each. A useless value (null, a placeholder, an
// object without a name) never takes a slot. What no name tells is kept aside:
// the longest prose, the only time and the only address serve where nothing
// better was found. What then is still left is told (unused()).
//
// One pass over the members; nothing is copied.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_FIELD_SLOTS_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_FIELD_SLOTS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/article_json/key_words.h"
#include "stages/parse/article_json/mapping.h"
#include "stages/parse/draft/article_draft.h"
#include "stages/parse/json/document.h"

namespace wiredesk {

class FieldSlots {
 public:
  explicit FieldSlots(const ParseContext& context);

  // `object` holds or is an article; see ArticleIn(). `itself`: it is known to be
  // one.
  void Gather(JsonValue object, bool itself);

  bool Has(JsonField field) const {
    return slots_[static_cast<size_t>(field)].rank != kNoRank;
  }
  // Nowhere where no offer was usable.
  JsonValue Value(JsonField field) const {
    return slots_[static_cast<size_t>(field)].value;
  }
  // Of kPublished, kUpdated, kEmbargoed.
  std::optional<ParsedTime> Time(JsonField field) const;

  // Usable summaries, the best first; the values of all categories.
  const std::vector<JsonValue>& summaries() const { return summaries_; }
  const std::vector<JsonValue>& categories() const { return categories_; }
  // Names of the byline, one each.
  const std::vector<std::string>& authors() const { return authors_; }
  // A line that may be a headline, under a name that tells nothing.
  JsonValue unknown_line() const { return unknown_line_; }
  bool body_is_unknown() const { return body_is_unknown_; }

  // What looks like news under a name that tells nothing, or could not be what
  // its name says. Whether it is used all the same, Uses() tells.
  struct Unused {
    JsonValue value;
    absl::string_view looks;  // as UnusedKey has it
  };
  const std::vector<Unused>& unused() const { return unused_; }
  // Whether a field was read from this very value.
  bool Uses(JsonValue value) const;

 private:
  static constexpr uint32_t kNoRank = UINT32_MAX;

  struct Slot {
    uint32_t rank = kNoRank;
    JsonValue value;
  };
  enum class Place { kArticle, kAround };

  void WalkMapping(JsonValue object, const JsonMapping::Node& node, int depth);
  void VisitMapping(JsonValue value, const JsonMapping::Node& node, int depth);
  void Walk(JsonValue object, uint32_t base, int depth, Place place,
            JsonValue left_out);
  void WalkMember(JsonValue member, uint32_t base, int depth, Place place);
  void OfferAuthorsOfSource(JsonValue source, uint32_t base);
  void OfferUnknown(JsonValue member);
  // False where the value cannot be the field.
  bool Offer(JsonField field, uint32_t rank, JsonValue value, bool weak);
  void NoteUnused(JsonValue value, absl::string_view looks);
  bool Usable(JsonField field, JsonValue value, bool weak);
  bool UsableTime(JsonField field, JsonValue value);
  void SettleUnknown();
  void SettleUnknownLists();

  const ParseContext& context_;
  const JsonMapping& mapping_;
  std::array<Slot, kJsonFieldCount> slots_;
  std::array<std::optional<ParsedTime>, 3> times_;
  std::vector<std::pair<uint32_t, JsonValue>> ranked_summaries_;
  std::vector<JsonValue> summaries_;
  std::vector<JsonValue> categories_;
  std::vector<std::string> authors_;
  JsonValue unknown_prose_;
  std::vector<JsonValue> unknown_lists_;
  JsonValue unknown_line_;
  JsonValue unknown_time_;
  JsonValue unknown_url_;
  int unknown_times_ = 0;
  int unknown_urls_ = 0;
  bool body_is_unknown_ = false;
  std::vector<Unused> unused_;
};

// What a value looks like by itself, as UnusedKey has it: "address", "time",
// "text" where it is sentences; empty for all else.
absl::string_view LooksOfJson(JsonValue value);

// An address in a value: text, {"href": …}, {"@id": …}, the one for people in a
// list of {"rel": …, "href": …}. Empty if there is none.
absl::string_view JsonAddress(JsonValue value);

// The id that a value is or holds; empty for what stands for none.
absl::string_view JsonId(JsonValue value);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_FIELD_SLOTS_H_
