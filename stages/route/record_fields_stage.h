// The event record as expressions see it: its fields by the names of the
// contract, with their types.
//
// Absent text is "", an absent list is [], an absent time or object is null;
// has(...) tells whether there is something.

#ifndef WIREDESK_STAGES_ROUTE_RECORD_FIELDS_STAGE_H_
#define WIREDESK_STAGES_ROUTE_RECORD_FIELDS_STAGE_H_

#include "stages/route/cel_value.h"

namespace wiredesk {

// Objects of this kind are EventRecords.
const CelStruct& RecordStruct();

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_RECORD_FIELDS_STAGE_H_
