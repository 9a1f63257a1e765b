#include "pipeline/file/recording_line.h"

#include <simdjson.h>

#include <deque>
#include <string_view>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "pipeline/record/json_text.h"

namespace wiredesk {
namespace {

using simdjson::dom::element;

void AppendHeader(const Header& header, std::string& out) {
  out += '[';
  AppendJsonBytes(header.name, out);
  if (IsUtf8(header.value)) {
    out += ',';
    AppendJsonString(header.value, out);
  } else {
    out += ",null,\"";
    AppendBase64(header.value, out);
    out += '"';
  }
  out += ']';
}

absl::string_view ToView(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

// What the views of the last record point into.
struct RecordedLineReader::Memory {
  simdjson::dom::parser parser;
  std::deque<std::string> decoded;
  std::vector<Header> headers;

  // The text of `name`, a view without data where it is null, or what
  // `name`_base64 stands for; false if neither is right.
  bool Bytes(const element& line, const std::string& name,
             absl::string_view& bytes) {
    std::string_view text;
    element value;
    if (line[name].get(value) == simdjson::SUCCESS && value.is_null()) {
      bytes = {};
      return true;
    }
    if (line[name].get(text) == simdjson::SUCCESS) {
      bytes = ToView(text);
      return true;
    }
    return line[name + "_base64"].get(text) == simdjson::SUCCESS &&
           Decode(text, bytes);
  }

  bool Decode(std::string_view text, absl::string_view& bytes) {
    std::string& out = decoded.emplace_back();
    if (!absl::Base64Unescape(ToView(text), &out)) return false;
    bytes = out;
    return true;
  }

  bool ReadHeaderList(const simdjson::dom::array& list) {
    for (const element item : list) {
      std::string_view name;
      std::string_view value;
      absl::string_view bytes;
      if (item.at(0).get(name) != simdjson::SUCCESS) return false;
      if (item.at(1).get(value) == simdjson::SUCCESS) {
        bytes = ToView(value);
      } else if (item.at(2).get(value) != simdjson::SUCCESS ||
                 !Decode(value, bytes)) {
        return false;
      }
      headers.push_back({ToView(name), bytes});
    }
    return true;
  }

  // As in the lines of dead letters.
  bool ReadHeaderObject(const simdjson::dom::object& object) {
    for (const auto& [name, value] : object) {
      std::string_view text;
      if (value.get(text) != simdjson::SUCCESS) return false;
      headers.push_back({ToView(name), ToView(text)});
    }
    return true;
  }

  bool ReadHeaders(const element& line) {
    headers.clear();
    element list;
    if (line["headers"].get(list) != simdjson::SUCCESS) return true;
    simdjson::dom::array array;
    if (list.get(array) == simdjson::SUCCESS) return ReadHeaderList(array);
    simdjson::dom::object object;
    return list.get(object) == simdjson::SUCCESS && ReadHeaderObject(object);
  }
};

void AppendRecordingHead(const std::vector<std::string>& topics,
                         std::string& out) {
  absl::StrAppend(&out, kRecordingMagic, "\"topics\":[");
  for (size_t i = 0; i < topics.size(); ++i) {
    if (i > 0) out += ',';
    AppendJsonBytes(topics[i], out);
  }
  out += "]}";
}

void AppendRecordedLine(const RawRecord& raw, std::string& out) {
  out += "{\"topic\":";
  AppendJsonBytes(raw.origin.topic, out);
  absl::StrAppend(&out, ",\"partition\":", raw.origin.partition,
                  ",\"offset\":", raw.origin.offset);
  if (raw.timestamp) {
    absl::StrAppend(&out,
                    ",\"timestamp\":", absl::ToUnixMillis(*raw.timestamp));
  }
  if (!raw.key.empty()) {
    out += ',';
    AppendJsonMember("key", raw.key, out);
  }
  if (!raw.headers.empty()) {
    out += ",\"headers\":[";
    for (size_t i = 0; i < raw.headers.size(); ++i) {
      if (i > 0) out += ',';
      AppendHeader(raw.headers[i], out);
    }
    out += ']';
  }
  out += ',';
  if (raw.null_value) {
    out += "\"value\":null";
  } else {
    AppendJsonMember("value", raw.value, out);
  }
  out += '}';
}

RecordedLineReader::RecordedLineReader()
    : memory_(std::make_unique<Memory>()) {}

RecordedLineReader::~RecordedLineReader() = default;

absl::Status RecordedLineReader::Read(absl::string_view line, RawRecord& raw) {
  raw = {};
  memory_->decoded.clear();
  element json;
  if (memory_->parser.parse(line.data(), line.size()).get(json) !=
          simdjson::SUCCESS ||
      !memory_->Bytes(json, "value", raw.value) ||
      !memory_->ReadHeaders(json)) {
    return absl::DataLossError("is not the line of a recorded record");
  }
  raw.null_value = raw.value.data() == nullptr;
  memory_->Bytes(json, "key", raw.key);
  raw.headers = memory_->headers;
  std::string_view topic;
  int64_t number = 0;
  if (json["topic"].get(topic) == simdjson::SUCCESS) {
    raw.origin.topic = ToView(topic);
  }
  if (json["partition"].get(number) == simdjson::SUCCESS) {
    raw.origin.partition = static_cast<int32_t>(number);
  }
  if (json["offset"].get(number) == simdjson::SUCCESS) {
    raw.origin.offset = number;
  }
  if (json["timestamp"].get(number) == simdjson::SUCCESS) {
    raw.timestamp = absl::FromUnixMillis(number);
  }
  return absl::OkStatus();
}

}  // namespace wiredesk
