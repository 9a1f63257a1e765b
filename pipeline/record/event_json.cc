#include "pipeline/record/event_json.h"

#include <cstddef>

#include "pipeline/record/batch.h"
#include "pipeline/record/event_json_fields.h"
#include "pipeline/record/json_projection.h"
#include "pipeline/record/json_text.h"

namespace wiredesk {
namespace {

std::string ProcessingJson(const Processing& processing) {
  std::string json = R"({"wiredesk":)";
  AppendJsonBytes(processing.wiredesk, json);
  json += R"(,"config":)";
  AppendJsonBytes(processing.config, json);
  json += R"(,"gazetteer":)";
  AppendJsonBytes(processing.gazetteer, json);
  json += "}";
  return json;
}

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
  static const auto* const names = [] {
    auto* list = new std::vector<absl::string_view>;
    for (const EventField& field : EventFields()) {
      list->push_back(field.name);
    }
    return list;
  }();
  return *names;
}

EventJson::EventJson(const Processing& processing)
    : processing_(ProcessingJson(processing)) {}

void EventJson::set_processing(const Processing& processing) {
  processing_ = ProcessingJson(processing);
}

void EventJson::Append(const EventRecord& record, const RawRecord& raw,
                       const Destination* destination, std::string& out) {
  headline_.Reset(record.article.headline);
  body_.Reset(record.article.body);
  out_.Clear();
  EventFieldWriter writer(record, raw, destination, processing_, headline_,
                          body_, out_);
  const absl::Span<const absl::string_view> wanted =
      destination == nullptr ? absl::Span<const absl::string_view>()
                             : destination->fields;
  for (const EventField& field : EventFields()) {
    const Projection projection =
        wanted.empty() ? Projection::kWhole : ProjectionOf(field.name, wanted);
    if (projection == Projection::kNone) continue;
    out_.Put(field.opening);
    if (projection == Projection::kWhole) {
      (writer.*field.write)();
      continue;
    }
    field_.Clear();
    writer.set_out(field_);
    (writer.*field.write)();
    writer.set_out(out_);
    parts_.clear();
    AppendProjected(field_.text(), field.name, wanted, parts_);
    out_.Put(parts_);
  }
  // The first opening begins with a comma, where the object must.
  const absl::string_view members = out_.text();
  out += '{';
  if (!members.empty()) out.append(members.data() + 1, members.size() - 1);
  out += '}';
}

void AppendKey(const EventRecord& record, const Destination& destination,
               std::string& out) {
  if (!destination.key.empty()) {
    out.append(destination.key.data(), destination.key.size());
    return;
  }
  AppendHex(record.dedupe.story.empty() ? record.id : record.dedupe.story, out);
}

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
  for (const Header& header : raw.headers) {
    if (header.name == "traceparent" || header.name == "tracestate") {
      out.Add(header.name, header.value);
    }
  }
  for (const Header& header : destination.headers) {
    out.Add(header.name, header.value);
  }
}

}  // namespace wiredesk
