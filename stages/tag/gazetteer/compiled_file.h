#ifndef WIREDESK_STAGES_TAG_GAZETTEER_COMPILED_FILE_H_
#define WIREDESK_STAGES_TAG_GAZETTEER_COMPILED_FILE_H_

#include <string>

#include "absl/status/status.h"

namespace wiredesk {

// Writes a gazetteer or a model next to `path` and renames it, so that a
// running program, which may have the old one mapped, never sees half of a new
// one. Unavailable: cannot be written.
absl::Status WriteCompiledFile(const std::string& path,
                               const std::string& bytes);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_GAZETTEER_COMPILED_FILE_H_
