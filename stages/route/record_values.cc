#include "stages/route/record_values.h"

#include "stages/route/route_stage.h"

namespace wiredesk {

const CelStruct& RecordStruct() { return CelStructOf(); }

}  // namespace wiredesk
