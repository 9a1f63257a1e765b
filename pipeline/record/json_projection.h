// Projection: some fields of a JSON object, named by dotted paths.

#ifndef WIREDESK_PIPELINE_RECORD_JSON_PROJECTION_H_
#define WIREDESK_PIPELINE_RECORD_JSON_PROJECTION_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wiredesk {

enum class Projection {
  kNone,   // nothing below is wanted
  kParts,  // something below is
  kWhole
};

// How much of the field at `path` ("dedupe", "entities.name") is wanted by
// `paths`.
Projection ProjectionOf(absl::string_view path,
                        absl::Span<const absl::string_view> paths);

// Appends to `out` what `paths` want of `json`, the value at `path`. Lists keep
// their length; a path reaches into each of their items. `json` must be well
// formed and without white space, as this program writes it.
void AppendProjected(absl::string_view json, absl::string_view path,
                     absl::Span<const absl::string_view> paths,
                     std::string& out);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_JSON_PROJECTION_H_
