#include "stages/parse/parse_command.h"

#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "config/base/counted.h"
#include "config/base/status_macros.h"
#include "pipeline/file/source.h"
#include "pipeline/record/event_names.h"
#include "stages/parse/article_json/suggestion.h"
#include "stages/parse/draft/parse_trace.h"
#include "stages/parse/parse_stage.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

constexpr size_t kValueMax = 90;  // bytes of a value that is shown

// Calls `see` with each raw record of the inputs, parsed, and what was traced.
absl::Status ParseInputs(
    const ParseArguments& arguments,
    const std::function<void(const Batch&, const ParseTrace&)>& see) {
  Diagnostics diagnostics;
  const Config config =
      LoadFiles(arguments.config, arguments.overlays, diagnostics);
  const std::shared_ptr<const ParseRules> rules = CompileParseRules(
      config.DecodeSection(ParseStage::GetSchema(), diagnostics), diagnostics);
  if (!diagnostics.ok()) {
    return absl::InvalidArgumentError(diagnostics.Text());
  }
  WD_ASSIGN_OR_RETURN(std::vector<InputFile> files,
                      ExpandInputs(arguments.inputs));
  FileReader reader(std::move(files), FileReader::Options());
  ParseTrace trace;
  ParseStage stage(rules, &trace);
  Batch batch{Batch::Limits{.records_max = 1}};
  absl::Status filled;
  while (filled.ok()) {
    batch.Reset();
    trace.Clear();
    filled = reader.Fill(batch);
    if (!filled.ok() && !absl::IsOutOfRange(filled)) return filled;
    WD_RETURN_IF_ERROR(stage.Process(batch));
    if (!batch.raw_records().empty()) see(batch, trace);
  }
  return reader.faults();
}

std::string Joined(absl::Span<const absl::string_view> names) {
  return absl::StrJoin(names, ", ");
}

std::string TimeText(const std::optional<absl::Time>& time) {
  if (!time.has_value()) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", *time, absl::UTCTimeZone());
}

std::string NumberText(int64_t number) {
  return number == 0 ? std::string() : absl::StrCat(number);
}

template <typename T>
std::string NamesOf(absl::Span<const T> things) {
  return absl::StrJoin(things, ", ", [](std::string* out, const T& thing) {
    absl::StrAppend(out, thing.name.empty() ? thing.id : thing.name);
  });
}

std::string EntitiesOf(const EventRecord& record, absl::string_view type) {
  std::vector<absl::string_view> names;
  for (const Entity& entity : record.given_entities) {
    if (entity.type == type) names.push_back(entity.name);
  }
  return absl::StrJoin(names, ", ");
}

// A field of an article, as it stands in the configuration.
struct ShownField {
  absl::string_view name;
  std::string (*value)(const EventRecord& record);
  // What fills it where the document does not.
  absl::string_view otherwise = "";
};

constexpr ShownField kShownFields[] = {
    {"headline",
     [](const EventRecord& r) { return std::string(r.article.headline); }},
    {"summary",
     [](const EventRecord& r) { return std::string(r.article.summary); }},
    {"body", [](const EventRecord& r) { return std::string(r.article.body); }},
    {"published_at",
     [](const EventRecord& r) { return TimeText(r.article.published_at); }},
    {"updated_at",
     [](const EventRecord& r) { return TimeText(r.article.updated_at); }},
    {"embargoed_until",
     [](const EventRecord& r) { return TimeText(r.article.embargoed_until); }},
    {"guid", [](const EventRecord& r) { return std::string(r.article.guid); }},
    {"url", [](const EventRecord& r) { return std::string(r.article.url); }},
    {"canonical_url",
     [](const EventRecord& r) { return std::string(r.article.canonical_url); },
     "the url"},
    {"provider",
     [](const EventRecord& r) { return std::string(r.article.provider.name); },
     "the configuration or the feed"},
    {"domain",
     [](const EventRecord& r) {
       return std::string(r.article.provider.domain);
     },
     "the canonical url"},
    {"country",
     [](const EventRecord& r) {
       return std::string(r.article.provider.country);
     },
     "the configuration"},
    {"byline", [](const EventRecord& r) { return Joined(r.article.byline); }},
    {"dateline",
     [](const EventRecord& r) { return std::string(r.article.dateline); },
     "the beginning of the body"},
    {"language",
     [](const EventRecord& r) {
       return std::string(r.article.declared_language);
     }},
    {"version",
     [](const EventRecord& r) { return NumberText(r.article.version); }},
    {"status",
     [](const EventRecord& r) { return std::string(NameOf(r.article.status)); },
     "nothing says otherwise"},
    {"urgency",
     [](const EventRecord& r) { return NumberText(r.article.urgency); }},
    {"priority",
     [](const EventRecord& r) { return NumberText(r.article.priority); }},
    {"slugline",
     [](const EventRecord& r) { return std::string(r.article.slugline); }},
    {"take", [](const EventRecord& r) { return std::string(r.article.take); }},
    {"categories",
     [](const EventRecord& r) { return Joined(r.article.categories); }},
    {"keywords",
     [](const EventRecord& r) { return Joined(r.article.keywords); }},
    {"persons", [](const EventRecord& r) { return EntitiesOf(r, "person"); }},
    {"organizations",
     [](const EventRecord& r) { return EntitiesOf(r, "organization"); }},
    {"places", [](const EventRecord& r) { return NamesOf(r.given_places); }},
    {"topics", [](const EventRecord& r) { return NamesOf(r.given_topics); }},
};

// On one line, cut.
std::string Shown(absl::string_view value) {
  std::string line = absl::StrReplaceAll(value, {{"\n", " "}, {"\t", " "}});
  if (line.size() <= kValueMax) return line;
  return absl::StrCat(Truncate(line, kValueMax), " …");
}

std::string SourcesOf(absl::string_view field, const ArticleTrace* trace) {
  std::vector<absl::string_view> sources;
  if (trace != nullptr) {
    for (const TracedField& traced : trace->fields) {
      if (traced.field == field) sources.push_back(traced.from);
    }
  }
  return absl::StrJoin(sources, " ");
}

const ArticleTrace* TraceOf(const EventRecord& record,
                            const ParseTrace& trace) {
  for (const ArticleTrace& article : trace.articles()) {
    if (article.item == record.item) return &article;
  }
  return nullptr;
}

void PrintLine(absl::string_view name, absl::string_view from,
               absl::string_view value, std::string& out) {
  absl::StrAppendFormat(&out, "  %-16s%-30s  %s\n", name, from, Shown(value));
}

void PrintArticle(const EventRecord& record, const ArticleTrace* trace,
                  std::string& out) {
  absl::StrAppendFormat(&out, "article %d", record.item);
  if (trace != nullptr && trace->has_pointers) {
    absl::StrAppend(&out, ", from ",
                    trace->at.empty() ? "the whole document" : trace->at);
  }
  out += '\n';
  for (const ShownField& field : kShownFields) {
    const std::string value = field.value(record);
    std::string from = SourcesOf(field.name, trace);
    if (value.empty() && from.empty()) continue;
    if (from.empty()) from = absl::StrCat("(", field.otherwise, ")");
    PrintLine(field.name, from == "()" ? "" : from,
              value.empty() ? "(nothing usable)" : value, out);
  }
  if (trace == nullptr || trace->rest.empty()) return;
  absl::StrAppend(&out, "  not used\n");
  for (const TracedRest& rest : trace->rest) {
    PrintLine(absl::StrCat(rest.counted ? "* " : "  ", rest.looks), rest.from,
              rest.value, out);
  }
}

struct Seen {
  size_t records = 0;
  size_t articles = 0;
  size_t dead = 0;
  bool counted = false;  // something carries a star
};

void ExplainRecord(const Batch& batch, const ParseTrace& trace, size_t limit,
                   Seen& seen, std::string& out) {
  const RawRecord& raw = batch.raw_records().front();
  ++seen.records;
  const bool shown = seen.articles < limit;
  const std::string place =
      absl::StrFormat("%s, record %d", raw.origin.topic, raw.origin.offset);
  if (shown) absl::StrAppend(&out, out.empty() ? "" : "\n", place, "\n");
  if (raw.dead_letter) {
    ++seen.dead;
    if (shown) {
      absl::StrAppend(&out, "dead letter, ", raw.reason, ": ", raw.detail,
                      "\n");
    }
  }
  for (const EventRecord& record : batch.records()) {
    const ArticleTrace* const traced = TraceOf(record, trace);
    if (seen.articles++ >= limit) continue;
    PrintArticle(record, traced, out);
    if (traced == nullptr) continue;
    for (const TracedRest& rest : traced->rest) seen.counted |= rest.counted;
  }
}

Command MakeCommand(absl::string_view name, absl::string_view help,
                    absl::StatusOr<std::string> (*run)(const ParseArguments&)) {
  const auto arguments = std::make_shared<ParseArguments>();
  Command command;
  command.name = std::string(name);
  command.help = std::string(help);
  command.flags =
      JoinFlags({{SharedFlag("input", &arguments->inputs).Plain().Required()},
                 ConfigFlags(arguments.get())});
  if (name == "explain") {
    command.flags.push_back(
        SharedFlag("limit", &arguments->limit).Help("Articles to show"));
  }
  command.run = [arguments, run]() -> absl::StatusOr<int> {
    WD_ASSIGN_OR_RETURN(const std::string text, run(*arguments));
    std::fputs(text.c_str(), stdout);
    return kExitOk;
  };
  return command;
}

}  // namespace

absl::StatusOr<std::string> ExplainParsing(const ParseArguments& arguments) {
  std::string out;
  Seen seen;
  WD_RETURN_IF_ERROR(
      ParseInputs(arguments, [&](const Batch& batch, const ParseTrace& trace) {
        ExplainRecord(batch, trace, arguments.limit, seen, out);
      }));
  absl::StrAppend(&out, "\n", Counted(seen.records, "record"), ", ",
                  Counted(seen.articles, "article"), ", ",
                  Counted(seen.dead, "dead letter"), "\n");
  if (seen.counted) {
    absl::StrAppend(&out,
                    "* is counted in wiredesk_unused_keys_total; name it in "
                    "parse.json_fields to use it (wiredesk parse suggest)\n");
  }
  return out;
}

absl::StatusOr<std::string> SuggestParsing(const ParseArguments& arguments) {
  std::vector<ArticleTrace> articles;
  WD_RETURN_IF_ERROR(
      ParseInputs(arguments, [&](const Batch&, const ParseTrace& trace) {
        for (const ArticleTrace& article : trace.articles()) {
          if (article.has_pointers) articles.push_back(article);
        }
      }));
  if (articles.empty()) {
    return absl::InvalidArgumentError(
        "there is no JSON object in it: only JSON, and XML of no other format, "
        "is read by parse.json_fields");
  }
  return SuggestMapping(articles);
}

Command ParseCommand() {
  Command explain =
      MakeCommand("explain", "Show where each field of an article came from",
                  &ExplainParsing);
  explain.examples = {
      "wiredesk parse explain feed.json",
      "wiredesk parse explain -c wiredesk.yaml dump.ndjson -n 3"};
  Command suggest = MakeCommand(
      "suggest", "Write parse.json_fields for documents of a new shape",
      &SuggestParsing);
  suggest.examples = {"wiredesk parse suggest feed.json > parse.yaml"};
  Command command;
  command.name = "parse";
  command.help = "Explain how documents are read, and map shapes of your own";
  command.examples = {"wiredesk parse explain feed.json",
                      "wiredesk parse suggest feed.json > parse.yaml"};
  command.commands = {std::move(explain), std::move(suggest)};
  return command;
}

}  // namespace wiredesk
