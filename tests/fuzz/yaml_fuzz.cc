// Any bytes as a configuration: no crash, no hang, no exception; the same bytes
// give the same messages. The environment is empty and nothing is included.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "config/config.h"
#include "config/schema_print.h"
#include "pipeline/service/options.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace wiredesk;  // NOLINT(google-build-using-namespace)
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  static const auto* const sections =
      new SectionSet(SectionSet().AddTop(PipelineSchema()));
  std::string said[2];
  for (std::string& messages : said) {
    Diagnostics diagnostics;
    LoadOptions options;
    options.limits.include_depth_max = 0;
    options.environment = [](const std::string&) { return std::nullopt; };
    const Config config = ParseConfig(text, "fuzz.yaml", options, diagnostics);
    if (config.complete()) {
      sections->Check(config, diagnostics);
      EffectiveYaml(*sections, config);
    }
    messages = diagnostics.Text();
  }
  if (said[0] != said[1]) std::abort();
  return 0;
}
