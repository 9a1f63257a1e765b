#include "stages/tag/explain_command.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "config/base/counted.h"
#include "config/base/status_macros.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/file/source.h"
#include "pipeline/flow/memory_sighting_log.h"
#include "pipeline/record/event_names.h"
#include "stages/tag/explain/page.h"
#include "stages/tag/explain/text.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/names/tagger.h"
#include "stages/tag/tag_stage.h"

namespace wiredesk {
namespace {

constexpr size_t kAlternativesMax = 4;

std::string Text(absl::string_view view) { return std::string(view); }

class Explainer {
 public:
  Explainer(const TagData& data, const EventRecord& record)
      : gazetteer_(*data.gazetteer()), record_(record) {
    tagger_.UseModel(data.name_model(), data.name_model_margin());
  }

  Explanation Explain() {
    out_.headline = Text(record_.article.headline);
    out_.body = Text(record_.article.body);
    AddFacts();
    AddNames();
    AddNumbers();
    for (const Indicator& one : record_.indicators) {
      Add(DecisionKind::kIndicator, Text(one.value), Text(NameOf(one.type)),
          "of its form, and no ordinary link", one.mentions);
    }
    for (const Quote& quote : record_.quotes) AddQuote(quote);
    AddEvents();
    AddTopics();
    for (const absl::string_view tag : record_.tags) {
      Add(DecisionKind::kTag, Text(tag), "", "the rule of that name holds", {});
    }
    return std::move(out_);
  }

 private:
  TagDecision& Add(DecisionKind kind, std::string what, std::string id,
                   std::string why, absl::Span<const Mention> mentions) {
    for (const Mention& mention : mentions) {
      out_.marks.push_back({mention.field == Field::kHeadline, mention.begin,
                            mention.end,
                            static_cast<uint32_t>(out_.decisions.size())});
    }
    return out_.decisions.emplace_back(
        TagDecision{kind, std::move(what), std::move(id), std::move(why), {}});
  }

  void AddFact(absl::string_view name, std::string value) {
    if (!value.empty()) out_.facts.emplace_back(Text(name), std::move(value));
  }

  void AddFacts() {
    const Article& article = record_.article;
    AddFact("provider",
            Text(article.provider.name.empty() ? article.provider.domain
                                               : article.provider.name));
    if (article.published_at.has_value()) {
      AddFact("published",
              absl::FormatTime("%Y-%m-%d %H:%M UTC", *article.published_at,
                               absl::UTCTimeZone()));
    }
    AddFact("language", absl::StrFormat("%s, %.2f", Text(record_.language),
                                        record_.language_confidence));
    const DedupeResult& dedupe = record_.dedupe;
    std::string verdict = Text(VerdictName(dedupe.verdict));
    if (dedupe.verdict != Verdict::kNew) {
      absl::StrAppendFormat(&verdict, ", by %s, similarity %.2f",
                            Text(ReasonName(dedupe.reason)), dedupe.similarity);
    }
    AddFact("dedupe", std::move(verdict));
    std::vector<std::string> routes;
    for (const Destination& one : record_.destinations) {
      routes.push_back(absl::StrCat(one.route, " to ", one.topic));
    }
    AddFact("routes", absl::StrJoin(routes, ", "));
  }

  // The names are read again, since the record does not hold the scores.
  void AddNames() {
    NameInput input;
    input.headline = record_.article.headline;
    input.body = record_.article.body;
    input.headline_words = record_.headline_words;
    input.body_words = record_.body_words;
    input.provider_name = record_.article.provider.name;
    input.provider_country = record_.article.provider.country;
    size_t entity = 0;
    size_t place = 0;
    for (const FoundName& name : tagger_.Tag(gazetteer_, input)) {
      if (name.place && place < record_.places.size()) {
        AddPlace(name, record_.places[place++]);
      } else if (!name.place && entity < record_.entities.size()) {
        AddEntity(name, record_.entities[entity++]);
      }
    }
  }

  void AddPlace(const FoundName& name, const Place& place) {
    std::string why = absl::StrFormat("%s, confidence %.2f", Text(place.via),
                                      place.confidence);
    if (name.margin > 0) {
      absl::StrAppendFormat(&why, ", ahead of the next by %.1f", name.margin);
    }
    absl::StrAppend(&why, Scores(name));
    std::string what = Text(place.name);
    if (place.role != "mentioned") {
      absl::StrAppend(&what, " (", place.role, ")");
    }
    TagDecision& decision = Add(DecisionKind::kPlace, std::move(what),
                                Text(place.id), std::move(why), place.mentions);
    AddSenses(name, place.mentions, decision);
  }

  void AddEntity(const FoundName& name, const Entity& entity) {
    DecisionKind kind = DecisionKind::kThing;
    if (entity.type == "person") kind = DecisionKind::kPerson;
    if (entity.type == "organization") kind = DecisionKind::kOrganization;
    std::string what = Text(entity.name);
    if (kind == DecisionKind::kThing)
      absl::StrAppend(&what, " (", entity.type, ")");
    TagDecision& decision = Add(
        kind, std::move(what), Text(entity.id),
        absl::StrFormat("%s, confidence %.2f, relevance %d%s", Text(entity.via),
                        entity.confidence, entity.relevance, Scores(name)),
        entity.mentions);
    AddSenses(name, entity.mentions, decision);
  }

  // What spoke for each sense.
  static std::string Scores(const FoundName& name) {
    const std::pair<const char*, float> scores[] = {
        {"person", name.person},
        {"organization", name.organization},
        {"place", name.location},
        {"other", name.other}};
    std::vector<std::string> said;
    for (const auto& [sense, score] : scores) {
      if (score != 0) said.push_back(absl::StrFormat("%s %.1f", sense, score));
    }
    std::string text =
        said.empty() ? ""
                     : absl::StrCat("; scores ", absl::StrJoin(said, ", "));
    if (name.model_margin > 0) {
      absl::StrAppendFormat(&text,
                            "; no rule knew it, the model is ahead of its next "
                            "type by %.2f",
                            name.model_margin);
    }
    return text;
  }

  // What else the first mention may mean.
  void AddSenses(const FoundName& name, absl::Span<const Mention> mentions,
                 TagDecision& decision) const {
    if (mentions.empty()) return;
    const bool headline = mentions[0].field == Field::kHeadline;
    const absl::string_view text =
        headline ? record_.article.headline : record_.article.body;
    std::vector<Word> words;
    SplitWords(
        text.substr(mentions[0].begin, mentions[0].end - mentions[0].begin),
        words);
    if (words.empty()) return;
    uint64_t hash = words[0].hash;
    for (size_t i = 1; i < words.size(); ++i) {
      hash = ExtendNameHash(hash, words[i].hash, /*comma=*/false);
    }
    const GazetteerSlot* const slot = gazetteer_.Find(hash);
    if (slot == nullptr) return;
    for (const GazetteerSense& sense : gazetteer_.senses(*slot)) {
      if (sense.entry == name.entry) continue;
      if (decision.alternatives.size() == kAlternativesMax) break;
      const GazetteerEntry& entry = gazetteer_.entry(sense.entry);
      decision.alternatives.push_back(absl::StrFormat(
          "%s %s %s %s, prior %.1f", Text(NameKindText(entry.kind)),
          Text(gazetteer_.text(entry.name)), Text(gazetteer_.country(entry)),
          Text(gazetteer_.text(entry.id)), entry.prior / 10.0));
    }
  }

  void AddNumbers() {
    for (const DateExpression& date : record_.dates) {
      Add(DecisionKind::kDate, Text(date.value), Text(NameOf(date.type)),
          record_.article.published_at.has_value()
              ? "read against the time of publication"
              : "written in full; no time of publication is known",
          {&date.mention, 1});
    }
    for (const Amount& amount : record_.amounts) {
      Add(DecisionKind::kAmount,
          absl::StrFormat("%.15g %s", amount.value, Text(amount.unit)), "",
          "a number with its unit", {&amount.mention, 1});
    }
  }

  void AddQuote(const Quote& quote) {
    std::string why = quote.cue.empty()
                          ? std::string("no cue stands next to it")
                          : absl::StrCat("the cue is \"", quote.cue, "\"");
    if (quote.speaker_mention.has_value()) {
      const Mention& at = *quote.speaker_mention;
      absl::StrAppend(&why, ", its subject \"",
                      record_.article.body.substr(at.begin, at.end - at.begin),
                      "\"");
    }
    const absl::string_view said = record_.article.body.substr(
        quote.mention.begin, quote.mention.end - quote.mention.begin);
    Add(DecisionKind::kQuote,
        absl::StrCat(
            quote.speaker_name.empty() ? "somebody" : quote.speaker_name, ": ",
            said),
        absl::StrCat(NameOf(quote.kind),
                     quote.speaker_entity.empty() ? "" : " ",
                     quote.speaker_entity),
        std::move(why), {&quote.mention, 1});
  }

  std::string Parties(absl::Span<const EventParty> parties) const {
    return absl::StrJoin(parties, ", ", [](std::string* out, const auto& one) {
      absl::StrAppend(out, one.text);
      if (!one.sector.empty()) absl::StrAppend(out, " (", one.sector, ")");
    });
  }

  void AddEvents() {
    for (const Event& event : record_.events) {
      const bool headline = event.evidence.field == Field::kHeadline;
      const absl::string_view text =
          headline ? record_.article.headline : record_.article.body;
      std::string why =
          absl::StrCat(event.realis, ", told by \"",
                       text.substr(event.evidence.begin,
                                   event.evidence.end - event.evidence.begin),
                       "\"");
      if (!event.retold.empty()) {
        absl::StrAppend(&why, " and ", event.retold.size(), " more");
      }
      absl::StrAppendFormat(&why, ", confidence %.2f", event.confidence);
      Add(DecisionKind::kEvent,
          absl::StrCat(event.event_class, ": ", Parties(event.actors), " > ",
                       Parties(event.recipients)),
          absl::StrCat(event.mode, event.mode.empty() ? "" : " ", "CAMEO ",
                       event.cameo),
          std::move(why), {&event.trigger, 1});
    }
  }

  void AddTopics() {
    for (const Topic& topic : record_.topics) {
      TagDecision& decision =
          Add(DecisionKind::kSubject, Text(topic.name), Text(topic.id),
              absl::StrFormat("score %.2f by its terms", topic.score),
              topic.evidence);
      if (!topic.parent.empty()) {
        absl::StrAppend(&decision.id, " under ", topic.parent);
      }
    }
  }

  const Gazetteer& gazetteer_;
  const EventRecord& record_;
  NameTagger tagger_;
  Explanation out_;
};

struct ExplainArguments : ConfigArguments {
  std::string input;
  std::string html;
  size_t article = 0;
  bool color = false;
};

// Reads records until one gives the article that was asked for, counted from 0
// over the whole input. NotFound, or the first dead letter's reason.
absl::StatusOr<const EventRecord*> FindArticle(
    const ExplainArguments& arguments, Chain& chain, Batch& batch) {
  absl::StatusOr<std::vector<InputFile>> files =
      ExpandInputs({arguments.input});
  if (!files.ok()) return files.status();
  FileReader reader(*std::move(files), FileReader::Options());
  MemorySightingLog log(chain.replica());
  StageSet set = chain.MakeStages(&log);
  size_t before = 0;
  std::string dead;
  for (;;) {
    batch.Reset();
    const absl::Status filled = reader.Fill(batch);
    if (absl::IsOutOfRange(filled) && batch.empty()) break;
    if (!filled.ok() && !absl::IsOutOfRange(filled)) return filled;
    for (const std::unique_ptr<Stage>& stage : set.stages) {
      const absl::Status done = stage->Process(batch);
      if (!done.ok()) return done;
    }
    for (const RawRecord& raw : batch.raw_records()) {
      if (raw.dead_letter && dead.empty()) {
        dead = absl::StrCat("; a record cannot be read: ", raw.reason, ", ",
                            raw.detail);
      }
    }
    for (const EventRecord& record : batch.records()) {
      if (record.fate == Fate::kDeadLetter) continue;
      if (before++ == arguments.article) return &record;
    }
  }
  return absl::NotFoundError(
      absl::StrCat(arguments.input, " has ", Counted(before, "article"),
                   ", none with number ", arguments.article, dead));
}

absl::StatusOr<int> Run(const Program& program,
                        const ExplainArguments& arguments) {
  const std::optional<LoadedChain> loaded = LoadWithChain(program, arguments);
  if (!loaded) return kExitFailed;
  Diagnostics diagnostics;
  WD_ASSIGN_OR_RETURN(
      const std::shared_ptr<const TagData> data,
      TagData::Open(DecodeTagOptions(loaded->config, diagnostics)));
  Batch batch{Batch::Limits{}};
  WD_ASSIGN_OR_RETURN(const EventRecord* const record,
                      FindArticle(arguments, *loaded->chain, batch));
  const Explanation explanation = ExplainRecord(*data, *record);
  if (arguments.html.empty()) {
    const bool color = arguments.color || (isatty(STDOUT_FILENO) != 0 &&
                                           std::getenv("NO_COLOR") == nullptr);
    std::fputs(ExplainAsText(explanation, color).c_str(), stdout);
    return kExitOk;
  }
  std::ofstream file(arguments.html, std::ios::binary);
  file << ExplainAsPage(explanation);
  file.close();
  if (file) return kExitOk;
  return absl::UnavailableError(absl::StrCat("cannot write ", arguments.html));
}

}  // namespace

Explanation ExplainRecord(const TagData& data, const EventRecord& record) {
  return Explainer(data, record).Explain();
}

Command ExplainCommand(const Program& program) {
  const auto arguments = std::make_shared<ExplainArguments>();
  Command command;
  command.name = "explain";
  command.help = "Show what is found in an article, and why";
  command.examples = {
      "wiredesk explain article.json",
      "wiredesk explain feed.xml --article 3 --html why.html",
      "cat article.json | wiredesk explain - --color | less -R"};
  command.flags = JoinFlags(
      {{SharedFlag("input", &arguments->input)
            .Plain()
            .Required()
            .Help("File with the article, or - for standard input"),
        Flag("article", &arguments->article, "N",
             "Which article of the file, from 0")
            .Letter('a'),
        Flag("html", &arguments->html, "FILE",
             "Write a page for a browser to this file instead")
            .Files(),
        Flag("color", &arguments->color, "",
             "Colour the text even where the output is not a terminal")},
       ConfigFlags(arguments.get())});
  command.run = [&program, arguments] { return Run(program, *arguments); };
  return command;
}

}  // namespace wiredesk
