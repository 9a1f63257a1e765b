#include "pipeline/replay/diff_report.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "config/base/nearest_name.h"
#include "pipeline/record/event_json.h"
#include "pipeline/record/event_names.h"
#include "pipeline/record/json_text.h"

namespace wiredesk {
namespace {

using Side = RecordComparison::Side;
using Names = std::set<std::string>;

bool IsLive(const Side& side) {
  return side.record != nullptr && side.record->fate == Fate::kLive;
}

Names DestinationNames(const Side& side, absl::string_view Destination::*part) {
  Names names;
  if (!IsLive(side)) return names;
  for (const Destination& each : side.record->destinations) {
    names.insert(std::string(each.*part));
  }
  return names;
}

Names VerdictNames(const Side& side) {
  if (!IsLive(side)) return {};
  return {std::string(VerdictName(side.record->dedupe.verdict))};
}

void CountNames(const Names& a, const Names& b,
                std::map<std::string, SideCounts>& table) {
  for (const std::string& name : a) {
    SideCounts& counts = table[name];
    ++counts.a;
    if (b.count(name) == 0) ++counts.gone;
  }
  for (const std::string& name : b) {
    SideCounts& counts = table[name];
    ++counts.b;
    if (a.count(name) == 0) ++counts.added;
  }
}

void MergeTable(const std::map<std::string, SideCounts>& from,
                std::map<std::string, SideCounts>& to) {
  for (const auto& [name, counts] : from) {
    SideCounts& sum = to[name];
    sum.a += counts.a;
    sum.b += counts.b;
    sum.gone += counts.gone;
    sum.added += counts.added;
  }
}

void PrintTable(absl::string_view title,
                const std::map<std::string, SideCounts>& table,
                std::string& out) {
  if (table.empty()) return;
  absl::StrAppendFormat(&out, "\n%-32s %10s %10s %10s %10s\n", title, "A", "B",
                        "gone", "new");
  for (const auto& [name, counts] : table) {
    absl::StrAppendFormat(&out, "  %-30s %10d %10d %10d %10d\n", name, counts.a,
                          counts.b, counts.gone, counts.added);
  }
}

std::string OriginText(const RecordDifference& difference) {
  std::string text = absl::StrCat(difference.topic, "/", difference.partition,
                                  "/", difference.offset);
  if (difference.item > 0) absl::StrAppend(&text, "/", difference.item);
  return text;
}

void AppendTable(absl::string_view name,
                 const std::map<std::string, SideCounts>& table,
                 std::string& out) {
  absl::StrAppend(&out, ",\"", name, "\":{");
  bool first = true;
  for (const auto& [key, counts] : table) {
    if (!first) out += ',';
    first = false;
    AppendJsonBytes(key, out);
    absl::StrAppend(&out, ":{\"a\":", counts.a, ",\"b\":", counts.b,
                    ",\"gone\":", counts.gone, ",\"added\":", counts.added,
                    "}");
  }
  out += '}';
}

void AppendMember(absl::string_view opening, absl::string_view text,
                  std::string& out) {
  absl::StrAppend(&out, opening);
  AppendJsonBytes(text, out);
}

void AppendDifference(const RecordDifference& difference, std::string& out) {
  AppendMember("{\"origin\":{\"topic\":", difference.topic, out);
  absl::StrAppend(&out, ",\"partition\":", difference.partition,
                  ",\"offset\":", difference.offset,
                  ",\"item\":", difference.item, "}");
  AppendMember(",\"id\":", difference.id, out);
  AppendMember(",\"headline\":", difference.headline, out);
  absl::StrAppend(&out, ",\"allowed\":", difference.expected ? "true" : "false",
                  ",\"parts\":[");
  bool first = true;
  for (const DifferentPart& part : difference.parts) {
    AppendMember(first ? "{\"field\":" : ",{\"field\":", part.field, out);
    AppendMember(",\"reason\":", part.text, out);
    out += '}';
    first = false;
  }
  out += "],\"destinations\":[";
  first = true;
  for (const ChangedDestination& each : difference.destinations) {
    using Change = ChangedDestination::Change;
    AppendMember(first ? "{\"route\":" : ",{\"route\":", each.route, out);
    AppendMember(",\"topic\":", each.topic, out);
    AppendMember(",\"change\":",
                 each.change == Change::kGone    ? "gone"
                 : each.change == Change::kAdded ? "added"
                                                 : "message",
                 out);
    out += '}';
    first = false;
  }
  out += "]}";
}

}  // namespace

void DiffReport::Count(const Side& a, const Side& b) {
  ++articles;
  CountNames({FateText(a)}, {FateText(b)}, by_fate);
  CountNames(DestinationNames(a, &Destination::route),
             DestinationNames(b, &Destination::route), by_route);
  CountNames(DestinationNames(a, &Destination::topic),
             DestinationNames(b, &Destination::topic), by_topic);
  CountNames(VerdictNames(a), VerdictNames(b), by_verdict);
}

void DiffReport::Add(RecordDifference difference) {
  ++differing;
  if (!difference.expected) ++unexpected;
  Names fields;
  for (const DifferentPart& part : difference.parts) fields.insert(part.field);
  for (const std::string& field : fields) ++by_field[field];
  if (differences.size() < kDifferencesMax) {
    differences.push_back(std::move(difference));
  }
}

void DiffReport::Merge(DiffReport later) {
  articles += later.articles;
  differing += later.differing;
  unexpected += later.unexpected;
  MergeTable(later.by_route, by_route);
  MergeTable(later.by_topic, by_topic);
  MergeTable(later.by_verdict, by_verdict);
  MergeTable(later.by_fate, by_fate);
  for (const auto& [field, n] : later.by_field) by_field[field] += n;
  for (RecordDifference& difference : later.differences) {
    if (differences.size() == kDifferencesMax) break;
    differences.push_back(std::move(difference));
  }
}

absl::Status DiffAllowance::Add(absl::string_view text) {
  absl::string_view rest = text;
  if (absl::ConsumePrefix(&rest, "route:") && !rest.empty()) {
    routes_.insert(std::string(rest));
    return absl::OkStatus();
  }
  if (absl::ConsumePrefix(&rest, "topic:") && !rest.empty()) {
    topics_.insert(std::string(rest));
    return absl::OkStatus();
  }
  if (absl::ConsumePrefix(&rest, "field:")) {
    const auto known = EventFieldNames();
    const bool is_known =
        std::find(known.begin(), known.end(), rest) != known.end() ||
        rest == "fate" || rest == "message";
    if (!is_known) {
      return absl::InvalidArgumentError(absl::StrCat(
          "--allow ", text, ": the record has no field \"", rest,
          "\"; it is one of fate, message, ", absl::StrJoin(known, ", ")));
    }
    fields_.insert(std::string(rest));
    return absl::OkStatus();
  }
  if (absl::ConsumeSuffix(&rest, "%") && absl::SimpleAtod(rest, &share_) &&
      share_ >= 0 && share_ <= 100) {
    share_ /= 100;
    return absl::OkStatus();
  }
  if (absl::SimpleAtoi(text, &count_) && count_ >= 0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--allow ", text,
                   ": must be a number of records, a share such as 0.5%, "
                   "route:NAME, topic:NAME or field:NAME"));
}

absl::Status DiffAllowance::CheckRoutes(
    const std::vector<std::string>& routes) const {
  for (const std::string& route : routes_) {
    if (std::find(routes.begin(), routes.end(), route) != routes.end()) {
      continue;
    }
    return absl::InvalidArgumentError(absl::StrCat(
        "--allow route:", route, ": neither configuration has this route; ",
        MeantName(route, routes)));
  }
  return absl::OkStatus();
}

bool DiffAllowance::Expects(const RecordDifference& difference) const {
  const bool destination_expected = std::any_of(
      difference.destinations.begin(), difference.destinations.end(),
      [this](const ChangedDestination& each) {
        return routes_.count(each.route) > 0 || topics_.count(each.topic) > 0;
      });
  return std::all_of(difference.parts.begin(), difference.parts.end(),
                     [&](const DifferentPart& part) {
                       const bool of_route = part.field == "routes" ||
                                             part.field == "fate" ||
                                             part.field == "message";
                       return fields_.count(part.field) > 0 ||
                              (of_route && destination_expected);
                     });
}

bool DiffAllowance::Covers(const DiffReport& report) const {
  const double allowed =
      std::max(static_cast<double>(count_),
               share_ * static_cast<double>(report.articles));
  return static_cast<double>(report.unexpected) <= allowed;
}

std::string PrintDiff(const DiffReport& report, absl::string_view name_a,
                      absl::string_view name_b, size_t list_max) {
  std::string out;
  absl::StrAppendFormat(&out, "A %s\nB %s\n", name_a, name_b);
  if (report.differing == 0) {
    absl::StrAppendFormat(&out, "%d articles, no difference\n",
                          report.articles);
    return out;
  }
  absl::StrAppendFormat(&out,
                        "%d articles, %d differ, %d of them not allowed\n",
                        report.articles, report.differing, report.unexpected);
  PrintTable("by route", report.by_route, out);
  PrintTable("by topic", report.by_topic, out);
  PrintTable("by verdict", report.by_verdict, out);
  PrintTable("by fate", report.by_fate, out);
  absl::StrAppendFormat(&out, "\n%-32s %10s\n", "by field", "differ");
  for (const auto& [field, n] : report.by_field) {
    absl::StrAppendFormat(&out, "  %-30s %10d\n", field, n);
  }
  out += '\n';
  const size_t shown = std::min(list_max, report.differences.size());
  for (size_t i = 0; i < shown; ++i) {
    const RecordDifference& difference = report.differences[i];
    absl::StrAppendFormat(&out, "%s  %s%s\n", OriginText(difference),
                          difference.headline,
                          difference.expected ? "  (allowed)" : "");
    for (const DifferentPart& part : difference.parts) {
      absl::StrAppendFormat(&out, "    %s: %s\n", part.field, part.text);
    }
  }
  if (static_cast<int64_t>(shown) < report.differing) {
    absl::StrAppendFormat(&out,
                          "... and %d more; --list N shows more of them\n",
                          report.differing - static_cast<int64_t>(shown));
  }
  return out;
}

std::string DiffJson(const DiffReport& report, absl::string_view name_a,
                     absl::string_view name_b) {
  std::string out;
  AppendMember("{\"a\":", name_a, out);
  AppendMember(",\"b\":", name_b, out);
  absl::StrAppend(&out, ",\"articles\":", report.articles,
                  ",\"differing\":", report.differing,
                  ",\"not_allowed\":", report.unexpected);
  AppendTable("by_route", report.by_route, out);
  AppendTable("by_topic", report.by_topic, out);
  AppendTable("by_verdict", report.by_verdict, out);
  AppendTable("by_fate", report.by_fate, out);
  out += ",\"by_field\":{";
  bool first = true;
  for (const auto& [field, n] : report.by_field) {
    AppendMember(first ? "" : ",", field, out);
    absl::StrAppend(&out, ":", n);
    first = false;
  }
  out += "},\"differences\":[";
  for (const RecordDifference& difference : report.differences) {
    out += &difference == report.differences.data() ? "\n" : ",\n";
    AppendDifference(difference, out);
  }
  absl::StrAppend(
      &out, "],\"left_out\":",
      report.differing - static_cast<int64_t>(report.differences.size()),
      "}\n");
  return out;
}

}  // namespace wiredesk
