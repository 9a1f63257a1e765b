// The fields of an event record, each with the function that writes it: for
// event_json.cc, and for what compares records field by field.

#ifndef WIREDESK_PIPELINE_RECORD_EVENT_JSON_FIELDS_H_
#define WIREDESK_PIPELINE_RECORD_EVENT_JSON_FIELDS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/code_point_index.h"
#include "pipeline/record/event_names.h"
#include "pipeline/record/event_record.h"
#include "pipeline/record/json_buffer.h"

namespace wiredesk {

// 32 hex digits, also for an empty id.
inline constexpr size_t kHexDigits = 32;
void WriteHex(RecordId id, char* out);
void AppendHex(RecordId id, std::string& out);

// The article across its versions: dedupe's, else what names the article
// itself. Empty where only the record's id is left.
absl::string_view UriOf(const EventRecord& record);

// Writes the fields of one record. Lives for one Append().
class EventFieldWriter {
 public:
  EventFieldWriter(const EventRecord& record, const RawRecord& raw,
                   const Destination* destination, absl::string_view processing,
                   const CodePointIndex& headline, const CodePointIndex& body,
                   JsonBuffer& out)
      : record_(record),
        raw_(raw),
        destination_(destination),
        processing_(processing),
        headline_(headline),
        body_(body),
        out_(&out) {}

  void set_out(JsonBuffer& out) { out_ = &out; }

  void Schema() { String("wiredesk/event-record/1"); }
  void Id() { Hex(record_.id); }
  void Uri();
  void Version() { Integer(record_.dedupe.version); }
  void Origin();
  void Provider();
  void Url() { Text(record_.article.url); }
  void CanonicalUrl() { Text(record_.article.canonical_url); }
  void Headline() { Text(record_.article.headline); }
  void Summary() { Text(record_.article.summary); }
  void Body() { Text(record_.article.body); }
  void Byline() { Strings(record_.article.byline); }
  void Dateline();
  void Language() { String(record_.language); }
  void LanguageConfidence() { Number(record_.language_confidence); }
  void PublishedAt() { Time(record_.article.published_at); }
  void PublishedPrecision() {
    Text(PrecisionName(record_.article.published_precision));
  }
  void UpdatedAt() { Time(record_.article.updated_at); }
  void ReceivedAt() { Time(record_.received_at); }
  void Status() { String(StatusName(record_.article.status)); }
  void Urgency();
  void EmbargoedUntil() { Time(record_.article.embargoed_until); }
  void Categories() { Strings(record_.article.categories); }
  void WordCount() { Integer(static_cast<int64_t>(record_.body_words.size())); }
  void Dedupe();
  void Entities();
  void Places();
  void Dates();
  void Quotes();
  void Events();
  void Topics();
  void Indicators();
  void Amounts();
  void ToneField();
  void Tags() { Strings(record_.tags); }
  void Routes();
  void Processing() { Put(processing_); }

 private:
  void Put(absl::string_view json) { out_->Put(json); }
  template <size_t kSize>
  void Put(const char (&literal)[kSize]) {
    out_->PutLiteral(literal);
  }
  void String(absl::string_view text) { out_->PutString(text); }
  void Integer(int64_t value) { out_->PutInteger(value); }
  void Number(double value) { out_->PutNumber(value); }

  void Text(absl::string_view text) {
    text.empty() ? Put("null") : String(text);
  }

  void Hex(RecordId id) {
    if (id.empty()) {
      Put("null");
      return;
    }
    char digits[kHexDigits];
    WriteHex(id, digits);
    Put("\"");
    Put({digits, kHexDigits});
    Put("\"");
  }

  void Time(const std::optional<absl::Time>& time) {
    const size_t begin = out_->size();
    Put("\"");
    if (time.has_value() && out_->PutRfc3339(*time)) {
      Put("\"");
      return;
    }
    out_->Truncate(begin);
    Put("null");
  }

  void Coordinate(const std::optional<double>& degrees) {
    degrees.has_value() ? Number(*degrees) : Put("null");
  }

  template <typename T, typename Fn>
  void List(absl::Span<const T> items, Fn&& write_item) {
    Put("[");
    for (const T& item : items) {
      if (&item != items.data()) {
        Put(",");
      }
      write_item(item);
    }
    Put("]");
  }

  // The list of the record, or the one item that a fan-out names.
  template <typename T>
  absl::Span<const T> Fanned(absl::string_view name,
                             absl::Span<const T> items) const {
    if (destination_ == nullptr || destination_->fan_out != name) {
      return items;
    }
    return items.subspan(
        std::min<size_t>(destination_->fan_out_item, items.size()), 1);
  }

  void Strings(absl::Span<const absl::string_view> texts) {
    List(texts, [this](absl::string_view text) { String(text); });
  }

  absl::string_view TextOf(Field field) const {
    return field == Field::kHeadline ? record_.article.headline
                                     : record_.article.body;
  }

  // Code points before the mention's begin and end.
  std::pair<uint32_t, uint32_t> Offsets(const Mention& mention) const {
    const uint32_t size = static_cast<uint32_t>(TextOf(mention.field).size());
    const CodePointIndex& index =
        mention.field == Field::kHeadline ? headline_ : body_;
    return {index.At(std::min(mention.begin, size)),
            index.At(std::min(mention.end, size))};
  }

  // `"start":12,"end":34`
  void Span(const Mention& mention) {
    const auto [start, end] = Offsets(mention);
    Put(R"("start":)");
    Integer(start);
    Put(R"(,"end":)");
    Integer(end);
  }

  // `"field":"body","start":12,"end":34,"text":"..."`
  void SpanWithText(const Mention& mention);

  void MentionObject(const Mention& mention) {
    if (mention.end <= mention.begin) {
      Put("null");
      return;
    }
    Put("{");
    SpanWithText(mention);
    Put("}");
  }

  void Mentions(absl::Span<const Mention> mentions) {
    List(mentions, [this](const Mention& each) { MentionObject(each); });
  }

  void OneEntity(const Entity& entity);
  void OnePlace(const Place& place);
  void OneQuote(const Quote& quote);
  void Parties(absl::Span<const EventParty> parties);
  void OneEvent(const Event& event);

  const EventRecord& record_;
  const RawRecord& raw_;
  const Destination* const destination_;
  const absl::string_view processing_;
  const CodePointIndex& headline_;
  const CodePointIndex& body_;
  JsonBuffer* out_;
};

// A field of the contract.
struct EventField {
  absl::string_view name;
  absl::string_view opening;  // `,"name":`
  void (EventFieldWriter::*write)();
};

// All of them, in the order of the contract.
absl::Span<const EventField> EventFields();

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_EVENT_JSON_FIELDS_H_
