// Long forms of acronyms, where a text introduces them.

#ifndef WIREDESK_STAGES_TAG_NAMES_ACRONYMS_H_
#define WIREDESK_STAGES_TAG_NAMES_ACRONYMS_H_

#include <cstdint>

#include "stages/tag/names/scan.h"

namespace wiredesk {

// Whether word `word` stands alone in brackets and the words before them spell
// it: "Individually Tailored Partnership Program (ITPP)". Sets `first` to the
// first of those words.
bool FindLongForm(const NameScan& scan, uint32_t word, uint32_t& first);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAMES_ACRONYMS_H_
