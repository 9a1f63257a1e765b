#include "pipeline/desk/rehearsal_api.h"

#include <simdjson.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"
#include "config/diagnostics.h"
#include "pipeline/desk/field_list.h"
#include "pipeline/desk/json_answer.h"
#include "pipeline/desk/packed_text.h"
#include "pipeline/desk/rehearsal.h"
#include "pipeline/record/json_text.h"

namespace wiredesk {
namespace {

constexpr int64_t kRecordsDefault = 1000;
constexpr absl::Duration kTimeMax = absl::Seconds(20);
// Differences that are told in full.
constexpr size_t kDifferencesShown = 200;
constexpr size_t kDepthMax = 8;  // of a request

// To begin with where no file says anything: the built-in routes.
constexpr char kBuiltInRoutes[] = R"(route:
  routes:
    - name: duplicates
      when: dedupe.verdict in ["near", "exact", "excerpt"]
      to: news.duplicates
  # What no route takes.
  default: {to: news.events}
)";

// The record that "?sequence=" names, or null.
std::shared_ptr<const KeptRecord> FindAsked(const DeskHistory& history,
                                            const HttpRequest& request) {
  int64_t sequence = 0;
  for (const auto& [name, value] : request.query) {
    if (name != "sequence" || !absl::SimpleAtoi(value, &sequence)) {
      return nullptr;
    }
  }
  for (const auto& record : history.Newest()) {
    if (record->sequence == sequence) return record;
  }
  return nullptr;
}

HttpResponse RefuseUnknown() {
  return JsonRefusal(404,
                     "takes sequence, of a record that is kept; see "
                     "desk.history");
}

// The event record within a line of the tap; empty for a dead letter. What
// stands before it is text whose quotes are escaped.
absl::string_view RecordOf(absl::string_view line) {
  constexpr absl::string_view kMember = ",\"record\":";
  const size_t at = line.find(kMember);
  if (at == absl::string_view::npos) return "";
  line.remove_prefix(at + kMember.size());
  absl::ConsumeSuffix(&line, "\n");
  absl::ConsumeSuffix(&line, "}");
  return line;
}

HttpResponse ShowExplanation(const DeskHistory& history, const Chain& chain,
                             const HttpRequest& request) {
  const auto record = FindAsked(history, request);
  if (record == nullptr) return RefuseUnknown();
  const absl::string_view json = RecordOf(record->line);
  const std::string steps = json.empty() ? "" : chain.ExplainRoutes(json);
  return JsonAnswer(absl::StrCat("{\"sequence\":", record->sequence,
                                 ",\"steps\":", steps.empty() ? "[]" : steps,
                                 "}\n"));
}

HttpResponse ShowRaw(const DeskHistory& history, const HttpRequest& request) {
  const auto record = FindAsked(history, request);
  if (record == nullptr || record->raw == nullptr) return RefuseUnknown();
  return JsonAnswer(UnpackText(*record->raw) + "\n");
}

HttpResponse ShowConfiguration(const Chain& chain) {
  std::string text = chain.RehearsableText();
  if (text.find("route:") == std::string::npos) text += kBuiltInRoutes;
  std::string body = "{\"version\":";
  AppendJsonBytes(chain.processing().config, body);
  body += ",\"yaml\":";
  AppendJsonBytes(text, body);
  return JsonAnswer(std::move(body) + "}\n");
}

struct RehearsalRequest {
  std::string yaml;
  int64_t records = kRecordsDefault;
  bool check = false;  // and do not run
};

absl::StatusOr<RehearsalRequest> ReadRequest(absl::string_view json) {
  simdjson::dom::parser parser;
  simdjson::dom::object members;
  if (parser.allocate(json.size(), kDepthMax) != simdjson::SUCCESS ||
      parser.parse(json.data(), json.size()).get(members) !=
          simdjson::SUCCESS) {
    return absl::InvalidArgumentError("the body is not a JSON object");
  }
  RehearsalRequest request;
  bool has_yaml = false;
  for (const auto& [key, value] : members) {
    std::string_view text;
    if (key == "yaml" && value.get(text) == simdjson::SUCCESS) {
      request.yaml = std::string(text);
      has_yaml = true;
    } else if (!(key == "records" &&
                 value.get(request.records) == simdjson::SUCCESS &&
                 request.records > 0) &&
               !(key == "check" &&
                 value.get(request.check) == simdjson::SUCCESS)) {
      return absl::InvalidArgumentError(
          "takes yaml, a text, records, a number above 0, and check, true or "
          "false");
    }
  }
  if (!has_yaml) return absl::InvalidArgumentError("yaml is missing");
  return request;
}

void AppendPart(absl::string_view name, absl::string_view value,
                std::string& out) {
  absl::StrAppend(&out, ",\"", name, "\":");
  AppendJsonBytes(value, out);
}

// What is said of the text that was given; warnings about other files are known.
void AppendDiagnostics(const Diagnostics& diagnostics, std::string& out) {
  absl::StrAppend(&out, "{\"ok\":", diagnostics.ok() ? "true" : "false",
                  ",\"diagnostics\":[");
  bool first = true;
  for (const Diagnostic& each : diagnostics.Sorted()) {
    const bool here = absl::EndsWith(each.location.file, kRehearsedFile);
    const bool error = each.severity == Diagnostic::Severity::kError;
    if (!here && !error) continue;
    absl::StrAppend(&out, first ? "" : ",", "{\"severity\":\"",
                    error ? "error" : "warning",
                    "\",\"line\":", here ? each.location.line : 0,
                    ",\"column\":", here ? each.location.column : 0);
    AppendPart("key", each.key, out);
    AppendPart("what", each.what, out);
    AppendPart("remedy", each.remedy, out);
    out += '}';
    first = false;
  }
  out += ']';
}

HttpResponse RunRehearsal(const DeskHistory& history, const Chain& chain,
                          const HttpRequest& http) {
  const absl::StatusOr<RehearsalRequest> request = ReadRequest(http.body);
  if (!request.ok()) return JsonRefusal(400, request.status().message());
  Diagnostics diagnostics;
  const std::unique_ptr<Chain> rehearsed =
      chain.ForkWith(request->yaml, diagnostics);
  std::string body;
  AppendDiagnostics(diagnostics, body);
  if (rehearsed == nullptr || !diagnostics.ok() || request->check) {
    return JsonAnswer(std::move(body) + "}\n");
  }
  KeptRecords newest = history.Newest();
  newest.resize(std::min(newest.size(), static_cast<size_t>(request->records)));
  const std::unique_ptr<Chain> in_use = chain.Fork();
  absl::StatusOr<RehearsalResult> result =
      Rehearse(newest, kTimeMax, *in_use, *rehearsed);
  if (!result.ok()) return JsonRefusal(500, result.status().message());
  DiffReport& report = result->report;
  if (report.differences.size() > kDifferencesShown) {
    report.differences.resize(kDifferencesShown);
  }
  absl::StrAppend(&body, ",\"records\":", result->raw_records,
                  ",\"complete\":", result->complete ? "true" : "false",
                  ",\"seconds\":");
  AppendJsonNumber(result->seconds, body);
  absl::StrAppend(&body,
                  ",\"difference\":", DiffJson(report, "in use", "rehearsed"),
                  "}\n");
  return JsonAnswer(std::move(body));
}

}  // namespace

std::vector<AdminPage> RehearsalPages(const DeskHistory* history,
                                      const Chain* chain) {
  // One at a time: a second one would only make both slow.
  const auto busy = std::make_shared<absl::Mutex>();
  return {
      {"/api/v1/explain", true,
       [history, chain](const HttpRequest& request) {
         return ShowExplanation(*history, *chain, request);
       }},
      {"/api/v1/fields", true,
       [](const HttpRequest& /*request*/) {
         return JsonAnswer("{\"fields\":" + FieldListJson() + "}\n");
       }},
      {"/api/v1/raw", true,
       [history](const HttpRequest& request) {
         return ShowRaw(*history, request);
       }},
      {"/api/v1/configuration", true,
       [chain](const HttpRequest& /*request*/) {
         return ShowConfiguration(*chain);
       }},
      {"/api/v1/rehearse", true,
       [history, chain, busy](const HttpRequest& request) {
         if (!busy->TryLock()) {
           return JsonRefusal(503, "another rehearsal runs; try again");
         }
         HttpResponse response = RunRehearsal(*history, *chain, request);
         busy->Unlock();
         return response;
       },
       "POST"},
  };
}

}  // namespace wiredesk
