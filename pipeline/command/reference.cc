#include <iostream>
#include <memory>

#include "config/schema_print.h"
#include "pipeline/command/commands.h"
#include "pipeline/record/record_schema.h"

namespace wiredesk {

Command ReferenceCommand(const Program& program) {
  const auto json_schema = std::make_shared<bool>(false);
  const auto record_schema = std::make_shared<bool>(false);
  const auto example = std::make_shared<bool>(false);
  Command command;
  command.name = "reference";
  command.help = "Print the documentation of all options";
  command.examples = {"wiredesk reference | less",
                      "wiredesk reference --json-schema > wiredesk.schema.json",
                      "wiredesk reference --example > every-option.yaml"};
  command.notes =
      "Editors check and complete a configuration whose first line is\n"
      "  # yaml-language-server: $schema=wiredesk.schema.json";
  command.flags = {Flag("json-schema", json_schema.get(), "",
                        "Print JSON Schema (draft 2020-12), for editors"),
                   Flag("record-schema", record_schema.get(), "",
                        "Print the JSON Schema of the published records")
                       .Excludes({"json-schema"}),
                   Flag("example", example.get(), "",
                        "Print a commented configuration with every default")
                       .Excludes({"json-schema", "record-schema"})};
  command.run = [&program, json_schema, record_schema, example] {
    std::cout << (*json_schema     ? ConfigJsonSchema(program.sections)
                  : *record_schema ? RecordSchema(Describe())
                  : *example       ? ExampleYaml(program.sections)
                                   : ReferenceMarkdown(program.sections));
    return kExitOk;
  };
  return command;
}

}  // namespace wiredesk
