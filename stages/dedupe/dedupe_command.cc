#include "stages/dedupe/dedupe_command.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "config/base/read_file.h"
#include "config/base/status_macros.h"
#include "pipeline/file/source.h"
#include "pipeline/flow/memory_sighting_log.h"
#include "pipeline/record/event_names.h"
#include "stages/dedupe/dedupe_stage.h"
#include "stages/dedupe/index/pair_tuning.h"
#include "stages/dedupe/index/story_index.h"

namespace wiredesk {
namespace {

constexpr size_t kWordsListed = 20;
constexpr size_t kVersionsKept = 50;

std::string Text(absl::string_view view) { return std::string(view); }

std::string IdText(const RecordId& id) {
  return absl::StrFormat("%016x%016x", id.high, id.low);
}

// An article that was met, with all that is said of it.
struct Met {
  Sighting sighting;
  Decision decision;
  std::string guid;
  std::string url;
  std::string provider;
  std::string headline;
  // For each shingle of the sample: where it stands, and its words.
  std::vector<size_t> places;
  std::vector<std::string> sample_words;
};

// Why the judgement is what it is.
std::string DescribeJudgement(const TextReport& report) {
  const TextComparison& found = report.found;
  const TextJudgement& made = report.judgement;
  const uint32_t smaller = std::min(found.own, found.other);
  std::string out = absl::StrFormat(
      "similarity %.3f, threshold %.3f: %u of the smaller text's %u rare "
      "shingles are in both samples\n           %.3f of the later text is "
      "covered; %u fingerprints in common\n",
      made.similarity / 1000.0, made.threshold / 1000.0, found.shared, smaller,
      made.covered / 1000.0, report.shared_fingerprints);
  const FactAgreement& facts = found.facts;
  absl::StrAppendFormat(
      &out,
      "           in the same places: %u numbers equal and %u not, %u names "
      "equal and %u not\n",
      facts.numbers, facts.other_numbers, facts.names, facts.other_names);
  if (made.is_template) {
    absl::StrAppend(&out,
                    "           a template: the words are shared, the numbers "
                    "and names are not\n");
  }
  if (found.spread != 0) {
    absl::StrAppendFormat(&out, "           spread %.3f: %s\n",
                          found.spread / 1000.0,
                          "1 is as often as blocks of twenty words take turns");
  }
  if (!made.enough) {
    absl::StrAppend(&out, "           too little is shared to mean anything\n");
  }
  absl::StrAppend(
      &out, "           on their own they are ",
      made.same ? (made.excerpt ? "excerpt and whole" : "near") : "different",
      "\n");
  return out;
}

// Hands over what the parse stage makes of the inputs, in order.
absl::Status ReadArticles(
    const std::vector<std::string>& inputs, const StageSet& stages,
    const std::function<void(const Batch&, const EventRecord&)>& meet) {
  absl::StatusOr<std::vector<InputFile>> files = ExpandInputs(inputs);
  if (!files.ok()) return files.status();
  FileReader reader(*std::move(files), FileReader::Options());
  Batch batch{Batch::Limits{}};
  absl::Status filled;
  while (filled.ok()) {
    batch.Reset();
    filled = reader.Fill(batch);
    if (!filled.ok() && !absl::IsOutOfRange(filled)) return filled;
    for (const std::unique_ptr<Stage>& stage : stages.stages) {
      if (stage->name() != "parse") continue;
      WD_RETURN_IF_ERROR(stage->Process(batch));
    }
    batch.ForEachLive([&](EventRecord& record) { meet(batch, record); });
  }
  return absl::OkStatus();
}

// Replays the inputs through the parse stage and a story index of its own.
class Explainer {
 public:
  // Keeps what is put into `cluster`, so that memory does not grow with the
  // input; where it is not known yet, the article alone.
  Explainer(const DedupeOptions& options, StageSet stages,
            std::optional<RecordId> cluster)
      : window_seconds_(absl::ToInt64Seconds(options.window)),
        index_(LimitsOf(options)),
        maker_(options),
        stages_(std::move(stages)),
        cluster_(cluster) {}

  absl::Status Run(const DedupeExplainArguments& arguments) {
    return ReadArticles(arguments.inputs, stages_,
                        [&](const Batch& batch, const EventRecord& record) {
                          Meet(batch, record, arguments);
                        });
  }

  // The cluster that the article was put into.
  absl::StatusOr<RecordId> FindCluster(
      const DedupeExplainArguments& arguments) {
    WD_RETURN_IF_ERROR(Run(arguments));
    if (article_.has_value()) return article_->decision.cluster;
    return absl::NotFoundError(
        absl::StrCat("no article with the id, guid or URL ", arguments.id));
  }

  absl::StatusOr<std::string> Print(
      const DedupeExplainArguments& arguments) const {
    if (!arguments.against.empty() && !other_.has_value()) {
      return absl::NotFoundError(absl::StrCat(
          "no article with the id, guid or URL ", arguments.against));
    }
    std::string out;
    PrintArticle("article", *article_, out);
    PrintVerdict(out);
    if (other_.has_value()) PrintComparison(out);
    PrintVersions(out);
    return out;
  }

 private:
  static bool Is(const Met& met, const std::string& name) {
    return name == met.guid || name == met.url ||
           name == IdText(met.sighting.id);
  }

  void Meet(const Batch& batch, const EventRecord& record,
            const DedupeExplainArguments& arguments) {
    Met met;
    maker_.Make(batch, record, met.sighting);
    met.guid = Text(record.article.guid);
    met.url = Text(record.article.url);
    const Provider& provider = record.article.provider;
    met.provider =
        Text(provider.name.empty() ? provider.domain : provider.name);
    met.headline = Text(record.article.headline);
    const bool is_article = !article_.has_value() && Is(met, arguments.id);
    const bool is_other = !arguments.against.empty() && !other_.has_value() &&
                          Is(met, arguments.against);
    if (is_article || is_other) AddSampleWords(record, met);
    // Compared as the later one was: before it was remembered itself.
    std::optional<TextReport> report;
    const std::optional<Met>& earlier = is_article ? other_ : article_;
    if ((is_article || is_other) && earlier.has_value()) {
      report = index_.matcher().Report(met.sighting, earlier->sighting,
                                       RareOf(*earlier));
    }
    if (is_article && arguments.against.empty()) FindMatched(met, report);
    index_.Apply(met.sighting, position_++, met.decision);
    if (report.has_value()) {
      report_ = std::move(report);
      later_ = met;
    }
    if (is_article) {
      article_ = met;
    } else if (is_other) {
      other_ = met;
    }
    if (cluster_.has_value() && met.decision.cluster == *cluster_ &&
        cluster_members_.size() < kVersionsKept) {
      cluster_members_.push_back(std::move(met));
    }
  }

  // The first of the cluster that the article was put into.
  void FindMatched(const Met& met, std::optional<TextReport>& report) {
    if (cluster_members_.empty()) return;
    other_ = cluster_members_.front();
    report = index_.matcher().Report(met.sighting, other_->sighting,
                                     RareOf(*other_));
  }

  // Which of its shingles were rare when it came.
  std::vector<uint8_t> RareOf(const Met& met) {
    return met.decision.rare.empty() ? index_.matcher().RareOf(met.sighting)
                                     : met.decision.rare;
  }

  void AddSampleWords(const EventRecord& record, Met& met) const {
    const Article& article = record.article;
    const absl::Span<const Word> words = ComparedWords(
        {article.headline, record.headline_words, record.body_words});
    const absl::string_view text = words.data() == record.body_words.data()
                                       ? article.body
                                       : article.headline;
    met.places = maker_.sketcher().PlacesOfSample(met.sighting);
    for (size_t place : met.places) {
      if (place + kShingleWords > words.size()) continue;
      const size_t begin = words[place].begin;
      const Word& last = words[place + kShingleWords - 1];
      met.sample_words.push_back(
          Text(text.substr(begin, last.begin + last.length - begin)));
    }
  }

  static void PrintArticle(absl::string_view what, const Met& met,
                           std::string& out) {
    absl::StrAppendFormat(&out, "%-11s%s\n           \"%s\", %s\n", Text(what),
                          IdText(met.sighting.id), met.headline, met.provider);
  }

  void PrintVerdict(std::string& out) const {
    const Decision& made = article_->decision;
    absl::StrAppend(&out, "verdict    ",
                    VerdictName(static_cast<Verdict>(made.verdict)));
    if (made.verdict != Verdict::kNew) {
      absl::StrAppendFormat(
          &out, " of %s, by %s, similarity %.3f", IdText(made.cluster),
          Text(ReasonName(static_cast<MatchReason>(made.reason))),
          made.similarity / 1000.0);
    }
    absl::StrAppendFormat(&out, "\nstory      %s, %u articles, novelty %.3f\n",
                          IdText(made.story), made.story_size,
                          made.novelty / 1000.0);
  }

  void PrintComparison(std::string& out) const {
    PrintArticle("against", *other_, out);
    const TextReport& report = *report_;
    if (article_->sighting.is_short || other_->sighting.is_short) {
      absl::StrAppend(&out,
                      "           too short for shingles: compared by words "
                      "and numbers, within hours\n");
      return;
    }
    absl::StrAppend(&out, DescribeJudgement(report));
    if (report.judgement.same) PrintWhyNotTaken(out);
    PrintWords("shared", report.shared, out);
    PrintWords("not shared", report.missing, out);
    PrintWords("common", report.common, out);
  }

  // Of a pair that is one on its own.
  void PrintWhyNotTaken(std::string& out) const {
    const Decision& made = article_->decision;
    if (made.cluster == other_->decision.cluster) return;
    const int64_t apart =
        std::abs(made.event_time - other_->decision.event_time) / 1'000'000;
    absl::string_view why =
        "another text was nearer, or this one was forgotten for want of memory";
    if (apart > window_seconds_) {
      why = "they are further apart than dedupe.window";
    } else if (report_->shared_fingerprints == 0) {
      why = "they have no fingerprint in common, so they never met";
    } else if (made.reason != MatchReason::kNone &&
               made.reason != MatchReason::kSimilarity &&
               made.reason != MatchReason::kContainment) {
      why = "its ids or its equal text decided before";
    }
    absl::StrAppend(&out, "           not taken: ", why, "\n");
  }

  // In the order of the text.
  void PrintWords(absl::string_view what, std::vector<size_t> indices,
                  std::string& out) const {
    if (indices.empty()) return;
    absl::StrAppendFormat(&out, "%-11s%d\n", Text(what), indices.size());
    std::sort(indices.begin(), indices.end(), [this](size_t a, size_t b) {
      return later_.places[a] < later_.places[b];
    });
    size_t listed = 0;
    for (size_t i : indices) {
      if (i >= later_.sample_words.size()) continue;
      if (++listed > kWordsListed) break;
      absl::StrAppend(&out, "           \"", later_.sample_words[i], "\"\n");
    }
  }

  void PrintVersions(std::string& out) const {
    absl::StrAppendFormat(&out, "cluster    %s\n",
                          IdText(article_->decision.cluster));
    for (const Met& one : cluster_members_) {
      absl::StrAppendFormat(
          &out, "  %-9s%s  version %u  %s  %s  \"%s\"\n",
          Text(VerdictName(static_cast<Verdict>(one.decision.verdict))),
          absl::FormatTime("%Y-%m-%d %H:%M",
                           absl::FromUnixMicros(one.decision.event_time),
                           absl::UTCTimeZone()),
          one.decision.version, IdText(one.sighting.id), one.provider,
          one.headline);
    }
  }

  const int64_t window_seconds_;
  StoryIndex index_;
  SightingMaker maker_;
  StageSet stages_;
  int64_t position_ = 0;
  std::optional<Met> article_;
  std::optional<Met> other_;
  std::optional<TextReport> report_;
  Met later_;  // of the two
  const std::optional<RecordId> cluster_;
  std::vector<Met> cluster_members_;
};

absl::StatusOr<int> Explain(const Program& program,
                            const DedupeExplainArguments& arguments) {
  WD_ASSIGN_OR_RETURN(const std::string text,
                      ExplainDuplicate(program, arguments));
  std::fputs(text.c_str(), stdout);
  return kExitOk;
}

struct TuneArguments {
  std::string pairs;
  std::vector<std::string> texts;
  PairLabels labels;
  size_t list = 10;
};

// Puts the bodies of articles in the place of their ids. Pairs of which one is
// not among the texts are left out.
absl::StatusOr<std::vector<LabelledPair>> WithTexts(
    const Program& program, const std::vector<std::string>& texts,
    const std::vector<LabelledPair>& pairs) {
  if (texts.empty()) {
    return absl::InvalidArgumentError(
        "the pairs are ids: name the files that hold the articles by --texts");
  }
  Config config;
  Diagnostics diagnostics;
  const std::unique_ptr<Chain> chain =
      LoadChain(program, "", {}, config, diagnostics);
  if (chain == nullptr) return absl::InvalidArgumentError(diagnostics.Text());
  MemorySightingLog log(chain->replica());
  const StageSet stages = chain->MakeStages(&log);
  absl::flat_hash_map<std::string, std::optional<std::string>> bodies;
  for (const LabelledPair& pair : pairs) {
    bodies[pair.first];
    bodies[pair.second];
  }
  WD_RETURN_IF_ERROR(
      ReadArticles(texts, stages, [&](const Batch&, const EventRecord& record) {
        const auto found = bodies.find(record.article.guid);
        if (found != bodies.end()) found->second = Text(record.article.body);
      }));
  std::vector<LabelledPair> found;
  for (const LabelledPair& pair : pairs) {
    const std::optional<std::string>& first = bodies[pair.first];
    const std::optional<std::string>& second = bodies[pair.second];
    if (!first.has_value() || !second.has_value()) continue;
    found.push_back({pair.same, *first, *second});
  }
  if (found.empty()) {
    return absl::NotFoundError("no article of the texts has an id of a pair");
  }
  if (found.size() < pairs.size()) {
    std::fprintf(stderr, "%zu of %zu pairs are left out: not among the texts\n",
                 pairs.size() - found.size(), pairs.size());
  }
  return found;
}

absl::StatusOr<int> Tune(const Program& program,
                         const TuneArguments& arguments) {
  WD_ASSIGN_OR_RETURN(const std::string text, ReadPackedFile(arguments.pairs));
  std::vector<LabelledPair> pairs;
  if (HasColumns(text)) {
    WD_ASSIGN_OR_RETURN(pairs, ReadPairsOfIds(text, arguments.labels));
    WD_ASSIGN_OR_RETURN(pairs, WithTexts(program, arguments.texts, pairs));
  } else {
    WD_ASSIGN_OR_RETURN(pairs, ReadPairs(text));
  }
  std::fputs(PrintTuning(JudgePairs(pairs), arguments.list).c_str(), stdout);
  return kExitOk;
}

Command ExplainCommand(const Program& program) {
  const auto arguments = std::make_shared<DedupeExplainArguments>();
  Command command;
  command.name = "explain";
  command.help = "Show what an article was matched with, and why";
  command.examples = {"wiredesk dedupe explain feed.ndjson --id wire:1234",
                      "wiredesk dedupe explain day/ --id https://a.example/1 "
                      "--against https://b.example/2"};
  command.flags = JoinFlags(
      {{SharedFlag("input", &arguments->inputs)
            .Plain()
            .Required()
            .Help("File or folder with the article and what came before it, "
                  "read twice"),
        Flag("id", &arguments->id, "ID",
             "The article: its record id, guid or URL")
            .Required(),
        Flag("against", &arguments->against, "ID",
             "Compare with this one instead of what it was matched with")},
       ConfigFlags(arguments.get())});
  command.run = [&program, arguments] { return Explain(program, *arguments); };
  return command;
}

Command TuneCommand(const Program& program) {
  const auto arguments = std::make_shared<TuneArguments>();
  Command command;
  command.name = "tune";
  command.help = "Measure precision and recall over thresholds, for your pairs";
  command.examples = {"wiredesk dedupe tune pairs.tsv",
                      "wiredesk dedupe tune labels.tsv --texts day.ndjson"};
  command.flags = {
      Flag("pairs", &arguments->pairs, "FILE",
           "Lines with tabs: `same` or `different`, one text, the other; or "
           "columns named in line 1, `label` and two ids, `..._a` and `..._b`")
          .Files()
          .Plain()
          .Required(),
      Flag("texts", &arguments->texts, "FILE",
           "File or folder with the articles of these ids")
          .Files(),
      Flag("same", &arguments->labels.same, "LABEL",
           "Label of a pair that is one text"),
      Flag("different", &arguments->labels.different, "LABEL",
           "Label of a pair that is not; others are left out"),
      Flag("list", &arguments->list, "N",
           "Pairs that are judged otherwise to show")};
  command.run = [&program, arguments] { return Tune(program, *arguments); };
  return command;
}

}  // namespace

absl::StatusOr<std::string> ExplainDuplicate(
    const Program& program, const DedupeExplainArguments& arguments) {
  Config config;
  Diagnostics diagnostics;
  const std::unique_ptr<Chain> chain = LoadChain(
      program, arguments.config, arguments.overlays, config, diagnostics);
  if (chain == nullptr) return absl::InvalidArgumentError(diagnostics.Text());
  const DedupeOptions options =
      config.DecodeSection(DedupeStage::GetSchema(), diagnostics);
  MemorySightingLog log(chain->replica());
  WD_ASSIGN_OR_RETURN(const RecordId cluster,
                      Explainer(options, chain->MakeStages(&log), std::nullopt)
                          .FindCluster(arguments));
  Explainer explainer(options, chain->MakeStages(&log), cluster);
  WD_RETURN_IF_ERROR(explainer.Run(arguments));
  return explainer.Print(arguments);
}

Command DedupeCommand(const Program& program) {
  Command command;
  command.name = "dedupe";
  command.help = "Explain which duplicates are found, and tune for your texts";
  command.examples = {"wiredesk dedupe explain feed.ndjson --id wire:1234",
                      "wiredesk dedupe tune pairs.tsv"};
  command.commands = {ExplainCommand(program), TuneCommand(program)};
  return command;
}

}  // namespace wiredesk
