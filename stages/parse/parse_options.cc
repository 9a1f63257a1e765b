#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "stages/parse/parse_stage.h"

namespace wiredesk {
namespace {

const Schema<ProviderOptions>& ProviderSchema() {
  static const auto& schema = *[] {
    auto* made = new Schema<ProviderOptions>("provider", "A provider of news.");
    made->Field(&ProviderOptions::domain, "domain",
                "Domain of its articles; subdomains are included.",
                {.required = true, .example = "example.org"})
        .Field(&ProviderOptions::name, "name", "Its name in event records.",
               {.example = "Example Wire"})
        .Field(&ProviderOptions::country, "country",
               "Its country, ISO 3166-1 alpha-2.", {.example = "KR"})
        .Field(&ProviderOptions::zone, "zone",
               "IANA zone of its times that have none.",
               {.example = "Asia/Seoul"});
    return made;
  }();
  return schema;
}

const Schema<TopicOptions>& TopicSchema() {
  static const auto& schema = *[] {
    auto* made = new Schema<TopicOptions>("topic", "A topic of raw records.");
    made->Field(&TopicOptions::topic, "topic", "Name of the topic.",
                {.required = true, .example = "news.raw"})
        .Choice(&TopicOptions::format, "format",
                "Format of its records; auto looks at each one.",
                {{"auto", InputFormat::kAuto},
                 {"json", InputFormat::kJson},
                 {"feed", InputFormat::kFeed},
                 {"newsml", InputFormat::kNewsMl},
                 {"nitf", InputFormat::kNitf},
                 {"xml", InputFormat::kXml},
                 {"wire", InputFormat::kWire},
                 {"mail", InputFormat::kMail},
                 {"html", InputFormat::kHtml},
                 {"text", InputFormat::kText}})
        .Field(&TopicOptions::provider, "provider",
               "Provider of records that name none.")
        .Field(&TopicOptions::country, "country",
               "Country of that provider, ISO 3166-1 alpha-2.")
        .Field(&TopicOptions::zone, "zone",
               "IANA zone of times that have none.");
    return made;
  }();
  return schema;
}

void SetZone(const std::string& name, ParseRules::Provider& provider,
             Diagnostics& diagnostics) {
  if (name.empty()) return;
  if (absl::LoadTimeZone(name, &provider.zone)) {
    provider.has_zone = true;
  } else {
    diagnostics.Error(Location(), "parse.zone",
                      absl::StrCat("\"", name, "\" is not a time zone"),
                      "write an IANA name such as Asia/Seoul");
  }
}

}  // namespace

const Schema<ParseOptions>& ParseStage::GetSchema() {
  static const auto& schema = *[] {
    auto* made = new Schema<ParseOptions>(
        "parse", "How raw records are read, and what one of them may cost.");
    made->Bytes(&ParseOptions::record_bytes_max, "record_bytes_max",
                "Longer records are dead letters (too_large).", {.min = 1})
        .Bytes(&ParseOptions::unpacked_bytes_max, "unpacked_bytes_max",
               "gzip and zstd records that unpack to more are dead letters "
               "(too_large).",
               {.min = 1})
        .Bytes(&ParseOptions::body_bytes_max, "body_bytes_max",
               "Longer bodies are cut at the end of a word.", {.min = 1})
        .Field(&ParseOptions::depth_max, "depth_max",
               "Documents nested more deeply are dead letters (too_deep).",
               {.min = 4, .max = 1024})
        .Field(&ParseOptions::articles_max, "articles_max",
               "Articles taken from one record; the rest is reported.",
               {.min = 1})
        .Field(&ParseOptions::zone, "zone",
               "IANA zone of times without a zone; UTC if not given.",
               {.example = "Europe/Paris"})
        .List(&ParseOptions::providers, "providers",
              "What is known of single providers.", ProviderSchema())
        .List(&ParseOptions::topics, "topics",
              "What is known of single topics.", TopicSchema())
        .Field(&ParseOptions::json_fields, "json_fields",
               "JSON Pointers for a field of the article, best first, tried "
               "before what names and values tell: {headline: /doc/head "
               "/doc/title}.")
        .Field(&ParseOptions::tracking_parameters, "tracking_parameters",
               "More query parameters to take off addresses: name, name*, "
               "name=value*.");
    return made;
  }();
  return schema;
}

const ParseRules::Provider* ParseRules::FindProvider(
    absl::string_view domain) const {
  while (!domain.empty() && !providers.empty()) {
    const auto found = providers.find(domain);
    if (found != providers.end()) return &found->second;
    const size_t dot = domain.find('.');
    if (dot == absl::string_view::npos) return nullptr;
    domain.remove_prefix(dot + 1);
  }
  return nullptr;
}

std::shared_ptr<const ParseRules> CompileParseRules(const ParseOptions& options,
                                                    Diagnostics& diagnostics) {
  auto rules = std::make_shared<ParseRules>(ParseRules{
      .tracking =
          TrackingParameters::WithShipped(options.tracking_parameters)});
  rules->limits.record_bytes_max = options.record_bytes_max;
  rules->limits.unpacked_bytes_max = options.unpacked_bytes_max;
  rules->limits.body_bytes_max = options.body_bytes_max;
  rules->limits.depth_max = options.depth_max;
  rules->limits.articles_max = options.articles_max;
  SetZone(options.zone, rules->fallback, diagnostics);
  for (const ProviderOptions& given : options.providers) {
    ParseRules::Provider& provider =
        rules->providers[absl::AsciiStrToLower(given.domain)];
    provider.name = given.name;
    provider.country = absl::AsciiStrToUpper(given.country);
    SetZone(given.zone, provider, diagnostics);
  }
  for (const TopicOptions& given : options.topics) {
    ParseRules::Topic& topic = rules->topics[given.topic];
    topic.format = given.format;
    topic.provider = rules->fallback;
    topic.provider.name = given.provider;
    topic.provider.country = absl::AsciiStrToUpper(given.country);
    SetZone(given.zone, topic.provider, diagnostics);
  }
  absl::StatusOr<JsonMapping> mapping =
      JsonMapping::Create(options.json_fields);
  if (mapping.ok()) {
    rules->mapping = *std::move(mapping);
  } else {
    diagnostics.Error(Location(), "parse.json_fields",
                      mapping.status().message());
  }
  return rules;
}

}  // namespace wiredesk
