// Any bytes as JSON: no crash, and every text that comes out is valid UTF-8. Half
// of the inputs are read as for `wiredesk parse suggest`.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory_resource>
#include <vector>

#include "stages/parse/article_json/article.h"
#include "stages/parse/article_json/suggestion.h"
#include "stages/parse/input_format.h"
#include "stages/text/unicode.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::pmr::monotonic_buffer_resource arena;
  wiredesk::ParseContext context;
  context.arena = &arena;
  context.parse_nested = &wiredesk::ParseUnlessJson;
  wiredesk::ParseTrace trace;
  if (size % 2 == 1) context.trace = &trace;
  std::vector<wiredesk::ArticleDraft> drafts;
  wiredesk::ParseReport report;
  wiredesk::ParseJson({reinterpret_cast<const char*>(data), size}, context,
                      drafts, report);
  for (const wiredesk::ArticleDraft& draft : drafts) {
    for (const absl::string_view text :
         {draft.headline, draft.body, draft.summary, draft.guid}) {
      if (wiredesk::FindInvalidUtf8(text) != text.size()) std::abort();
    }
  }
  if (!trace.articles().empty()) wiredesk::SuggestMapping(trace.articles());
  return 0;
}
