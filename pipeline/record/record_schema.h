// The contract with downstream as a JSON Schema (draft 2020-12), made from the
// tables of record_fields.h. docs/record.schema.json is this text.

#ifndef WIREDESK_PIPELINE_RECORD_RECORD_SCHEMA_H_
#define WIREDESK_PIPELINE_RECORD_RECORD_SCHEMA_H_

#include <string>

#include "pipeline/record/record_description.h"

namespace wiredesk {

// Indented, with a line's end. Structs that stand in lists are in "$defs".
std::string RecordSchema(const TableDescription& record);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_RECORD_SCHEMA_H_
