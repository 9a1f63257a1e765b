#include "pipeline/desk/desk_api.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "pipeline/desk/json_answer.h"
#include "pipeline/desk/page_files.h"
#include "pipeline/desk/rehearsal_api.h"
#include "pipeline/record/json_text.h"

namespace wiredesk {
namespace {

constexpr int64_t kRecordsMax = 500;  // of one answer
constexpr int64_t kStoriesMax = 200;
constexpr size_t kStoryRecordsShown = 40;
constexpr size_t kStreamBurst = 100;
constexpr absl::Duration kStreamWait = absl::Seconds(5);

// --- What a request asks for -------------------------------------------------

struct RecordQuery {
  int64_t before = 0;  // only older ones; 0: from the newest
  int64_t limit = 100;
  std::string route;
  std::string verdict;
  std::string story;
  std::string provider;
  std::string place;
  std::string fate;
  std::string id;
  std::string text;  // in the headline, whatever the case
};

absl::StatusOr<RecordQuery> ReadQuery(const HttpRequest& request) {
  RecordQuery query;
  const std::pair<absl::string_view, std::string*> texts[] = {
      {"route", &query.route}, {"verdict", &query.verdict},
      {"story", &query.story}, {"provider", &query.provider},
      {"place", &query.place}, {"fate", &query.fate},
      {"id", &query.id},       {"text", &query.text}};
  for (const auto& [name, value] : request.query) {
    const std::string& given = name;
    const auto* const text = std::find_if(
        std::begin(texts), std::end(texts),
        [&given](const auto& each) { return each.first == given; });
    if (text != std::end(texts)) {
      *text->second = value;
      continue;
    }
    int64_t* const number = name == "before"  ? &query.before
                            : name == "limit" ? &query.limit
                                              : nullptr;
    if (number == nullptr || !absl::SimpleAtoi(value, number) || *number < 0) {
      return absl::InvalidArgumentError(absl::StrCat(
          name, "=", value,
          ": takes before and limit, which are numbers, and route, verdict, "
          "story, provider, place, fate, id and text"));
    }
  }
  query.limit = std::min(query.limit, kRecordsMax);
  query.text = absl::AsciiStrToLower(query.text);
  return query;
}

bool Fits(absl::string_view asked, absl::string_view value) {
  return asked.empty() || asked == value;
}

bool Takes(const RecordQuery& query, const KeptRecord& record) {
  if ((query.before > 0 && record.sequence >= query.before) ||
      !Fits(query.verdict, record.verdict) ||
      !Fits(query.story, record.story) ||
      !Fits(query.provider, record.provider) ||
      !Fits(query.fate, record.fate) || !Fits(query.id, record.id)) {
    return false;
  }
  if (!query.route.empty() &&
      std::find(record.routes.begin(), record.routes.end(), query.route) ==
          record.routes.end()) {
    return false;
  }
  if (!query.place.empty() &&
      std::none_of(record.places.begin(), record.places.end(),
                   [&query](const KeptPlace& place) {
                     return place.id == query.place;
                   })) {
    return false;
  }
  return query.text.empty() ||
         absl::StrContains(absl::AsciiStrToLower(record.headline), query.text);
}

void AppendCounts(const DeskHistory& history, std::string& out) {
  const DeskHistory::Counts counts = history.counts();
  absl::StrAppend(&out, "\"latest\":", counts.latest, ",\"kept\":", counts.kept,
                  ",\"left_out\":", counts.left_out);
}

// --- Pages -----------------------------------------------------------------

HttpResponse ShowRecords(const DeskHistory& history,
                         const HttpRequest& request) {
  const absl::StatusOr<RecordQuery> query = ReadQuery(request);
  if (!query.ok()) return JsonRefusal(400, query.status().message());
  std::string body = "{\"records\":[";
  int64_t shown = 0;
  for (const auto& record : history.Newest()) {
    if (shown == query->limit) break;
    if (!Takes(*query, *record)) continue;
    if (shown++ > 0) body += ',';
    AppendSummary(*record, body);
  }
  body += "],";
  AppendCounts(history, body);
  body += "}\n";
  return JsonAnswer(std::move(body));
}

// The whole of one record.
HttpResponse ShowRecord(const DeskHistory& history,
                        const HttpRequest& request) {
  std::string id;
  int64_t sequence = 0;
  for (const auto& [name, value] : request.query) {
    if (name == "id") {
      id = value;
    } else if (name != "sequence" || !absl::SimpleAtoi(value, &sequence)) {
      return JsonRefusal(400, "takes id, or sequence, which is a number");
    }
  }
  for (const auto& record : history.Newest()) {
    const bool found = sequence > 0 ? record->sequence == sequence
                                    : !id.empty() && record->id == id;
    if (!found) continue;
    absl::string_view line = record->line;
    absl::ConsumeSuffix(&line, "\n");
    return JsonAnswer(absl::StrCat("{\"sequence\":", record->sequence,
                                   ",\"line\":", line, "}\n"));
  }
  return JsonRefusal(404,
                     "not among the records that are kept; see desk.history");
}

struct Story {
  std::vector<const KeptRecord*> records;  // the newest first
  std::set<absl::string_view> providers;
  int64_t copies = 0;
};

void AppendStory(absl::string_view id, const Story& story, std::string& out) {
  out += "{\"story\":";
  AppendJsonBytes(id, out);
  absl::StrAppend(&out, ",\"articles\":", story.records.size(),
                  ",\"copies\":", story.copies,
                  ",\"providers\":", story.providers.size(), ",\"records\":[");
  for (size_t i = 0; i < story.records.size() && i < kStoryRecordsShown; ++i) {
    if (i > 0) out += ',';
    AppendSummary(*story.records[i], out);
  }
  out += "]}";
}

// The largest of what is kept, and of equal ones the newest.
HttpResponse ShowStories(const DeskHistory& history,
                         const HttpRequest& request) {
  std::string only;
  for (const auto& [name, value] : request.query) {
    if (name != "story") return JsonRefusal(400, "takes story, the id of one");
    only = value;
  }
  const KeptRecords records = history.Newest();
  std::map<absl::string_view, Story> stories;
  std::vector<absl::string_view> order;
  for (const auto& record : records) {
    if (record->story.empty() || !Fits(only, record->story)) continue;
    const auto [found, added] = stories.try_emplace(record->story);
    if (added) order.push_back(record->story);
    Story& story = found->second;
    story.records.push_back(record.get());
    story.providers.insert(record->provider);
    story.copies += record->verdict != "new" && record->verdict != "revision";
  }
  std::stable_sort(order.begin(), order.end(),
                   [&stories](absl::string_view a, absl::string_view b) {
                     return stories[a].records.size() >
                            stories[b].records.size();
                   });
  if (order.size() > kStoriesMax) order.resize(kStoriesMax);
  std::string body = "{\"stories\":[";
  for (size_t i = 0; i < order.size(); ++i) {
    if (i > 0) body += ',';
    AppendStory(order[i], stories[order[i]], body);
  }
  body += "],";
  AppendCounts(history, body);
  return JsonAnswer(std::move(body) + "}\n");
}

// Places by how many stories speak of them, not how many articles: copies would
// make capitals of all news.
HttpResponse ShowPlaces(const DeskHistory& history,
                        const HttpRequest& /*request*/) {
  struct Spot {
    const KeptPlace* place = nullptr;
    std::set<absl::string_view> stories;
    int64_t articles = 0;
  };
  const KeptRecords records = history.Newest();
  std::map<absl::string_view, Spot> spots;
  for (const auto& record : records) {
    for (const KeptPlace& place : record->places) {
      Spot& spot = spots[place.id];
      spot.place = &place;
      spot.stories.insert(record->story);
      ++spot.articles;
    }
  }
  std::string body = "{\"places\":[";
  bool first = true;
  for (const auto& [id, spot] : spots) {
    body += first ? "{\"id\":" : ",{\"id\":";
    first = false;
    AppendJsonBytes(id, body);
    body += ",\"name\":";
    AppendJsonBytes(spot.place->name, body);
    body += ",\"lat\":";
    AppendJsonNumber(spot.place->lat, body);
    body += ",\"lon\":";
    AppendJsonNumber(spot.place->lon, body);
    absl::StrAppend(&body, ",\"stories\":", spot.stories.size(),
                    ",\"articles\":", spot.articles, "}");
  }
  return JsonAnswer(std::move(body) + "]}\n");
}

void AppendTally(absl::string_view member, absl::string_view name,
                 int64_t count, bool first, std::string& out) {
  absl::StrAppend(&out, first ? "" : ",", "{\"", member, "\":");
  AppendJsonBytes(name, out);
  absl::StrAppend(&out, ",\"kept\":", count, "}");
}

// The routes in use, and what became of the records that are kept.
HttpResponse ShowRoutes(const DeskParts& parts) {
  std::map<std::string, int64_t> taken;
  std::map<std::string, int64_t> ends;
  for (const auto& record : parts.history->Newest()) {
    for (const std::string& route : record->routes) ++taken[route];
    if (record->fate != "live") {
      ++ends[absl::StrCat(record->fate, ": ", record->reason)];
    }
  }
  std::string body = "{\"routes\":[";
  bool first = true;
  for (const std::string& name : parts.chain->route_names()) {
    AppendTally("route", name, taken[name], first, body);
    first = false;
  }
  body += "],\"ends\":[";
  first = true;
  for (const auto& [reason, count] : ends) {
    AppendTally("reason", reason, count, first, body);
    first = false;
  }
  body += "],\"tree\":";
  const std::string tree = parts.chain->ExplainRoutes("");
  return JsonAnswer(absl::StrCat(body, tree.empty() ? "[]" : tree, "}\n"));
}

// Whether an expression of the language of `when` can be used as a filter.
HttpResponse CheckFilter(const RecordFilterFactory& make_filter,
                         const HttpRequest& request) {
  std::string expression;
  for (const auto& [name, value] : request.query) {
    if (name == "expression") expression = value;
  }
  if (make_filter == nullptr) return JsonRefusal(503, "knows no filters");
  const auto filter = make_filter(expression);
  if (filter.ok()) return JsonAnswer("{\"ok\":true}\n");
  return JsonRefusal(400, filter.status().message());
}

bool SendEvent(const HttpWriter& write, absl::string_view data) {
  return write(absl::StrCat("data: ", data, "\n\n"));
}

// Summaries as they come, from `sequence` on, until the reader has gone.
void StreamHistory(const DeskHistory& history, int64_t sequence,
                   const HttpWriter& write) {
  std::vector<std::string> summaries;
  while (true) {
    summaries.clear();
    sequence = history.Await(sequence, kStreamWait, kStreamBurst, summaries);
    // A comment shows whether somebody is still there.
    if (summaries.empty() && !write(": quiet\n\n")) return;
    for (const std::string& summary : summaries) {
      if (!SendEvent(write, summary)) return;
    }
  }
}

// The same of what a filter takes, from now on.
void StreamFiltered(TapRing& ring, const HttpWriter& write) {
  std::vector<std::string> lines;
  int64_t left_out = 0;
  while (ring.Take(kStreamWait, lines, left_out)) {
    if (lines.empty() && !write(": quiet\n\n")) return;
    for (std::string& line : lines) {
      const std::optional<KeptRecord> record = ReadKeptRecord(std::move(line));
      if (!record) continue;
      std::string summary;
      AppendSummary(*record, summary);
      if (!SendEvent(write, summary)) return;
    }
    lines.clear();
  }
}

HttpResponse ShowStream(const DeskParts& parts, const HttpRequest& request) {
  int64_t after = parts.history->counts().latest;
  TapQuery query;
  for (const auto& [name, value] : request.query) {
    if (name == "filter") {
      query.filter = value;
    } else if (name != "after" || !absl::SimpleAtoi(value, &after)) {
      return JsonRefusal(400, "takes after, which is a number, and filter");
    }
  }
  HttpResponse response;
  response.content_type = "text/event-stream; charset=utf-8";
  response.headers = {{"Cache-Control", "no-store"}};
  if (query.filter.empty()) {
    response.stream = [history = parts.history,
                       after](const HttpWriter& write) {
      StreamHistory(*history, after, write);
    };
    return response;
  }
  const absl::StatusOr<std::shared_ptr<TapRing>> ring =
      parts.tap->Listen(query);
  if (!ring.ok()) {
    return JsonRefusal(absl::IsInvalidArgument(ring.status()) ? 400 : 503,
                       ring.status().message());
  }
  response.stream = [ring = *ring](const HttpWriter& write) {
    StreamFiltered(*ring, write);
  };
  return response;
}

// --- The page --------------------------------------------------------------

absl::string_view TypeOf(absl::string_view name) {
  constexpr std::pair<absl::string_view, absl::string_view> kTypes[] = {
      {".html", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".json", "application/json"},
      {".svg", "image/svg+xml"}};
  for (const auto& [ending, type] : kTypes) {
    if (absl::EndsWith(name, ending)) return type;
  }
  return "text/plain; charset=utf-8";
}

HttpResponse ShowFile(const PageFile& file) {
  HttpResponse response;
  response.content_type = std::string(TypeOf(file.name));
  response.body = std::string(file.bytes);
  // Nothing runs but what is served here, wherever it comes from.
  response.headers = {
      {"Content-Security-Policy",
       "default-src 'self'; base-uri 'none'; form-action 'none'; "
       "frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cache-Control", "no-cache"}};
  return response;
}

}  // namespace

std::vector<AdminPage> DeskPages(const DeskParts& parts) {
  std::vector<AdminPage> pages;
  for (const PageFile& file : PageFiles()) {
    const bool start = file.name == "index.html";
    pages.push_back(
        {start ? "/" : absl::StrCat("/", file.name), false,
         [&file](const HttpRequest& /*request*/) { return ShowFile(file); }});
  }
  const DeskHistory* const history = parts.history;
  const auto add = [&pages](absl::string_view name, HttpHandler make) {
    pages.push_back({absl::StrCat("/api/v1/", name), true, std::move(make)});
  };
  add("records", [history](const HttpRequest& request) {
    return ShowRecords(*history, request);
  });
  add("record", [history](const HttpRequest& request) {
    return ShowRecord(*history, request);
  });
  add("stories", [history](const HttpRequest& request) {
    return ShowStories(*history, request);
  });
  add("places", [history](const HttpRequest& request) {
    return ShowPlaces(*history, request);
  });
  add("routes",
      [parts](const HttpRequest& /*request*/) { return ShowRoutes(parts); });
  add("filter", [make_filter = parts.make_filter](const HttpRequest& request) {
    return CheckFilter(make_filter, request);
  });
  add("stream", [parts](const HttpRequest& request) {
    return ShowStream(parts, request);
  });
  for (AdminPage& page : RehearsalPages(history, parts.chain)) {
    pages.push_back(std::move(page));
  }
  return pages;
}

}  // namespace wiredesk
