#ifndef WIREDESK_STAGES_TAG_NER_COMMAND_H_
#define WIREDESK_STAGES_TAG_NER_COMMAND_H_

#include "pipeline/command_line/command.h"

namespace wiredesk {

// `wiredesk ner train`.
Command NerCommand();

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NER_COMMAND_H_
