// Any text as the template of a topic: what compiles gives a legal name.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "pipeline/record/event_record.h"
#include "pipeline/record/topic_name.h"
#include "stages/route/route_stage.h"
#include "stages/route/tree/topic_template.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view source(reinterpret_cast<const char*>(data), size);
  wiredesk::CelEnvironment environment;
  environment.record = &wiredesk::RecordStruct();
  wiredesk::CelProgram program;
  wiredesk::CelFault fault;
  wiredesk::TopicTemplate topic;
  if (!topic.Compile(environment, source, wiredesk::TopicTemplate::Use::kTopic,
                     program, fault)) {
    return 0;
  }
  wiredesk::EventRecord record;
  wiredesk::CelEvaluator evaluator(program);
  evaluator.Begin(&record);
  std::string name;
  topic.Render(evaluator, name);
  if (!wiredesk::IsTopicName(name)) {
    std::abort();
  }
  return 0;
}
