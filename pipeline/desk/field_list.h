#ifndef WIREDESK_PIPELINE_DESK_FIELD_LIST_H_
#define WIREDESK_PIPELINE_DESK_FIELD_LIST_H_

#include <string>

namespace wiredesk {

// The fields of the event record that a condition may ask for, as a JSON list
// for completion: {"name":..,"type":..,"list":..,"help":..,"choices":[..],
// "fields":[..]}, the last for objects.
std::string FieldListJson();

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_DESK_FIELD_LIST_H_
