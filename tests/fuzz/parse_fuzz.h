// What the fuzz targets of formats share: any bytes are decoded and parsed
// without a crash, and all text that comes out is valid UTF-8.

#ifndef WIREDESK_TESTS_FUZZ_PARSE_FUZZ_H_
#define WIREDESK_TESTS_FUZZ_PARSE_FUZZ_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <memory_resource>
#include <string>
#include <vector>

#include "stages/parse/bytes/charset.h"
#include "stages/parse/draft/article_draft.h"
#include "stages/text/unicode.h"

namespace wiredesk {

inline int FuzzParsers(std::initializer_list<ParseFunction> parsers,
                       const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string storage;
  const Utf8Text text = DecodeToUtf8(bytes, "", storage);
  std::pmr::monotonic_buffer_resource arena;
  ParseContext context;
  context.arena = &arena;
  context.url = "https://example.org/a/b";
  std::vector<ArticleDraft> drafts;
  ParseReport report;
  for (const ParseFunction parse : parsers) {
    parse(text.text, context, drafts, report);
  }
  for (const ArticleDraft& draft : drafts) {
    if (!IsValidUtf8(draft.headline) || !IsValidUtf8(draft.body) ||
        !IsValidUtf8(draft.summary)) {
      std::abort();
    }
  }
  return 0;
}

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_FUZZ_PARSE_FUZZ_H_
