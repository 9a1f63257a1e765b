// Sections of a configuration as text that a person edits, and back.

#ifndef WIREDESK_CONFIG_SECTION_TEXT_H_
#define WIREDESK_CONFIG_SECTION_TEXT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "config/config.h"
#include "config/diagnostics.h"

namespace wiredesk {

// The lines of a section, key and all, as they stand in the file, with their
// comments; written out where it is not all of what is in use (overlays,
// includes, the environment). Empty where the section is not written.
std::string SectionText(const Config& config, absl::string_view name);

// `config` with the sections that `yaml` has in the place of its own. Positions
// are of `file`, a name in the folder of the configuration. `!include` and
// ${NAME} are not followed. nullopt if `yaml` cannot be read, with the reasons in
// `diagnostics`.
std::optional<Config> WithSections(const Config& config, absl::string_view yaml,
                                   absl::string_view file,
                                   Diagnostics& diagnostics);

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_SECTION_TEXT_H_
