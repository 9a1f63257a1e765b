// The border of parse: raw records become articles, or dead letters with a
// reason.
//
// The stage unpacks a record, makes UTF-8 of it, asks input_format.h what it
// is, and has the format's parser fill drafts. What the drafts lack follows
// here: the canonical address, the zone of times without one, what the
// configuration knows of the provider, the words.
//
// Example, compiled in tests/examples/stage_examples.cc:
//
//   absl::Status ParseNews(Batch& batch, Diagnostics& diagnostics) {
//     batch.Append({"news.raw", 0, 17}, "",
//                  R"({"title": "The ferry is back in Seoul",
//                      "body": "It runs from Monday, the harbour said."})",
//                  {{"url", "https://example.org/ferry"}}, {});
//     ParseOptions options;
//     options.zone = "Asia/Seoul";
//     ParseStage stage(CompileParseRules(options, diagnostics));
//     return stage.Process(batch);  // records() or dead letters
//   }

#ifndef WIREDESK_STAGES_PARSE_PARSE_STAGE_H_
#define WIREDESK_STAGES_PARSE_PARSE_STAGE_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "config/diagnostics.h"
#include "config/schema.h"
#include "pipeline/flow/stage.h"
#include "pipeline/flow/stage_kind.h"
#include "pipeline/record/batch.h"
#include "stages/parse/article_json/mapping.h"
#include "stages/parse/draft/article_draft.h"
#include "stages/parse/input_format.h"
#include "stages/parse/url/tracking_parameters.h"
#include "stages/text/words.h"

namespace wiredesk {

// What is known of a provider, found by the domain of its articles.
struct ProviderOptions {
  std::string domain;  // "example.org"; holds for its subdomains, too
  std::string name;
  std::string country;
  std::string zone;  // IANA name, for times without a zone
};

// What is known of the records of a topic.
struct TopicOptions {
  std::string topic;
  InputFormat format = InputFormat::kAuto;
  std::string provider;
  std::string country;
  std::string zone;
};

struct ParseOptions {
  size_t record_bytes_max = size_t{32} << 20;
  size_t unpacked_bytes_max = size_t{64} << 20;
  size_t body_bytes_max = size_t{4} << 20;
  size_t depth_max = 256;
  size_t articles_max = 20'000;
  std::string zone;  // of times without a zone; empty: UTC
  std::vector<ProviderOptions> providers;
  std::vector<TopicOptions> topics;
  std::map<std::string, std::string> json_fields;
  std::vector<std::string> tracking_parameters;
};

// Options checked and compiled. Immutable; shared by all workers.
struct ParseRules {
  struct Provider {
    std::string name;
    std::string country;
    absl::TimeZone zone;
    bool has_zone = false;
  };
  struct Topic {
    InputFormat format = InputFormat::kAuto;
    Provider provider;
  };

  ParseLimits limits;
  Provider fallback;
  absl::flat_hash_map<std::string, Provider> providers;
  absl::flat_hash_map<std::string, Topic> topics;
  JsonMapping mapping = JsonMapping::Default();
  TrackingParameters tracking;

  // The settings for a domain or for one above it; nullptr if there are none.
  const Provider* FindProvider(absl::string_view domain) const;
};

// Errors go to `diagnostics` and leave a default in their place.
std::shared_ptr<const ParseRules> CompileParseRules(const ParseOptions& options,
                                                    Diagnostics& diagnostics);

// The first stage: raw records become articles, or dead letters with one of the
// reasons of article_draft.h. One instance a worker; keeps nothing from batch
// to batch but memory for reuse. What it gives is a function of the raw record
// and the rules alone.
class ParseStage : public Stage {
 public:
  // `trace`, where given, is told what was read from where; it outlives this.
  explicit ParseStage(std::shared_ptr<const ParseRules> rules,
                      ParseTrace* trace = nullptr);

  static const Schema<ParseOptions>& GetSchema();

  absl::string_view name() const override { return "parse"; }
  absl::Status Process(Batch& batch) override;

 private:
  void ParseRecord(Batch& batch, uint32_t raw);
  // The bytes to parse: unpacked, in UTF-8. False if the record is dead.
  bool Prepare(Batch& batch, uint32_t raw, ParseContext& context,
               InputFormat& format, absl::string_view& bytes);
  void AddDrafts(Batch& batch, uint32_t raw,
                 const ParseRules::Provider& settings);
  void AddDraft(Batch& batch, uint32_t raw, const ParseRules::Provider& topic,
                ArticleDraft& draft);
  // Canonical address, key, domain, and what the rules know of the provider.
  void FillAddresses(Batch& batch, const ParseRules::Provider& topic,
                     ArticleDraft& draft, Article& article);
  void FillWords(Batch& batch, EventRecord& record);

  const std::shared_ptr<const ParseRules> rules_;
  ParseTrace* const trace_;
  std::vector<ArticleDraft> drafts_;
  ParseReport report_;
  WordSplitter words_;
  std::string storage_;
};

extern const StageKind kParse;

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_PARSE_STAGE_H_
