#ifndef WIREDESK_STAGES_TAG_NER_COMMAND_H_
#define WIREDESK_STAGES_TAG_NER_COMMAND_H_

namespace CLI {
class App;
}

namespace wiredesk {

// Adds `wiredesk ner train --input FILE... --output MODEL [--test FILE...]`.
void AddNerCommand(CLI::App& app, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NER_COMMAND_H_
