// What becomes of a raw record that could not be processed: its bytes as they
// came, and headers that say where it stood and what was wrong.

#ifndef WIREDESK_PIPELINE_RECORD_DEAD_LETTER_JSON_H_
#define WIREDESK_PIPELINE_RECORD_DEAD_LETTER_JSON_H_

#include <string>

#include "absl/strings/string_view.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/header_list.h"

namespace wiredesk {

// wd_stage, wd_reason, wd_detail, wd_topic, wd_partition, wd_offset, and
// wd_item where one item of a feed failed, and wd_cut_from, the bytes of the
// record where the dead letter holds only its beginning, after the record's own
// headers.
// Those of an earlier failure are left out; `wd_redrives` stays.
void AppendDeadLetterHeaders(const RawRecord& raw, HeaderList& out);

// Whether a header of this name is one of those.
bool SaysWhyDead(absl::string_view name);

// A dead letter as a line of a file: {"value": ..., "headers": {...}}, or
// "value_base64" where the bytes are not UTF-8; "key" where there is one.
// Appends, without the line's end. `headers` is scratch memory.
void AppendDeadLetterLine(const RawRecord& raw, HeaderList& headers,
                          std::string& out);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_DEAD_LETTER_JSON_H_
