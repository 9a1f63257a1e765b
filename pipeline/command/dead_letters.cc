#include "pipeline/command/dead_letters.h"

#include <algorithm>
#include <cctype>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "config/base/nearest_name.h"
#include "config/base/status_macros.h"
#include "config/base/visible_text.h"
#include "pipeline/record/dead_letter_json.h"
#include "pipeline/record/json_text.h"

namespace wiredesk {
namespace {

constexpr size_t kDumpWidth = 16;

std::string TimeText(const std::optional<absl::Time>& time) {
  std::string text;
  if (!time || !AppendRfc3339(*time, text)) return "-";
  return text;
}

// Whether a terminal can show it: no control characters but line ends and tabs.
bool IsText(absl::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7f;
  });
}

std::string HexDump(absl::string_view bytes) {
  std::string out;
  for (size_t begin = 0; begin < bytes.size(); begin += kDumpWidth) {
    const absl::string_view row = bytes.substr(begin, kDumpWidth);
    absl::StrAppendFormat(&out, "%08x  ", begin);
    for (size_t i = 0; i < kDumpWidth; ++i) {
      if (i < row.size()) {
        absl::StrAppendFormat(&out, "%02x ",
                              static_cast<unsigned char>(row[i]));
      } else {
        out += "   ";
      }
    }
    out += ' ';
    for (const char c : row) {
      out += std::isprint(static_cast<unsigned char>(c)) != 0 ? c : '.';
    }
    out += '\n';
  }
  return out;
}

std::string Shown(absl::string_view bytes) {
  return IsText(bytes) ? VisibleText(bytes, VisibleLines::kSeveral)
                       : HexDump(bytes);
}

}  // namespace

std::optional<DeadLetter> ReadDeadLetter(absl::Span<const Header> headers) {
  DeadLetter letter;
  int64_t number = 0;
  for (const auto& [name, value] : headers) {
    if (name == "wd_stage") {
      letter.stage = value;
    } else if (name == "wd_reason") {
      letter.reason = value;
    } else if (name == "wd_detail") {
      letter.detail = value;
    } else if (name == "wd_topic") {
      letter.topic = value;
    } else if (name == "wd_partition" && absl::SimpleAtoi(value, &number)) {
      letter.partition = static_cast<int32_t>(number);
    } else if (name == "wd_offset" && absl::SimpleAtoi(value, &number)) {
      letter.offset = number;
    } else if (name == "wd_item" && absl::SimpleAtoi(value, &number)) {
      letter.item = number;
    } else if (name == "wd_cut_from") {
      letter.cut = true;
    } else if (name == kRedrivesHeader && absl::SimpleAtoi(value, &number)) {
      letter.redrives = number;
    }
  }
  if (letter.reason.empty() || letter.topic.empty()) return std::nullopt;
  return letter;
}

bool DeadLetterSelection::Takes(const DeadLetter& letter) const {
  return (stage.empty() || stage == letter.stage) &&
         (reason.empty() || reason == letter.reason) &&
         (origin_topic.empty() || origin_topic == letter.topic);
}

namespace {

void NoteName(absl::string_view name, std::set<std::string, std::less<>>& all) {
  if (all.size() < DeadLetterNames::kNamesMax && all.find(name) == all.end()) {
    all.emplace(name);
  }
}

absl::Status CheckKnown(absl::string_view flag, const std::string& name,
                        const std::set<std::string, std::less<>>& known) {
  if (name.empty() || known.empty() || known.find(name) != known.end() ||
      known.size() == DeadLetterNames::kNamesMax) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat(flag, " ", name, ": no dead letter here has it; ",
                   MeantName(name, {known.begin(), known.end()})));
}

}  // namespace

void DeadLetterNames::Note(const DeadLetter& letter) {
  NoteName(letter.reason, reasons_);
  NoteName(letter.topic, topics_);
}

absl::Status DeadLetterNames::Check(
    const DeadLetterSelection& selection) const {
  WD_RETURN_IF_ERROR(CheckKnown("--reason", selection.reason, reasons_));
  return CheckKnown("--origin-topic", selection.origin_topic, topics_);
}

void AppendRedriveHeaders(absl::Span<const Header> headers, int64_t redrives,
                          HeaderList& out) {
  for (const Header& header : headers) {
    if (header.name != kRedrivesHeader && !SaysWhyDead(header.name)) {
      out.Add(header.name, header.value);
    }
  }
  AppendInteger(redrives, out.value());
  out.Finish(kRedrivesHeader);
}

void DeadLetterCounts::Add(const DeadLetter& letter,
                           std::optional<absl::Time> timestamp) {
  ++total_;
  Entry& entry =
      entries_[{std::string(letter.stage), std::string(letter.reason),
                std::string(letter.topic)}];
  ++entry.count;
  if (letter.redrives > 0) ++entry.redriven;
  if (!timestamp) return;
  entry.first = std::min(entry.first.value_or(*timestamp), *timestamp);
  entry.last = std::max(entry.last.value_or(*timestamp), *timestamp);
}

std::vector<std::pair<DeadLetterCounts::Key, DeadLetterCounts::Entry>>
DeadLetterCounts::Sorted() const {
  std::vector<std::pair<Key, Entry>> sorted(entries_.begin(), entries_.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) {
                     return a.second.count > b.second.count;
                   });
  return sorted;
}

std::string DeadLetterCounts::Text() const {
  std::string out =
      absl::StrFormat("%8s %8s  %-8s %-20s %-24s %-24s %s\n", "count",
                      "redriven", "stage", "reason", "first", "last", "from");
  for (const auto& [key, entry] : Sorted()) {
    absl::StrAppendFormat(&out, "%8d %8d  %-8s %-20s %-24s %-24s %s\n",
                          entry.count, entry.redriven, key.stage, key.reason,
                          TimeText(entry.first), TimeText(entry.last),
                          key.topic);
  }
  absl::StrAppendFormat(&out, "%8d in all\n", total_);
  if (foreign_ > 0) {
    absl::StrAppendFormat(&out, "%8d records are not dead letters\n", foreign_);
  }
  return out;
}

std::string DeadLetterCounts::Json() const {
  std::string out = absl::StrCat("{\"total\":", total_,
                                 ",\"foreign\":", foreign_, ",\"counts\":[");
  bool first = true;
  for (const auto& [key, entry] : Sorted()) {
    absl::StrAppend(&out, first ? "" : ",", "{\"stage\":");
    first = false;
    AppendJsonBytes(key.stage, out);
    out += ",\"reason\":";
    AppendJsonBytes(key.reason, out);
    out += ",\"topic\":";
    AppendJsonBytes(key.topic, out);
    absl::StrAppend(&out, ",\"count\":", entry.count,
                    ",\"redriven\":", entry.redriven);
    for (const auto& [name, time] :
         {std::pair("first", entry.first), {"last", entry.last}}) {
      absl::StrAppend(&out, ",\"", name, "\":");
      out += time ? absl::StrCat("\"", TimeText(time), "\"") : "null";
    }
    out += '}';
  }
  return out + "]}\n";
}

std::string DescribeDeadLetter(const RawRecord& raw, size_t bytes_max) {
  std::string out;
  if (!raw.origin.topic.empty()) {
    absl::StrAppend(&out, raw.origin.topic, "/", raw.origin.partition, "/",
                    raw.origin.offset, "  ", TimeText(raw.timestamp), "\n");
  }
  if (!raw.key.empty()) {
    absl::StrAppend(&out, "key: ", Shown(raw.key), "\n");
  }
  for (const Header& header : raw.headers) {
    absl::StrAppend(&out, VisibleText(header.name), ": ",
                    VisibleText(header.value), "\n");
  }
  const absl::string_view shown =
      bytes_max == 0 ? raw.value : raw.value.substr(0, bytes_max);
  absl::StrAppend(&out, "\n", Shown(shown), "\n");
  if (shown.size() < raw.value.size()) {
    absl::StrAppend(&out, "... ", raw.value.size() - shown.size(),
                    " bytes more; --bytes 0 shows all\n");
  }
  return out;
}

}  // namespace wiredesk
