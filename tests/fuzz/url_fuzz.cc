// Any bytes as an address: no crash, however often it is taken apart.

#include <cstddef>
#include <cstdint>
#include <string>

#include "stages/parse/url/canonical.h"
#include "stages/parse/url/url.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string canonical = wiredesk::CanonicalUrl(text);
  wiredesk::DedupeUrl(canonical);
  wiredesk::DomainOfUrl(text);
  wiredesk::ResolveUrl(text, text);
  wiredesk::ResolveUrl("https://example.org/a/b?c", text);
  return 0;
}
