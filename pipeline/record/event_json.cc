#include "pipeline/record/event_json.h"

#include <array>

#include "absl/strings/ascii.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/event_names.h"
#include "pipeline/record/json_text.h"
#include "pipeline/record/record_description.h"
#include "pipeline/record/record_fields.h"
#include "pipeline/record/record_writer.h"

namespace wiredesk {
namespace {

// Topic names and file names as a URI reference.
void AppendPercentEncoded(absl::string_view bytes, std::string& out) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  for (const char c : bytes) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                       c == '_' || c == '/';
    if (plain) {
      out += c;
      continue;
    }
    out += '%';
    out += kDigits[(static_cast<unsigned char>(c)) >> 4];
    out += kDigits[c & 15];
  }
}

}  // namespace

absl::Span<const absl::string_view> EventFieldNames() {
  static constexpr auto kNames = [] {
    std::array<absl::string_view, table::kSizeOf<table::Of<EventRecord>>> names;
    table::ForEach<table::Of<EventRecord>>([&](auto index) {
      names[index] = table::kFieldAt<table::Of<EventRecord>, index>.name();
    });
    return names;
  }();
  return kNames;
}

const std::vector<absl::string_view>& FanOutLists() {
  static const auto* const lists = [] {
    auto* const names = new std::vector<absl::string_view>;
    for (const FieldDescription& field : Describe().fields) {
      if (field.fans_out) names->push_back(field.name);
    }
    return names;
  }();
  return *lists;
}

size_t FanOutSize(const EventRecord& record, absl::string_view list) {
  using Table = table::Of<EventRecord>;
  size_t size = 0;
  table::ForEach<Table>([&](auto index) {
    if constexpr (table::FansOut<Table, index>()) {
      constexpr const auto& kField = table::kFieldAt<Table, index>;
      if (kField.name() == list) {
        size = table::Read(kField.access, record).size();
      }
    }
  });
  return size;
}

absl::string_view UriOf(const EventRecord& record) {
  for (const absl::string_view uri :
       {record.dedupe.uri, record.article.guid, record.article.canonical_url}) {
    if (!uri.empty()) return uri;
  }
  return {};
}

EventJson::EventJson(const Processing& processing) : processing_(processing) {}

void EventJson::set_processing(const Processing& processing) {
  processing_ = processing;
}

void EventJson::Append(const EventRecord& record, const RawRecord& raw,
                       const Destination* destination, std::string& out) {
  headline_.Reset(record.article.headline);
  body_.Reset(record.article.body);
  out_.Clear();
  const MessageContext context(record, raw, destination, processing_, headline_,
                               body_);
  RecordWriter writer(context, out_);
  if (destination == nullptr || destination->fields.empty()) {
    writer.Object<table::Of<EventRecord>>(record);
  } else {
    writer.Projected<table::Of<EventRecord>>(record, destination->fields);
  }
  out.append(out_.text().data(), out_.size());
}

void AppendKey(const EventRecord& record, const Destination& destination,
               std::string& out) {
  if (!destination.key.empty()) {
    out.append(destination.key.data(), destination.key.size());
    return;
  }
  AppendHex(record.dedupe.story.empty() ? record.id : record.dedupe.story, out);
}

namespace {

bool IsLowerHex(absl::string_view text, bool may_be_zero) {
  bool zero = true;
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c)) &&
        !(c >= 'a' && c <= 'f')) {
      return false;
    }
    zero = zero && c == '0';
  }
  return may_be_zero || !zero;
}

// W3C Trace Context: version, trace, parent and flags, "00-<32>-<16>-01". A
// later version may have more behind them.
bool IsTraceParent(absl::string_view text) {
  constexpr size_t kSize = 55;
  if (text.size() < kSize || text[2] != '-' || text[35] != '-' ||
      text[52] != '-') {
    return false;
  }
  const absl::string_view version = text.substr(0, 2);
  if (!IsLowerHex(version, true) || version == "ff") return false;
  if (text.size() > kSize && (version == "00" || text[kSize] != '-')) {
    return false;
  }
  return IsLowerHex(text.substr(3, 32), false) &&
         IsLowerHex(text.substr(36, 16), false) &&
         IsLowerHex(text.substr(53, 2), true);
}

// The trace that the record belongs to, if it names one. What is not a trace is
// not passed on, nor is the state of one.
void AddTrace(absl::Span<const Header> headers, HeaderList& out) {
  const Header* parent = nullptr;
  for (const Header& header : headers) {
    if (header.name != "traceparent" || !IsTraceParent(header.value)) continue;
    if (parent == nullptr) out.Add(header.name, header.value);
    parent = &header;
  }
  if (parent == nullptr) return;
  for (const Header& header : headers) {
    if (header.name == "tracestate") out.Add(header.name, header.value);
  }
}

}  // namespace

void AppendHeaders(const EventRecord& record, const RawRecord& raw,
                   const Destination& destination, HeaderList& out) {
  out.Add("ce_specversion", "1.0");
  AppendHex(record.id, out.value());
  if (!destination.fan_out.empty()) {
    out.value() += '/';
    out.value().append(destination.fan_out.data(), destination.fan_out.size());
    out.value() += '/';
    AppendInteger(destination.fan_out_item, out.value());
  }
  out.Finish("ce_id");
  out.value() += "/wiredesk/";
  AppendPercentEncoded(raw.origin.topic, out.value());
  out.Finish("ce_source");
  out.Add("ce_type", "wiredesk.event-record.v1");
  if (record.received_at.has_value() &&
      AppendRfc3339(*record.received_at, out.value())) {
    out.Finish("ce_time");
  }
  const absl::string_view uri = UriOf(record);
  if (uri.empty()) {
    AppendHex(record.id, out.value());
  } else {
    out.value().append(uri.data(), uri.size());
  }
  out.Finish("ce_subject");
  out.Add("content-type", "application/json");
  if (raw.malformed) out.Add("malformed", "true");
  AddTrace(raw.headers, out);
  for (const Header& header : destination.headers) {
    out.Add(header.name, header.value);
  }
}

}  // namespace wiredesk
