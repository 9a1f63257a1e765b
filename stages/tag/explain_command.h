#ifndef WIREDESK_STAGES_TAG_EXPLAIN_COMMAND_H_
#define WIREDESK_STAGES_TAG_EXPLAIN_COMMAND_H_

#include "pipeline/service/program.h"
#include "stages/tag/explain/explanation.h"

namespace CLI {
class App;
}

namespace wiredesk {

class TagData;
struct EventRecord;

// What was decided of `record`, which has been through the chain and was tagged
// with `data`, whose gazetteer knows what else a name may mean.
Explanation ExplainRecord(const TagData& data, const EventRecord& record);

// Adds `wiredesk explain --input FILE [--html FILE]`. `program` outlives the
// app.
void AddExplainCommand(CLI::App& app, const Program& program, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EXPLAIN_COMMAND_H_
