#ifndef WIREDESK_STAGES_TAG_GAZETTEER_COMMAND_H_
#define WIREDESK_STAGES_TAG_GAZETTEER_COMMAND_H_

#include "pipeline/command_line/command.h"

namespace wiredesk {

// `wiredesk gazetteer build` and `wiredesk gazetteer find`.
Command GazetteerCommand();

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_GAZETTEER_COMMAND_H_
