// NewsML and NITF of any bytes: no crash, and text that is valid UTF-8.

#include <cstdint>
#include <cstdlib>
#include <memory_resource>
#include <vector>

#include "stages/parse/bytes/charset.h"
#include "stages/parse/draft/article_draft.h"
#include "stages/parse/newsml/newsml.h"
#include "stages/parse/newsml/nitf.h"
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string storage;
  const wiredesk::Utf8Text text = wiredesk::DecodeToUtf8(bytes, "", storage);
  std::pmr::monotonic_buffer_resource arena;
  wiredesk::ParseContext context;
  context.arena = &arena;
  context.url = "https://example.org/a/b";
  std::vector<wiredesk::ArticleDraft> drafts;
  wiredesk::ParseReport report;
  wiredesk::ParseNewsMl(text.text, context, drafts, report);
  wiredesk::ParseNitf(text.text, context, drafts, report);
  for (const wiredesk::ArticleDraft& draft : drafts) {
    if (!wiredesk::IsValidUtf8(draft.headline) ||
        !wiredesk::IsValidUtf8(draft.body) ||
        !wiredesk::IsValidUtf8(draft.summary)) {
      std::abort();
    }
  }
  return 0;
}
