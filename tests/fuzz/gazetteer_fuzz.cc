// Neither tables nor compiled files from outside may crash the program.

#include <cstddef>
#include <cstdint>
#include <string>

#include "stages/tag/gazetteer/builder.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/gazetteer/sources.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  (void)wiredesk::Gazetteer::FromBytes(text).ok();
  for (const char* name : {"a.tsv", "actors.txt"}) {
    wiredesk::GazetteerBuilder builder;
    wiredesk::SourceReport report;
    if (wiredesk::AddGazetteerText(name, text, builder, report).ok()) {
      const auto bytes = builder.Build();
      if (bytes.ok()) (void)wiredesk::Gazetteer::FromBytes(*bytes).ok();
    }
  }
  return 0;
}
