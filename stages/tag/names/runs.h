// How far a run of capitalized words goes.

#ifndef WIREDESK_STAGES_TAG_NAMES_RUNS_H_
#define WIREDESK_STAGES_TAG_NAMES_RUNS_H_

#include <cstdint>

#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/names/scan.h"

namespace wiredesk {

// The word behind the run that begins with the capitalized word `first`. A run
// goes on over particles ("von der Leyen"), over the small second part of a
// hyphenated given name ("Suk-yeol") and from a head noun over "of" ("Ministry
// of Foreign Affairs"), and never breaks a name of the gazetteer.
uint32_t RunEnd(const Gazetteer& gazetteer, const NameScan& scan,
                uint32_t first);

// Whether the word is two that a web page ran into one ("TrumpThe"), both of
// them known; "McDonald" and "YouTube" are not.
bool IsTwoWords(const Gazetteer& gazetteer, const NameScan& scan,
                uint32_t word);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAMES_RUNS_H_
