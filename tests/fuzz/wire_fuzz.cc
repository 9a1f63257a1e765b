// Messages of wires, mail, sitemaps and XML of any bytes: no crash, and text that
// is valid UTF-8.

#include <cstdint>
#include <cstdlib>
#include <memory_resource>
#include <vector>

#include "stages/parse/article_json/plain_xml.h"
#include "stages/parse/bytes/charset.h"
#include "stages/parse/draft/article_draft.h"
#include "stages/parse/feed/feed.h"
#include "stages/parse/wire/anpa_1312.h"
#include "stages/parse/wire/iptc_7901.h"
#include "stages/parse/wire/mail.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string storage;
  const wiredesk::Utf8Text text = wiredesk::DecodeToUtf8(bytes, "", storage);
  for (const wiredesk::ParseFunction parse :
       {&wiredesk::ParseIptc7901, &wiredesk::ParseAnpa1312,
        &wiredesk::ParseMail, &wiredesk::ParsePlainXml,
        &wiredesk::ParseXmlFeed}) {
    std::pmr::monotonic_buffer_resource arena;
    wiredesk::ParseContext context;
    context.arena = &arena;
    std::vector<wiredesk::ArticleDraft> drafts;
    wiredesk::ParseReport report;
    parse(text.text, context, drafts, report);
    for (const wiredesk::ArticleDraft& draft : drafts) {
      if (!wiredesk::IsValidUtf8(draft.headline) ||
          !wiredesk::IsValidUtf8(draft.body) ||
          !wiredesk::IsValidUtf8(draft.slugline)) {
        std::abort();
      }
    }
  }
  return 0;
}
