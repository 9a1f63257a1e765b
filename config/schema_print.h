// What is generated from the declared options: the reference, the commented
// example, the print of what is in effect, and the JSON Schema for editors.

#ifndef WIREDESK_CONFIG_SCHEMA_PRINT_H_
#define WIREDESK_CONFIG_SCHEMA_PRINT_H_

#include <string>

#include "config/config.h"

namespace wiredesk {

// Markdown: a table of options for each section and each nested mapping.
std::string ReferenceMarkdown(const SectionSet& sections);

// A whole configuration as YAML with the help as comments and every default
// commented out.
std::string ExampleYaml(const SectionSet& sections);

// Every option with its value, and as a comment where the value comes from:
// the default, a file and line, or the environment. Secrets are masked.
std::string EffectiveYaml(const SectionSet& sections, const Config& config);

// JSON Schema, draft 2020-12, of a whole configuration file.
std::string ConfigJsonSchema(const SectionSet& sections);

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_SCHEMA_PRINT_H_
