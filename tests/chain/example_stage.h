// A stage as somebody would add it: all of it stands in this folder, and one
// line of a table makes it part of a chain (chain_test.cc).
//
// It marks articles whose body has fewer words than its option says.

#ifndef WIREDESK_TESTS_CHAIN_EXAMPLE_STAGE_H_
#define WIREDESK_TESTS_CHAIN_EXAMPLE_STAGE_H_

#include "pipeline/flow/stage_kind.h"

namespace wiredesk {

extern const StageKind kExample;

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_CHAIN_EXAMPLE_STAGE_H_
