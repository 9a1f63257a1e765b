// Any text as an expression: it is refused with a position inside of it, or it
// compiles and evaluates. With and without the strict check.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "pipeline/record/event_record.h"
#include "stages/route/cel/evaluator.h"
#include "stages/route/cel/program.h"
#include "stages/route/route_stage.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view source(reinterpret_cast<const char*>(data), size);
  wiredesk::EventRecord record;
  for (const bool strict : {true, false}) {
    wiredesk::CelEnvironment environment;
    environment.record = &wiredesk::RecordStruct();
    environment.strict = strict;
    wiredesk::CelProgram program;
    wiredesk::CelFault fault;
    const wiredesk::CelNodeId id =
        program.Add(environment, source, wiredesk::CelKind::kDyn, fault);
    if (id == wiredesk::kCelNone) {
      if (fault.begin > size || fault.what.empty()) {
        std::abort();
      }
      wiredesk::ToString(fault, source);
      continue;
    }
    wiredesk::CelEvaluator evaluator(program);
    evaluator.Begin(&record);
    wiredesk::CelToText(evaluator.Evaluate(id));
  }
  return 0;
}
