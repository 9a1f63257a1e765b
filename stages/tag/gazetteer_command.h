#ifndef WIREDESK_STAGES_TAG_GAZETTEER_COMMAND_H_
#define WIREDESK_STAGES_TAG_GAZETTEER_COMMAND_H_

namespace CLI {
class App;
}

namespace wiredesk {

// Adds `wiredesk gazetteer build SOURCE... --output FILE` and
// `wiredesk gazetteer find FILE NAME`.
void AddGazetteerCommand(CLI::App& app, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_GAZETTEER_COMMAND_H_
