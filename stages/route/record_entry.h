// Records by hand: `language=de`, `topics[1].slug=sport`, or a mapping of a
// test file, written into the fields of an EventRecord by their names in the
// contract.

#ifndef WIREDESK_STAGES_ROUTE_RECORD_ENTRY_H_
#define WIREDESK_STAGES_ROUTE_RECORD_ENTRY_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "config/config_node.h"
#include "config/diagnostics.h"
#include "pipeline/record/batch.h"

namespace wiredesk {

// Adds "places[0].country=AT" to `fields`, the mapping that FillRecord takes.
// The value is YAML: a text, a number, [a, b], {slug: sport}. A list without a
// number is its first item.
absl::Status AddAssignment(absl::string_view assignment, ConfigNode& fields);

// Writes `fields` into `record`, whose texts then live in `batch`. What is not
// known or does not fit goes to `diagnostics`. `word_count` makes a body of so
// many words without text.
void FillRecord(const ConfigNode& fields, Batch& batch, EventRecord& record,
                Diagnostics& diagnostics);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_RECORD_ENTRY_H_
