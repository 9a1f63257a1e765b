// NewsML and NITF of any bytes: no crash, and text that is valid UTF-8.

#include "stages/parse/newsml/newsml.h"
#include "stages/parse/newsml/nitf.h"
#include "tests/fuzz/parse_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return wiredesk::FuzzParsers({&wiredesk::ParseNewsMl, &wiredesk::ParseNitf},
                               data, size);
}
