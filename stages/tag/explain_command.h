#ifndef WIREDESK_STAGES_TAG_EXPLAIN_COMMAND_H_
#define WIREDESK_STAGES_TAG_EXPLAIN_COMMAND_H_

#include "pipeline/command_line/command.h"
#include "pipeline/service/program.h"
#include "stages/tag/explain/explanation.h"

namespace wiredesk {

class TagData;
struct EventRecord;

// What was decided of `record`, which has been through the chain and was tagged
// with `data`, whose gazetteer knows what else a name may mean.
Explanation ExplainRecord(const TagData& data, const EventRecord& record);

// `wiredesk explain`. `program` must outlive it.
Command ExplainCommand(const Program& program);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EXPLAIN_COMMAND_H_
