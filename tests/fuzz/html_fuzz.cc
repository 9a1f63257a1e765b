// Web pages of any bytes: no crash, and text that is valid UTF-8.

#include "stages/parse/page/page.h"
#include "tests/fuzz/parse_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return wiredesk::FuzzParsers({&wiredesk::ParseHtmlPage}, data, size);
}
