#include "pipeline/record/dead_letter_json.h"

#include "absl/strings/string_view.h"
#include "pipeline/record/json_text.h"

namespace wiredesk {
bool SaysWhyDead(absl::string_view name) {
  for (const absl::string_view ours :
       {"wd_stage", "wd_reason", "wd_detail", "wd_topic", "wd_partition",
        "wd_offset", "wd_item", "wd_cut_from"}) {
    if (name == ours) {
      return true;
    }
  }
  return false;
}

void AppendDeadLetterHeaders(const RawRecord& raw, HeaderList& out) {
  for (const Header& header : raw.headers) {
    if (!SaysWhyDead(header.name)) {
      out.Add(header.name, header.value);
    }
  }
  out.Add("wd_stage", raw.stage);
  out.Add("wd_reason", raw.reason);
  out.Add("wd_detail", raw.detail);
  out.Add("wd_topic", raw.origin.topic);
  AppendInteger(raw.origin.partition, out.value());
  out.Finish("wd_partition");
  AppendInteger(raw.origin.offset, out.value());
  out.Finish("wd_offset");
  if (raw.dead_item >= 0) {
    AppendInteger(raw.dead_item, out.value());
    out.Finish("wd_item");
  }
  if (raw.whole_bytes > 0) {
    AppendInteger(static_cast<int64_t>(raw.whole_bytes), out.value());
    out.Finish("wd_cut_from");
  }
}

void AppendDeadLetterLine(const RawRecord& raw, HeaderList& headers,
                          std::string& out) {
  headers.Clear();
  AppendDeadLetterHeaders(raw, headers);
  out += '{';
  if (raw.null_value) {
    out += "\"value\":null";
  } else {
    AppendJsonMember("value", raw.value, out);
  }
  if (!raw.key.empty()) {
    out += ',';
    AppendJsonMember("key", raw.key, out);
  }
  out += ",\"headers\":{";
  bool first = true;
  for (const Header& header : headers.headers()) {
    out += first ? "" : ",";
    first = false;
    AppendJsonBytes(header.name, out);
    out += ':';
    AppendJsonBytes(header.value, out);
  }
  out += "}}";
}

}  // namespace wiredesk
