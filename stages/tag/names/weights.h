// What speaks for a person, an organization, a place or something else where a
// name stands: its entries in the gazetteer and its neighbours. Each function
// adds to the weights and marks of the mention.

#ifndef WIREDESK_STAGES_TAG_NAMES_WEIGHTS_H_
#define WIREDESK_STAGES_TAG_NAMES_WEIGHTS_H_

#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/names/mentions.h"
#include "stages/tag/names/scan.h"

namespace wiredesk {

// What the senses of a known name are. True where it ends with the period that
// stands behind it ("Calif.").
bool WeighSenses(const Gazetteer& gazetteer, const WordedText& text,
                 NameMention& mention);
// The word before it: "in", "President", "the".
void WeighContext(const NameScan& scan, NameMention& mention);
// The word after it: "said", "-based", ", 45,".
void WeighNext(const NameScan& scan, NameMention& mention);
// "Bournemouth 2 Millwall 1": in a table of results a town is its team.
void WeighScore(const NameScan& scan, NameMention& mention);
// "Oakport beat Millwall 70-61": so is a town that wins or loses.
void WeighVictory(const NameScan& scan, NameMention& mention);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAMES_WEIGHTS_H_
