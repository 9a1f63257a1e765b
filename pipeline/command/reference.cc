#include "pipeline/command/reference.h"

#include <iostream>
#include <memory>

#include "config/schema_print.h"

namespace wiredesk {

void AddReferenceCommand(CLI::App& app, const Program& program,
                         int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("reference", "Print the documentation of all options");
  const auto json_schema = std::make_shared<bool>(false);
  const auto example = std::make_shared<bool>(false);
  CLI::Option* const as_schema =
      command->add_flag("--json-schema", *json_schema,
                        "as JSON Schema (draft 2020-12), for editors");
  command
      ->add_flag("--example", *example,
                 "as a commented configuration with every default")
      ->excludes(as_schema);
  command->footer(
      "Example: wiredesk reference --json-schema > wiredesk.schema.json\n"
      "Then write as the first line of a configuration:\n"
      "  # yaml-language-server: $schema=wiredesk.schema.json");
  command->callback([&program, json_schema, example, &exit_code] {
    if (*json_schema) {
      std::cout << ConfigJsonSchema(program.sections);
    } else if (*example) {
      std::cout << ExampleYaml(program.sections);
    } else {
      std::cout << ReferenceMarkdown(program.sections);
    }
    exit_code = kExitOk;
  });
}

}  // namespace wiredesk
